"""The gateway of the stand-in: sessions that outlive their connections, and ways to lose either."""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from tests.wire.shapes import BOT, guild, guild_ids, json_response, shard_of

if TYPE_CHECKING:
    from collections import Counter


class Session:
    """All that a bot was told since it identified itself: what it missed is told again when it resumes."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.frames: list[str] = []
        self.told = asyncio.Event()
        """Set once all of it is on its way."""
        self._grown = asyncio.Event()

    def tell(self, event: str, data: dict[str, Any]) -> None:
        """Send an event, now or when the bot is back."""
        self.frames.append(json.dumps({"op": 0, "s": len(self.frames) + 1, "t": event, "d": data}))
        self.told.clear()
        self._grown.set()

    async def pump(self, socket: web.WebSocketResponse, told: int) -> None:
        """Send all events behind the first so many, in order, for as long as the connection holds."""
        with suppress(ConnectionError, RuntimeError):  # it is closed under our feet, on purpose
            while True:
                for frame in self.frames[told:]:
                    await socket.send_str(frame)
                    told += 1
                self.told.set()
                self._grown.clear()
                await self._grown.wait()


class Shard:
    """A part of the bot: its session, and the connection that it has now."""

    def __init__(self) -> None:
        self.session: Session | None = None
        self.identified = asyncio.Event()
        self.socket: web.WebSocketResponse | None = None
        self.transport: asyncio.Transport | None = None

    async def live(self) -> Session:
        """Its session, once it has one."""
        await self.identified.wait()
        assert self.session
        return self.session


class Gateway:
    """Discord's side of the gateway. A bot that is not divided is shard 0 of 1."""

    calls: Counter[str]

    def __init__(self, channels: int, guilds: int) -> None:
        self.channels = channels
        self.guilds = guild_ids(guilds)
        self.shard_count = 1
        """How many shards the bot says that it has."""
        self.max_concurrency = 1
        self.identifies: list[tuple[float, int]] = []
        """When each shard identified itself, in seconds of a clock."""
        self.port = 0
        self.close_code = 0
        """What the gateway closes with instead of welcoming the bot."""
        self.gateway_refusals = 0
        """How many connections to the gateway are refused first."""
        self.ready = asyncio.Event()
        self.closed = asyncio.Event()
        self._shards: defaultdict[int, Shard] = defaultdict(Shard)

    async def dispatch(self, event: str, data: dict[str, Any]) -> None:
        """Tell the bot of an event, once it has a session that will hear of it: of a server its shard, of the rest shard 0."""
        shard = shard_of(data.get("guild_id", "0"), self.shard_count)
        (await self._shards[shard].live()).tell(event, data)

    async def live(self, number: int = 0) -> None:
        """Wait until a shard has a session."""
        await self._shards[number].live()

    async def drop(self, number: int = 0) -> None:
        """Close the connection, as Discord does now and then: the bot comes back and resumes."""
        socket = self._shards[number].socket
        assert socket
        await socket.close(code=4000)

    def reset(self, number: int = 0) -> None:
        """Lose the connection with no word, as networks do."""
        if transport := self._shards[number].transport:
            transport.abort()

    async def ask_to_reconnect(self, number: int = 0) -> None:
        """Ask the bot to come anew and resume, as Discord does before its own restarts."""
        await _control(self._shards[number], 7)

    async def invalidate(self, number: int = 0) -> None:
        """End the session: the bot has to identify itself anew. Events wait until then, and none is lost on the way."""
        shard = self._shards[number]
        await (await shard.live()).told.wait()
        shard.session = None
        shard.identified.clear()
        await _control(shard, 9, d=False)

    async def limits(self, _request: web.Request) -> web.Response:
        """Answer GET /gateway/bot."""
        start = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": self.max_concurrency}
        return json_response(
            {"url": f"ws://127.0.0.1:{self.port}/gateway", "shards": self.shard_count, "session_start_limit": start}
        )

    async def connection(self, request: web.Request) -> web.StreamResponse:
        """Speak to one connection: HELLO, READY, the server, heartbeats."""
        self.calls["gateway"] += 1
        if self.gateway_refusals:
            self.gateway_refusals -= 1
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str(json.dumps({"op": 10, "d": {"heartbeat_interval": 41250}, "s": None, "t": None}))
        pump: asyncio.Task[None] | None = None
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                continue
            if found := await self._hear(socket, json.loads(message.data)):
                shard, told = found
                shard.socket, shard.transport = socket, request.transport
                pump = asyncio.create_task((await shard.live()).pump(socket, told))
        if pump:
            pump.cancel()
        self.closed.set()
        return socket

    async def _hear(self, socket: web.WebSocketResponse, frame: dict[str, Any]) -> tuple[Shard, int] | None:
        """Which shard wants the next events from now on, and how many it knows of."""
        match frame["op"]:
            case 1:
                await socket.send_str(json.dumps({"op": 11, "d": None, "s": None, "t": None}))
            case 2 if self.close_code:
                await socket.close(code=self.close_code)
            case 2:
                return self._identify(*frame["d"].get("shard", (0, 1))), 0
            case 6:
                for shard in self._shards.values():
                    if shard.session and shard.session.name == frame["d"]["session_id"]:
                        self.calls["resume"] += 1
                        shard.session.tell("RESUMED", {})
                        return shard, int(frame["d"]["seq"])
                await socket.send_str(json.dumps({"op": 9, "d": False, "s": None, "t": None}))
        return None

    def _identify(self, number: int, count: int) -> Shard:
        self.calls["identify"] += 1
        self.identifies.append((time.monotonic(), number))
        self.shard_count = count
        shard, session = self._shards[number], Session(f"session-{self.calls['identify']}")
        guilds = [each for each in self.guilds if shard_of(each, count) == number]
        welcome = {
            "v": 10, "user": BOT, "guilds": [{"id": each, "unavailable": True} for each in guilds],
            "session_id": session.name, "shard": [number, count],
            "resume_gateway_url": f"ws://127.0.0.1:{self.port}/gateway", "application": {"id": BOT["id"], "flags": 0},
        }  # fmt: skip
        session.tell("READY", welcome)
        for each in guilds:
            session.tell("GUILD_CREATE", guild(self.channels, each))
        shard.session = session
        shard.identified.set()
        self.ready.set()
        return shard


async def _control(shard: Shard, op: int, d: object = None) -> None:
    if shard.socket and not shard.socket.closed:
        with suppress(ConnectionError):
            await shard.socket.send_str(json.dumps({"op": op, "d": d, "s": None, "t": None}))
