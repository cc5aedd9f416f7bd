"""When requests are given up: too many that wait, too old, or Discord away for too long."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import discord
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from discord.http import Route

from bot.chat import sending
from bot.chat.metrics import Metrics
from bot.chat.pacing import BURST, Pace, PacedConnector
from bot.chat.sending import MOST_IN_LINE, Sending, UnsentError, patiently

METRICS = Metrics()


def post(channel: int) -> Route:
    """A message in a channel."""
    return Route("POST", "/channels/{channel_id}/messages", channel_id=channel)


async def test_no_more_wait_than_can_be_answered_in_time() -> None:
    """Who comes when the line before a channel is full is refused at once; other channels go on."""
    free = asyncio.Event()

    async def request(route: Route, **_: Any) -> Any:
        if route.channel_id == 1:
            await free.wait()
        return route.channel_id

    bot = Sending(request, METRICS, share=1)
    waiting = [asyncio.create_task(bot.request(post(1))) for _ in range(MOST_IN_LINE)]
    await asyncio.sleep(0)
    before = METRICS.given_up
    with pytest.raises(UnsentError, match=f"{MOST_IN_LINE} requests wait, {MOST_IN_LINE} of them for this channel"):
        await bot.request(post(1))
    assert METRICS.given_up == before + 1
    assert await bot.request(post(2)) == 2
    free.set()
    assert await asyncio.gather(*waiting) == [1] * MOST_IN_LINE
    assert bot.waiting == 0
    assert await bot.request(post(1)) == 1


async def test_what_is_too_old_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request whose turn does not come in time is never made."""
    monkeypatch.setattr(sending, "OLDEST", 0.2)
    made = []

    async def request(_route: Route, **options: Any) -> None:
        made.append(options["json"])
        await asyncio.sleep(0.5)

    bot = Sending(request, METRICS, share=1)
    first = asyncio.create_task(bot.request(post(1), json="first"))
    await asyncio.sleep(0)
    before = METRICS.given_up
    with pytest.raises(UnsentError, match="its turn did not come"):
        await bot.request(post(1), json="second")
    assert not first.done(), "it is given up in time, however long the one before it takes"
    assert METRICS.given_up == before + 1
    await first
    assert made == ["first"]
    assert bot.waiting == 0


async def test_discord_away_for_too_long_is_told() -> None:
    """Tries end with the time that there is, and say what came of them."""

    async def request() -> None:
        raise aiohttp.ServerDisconnectedError

    before = METRICS.given_up
    with pytest.raises(UnsentError, match=r"given up at try [23]: ServerDisconnectedError"):
        await patiently(request, asyncio.get_running_loop().time() + 1, METRICS)
    assert METRICS.given_up == before + 1
    assert METRICS.retries


async def test_what_may_have_had_its_effect_is_not_repeated() -> None:
    """A request whose effect would come twice is made once where nobody knows what became of it."""
    made = []

    async def request() -> None:
        made.append(1)
        raise ConnectionResetError

    with pytest.raises(UnsentError, match="given up at try 1"):
        await patiently(request, asyncio.get_running_loop().time() + 60, METRICS, repeatable=False)
    assert made == [1]


async def test_nothing_passes_while_discord_says_so() -> None:
    """After a limit of all requests none is made until it is over, then they come at the pace."""
    pace, now = Pace(share=1), asyncio.get_running_loop().time
    await pace.wait()
    began = now()
    pace.hold(0.3)
    await asyncio.gather(*(pace.wait() for _ in range(10)))
    assert now() - began >= 0.3 + (10 - BURST) / 50 - 0.01


@pytest.mark.parametrize("limit", [{}, {"X-RateLimit-Limit": "5"}])
async def test_requests_are_held_where_discord_names_limits(limit: dict[str, str]) -> None:
    """90 requests at once take two seconds at the pace; behind a proxy that keeps the limits itself they take none of that."""

    async def posted(_request: web.Request) -> web.Response:
        return web.Response(headers=limit)

    app, pace = web.Application(), Pace(share=1)
    app.add_routes([web.post("/channels/1/messages", posted)])
    async with TestServer(app) as server, aiohttp.ClientSession(connector=PacedConnector(pace, METRICS)) as client:
        await client.post(server.make_url("/channels/1/messages"))
        began = asyncio.get_running_loop().time()
        await asyncio.gather(*(pace.wait() for _ in range(90)))
        assert (asyncio.get_running_loop().time() - began > 1) == bool(limit)


async def test_each_try_is_counted_by_what_came_of_it() -> None:
    """A status, or `none`: for a connection that breaks, one that cannot be had, and a time that is over."""

    async def answered(_request: web.Request) -> web.Response:
        return web.Response(status=418)

    async def broken(request: web.Request) -> web.Response:
        assert request.transport
        request.transport.abort()
        return web.Response()

    async def late(_request: web.Request) -> web.Response:
        await asyncio.sleep(60)
        return web.Response()

    app, metrics, pace = web.Application(), Metrics(), Pace(share=1)
    app.add_routes([web.post("/answered", answered), web.post("/broken", broken), web.post("/late", late)])
    connector, soon = PacedConnector(pace, metrics), aiohttp.ClientTimeout(0.1)
    async with TestServer(app) as server, aiohttp.ClientSession(connector=connector) as client:
        await client.post(server.make_url("/answered"))
        with pytest.raises(aiohttp.ClientError):
            await client.post(server.make_url("/broken"))
        with pytest.raises(aiohttp.ClientError):
            await client.post("http://127.0.0.1:1")
        with pytest.raises(TimeoutError):
            await client.post(server.make_url("/late"), timeout=soon)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(client.post(server.make_url("/late")), 0.1)
        pace.hold(60)
        with pytest.raises(TimeoutError):
            await client.post(server.make_url("/answered"), timeout=soon)
    assert metrics.requests == {"418": 1, "none": 5}


async def test_a_refusal_is_passed_on() -> None:
    """What Discord refuses for good is not tried again."""
    made = []

    class Refusal(discord.HTTPException):
        status = 403

        def __init__(self) -> None:
            """Made without a response."""

    async def request() -> None:
        made.append(1)
        raise Refusal

    with pytest.raises(Refusal):
        await patiently(request, asyncio.get_running_loop().time() + 60, METRICS)
    assert made == [1]
