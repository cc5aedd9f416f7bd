"""What was asked before: the last question of each person in each channel, and the question of each answer.

In memory only, for a few minutes, and bounded; nothing of what was typed is kept.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from bot.questions.model import Question

LIFETIME: Final = 300.0
"""Seconds in which a question may lean on the one before it, and be edited or deleted with its answer."""
MOST: Final = 2000
"""Keys under which questions are kept; the oldest is forgotten first."""

Key = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the one that it leant on, the messages that asked and answered it, and who asked when."""

    question: Question
    previous: Question | None
    message: int
    answer: int
    user: int
    at: datetime


class Conversations:
    """The last questions, by whoever asked where, by the message that asked, and by the one that answered."""

    def __init__(self) -> None:
        self._asked: OrderedDict[Key, Asked] = OrderedDict()

    def remember(self, channel: int, asked: Asked) -> None:
        """Keep a question under its asker, under the message that asked it, and under the one that answered."""
        for key in (
            ("asker", channel, asked.user),
            ("message", channel, asked.message),
            ("answer", channel, asked.answer),
        ):
            self._asked[key] = asked
            self._asked.move_to_end(key)
        while len(self._asked) > MOST or _is_old(next(iter(self._asked.values())), asked.at):
            self._asked.popitem(last=False)

    def before(self, channel: int, user: int, replied_to: int | None, at: datetime) -> Question | None:
        """The question that the message replied to answered, else the last one of this person here; None when it is old."""
        keys = [("answer", channel, replied_to)] if replied_to else []
        for key in (*keys, ("asker", channel, user)):
            if key in self._asked:
                asked = self._asked[key]
                return None if _is_old(asked, at) else asked.question
        return None

    def answered(self, channel: int, message: int, at: datetime) -> Asked | None:
        """What a message asked, and which message answers it; None when that is old."""
        asked = self._asked.get(("message", channel, message))
        return None if asked is None or _is_old(asked, at) else asked

    def forget(self, channel: int, messages: set[int]) -> set[int]:
        """Know no more of messages that asked or answered, and give back the answers to those that asked."""
        keys = [(kind, channel, message) for message in messages for kind in ("message", "answer")]
        gone = [asked for key in keys if (asked := self._asked.pop(key, None))]
        for asked in gone:
            self._asked.pop(("message", channel, asked.message), None)
            self._asked.pop(("answer", channel, asked.answer), None)
        return {asked.answer for asked in gone if asked.message in messages}


def _is_old(asked: Asked, at: datetime) -> bool:
    return (at - asked.at).total_seconds() > LIFETIME
