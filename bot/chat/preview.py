"""A page on loopback that looks like Discord, where the real bot answers: what `bot` shows when it has no token."""

from __future__ import annotations

import asyncio
import signal
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import discord
import simcord
from msgspec.structs import replace

from bot import create_bot
from bot.chat.client import WINDOW
from bot.chat.pages import escape

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from simcord.actors import MemberActor
    from simcord.builders import ChannelHandle
    from simcord.env import Env

    from bot.chat.client import Herdbook
    from bot.settings import Settings


async def preview(settings: Settings, announce: Callable[[str], None]) -> None:
    """Serve the page until SIGINT, SIGTERM or its own “End” button; `announce` is given its address. Raises BookError."""
    async with (
        stage(settings) as (env, channel, viewers),
        env.preview(channel, viewers=viewers, layout="channel") as page,
    ):
        announce(page.url)
        await _until_stopped(page)


@asynccontextmanager
async def stage(settings: Settings) -> AsyncIterator[tuple[Env, ChannelHandle, list[MemberActor]]]:
    """A simulated Discord with the bot in a channel, questions answered there, and who may view it: a member, a keeper.

    Each is a Discord of its own that knows no commands yet, so the state of others is no use to it.
    """
    with TemporaryDirectory() as state:
        alone = {"state_dir": Path(state), "database_url": None, "shard_ids": (), "shard_count": None,
                 "admin_channel_id": None, "facts_watch": False}  # fmt: skip
        bot = create_bot(replace(settings, **alone))
        async with simcord.run(bot, check_errors=False) as env:
            yield env, *(await _furnish(env, bot))


async def _furnish(env: Env, bot: Herdbook) -> tuple[ChannelHandle, list[MemberActor]]:
    bot.tend.cancel()  # the page's clock leaps to today, and the tending would wake at each step of the way
    await env.advance_time((datetime.now(UTC) - env.now()).total_seconds() - WINDOW)
    prefix = bot.settings.command_prefix
    guild = env.create_guild(name=bot.reader.book.frame.title)
    channel = guild.create_text_channel("ask-the-book", topic=f"Type {prefix}help, / or @mention the bot")
    member = guild.add_member(env.create_user("robin", global_name="Robin (a member)"))
    keeper = guild.add_member(env.create_user("kim", global_name="Kim (keeps the book)"))
    bot.admins.add(keeper.id)
    for words in examples(bot):
        await member.send(channel, prefix + words)
    await env.advance_time(WINDOW)  # so that the examples do not count against who views the page
    with env.time_context():
        await _welcome(bot, channel.id)
    return channel, [member, keeper]


def examples(bot: Herdbook) -> tuple[str, ...]:
    """What the page has been asked already: a name with a slip of the pen, who is still there, and a dispute."""
    reader = bot.reader
    surname = reader.book.cohort[0].name.split()[-1]
    slip = surname[:-2] + surname[-1] + surname[-2]
    return (f"where {slip}", reader.book.frame.commands.stillat, "disputed")


async def _welcome(bot: Herdbook, channel_id: int) -> None:
    channel = bot.get_channel(channel_id)
    if not isinstance(channel, discord.TextChannel) or bot.user is None:
        raise TypeError("the page has a text channel, and the bot is logged in")
    await bot.user.edit(username="Herdbook")
    book, prefix = bot.reader.book, bot.settings.command_prefix
    text = (
        f"**Welcome to {escape(book.frame.title)}.** I answer from {len(book.people)} people and {len(book.claims)} claims, "
        f"each with its source, and say so when the sources do not.\n"
        f"Above, Robin has asked three things; ask your own, with typos if you like: type a question behind `{prefix}ask`, "
        f"`{prefix}help`, or `/`. If an answer is out of sight, **View response** at the top of the page brings it.\n"
        f"As Kim (**Viewing as**, at the top) you keep the book: edit a file in `{bot.settings.facts_dir.name}/`, then `{prefix}reload`."
    )
    await channel.send(text)


async def _until_stopped(page: Any) -> None:
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    waiting = [asyncio.ensure_future(stop.wait()), asyncio.ensure_future(page.wait_closed())]
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waiting:
            task.cancel()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)
