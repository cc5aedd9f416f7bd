"""Serving the folder of facts whenever it changes, once its files have settled."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING, Final

import discord

from bot.chat.errors import fault
from bot.facts.reading import BookError
from bot.keeping.revisions import Origin
from bot.keeping.store import StoreError

if TYPE_CHECKING:
    from watchfiles import Change

    from bot.chat.client import Herdbook

log = logging.getLogger(__name__)

WATCH = "watch"
"""Who is said to have served a folder that changed."""
SETTLED: Final = 500
"""Milliseconds without a change after which a folder is read."""
LONGEST: Final = 10_000
"""Milliseconds after which it is read although it goes on changing."""
AGAIN: Final = 5.0
"""Seconds before another look: for a change that was not heard of, and where the store or the folder is away."""


async def watch(bot: Herdbook) -> None:
    """Serve the folder whenever it changed, until cancelled."""
    from watchfiles import awatch  # noqa: PLC0415 - only a bot that watches waits for it

    changes = partial(
        awatch,
        bot.settings.facts_dir,
        watch_filter=_is_facts,
        step=SETTLED,
        debounce=LONGEST,
        rust_timeout=int(AGAIN * 1000),
        yield_on_timeout=True,
        recursive=False,
    )
    while True:
        try:
            async for _ in changes():
                if await asyncio.to_thread(bot.shelf.has_news):
                    await serve(bot)
        except OSError as error:
            log.warning("the folder of facts cannot be watched now: %s", error)
            await asyncio.sleep(AGAIN)


async def serve(bot: Herdbook) -> None:
    """Serve the folder as it now stands; one that is broken is told of once, until it is sound again."""
    was_broken = bot.shelf.broken is not None
    try:
        await bot.reload(WATCH)
    except StoreError as error:
        bot.shelf.forget()
        log.warning("the folder changed, and waits until the store can be used: %s", error.reason)
    except BookError as error:
        if not was_broken:
            log.error("the folder of facts is broken, and the old book goes on being served:\n%s", error)  # noqa: TRY400 - no traceback for a typing error
            await bot.refuse(WATCH, Origin.FOLDER, error)
    except discord.DiscordException as error:
        fault(error)


def _is_facts(_change: Change, path: str) -> bool:
    return path.endswith((".yaml", ".yml"))
