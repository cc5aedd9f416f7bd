"""The commands of the book's keepers: reload, check, status."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from discord.ext import commands

from bot.answers.model import Section
from bot.chat.errors import NotAKeeperError
from bot.chat.text import Reply, counts
from bot.english import plural
from bot.facts.reading import BookError

if TYPE_CHECKING:
    from bot.chat.context import Context
    from bot.facts.book import Book
    from bot.facts.changes import Changes


class Keeping(commands.Cog):
    """Facts are shared by all servers, so managing one of them gives no right here."""

    async def cog_check(self, ctx: Any) -> bool:
        """Let in the bot's owner or team, and whom the settings name. Raises NotAKeeperError."""
        if not await ctx.bot.is_keeper(ctx.author):
            ctx.bot.wait_for_turn(ctx.message)
            raise NotAKeeperError
        return True

    @commands.command()
    async def reload(self, ctx: Context) -> None:
        """Serve the facts as they now stand in the folder."""
        await self._reload(ctx)

    @commands.hybrid_group(fallback="status")  # type: ignore[arg-type]  # mypy cannot solve discord.py's ParamSpec
    async def facts(self, ctx: Context) -> None:
        """Which book is served, and what it holds."""
        book = ctx.bot.reader.book
        await ctx.say(
            Reply("status", f"Serving book {book.short_version}.", (Section("", counts(book)),)), private=True
        )

    @facts.command(name="reload")  # type: ignore[arg-type]  # as above
    async def reload_facts(self, ctx: Context) -> None:
        """Serve the facts as they now stand in the folder."""
        await self._reload(ctx)

    @facts.command()  # type: ignore[arg-type]  # as above
    async def check(self, ctx: Context) -> None:
        """Read the folder without serving it, and name every error."""
        await ctx.defer(ephemeral=True)
        try:
            reader = await asyncio.to_thread(ctx.bot.read)
        except BookError as error:
            await ctx.say(refused(error, ctx.bot.reader.book), private=True)
        else:
            same = "It is the one being served." if reader.book == ctx.bot.reader.book else "Reload to serve it."
            report = Reply(
                "check", f"Book {reader.book.short_version} is sound. {same}", (Section("", counts(reader.book)),)
            )
            await ctx.say(report, private=True)

    async def _reload(self, ctx: Context) -> None:
        await ctx.defer(ephemeral=True)
        try:
            changes = await ctx.bot.reload()
        except BookError as error:
            await ctx.say(refused(error, ctx.bot.reader.book), private=True)
        else:
            await ctx.say(reloaded(changes, ctx.bot.reader.book), private=True)


def reloaded(changes: Changes, book: Book) -> Reply:
    """The report of a reload that served a new book."""
    groups = {"Added": changes.added, "Changed": changes.changed, "Removed": changes.removed}
    sections = tuple(Section(f"{title} ({len(lines)})", lines) for title, lines in groups.items() if lines)
    text = (
        f"Now serving book {book.short_version}."
        if changes
        else f"Nothing changed: still serving book {book.short_version}."
    )
    return Reply("reloaded", text, sections)


def refused(error: BookError, book: Book) -> Reply:
    """The report of a folder that is no book, with every error's place."""
    text = f"The facts have {plural(len(error.problems), 'error')}, so book {book.short_version} goes on being served."
    return Reply(
        "refused", text, (Section("", tuple(f"`{problem.mark}`: {problem.message}" for problem in error.problems)),)
    )
