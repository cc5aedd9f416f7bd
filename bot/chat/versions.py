"""The command that says what is running: since when, which book, how much is in it, and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord.ext import commands

from bot import invite
from bot.answers.model import Section
from bot.chat.asking import hybrid
from bot.chat.reports import served
from bot.chat.text import Reply, counts
from bot.english import listed, plural

if TYPE_CHECKING:
    from datetime import timedelta

    from bot.chat.client import Herdbook
    from bot.chat.context import Context


class Versions(commands.Cog):
    """For everybody: whoever doubts an answer sees here which book gave it."""

    @hybrid
    async def version(self, ctx: Context) -> None:
        """Which bot and book this is, and since when it runs."""
        ctx.bot.wait_for_turn(ctx.author, ctx.at)
        await ctx.say(running(ctx.bot))


def running(bot: Herdbook) -> Reply:
    """What is running, with the links to have it elsewhere."""
    from importlib import metadata  # noqa: PLC0415 - milliseconds, for which no start need wait

    sections = [Section("", (f"Running for {lasted(discord.utils.utcnow() - bot.started)}", *counts(bot.reader.book)))]
    if application := bot.application_id:
        links = (f"In a server: {invite.to_server(application)}", f"Wherever you write: {invite.to_user(application)}")
        sections.append(Section("Have it yourself", links))
    return Reply("version", f"Herdbook {metadata.version('herdbook')}, serving {served(bot)}.", tuple(sections))


def watching(bot: Herdbook) -> discord.Activity:
    """What the bot is seen to do: "Watching 16 people in the book"."""
    count = len(bot.reader.book.people)
    people = "1 person" if count == 1 else f"{count:,} people"
    return discord.Activity(type=discord.ActivityType.watching, name=f"{people} in the book")


def lasted(time: timedelta) -> str:
    """A time in its two largest units: "3 days, 4 hours"; at least a minute."""
    minutes = max(int(time.total_seconds()) // 60, 1)
    units = {"day": minutes // 1440, "hour": minutes // 60 % 24, "minute": minutes % 60}
    first = next(place for place, count in enumerate(units.values()) if count)
    return listed([plural(count, unit) for unit, count in [*units.items()][first : first + 2] if count])
