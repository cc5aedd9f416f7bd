"""Running the bot as a process: signals, retries, exit codes."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from typing import TYPE_CHECKING, Any, Final

import aiohttp
import discord
from discord.webhook.async_ import async_context

from bot import create_bot
from bot.chat.metrics import LineCounter, Metrics
from bot.chat.sending import Replying, wait_before
from bot.english import plural
from bot.facts.reading import BookError
from bot.keeping.revisions import Origin
from bot.keeping.store import StoreError
from bot.settings import SettingsError

if TYPE_CHECKING:
    from bot.chat.client import Herdbook
    from bot.settings import Settings

log = logging.getLogger(__name__)

FIRST_WAIT: Final = 2.0
LONGEST_WAIT: Final = 60.0
"""Seconds between two tries to reach Discord, at most."""
GRACE: Final = 5.0
"""Seconds in which the gateway is closed and answers in flight are finished, at most."""
_SHARDING_REQUIRED: Final = 4011
_AWAY: Final = (
    discord.GatewayNotFound,
    discord.ConnectionClosed,
    discord.DiscordServerError,
    aiohttp.ClientError,
    ConnectionError,
    TimeoutError,
)


async def run(settings: Settings, token: str) -> None:
    """Serve until told to stop by SIGINT or SIGTERM; SIGHUP reloads. Raises SettingsError or BookError."""
    metrics = Metrics()
    logging.getLogger().addHandler(LineCounter(metrics.lines))
    for name in ("discord.client", "discord.shard", "discord.ext.commands.bot"):
        logging.getLogger(name).addFilter(_calm)
    asyncio.get_running_loop().set_exception_handler(report)
    async_context.set(Replying(metrics))
    async with contextlib.AsyncExitStack() as stack:
        if settings.metrics_port is not None:
            from bot.chat import health  # noqa: PLC0415 - only a bot that is looked at waits for a web server's library

            await stack.enter_async_context(health.serving(metrics, settings.metrics_port))
        await _serve_until_stopped(settings, token, metrics)


async def _serve_until_stopped(settings: Settings, token: str, metrics: Metrics) -> None:
    loop, stop, attempt = asyncio.get_running_loop(), asyncio.Event(), 0
    while not stop.is_set():
        bot, began = create_bot(settings, metrics), loop.time()
        _listen(stop, bot)
        try:
            await _serve(bot, token, stop)
        except discord.LoginFailure:
            raise SettingsError(
                "DISCORD_TOKEN is not a token that Discord knows. Copy it anew from the Bot page of your "
                "application in Discord's developer portal."
            ) from None
        except discord.PrivilegedIntentsRequired:
            raise SettingsError(
                "Discord does not give this bot the message content intent. Switch it on, on the Bot page of your "
                "application in Discord's developer portal, or set MESSAGE_CONTENT=false."
            ) from None
        except Exception as error:
            # discord.py 2.7 dies of an AttributeError while it handles that its first connection failed.
            if isinstance(error, discord.ConnectionClosed) and error.code == _SHARDING_REQUIRED:
                raise SettingsError(
                    "SHARD_COUNT: Discord wants this bot divided, since it is in more servers than one shard may have; set SHARD_IDS too."
                ) from None
            away = error if isinstance(error, _AWAY) else error.__context__
            if not isinstance(away, _AWAY):
                raise
            attempt = 1 if loop.time() - began > LONGEST_WAIT else attempt + 1
            wait = wait_before(attempt, FIRST_WAIT, LONGEST_WAIT)
            metrics.restarts += 1
            log.warning("Discord cannot be reached (%s); trying again in %.1f seconds", type(away).__name__, wait)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), wait)


def report(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log what asyncio has to tell of a task that nobody waits for; in its own sentence it would quote the exception."""
    log.error("%s", context["message"], exc_info=context.get("exception"))


def _calm(record: logging.LogRecord) -> bool:
    """Keep discord.py's lines about connecting again without the traceback: Discord being away is no fault.

    Drop its warning about the message content intent: the bot says in its own words what works without.
    """
    if str(record.msg).startswith(("Attempting a reconnect", "Failed to connect")):
        record.exc_info, record.levelno, record.levelname = None, logging.WARNING, "WARNING"
    return not str(record.msg).startswith("Privileged message content intent is missing")


async def _serve(bot: Herdbook, token: str, stop: asyncio.Event) -> None:
    async with bot:
        serving = asyncio.create_task(bot.start(token))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait((serving, stopping), return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if stop.is_set():
            await _leave(bot, serving)
        else:
            await serving
            stop.set()


async def _leave(bot: Herdbook, serving: asyncio.Task[None]) -> None:
    """Hear nothing more, and let what was asked be answered, within GRACE."""
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
    await bot.studio.close()  # answers that wait for a picture go without it
    hanging_up = asyncio.create_task(bot.hang_up())
    _, late = await asyncio.wait({hanging_up, *bot.in_progress()}, timeout=GRACE)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
    if unfinished := late - {hanging_up}:
        log.warning("%s could not be finished within %.0f seconds", plural(len(unfinished), "answer"), GRACE)


def _listen(stop: asyncio.Event, bot: Herdbook) -> None:
    """Let signals reach the bot that runs now."""
    loop = asyncio.get_running_loop()
    tasks: set[asyncio.Task[None]] = set()

    def end() -> None:
        stop.set()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)
            signal.signal(number, signal.SIG_DFL)  # a second signal ends at once

    def reload() -> None:
        task = asyncio.create_task(_reload(bot))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    loop.add_signal_handler(signal.SIGINT, end)
    loop.add_signal_handler(signal.SIGTERM, end)
    loop.add_signal_handler(signal.SIGHUP, reload)


async def _reload(bot: Herdbook) -> None:
    if not bot.is_serving:
        log.info("the bot is still starting, and reads the facts on its way")
        return
    try:
        changes = await bot.reload("SIGHUP")
    except (BookError, StoreError) as error:
        log.error("the facts were not reloaded, and the old book goes on being served:\n%s", error)  # noqa: TRY400 - no traceback for a typing error
        if isinstance(error, BookError):
            await bot.refuse("SIGHUP", Origin.FOLDER, error)
    else:
        for line in (*changes.added, *changes.changed, *changes.removed):
            log.info("changed: %s", line)
