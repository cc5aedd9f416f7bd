"""What a question names."""

from __future__ import annotations

from bot.facts.dates import Date
from bot.questions.conditions import IsAt, IsOne, Not, all_of
from bot.questions.model import Left, Measure, Ranking, Several, Whether, identifiers
from bot.questions.periods import Period

YEAR = Period.of(Date.parse("2029"))
LUC, JO, ADA = "zofie-luc", "jo-ng", "ada-quill"


def test_the_identifiers_of_a_question_are_all_that_it_names() -> None:
    """Whoever and whatever a question names, at any depth."""
    composed = Several((Whether(LUC, all_of([IsAt("byre"), Not(IsOne(frozenset({JO})))])), Left(YEAR, "hayloft")))
    assert identifiers(composed) == {LUC, "byre", JO, "hayloft"}
    assert identifiers(Ranking(Measure.TENURE, most=True, supposed=ADA)) == {ADA}
    assert identifiers(Left()) == frozenset()
