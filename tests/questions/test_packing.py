"""Questions as short strings: every kind of question comes back as it was, and nothing else comes back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.facts.dates import Duration, Span
from bot.questions import conditions as hold
from bot.questions import model as ask
from bot.questions.conditions import Condition
from bot.questions.model import Question
from bot.questions.packing import DEEPEST, pack, unpack
from bot.questions.periods import Period, find_periods
from tests.questions.asked import KINDS, questions

if TYPE_CHECKING:
    from bot.questions.reader import Reader

TEXT: Final = st.text(max_size=12) | st.text("%,;().!&|w0", max_size=6)
WORDS: Final = st.lists(TEXT, max_size=3).map(tuple)
SLUG: Final = st.sampled_from(["guillaume-lample", "meta", "x-1"]) | TEXT
ANY_SLUG: Final = st.none() | SLUG
SAID: Final = st.sampled_from(["in 2023", "before June 2023", "between May 2023 and August 2023", "on 3 June 2023"])
PERIOD: Final = SAID.map(lambda text: find_periods(text)[0].periods[0]) | st.builds(
    Period, st.builds(Span, st.dates(), st.dates()), SAID | TEXT
)
ANY_PERIOD: Final = st.none() | PERIOD
LENGTH: Final = st.none() | st.builds(Duration, st.integers(0, 999), st.sampled_from([1, 12]))
CONDITION: Final[st.SearchStrategy[Condition]] = st.recursive(
    st.one_of(
        st.builds(hold.Departed, ANY_PERIOD, ANY_SLUG),
        st.builds(hold.WasThere, SLUG, PERIOD),
        st.builds(hold.IsAt, SLUG),
        st.builds(hold.Stayed, LENGTH, LENGTH, st.booleans()),
        st.builds(hold.Holds, WORDS, ANY_SLUG),
        st.builds(hold.Founded, ANY_SLUG),
        st.sampled_from([hold.Remains(), hold.Unplaced(), hold.Untitled(), hold.IsMember()]),
        st.builds(hold.IsOne, st.frozensets(SLUG, max_size=3)),
    ),
    lambda inner: st.one_of(
        st.builds(hold.Not, inner),
        *(st.builds(kind, st.lists(inner, max_size=3).map(tuple)) for kind in (hold.AllOf, hold.AnyOf)),
    ),
    max_leaves=8,
)
ANY_CONDITION: Final = st.none() | CONDITION
MANUAL: Final = st.builds(ask.Manual, TEXT, TEXT, TEXT, TEXT)
QUESTION: Final[st.SearchStrategy[Question]] = st.recursive(
    st.one_of(
        *(st.builds(kind, SLUG) for kind in (ask.Where, ask.Who, ask.At, ask.About, ask.EvidenceFor)),
        st.builds(ask.StillAt, ANY_SLUG, ANY_PERIOD),
        st.builds(ask.Left, ANY_PERIOD, ANY_SLUG),
        st.builds(ask.When, SLUG, ANY_SLUG, st.sampled_from(ask.Precision)),
        st.builds(ask.Since, SLUG, ANY_SLUG, st.booleans()),
        st.builds(ask.Role, SLUG, ANY_SLUG),
        st.builds(ask.Tenure, ANY_SLUG, ANY_SLUG),
        st.builds(ask.Those, CONDITION),
        st.builds(ask.Whether, SLUG, CONDITION),
        st.builds(ask.Proportion, CONDITION, st.sampled_from(ask.Quantifier), ANY_CONDITION),
        st.builds(
            ask.Ranking, st.sampled_from(ask.Measure), st.booleans(), ANY_CONDITION, st.integers(1, 99), ANY_SLUG
        ),
        st.builds(ask.Average, st.sampled_from(ask.Statistic), ANY_CONDITION),
        st.builds(ask.Destinations, ANY_CONDITION),
        st.builds(ask.Told, WORDS, WORDS, st.sampled_from(ask.Wanted)),
        st.builds(ask.Audit, WORDS),
        st.builds(ask.SmallTalk, st.sampled_from(ask.Talk)),
        st.just(ask.Disputed()),
        st.builds(ask.Sources, ANY_SLUG),
        st.builds(ask.Timeline, ANY_SLUG),
        st.builds(ask.Mentioned, WORDS),
        st.builds(ask.Help, st.lists(MANUAL, max_size=3).map(tuple)),
    ),
    lambda inner: st.one_of(
        st.builds(ask.Why, inner),
        *(st.builds(kind, st.lists(inner, max_size=3).map(tuple)) for kind in (ask.Several, ask.WhichOne)),
        st.builds(ask.NotInBook, TEXT, TEXT, st.lists(inner, max_size=2).map(tuple)),
        st.builds(ask.NotUnderstood, WORDS, TEXT, TEXT, st.lists(inner, max_size=2).map(tuple)),
    ),
    max_leaves=8,
)
IN_2023: Final = find_periods("in 2023")[0].periods[0]
PACKED: Final[dict[str, Question]] = {
    "wada-quill": ask.Where("ada-quill"),
    "Wada-quill": ask.Who("ada-quill"),
    "sada-quill,in 2023": ask.StillAt("ada-quill", IN_2023),
    "lin 2023,byre": ask.Left(IN_2023, "byre"),
    "abyre": ask.At("byre"),
    "nada-quill,.2": ask.When("ada-quill", precision=ask.Precision.DAY),
    "Nada-quill,byre,1": ask.Since("ada-quill", "byre", as_founder=True),
    "rada-quill": ask.Role("ada-quill"),
    "t": ask.Tenure(),
    "f&Lin 2023,)ibyre": ask.Those(hold.AllOf((hold.Departed(IN_2023), hold.IsAt("byre")))),
    "Fada-quill,!K": ask.Whether("ada-quill", hold.Not(hold.Remains())),
    "pP)2,M": ask.Proportion(hold.Unplaced(), ask.Quantifier.MOST, hold.IsMember()),
    "R1,0,.3,jo-ng": ask.Ranking(ask.Measure.DEPARTURE, most=False, places=3, supposed="jo-ng"),
    "v1,Y60,12,).1": ask.Average(ask.Statistic.MEDIAN, hold.Stayed(Duration(60, 12), or_equal=True)),
    "d|Hchief%2c,;)O": ask.Destinations(hold.AnyOf((hold.Holds(("chief,",)), hold.Founded()))),
    "dIada-quill,jo-ng": ask.Destinations(hold.IsOne(frozenset({"jo-ng", "ada-quill"}))),
    "fBbyre,(738521,738885,last year": ask.Those(
        hold.WasThere("byre", Period(Span(date(2023, 1, 1), date(2023, 12, 31)), "last year"))
    ),
    "cone,two,;bell,;5": ask.Told(("one", "two"), ("bell",), ask.Wanted.WHERE),
    "u": ask.Audit(),
    "T1": ask.SmallTalk(ask.Talk.THANKS),
    "mwjo-ng,)fU": ask.Several((ask.Where("jo-ng"), ask.Those(hold.Untitled()))),
    "ywjo-ng": ask.Why(ask.Where("jo-ng")),
    "Agreat-bell": ask.About("great-bell"),
    "D": ask.Disputed(),
    "S": ask.Sources(),
    "eada-quill": ask.EvidenceFor("ada-quill"),
    "g": ask.Timeline(),
    "gbyre": ask.Timeline("byre"),
    "Cada-quill,byre": ask.Mentioned(("ada-quill", "byre")),
    "h!at,Who,!at x,Where": ask.Help((ask.Manual("!at", "Who", "!at x", "Where"),)),
    "owada-quill,)wbram-quill": ask.WhichOne((ask.Where("ada-quill"), ask.Where("bram-quill"))),
    "bx%2ey,person": ask.NotInBook("x.y", "person"),
    "x;%,hint": ask.NotUnderstood(hint="hint"),
}
"""What buttons out there may carry, of every kind: none of these strings may ever come to mean anything else."""


@pytest.mark.parametrize("packed", PACKED)
def test_an_old_string_means_what_it_meant(packed: str) -> None:
    """Letters, places and the order of fields never change, for buttons outlive the bot that made them."""
    assert unpack(packed) == PACKED[packed]


def test_every_kind_is_in_the_table() -> None:
    """No kind of question or condition goes without a string that is held to its meaning."""

    def kinds(value: Any) -> set[type]:
        parts = value if isinstance(value, tuple) else [getattr(value, name, None) for name in _fields(value)]
        return {type(value)}.union(*map(kinds, parts))

    assert {*get_args(Question), *get_args(Condition)} <= kinds(tuple(PACKED.values()))


def _fields(value: object) -> tuple[str, ...]:
    return getattr(type(value), "__match_args__", ()) if type(value).__module__.startswith("bot.") else ()


@settings(deadline=None, max_examples=1000)
@given(QUESTION)
@example(ask.Sources(""))
@example(ask.Told((), ("",)))
def test_a_question_comes_back(question: Question) -> None:
    """Whatever is asked, the string of it is the question again."""
    assert unpack(pack(question)) == question


@settings(deadline=None, max_examples=1000)
@given(st.text(max_size=100) | st.text("wlsf&|!LKYu0129,;().%-abc ", max_size=100) | st.sampled_from([*PACKED]))
@example("f" + "!" * 99)
@example("y" * 10_000)
@example("fBbyre,(9999999,1,x")
@example("fY99999999999")
@example("n" + "x,.9")
def test_any_string_is_a_question_or_an_error(text: str) -> None:
    """What was never packed is refused in one way; and what is taken can be packed again."""
    try:
        question = unpack(text)
    except ValueError:
        return
    assert unpack(pack(question)) == question


@pytest.mark.parametrize(
    "text", ["", "?", "i", "w", "wx)", "wa,b", "s.,", "R2,1", "Sx;", "w)", "D)x", "fada", "T99", "yK", "fw"]
)
def test_what_is_no_question_is_refused(text: str) -> None:
    """Nothing at all, an unknown kind, a condition for a question, a missing name, too much."""
    with pytest.raises(ValueError, match=r"\S"):
        unpack(text)


def test_depth_is_bounded() -> None:
    """A question may hold questions, but no string makes the bot dig without end."""
    deep: Question = ask.Disputed()
    for _ in range(DEEPEST - 1):
        deep = ask.Why(deep)
    assert unpack(pack(deep)) == deep
    with pytest.raises(ValueError, match="too deep"):
        unpack(pack(ask.Why(deep)))


def test_what_people_ask_is_short(shipped_reader: Reader) -> None:
    """Nearly all that people ask fits, with what stands beside it, into the 100 characters of a button."""
    room = 75
    asked = [shipped_reader.question(one.text) for kind in KINDS for one in questions(kind)]
    lengths = [
        len(pack(reading.question))
        for reading in asked
        if not isinstance(reading.question, ask.NotUnderstood | ask.SmallTalk)
    ]
    assert sum(length <= room for length in lengths) > 0.97 * len(lengths)
