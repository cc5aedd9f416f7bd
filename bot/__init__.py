"""Herdbook: a Discord bot that answers from a curated fact file, with its source, and never with a guess."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.chat.client import Herdbook
    from bot.chat.metrics import Metrics
    from bot.settings import Settings

__all__ = ["create_bot"]


def create_bot(settings: Settings, metrics: Metrics | None = None) -> Herdbook:
    """Build an unstarted bot: what `bot run`, the preview and the tests all start. It counts from nothing, or goes on."""
    from bot.chat.client import Herdbook  # noqa: PLC0415 - the terminal's `ask` and `check` need no Discord
    from bot.chat.metrics import Metrics  # noqa: PLC0415 - as above
    from bot.chat.sharding import ShardedHerdbook  # noqa: PLC0415 - as above

    kind = ShardedHerdbook if len(settings.shard_ids) > 1 else Herdbook
    return kind(settings, metrics or Metrics())
