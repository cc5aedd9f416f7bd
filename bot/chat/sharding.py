"""Several shards of a bot in one process."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

import discord

from bot.chat.client import Herdbook

if TYPE_CHECKING:
    from yarl import URL

    from bot.chat.metrics import Metrics
    from bot.settings import Settings


class ShardedHerdbook(Herdbook, discord.AutoShardedClient):
    """A bot with several shards in this process.

    With one, a plain client serves better: a start that Discord does not answer is tried again after longer and longer waits.
    """

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        super().__init__(settings, metrics)
        self.shard_ids = [*settings.shard_ids]

    @property
    def is_connected(self) -> bool:
        """Whether the gateway's events come in, of every shard."""
        return self.is_ready() and not any(shard.is_closed() for shard in self.shards.values())

    async def hang_up(self) -> None:
        """Close the gateway, of every shard."""
        await asyncio.gather(*(shard.disconnect() for shard in self.shards.values()))

    async def launch_shard(self, gateway: URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect a shard; where it is lost and does not come back at once, it resumes all the same, as a plain client does."""
        await super().launch_shard(gateway, shard_id, initial=initial)
        shard = self.shards[shard_id]._parent  # noqa: SLF001 - no public way leads to what comes back, which loses what was said
        resume = partial(shard.reidentify, discord.gateway.ReconnectWebSocket(shard_id))
        shard.reconnect = resume  # type: ignore[method-assign]  # it identifies anew, where a plain client resumes
