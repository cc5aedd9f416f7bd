"""From features to a decision: how likely each outcome is, and which answer is then the cheapest."""

from __future__ import annotations

import json
from functools import cache
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bot.names.model import Decision

if TYPE_CHECKING:
    from collections.abc import Mapping

OUTCOMES: Final = ("right", "open", "nobody")
"""The best candidate is meant; several fit, or another is meant; nobody of the book is."""

GAINS: Final[Mapping[Decision, tuple[float, float, float]]] = {
    Decision.MATCH: (1.0, -1.5, -2.5),
    Decision.AMBIGUOUS: (0.5, 0.9, 0.25),
    Decision.NONE: (0.0, 0.0, 1.0),
}
"""What each decision is worth under each outcome.

A wrong person costs 2. Two numbers differ from that, and were chosen by hand with a look at the open half of the benchmark,
since made books that are held out hardly tell them apart. Where nobody is meant, any cost from 2 to 4 gains as much there,
within what chance does, with fewer wrong persons and fewer right ones the dearer it is (`bench.fit` prints it). It was 3; on
the open half, with weights of a third as many cases as now, 3 named 95.0 % of the people of a small book and 2.5 named
96.2 %, with as many wrong, so it is 2.5. Where several fit it is 1.5, since the best of them is often meant after all; that
number was swept on the open half too.
"""


class Odds(Struct, frozen=True):
    """How likely each outcome is; together 1."""

    right: float
    open: float
    nobody: float

    def decide(self) -> Decision:
        """The decision that is worth most."""
        worth = {
            decision: self.right * right + self.open * unsure + self.nobody * nobody
            for decision, (right, unsure, nobody) in GAINS.items()
        }
        return max(worth, key=worth.__getitem__)


class Judge:
    """A logistic regression: for each outcome a weight of each feature, as fitted by `bench/fit.py`."""

    def __init__(self, weights: Mapping[str, Mapping[str, float]]) -> None:
        """Take for each feature the weights of the outcomes."""
        self._weights = {name: tuple(row.get(outcome, 0.0) for outcome in OUTCOMES) for name, row in weights.items()}

    def odds(self, features: Mapping[str, float]) -> Odds:
        """How likely each outcome is. Features without weights say nothing."""
        right = unsure = nobody = 0.0
        for name, value in features.items():
            if value and (weights := self._weights.get(name)):
                right += value * weights[0]
                unsure += value * weights[1]
                nobody += value * weights[2]
        top = max(right, unsure, nobody)
        shares = exp(right - top), exp(unsure - top), exp(nobody - top)
        total = sum(shares)
        return Odds(shares[0] / total, shares[1] / total, shares[2] / total)


@cache
def judge() -> Judge:
    """The judge with the weights that ship."""
    return Judge(json.loads(Path(__file__).with_name("weights.json").read_text("utf-8")))
