"""A bot that Discord divides: three processes on one PostgreSQL, with a shard each."""

from __future__ import annotations

import asyncio
import signal
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import aiohttp
import pytest

from bot import create_bot
from bot.settings import load_settings
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
        settings |= {"ADMIN_CHANNEL_ID": ADMIN_CHANNEL, "LOG_LEVEL": "DEBUG", "FACTS_WATCH": str(shard > 0)}
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
        (folder / "more.yaml").write_text("people: [", "utf-8")
        await asyncio.sleep(2)
        await bot.ask(0, "!where bram")

        told = [line.partition("folder: ")[2].partition(",")[0] for line in bot.announced]
        assert told == [f"revision {number}" for number in range(1, 5)], (
            "each once, and the folder is not watched twice"
        )
        assert discord.calls["sync"] == 1
        moments = sorted(moment for moment, _ in discord.identifies)
        assert all(later - earlier >= LIMIT for earlier, later in pairwise(moments))
        assert not any("Traceback" in process.output for process in processes)


@pytest.mark.parametrize("count", [1, COUNT])
async def test_processes_share_the_global_limit(folder: Path, count: int) -> None:
    """Discord's 50 requests a second are of the whole bot, and each process makes its share of them."""
    database = "postgresql://nobody@127.0.0.1/nothing"
    async with AsyncExitStack() as stack:
        discord = await stack.enter_async_context(standin())

        async def ask(shard: int) -> None:
            given = {"facts_dir": folder, "database_url": database, "shard_ids": str(shard), "shard_count": count}
            bot = await stack.enter_async_context(create_bot(load_settings(**given)))
            client = await stack.enter_async_context(aiohttp.ClientSession(connector=bot.http.connector))
            while True:
                await client.get(f"http://127.0.0.1:{discord.port}/api/v10/users/@me")

        asking = [asyncio.create_task(ask(shard)) for shard in range(count)]
        await asyncio.sleep(SECOND)
        for task in asking:
            task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)
        assert 30 <= discord.calls["login"] <= 50
