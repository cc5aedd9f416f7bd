"""Dates and lengths of time: in questions, behind commands, and as fact files write them (EDTF, ISO 8601)."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from bot.chat.text import reply
from bot.facts.dates import Date, Duration
from bot.questions.packing import pack, unpack
from tests.fuzz.pieces import BEFORE, MONTHS, YEARS, anything, mostly, repeated, times, with_slips
from tests.fuzz.trying import Kind, shipped
from tests.questions.asked import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.chat.text import Reply

ASKING: Final = (
    "!left {}",
    "!stillatmeta {}",
    "!stillatmeta goyal {}",
    "!tenure {}",
    "who left {}",
    "who was at meta {}",
    "was hambro at meta {}",
    "did lavril leave {} or {}",
    "who stayed longer than {}",
    "who stayed less than {} and left {}",
    "how many left between {} and {}",
    "{}",
)
_number: Final = st.sampled_from(
    ["0", "00", "1", "6", "12", "13", "29", "31", "2023", "9999", "0001", "999", "99999999999"]
)
_dated: Final = st.one_of(
    st.builds("{} {} {}".format, *map(st.sampled_from, (BEFORE, [*MONTHS, ""], YEARS))),
    st.builds("{} {} to {} {}".format, *map(st.sampled_from, (["between", "from", ""], MONTHS, MONTHS, YEARS))),
    st.builds("{} {}".format, st.integers(0, 100_000), st.sampled_from(["years", "months", "and a half years", "+ years"])),
)  # fmt: skip
written: Final = mostly(
    _dated,
    times,
    st.lists(_number | st.sampled_from([*"-/~?PYMD. ", " years", " months", "and a half "]), max_size=9).map("".join),
    with_slips(st.sampled_from(["2025-02", "2023-01/2023-04", "P6Y7M", "2025-02-29~", "5 years and 2 months"])),
    with_slips(_dated),
    repeated(times),
    anything,
)


def answer(said: tuple[str, str, str]) -> Iterator[Reply]:
    """Read what is written as a date and as a length, and answer a question with it; its times come back from a button."""
    asking, one, other = said
    with contextlib.suppress(ValueError):
        assert str(Date.parse(one, other))
    with contextlib.suppress(ValueError):
        assert Duration.parse(Duration.parse(one).iso) == Duration.parse(one)
    reader = shipped()
    reading = reader.message(asking.format(one, other))
    if reading:
        assert unpack(pack(reading.question)) == reading.question
        yield reply(reading, reader, DAY)


KIND: Final = Kind(st.tuples(st.sampled_from(ASKING), written, written), answer)
