"""How long people were at the book's home and when they left it, as far as the sources are precise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from bot.facts.dates import Duration
from bot.facts.model import Person
from bot.facts.presence import departure
from bot.questions.model import Measure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.facts.book import Book


class Row(Struct, frozen=True):
    """Somebody's measure: the least and the most that it may be, in months or days."""

    person: Person
    least: int
    most: int


def measured(by: Measure, people: Iterable[Person], book: Book) -> list[Row]:
    """Those people of whom the sources give the measure."""
    rows = []
    for person in people:
        lengths = [stint.lasted.months for stint in book.stints_within(person, book.frame.home) if stint.lasted]
        gone = departure(book, person)
        if by is Measure.TENURE and lengths:
            rows.append(Row(person, sum(lengths), sum(lengths)))
        elif by is Measure.DEPARTURE and gone:
            rows.append(Row(person, gone.on.span.first.toordinal(), gone.on.span.last.toordinal()))
    return rows


def value(row: Row, by: Measure, book: Book) -> str:
    """A measure as it is told: a length, or a date."""
    gone = departure(book, row.person)
    if by is Measure.TENURE:
        return str(Duration(row.least, min(_grains(row.person, book))))
    return str(gone.on) if gone else ""


def _grains(person: Person, book: Book) -> list[int]:
    return [stint.lasted.grain for stint in book.stints_within(person, book.frame.home) if stint.lasted]
