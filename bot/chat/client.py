"""The client: it holds the book being served, swaps it whole, and turns messages into commands or questions."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
from typing import TYPE_CHECKING, Any, Self
from weakref import WeakValueDictionary

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands, tasks

from bot.chat import errors, syncing
from bot.chat.asking import Asking
from bot.chat.buttons import VERBS
from bot.chat.context import Context
from bot.chat.conversations import Conversations
from bot.chat.keeping import Keeping
from bot.chat.naming import Naming
from bot.chat.pacing import Pace, PacedConnector
from bot.chat.pages import pages
from bot.chat.sending import Sending, UnsentError
from bot.chat.text import Reply, forget
from bot.chat.versions import Versions, watching
from bot.chat.watching import watch
from bot.english import plural
from bot.facts.changes import Changes, compare
from bot.facts.reading import BookError
from bot.keeping import identifying
from bot.keeping import log as journal
from bot.keeping.log import Entry
from bot.keeping.revisions import Origin
from bot.keeping.shelf import START, Shelf, summarise
from bot.keeping.store import Store, StoreError
from bot.keeping.wanted import Wishes
from bot.pictures.studio import Studio
from bot.questions.reader import Reader

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from bot.chat.metrics import Metrics
    from bot.keeping.shelf import Draft
    from bot.questions.model import Manual
    from bot.settings import Settings

log = logging.getLogger(__name__)

WINDOW = 10.0
"""Seconds in which a member may give as many commands as the setting COOLDOWN says."""

_HANDLING = ("discord.py: on_", "CommandTree-invoker", "discord-ui-")
"""How discord.py begins the names of the tasks that handle events."""

TENDING = 5.0
"""Seconds between two looks at the store, for what was not heard of and what waits."""


def _each_member(rate: int) -> commands.CooldownMapping[discord.abc.User]:
    return commands.CooldownMapping.from_cooldown(rate, WINDOW, lambda user: user.id)


def _prefixes(bot: Herdbook, _message: discord.Message) -> list[str]:
    """The bot's mention, with or without a space behind it, and the prefix of the settings."""
    mentions = [f"<@{bot.user.id}>", f"<@!{bot.user.id}>"] if bot.user else []
    return [*mentions, bot.settings.command_prefix]


def _place_of_store(settings: Settings) -> Path | str:
    if settings.database_url:
        return settings.database_url.reveal()
    return settings.state_dir / "herdbook.sqlite3"


def _manuals(reader: Reader) -> list[Manual]:
    return [*map(reader.manual, reader.commands)]


class Herdbook(commands.Bot):
    """A bot that answers from one book. The book is read in `setup_hook`, so that no message finds it missing."""

    reader: Reader
    """The book being served and how it is read: replaced whole, so that whoever took it keeps one and the same book."""

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
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
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            shard_id=settings.shard_ids[0] if settings.shard_ids else None,
            shard_count=settings.shard_count,
        )
        self.sending = Sending(self.http.request, metrics, settings.share)
        self.http.request = self.sending.request  # type: ignore[method-assign]  # discord.py makes its HTTPClient itself
        metrics.bot = self
        self.metrics = metrics
        self.started = discord.utils.utcnow()
        self.settings = settings
        self.admins = set(settings.admin_ids)
        self.conversations = Conversations()
        self._writing: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self.store = Store(_place_of_store(settings))
        self.shelf = Shelf(self.store, settings.facts_dir, settings.documents_dir)
        self.studio = Studio()
        self.wishes = Wishes(settings.wanted_days)
        self._changing = asyncio.Lock()
        self._tending = asyncio.Lock()
        self.is_away = False
        """Whether the store could not be reached when it was last looked at."""
        self._watching: asyncio.Task[None] | None = None
        self._has_news = False
        self._catching_up: asyncio.Task[None] | None = None
        self._turns = _each_member(settings.cooldown or 1)
        self._warnings = _each_member(1)

    async def __aenter__(self) -> Self:
        """Be ready to log in, now that there is an event loop."""
        self.http.connector = PacedConnector(Pace(self.settings.share), self.metrics)
        return await super().__aenter__()

    async def setup_hook(self) -> None:
        """Read the book, then make the commands of it. Raises BookError when there is none."""
        draft = await self.shelf.open()
        self.reader = await asyncio.to_thread(Reader, draft.book, self.settings.command_prefix)
        await self.add_cog(Asking(self.reader))
        await self.add_cog(Keeping())
        await self.add_cog(Naming(self))
        await self.add_cog(Versions())
        self.activity = watching(self)
        self.add_dynamic_items(*VERBS)
        await syncing.sync(self)
        if self.shelf.added:
            await self.announce(self.shelf.added.entry)
        if self.shelf.broken and self.settings.is_first:
            await self.refuse(START, Origin.FOLDER, self.shelf.broken)
        self.tend.start()
        if self.settings.facts_watch and self.settings.is_first:
            self._watching = asyncio.create_task(watch(self))
        if not self.settings.message_content:
            log.warning(
                "MESSAGE_CONTENT is off: in servers the bot answers slash commands and mentions, and does not see %s",
                self.settings.command_prefix,
            )

    @property
    def is_serving(self) -> bool:
        """Whether a book has been read."""
        return hasattr(self, "reader")

    @property
    def is_connected(self) -> bool:
        """Whether the gateway's events come in."""
        return self.is_ready() and self.ws.open

    def in_progress(self) -> set[asyncio.Task[Any]]:
        """Events that are being handled: answers, clicks, forms. discord.py names their tasks, and has no list of them."""
        return {task for task in asyncio.all_tasks() if task.get_name().startswith(_HANDLING)}

    async def hang_up(self) -> None:
        """Close the gateway, so that nothing more is heard; what is in progress can still be answered."""
        gateway: discord.gateway.DiscordWebSocket | None = self.ws  # none before the first connection
        if gateway and gateway.open:
            await gateway.close(code=1000)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait until Discord takes another IDENTIFY of this bot, whichever process the last one came from."""
        if self.settings.share == 1 or shard_id is None:
            await super().before_identify_hook(shard_id, initial=initial)
            return
        _, _, limits = await self.http.get_bot_gateway()
        await identifying.wait_for_turn(self.store, shard_id, limits["max_concurrency"])

    async def warm(self) -> None:
        """Be ready for plain words, too: most commands need nothing of what reads them, and no start waits for it."""
        if not self.reader.is_warm:
            await asyncio.to_thread(self.reader.warm)

    async def on_ready(self) -> None:
        """The connection stands, and commands are answered."""
        await self.warm()

    async def on_resumed(self) -> None:
        """The connection was lost, and nothing that was said meanwhile."""
        self.metrics.resumes += 1

    async def reload(self, by: str) -> Changes:
        """Serve the folder as it now stands, and say what changed.

        Raises BookError, StoreError or DiscordException, and goes on serving the old book.
        """
        outcome = "failed"
        try:
            async with self._changing:
                draft = await asyncio.to_thread(self.shelf.read_folder)
                changes = await self._publish(draft, Origin.FOLDER, by)
            outcome = "served"
        except BookError:
            outcome = "refused"
            raise
        finally:
            self.metrics.reloads[outcome] += 1
        return changes

    async def publish(self, draft: Draft, origin: Origin, by: str, after: int | None = None, note: str = "") -> Changes:
        """Serve a draft, and say what changed; `note` goes before that in the history.

        Raises OutdatedError when another revision than `after` is current; StoreError or DiscordException as a reload does.
        """
        async with self._changing:
            return await self._publish(draft, origin, by, after, note)

    async def _publish(
        self, draft: Draft, origin: Origin, by: str, after: int | None = None, note: str = ""
    ) -> Changes:
        old, new = self.reader, await self._reader(draft)
        changes = compare(old.book, draft.book)
        for name in new.commands.keys() - old.commands.keys():
            if self.get_command(name):
                raise commands.CommandRegistrationError(name)
        await self.shelf.append(draft, origin, by, note + summarise(changes), after)
        await self._serve(new)
        if self.shelf.added:
            await self.announce(self.shelf.added.entry)
        return changes

    async def follow(self) -> None:
        """Serve what another bot made current, or what could not be asked for while the store was away."""
        async with self._changing:
            draft = await self.shelf.follow()
            if draft and draft.book != self.reader.book:
                await self._serve(await self._reader(draft))

    async def _reader(self, draft: Draft) -> Reader:
        """What answers from a draft, ready for whatever is asked."""
        reader = await asyncio.to_thread(Reader, draft.book, self.settings.command_prefix)
        await asyncio.to_thread(reader.warm)
        return reader

    async def _serve(self, new: Reader) -> None:
        old = self.reader
        renamed = _manuals(old) != _manuals(new)
        if renamed:
            await self._exchange_commands(old, new)
        self.reader = new
        forget()
        gc.collect()  # whatever served before this: a reader is in cycles, and some megabytes
        log.info("serving book %s", new.book.short_version)
        if renamed:
            await syncing.sync(self)
        await self._show_activity()

    async def _show_activity(self) -> None:
        """Be seen with the book that is served, now and after the next connection. Never fatal."""
        shown, self.activity = self.activity, watching(self)
        if self.is_ready() and shown and shown.name != self.activity.name:
            try:
                await self.change_presence(activity=self.activity)
            except (
                AttributeError,
                OSError,
                aiohttp.ClientError,
                discord.DiscordException,
            ) as error:  # being reconnected
                log.warning("the count of people is shown once the connection is back: %s", error)

    async def _exchange_commands(self, old: Reader, new: Reader) -> None:
        await self.remove_cog(Asking.__cog_name__)
        try:
            await self.add_cog(Asking(new))
        except discord.DiscordException:
            await self.add_cog(Asking(old))
            raise

    async def record(self, entry: Entry) -> None:
        """Log and announce who did what, where it is not in the log already with what was done."""
        try:
            async with self.store.begin() as connection:
                await journal.write(connection, entry)
        except StoreError as error:
            log.warning("the log could not be kept (%s): %s", error.reason, entry)
        await self.announce(entry)

    async def refuse(self, by: str, origin: Origin, error: BookError) -> None:
        """Log and announce that somebody's facts are no book."""
        await self.record(Entry(by, origin, f"refused for {plural(len(error.problems), 'error')}"))

    async def announce(self, entry: Entry) -> None:
        """Tell the admins' channel who did what, if there is one. Never fatal."""
        if self.settings.admin_channel_id is None:
            return
        content = pages(Reply("log", str(entry)), embeds=False)[0]["content"]
        try:
            await self.get_partial_messageable(self.settings.admin_channel_id).send(content)
        except (discord.HTTPException, UnsentError) as error:
            log.warning("the admins' channel could not be told: %s", errors.reason(error))

    @tasks.loop(seconds=TENDING)
    async def tend(self) -> None:
        """Keep up with the store: serve what other bots made current, and put there what waits for it."""
        async with self._tending:
            try:
                await self.store.listen(self._hear)
                if self.store.is_shared or self.shelf.revision is None:
                    await self.follow()
                await self.wishes.flush(self.store)
            except StoreError as error:
                if not self.is_away:
                    log.warning("the store is away, and the book in memory goes on being served: %s", error.reason)
                self.is_away = True
            except Exception as error:  # noqa: BLE001 - a fault must not end the tending
                errors.fault(error)
            else:
                if self.is_away:
                    log.info("the store is back")
                self.is_away = False

    def _hear(self) -> None:
        """A bot made a revision current: look at once, and once more where another came meanwhile."""
        self._has_news = True
        if self._catching_up is None or self._catching_up.done():
            self._catching_up = asyncio.create_task(self._catch_up())

    async def _catch_up(self) -> None:
        while self._has_news:
            self._has_news = False
            try:
                await self.follow()
            except StoreError as error:
                log.warning("the store told of a revision and then went away: %s", error.reason)
            except Exception as error:  # noqa: BLE001 - a fault must not end the listening
                errors.fault(error)

    async def close(self) -> None:
        """Leave Discord and the store, and not in the midst of a transaction."""
        async with self._tending:
            self.tend.cancel()
        if self._watching is not None:
            self._watching.cancel()
        await super().close()
        await self.studio.close()
        if self.is_serving:
            with contextlib.suppress(StoreError):
                await self.wishes.flush(self.store)
        await self.store.close()

    async def application_info(self) -> discord.AppInfo:
        """The application as Discord told of it at the login: who owns it is not asked while an interaction waits."""
        return self.application or await super().application_info()

    async def is_keeper(self, user: discord.abc.User) -> bool:
        """Whether somebody may change the book: the bot's owner or team, or a user or role that the settings name."""
        roles = {role.id for role in user.roles} if isinstance(user, discord.Member) else set()
        return bool(self.admins & {user.id, *roles}) or await self.is_owner(user)

    def wait_for_turn(self, asker: discord.abc.User, at: datetime) -> None:
        """Count an answer against its asker's cooldown. Raises CommandOnCooldown when there have been too many."""
        if not self.settings.cooldown:
            return
        now = at.timestamp()
        bucket = self._turns.get_bucket(asker, now)
        if bucket and (wait := bucket.update_rate_limit(now)):
            raise commands.CommandOnCooldown(bucket, wait, commands.BucketType.user)

    def may_warn(self, message: discord.Message) -> bool:
        """Whether a member has not been told of the cooldown within this window: telling each time would be a flood too."""
        now = message.created_at.timestamp()
        bucket = self._warnings.get_bucket(message.author, now)
        return bucket is None or not bucket.update_rate_limit(now)

    async def get_context(self, origin: Any, /, *, cls: Any = Context) -> Any:
        """Every command gets this bot's own context."""
        return await super().get_context(origin, cls=cls)

    async def process_commands(self, message: discord.Message, /) -> None:
        """Answer commands, and plain questions to the bot: behind a mention, or in a direct message."""
        if message.author.bot:
            return
        async with self.writing(message.id):
            await self._respond(await self.get_context(message))

    async def _respond(self, ctx: Context) -> None:
        if ctx.command is not None:
            await self.invoke(ctx)
        elif ctx.prefix or ctx.guild is None:
            try:
                await ctx.ask_freely()
            except Exception as error:  # noqa: BLE001 - as discord.py does around a command
                await errors.explain(ctx, error)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Answer an edited question anew, in place of its old answer. No command of the keepers is given by an edit."""
        async with self.writing(payload.message_id):
            if not self.conversations.knows(payload.channel_id, payload.message_id):
                return
            ctx: Context = await self.get_context(payload.message)
            if ctx.former and (ctx.command is None or isinstance(ctx.command.cog, Asking)):
                await self._respond(ctx)

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Take the answer away with its question."""
        await self._take_away(payload.channel_id, {payload.message_id})

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Take each answer away with its question."""
        await self._take_away(payload.channel_id, payload.message_ids)

    async def _take_away(self, channel: int, deleted: set[int]) -> None:
        for message in deleted:
            async with self.writing(message):
                answers = self.conversations.forget(channel, {message}) - deleted
            for answer in answers:
                try:
                    await self.get_partial_messageable(channel).get_partial_message(answer).delete()
                except discord.NotFound:
                    continue  # it was taken away already
                except (discord.HTTPException, UnsentError) as error:
                    log.warning("an answer could not be taken away with its question: %s", errors.reason(error))

    def writing(self, message: int) -> asyncio.Lock:
        """The lock of a message that is being answered or written anew, so that the newest wish comes last."""
        return self._writing.setdefault(message, asyncio.Lock())

    async def on_command_error(self, ctx: Any, error: commands.CommandError, /) -> None:
        """Errors become words in one place."""
        await errors.explain(ctx, error)
