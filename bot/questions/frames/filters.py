"""From the items of a clause to the conditions that they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.questions.clauses import Item, Leaving
from bot.questions.conditions import (
    AllOf,
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
    all_of,
    any_of,
)
from bot.questions.frames.clause import MEASURED, SOME, Clause, tags
from bot.questions.lexicon import Tag
from bot.questions.model import At, Left, Question, StillAt, Those

if TYPE_CHECKING:
    from bot.facts.book import Book
    from bot.questions.periods import Period


def simplest(condition: Condition, book: Book) -> Question:
    """The question for those of whom a condition holds: a command's own where it asks the same."""
    match condition:
        case Departed(when, None):
            return Left(when)
        case Remains():
            return StillAt()
        case WasThere(organisation, on) if organisation == book.frame.home:
            return StillAt(None, on)
        case IsAt(organisation):
            return At(organisation)
        case AllOf((Departed(when, None), IsAt(organisation))):
            return Left(when, organisation)
        case _:
            return Those(condition)


def condition_of(clause: Clause, *more: Condition, without: Condition | None = None) -> Condition | None:
    """What a clause says of people, as one condition, with more that must hold and `without` what goes without saying.

    None where it says nothing, or where it cannot be told what belongs to what.
    """
    found = [condition for condition in _conditions(clause) if condition != without]
    if Tag.OR in clause.tags and len(found) > 1:
        return any_of(found) if len(found) == len(clause.all(Tag.OR)) + 1 and not more else None
    return all_of([*found, *more]) if found or more else None


def _conditions(clause: Clause) -> list[Condition]:
    periods = clause.periods
    if periods and clause.tags <= SOME | tags("period how_many"):
        return [any_of([Departed(when) for when in periods])]
    if periods and (
        clause.leaving.when or not clause.tags & tags("leave departure leavers place moved organisation still stay")
    ):
        return []
    made = [(item, _condition(item, clause, periods)) for item in clause.items]
    found: list[Condition] = [Not(condition) if item.negated else condition for item, condition in made if condition]
    elsewhere = any(isinstance(condition, Not) and isinstance(condition.condition, IsAt) for condition in found)
    if elsewhere and not any(isinstance(condition, Departed) for condition in found):
        found.append(Departed())
    if Tag.EVERYBODY in clause.tags and all(isinstance(condition, Not) for condition in found):
        found.append(IsMember())
    return found


def _condition(item: Item, clause: Clause, periods: tuple[Period, ...]) -> Condition | None:  # noqa: C901, PLR0911 - a table of tags, one line each
    match item.tag:
        case Tag.LEAVE | Tag.DEPARTURE:
            return _departed(item.value[0] if item.value else Leaving(), periods)
        case Tag.LEAVERS:
            return any_of([Departed(when) for when in periods or (None,)])
        case Tag.PLACE | Tag.MOVED | Tag.ORGANISATION if item.value == (clause.home,) and _goes_without_saying(
            clause, periods
        ):
            return None
        case Tag.PLACE | Tag.MOVED | Tag.ORGANISATION:
            return any_of([_being_at(place, item.tag, clause, periods) for place in item.value])
        case Tag.FOUNDING:
            return any_of([Founded(place) for place in item.value or (None,)])
        case Tag.TITLE:
            return Holds(tuple(str(word) for word in item.value))
        case Tag.LASTING:
            stayed: Stayed = item.value[0]
            return stayed
        case Tag.STILL:
            return Remains() if not periods else any_of([WasThere(clause.home, on) for on in periods])
        case Tag.STAY if not clause.tags & (MEASURED | tags("leave departure")):
            return Remains() if not periods else any_of([WasThere(clause.home, on) for on in periods])
        case Tag.EXCEPTED:
            return _excepted(item.value[0], clause)
        case Tag.UNKNOWN:
            return Untitled() if Tag.ROLE in clause.tags else Unplaced()
        case _:
            return None


def _goes_without_saying(clause: Clause, periods: tuple[Period, ...]) -> bool:
    """Whether being at the book's home is no condition of its own: beside a length, or beside a leaving in a time."""
    return bool(clause.tags & tags("leavers leave departure") if periods else clause.tags & MEASURED)


def _excepted(item: Item, clause: Clause) -> Condition | None:
    match item.tag:
        case Tag.PERSON:
            return Not(IsOne(frozenset(item.value)))
        case Tag.PERIOD:
            return Not(any_of([Departed(when) for when in item.value]))
        case _:
            made = _condition(item, clause, ())
            return Not(made) if made else None


def _departed(leaving: Leaving, periods: tuple[Period, ...]) -> Condition:
    times = any_of([Departed(when, leaving.of) for when in leaving.when or periods or (None,)])
    if not leaving.to:
        return times
    return all_of([times, any_of([IsAt(place) for place in leaving.to])])


def _being_at(place: str, how: Tag, clause: Clause, periods: tuple[Period, ...]) -> Condition:
    """At a place, now or in a time; for those who went there in a time, having left the book's home then."""
    if not periods:
        return Remains() if place == clause.home else IsAt(place)
    if how is Tag.MOVED or clause.tags & tags("leave departure leavers"):
        return all_of([any_of([Departed(when) for when in periods]), IsAt(place)])
    return any_of([WasThere(place, on) for on in periods])
