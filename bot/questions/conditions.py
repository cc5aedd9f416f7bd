"""What may hold of a person: the filters that questions are composed of, each true, false, or not to be told of somebody."""

from __future__ import annotations

from msgspec import Struct

from bot.facts.dates import Duration
from bot.questions.periods import Period


class Departed(Struct, frozen=True):
    """Left the book's home, or another organisation, whenever or within a time."""

    when: Period | None = None
    organisation: str | None = None


class Remains(Struct, frozen=True):
    """Is still at the book's home, as far as the sources see."""


class WasThere(Struct, frozen=True):
    """Was at an organisation within a time: on all the days of it."""

    organisation: str
    on: Period


class IsAt(Struct, frozen=True):
    """Is at an organisation, or a part of it."""

    organisation: str


class Stayed(Struct, frozen=True):
    """Was at the book's home for longer than `over`, or for less than `under`; `or_equal` counts in that length itself."""

    over: Duration | None = None
    under: Duration | None = None
    or_equal: bool = False


class Holds(Struct, frozen=True):
    """Has a role now in whose title these words stand, at an organisation or anywhere."""

    words: tuple[str, ...]
    organisation: str | None = None


class Founded(Struct, frozen=True):
    """Has or had the role of a founder of an organisation, or of any."""

    organisation: str | None = None


class Unplaced(Struct, frozen=True):
    """Where they are now is not stated."""


class Untitled(Struct, frozen=True):
    """What their role is now is not stated."""


class IsMember(Struct, frozen=True):
    """Is one of the cohort."""


class IsOne(Struct, frozen=True):
    """Is one of some people."""

    people: frozenset[str]


class Not(Struct, frozen=True):
    """The contrary of a condition."""

    condition: Condition


class AllOf(Struct, frozen=True):
    """Every one of several conditions."""

    conditions: tuple[Condition, ...]


class AnyOf(Struct, frozen=True):
    """One or more of several conditions."""

    conditions: tuple[Condition, ...]


Condition = (
    Departed
    | Remains
    | WasThere
    | IsAt
    | Stayed
    | Holds
    | Founded
    | Unplaced
    | Untitled
    | IsMember
    | IsOne
    | Not
    | AllOf
    | AnyOf
)


def all_of(conditions: list[Condition]) -> Condition:
    """Several conditions as one, which does not depend on their order."""
    flat = [inner for each in conditions for inner in (each.conditions if isinstance(each, AllOf) else (each,))]
    distinct = list(dict.fromkeys(flat))
    return distinct[0] if len(distinct) == 1 else AllOf(tuple(sorted(distinct, key=repr)))


def any_of(conditions: list[Condition]) -> Condition:
    """One of several conditions as one, which does not depend on their order."""
    distinct = list(dict.fromkeys(conditions))
    return distinct[0] if len(distinct) == 1 else AnyOf(tuple(sorted(distinct, key=repr)))


def parts(condition: Condition) -> tuple[Condition, ...]:
    """The conditions that must all hold, and what they are composed of, at any depth."""
    match condition:
        case AllOf(inner) | AnyOf(inner):
            return tuple(part for each in inner for part in parts(each))
        case Not(inner):
            return parts(inner)
        case _:
            return (condition,)
