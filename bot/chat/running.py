"""Running the bot as a process: signals, retries, exit codes."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import signal
from typing import TYPE_CHECKING, Final

import aiohttp
import discord

from bot import create_bot
from bot.facts.reading import BookError
from bot.keeping.revisions import Origin
from bot.keeping.store import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.chat.client import Herdbook
    from bot.settings import Settings

log = logging.getLogger(__name__)

LONGEST_WAIT: Final = 60.0
_AWAY: Final = (
    discord.GatewayNotFound,
    discord.ConnectionClosed,
    discord.DiscordServerError,
    aiohttp.ClientError,
    ConnectionError,
    TimeoutError,
)


class SetupError(Exception):
    """The bot cannot run as it is set up; the message says what to do, and where."""


async def run(settings: Settings, token: str) -> None:
    """Serve until told to stop by SIGINT or SIGTERM; SIGHUP reloads. Raises SetupError or BookError."""
    for name in ("discord.client", "discord.ext.commands.bot"):
        logging.getLogger(name).addFilter(_calm)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    stop, attempt = asyncio.Event(), 0
    while not stop.is_set():
        bot = create_bot(settings)
        with _signals(stop, bot):
            try:
                await _serve(bot, token, stop)
            except discord.LoginFailure:
                raise SetupError(
                    "DISCORD_TOKEN is not a token that Discord knows. Copy it anew from the Bot page of your "
                    "application in Discord's developer portal."
                ) from None
            except discord.PrivilegedIntentsRequired:
                raise SetupError(
                    "Discord does not give this bot the message content intent. Switch it on, on the Bot page of your "
                    "application in Discord's developer portal, or set MESSAGE_CONTENT=false."
                ) from None
            except Exception as error:
                # discord.py 2.7 dies of an AttributeError while it handles that its first connection failed.
                away = error if isinstance(error, _AWAY) else error.__context__
                if not isinstance(away, _AWAY):
                    raise
                attempt += 1
                wait = min(LONGEST_WAIT, 2.0**attempt) * random.uniform(0.5, 1)  # noqa: S311 - spreads restarts, hides nothing
                log.warning("Discord cannot be reached (%s); trying again in %.0f seconds", type(away).__name__, wait)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), wait)


def _calm(record: logging.LogRecord) -> bool:
    """Keep discord.py's line about a reconnect without the traceback: Discord being away is no fault.

    Drop its warning about the message content intent: the bot says in its own words what works without.
    """
    if str(record.msg).startswith("Attempting a reconnect"):
        record.exc_info = None
    return not str(record.msg).startswith("Privileged message content intent is missing")


async def _serve(bot: Herdbook, token: str, stop: asyncio.Event) -> None:
    async with bot:
        serving = asyncio.create_task(bot.start(token))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait((serving, stopping), return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not stop.is_set():
            await serving
        await bot.close()
        with contextlib.suppress(asyncio.CancelledError):
            await serving
        stop.set()


@contextlib.contextmanager
def _signals(stop: asyncio.Event, bot: Herdbook) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    tasks: set[asyncio.Task[None]] = set()

    def reload() -> None:
        task = asyncio.create_task(_reload(bot))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    handlers: dict[signal.Signals, Callable[[], None]] = {
        signal.SIGINT: stop.set,
        signal.SIGTERM: stop.set,
        signal.SIGHUP: reload,
    }
    for number, handler in handlers.items():
        loop.add_signal_handler(number, handler)
    try:
        yield
    finally:
        for number in handlers:
            loop.remove_signal_handler(number)


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
