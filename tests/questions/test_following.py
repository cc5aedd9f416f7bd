"""Questions that lean on the one before: what a short one leaves out, and who “he” is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.facts.dates import Date
from bot.questions.conditions import Departed, IsAt, Not, Remains, WasThere, all_of
from bot.questions.model import (
    At,
    Destinations,
    Left,
    Precision,
    Question,
    Role,
    Several,
    Since,
    SmallTalk,
    StillAt,
    Talk,
    Tenure,
    Those,
    When,
    Where,
    Whether,
    WhichOne,
    Who,
    Why,
    identifiers,
)
from bot.questions.periods import Period

if TYPE_CHECKING:
    from bot.questions.reader import Reader

YEAR, NEXT = Period.of(Date.parse("2029")), Period.of(Date.parse("2031"))
LUC, JO, ADA, BRAM = "zofie-luc", "jo-ng", "ada-quill", "bram-quill"


def read(text: str, reader: Reader, previous: Question | None = None) -> Question:
    """The question that plain words are read as, behind another one."""
    return reader.understander.read(text, previous).question


@pytest.mark.parametrize(
    ("previous", "typed", "question"),
    [
        (Where(LUC), "and jo ng?", Where(JO)),
        (Where(LUC), "what about jo ng?", Where(JO)),
        (When(LUC, None, Precision.MONTH), "and jo ng?", When(JO, None, Precision.MONTH)),
        (Since(LUC, "byre"), "and bram?", Since(BRAM, "byre")),
        (Role(LUC), "and bram?", Role(BRAM)),
        (Tenure(LUC), "and jo ng", Tenure(JO)),
        (StillAt(LUC), "and ada quill?", StillAt(ADA)),
        (StillAt(LUC, YEAR), "and ada quill?", StillAt(ADA, YEAR)),
        (Whether(LUC, IsAt("byre")), "and jo ng?", Whether(JO, IsAt("byre"))),
        (Left(YEAR), "and in 2031?", Left(NEXT)),
        (Left(YEAR, "byre"), "and in 2031?", Left(NEXT, "byre")),
        (Left(YEAR, "byre"), "and to hayloft?", Left(YEAR, "hayloft")),
        (StillAt(None, YEAR), "and in 2031?", StillAt(None, NEXT)),
        (At("byre"), "and hayloft?", At("hayloft")),
        (Left(YEAR), "where are they now?", Destinations(Departed(YEAR))),
        (Left(YEAR, "byre"), "where are they now?", Destinations(all_of([Departed(YEAR), IsAt("byre")]))),
        (StillAt(), "where are they now?", Destinations(Remains())),
        (StillAt(None, YEAR), "where are they now?", Destinations(WasThere("auroch", YEAR))),
        (Those(Not(Departed())), "where are they now?", Destinations(Not(Departed()))),
        (Who(LUC), "where is he?", Where(LUC)),
        (Where(LUC), "when did he leave?", When(LUC)),
        (Where(LUC), "how long was she there?", Tenure(LUC)),
        (Where(LUC), "and when did jo ng leave?", When(JO)),
        (At("byre"), "where is luc", Where(LUC)),
        (When(LUC), "why?", Why(When(LUC))),
        (Left(YEAR), "but why", Why(Left(YEAR))),
    ],
)
def test_a_question_may_lean_on_the_one_before(
    told: Reader, previous: Question, typed: str, question: Question
) -> None:
    """What a short question leaves out is what the one before it had; a whole question is itself."""
    assert read(typed, told, previous) == question


@pytest.mark.parametrize(
    "typed", ["why?", "and jo ng?", "and in 2031?", "where is he?", "where are they now?", "and hayloft?"]
)
def test_nothing_before_it_is_leant_on_where_there_was_nothing(told: Reader, typed: str) -> None:
    """Without a question before it, half a question is no Where, When or Left of anybody who was not named."""
    question = read(typed, told)
    assert not isinstance(question, When | Left | StillAt | Whether | Where)
    assert identifiers(question) <= {JO, "hayloft"}


def test_he_is_nobody_where_two_may_be_meant(told: Reader) -> None:
    """“He” behind a question about two is asked about, and no one of them is chosen."""
    assert read("where is he", told, Several((Who(LUC), Who(JO)))) == WhichOne((Where(LUC), Where(JO)))


def test_he_is_who_the_question_before_was_about(told: Reader) -> None:
    """Behind several questions about one, “he” is that one; behind a list, nobody."""
    assert read("where is he", told, Several((Who(LUC), When(LUC)))) == Where(LUC)
    assert read("where is he", told, Left()) == SmallTalk(Talk.WHO_IS_MEANT)
    assert read("and jo ng?", told, Several((Where(LUC), When(LUC)))) == Several((Where(JO), When(JO)))


@pytest.mark.parametrize(
    ("typed", "questions"),
    [
        ("how long was luc there and where is he", (Tenure(LUC), Where(LUC))),
        ("how long was luc there? when did she leave?", (Tenure(LUC), When(LUC))),
    ],
)
def test_he_is_who_was_named_before_in_the_same_message(
    told: Reader, typed: str, questions: tuple[Question, ...]
) -> None:
    """Within a message, a second question is about whoever the first named."""
    assert read(typed, told) == Several(questions)


def test_a_name_in_the_question_comes_before_the_one_before(told: Reader) -> None:
    assert read("is he still there, jo ng?", told, Where(LUC)) == read("is jo ng still there", told)
