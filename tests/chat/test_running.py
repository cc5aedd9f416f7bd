"""Running the bot: waits before another try to reach Discord, and faults that nobody waits for."""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING

from bot.chat.running import FIRST_WAIT, LONGEST_WAIT, report
from bot.chat.sending import wait_before

if TYPE_CHECKING:
    import pytest


def test_waits_grow_and_spread() -> None:
    """Each wait is up to twice as long as the one before, a minute at most, and no two bots wait alike."""
    for attempt, longest in ((1, 2), (2, 4), (3, 8), (4, 16), (5, 32), (6, LONGEST_WAIT), (7, LONGEST_WAIT)):
        waits = [wait_before(attempt, FIRST_WAIT, LONGEST_WAIT) for _ in range(200)]
        assert all(longest / 2 <= wait <= longest for wait in waits)
        assert max(waits) - min(waits) > longest / 4


def test_discord_may_be_away_for_days() -> None:
    """The wait stays a minute at most, however often it was waited."""
    assert wait_before(100_000, FIRST_WAIT, LONGEST_WAIT) <= LONGEST_WAIT


async def test_a_fault_that_nobody_waits_for(caplog: pytest.LogCaptureFixture) -> None:
    """It is in the log with where it came from, and its words are not in the sentence."""

    async def fail() -> None:
        raise ValueError("sesame zanzibar")

    asyncio.get_running_loop().set_exception_handler(report)
    task = asyncio.create_task(fail())
    await asyncio.wait((task,))
    del task
    gc.collect()
    (record,) = caplog.records
    assert record.getMessage() == "Task exception was never retrieved"
    assert record.exc_info
