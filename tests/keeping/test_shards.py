"""A bot that Discord divides: three processes on one PostgreSQL, with a shard each."""

from __future__ import annotations

import asyncio
import signal
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.chat.sending import Pace
from tests.wire.shapes import channel_ids, shard_of
from tests.wire.standin import PATIENCE, Discord, Process, running, standin

if TYPE_CHECKING:
    from pathlib import Path

    from tests.keeping.conftest import Server

COUNT = 3
OWNER = "600000000000000006"
ADMIN_CHANNEL = "700000000000000007"
LIMIT = 5.0
"""Seconds in which Discord lets one shard identify itself."""
SECOND = 1.0


@dataclass
class Divided:
    """One bot in several processes, and what is said in the server of each."""

    address: str
    folder: Path
    discord: Discord
    stack: AsyncExitStack
    announced: list[str] = field(default_factory=list)

    async def start(self, shard: int) -> Process:
        """Start the process of a shard; they share the folder."""
        state = self.folder.parent / f"state-{shard}"
        settings = {"SHARD_IDS": str(shard), "SHARD_COUNT": str(COUNT), "DATABASE_URL": self.address, "COOLDOWN": "0"}
        settings |= {"ADMIN_CHANNEL_ID": ADMIN_CHANNEL, "LOG_LEVEL": "DEBUG"}
        return await self.stack.enter_async_context(running(self.discord, self.folder, state, **settings))

    async def ask(self, shard: int, text: str) -> str:
        """Say something in the server of a shard, as the bot's owner; what is answered there."""
        (guild_id,) = (each for each in self.discord.guilds if shard_of(each, COUNT) == shard)
        (channel,) = channel_ids(1, guild_id)
        await self.discord.type(text, channel, OWNER, guild_id)
        while True:
            said = await asyncio.wait_for(self.discord.posted.get(), PATIENCE)
            if said["channel_id"] == channel:
                return str(said["embeds"][0]["description"])
            assert said["channel_id"] == ADMIN_CHANNEL
            self.announced.append(said["content"])

    def edit(self, old: str, new: str) -> None:
        """Change the folder."""
        facts = self.folder / "herd.yaml"
        facts.write_text(facts.read_text("utf-8").replace(f"role: {old}\n", f"role: {new}\n"), "utf-8")

    async def all_say(self, role: str) -> float:
        """Wait until the process of every shard serves a book; after how many seconds the last did."""
        began = time.monotonic()
        for shard in range(COUNT):
            while f"as {role}." not in await self.ask(shard, "!where bram"):
                assert time.monotonic() - began < PATIENCE
                await asyncio.sleep(0.02)
        return time.monotonic() - began


def answers(process: Process) -> int:
    """How many answers a process logged."""
    return process.output.count('"event": "answered"')


async def test_three_processes(server: Server, folder: Path) -> None:
    """Each answers in its own servers; all serve one book; one that is killed catches up; Discord's limits are kept."""
    async with AsyncExitStack() as stack:
        discord = await stack.enter_async_context(standin(guilds=COUNT))
        bot = Divided(await server.create(), folder, discord, stack)
        processes = [await bot.start(shard) for shard in range(COUNT)]
        await asyncio.wait_for(discord.ready.wait(), PATIENCE)

        for shard, process in enumerate(processes):
            before = [*map(answers, processes)]
            assert "as co-founder." in await bot.ask(shard, "!where bram")
            await process.prints('"event": "answered"')
            assert [*map(answers, processes)] == [number + (each == shard) for each, number in enumerate(before)]

        bot.edit("co-founder", "sweeper")
        assert "Now serving book" in await bot.ask(1, "!reload")
        assert await bot.all_say("sweeper") < SECOND

        processes[2].signal(signal.SIGKILL)
        await processes[2].ends()
        bot.edit("sweeper", "ringer")
        await bot.ask(1, "!reload")
        discord.ready.clear()
        processes.append(await bot.start(2))
        await asyncio.wait_for(discord.ready.wait(), PATIENCE)
        assert await bot.all_say("ringer") < SECOND

        bot.edit("ringer", "glazier")
        for process in (processes[0], processes[1], processes[3]):
            process.signal(signal.SIGHUP)
        await bot.all_say("glazier")
        await asyncio.sleep(0.5)
        await bot.ask(0, "!where bram")

        assert [line.count("revision") for line in bot.announced] == [1] * 4, "each revision is announced once"
        assert discord.calls["sync"] == 1
        moments = sorted(moment for moment, _ in discord.identifies)
        assert all(later - earlier >= LIMIT for earlier, later in pairwise(moments))
        assert not any("Traceback" in process.output for process in processes)


async def test_processes_share_the_global_limit() -> None:
    """Discord's 50 requests a second are of the whole bot, and each process makes its share of them."""
    made = 0

    async def make(pace: Pace) -> None:
        nonlocal made
        while True:
            await pace.wait()
            made += 1

    tasks = [asyncio.create_task(make(Pace(1 / COUNT))) for _ in range(COUNT)]
    await asyncio.sleep(SECOND)
    for task in tasks:
        task.cancel()
    assert 30 <= made <= 50
