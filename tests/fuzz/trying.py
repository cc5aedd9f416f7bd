"""What is done with one input, how long that takes, and what must hold of every reply."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

import discord

from bot.chat.buttons import show
from bot.chat.pages import pages
from bot.facts.reading import read_book
from bot.questions.reader import Reader
from tests.conftest import SHIPPED
from tests.limits import assert_buttons, assert_harmless, assert_within_limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hypothesis.strategies import SearchStrategy

    from bot.chat.text import Reply

ANSWERING: Final = 0.05
"""Seconds of CPU in which the shipped book answers."""
READING: Final = 1.0
"""Seconds of CPU in which what a keeper sends is read, on a thread of its own, and refused, or compared and asked."""
TRIES: Final = 3
"""Of how many tries the fastest counts, where the first is too slow: other work of a machine slows one, and not all."""
LONGEST_ALT: Final = 1024
ASKER: Final = cast("discord.abc.User", discord.Object(2**63 - 1))
"""Whoever asks: only the identifier goes into a message, and this is the longest that Discord can give."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of input: how inputs are made, what the bot says to one, and the seconds of CPU that this may take."""

    inputs: SearchStrategy[Any]
    answer: Callable[[Any], Iterable[Reply]]
    longest: float = ANSWERING

    def attempt(self, value: Any) -> float:
        """The seconds of CPU that an input took. Raises whatever is wrong with what the bot did."""
        replies, taken = self._timed(value)
        for said in replies:
            assert_sendable(said)
        for _ in range(TRIES - 1 if taken > self.longest else 0):
            shipped.cache_clear()  # a reader remembers names that it looked up, and would be faster the second time
            shipped()
            taken = min(taken, self._timed(value)[1])
        return taken

    def _timed(self, value: Any) -> tuple[list[Reply], float]:
        begun = time.process_time()
        replies = list(self.answer(value))
        for said in replies:
            show(said, ASKER, embeds=True)
        return replies, time.process_time() - begun


@cache
def shipped() -> Reader:
    """How the book that the bot comes with is read, after a first question."""
    reader = Reader(read_book(SHIPPED), "!")
    reader.warm()
    reader.message("who left in 2023")
    return reader


def assert_sendable(said: Reply) -> None:
    """Discord takes a reply, with and without embeds, privately and to everybody, and the buttons under each end of it."""
    for embeds in (True, False):
        leaves = pages(said, embeds=embeds)
        for page in leaves:
            assert_within_limits(page)
            assert_harmless(page)
        for at in {0, len(leaves) - 1}:
            shown = show(said, ASKER, embeds=embeds, private=not embeds, at=at)
            assert_within_limits(shown)
            assert_buttons(shown["view"])
    assert said.picture is None or len(said.picture.alt) <= LONGEST_ALT
