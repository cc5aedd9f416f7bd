"""Answers about when people were at the book's home, and where each of them is now."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from bot.answers import wording
from bot.answers.cohort import counted, evidence_about
from bot.answers.judging import judged
from bot.answers.model import Answer, Status, section
from bot.answers.picturing import footnotes, in_words, place, too_many
from bot.charts import MOST_ROWS, Moment, Place, Row, Stay, Timeline, Tone
from bot.english import listed, sentence
from bot.facts.book import is_current
from bot.facts.dates import Date, Span
from bot.facts.presence import current_stints, departure, derived_start
from bot.questions.conditions import IsAt

if TYPE_CHECKING:
    from bot.facts.book import Book
    from bot.facts.model import Claim, Evidence, Person, Stint
    from bot.questions.model import Timeline as Asked

WITHIN_A_SEASON: Final = 92
"""Days of a span that is told by its middle month; a wider one is told by its years."""

_STILL_THERE: Final = "still there"


def timeline(question: Asked, book: Book) -> Answer:
    """Each of the cohort's time at the book's home, by when it ended; or of those of them who are at an organisation."""
    to = question.organisation
    whole = judged(IsAt(to), book.cohort, book).sure if to else book.cohort
    if not whole and to:
        text = f"The book has none of the {book.frame.cohort.name} at {book.organisations[to].name}."
        return Answer(Status.ANSWERED, text, evidence=book.frame.cohort.evidence)
    people = sorted(whole, key=lambda person: _last_seen(person, book))
    claims = [book.claims[milestone] for milestone in book.frame.milestones]
    evidence = (*evidence_about(people, book), *wording.all_evidence((), claims))
    gone = [left.on for person in people if (left := departure(book, person))]
    text = _summary(people, gone, to, book, evidence)
    lines = section("", [_line(person, book) for person in people])
    notes = (*_starts(people, book), *too_many(len(people)))
    precision = dict.fromkeys(note for date in gone for note in wording.precision_note(date))
    rows = tuple(_row(person, book) for person in people[:MOST_ROWS])
    picture = Timeline(
        f"Years at {book.home.name}",
        rows,
        tuple(place for place, _ in Counter(_place(person, book) for person in whole).most_common(MOST_ROWS)),
        tuple(moment for claim in claims[:MOST_ROWS] for moment in _moment(claim, book)),
        footnotes(notes, book, evidence),
        in_words(text, lines),
    )
    return Answer(
        Status.ANSWERED,
        text,
        (*lines, *section("The sources also say", [claim.text for claim in claims])),
        (*notes, *precision),
        evidence,
        picture=picture if any(stay.start or stay.end for row in rows for stay in row.stays) else None,
    )


def _starts(people: list[Person], book: Book) -> tuple[str, ...]:
    """Whence the starts of stays are known, as far as no source states them."""
    stays = [_stays(person, book) for person in people]
    derived = any(stay.derived for each in stays for stay in each)
    unknown = sum(any(stay.start is None for stay in each) for each in stays)
    return (
        *(["Starts are derived from the departure and the length."] if derived else []),
        *([f"No start is stated for {wording.people(unknown)}."] if unknown else []),
    )


def _last_seen(person: Person, book: Book) -> tuple[object, ...]:
    """By the departure, then those who are still there, then those of whom neither is known."""
    gone = departure(book, person)
    there = current_stints(book.stints_within(person, book.home.id))
    return (0, *gone.on.sort_key) if gone else (1 if there else 2,)


def _summary(people: list[Person], gone: list[Date], to: str | None, book: Book, evidence: tuple[Evidence, ...]) -> str:
    """How many of them are where, and between when and when they left."""
    still = [person for person in people if current_stints(book.stints_within(person, book.home.id))]
    there = people if to else still
    unsure = [] if to else range(len(people) - len(still) - len(gone))
    where = f"at {book.organisations[to].name}" if to else f"still at {book.home.name}"
    text = f"{wording.as_of(book, evidence)}{counted(book, there, unsure)} {'is' if len(there) == 1 else 'are'} {where}"
    whence = f" {book.home.name}" if to else ""
    return sentence(f"{text}; {len(gone):,} left{whence}, {_spread(gone)}." if gone else f"{text}.")


def _spread(gone: list[Date]) -> str:
    """From the earliest day that it may have been to the latest: "from early 2023 to February 2025"."""
    first, last = min(gone, key=lambda date: date.span.first), max(gone, key=lambda date: date.span.last)
    return wording.when(first) if first == last else f"from {first} to {last}"


def _line(person: Person, book: Book) -> str:
    """Somebody's stays in a line: "Jane Doe: from about May 2018 until June 2023; now at Acme"."""
    stints = book.stints_within(person, book.home.id)
    where = [] if current_stints(stints) else [wording.whereabouts(book, person)]
    return f"{person.name}: {'; '.join([*map(_time, stints), *where])}"


def _time(stint: Stint) -> str:
    start = stint.start or derived_start(stint)
    began = "start not stated," if not start else f"from {about(start) if isinstance(start, Span) else start}"
    if is_current(stint):
        return f"{began.removesuffix(',')}, {_STILL_THERE}"
    return f"{began} until {stint.end}" if stint.end else f"{began.removesuffix(',')}, end not stated"


def about(span: Span) -> str:
    """A derived time, told no more precisely than it is: "about May 2018", "between 2015 and 2017"."""
    if (span.last - span.first).days <= WITHIN_A_SEASON:
        return f"about {span.first + (span.last - span.first) / 2:%B %Y}"
    return f"between {span.first.year} and {span.last.year}"


def _row(person: Person, book: Book) -> Row:
    return Row(person.name, _stays(person, book), _place(person, book))


def _stays(person: Person, book: Book) -> tuple[Stay, ...]:
    return tuple(_stay(stint, book) for stint in book.stints_within(person, book.home.id))


def _place(person: Person, book: Book) -> Place:
    if current_stints(book.stints_within(person, book.home.id)):
        return Place(_STILL_THERE, Tone.HOME)
    return place(listed(wording.places(book, person)))


def _stay(stint: Stint, book: Book) -> Stay:
    derived = None if stint.start else derived_start(stint)
    seen = book.as_of(stint.evidence) if is_current(stint) else stint.end
    return Stay(stint.start.span if stint.start else derived, seen.span if seen else None, derived=derived is not None)


def _moment(claim: Claim, book: Book) -> tuple[Moment, ...]:
    name = book.entities[claim.about[0]].name
    return (Moment(f"{name}, {claim.date}", claim.date.span),) if isinstance(claim.date, Date) else ()
