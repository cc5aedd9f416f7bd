"""The turns in which the processes of one bot identify themselves."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import pytest

from bot.keeping.identifying import GAP, wait_for_turn
from bot.keeping.store import Store
from tests.wire.standin import PATIENCE

if TYPE_CHECKING:
    from tests.keeping.conftest import Server


async def waited(address: str, shard: int, max_concurrency: int = 1) -> float:
    """Seconds that a shard of one more process waits for its turn."""
    began = time.monotonic()
    async with asyncio.timeout(PATIENCE):
        await wait_for_turn(Store(address), shard, max_concurrency)
    return time.monotonic() - began


@pytest.fixture
async def address(server: Server) -> str:
    """The address of a store with its tables."""
    found = await server.create()
    await Store(found).upgrade()
    return found


async def test_processes_take_turns(address: str) -> None:
    """Of two shards that want to identify themselves at once one waits, whichever: it is 5 seconds until its turn."""
    first, second = sorted(await asyncio.gather(waited(address, 0), waited(address, 1)))
    assert first < 1
    assert 5 < second < GAP + 2


async def test_buckets_do_not_wait_for_one_another(address: str) -> None:
    """Where Discord lets several identify themselves at once, shards wait for those of their own bucket alone."""
    assert max(await asyncio.gather(*(waited(address, shard, 3) for shard in range(3)))) < 2
    assert await waited(address, 5, 3) > 3


async def test_a_clock_that_was_put_back(address: str) -> None:
    """A turn that was taken in what is the future now keeps nobody waiting."""
    async with Store(address).begin() as transaction:
        await transaction.fetch("INSERT INTO identifies VALUES (0, now() + interval '1 hour')")
    assert await waited(address, 0) < 1


async def test_while_the_store_is_away(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    """Without a store nobody waits for ever: each shard for as long as it takes those before it, and it is said why."""
    address = await server.create()
    server.stop()
    try:
        first, second = await asyncio.gather(waited(address, 0), waited(address, 1))
    finally:
        server.start()
    assert first < 2
    assert 5 < second < GAP + 2
    assert "shard 1 waits 5.5 seconds, as the store cannot tell whose turn it is: ConnectionRefusedError" in caplog.text
