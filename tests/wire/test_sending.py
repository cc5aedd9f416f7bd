"""Answers on bad days: Discord's limits, its faults and those of the network lose none and post none twice."""

from __future__ import annotations

import asyncio
import time
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

import pytest

from tests.wire.rest import CHANNEL_LIMIT, Fault
from tests.wire.shapes import channel_ids
from tests.wire.standin import PATIENCE, running, standin

if TYPE_CHECKING:
    from pathlib import Path

    from tests.wire.standin import Discord

RESET = Fault(reset=True)
FAULTS = (
    Fault(500), Fault(502), Fault(503), Fault(502, effect=True), Fault(429), Fault(429, is_global=True),
    Fault(429, by_cloudflare=True), RESET, Fault(reset=True, effect=True),
)  # fmt: skip


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """The bot's state folder."""
    return tmp_path / "state"


async def posts(discord: Discord, number: int) -> list[dict[str, Any]]:
    """So many messages that the bot posted, and no more."""
    async with asyncio.timeout(PATIENCE):
        found = [await discord.posted.get() for _ in range(number)]
    await asyncio.sleep(0.2)
    assert discord.posted.empty()
    return found


async def test_a_message_is_answered_once(folder: Path, state: Path) -> None:
    """Whatever happens to the request, it is made until it had its effect, and has it once."""
    async with standin() as discord, running(discord, folder, state, COOLDOWN="0") as bot:
        await asyncio.wait_for(discord.ready.wait(), PATIENCE)
        for fault in FAULTS:
            discord.faults = iter([fault])
            asked = await discord.type("!where bram")
            sent = await asyncio.wait_for(discord.posted.get(), PATIENCE)
            assert "Bram Quill" in sent["embeds"][0]["description"]
            assert str(sent["message_reference"]["message_id"]) == asked, fault
        await asyncio.sleep(3)
        assert discord.posted.empty()
    assert "Traceback" not in bot.output
    assert "given up" not in bot.output


async def test_a_command_is_acknowledged_once_and_in_time(folder: Path, state: Path) -> None:
    """A slash command is answered within Discord's three seconds, though the first request came to nothing."""
    async with standin() as discord, running(discord, folder, state, COOLDOWN="0") as bot:
        await asyncio.wait_for(discord.ready.wait(), PATIENCE)
        for fault in FAULTS:
            discord.faults = iter([fault])
            began = time.monotonic()
            given = await discord.give("where", person="bram")
            sent = await asyncio.wait_for(discord.posted.get(), PATIENCE)
            assert sent["interaction"] == given, fault
            assert time.monotonic() - began < 3, fault
        await asyncio.sleep(3)
        assert discord.posted.empty()
    assert '"level": "error"' not in bot.output
    assert "refused" not in bot.output


async def test_a_picture_is_sent_again_whole(folder: Path, state: Path) -> None:
    """Files are read from their beginning at each try."""
    async with standin() as discord, running(discord, folder, state):
        await asyncio.wait_for(discord.ready.wait(), PATIENCE)
        discord.faults = iter([None, RESET, Fault(503)])
        await discord.type("!timeline")
        (sent,) = await posts(discord, 1)
        (picture,) = sent["files"].values()
        assert picture.startswith(b"\x89PNG")
        assert len(picture) > 10_000


async def test_a_deferred_command_is_answered_once(folder: Path, state: Path) -> None:
    """The picture of a slash command comes in place of the notice that it is being drawn, whatever happens to it."""
    async with standin() as discord, running(discord, folder, state):
        await asyncio.wait_for(discord.ready.wait(), PATIENCE)
        discord.faults = iter([None, RESET, Fault(503)])
        await discord.give("timeline")
        deferred, shown = await posts(discord, 2)
        assert deferred["type"] == 5
        assert shown["files"]


async def test_what_is_heard_twice_is_answered_once(folder: Path, state: Path) -> None:
    """A message that comes again, as after a lost connection or to a second process, has its answer already."""
    async with standin() as discord:
        async with running(discord, folder, state) as bot:
            await asyncio.wait_for(discord.ready.wait(), PATIENCE)
            heard = await discord.type("!where bram")
            await posts(discord, 1)
            await discord.type("!where bram", identifier=heard)
            await posts(discord, 0)
            discord.ready.clear()
        async with running(discord, folder, state) as bot:
            await asyncio.wait_for(discord.ready.wait(), PATIENCE)
            await discord.type("!where bram", identifier=heard)
            await discord.type("!where bram")
            await posts(discord, 1)
    assert "Traceback" not in bot.output
    assert discord.calls["posted before"] == 1, "the second process does not know of the first"


async def test_discords_limits_are_kept(folder: Path, state: Path) -> None:
    """120 questions at once in 60 channels are answered without one request above a limit."""
    rooms = channel_ids(60)
    async with standin(len(rooms)) as discord, running(discord, folder, state, COOLDOWN="0"):
        await asyncio.wait_for(discord.ready.wait(), PATIENCE)
        discord.limited = True
        for room in rooms * 2:
            await discord.type("!where bram", room)
        answered = await posts(discord, 2 * len(rooms))
        assert sorted(sent["channel_id"] for sent in answered) == sorted(rooms * 2)
        assert discord.calls["over the limit"] == 0


async def test_a_busy_channel_holds_back_no_other(folder: Path, state: Path) -> None:
    """Where a channel is asked more than Discord lets through, it is answered in order, and another at once."""
    busy, quiet = channel_ids(2)
    async with standin(2) as discord, running(discord, folder, state, COOLDOWN="0"):
        await asyncio.wait_for(discord.ready.wait(), PATIENCE)
        discord.limited = True
        asked = [await discord.type("!where bram", busy) for _ in range(CHANNEL_LIMIT + 4)]
        await posts(discord, CHANNEL_LIMIT)
        began = time.monotonic()
        await discord.type("!where bram", quiet)
        first = await asyncio.wait_for(discord.posted.get(), PATIENCE)
        assert first["channel_id"] == quiet
        assert time.monotonic() - began < 1
        later = await posts(discord, 4)
        assert [sent["message_reference"]["message_id"] for sent in later] == [int(each) for each in asked[-4:]]
        assert discord.calls["over the limit"] == 0


@pytest.mark.parametrize("fault", [Fault(429, 2, is_global=True), Fault(429, 2, by_cloudflare=True)])
async def test_a_limit_of_all_requests_holds_all(folder: Path, state: Path, fault: Fault) -> None:
    """Where Discord refuses a bot's requests altogether, those of other channels wait too."""
    one, other = channel_ids(2)
    async with standin(2) as discord, running(discord, folder, state):
        await asyncio.wait_for(discord.ready.wait(), PATIENCE)
        discord.faults = iter([fault])
        began = time.monotonic()
        await discord.type("!where bram", one)
        await asyncio.sleep(0.5)
        await discord.type("!where bram", other)
        await posts(discord, 2)
        assert 2 <= time.monotonic() - began < 4


async def test_discord_away_while_it_runs(folder: Path, state: Path) -> None:
    """While Discord takes nothing nothing is lost, and the log has no fault of the bot."""
    async with standin() as discord, running(discord, folder, state) as bot:
        await asyncio.wait_for(discord.ready.wait(), PATIENCE)
        discord.faults = chain(repeat(RESET, 2), repeat(Fault(503), 2))
        began = time.monotonic()
        await discord.type("!where bram")
        await posts(discord, 1)
        assert time.monotonic() - began >= 0.25 + 0.5 + 1 + 2
    assert '"level": "error"' not in bot.output
