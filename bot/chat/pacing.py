"""The pace of all requests to Discord together: discord.py knows no global limit, but for waiting once it has been hit."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, Self

import aiohttp

if TYPE_CHECKING:
    from aiohttp.client_reqrep import ClientRequest
    from aiohttp.connector import Connection

    from bot.chat.metrics import Metrics

RATE: Final = 45.0
"""Requests a second, of the 50 that Discord lets a bot make; the rest is for requests that arrive closer than they left."""
BURST: Final = 2.0
"""Requests at once, after a while without any.

Both are for a whole bot: each process of one that is divided has its share of them.
"""
FIRST_WAIT: Final = 0.5
"""Seconds before another try, where Discord does not say how many."""

_UNDER_NO_GLOBAL_LIMIT: Final = ("/interactions/", "/webhooks/")


class Pace:
    """Lets requests pass one by one, in the order in which they come: a share of RATE a second, and of BURST at once.

    Where Discord's answers name no limits, as those of a proxy that keeps to them itself, it lets them pass as they come.
    """

    def __init__(self, share: float) -> None:
        self._slowest = self._gap = 1 / (RATE * share)
        self._slack = max(0.0, BURST / RATE - self._gap)
        self._gate = asyncio.Lock()
        self._next = 0.0

    async def wait(self) -> None:
        """Wait for the turn of a request."""
        now = asyncio.get_running_loop().time
        async with self._gate:
            while (wait := self._next - now()) > 0:  # noqa: ASYNC110 - it is a time that is waited for, and it may be put off
                await asyncio.sleep(wait)
            self._next = max(self._next, now() - self._slack) + self._gap

    def hold(self, seconds: float) -> None:
        """Let nothing pass for some seconds."""
        self._next = max(self._next, asyncio.get_running_loop().time() + seconds)

    def heed(self, response: aiohttp.ClientResponse) -> None:
        """Keep to what the answer to a request says of limits."""
        headers = response.headers
        if response.status == HTTPStatus.TOO_MANY_REQUESTS:
            if "X-RateLimit-Global" in headers or "Via" not in headers:
                self.hold(retry_after(response))
        elif response.ok and response.method == "POST" and response.url.path.endswith("/messages"):
            self._gap = self._slowest if "X-RateLimit-Limit" in headers else 0.0


class PacedConnector(aiohttp.TCPConnector):
    """Connections to Discord for requests in their turn; what is answered is counted and heeded.

    A connector, since that is asked behind discord.py's own waiting for a channel's limit, and since aiohttp's tracing, which
    tells of the same, takes a tenth of the processor's time that an answer does.
    """

    def __init__(self, pace: Pace, metrics: Metrics) -> None:
        super().__init__(limit=0)  # as discord.py's own
        self._pace = pace
        self._metrics = metrics
        self._response_class = _response_class(pace, metrics)

    async def connect(self, req: ClientRequest, *args: Any, **options: Any) -> Connection:
        """Wait for the turn of a request, and connect. Raises as the parent does."""
        req.response_class = self._response_class
        try:
            if not any(part in req.url.path for part in _UNDER_NO_GLOBAL_LIMIT):
                await self._pace.wait()
            return await super().connect(req, *args, **options)
        except BaseException:  # a time that is over comes as a cancellation
            self._metrics.requests["none"] += 1
            raise


def _response_class(pace: Pace, metrics: Metrics) -> type[aiohttp.ClientResponse]:
    class Response(aiohttp.ClientResponse):
        """An answer of Discord."""

        async def start(self, connection: Connection) -> Self:
            """Wait for the status and the headers. Raises as the parent does."""
            try:
                await super().start(connection)
            except BaseException:
                metrics.requests["none"] += 1
                raise
            metrics.requests[str(self.status)] += 1
            pace.heed(self)
            return self

    return Response


def retry_after(response: Any) -> float:
    """Seconds, as Discord says them."""
    try:
        return float(response.headers["Retry-After"])
    except (KeyError, ValueError):
        return FIRST_WAIT
