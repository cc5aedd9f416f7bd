"""What is counted of a running bot. No label holds what members write, or who or where they are."""

from __future__ import annotations

import logging
from bisect import bisect_left
from collections import Counter
from time import perf_counter
from typing import TYPE_CHECKING, Final

from bot.answers.model import Status

if TYPE_CHECKING:
    from bot.chat.client import Herdbook
    from bot.chat.text import Reply

log = logging.getLogger(__name__)

BOUNDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
"""Seconds up to which answers are counted together."""


class Metrics:
    """Counts that outlive a bot that starts anew, by their labels, and the bot that runs now."""

    def __init__(self) -> None:
        self.bot: Herdbook | None = None
        """Whose state is told."""
        self.answers: Counter[tuple[str, ...]] = Counter()
        """By kind of question and of answer."""
        self.seconds = 0.0
        """All that passed from when a question was heard until its answer was sent."""
        self.within = [0] * (len(BOUNDS) + 1)
        """Answers that took longer than the bound before and no longer than this one; at last those beyond all."""
        self.requests: Counter[str] = Counter()
        """Tries, by the status that came back, or `none`."""
        self.reloads: Counter[str] = Counter()
        """By outcome."""
        self.lines: Counter[str] = Counter()
        """By level."""
        self.resumes = self.restarts = self.retries = self.given_up = 0

    def answered(self, said: Reply, heard: float) -> None:
        """Count an answer that was sent; `heard` is when its question was, by `perf_counter`."""
        kind, status = type(said.question).__name__, Status(said.status).name.lower()
        seconds = perf_counter() - heard
        self.answers[kind, status] += 1
        self.seconds += seconds
        self.within[bisect_left(BOUNDS, seconds)] += 1
        if log.isEnabledFor(logging.DEBUG):
            log.debug("answered", extra={"kind": kind, "status": status, "seconds": round(seconds, 4)})


class LineCounter(logging.Handler):
    """Counts the lines of the log, by level."""

    def __init__(self, lines: Counter[str]) -> None:
        super().__init__()
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        """Count one more."""
        self._lines[record.levelname.lower()] += 1
