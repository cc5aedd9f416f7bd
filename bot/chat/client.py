"""The client: it holds the book being served, swaps it whole, and turns messages into commands or questions."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

import discord
from discord.ext import commands

from bot.chat import errors, syncing
from bot.chat.asking import Asking
from bot.chat.context import Context
from bot.chat.conversations import Conversations
from bot.chat.keeping import Keeping
from bot.facts.changes import Changes, compare
from bot.facts.reading import read_book
from bot.questions.reader import Reader

if TYPE_CHECKING:
    from bot.settings import Settings

log = logging.getLogger(__name__)

WINDOW = 10.0
"""Seconds in which a member may give as many commands as the setting COOLDOWN says."""


def _each_member(rate: int) -> commands.CooldownMapping[discord.Message]:
    return commands.CooldownMapping.from_cooldown(rate, WINDOW, lambda message: message.author.id)


def _prefixes(bot: Herdbook, _message: discord.Message) -> list[str]:
    """The bot's mention, with or without a space behind it, and the prefix of the settings."""
    mentions = [f"<@{bot.user.id}>", f"<@!{bot.user.id}>"] if bot.user else []
    return [*mentions, bot.settings.command_prefix]


class Herdbook(commands.Bot):
    """A bot that answers from one book. The book is read in `setup_hook`, so that no message finds it missing."""

    reader: Reader
    """The book being served and how it is read: replaced whole, so that whoever took it keeps one and the same book."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(
            command_prefix=_prefixes,
            intents=discord.Intents(
                guilds=True, guild_messages=True, dm_messages=True, message_content=settings.message_content
            ),
            allowed_mentions=discord.AllowedMentions.none(),
            case_insensitive=True,
            strip_after_prefix=True,
            help_command=None,
            max_messages=None,
            tree_cls=errors.Tree,
        )
        self.settings = settings
        self.admins = set(settings.admin_ids)
        self.conversations = Conversations()
        self._reloading = asyncio.Lock()
        self._turns = _each_member(settings.cooldown or 1)
        self._warnings = _each_member(1)

    async def setup_hook(self) -> None:
        """Read the book, then make the commands of it. Raises BookError when the folder is no book."""
        self.reader = await asyncio.to_thread(self.read)
        await self.add_cog(Asking(self.reader))
        await self.add_cog(Keeping())
        await syncing.sync(self)
        if not self.settings.message_content:
            log.warning(
                "MESSAGE_CONTENT is off: in servers the bot answers slash commands and mentions, and does not see %s",
                self.settings.command_prefix,
            )

    @property
    def is_serving(self) -> bool:
        """Whether a book has been read."""
        return hasattr(self, "reader")

    def read(self) -> Reader:
        """Read the folder of facts as it now stands. Slow; keep it off the event loop. Raises BookError."""
        return Reader(read_book(self.settings.facts_dir, self.settings.documents_dir), self.settings.command_prefix)

    async def reload(self) -> Changes:
        """Serve the folder as it now stands, and say what changed. Raises BookError, and goes on serving the old book."""
        async with self._reloading:
            old, new = self.reader, await asyncio.to_thread(self.read)
            if [*map(old.manual, old.commands)] != [*map(new.manual, new.commands)]:
                await self._exchange_commands(old, new)
            self.reader = new
        log.info("serving book %s", new.book.short_version)
        return compare(old.book, new.book)

    async def _exchange_commands(self, old: Reader, new: Reader) -> None:
        await self.remove_cog(Asking.__cog_name__)
        try:
            await self.add_cog(Asking(new))
        except discord.DiscordException:
            await self.add_cog(Asking(old))
            raise
        await syncing.sync(self)

    async def is_keeper(self, user: discord.abc.User) -> bool:
        """Whether somebody may change the book: the bot's owner or team, or a user or role that the settings name."""
        roles = {role.id for role in user.roles} if isinstance(user, discord.Member) else set()
        return bool(self.admins & {user.id, *roles}) or await self.is_owner(user)

    def wait_for_turn(self, message: discord.Message) -> None:
        """Count an answer against its asker's cooldown. Raises CommandOnCooldown when there have been too many."""
        now = message.created_at.timestamp()
        bucket = self._turns.get_bucket(message, now)
        if self.settings.cooldown and bucket and (wait := bucket.update_rate_limit(now)):
            raise commands.CommandOnCooldown(bucket, wait, commands.BucketType.user)

    def may_warn(self, message: discord.Message) -> bool:
        """Whether a member has not been told of the cooldown within this window: telling each time would be a flood too."""
        now = message.created_at.timestamp()
        bucket = self._warnings.get_bucket(message, now)
        return bucket is None or not bucket.update_rate_limit(now)

    async def get_context(self, origin: Any, /, *, cls: Any = Context) -> Any:
        """Every command gets this bot's own context."""
        return await super().get_context(origin, cls=cls)

    async def process_commands(self, message: discord.Message, /) -> None:
        """Answer commands, and plain questions to the bot: behind a mention, or in a direct message."""
        if message.author.bot:
            return
        ctx: Context = await self.get_context(message)
        if ctx.command is not None:
            await self.invoke(ctx)
        elif ctx.prefix or message.guild is None:
            try:
                await ctx.ask_freely()
            except Exception as error:  # noqa: BLE001 - as discord.py does around a command
                await errors.explain(ctx, error)

    async def on_command_error(self, ctx: Any, error: commands.CommandError, /) -> None:
        """Errors become words in one place."""
        await errors.explain(ctx, error)
