"""Waiting before another try to reach Discord."""

from __future__ import annotations

from bot.chat.running import LONGEST_WAIT, wait_before


def test_waits_grow_and_spread() -> None:
    """Each wait is up to twice as long as the one before, a minute at most, and no two bots wait alike."""
    for attempt, longest in ((1, 2), (2, 4), (3, 8), (4, 16), (5, 32), (6, LONGEST_WAIT), (7, LONGEST_WAIT)):
        waits = [wait_before(attempt) for _ in range(200)]
        assert all(longest / 2 <= wait <= longest for wait in waits)
        assert max(waits) - min(waits) > longest / 4


def test_discord_may_be_away_for_days() -> None:
    """The wait stays a minute at most, however often it was waited."""
    assert wait_before(100_000) <= LONGEST_WAIT
