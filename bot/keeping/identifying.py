"""Taking turns at the gateway: a bot may identify itself so often in five seconds, however many processes it has."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final

from bot.keeping.store import StoreError

if TYPE_CHECKING:
    from bot.keeping.store import Store

log = logging.getLogger(__name__)

GAP: Final = 5.5
"""Seconds between two shards of a bucket: Discord's five, and some for what arrives later than it left."""
AGAIN: Final = 0.25
"""Seconds between two tries to take a turn."""
PLACES: Final = 9
"""Turns that can be waited for without the store: discord.py gives a connection a minute."""


async def wait_for_turn(store: Store, shard: int, max_concurrency: int) -> None:
    """Wait until a shard may identify itself: one in GAP may, of those whose numbers leave the same remainder.

    Where the store is away, a shard waits as long as it takes those before it, which may have begun together with it.
    """
    try:
        while not await _take(store, shard % max_concurrency):  # noqa: ASYNC110 - another process sets no event here
            await asyncio.sleep(AGAIN)
    except StoreError as error:
        wait = shard // max_concurrency % PLACES * GAP
        log.warning(
            "shard %d waits %.1f seconds, as the store cannot tell whose turn it is: %s", shard, wait, error.reason
        )
        await asyncio.sleep(wait)


async def _take(store: Store, bucket: int) -> bool:
    """Whether the turn of a bucket is taken, by the database's clock; one in the future is of a clock that was put back."""
    statement = (
        "INSERT INTO identifies (bucket, at) VALUES ($1, clock_timestamp())"
        " ON CONFLICT (bucket) DO UPDATE SET at = clock_timestamp()"
        " WHERE identifies.at NOT BETWEEN clock_timestamp() - make_interval(secs => $2) AND clock_timestamp()"
        " RETURNING bucket"
    )
    async with store.begin() as transaction:
        return bool(await transaction.fetch(statement, bucket, GAP))
