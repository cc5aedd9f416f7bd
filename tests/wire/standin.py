"""A small Discord on loopback: as much of its REST API and gateway as starting, answering and stopping a bot needs.

The bot runs in a process of its own and speaks real HTTP and a real WebSocket; only the addresses are swapped.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.wire.gateway import Gateway
from tests.wire.rest import Rest
from tests.wire.shapes import CHANNEL_ID, GUILD_ID, MEMBER, USER, USER_ID, interaction, message

if TYPE_CHECKING:
    import signal
    from collections.abc import AsyncIterator
    from pathlib import Path

PATIENCE = 20.0
"""Seconds that a test waits for what must happen."""

_START = """
import discord, yarl
discord.http.Route.BASE = "http://127.0.0.1:{port}/api/v10"
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL("ws://127.0.0.1:{port}/gateway")
from bot.cli import main
main()
"""


class Discord(Gateway, Rest):
    """The stand-in: its gateway, its API, and who talks there."""

    def __init__(self, channels: int, guilds: int) -> None:
        self.calls = Counter()
        Gateway.__init__(self, channels, guilds)
        Rest.__init__(self)

    async def say(self, text: str) -> dict[str, Any]:
        """Type in the channel; the message that the bot posts."""
        await self.type(text)
        return await asyncio.wait_for(self.posted.get(), PATIENCE)

    async def type(
        self,
        text: str,
        channel: str = CHANNEL_ID,
        author: str = USER_ID,
        guild_id: str = GUILD_ID,
        identifier: str | None = None,
    ) -> str:
        """Type in a channel of a server, or let be heard again what was typed; the message's identifier."""
        typed = message(text, channel_id=channel, guild_id=guild_id, author={**USER, "id": author}, member=MEMBER)
        typed["id"] = identifier or typed["id"]
        await self.dispatch("MESSAGE_CREATE", typed)
        return str(typed["id"])

    async def give(self, command: str, **options: str) -> str:
        """Give a slash command in the channel; the interaction's identifier."""
        given = interaction(command, options)
        await self.dispatch("INTERACTION_CREATE", given)
        return str(given["id"])


@asynccontextmanager
async def standin(channels: int = 1, guilds: int = 1) -> AsyncIterator[Discord]:
    """Serve the stand-in, with so many servers of so many channels, on a free loopback port."""
    discord = Discord(channels, guilds)
    app = web.Application()
    app.add_routes(
        [
            *discord.routes(),
            web.get("/api/v10/gateway/bot", discord.limits),
            web.get("/gateway/", discord.connection),
            web.get("/gateway", discord.connection),
        ]
    )
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    discord.port = runner.addresses[0][1]
    try:
        yield discord
    finally:
        await runner.cleanup()


@dataclass
class Process:
    """The bot as a process of its own."""

    process: asyncio.subprocess.Process
    lines: list[str] = field(default_factory=list)
    printed: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def output(self) -> str:
        """All that it printed and logged so far."""
        return "\n".join(self.lines)

    async def read(self) -> None:
        """Collect what it prints, until it ends."""
        assert self.process.stdout
        async for line in self.process.stdout:
            async with self.printed:
                self.lines.append(line.decode().rstrip())
                self.printed.notify_all()

    async def prints(self, text: str) -> None:
        """Wait until it has printed something."""
        async with asyncio.timeout(PATIENCE), self.printed:
            await self.printed.wait_for(lambda: text in self.output)

    async def ends(self) -> int:
        """Wait until it ends; its exit code."""
        return await asyncio.wait_for(self.process.wait(), PATIENCE)

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self.process.send_signal(number)


@asynccontextmanager
async def running(discord: Discord, folder: Path, state: Path, **settings: str) -> AsyncIterator[Process]:
    """Run `bot` with a token, against the stand-in."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONWARNINGS": "ignore",
        "DISCORD_TOKEN": "token.of.nobody",
        "FACTS_DIR": str(folder),
        "STATE_DIR": str(state),
        "NO_COLOR": "1",
        **settings,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _START.format(port=discord.port), cwd=state.parent, env=environment,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    bot = Process(process)
    reading = asyncio.create_task(bot.read())
    try:
        yield bot
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        await reading
