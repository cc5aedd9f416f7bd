"""Answers about one person: where, who, when, tenure."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from bot.answers import wording
from bot.answers.model import Answer, Section, Status
from bot.facts.book import is_current
from bot.facts.dates import Date, Duration
from bot.facts.model import UNKNOWN
from bot.facts.presence import current_stints, departure, derived_start

if TYPE_CHECKING:
    from bot.facts.book import Book
    from bot.facts.model import Person, Stint
    from bot.questions.model import Tenure, When, Where, Who


def where(question: Where, book: Book) -> Answer:
    """Where somebody is now, and in what role."""
    person = book.people[question.person]
    now = current_stints(person.stints)
    known = [stint for stint in now if stint.organisation != UNKNOWN]
    past = [stint for stint in person.stints if not is_current(stint)]
    if not known:
        return Answer(
            Status.NOT_STATED,
            f"The sources do not say where {person.name} is now.",
            _section("What they do say", [wording.told(book, stint) for stint in past]),
            evidence=wording.evidence_of(person.stints),
        )
    notes = [_no_role(book, stint) for stint in known if not wording.role(stint)]
    return Answer(
        Status.ANSWERED,
        _now(book, person, known),
        notes=tuple(notes),
        evidence=wording.evidence_of(known),
    )


def who(question: Who, book: Book) -> Answer:
    """Everything that the book says of somebody."""
    person = book.people[question.person]
    known = [stint for stint in current_stints(person.stints) if stint.organisation != UNKNOWN]
    claims = book.claims_about(person.id)
    headline = _now(book, person, known) if known else f"The sources do not say where {person.name} is now."
    left = [stint for stint in person.stints if isinstance(stint.until, Date)]
    notes = tuple(
        dict.fromkeys(
            chain.from_iterable(wording.precision_note(stint.until) for stint in left if isinstance(stint.until, Date))
        )
    )
    stints = [wording.told(book, stint) for stint in person.stints if stint.organisation != UNKNOWN]
    return Answer(
        Status.ANSWERED if stints or claims else Status.NOT_STATED,
        headline,
        _section("Positions", stints) + _section("The sources also say", [claim.text for claim in claims]),
        notes,
        (*wording.evidence_of(person.stints), *(item for claim in claims for item in claim.evidence)),
    )


def when(question: When, book: Book) -> Answer:
    """When somebody left the book's home."""
    person, home = book.people[question.person], book.home
    stints = book.stints_within(person, home.id)
    evidence = wording.evidence_of(stints)
    if (last := departure(book, person)) and isinstance(last.until, Date):
        text = f"{person.name} left {home.name} {wording.when(last.until)}."
        return Answer(Status.ANSWERED, text, notes=wording.precision_note(last.until), evidence=evidence)
    now = current_stints(stints)
    if now and len(now) == len(stints):
        text = f"{wording.as_of(book, evidence)}{person.name} has not left: still {wording.position(book, now[0])}."
        return Answer(Status.NOT_STATED, wording.sentence(text), evidence=evidence)
    text = f"The sources do not say whether {person.name} left {home.name}, or when."
    if now:
        text = wording.sentence(f"{wording.as_of(book, evidence)}{person.name} is {wording.position(book, now[0])}.")
    return Answer(
        Status.NOT_STATED,
        text,
        _section("What they do say", _all_told(book, person)),
        evidence=wording.evidence_of(person.stints),
    )


def tenure(question: Tenure, book: Book) -> Answer:
    """How long somebody was at the book's home."""
    person, home = book.people[question.person or ""], book.home
    timed = [stint for stint in book.stints_within(person, home.id) if isinstance(stint.lasted, Duration)]
    if not timed:
        text = f"The sources do not say how long {person.name} has been at {home.name}."
        if not book.stints_within(person, home.id):
            text = f"The sources do not say that {person.name} was ever at {home.name}."
        said = _section("What they do say", _all_told(book, person))
        return Answer(Status.NOT_STATED, text, said, evidence=wording.evidence_of(person.stints))
    text = ". ".join(
        f"{person.name} was at {wording.place(book, stint.organisation)} for {stint.lasted}" for stint in timed
    )
    return Answer(
        Status.ANSWERED,
        f"{text}.",
        notes=tuple(note for stint in timed for note in _start_note(stint)),
        evidence=wording.evidence_of(timed),
    )


def _now(book: Book, person: Person, known: list[Stint]) -> str:
    """Where somebody is: "As of 26 May 2025, Jane Doe is still at Acme, as engineer."."""
    evidence = wording.evidence_of(known)
    places = wording.listed([wording.position(book, stint) for stint in known])
    since = f", since {known[0].since}" if isinstance(known[0].since, Date) and len(known) == 1 else ""
    never_left = all(
        book.is_within(stint.organisation, book.frame.home) and is_current(stint) for stint in person.stints
    )
    still = "still " if never_left else ""
    return wording.sentence(f"{wording.as_of(book, evidence)}{person.name} is {still}{places}{since}.")


def _all_told(book: Book, person: Person) -> list[str]:
    return [wording.told(book, stint) for stint in person.stints]


def _no_role(book: Book, stint: Stint) -> str:
    return f"The sources give no role at {book.organisations[stint.organisation].name}."


def _start_note(stint: Stint) -> tuple[str, ...]:
    start = derived_start(stint)
    if not start or not isinstance(stint.until, Date):
        return ()
    first, last = start.first.year, start.last.year
    span = f"in about {first}" if first == last else f"between {first} and {last}"
    return (f"The start, {span}, is derived from the departure {wording.when(stint.until)} and the length.",)


def _section(title: str, lines: list[str]) -> tuple[Section, ...]:
    return (Section(title, tuple(lines)),) if lines else ()
