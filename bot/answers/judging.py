"""Whether a condition holds of somebody: yes, no, or it cannot be told from what the sources say."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from msgspec import Struct

from bot.facts.model import UNKNOWN, Person
from bot.facts.presence import Truth, current_stints, departure, matches, was_there
from bot.names.folding import fold
from bot.questions.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Departed,
    Founded,
    Holds,
    IsAt,
    IsMember,
    IsOne,
    Not,
    Remains,
    Stayed,
    Unplaced,
    Untitled,
    WasThere,
    parts,
)
from bot.questions.stemming import stem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.facts.book import Book
    from bot.facts.dates import Span
    from bot.facts.model import Stint

FOUNDER = "founder"
"""What stands in the title of who founded something."""


def judge(condition: Condition, person: Person, book: Book) -> Truth:  # noqa: C901, PLR0911, PLR0912 - a table of kinds, one line each
    """Whether a condition holds of somebody, as far as the sources see."""
    match condition:
        case Departed(_, str(organisation)):
            stints = book.stints_within(person, organisation)
            now = current_stints(stints)
            return Truth.CANNOT_TELL if now and len(now) < len(stints) else _truth(holds=bool(stints) and not now)
        case Departed(when):
            return _departed(person, book) & (_then(person, book, when.span) if when else Truth.YES)
        case Remains():
            return _remains(person, book)
        case WasThere(organisation, on):
            return was_there(book, person, organisation, on.span)
        case IsAt(organisation):
            return _is_at(person, book, organisation)
        case Stayed():
            return _stayed(person, book, condition)
        case Holds(words, organisation):
            return _truth(holds=any(_has_title(stint, words) for stint in _now(person, book, organisation)))
        case Founded(organisation):
            stints = book.stints_within(person, organisation) if organisation else person.stints
            return _truth(holds=any(FOUNDER in (stint.role or "").casefold() for stint in stints))
        case Unplaced():
            now = current_stints(person.stints)
            return _truth(holds=not now or any(stint.organisation == UNKNOWN for stint in now))
        case Untitled():
            return _truth(holds=all(stint.role in (None, UNKNOWN) for stint in current_stints(person.stints)))
        case IsMember():
            return _truth(holds=person in book.cohort)
        case IsOne(people):
            return _truth(holds=person.id in people)
        case Not(inner):
            return ~judge(inner, person, book)
        case AllOf(inner):
            return reduce(Truth.__and__, (judge(each, person, book) for each in inner), Truth.YES)
        case AnyOf(inner):
            return ~reduce(Truth.__and__, (~judge(each, person, book) for each in inner), Truth.YES)


def among(condition: Condition, book: Book) -> tuple[Person, ...]:
    """Those of whom a condition is asked: the cohort, where it is about their leaving; else whoever it may hold of."""
    if not all(_is_of_everybody(part, book) for part in parts(condition)):
        return book.cohort
    match condition:
        case IsOne(people):
            return book.in_order(people)
        case IsAt(organisation) | WasThere(organisation) | Founded(str(organisation)):
            return book.people_within(organisation)
        case AllOf(inner):
            return min((among(each, book) for each in inner), key=len, default=())
        case AnyOf(inner):
            return tuple({person.id: person for each in inner for person in among(each, book)}.values())
        case _:
            return tuple(person for person in book.people.values() if person.stints)


def _is_of_everybody(condition: Condition, book: Book) -> bool:
    """Whether a condition may hold of anybody in the book, and not only of those whom it follows."""
    if isinstance(condition, WasThere):
        return not book.is_within(condition.organisation, book.frame.home)
    return isinstance(condition, IsAt | Founded | Holds | IsOne)


def _truth(*, holds: bool) -> Truth:
    return Truth.YES if holds else Truth.NO


def _remains(person: Person, book: Book) -> Truth:
    stints = book.stints_within(person, book.frame.home)
    if not stints or current_stints(stints):
        return _truth(holds=bool(stints))
    return Truth.NO if departure(book, person) else Truth.CANNOT_TELL


def _departed(person: Person, book: Book) -> Truth:
    return ~_remains(person, book) if book.stints_within(person, book.frame.home) else Truth.NO


def _then(person: Person, book: Book, when: Span) -> Truth:
    gone = departure(book, person)
    return matches(when, gone.on) if gone else Truth.CANNOT_TELL


def _is_at(person: Person, book: Book, organisation: str) -> Truth:
    now = [stint.organisation for stint in current_stints(person.stints)]
    if any(book.is_within(place, organisation) for place in now):
        return Truth.YES
    return Truth.NO if now and UNKNOWN not in now else Truth.CANNOT_TELL


def _stayed(person: Person, book: Book, asked: Stayed) -> Truth:
    stints = book.stints_within(person, book.frame.home)
    lengths = [stint.lasted.months for stint in stints if stint.lasted]
    if not lengths:
        return Truth.CANNOT_TELL if stints else Truth.NO
    months = sum(lengths)
    longer = asked.over is None or months > asked.over.months or (asked.or_equal and months == asked.over.months)
    shorter = asked.under is None or months < asked.under.months or (asked.or_equal and months == asked.under.months)
    return _truth(holds=longer and shorter)


def _now(person: Person, book: Book, organisation: str | None) -> tuple[Stint, ...]:
    return current_stints(book.stints_within(person, organisation) if organisation else person.stints)


def _has_title(stint: Stint, words: tuple[str, ...]) -> bool:
    title = set(map(stem, fold(stint.role or "").split()))
    return title.issuperset(map(stem, words))


class Judged(Struct, frozen=True):
    """People, by whether a condition holds of them."""

    all: tuple[Person, ...]
    sure: tuple[Person, ...]
    unsure: tuple[Person, ...]


def judged(condition: Condition, people: Iterable[Person], book: Book) -> Judged:
    """Judge people by a condition, in their order."""
    chosen: dict[Truth, list[Person]] = {truth: [] for truth in Truth}
    everybody = tuple(people)
    for person in everybody:
        chosen[judge(condition, person, book)].append(person)
    return Judged(everybody, tuple(chosen[Truth.YES]), tuple(chosen[Truth.CANNOT_TELL]))
