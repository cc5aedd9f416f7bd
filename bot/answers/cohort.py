"""What answers about the cohort and its home share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers import wording
from bot.answers.model import Answer, Status
from bot.facts.book import is_current
from bot.facts.presence import Truth, current_stints, departure, was_there

if TYPE_CHECKING:
    from collections.abc import Iterable, Sized

    from bot.facts.book import Book
    from bot.facts.model import Evidence, Person, Stint
    from bot.questions.periods import Period


def at_home(book: Book, person: Person, on: Period | None) -> Truth:
    """Whether somebody is at the book's home, as far as the sources see, or was on a date."""
    if on:
        return was_there(book, person, book.frame.home, on.span)
    if current_stints(book.stints_within(person, book.frame.home)):
        return Truth.YES
    return Truth.NO if departure(book, person) else Truth.CANNOT_TELL


def counted(book: Book, sure: Sized, unsure: Sized) -> str:
    """How many of the cohort: "3 of 14 authors", "at least 3 of 14 authors" where others cannot be told."""
    return f"{'at least ' if unsure else ''}{wording.of_cohort(book, len(sure))}"


def reason(book: Book, person: Person) -> str:
    """What the sources say of somebody's time at home, as the end of a sentence."""
    stints = book.stints_within(person, book.frame.home)
    return "; ".join(_reason(book, stint) for stint in stints) or "the sources do not say"


def _reason(book: Book, stint: Stint) -> str:
    if stint.end:
        length = f", after {stint.lasted}" if stint.lasted else ""
        return f"the source puts the departure {wording.when(stint.end)}{length}"
    where = f"at {book.organisations[stint.organisation].name}"
    if is_current(stint):
        start = f"since {stint.start}" if stint.start else "with no start given"
        return f"{wording.as_of(book, stint.evidence)}{where}, {start}"
    start = f", which began in {stint.start}" if stint.start else ""
    return f"no end is given for the time {where}{start}"


def after_all_sources(asked: Period | None, book: Book, evidence: tuple[Evidence, ...]) -> Answer | None:
    """The answer about a time later than the newest of the sources; None where the time is no later."""
    newest = book.as_of(evidence)
    if not asked or not newest or asked.span.first <= newest.span.last:
        return None
    text = f"The sources say nothing about {asked.name}: the newest of them is of {newest}."
    return Answer(Status.NOT_STATED, text, evidence=evidence)


def home_evidence(book: Book, people: Iterable[Person]) -> tuple[Evidence, ...]:
    """What the book rests on for some people's time at home."""
    return wording.evidence_of(stint for person in people for stint in book.stints_within(person, book.frame.home))


def evidence_about(people: Iterable[Person], book: Book) -> tuple[Evidence, ...]:
    """What the book rests on for some people, and for who the cohort are."""
    return (*book.frame.cohort.evidence, *wording.evidence_of(stint for person in people for stint in person.stints))
