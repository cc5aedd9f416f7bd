"""What holds of whom: each condition, and whether it can be told at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.judging import among, judge
from bot.facts.dates import Date, Duration
from bot.facts.presence import Truth
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
)
from bot.questions.periods import Period

if TYPE_CHECKING:
    from bot.facts.book import Book

YES, NO, CANNOT_TELL = Truth.YES, Truth.NO, Truth.CANNOT_TELL
ADA, SOREN, LUC, BRAM, JO, TOMAS = "ada-quill", "soren-aero", "zofie-luc", "bram-quill", "jo-ng", "tomas-vale"


def on(edtf: str) -> Period:
    """A year, a month or a day."""
    return Period.of(Date.parse(edtf))


def length(iso: str) -> Duration:
    return Duration.parse(iso)


HELD: tuple[tuple[Condition, str, Truth], ...] = (
    (Departed(), LUC, YES),
    (Departed(), ADA, NO),
    (Departed(), SOREN, NO),  # at a part of home
    (Departed(), TOMAS, CANNOT_TELL),  # whose end is not stated
    (Departed(on("2029")), BRAM, YES),
    (Departed(on("2029-06")), LUC, YES),
    (Departed(on("2029-06")), BRAM, CANNOT_TELL),  # left in the summer
    (Departed(on("2029-05")), BRAM, NO),
    (Departed(on("2029")), ADA, NO),
    (Departed(on("2029")), TOMAS, CANNOT_TELL),
    (Departed(organisation="byre"), LUC, NO),  # is there
    (Departed(organisation="byre"), ADA, NO),  # never was
    (Departed(organisation="auroch"), LUC, YES),
    (Remains(), ADA, YES),
    (Remains(), SOREN, YES),
    (Remains(), LUC, NO),
    (Remains(), TOMAS, CANNOT_TELL),
    (WasThere("auroch", on("2028")), LUC, YES),
    (WasThere("auroch", on("2030")), LUC, NO),
    (WasThere("auroch", on("2029-06")), LUC, CANNOT_TELL),
    (WasThere("auroch", on("2027")), ADA, CANNOT_TELL),  # no start is given
    (WasThere("auroch", on("2027")), SOREN, NO),
    (WasThere("clapper-shed", on("2030")), SOREN, YES),
    (IsAt("byre"), LUC, YES),
    (IsAt("byre"), ADA, NO),
    (IsAt("byre"), JO, CANNOT_TELL),  # where to is not stated
    (IsAt("auroch"), SOREN, YES),  # at a part of it
    (IsAt("clapper-shed"), ADA, NO),
    (Stayed(length("P4Y")), LUC, YES),
    (Stayed(length("P4Y2M")), LUC, NO),
    (Stayed(length("P4Y2M"), or_equal=True), LUC, YES),
    (Stayed(None, length("P3Y")), BRAM, NO),
    (Stayed(None, length("P3Y"), or_equal=True), BRAM, YES),
    (Stayed(None, length("P3Y")), JO, YES),
    (Stayed(length("P2Y"), length("P4Y"), or_equal=True), BRAM, YES),
    (Stayed(length("P2Y"), length("P4Y"), or_equal=True), LUC, NO),
    (Stayed(length("P1Y")), ADA, CANNOT_TELL),
    (Holds(("tuner",)), SOREN, YES),
    (Holds(("tuners",)), SOREN, YES),
    (Holds(("master", "founder")), LUC, YES),
    (Holds(("master", "founder")), BRAM, NO),
    (Holds(("tuner",), "byre"), SOREN, NO),
    (Holds(("tuner",), "auroch"), SOREN, YES),
    (Holds(("head",)), TOMAS, NO),  # a role of the past
    (Founded("byre"), BRAM, YES),
    (Founded(), BRAM, YES),
    (Founded("byre"), ADA, NO),
    (Founded("auroch"), BRAM, NO),
    (Unplaced(), JO, YES),
    (Unplaced(), LUC, NO),
    (Unplaced(), TOMAS, YES),
    (Untitled(), JO, YES),
    (Untitled(), LUC, NO),
    (IsMember(), ADA, YES),
    (IsMember(), TOMAS, NO),
    (IsOne(frozenset({ADA, LUC})), LUC, YES),
    (IsOne(frozenset({ADA, LUC})), BRAM, NO),
    (Not(Departed()), ADA, YES),
    (Not(Departed()), LUC, NO),
    (Not(IsAt("byre")), JO, CANNOT_TELL),
    (AllOf((Departed(), IsAt("byre"))), LUC, YES),
    (AllOf((Departed(), IsAt("byre"))), JO, CANNOT_TELL),
    (AllOf((Remains(), IsAt("byre"))), JO, NO),  # the one that is no settles it
    (AnyOf((Departed(), IsAt("byre"))), JO, YES),  # the one that is yes settles it
    (AnyOf((Remains(), IsAt("byre"))), JO, CANNOT_TELL),
    (AnyOf((Remains(), IsAt("hayloft"))), LUC, NO),
)


@pytest.mark.parametrize(("condition", "person", "truth"), HELD)
def test_a_condition_holds_or_does_not_or_cannot_be_told(
    herd: Book, condition: Condition, person: str, truth: Truth
) -> None:
    """Each condition is as true as the sources leave it: what they do not say is neither yes nor no."""
    assert judge(condition, herd.people[person], herd) is truth


CONDITIONS = [condition for condition, _, _ in HELD]


@settings(deadline=None)
@given(st.sampled_from(CONDITIONS), st.sampled_from(CONDITIONS))
def test_the_logic_of_three_values(herd: Book, one: Condition, other: Condition) -> None:
    """Kleene's laws hold of everybody: the contrary of the contrary, De Morgan's, and no order of the sides."""
    for person in herd.people.values():
        assert judge(Not(Not(one)), person, herd) is judge(one, person, herd)
        both, either = AllOf((one, other)), AnyOf((one, other))
        assert judge(Not(both), person, herd) is judge(AnyOf((Not(one), Not(other))), person, herd)
        assert judge(both, person, herd) is judge(AllOf((other, one)), person, herd)
        assert judge(either, person, herd) is judge(AnyOf((other, one)), person, herd)
        assert (
            (judge(both, person, herd) is YES)
            <= (judge(one, person, herd) is YES)
            <= (judge(either, person, herd) is YES)
        )


@pytest.mark.parametrize(
    "composed",
    [
        IsAt("byre"),
        IsAt("auroch"),
        Founded(),
        Founded("byre"),
        Holds(("head",)),
        Holds(("tuner",)),
        Not(IsAt("byre")),
        IsOne(frozenset({TOMAS, LUC})),
        AnyOf((IsAt("byre"), Holds(("tuner",)))),
        AllOf((IsAt("byre"), Founded())),
        AllOf((IsAt("byre"), Not(IsOne(frozenset({LUC}))))),
    ],
)
def test_whoever_a_condition_holds_of_is_asked(herd: Book, composed: Condition) -> None:
    """Who is somewhere, founded something or has a role may be anybody: nobody of whom it holds is left out."""
    held = {person.id for person in herd.people.values() if judge(composed, person, herd) is YES}
    assert held <= {person.id for person in among(composed, herd)}


def test_who_left_or_stayed_is_one_of_the_cohort(herd: Book) -> None:
    """What is about the book's home is asked of those whom the book follows."""
    for composed in (Departed(), Remains(), Stayed(length("P1Y")), AllOf((IsAt("byre"), Departed())), Not(Departed())):
        assert [person.id for person in among(composed, herd)] == list(herd.frame.cohort.members)
