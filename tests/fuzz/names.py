"""Names: behind every command that takes one, and while one is typed into a slash command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from bot.chat.text import reply
from bot.names.index import Kind as Named
from tests.fuzz.pieces import LONGEST, anything, hostile, names, repeated, with_slips
from tests.fuzz.trying import Kind, shipped
from tests.questions.asked import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.chat.text import Reply

COMPLETE: Final = "complete"
MOST_CHOICES: Final = 25
LONGEST_CHOICE: Final = 100
_parts: Final = with_slips(names, 2) | hostile | anything
_marks: Final = st.sampled_from([" ", "", ", ", " and ", "-", "&"])
_turns: Final = st.sampled_from([str.upper, str.lower, str.swapcase, lambda name: name[::-1], " ".join])
typed: Final = st.one_of(
    with_slips(names),
    st.builds(lambda parts, mark: mark.join(parts), st.lists(_parts, max_size=6), _marks),
    st.builds(lambda name, turn: turn(name), names, _turns),
    repeated(_parts),
    anything,
).map(lambda text: text[:LONGEST])


def answer(said: tuple[str, str]) -> Iterator[Reply]:
    """Answer a command with what was typed behind it, or offer names that go on so."""
    command, words = said
    reader = shipped()
    if command == COMPLETE:
        offered = reader.names.complete(words, tuple(Named))
        assert len(offered) <= MOST_CHOICES
        assert all(1 <= len(text) <= LONGEST_CHOICE for named in offered for text in (named.name, named.id))
    else:
        yield reply(reader.command(command, words), reader, DAY)


KIND: Final = Kind(st.tuples(st.sampled_from([*shipped().commands, COMPLETE]), typed), answer)
