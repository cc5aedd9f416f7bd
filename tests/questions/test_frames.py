"""Plain sentences -> questions: each way of asking, in the invented book."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.facts.dates import Date, Duration
from bot.questions.conditions import (
    AllOf,
    AnyOf,
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
    parts,
)
from bot.questions.model import (
    About,
    At,
    Audit,
    Average,
    Destinations,
    Disputed,
    EvidenceFor,
    Left,
    Measure,
    Precision,
    Proportion,
    Quantifier,
    Question,
    Ranking,
    Role,
    Several,
    Since,
    Sources,
    Statistic,
    StillAt,
    Tenure,
    Those,
    Timeline,
    When,
    Where,
    Whether,
    Who,
)
from bot.questions.periods import Period, take_period

if TYPE_CHECKING:
    from bot.questions.reader import Reader

YEAR = Period.of(Date.parse("2029"))
JUNE = Period.of(Date.parse("2029-06"))
AT_BYRE = IsAt("byre")
LUC, ADA, BRAM, JO = "zofie-luc", "ada-quill", "bram-quill", "jo-ng"
THREE_YEARS = Duration.parse("P3Y")


def time(words: str) -> Period:
    """A time that is relative to another, as it is typed."""
    period, _ = take_period(words)
    assert period
    return period


def read(text: str, reader: Reader) -> Question | None:
    """The question that a message is read as."""
    reading = reader.message(text)
    return reading.question if reading else None


PEOPLE = {
    "where is luc": Where(LUC),
    "where did luc go": Where(LUC),
    "luc's employer": Where(LUC),
    "who hired jo ng": Where(JO),
    "whereabouts of ada quill?": Where(ADA),
    "what does ada quill do": Role(ADA),
    "ada quill's role": Role(ADA),
    "bram quill's job at byre": Role(BRAM, "byre"),
    "when did luc leave": When(LUC),
    "when did luc leave byre": When(LUC, "byre"),
    "luc's departure?": When(LUC),
    "what year did luc leave": When(LUC),
    "which month did luc leave": When(LUC, precision=Precision.MONTH),
    "on what day did luc leave": When(LUC, precision=Precision.DAY),
    "when did luc start": Since(LUC),
    "when did bram quill join byre": Since(BRAM, "byre"),
    "when did bram quill found byre": Since(BRAM, "byre", as_founder=True),
    "since when is luc at byre": Since(LUC, "byre"),
    "how long was luc there": Tenure(LUC),
    "jo ng's tenure": Tenure(JO),
    "how many years did luc spend at auroch": Tenure(LUC),
    "is luc still there": StillAt(LUC),
    "does ada quill still work at auroch": StillAt(ADA),
    "was luc at auroch in 2029": StillAt(LUC, YEAR),
    "has bram quill left": Whether(BRAM, Departed()),
    "did luc leave in 2029": Whether(LUC, Departed(YEAR)),
    "did luc leave before june 2029": Whether(LUC, Departed(time("before june 2029"))),
    "did luc go to byre": Whether(LUC, AT_BYRE),
    "is luc at byre or hayloft": Whether(LUC, any_of([AT_BYRE, IsAt("hayloft")])),
    "was ada quill a smith": Whether(ADA, IsMember()),
    "did bram quill found byre": Whether(BRAM, Founded("byre")),
    "is soren a tuner": Whether("soren-aero", Holds(("tuner",))),
    "who is luc": Who(LUC),
    "what about jo ng?": Who(JO),
}

GROUPS = {
    "list all smiths": Those(IsMember()),
    "how many smiths are there": Those(IsMember()),
    "who is in the bell team": Those(IsMember()),
    "who left?": Left(),
    "who left in june 2029": Left(JUNE),
    "who left auroch before 2029": Left(time("before 2029")),
    "who left between may and august 2029": Left(time("between may 2029 and august 2029")),
    "who left in 2029 and went to byre": Left(YEAR, "byre"),
    "how many left for byre": Left(None, "byre"),
    "how many are at byre": At("byre"),
    "anyone at hayloft?": At("hayloft"),
    "who is still at auroch": StillAt(),
    "who was at auroch in june 2029": StillAt(None, JUNE),
    "when did they leave": Left(),
    "who stayed longer than 3 years": Those(Stayed(THREE_YEARS)),
    "who stayed at least three years": Those(Stayed(THREE_YEARS, or_equal=True)),
    "who stayed less than 3 years": Those(Stayed(None, THREE_YEARS)),
    "who stayed at most 3 years": Those(Stayed(None, THREE_YEARS, or_equal=True)),
    "who stayed 3 years or more": Those(Stayed(THREE_YEARS, or_equal=True)),
    "who stayed longer than 2 years and 6 months": Those(Stayed(Duration.parse("P2Y6M"))),
    "who stayed between 2 and 3 years": Those(Stayed(Duration.parse("P2Y"), THREE_YEARS, or_equal=True)),
    "who founded byre": Those(Founded("byre")),
    "who is a tuner": Those(Holds(("tuner",))),
    "who left and is not at byre": Those(all_of([Departed(), Not(AT_BYRE)])),
    "who is not at byre": Those(all_of([Departed(), Not(AT_BYRE)])),
    "who left except luc": Those(all_of([Departed(), Not(IsOne(frozenset({LUC})))])),
    "everyone except luc": Those(all_of([IsMember(), Not(IsOne(frozenset({LUC})))])),
    "who did not leave": StillAt(),
    "what share left": Proportion(Departed()),
    "what percentage of the smiths are at byre": Proportion(AT_BYRE),
    "what share of those who left are at byre": Proportion(all_of([AT_BYRE, Departed()]), of=Departed()),
    "did everyone leave": Proportion(Departed(), Quantifier.ALL),
    "are most of the smiths at byre": Proportion(AT_BYRE, Quantifier.MOST),
    "did half of the smiths leave": Proportion(Departed(), Quantifier.HALF),
    "who stayed longest": Ranking(Measure.TENURE, most=True),
    "who had the shortest tenure": Ranking(Measure.TENURE, most=False),
    "who left first": Ranking(Measure.DEPARTURE, most=False),
    "who left last": Ranking(Measure.DEPARTURE, most=True),
    "the two longest tenures": Ranking(Measure.TENURE, most=True, places=2),
    "who of those at byre stayed longest": Ranking(Measure.TENURE, most=True, among=AT_BYRE),
    "who stayed longer, luc or jo ng": Ranking(Measure.TENURE, most=True, among=IsOne(frozenset({LUC, JO}))),
    "did luc stay longer than jo ng": Ranking(
        Measure.TENURE, most=True, among=IsOne(frozenset({LUC, JO})), supposed=LUC
    ),
    "did jo ng leave before luc": Ranking(
        Measure.DEPARTURE, most=False, among=IsOne(frozenset({LUC, JO})), supposed=JO
    ),
    "average tenure": Average(),
    "median tenure": Average(Statistic.MEDIAN),
    "average tenure of those at byre": Average(among=AT_BYRE),
    "how long did they stay": Tenure(),
    "where did they go": Destinations(),
    "where are those who left in 2029": Destinations(Departed(YEAR)),
    "which company got the most": Destinations(),
    "show me a timeline": Timeline(),
    "timeline of the smiths at auroch": Timeline(),
    "a timeline of those at byre": Timeline("byre"),
    "timeline of departures": Left(),
    "timeline of who left in 2029": Left(YEAR),
}

SAID = {
    "what is your source": Sources(),
    "who published the almanac": Sources("almanac"),
    "evidence for luc": EvidenceFor(LUC),
    "where do the documents disagree": Disputed(),
    "what is going on at byre": About("byre"),
    "tell me about the great bell": About("great-bell"),
    "is the ledger right": Audit(),
    "does the list add up": Audit(),
}


@pytest.mark.parametrize(("typed", "question"), (PEOPLE | GROUPS | SAID).items())
def test_each_way_of_asking_is_read(told: Reader, typed: str, question: Question) -> None:
    """A plain sentence asks what a person would take it to ask, with all that it says of whom, when and where."""
    assert read(typed, told) == question


@pytest.mark.parametrize(
    "typed", ["who left in 2029 and went to byre", "did luc leave in 2029", "how long was luc there"]
)
@pytest.mark.parametrize("manner", [str.upper, str.title, "{}?".format, "  {} !!".format, "please, {}".format, "hey bot, {}".format])  # fmt: skip
def test_manners_make_no_difference(told: Reader, typed: str, manner: object) -> None:
    """Case, points, a greeting and a please ask nothing else."""
    assert callable(manner)
    assert read(manner(typed), told) == read(typed, told)


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("who left and is at byre", "who is at byre and left"),
        ("who left in 2029 and is at byre", "who is at byre and left in 2029"),
        ("who stayed longer than 3 years and is at byre", "who is at byre and stayed longer than 3 years"),
        ("who founded byre and left in 2029", "who left in 2029 and founded byre"),
        ("is luc at byre or hayloft", "is luc at hayloft or byre"),
        ("who left except luc and jo ng", "who left except jo ng and luc"),
        ("who stayed longer, luc or jo ng", "who stayed longer, jo ng or luc"),
    ],
)
def test_the_order_of_what_is_joined_makes_no_difference(told: Reader, typed: str, same: str) -> None:
    """Both sides of an “and” or an “or” are asked, whichever stands first."""
    question = read(typed, told)
    assert isinstance(question, Left | Those | Whether | Ranking)
    assert question == read(same, told)


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("who left and is at byre", "who left or is at byre"),
        ("who left", "who did not leave"),
        ("who is at byre", "who is not at byre"),
        ("who stayed longer than 3 years", "who stayed at least 3 years"),
        ("who left before 2029", "who left by 2029"),
        ("who left after 2029", "who left since 2029"),
        ("did luc stay longer than jo ng", "did jo ng stay longer than luc"),
        ("who left first", "who left last"),
        ("when did luc leave", "when did luc start"),
    ],
)
def test_a_small_word_makes_another_question(told: Reader, typed: str, same: str) -> None:
    """“And” is not “or”, “not” is the contrary, and “by” counts in what “before” leaves out."""
    assert read(typed, told) != read(same, told)


@pytest.mark.parametrize(
    "typed", ["when did luc and jo ng leave", "when did jo ng and luc leave", "when did luc leave, and jo ng"]
)
def test_several_people_are_asked_about_one_by_one(told: Reader, typed: str) -> None:
    """A question about two people is two questions, whatever their order."""
    question = read(typed, told)
    assert isinstance(question, Several)
    assert set(question.questions) == {When(LUC), When(JO)}


@pytest.mark.parametrize(
    ("typed", "condition"),
    [
        ("whose role is not stated", Untitled()),
        ("who left for an unknown place", Unplaced()),
    ],
)
def test_what_is_not_stated_can_be_asked_for(told: Reader, typed: str, condition: Unplaced | Untitled) -> None:
    """Those of whom the book knows no place, or no role, are a set like any other."""
    question = read(typed, told)
    assert isinstance(question, Those)
    assert condition in parts(question.condition)


def test_conditions_do_not_depend_on_their_order_and_say_nothing_twice() -> None:
    """Two conditions are the same in either order, one that is said twice counts once, and one alone is itself."""
    assert all_of([Departed(), AT_BYRE]) == all_of([AT_BYRE, Departed(), AT_BYRE]) != any_of([Departed(), AT_BYRE])
    assert any_of([Departed(), AT_BYRE]) == any_of([AT_BYRE, Departed()])
    assert all_of([AT_BYRE, AT_BYRE]) == any_of([AT_BYRE, AT_BYRE]) == AT_BYRE
    assert isinstance(all_of([Remains(), AT_BYRE]), AllOf)
    assert isinstance(any_of([Remains(), AT_BYRE]), AnyOf)


def test_the_parts_of_a_condition_are_found_at_any_depth() -> None:
    """What is composed is taken apart, negations too."""
    composed = all_of([Not(any_of([AT_BYRE, Remains()])), Departed(), Not(Not(WasThere("auroch", YEAR)))])
    assert set(parts(composed)) == {AT_BYRE, Remains(), Departed(), WasThere("auroch", YEAR)}


@pytest.mark.parametrize(
    "typed",
    [
        "authors of the little bell",
        "the seven smiths",
        "who cast the silent bell",
        "smiths of byre",
    ],
)
def test_another_groups_people_are_not_the_cohort(told: Reader, typed: str) -> None:
    """Those of another work, or another number of them, are not the people whom the book follows."""
    assert read(typed, told) != Those(IsMember())


def test_a_commands_name_is_also_a_word(told: Reader) -> None:
    """Where two commands' names make a plain question, that is asked."""
    assert read("who left", told) == read("Who left?", told) == Left()


@pytest.mark.parametrize(
    "typed",
    [
        "who left in 2029 and founded byre or is a tuner",
        "who is a tuner or founded byre and left in 2029",
        "did luc found byre and leave in 2029 or stay longer than 9 years",
    ],
)
def test_and_beside_or_is_not_guessed(told: Reader, typed: str) -> None:
    """Where it cannot be told what belongs to what, no list is made of it."""
    assert not isinstance(read(typed, told), Left | Those | Whether | Proportion)
