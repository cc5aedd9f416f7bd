"""The context of a command: what it takes to ask the book and to answer."""

from __future__ import annotations

import asyncio
import contextlib
from functools import cached_property
from time import perf_counter
from typing import TYPE_CHECKING, Any

import discord
from discord.ext import commands
from discord.http import handle_message_parameters

from bot.chat.buttons import sendable, show
from bot.chat.conversations import Asked
from bot.chat.pages import pages
from bot.chat.picturing import Picture, picture_of
from bot.chat.sending import ACKNOWLEDGED, UnsentError
from bot.chat.text import reply, today
from bot.chat.views import AskersView, Confirm
from bot.chat.wanting import in_vain
from bot.pictures.themes import Theme
from bot.questions.model import is_known

if TYPE_CHECKING:
    from datetime import datetime

    from bot.chat.buttons import Shown
    from bot.chat.client import Herdbook
    from bot.chat.text import Reply
    from bot.chat.views import Action
    from bot.questions.model import Question
    from bot.questions.reader import Reader, Reading
else:
    Herdbook = Any


class Context(commands.Context[Herdbook]):
    """A message or slash command, and the way from its words to an answer in its channel."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.heard = perf_counter()

    @property
    def by_mention(self) -> bool:
        """Whether the bot was called by mention and not by its prefix."""
        return (self.prefix or "").startswith("<@")

    @cached_property
    def at(self) -> datetime:
        """When this was said as it now stands."""
        return self.message.edited_at or self.message.created_at

    async def ask(self, words: str = "", *, private: bool = False) -> None:
        """Answer this command, given the words behind it; `private` to a slash command."""
        name = self.command.name if self.command else ""
        if self.by_mention or name == "ask":
            await self.bot.warm()
        reader = self.bot.reader
        before = self._before()
        asked = f"{name} {words}"
        reading = reader.question(asked, before) if self.by_mention else reader.command(name, words, before)
        await self.answer(reading, reader, before, private=private)

    async def ask_freely(self) -> None:
        """Answer a message that is no command, if it is one that a bot answers."""
        await self.bot.warm()
        reader, before = self.bot.reader, self._before()
        words = self.message.content
        if self.by_mention:
            words = words.removeprefix(self.prefix or "")
            reading: Reading | None = reader.question(words, before)
        else:
            reading = reader.message(words, before)
        if reading:
            await self.answer(reading, reader, before)

    async def answer(
        self, reading: Reading, reader: Reader, previous: Question | None, *, private: bool = False
    ) -> None:
        """Answer a reading from the book that it was read with; in place of the old answer, where the message was edited.

        `previous` is the question that it leant on, or might have.

        What is answered privately is remembered nowhere: nothing leans on it, and keepers do not see it among the wanted.
        """
        former = self.former
        if former and former.question == reading.question:
            return
        self.bot.wait_for_turn(self.author, self.at)
        said = reply(reading, reader, today())
        if private:
            await self.say(said, private=True)
        else:
            if wish := in_vain(reading.question, said.status, reader.book):
                self.bot.wishes.add(*wish)
            answer = await self._replace(former.answer, said) if former else await self.say(said)
            at = self.message.created_at
            asked = Asked(reading.question, previous, self.message.id, answer, self.author.id, at)
            self.bot.conversations.remember(self.channel.id, asked)
        self.bot.metrics.answered(said, self.heard)

    @cached_property
    def former(self) -> Asked | None:
        """What this message asked before it was edited."""
        return self.bot.conversations.answered(self.channel.id, self.message.id, self.at)

    def _before(self) -> Question | None:
        """The question that this message may lean on: that of the answer it replies to, or the asker's last one here."""
        if former := self.former:
            before = former.previous
        else:
            replied_to = self.message.reference.message_id if self.message.reference else None
            before = self.bot.conversations.before(self.channel.id, self.author.id, replied_to, self.at)
        return before if before and is_known(before, self.bot.reader.book) else None

    async def _replace(self, answer: int, said: Reply) -> int:
        """Say something in place of an answer."""
        async with self.bot.writing(answer):
            shown = show(said, self.author, embeds=self.bot_permissions.embed_links, picture=await self._picture(said))
            await self.bot.get_partial_messageable(self.channel.id).get_partial_message(answer).edit(**shown)
        return answer

    async def say(
        self, said: Reply, *, private: bool = False, action: Action | None = None, view: AskersView | None = None
    ) -> int:
        """Send a reply, as text where embeds are not allowed, in pages where it is long; `private` where that is possible.

        With an action it is a question to a keeper, who may confirm it; a view takes the place of the reply's own buttons.
        Gives the identifier of the message.
        """
        embeds = self.bot_permissions.embed_links
        private = private and self.interaction is not None
        picture = await self._picture(said, private=private)
        shown = show(said, self.author, embeds=embeds, private=private, picture=picture)
        if action:
            view = Confirm(pages(said, embeds=embeds), self.author, action, embeds=embeds)
        if view:
            shown["view"] = view
        sent = await self._post(shown, private=private)
        if not self.interaction:
            self.bot.conversations.pair(self.channel.id, self.message.id, sent)
        return sent

    async def _post(self, shown: Shown, *, private: bool) -> int:
        """Send a message, in a way in which it may be tried again and is posted once, and give its identifier."""
        view = shown["view"]
        if self.interaction is None:
            if not isinstance(view, AskersView):
                return await self._post_unread(shown)
            sent: discord.Message = await self.send(**sendable(shown), **self._behind_message())
        elif self.interaction.response.type is discord.InteractionResponseType.deferred_channel_message:
            sent = await self.interaction.edit_original_response(**shown)
        else:
            sent = await self.send(**sendable(shown), ephemeral=private)
        if isinstance(view, AskersView):
            view.message = sent
        return sent.id

    async def _post_unread(self, shown: Shown) -> int:
        """Answer a message as `send` does, but for reading what comes back: of that only the identifier is new."""
        options = self._behind_message()
        if reference := options.pop("reference", None):
            options["message_reference"] = reference.to_message_reference_dict()
        allowed = self.bot.allowed_mentions
        with handle_message_parameters(**sendable(shown), **options, previous_allowed_mentions=allowed) as params:
            posted = await self.bot.http.send_message(self.channel.id, params=params)
        return int(posted["id"])

    def _behind_message(self) -> dict[str, Any]:
        """What ties an answer to its message. By the nonce one that is heard twice, or by two processes, is answered once."""
        options: dict[str, Any] = {"nonce": self.message.id, "mention_author": False}
        if self.bot_permissions.read_message_history:
            options["reference"] = self.message.to_reference(fail_if_not_exists=False)
        return options

    async def _picture(self, said: Reply, *, private: bool = False) -> Picture | None:
        """The picture of a reply, if it has one that may be sent here; while it is drawn the bot is seen to type."""
        chart = said.picture if self.bot_permissions.attach_files else None
        if chart and not self.bot.studio.kept(chart, Theme.DARK):
            # Whoever is not seen to type may answer all the same.
            with contextlib.suppress(discord.HTTPException, UnsentError, TimeoutError):
                async with asyncio.timeout(ACKNOWLEDGED):
                    await self.typing(ephemeral=private)
        return await picture_of(chart, self.bot.studio)
