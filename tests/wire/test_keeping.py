"""The store and the watched folder of a bot that is a process: killed, started again, and edited under its feet."""

from __future__ import annotations

import asyncio
import random
import signal
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.wire.standin import PATIENCE, Discord, running, standin

if TYPE_CHECKING:
    from pathlib import Path

ADMINS = "900000000000000009"


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """The bot's state folder."""
    return tmp_path / "state"


def edit(folder: Path, old: str, new: str) -> None:
    """Change the facts all at once, as editors do."""
    facts = folder / "herd.yaml"
    text = facts.read_text("utf-8")
    assert old in text
    facts.with_name("herd.new").write_text(text.replace(old, new), "utf-8")
    facts.with_name("herd.new").replace(facts)


async def said_to(discord: Discord, channel: str) -> str:
    """What the bot next says in a channel."""
    posted = await asyncio.wait_for(discord.posted.get(), PATIENCE)
    assert posted["channel_id"] == channel
    return str(posted.get("content") or posted["embeds"][0]["description"])


async def test_killed_while_it_reloads(folder: Path, state: Path) -> None:
    """A bot that is killed in the middle of a reload starts again with the book before it or behind it, and answers."""
    async with standin() as discord:
        for old, new in pairwise(("co-founder", "sweeper", "ringer", "porter", "caster")):
            discord.ready.clear()
            async with running(discord, folder, state) as bot:
                await asyncio.wait_for(discord.ready.wait(), PATIENCE)
                assert f"as {old}" in (await discord.say("!where bram"))["embeds"][0]["description"]
                edit(folder, f"role: {old}\n", f"role: {new}\n")
                bot.signal(signal.SIGHUP)
                await asyncio.sleep(random.uniform(0, 0.1))
                bot.signal(signal.SIGKILL)
                await bot.ends()
            assert "Traceback" not in bot.output


async def test_a_watched_folder(folder: Path, state: Path) -> None:
    """With FACTS_WATCH, edits are served once they settle; a broken state is told once, and a mended one served."""
    watching = {"FACTS_WATCH": "true", "ADMIN_CHANNEL_ID": ADMINS}
    async with standin() as discord, running(discord, folder, state, **watching) as bot:
        assert await said_to(discord, ADMINS) == "**start · folder: revision 1, the first book**"
        await asyncio.wait_for(discord.ready.wait(), PATIENCE)
        for old, new in pairwise(("co-founder", "s", "sw", "swe", "sweeper")):
            edit(folder, f"role: {old}\n", f"role: {new}\n")
            await asyncio.sleep(0.05)
        assert await said_to(discord, ADMINS) == "**watch · folder: revision 2, 1 changed**"
        assert "as sweeper" in (await discord.say("!where bram"))["embeds"][0]["description"]
        for old, new in pairwise(("auroch", "aurox", "auroxx")):
            edit(folder, f"home: {old}\n", f"home: {new}\n")
            await asyncio.sleep(1.5)
        assert await said_to(discord, ADMINS) == "**watch · folder: refused for 1 error**"
        assert "as sweeper" in (await discord.say("!where bram"))["embeds"][0]["description"]
        edit(folder, "home: auroxx\n", "home: auroch\n")
        await asyncio.sleep(1.5)
        edit(folder, "role: sweeper\n", "role: ringer\n")
        assert await said_to(discord, ADMINS) == "**watch · folder: revision 3, 1 changed**"
    assert bot.output.count("is broken, and the old book goes on being served") == 1
    assert "Traceback" not in bot.output
