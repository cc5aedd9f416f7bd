"""What was asked before: the last question of each person in each channel, and the question of each answer.

In memory only, for a few minutes, and bounded; nothing of what was typed is kept. Which message answers which is kept
for longer, so that an answer goes with its question whenever that is deleted.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from bot.questions.model import Question

LIFETIME: Final = 300.0
"""Seconds in which a question may lean on the one before it, and be answered anew when it is edited."""
MOST: Final = 2000
"""Keys under which questions are kept; the oldest is forgotten first."""

MOST_ANSWERS: Final = 10_000
"""Answers that go with their messages when these are deleted; the oldest is forgotten first."""

Key = tuple[str, int, int]


class Asked(Struct, frozen=True):
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
        self._answers: OrderedDict[tuple[int, int], int] = OrderedDict()

    def remember(self, channel: int, asked: Asked) -> None:
        """Keep a question under the message that asked it, the one that answered, and its asker, if it is their newest."""
        asker = "asker", channel, asked.user
        newest = asker not in self._asked or self._asked[asker].at <= asked.at
        for key in (
            ("message", channel, asked.message),
            ("answer", channel, asked.answer),
            *([asker] if newest else []),
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

    def knows(self, channel: int, message: int) -> bool:
        """Whether a message asked something not long ago."""
        return ("message", channel, message) in self._asked

    def chosen(self, channel: int, answer: int, question: Question, at: datetime) -> None:
        """Know that a message answers another question now, since its asker chose it, so that later ones lean on that."""
        if found := self._asked.get(("answer", channel, answer)):
            now = replace(found, question=question, at=at)
            self._asked["answer", channel, answer] = self._asked["asker", channel, found.user] = now

    def pair(self, channel: int, message: int, answer: int) -> None:
        """Keep which message answers another."""
        self._answers[channel, message] = answer
        while len(self._answers) > MOST_ANSWERS:
            self._answers.popitem(last=False)

    def forget(self, channel: int, messages: set[int]) -> set[int]:
        """Know no more of messages that asked or answered, and give back the answers to those that asked."""
        for message in messages:
            for kind in ("message", "answer"):
                if asked := self._asked.pop((kind, channel, message), None):
                    self._asked.pop(("message", channel, asked.message), None)
                    self._asked.pop(("answer", channel, asked.answer), None)
        answers = {self._answers.pop((channel, message), None) for message in messages}
        return {answer for answer in answers if answer is not None}


def _is_old(asked: Asked, at: datetime) -> bool:
    return (at - asked.at).total_seconds() > LIFETIME
