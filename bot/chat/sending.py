"""Requests to Discord: held under its limits, in order, and tried again where that does nothing twice.

discord.py holds each channel under its own limit, and knows no global one; it tries again after 500, 502, 504 and 524 alone.
Here are a line before each channel, and another try after everything that passes; `pacing` has one pace for all.
"""

from __future__ import annotations

import asyncio
import random
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, TypeVar

import aiohttp
import discord
from discord.webhook.async_ import AsyncWebhookAdapter

from bot.chat.pacing import FIRST_WAIT, RATE, retry_after

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from discord.http import Route

    from bot.chat.metrics import Metrics

T = TypeVar("T")

OLDEST: Final = 60.0
"""Seconds after which an answer is not sent any more: its asker has gone."""
MOST_IN_LINE: Final = int(OLDEST)
"""Requests that wait for one channel: Discord lets one a second through, so that more would become too old."""
MOST_WAITING: Final = OLDEST * RATE
"""Requests of a whole bot that wait in all; more would become too old."""
ACKNOWLEDGED: Final = 3.0
"""Seconds in which Discord waits for the answer to an interaction, or to hear that there will be one."""
LONGEST_WAIT: Final = 8.0

_ALREADY_ACKNOWLEDGED: Final = 40060


class UnsentError(discord.DiscordException):
    """A request that was given up; the message says why."""


class Line(asyncio.Lock):
    """Those who wait for one channel: one request at a time, so that a busy channel holds back no other."""

    length = 0


class Sending:
    """The requests of a bot that concern a channel."""

    def __init__(self, request: Callable[..., Awaitable[Any]], metrics: Metrics, share: float) -> None:
        self._request = request
        self._metrics = metrics
        self._most_waiting = MOST_WAITING * share
        self._lines: dict[tuple[str, Any], Line] = {}
        self.waiting = 0
        """Requests that are under way or wait for their turn."""

    async def request(self, route: Route, *, files: Sequence[discord.File] | None = None, **options: Any) -> Any:
        """Make a request as `HTTPClient.request` does. Raises HTTPException where it is refused, and UnsentError."""
        request = partial(self._request, route, files=files, **options)
        if route.channel_id is None:
            return await request()
        until = asyncio.get_running_loop().time() + OLDEST
        key = route.key, route.channel_id
        line = self._lines.get(key) or self._lines.setdefault(key, Line())
        if line.length >= MOST_IN_LINE or self.waiting >= self._most_waiting:
            raise _given_up(self._metrics, f"{self.waiting} requests wait, {line.length} of them for this channel")
        line.length += 1
        self.waiting += 1
        try:
            await (self._turn(line, until) if line.length > 1 else line.acquire())
            try:
                return await patiently(request, until, self._metrics, files)
            finally:
                line.release()
        finally:
            self.waiting -= 1
            line.length -= 1
            if not line.length:
                del self._lines[key]

    async def _turn(self, line: Line, until: float) -> None:
        try:
            async with asyncio.timeout_at(until):
                await line.acquire()
        except TimeoutError:
            raise _given_up(self._metrics, f"its turn did not come within {OLDEST:.0f} seconds") from None


class Replying(AsyncWebhookAdapter):
    """The answers to interactions, which are under no global limit and cannot wait."""

    def __init__(self, metrics: Metrics) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # discord.py annotates no return of it
        self._metrics = metrics

    async def request(
        self,
        route: Route,
        session: aiohttp.ClientSession,
        *,
        files: Sequence[discord.File] | None = None,
        **options: Any,
    ) -> Any:
        """Make a request as AsyncWebhookAdapter does. Raises HTTPException where it is refused, and UnsentError."""
        first = route.path.startswith("/interactions/")
        until = asyncio.get_running_loop().time() + (ACKNOWLEDGED if first else OLDEST)
        request = partial(super().request, route, session, files=files, **options)
        try:
            return await patiently(request, until, self._metrics, files, repeatable=first or route.method != "POST")
        except discord.HTTPException as refusal:
            if refusal.code != _ALREADY_ACKNOWLEDGED:
                raise
            return {"interaction": {"id": route.webhook_id}}  # an earlier try had its effect, unseen


async def patiently(
    request: Callable[[], Awaitable[T]],
    until: float,
    metrics: Metrics,
    files: Sequence[discord.File] | None = None,
    *,
    repeatable: bool = True,
) -> T:
    """Make a request until Discord takes or refuses it, but not beyond a time of the event loop.

    `repeatable` where its effect is the same when it is made twice: messages carry a nonce that Discord enforces.
    Raises HTTPException where it is refused, UnsentError where it is given up.
    """
    attempt = 1
    while True:
        try:
            return await request()
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            if isinstance(error, discord.HTTPException) and not _passes(error):
                raise
            wait = _wait_after(error, attempt)
            hopeless = asyncio.get_running_loop().time() + wait > until
            if hopeless or not (repeatable or isinstance(error, discord.HTTPException)):
                raise _given_up(metrics, f"given up at try {attempt}: {_reason(error)}") from error
        metrics.retries += 1
        attempt += 1
        await asyncio.sleep(wait)
        for file in files or ():
            file.reset()


def _given_up(metrics: Metrics, why: str) -> UnsentError:
    metrics.given_up += 1
    return UnsentError(why)


def _passes(refusal: discord.HTTPException) -> bool:
    """Whether another try may be taken."""
    return refusal.status == HTTPStatus.TOO_MANY_REQUESTS or refusal.status >= HTTPStatus.INTERNAL_SERVER_ERROR


def _wait_after(error: Exception, attempt: int) -> float:
    """Seconds until another try."""
    if isinstance(error, discord.HTTPException) and error.status == HTTPStatus.TOO_MANY_REQUESTS:
        return retry_after(error.response)
    return wait_before(attempt, FIRST_WAIT, LONGEST_WAIT)


def wait_before(attempt: int, first: float, longest: float) -> float:
    """Seconds to wait before trying again, the first time as attempt 1: twice as long each time, and never as others do."""
    wait = min(longest, first * 2.0 ** min(attempt - 1, 10))
    return random.uniform(wait / 2, wait)  # noqa: S311 - spreads tries, hides nothing


def _reason(error: Exception) -> str:
    return f"status {error.status}" if isinstance(error, discord.HTTPException) else type(error).__name__
