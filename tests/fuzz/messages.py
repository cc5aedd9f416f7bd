"""Message text: behind the prefix, behind a mention, after another question, and in any message that is asked about."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from bot.chat.text import reply
from bot.chat.wanting import in_vain
from tests.fuzz.pieces import ASKED, hostile, pieces, sentences
from tests.fuzz.trying import Kind, shipped
from tests.questions.asked import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.chat.text import Reply
    from bot.questions.model import Question

SURFACES: Final = ("message", "question", "mentioned")
_commands: Final = st.sampled_from([*shipped().commands]).flatmap(
    lambda name: st.sampled_from([name, name, name.upper(), name[:-1]])
)
texts: Final = st.one_of(
    sentences,
    st.builds("{}{}{}{}".format, st.sampled_from(["!", "!", "! ", ""]), _commands, st.sampled_from([" ", "\n", ""]), sentences),
    st.builds("!{} {} {}".format, _commands, pieces, hostile),
)  # fmt: skip


@cache
def _before(text: str) -> Question | None:
    reading = shipped().message(text)
    return reading.question if reading else None


def answer(said: tuple[str, str, str]) -> Iterator[Reply]:
    """Answer a text on a surface, where another question was asked before."""
    text, surface, before = said
    reader = shipped()
    match surface:
        case "message":
            reading = reader.message(text, _before(before))
        case "question":
            reading = reader.question(text, _before(before))
        case _:
            reading = reader.mentioned(text)
    if reading:
        found = reply(reading, reader, DAY)
        in_vain(reading.question, found.status, reader.book)
        yield found


KIND: Final = Kind(st.tuples(texts, st.sampled_from(SURFACES), st.sampled_from(["", *ASKED[::20]])), answer)
