"""What was asked before: the last question of each person in each channel, and the question of each answer.

In memory only, for a few minutes, and bounded; nothing of what was typed is kept.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from bot.questions.model import Question

LIFETIME: Final = 300.0
"""Seconds in which a question may lean on the one before it."""
MOST: Final = 2000
"""Questions that are kept; the oldest is forgotten first."""

Key = tuple[str, int, int]


class Conversations:
    """The last questions, by whoever asked where, and by the message that answered."""

    def __init__(self) -> None:
        self._asked: OrderedDict[Key, tuple[float, Question]] = OrderedDict()

    def remember(self, channel: int, user: int, answer: int, question: Question, at: datetime) -> None:
        """Keep a question under its asker and under the message that answered it."""
        for key in (("asker", channel, user), ("answer", channel, answer)):
            self._asked[key] = (at.timestamp(), question)
            self._asked.move_to_end(key)
        while len(self._asked) > MOST:
            self._asked.popitem(last=False)

    def before(self, channel: int, user: int, replied_to: int | None, at: datetime) -> Question | None:
        """The question that the message replied to answered, else the last one of this person here; None when it is old."""
        keys = [("answer", channel, replied_to)] if replied_to else []
        for key in (*keys, ("asker", channel, user)):
            if key in self._asked:
                when, question = self._asked[key]
                return question if at.timestamp() - when <= LIFETIME else None
        return None
