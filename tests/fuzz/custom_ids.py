"""What a button carries: packed questions of every kind, those of the bot's own buttons, and both cut, joined and written over."""

from __future__ import annotations

import contextlib
from enum import Enum
from functools import cache
from types import NoneType
from typing import TYPE_CHECKING, Any, Final, get_args, get_origin

from hypothesis import strategies as st

from bot.chat.buttons import LONGEST_ID, Carried, answered
from bot.chat.errors import RefusedError
from bot.facts.dates import Duration
from bot.questions import model as ask
from bot.questions.packing import fields_of, pack
from bot.questions.periods import Period, find_periods
from tests.fuzz.pieces import ASKED, IDENTIFIERS, anything, hostile, mostly, sent, slipped
from tests.fuzz.trying import Kind, shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy

    from bot.chat.text import Reply

_BOOK: Final = shipped().book
_LETTERS: Final = "".join(map(chr, range(ord("!"), ord("~"))))
_SAID: Final = (
    "in 2023",
    "before June 2023",
    "after 2024",
    "on 3 June 2023",
    "between May 2023 and August 2023",
    "since 2025-02",
)
_OF_TYPE: Final[dict[type, SearchStrategy[Any]]] = {
    str: hostile | anything | st.sampled_from(["mistral", "role", ""]),
    int: st.integers(0, 10**6),
    bool: st.booleans(),
    NoneType: st.none(),
    Duration: st.builds(Duration, st.integers(0, 10**6), st.sampled_from([1, 12])),
    Period: st.sampled_from(_SAID).map(lambda said: find_periods(said)[0].periods[0]),
}
OWN: Final = tuple(dict.fromkeys(pack(found.question) for text in ASKED if (found := shipped().message(text))))
"""The questions that the project's own questions come to, packed."""


def _value(hint: Any, name: str) -> SearchStrategy[Any]:
    """Values of a field of a question: by its name where it names something of the book, else by its type."""
    if get_origin(hint) in {tuple, frozenset}:
        return st.lists(_value(get_args(hint)[0], name), max_size=3).map(get_origin(hint))
    if get_args(hint):
        return st.one_of(*(_value(kind, name) for kind in get_args(hint)))
    if hint is str and name in ask.SECTIONS:
        return st.sampled_from([*getattr(_BOOK, ask.SECTIONS[name])])
    if issubclass(hint, Enum):
        return st.sampled_from([*hint])
    return _OF_TYPE[hint] if hint in _OF_TYPE else _questions(hint)


@cache
def _questions(kind: Any) -> SearchStrategy[Any]:
    """Questions or conditions of one kind, about what the book has."""
    return st.deferred(lambda: st.builds(kind, *(_value(field.type, field.name) for field in fields_of(kind))))


questions: Final[SearchStrategy[ask.Question]] = st.sampled_from(get_args(ask.Question)).flatmap(_questions)
_token: Final = st.sampled_from([*_LETTERS, *_BOOK.entities, *_BOOK.claims, "%2c", "%zz", *_SAID, "9999999", "738521"])
_packed: Final = st.one_of(
    st.sampled_from(OWN),
    questions.map(pack),
    st.builds("{}{}{}".format, st.sampled_from(_LETTERS), st.sampled_from(IDENTIFIERS), st.sampled_from(["", ",", ")", ",.", ",in 2023"])),
    st.builds(lambda kind, many, rest: kind * many + rest, st.sampled_from(["!", "&", "|", "y", "m", "o", "b,", "x;"]), st.integers(0, 90), st.sampled_from(OWN)),
)  # fmt: skip
_slips: Final = st.lists(st.tuples(st.integers(0, 100), st.integers(0, 3), _token), min_size=1, max_size=2)
custom_ids: Final = mostly(
    st.builds("{:x}:{}:{}:{}".format, st.sampled_from([0, 2**63 - 1]), st.integers(-2, 9), st.just(_BOOK.version[:4]), _packed),
    st.builds("0:0:abcd:{}".format, st.builds(slipped, _packed, _slips)),
    st.builds("0:0:abcd:{}".format, st.lists(_token, max_size=12).map("".join)),
    st.lists(anything | hostile | _packed, max_size=5).map(":".join),
).map(lambda text: sent(text)[:LONGEST_ID])  # fmt: skip


def answer(carried: str) -> Iterator[Reply]:
    """Answer what a button carries; one that cannot be read, or whose question the book has not, is refused."""
    try:
        wanted = Carried.read(carried)
    except ValueError:
        return
    with contextlib.suppress(RefusedError):
        yield answered(wanted, shipped())


KIND: Final = Kind(custom_ids, answer)
