"""Who was where on a day: yes, no, or the sources are not precise enough to tell."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from bot.facts.book import is_current
from bot.facts.dates import Date, Span, back
from bot.facts.model import UNKNOWN, Stint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.facts.book import Book
    from bot.facts.model import Person


class Truth(Enum):
    """An answer to a question of time."""

    YES = "yes"
    NO = "no"
    CANNOT_TELL = "cannot tell"

    def __and__(self, other: Truth) -> Truth:
        """Kleene's conjunction: no if either is, else as sure as the less sure."""
        if Truth.NO in (self, other):
            return Truth.NO
        return Truth.YES if self is other is Truth.YES else Truth.CANNOT_TELL

    def __invert__(self) -> Truth:
        """The contrary, which cannot be told either where this cannot."""
        return {Truth.YES: Truth.NO, Truth.NO: Truth.YES}.get(self, self)


class Departure(Struct, frozen=True):
    """How somebody left the book's home: the last stint there, and the date of its end."""

    stint: Stint
    on: Date


def derived_start(stint: Stint) -> Span | None:
    """When a stint began, from its end and how long it lasted; None where either is missing.

    As wide as both leave it: the end's own width, and the smallest unit that the duration states on either side.
    """
    if not stint.end or not stint.lasted:
        return None
    months, grain = stint.lasted.months, stint.lasted.grain
    return Span(back(stint.end.span.first, months + grain), back(stint.end.span.last, max(0, months - grain)))


def was_there(book: Book, person: Person, organisation_id: str, on: Span) -> Truth:
    """Whether somebody was at an organisation, or a part of it, on all the days of a span."""
    found = {_during(book, stint, on) for stint in book.stints_within(person, organisation_id)}
    nowhere = [stint for stint in person.stints if stint.organisation == UNKNOWN and not is_current(stint)]
    if any(_during(book, stint, on) is not Truth.NO for stint in nowhere):
        found.add(Truth.CANNOT_TELL)
    if Truth.YES in found:
        return Truth.YES
    return Truth.CANNOT_TELL if Truth.CANNOT_TELL in found else Truth.NO


def was_there_partly(book: Book, person: Person, organisation_id: str, on: Span) -> bool:
    """Whether somebody was surely at an organisation, or a part of it, on some day of a span."""
    sure = (_sure_days(book, stint) for stint in book.stints_within(person, organisation_id))
    return any(days.meets(on) for days in sure if days)


def matches(when: Span, known: Date) -> Truth:
    """Whether what happened on a date happened within a span of days."""
    if when.covers(known.span):
        return Truth.YES
    return Truth.CANNOT_TELL if when.meets(known.span) else Truth.NO


def departure(book: Book, person: Person) -> Departure | None:
    """How somebody left the book's home; None for one who is there, or of whom that is not known."""
    stints = book.stints_within(person, book.frame.home)
    ended = [Departure(stint, stint.end) for stint in stints if stint.end]
    if len(ended) < len(stints):
        return None
    return max(ended, key=lambda gone: gone.on.sort_key, default=None)


def current_stints(stints: Iterable[Stint]) -> tuple[Stint, ...]:
    """The stints that go on, as of their sources' dates."""
    return tuple(stint for stint in stints if is_current(stint))


def _during(book: Book, stint: Stint, on: Span) -> Truth:
    start = stint.start.span if stint.start else derived_start(stint)
    possible = Span(start.first if start else date.min, stint.end.span.last if stint.end else date.max)
    if not possible.meets(on):
        return Truth.NO
    sure = _sure_days(book, stint)
    return Truth.YES if sure and sure.covers(on) else Truth.CANNOT_TELL


def _sure_days(book: Book, stint: Stint) -> Span | None:
    """The days of a stint of which the sources leave no doubt: from its latest start to before its earliest end."""
    start = stint.start.span if stint.start else derived_start(stint)
    seen = book.as_of(stint.evidence) if is_current(stint) else None
    if seen:
        day = seen.span.first
        return Span(min(start.last, day) if start else day, day)
    if not start or not stint.end or stint.end.span.first <= start.last:
        return None
    return Span(start.last, stint.end.span.first - timedelta(days=1))
