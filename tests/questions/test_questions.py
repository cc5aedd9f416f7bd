"""The project's own questions: how many the bot answers rightly, and that it asserts nothing where the book is silent."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from bot.questions.reader import Reader
from tests.questions.asked import KINDS, questions, scored
from tests.questions.scoring import Said, Scorer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.facts.book import Book
    from tests.questions.asked import Kind
    from tests.questions.scoring import Check

ANSWERED = 0.95
"""The share of the answerable questions that have to be answered rightly."""
SILENT = 0.98
"""The share of the unanswerable questions beside which nothing may be asserted."""

FEWEST = 200


@pytest.mark.parametrize(("kind", "floor"), [("answerable", ANSWERED), ("unanswerable", SILENT)])
def test_the_share_of_right_replies_stays_above_its_floor(kind: Kind, floor: float, shipped: Book) -> None:
    results = list(scored(kind, Reader(shipped, "!")))
    wrong = [result for result in results if result.faults]
    share = 1 - len(wrong) / len(results)
    assert share >= floor, f"{share:.1%} of {len(results)} are right:\n" + "\n".join(map(str, wrong))


@pytest.mark.parametrize("kind", KINDS)
def test_there_are_enough_questions_and_none_twice(kind: Kind) -> None:
    texts = [re.sub(r"\s+", " ", asked.text.casefold()) for asked in questions(kind)]
    assert len(texts) >= FEWEST
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("kind", KINDS)
def test_every_category_is_spread_evenly_over_both_halves(kind: Kind) -> None:
    halves = Counter((asked.category, asked.half) for asked in questions(kind))
    for category in {category for category, _ in halves}:
        assert abs(halves[category, "open"] - halves[category, "held"]) <= 1, category


@pytest.mark.parametrize("kind", KINDS)
def test_every_question_can_be_scored_and_asks_for_something(kind: Kind, shipped: Book) -> None:
    scorer = Scorer(shipped)
    for asked in questions(kind):
        assert asked.must, asked.text
        assert not [check for check in asked.must if check in asked.must_not], asked.text
        for check in parts((*asked.must, *asked.must_not)):
            scorer.holds(check, Said("nothing of the kind"))


def parts(checks: Iterable[Check]) -> Iterator[Check]:
    """Checks, and those within them."""
    for check in checks:
        yield check
        if isinstance(check, dict):
            yield from parts([*check.get("any", ()), *check.get("all", ())])
