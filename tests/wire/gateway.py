"""The gateway of the stand-in: sessions that outlive their connections, and ways to lose either."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from tests.wire.shapes import BOT, GUILD_ID, guild

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


class Gateway:
    """Discord's side of the gateway."""

    calls: Counter[str]

    def __init__(self, channels: int) -> None:
        self.channels = channels
        self.port = 0
        self.close_code = 0
        """What the gateway closes with instead of welcoming the bot."""
        self.gateway_refusals = 0
        """How many connections to the gateway are refused first."""
        self.ready = asyncio.Event()
        self.closed = asyncio.Event()
        self._session: Session | None = None
        self.identified = asyncio.Event()
        self._socket: web.WebSocketResponse | None = None
        self._transport: asyncio.Transport | None = None

    async def dispatch(self, event: str, data: dict[str, Any]) -> None:
        """Tell the bot of an event, once it has a session that will hear of it."""
        await self.identified.wait()
        assert self._session
        self._session.tell(event, data)

    async def drop(self) -> None:
        """Close the connection, as Discord does now and then: the bot comes back and resumes."""
        assert self._socket
        await self._socket.close(code=4000)

    def reset(self) -> None:
        """Lose the connection with no word, as networks do."""
        if self._transport:
            self._transport.abort()

    async def ask_to_reconnect(self) -> None:
        """Ask the bot to come anew and resume, as Discord does before its own restarts."""
        await self._control(7)

    async def invalidate(self) -> None:
        """End the session: the bot has to identify itself anew. Events wait until then, and none is lost on the way."""
        await self.identified.wait()
        assert self._session
        await self._session.told.wait()
        self._session = None
        self.identified.clear()
        await self._control(9, d=False)

    async def connection(self, request: web.Request) -> web.StreamResponse:
        """Speak to one connection: HELLO, READY, the server, heartbeats."""
        self.calls["gateway"] += 1
        if self.gateway_refusals:
            self.gateway_refusals -= 1
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str(json.dumps({"op": 10, "d": {"heartbeat_interval": 41250}, "s": None, "t": None}))
        self._socket, self._transport = socket, request.transport
        pump: asyncio.Task[None] | None = None
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                told = await self._hear(socket, json.loads(message.data))
                if told is not None and self._session:
                    pump = asyncio.create_task(self._session.pump(socket, told))
        if pump:
            pump.cancel()
        self.closed.set()
        return socket

    async def _hear(self, socket: web.WebSocketResponse, frame: dict[str, Any]) -> int | None:
        """How many events the bot knows of, where it wants the next ones from now on."""
        match frame["op"]:
            case 1:
                await socket.send_str(json.dumps({"op": 11, "d": None, "s": None, "t": None}))
            case 2 if self.close_code:
                await socket.close(code=self.close_code)
            case 2:
                self._identify()
                return 0
            case 6 if self._session and self._session.name == frame["d"]["session_id"]:
                self.calls["resume"] += 1
                self._session.tell("RESUMED", {})
                return int(frame["d"]["seq"])
            case 6:
                await socket.send_str(json.dumps({"op": 9, "d": False, "s": None, "t": None}))
        return None

    def _identify(self) -> None:
        self.calls["identify"] += 1
        self._session = Session(f"session-{self.calls['identify']}")
        welcome = {
            "v": 10, "user": BOT, "guilds": [{"id": GUILD_ID, "unavailable": True}], "session_id": self._session.name,
            "shard": [0, 1], "resume_gateway_url": f"ws://127.0.0.1:{self.port}/gateway",
            "application": {"id": BOT["id"], "flags": 0},
        }  # fmt: skip
        self._session.tell("READY", welcome)
        self._session.tell("GUILD_CREATE", guild(self.channels))
        self.identified.set()
        self.ready.set()

    async def _control(self, op: int, d: object = None) -> None:
        if self._socket and not self._socket.closed:
            with suppress(ConnectionError):
                await self._socket.send_str(json.dumps({"op": op, "d": d, "s": None, "t": None}))
