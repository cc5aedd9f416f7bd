"""A small Discord on loopback: as much of its REST API and gateway as starting, answering and stopping a bot needs.

The bot runs in a process of its own and speaks real HTTP and a real WebSocket; only the addresses are swapped.
Shapes are those of Discord's API v10.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

if TYPE_CHECKING:
    import signal
    from collections.abc import AsyncIterator
    from pathlib import Path

BOT = {"id": "100000000000000001", "username": "Herdbook", "discriminator": "0", "avatar": None, "bot": True}
USER = {"id": "200000000000000002", "username": "robin", "discriminator": "0", "avatar": None}
GUILD_ID, CHANNEL_ID = "300000000000000003", "400000000000000004"
PATIENCE = 20.0
"""Seconds that a test waits for what must happen."""

_PERMISSIONS = str(1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16)
_MEMBER = {"roles": [], "joined_at": "2020-01-01T00:00:00+00:00", "deaf": False, "mute": False, "flags": 0}
_START = """
import discord, yarl
discord.http.Route.BASE = "http://127.0.0.1:{port}/api/v10"
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL("ws://127.0.0.1:{port}/gateway")
from bot.cli import app
app()
"""


@dataclass
class Discord:
    """The stand-in's state, and what a test orders of it."""

    port: int = 0
    login_statuses: list[int] = field(default_factory=list)
    """Statuses that the next logins are answered with, instead of 200."""
    sync_status: int = 200
    close_code: int = 0
    """What the gateway closes with instead of welcoming the bot."""
    gateway_refusals: int = 0
    """How many connections to the gateway are refused first."""
    taking: float = 0.0
    """Seconds that it takes until a message or an answer to a command is taken."""
    nameless_commands: bool = False
    """Whether registered commands come back in a shape that no bot can read."""
    echo: str = ""
    """How a message is refused or mangled, with its own words: `refused` by status 400, or `mangled` as an identifier."""
    calls: Counter[str] = field(default_factory=Counter)
    posted: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once the bot has begun to answer."""
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    closed: asyncio.Event = field(default_factory=asyncio.Event)
    socket: web.WebSocketResponse | None = None
    sequence: int = 0

    async def say(self, text: str) -> dict[str, Any]:
        """Type in the channel; the message that the bot posts."""
        await self.type(text)
        return await asyncio.wait_for(self.posted.get(), PATIENCE)

    async def type(self, text: str) -> None:
        """Type in the channel."""
        message = {
            "id": str(500000000000000000 + self.sequence),
            "channel_id": CHANNEL_ID,
            "guild_id": GUILD_ID,
            "author": USER,
            "member": _MEMBER,
            **_message(text),
        }
        await self.dispatch("MESSAGE_CREATE", message)

    async def give(self, command: str, **options: str) -> None:
        """Give a slash command in the channel."""
        given = {
            "id": "700",
            "name": command,
            "type": 1,
            "options": [{"name": name, "type": 3, "value": value} for name, value in options.items()],
        }
        interaction: dict[str, Any] = {
            "id": "900", "application_id": BOT["id"], "type": 2, "token": "once.for.this", "version": 1, "data": given,
            "guild_id": GUILD_ID, "channel_id": CHANNEL_ID, "channel": {"id": CHANNEL_ID, "type": 0}, "app_permissions": _PERMISSIONS,
            "member": {"user": USER, "permissions": _PERMISSIONS, **_MEMBER}, "entitlements": [], "attachment_size_limit": 1, "authorizing_integration_owners": {},
        }  # fmt: skip
        await self.dispatch("INTERACTION_CREATE", interaction)

    async def drop(self) -> None:
        """Lose the connection, as Discord does now and then: the bot comes back and resumes."""
        assert self.socket
        await self.socket.close(code=4000)

    async def dispatch(self, event: str, data: dict[str, Any]) -> None:
        """Send an event over the gateway."""
        assert self.socket
        self.sequence += 1
        await self.socket.send_str(json.dumps({"op": 0, "s": self.sequence, "t": event, "d": data}))

    async def login(self, _request: web.Request) -> web.Response:
        """Answer GET /users/@me."""
        self.calls["login"] += 1
        status = self.login_statuses.pop(0) if self.login_statuses else 200
        return _json(BOT if status == 200 else {"message": str(status), "code": 0}, status=status)

    async def application(self, _request: web.Request) -> web.Response:
        """Answer GET /oauth2/applications/@me."""
        return _json(
            {"id": BOT["id"], "name": "Herdbook", "icon": None, "description": "", "bot_public": True, "verify_key": "",
             "bot_require_code_grant": False, "team": None, "owner": {**USER, "id": "600000000000000006"}, "flags": 0}
        )  # fmt: skip

    async def commands(self, request: web.Request) -> web.Response:
        """Answer PUT /applications/…/commands."""
        self.calls["sync"] += 1
        if self.sync_status != 200:
            return _json({"message": "no", "code": 0}, status=self.sync_status)
        if self.nameless_commands:
            return _json([{"id": "700"}])
        registered = [
            {"description": "", **command, "id": str(700 + number), "application_id": BOT["id"], "version": "1"}
            for number, command in enumerate(await request.json())
        ]
        return _json(registered)

    async def post(self, request: web.Request) -> web.Response:
        """Answer POST /channels/…/messages."""
        sent = await request.json()
        words = str(sent["embeds"][0]["description"]) if sent.get("embeds") else ""
        if self.echo == "refused":
            return _json(
                {
                    "message": "Invalid Form Body",
                    "code": 50035,
                    "errors": {"embeds": {"_errors": [{"code": "NO", "message": words}]}},
                },
                400,
            )
        self.asked.set()
        await asyncio.sleep(self.taking)
        self.posted.put_nowait({**sent, "channel_id": request.match_info["id"]})
        number = words if self.echo == "mangled" else "800"
        filled = {**_message(sent.get("content") or ""), "id": number, "channel_id": CHANNEL_ID, "author": BOT}
        return _json({**filled, "embeds": sent.get("embeds", [])})

    async def typing(self, _request: web.Request) -> web.Response:
        """Answer POST /channels/…/typing."""
        return web.Response(status=204)

    async def callback(self, request: web.Request) -> web.Response:
        """Answer POST /interactions/…/callback."""
        sent = await request.json()
        self.asked.set()
        await asyncio.sleep(self.taking)
        self.posted.put_nowait(sent["data"])
        answered = {"id": "900", "type": 2, "response_message_id": "800"}
        message = {**_message(""), "id": "800", "channel_id": CHANNEL_ID, "author": BOT}
        return _json({"interaction": answered, "resource": {"type": sent["type"], "message": message}})

    async def gateway(self, request: web.Request) -> web.StreamResponse:
        """Speak the gateway's side: HELLO, READY, the server, heartbeats."""
        self.calls["gateway"] += 1
        if self.gateway_refusals:
            self.gateway_refusals -= 1
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str(json.dumps({"op": 10, "d": {"heartbeat_interval": 41250}, "s": None, "t": None}))
        self.socket = socket
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                await self._hear(json.loads(message.data))
        self.closed.set()
        return socket

    async def _hear(self, frame: dict[str, Any]) -> None:
        assert self.socket
        if frame["op"] == 1:
            await self.socket.send_str(json.dumps({"op": 11, "d": None, "s": None, "t": None}))
        elif frame["op"] == 2 and self.close_code:
            await self.socket.close(code=self.close_code)
        elif frame["op"] == 6:
            await self.dispatch("RESUMED", {})
        elif frame["op"] == 2:
            me = {"v": 10, "user": BOT, "guilds": [{"id": GUILD_ID, "unavailable": True}], "session_id": "s", "shard": [0, 1],
                  "resume_gateway_url": f"ws://127.0.0.1:{self.port}/gateway", "application": {"id": BOT["id"], "flags": 0}}  # fmt: skip
            await self.dispatch("READY", me)
            await self.dispatch("GUILD_CREATE", _guild())
            self.ready.set()


def _json(data: Any, status: int = 200) -> web.Response:
    """A response as Discord sends it: discord.py reads JSON only where the type is just this."""
    return web.Response(body=json.dumps(data), status=status, headers={"Content-Type": "application/json"})


def _message(text: str) -> dict[str, Any]:
    return {
        "content": text, "timestamp": "2031-04-01T00:00:00+00:00", "edited_timestamp": None, "tts": False, "type": 0,
        "mention_everyone": False, "mentions": [], "mention_roles": [], "attachments": [], "embeds": [], "pinned": False,
    }  # fmt: skip


def _guild() -> dict[str, Any]:
    everyone = {"id": GUILD_ID, "name": "@everyone", "permissions": _PERMISSIONS, "position": 0,
                "color": 0, "colors": {"primary_color": 0}, "hoist": False, "managed": False, "mentionable": False, "flags": 0}  # fmt: skip
    channel = {
        "id": CHANNEL_ID,
        "type": 0,
        "name": "general",
        "position": 0,
        "permission_overwrites": [],
        "nsfw": False,
    }
    me = {"user": BOT, **_MEMBER}
    return {
        "id": GUILD_ID, "name": "Meadow", "owner_id": USER["id"], "roles": [everyone], "channels": [channel], "members": [me],
        "emojis": [], "stickers": [], "features": [], "threads": [], "voice_states": [], "presences": [], "icon": None,
        "member_count": 2, "large": False, "unavailable": False, "verification_level": 0, "afk_timeout": 60,
        "default_message_notifications": 0, "explicit_content_filter": 0, "mfa_level": 0, "nsfw_level": 0,
        "premium_tier": 0, "preferred_locale": "en-US", "system_channel_flags": 0, "premium_progress_bar_enabled": False,
    }  # fmt: skip


@asynccontextmanager
async def standin() -> AsyncIterator[Discord]:
    """Serve the stand-in on a free loopback port."""
    discord = Discord()
    app = web.Application()
    app.add_routes(
        [
            web.get("/api/v10/users/@me", discord.login),
            web.get("/api/v10/oauth2/applications/@me", discord.application),
            web.put("/api/v10/applications/{id}/commands", discord.commands),
            web.post("/api/v10/channels/{id}/messages", discord.post),
            web.post("/api/v10/channels/{id}/typing", discord.typing),
            web.post("/api/v10/interactions/{id}/{token}/callback", discord.callback),
            web.get("/gateway/", discord.gateway),
            web.get("/gateway", discord.gateway),
        ]
    )
    runner = web.AppRunner(app, shutdown_timeout=1)
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
