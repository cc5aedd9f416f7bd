"""From features to a decision: how likely each outcome is, and which answer is then the cheapest."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import exp
from typing import TYPE_CHECKING, Final

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

A wrong person costs 2, and is held a quarter dearer where nobody is meant: on made books that were held out, what is gained
by all answers together is the same, within what chance does, for any cost from 2 to 4, while fewer wrong persons are named
the dearer they are held, and fewer right ones (`bench/fit.py` prints all three). Where several fit it costs a quarter less,
since the best of them is often meant after all.
"""


@dataclass(frozen=True, slots=True)
class Odds:
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
    return Judge(json.loads(resources.files("bot.names").joinpath("weights.json").read_text("utf-8")))
