"""The REST API of the stand-in: what a bot needs to start and to answer, under Discord's limits, with faults to order."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web

from tests.wire.shapes import BOT, CHANNEL_ID, USER, json_response, message

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Awaitable, Callable, Iterator

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

GLOBAL_LIMIT: Final = 50
"""Requests a second that a bot may make; answers to interactions do not count."""
CHANNEL_LIMIT: Final = 5
CHANNEL_WINDOW: Final = 5.0
"""Seconds in which so many messages may be posted in a channel."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with a request: Discord answers with a status, or the connection is reset before or after the effect."""

    status: int = 0
    retry_after: float = 1.0
    is_global: bool = False
    by_cloudflare: bool = False
    """Whether it is not Discord that refuses, but what stands before it."""
    reset: bool = False
    effect: bool = False
    """Whether it has its effect all the same."""


@dataclass(slots=True)
class Window:
    """A number of requests in some seconds."""

    limit: int
    seconds: float
    used: int = 0
    ends: float = 0.0

    def take(self) -> float:
        """Seconds to wait, 0 where a request may be made."""
        now = time.monotonic()
        if now >= self.ends:
            self.used, self.ends = 0, now + self.seconds
        if self.used >= self.limit:
            return self.ends - now
        self.used += 1
        return 0.0

    def headers(self) -> dict[str, str]:
        """How Discord tells of it."""
        left = max(0.0, self.ends - time.monotonic())
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.limit - self.used),
            "X-RateLimit-Reset": f"{time.time() + left:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Bucket": "messages",
        }


class Rest:
    """The API, and what a test orders of it."""

    calls: Counter[str]

    def __init__(self) -> None:
        self.login_statuses: list[int] = []
        """Statuses that the next logins are answered with, instead of 200."""
        self.sync_status = 200
        self.taking = 0.0
        """Seconds that it takes until a message or an answer to a command is taken."""
        self.nameless_commands = False
        """Whether registered commands come back in a shape that no bot can read."""
        self.echo = ""
        """How a message is refused or mangled, with its own words: `refused` by status 400, or `mangled` as an identifier."""
        self.faults: Iterator[Fault | None] = iter(())
        """What goes wrong with the next requests about channels and interactions."""
        self.limited = False
        """Whether Discord's limits hold."""
        self.posted: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        """Messages, answers to interactions and edits of those, in the order in which they had their effect."""
        self.asked = asyncio.Event()
        """Set once the bot has begun to answer."""
        self._by_nonce: dict[tuple[str, str], dict[str, Any]] = {}
        self._acknowledged: set[str] = set()
        self._in_all = Window(GLOBAL_LIMIT, 1.0)
        self._in_channels: dict[str, Window] = {}

    def routes(self) -> list[web.RouteDef]:
        """What is served."""
        hook = "/api/v10/webhooks/{id}/{token}"
        return [
            web.get("/api/v10/users/@me", self.login),
            web.get("/api/v10/oauth2/applications/@me", self.application),
            web.put("/api/v10/applications/{id}/commands", self.commands),
            web.post("/api/v10/channels/{channel}/messages", self._troubled(self.post)),
            web.patch("/api/v10/channels/{channel}/messages/{message}", self._troubled(self.edit)),
            web.delete("/api/v10/channels/{channel}/messages/{message}", self._troubled(self.done)),
            web.post("/api/v10/channels/{channel}/typing", self._troubled(self.done)),
            web.post("/api/v10/interactions/{id}/{token}/callback", self._troubled(self.callback)),
            web.post(hook, self._troubled(self.edit)),
            web.get(f"{hook}/messages/@original", self._troubled(self.original)),
            web.patch(f"{hook}/messages/@original", self._troubled(self.edit)),
            web.delete(f"{hook}/messages/@original", self._troubled(self.done)),
        ]

    def _troubled(self, handler: Handler) -> Handler:
        """A handler to which the faults happen that were ordered, and which holds to the limits."""

        async def serve(request: web.Request) -> web.StreamResponse:
            fault = next(self.faults, None)
            if fault and not fault.effect:
                return self._fail(fault, request)
            window, wait = self._window(request)
            if wait:
                return self._limit(wait, window)
            response = await handler(request)
            response.headers.update(window.headers() if window else {})
            return self._fail(fault, request) if fault else response

        return serve

    def _window(self, request: web.Request) -> tuple[Window | None, float]:
        """The limit of a channel that a request falls under, and how long it has to wait for that or the global one."""
        channel = request.match_info.get("channel")
        if not self.limited or not channel:
            return None, 0.0
        if wait := self._in_all.take():
            return None, wait
        if request.method != "POST" or request.path.endswith("/typing"):
            return None, 0.0
        window = self._in_channels.setdefault(channel, Window(CHANNEL_LIMIT, CHANNEL_WINDOW))
        return window, window.take()

    def _limit(self, wait: float, window: Window | None) -> web.Response:
        self.calls["over the limit"] += 1
        return self._too_many(wait, {} if window else {"X-RateLimit-Global": "true"}, is_global=window is None)

    def _fail(self, fault: Fault, request: web.Request) -> web.Response:
        self.calls["reset" if fault.reset else str(fault.status)] += 1
        if fault.reset:
            assert request.transport
            request.transport.abort()
            return web.Response()
        if fault.by_cloudflare:
            return web.Response(status=fault.status, text="error code: 1015", headers=_retry(fault.retry_after))
        if fault.status == web.HTTPTooManyRequests.status_code:
            scope = {"X-RateLimit-Global": "true"} if fault.is_global else {}
            return self._too_many(fault.retry_after, scope, is_global=fault.is_global)
        return json_response({"message": "a fault to order", "code": 0}, fault.status)

    def _too_many(self, wait: float, headers: dict[str, str], *, is_global: bool) -> web.Response:
        told = {"message": "You are being rate limited.", "retry_after": round(wait, 3), "global": is_global}
        return json_response(told, 429, **_retry(wait), **headers)

    async def login(self, _request: web.Request) -> web.Response:
        """Answer GET /users/@me."""
        self.calls["login"] += 1
        status = self.login_statuses.pop(0) if self.login_statuses else 200
        return json_response(BOT if status == 200 else {"message": str(status), "code": 0}, status)

    async def application(self, _request: web.Request) -> web.Response:
        """Answer GET /oauth2/applications/@me."""
        self.calls["application"] += 1
        return json_response(
            {"id": BOT["id"], "name": "Herdbook", "icon": None, "description": "", "bot_public": True, "verify_key": "",
             "bot_require_code_grant": False, "team": None, "owner": {**USER, "id": "600000000000000006"}, "flags": 0}
        )  # fmt: skip

    async def commands(self, request: web.Request) -> web.Response:
        """Answer PUT /applications/…/commands."""
        self.calls["sync"] += 1
        if self.sync_status != 200:
            return json_response({"message": "no", "code": 0}, self.sync_status)
        if self.nameless_commands:
            return json_response([{"id": "700"}])
        registered = [
            {"description": "", **command, "id": str(700 + number), "application_id": BOT["id"], "version": "1"}
            for number, command in enumerate(await request.json())
        ]
        return json_response(registered)

    async def post(self, request: web.Request) -> web.Response:
        """Answer POST /channels/…/messages: a nonce that was seen before names a message that is there already."""
        sent, channel = await _body(request), request.match_info["channel"]
        words = str(sent["embeds"][0]["description"]) if sent.get("embeds") else ""
        if self.echo == "refused":
            errors = {"embeds": {"_errors": [{"code": "NO", "message": words}]}}
            return json_response({"message": "Invalid Form Body", "code": 50035, "errors": errors}, 400)
        self.asked.set()
        await asyncio.sleep(self.taking)
        key = channel, str(sent.get("nonce"))
        if sent.get("enforce_nonce") and key in self._by_nonce:
            self.calls["posted before"] += 1
            return json_response(self._by_nonce[key])
        filled = _filled(sent, channel)
        self._by_nonce[key] = filled
        self.posted.put_nowait({**sent, "channel_id": channel})
        return json_response({**filled, "id": words} if self.echo == "mangled" else filled)

    async def callback(self, request: web.Request) -> web.Response:
        """Answer POST /interactions/…/callback: each interaction is acknowledged once."""
        sent, name = await _body(request), request.match_info["id"]
        self.asked.set()
        await asyncio.sleep(self.taking)
        if name in self._acknowledged:
            return json_response({"message": "Interaction has already been acknowledged.", "code": 40060}, 400)
        self._acknowledged.add(name)
        self.posted.put_nowait({**(sent.get("data") or {}), "interaction": name, "type": sent["type"]})
        answered = {"id": name, "type": 2, "response_message_id": "800"}
        filled = _filled(sent.get("data") or {}, CHANNEL_ID)
        return json_response({"interaction": answered, "resource": {"type": sent["type"], "message": filled}})

    async def edit(self, request: web.Request) -> web.Response:
        """Answer PATCH of a message, or POST of a further answer."""
        sent = await _body(request)
        self.posted.put_nowait({**sent, **request.match_info})
        return json_response(_filled(sent, request.match_info.get("channel", CHANNEL_ID)))

    async def original(self, _request: web.Request) -> web.Response:
        """Answer GET of the answer to an interaction."""
        return json_response(_filled({}, CHANNEL_ID))

    async def done(self, _request: web.Request) -> web.Response:
        """Answer what there is nothing to say to."""
        return web.Response(status=204)


def _retry(wait: float) -> dict[str, str]:
    return {"Retry-After": f"{wait:.3f}"}


def _filled(sent: dict[str, Any], channel: str) -> dict[str, Any]:
    shown = {"embeds": sent.get("embeds") or [], "components": sent.get("components") or []}
    return message(sent.get("content") or "", channel_id=channel, author=BOT, **shown)


async def _body(request: web.Request) -> dict[str, Any]:
    """The JSON of a request, and the files that came beside it, by name."""
    if request.content_type == "application/json":
        return dict(await request.json())
    parts = await request.post()
    files = {part.filename: part.file.read() for part in parts.values() if isinstance(part, web.FileField)}
    return {**json.loads(str(parts["payload_json"])), "files": files}
