"""Answers about how long people were at the book's home."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from bot.answers import wording
from bot.answers.model import Answer, Status, section
from bot.answers.people import never_there
from bot.answers.picturing import footnotes, in_words, too_many
from bot.charts import MOST_ROWS, Bar, Bars
from bot.english import plural
from bot.facts.dates import Duration
from bot.facts.presence import derived_start

if TYPE_CHECKING:
    from bot.facts.book import Book
    from bot.facts.model import Person, Stint
    from bot.questions.model import Tenure


def tenure(question: Tenure, book: Book) -> Answer:
    """How long somebody was at the book's home; or a ranking of the cohort."""
    place = question.organisation or book.frame.home
    return _one(book.people[question.person], place, book) if question.person else _ranking(book)


def _one(person: Person, place: str, book: Book) -> Answer:
    stints, name = book.stints_within(person, place), book.organisations[place].name
    timed = [stint for stint in stints if stint.lasted]
    if not stints:
        return never_there(person, place, book)
    if not timed:
        text = f"The sources do not say how long {person.name} has been at {name}."
        return Answer(
            Status.NOT_STATED,
            text,
            wording.what_they_say(book, person.stints),
            evidence=wording.evidence_of(person.stints),
        )
    text = ". ".join(_length(book, person, stint) for stint in timed)
    notes = tuple(note for stint in timed for note in _start_note(stint))
    return Answer(Status.ANSWERED, f"{text}.", notes=notes, evidence=wording.evidence_of(timed))


def _ranking(book: Book) -> Answer:
    """Each of the cohort's time at the book's home, longest first, with the average and the median."""
    timed = [
        (stint.lasted, person, stint)
        for person in book.cohort
        for stint in book.stints_within(person, book.frame.home)
        if stint.lasted
    ]
    if not timed:
        return Answer(Status.NOT_STATED, f"The sources do not say how long anybody was at {book.home.name}.")
    timed.sort(key=lambda row: -row[0].months)
    months = [lasted.months for lasted, _, _ in timed]
    mean, median = (Duration(round(of(months))) for of in (statistics.mean, statistics.median))
    derived = f"Average and median are derived from these {plural(len(timed), 'length')}, and rounded to a month."
    notes = [derived, *too_many(len(timed))]
    named = {person.id for _, person, _ in timed}
    if silent := [person for person in book.cohort if person.id not in named]:
        notes.append(f"The sources give no length for {wording.names(silent)}.")
    text = f"On average {mean} at {book.home.name}; the median is {median}."
    lines = section("", [f"{person.name}: {lasted}" for lasted, person, _ in timed])
    evidence = wording.evidence_of(stint for _, _, stint in timed)
    picture = Bars(
        f"Time at {book.home.name}",
        tuple(Bar(person.name, lasted.months, str(lasted)) for lasted, person, _ in timed[:MOST_ROWS]),
        (Bar("average", mean.months, str(mean)), Bar("median", median.months, str(median))),
        footnotes(notes, book, evidence),
        in_words(text, lines),
    )
    return Answer(Status.ANSWERED, text, lines, tuple(notes), evidence, picture=picture)


def _length(book: Book, person: Person, stint: Stint) -> str:
    if stint.end:
        return f"{person.name} was at {wording.place(book, stint.organisation)} for {stint.lasted}"
    return f"The sources give {stint.lasted} for {person.name} {wording.position(book, stint)}"


def _start_note(stint: Stint) -> tuple[str, ...]:
    start = derived_start(stint)
    if not start or not stint.end:
        return ()
    first, last = start.first.year, start.last.year
    span = f"in about {first}" if first == last else f"between {first} and {last}"
    return (f"The start, {span}, is derived from the departure {wording.when(stint.end)} and the length.",)
