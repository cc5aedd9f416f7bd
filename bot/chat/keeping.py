"""The commands of the book's keepers: reload, check, status, and the book's history."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.answers.model import Section, section
from bot.chat import suggesting, wanting
from bot.chat.errors import NotAKeeperError
from bot.chat.reports import listing, named, proposed, refused, reloaded, served, status
from bot.chat.text import Reply, counts
from bot.chat.views import Action
from bot.facts.changes import compare
from bot.facts.reading import BookError
from bot.keeping import archive, revisions
from bot.keeping import log as journal
from bot.keeping.log import Entry
from bot.keeping.revisions import Origin
from bot.keeping.shelf import summarise
from bot.keeping.suggestions import open_ones

if TYPE_CHECKING:
    from bot.chat.client import Herdbook
    from bot.chat.context import Context
    from bot.keeping.shelf import Draft

MOST_LINES = 100
"""Revisions or entries of the log that are listed."""


class Keeping(commands.Cog):
    """Facts are shared by all servers, so managing one of them gives no right here."""

    async def cog_check(self, ctx: Any) -> bool:
        """Let in the bot's owner or team, and whom the settings name. Raises NotAKeeperError."""
        if not await ctx.bot.is_keeper(ctx.author):
            ctx.bot.wait_for_turn(ctx.author, ctx.at)
            raise NotAKeeperError
        return True

    @commands.command()
    async def reload(self, ctx: Context) -> None:
        """Serve the facts as they now stand in the folder."""
        await self._reload(ctx)

    @commands.hybrid_group(fallback="status")  # type: ignore[arg-type]  # mypy cannot solve discord.py's ParamSpec
    async def facts(self, ctx: Context) -> None:
        """Which book is served, and what it holds."""
        await ctx.say(status(ctx.bot), private=True)

    @facts.command(name="reload")  # type: ignore[arg-type]  # as above
    async def reload_facts(self, ctx: Context) -> None:
        """Serve the facts as they now stand in the folder."""
        await self._reload(ctx)

    @facts.command()  # type: ignore[arg-type]  # as above
    async def check(self, ctx: Context) -> None:
        """Read the folder without serving it, and name every error."""
        await ctx.defer(ephemeral=True)
        try:
            draft = await asyncio.to_thread(ctx.bot.shelf.check_folder)
        except BookError as error:
            await ctx.say(refused(error, ctx.bot.reader.book), private=True)
        else:
            same = "It is the one being served." if draft.book == ctx.bot.reader.book else "Reload to serve it."
            report = Reply(
                "check", f"Book {draft.book.short_version} is sound. {same}", (Section("", counts(draft.book)),)
            )
            await ctx.say(report, private=True)

    @facts.command()  # type: ignore[arg-type]  # as above
    async def history(self, ctx: Context) -> None:
        """Every book that was served, the newest first."""
        await ctx.defer(ephemeral=True)
        known = await revisions.history(ctx.bot.store, MOST_LINES)
        text = f"Serving {served(ctx.bot)}. Its history, the newest first:"
        await ctx.say(Reply("history", text, section("", map(str, known))), private=True)

    @facts.command()  # type: ignore[arg-type]  # as above
    @app_commands.describe(a="A revision's number", b="Another's; leave it out for the book being served")
    async def diff(self, ctx: Context, a: int, b: int | None = None) -> None:
        """What changed from a revision to another, or to the book being served."""
        await ctx.defer(ephemeral=True)
        before = await _draft_of(ctx.bot, a)
        after = ctx.bot.reader.book if b is None else (await _draft_of(ctx.bot, b)).book
        other = "the book being served" if b is None else f"revision {b}"
        changes = compare(before.book, after)
        text = f"From revision {a} to {other}: {summarise(changes)}."
        await ctx.say(Reply("diff", text, listing(changes)), private=True)

    @facts.command()  # type: ignore[arg-type]  # as above
    @app_commands.describe(revision="A revision's number")
    async def rollback(self, ctx: Context, revision: int) -> None:
        """Serve an earlier revision again; shows what would change, and asks."""
        await ctx.defer(ephemeral=True)
        draft = await _draft_of(ctx.bot, revision)
        note = f"back to revision {revision}, "
        await self._propose(ctx, f"Go back to revision {revision}?", draft, Origin.ROLLBACK, note)

    @facts.command(usage="<file>")  # type: ignore[arg-type]  # as above
    @app_commands.describe(file="A YAML file, to take the place of its namesake, or a zip of a whole folder")
    async def upload(self, ctx: Context, file: discord.Attachment) -> None:
        """Serve a book that is sent here; checks it, shows what would change, and asks."""
        await ctx.defer(ephemeral=True)
        try:
            archive.check_size(file.filename, file.size)
            draft = await self._receive(ctx.bot, file.filename, await file.read())
        except BookError as error:
            await ctx.bot.refuse(named(ctx.author), Origin.UPLOAD, error)
            await ctx.say(refused(error, ctx.bot.reader.book), private=True)
        else:
            await self._propose(ctx, "Serve this book?", draft, Origin.UPLOAD)

    async def _receive(self, bot: Herdbook, name: str, data: bytes) -> Draft:
        current = await revisions.latest(bot.store)
        files = await revisions.files_of(bot.store, current.sha256) if current else {}
        return await asyncio.to_thread(lambda: bot.shelf.read(archive.received(name, data, files), "upload"))

    @facts.command()  # type: ignore[arg-type]  # as above
    @app_commands.describe(revision="A revision's number")
    async def export(self, ctx: Context, revision: int) -> None:
        """A revision's files as a zip, to put under version control."""
        await ctx.defer(ephemeral=True)
        if not ctx.interaction and not ctx.bot_permissions.attach_files:
            text = "I may not attach files in this channel; give this as a slash command."
            await ctx.say(Reply("refused", text))
            return
        found = await revisions.find(ctx.bot.store, revision)
        files = await revisions.files_of(ctx.bot.store, found.sha256)
        name = f"revision-{revision}-{found.short_version}.zip"
        await ctx.send(file=discord.File(io.BytesIO(archive.pack(files)), name), ephemeral=True)

    @facts.command()  # type: ignore[arg-type]  # as above
    async def wanted(self, ctx: Context) -> None:
        """What members ask and the book cannot answer, the most asked first."""
        await ctx.defer(ephemeral=True)
        await ctx.bot.wishes.flush(ctx.bot.store)
        entries = await wanting.most_wanted(ctx.bot.store)
        said = wanting.report(entries, ctx.bot.settings.wanted_days)
        embeds = ctx.bot_permissions.embed_links
        view = wanting.WantedList(entries, ctx.author, embeds=embeds) if entries else None
        await ctx.say(said, private=True, view=view)

    @facts.command()  # type: ignore[arg-type]  # as above
    async def suggestions(self, ctx: Context) -> None:
        """What members say is wrong, one by one, to accept or decline."""
        await ctx.defer(ephemeral=True)
        found = await open_ones(ctx.bot.store)
        view = suggesting.Suggestions(found, ctx.author, embeds=ctx.bot_permissions.embed_links) if found else None
        await ctx.say(suggesting.report(found), private=True, view=view)

    @facts.command()  # type: ignore[arg-type]  # as above
    async def log(self, ctx: Context) -> None:
        """Who did what to the book, and what came of it."""
        await ctx.defer(ephemeral=True)
        entries = await journal.entries(ctx.bot.store, MOST_LINES)
        await ctx.say(Reply("log", "The log, the newest first:", section("", map(str, entries))), private=True)

    async def _propose(self, ctx: Context, question: str, draft: Draft, origin: Origin, note: str = "") -> None:
        """Show what would change, and serve it once that is confirmed and nothing else changed meanwhile."""
        await ctx.bot.follow()
        book, current = ctx.bot.reader.book, await revisions.latest(ctx.bot.store)
        if draft.book.version == book.version:
            await ctx.say(Reply("same", f"That is book {book.short_version}, which is being served."), private=True)
            return

        async def serve(user: discord.abc.User) -> Reply:
            after = current.number if current else None
            changes = await ctx.bot.publish(draft, origin, named(user), after, note)
            return reloaded(changes, draft.book)

        shown = proposed(question, compare(book, draft.book))
        await ctx.say(shown, private=True, action=Action("Serve it", serve))

    async def _reload(self, ctx: Context) -> None:
        await ctx.defer(ephemeral=True)
        before = ctx.bot.reader.book.version
        try:
            changes = await ctx.bot.reload(named(ctx.author))
        except BookError as error:
            await ctx.bot.refuse(named(ctx.author), Origin.FOLDER, error)
            await ctx.say(refused(error, ctx.bot.reader.book), private=True)
        else:
            if ctx.bot.reader.book.version == before:
                await ctx.bot.record(Entry(named(ctx.author), Origin.FOLDER, "nothing changed"))
            await ctx.say(reloaded(changes, ctx.bot.reader.book), private=True)


async def _draft_of(bot: Herdbook, number: int) -> Draft:
    return await bot.shelf.read_revision(await revisions.find(bot.store, number))
