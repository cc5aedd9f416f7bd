"""The context of a command: what it takes to ask the book and to answer."""

from __future__ import annotations

import logging
from io import BytesIO
from typing import TYPE_CHECKING, Any

import discord
from discord.ext import commands

from bot.chat.pages import pages
from bot.chat.text import reply, today
from bot.chat.views import Confirm, view_for
from bot.chat.wanting import in_vain
from bot.pictures.studio import PictureError
from bot.pictures.themes import Theme

if TYPE_CHECKING:
    from bot.charts import Chart
    from bot.chat.client import Herdbook
    from bot.chat.text import Reply
    from bot.chat.views import Action, AskersView
    from bot.questions.model import Question
    from bot.questions.reader import Reader, Reading
else:
    Herdbook = Any


log = logging.getLogger(__name__)


class Context(commands.Context[Herdbook]):
    """A message or slash command, and the way from its words to an answer in its channel."""

    @property
    def by_mention(self) -> bool:
        """Whether the bot was called by mention and not by its prefix."""
        return (self.prefix or "").startswith("<@")

    async def ask(self, words: str = "") -> None:
        """Answer this command, given the words behind it."""
        reader = self.bot.reader
        name = self.command.name if self.command else ""
        before = self._before()
        asked = f"{name} {words}"
        reading = reader.question(asked, before) if self.by_mention else reader.command(name, words, before)
        await self.answer(reading, reader)

    async def ask_freely(self) -> None:
        """Answer a message that is no command, if it is one that a bot answers."""
        reader = self.bot.reader
        words = self.message.content
        if self.by_mention:
            words = words.removeprefix(self.prefix or "")
            reading: Reading | None = reader.question(words, self._before())
        else:
            reading = reader.message(words, self._before())
        if reading:
            await self.answer(reading, reader)

    async def answer(self, reading: Reading, reader: Reader) -> None:
        """Answer a reading from the book that it was read with."""
        self.bot.wait_for_turn(self.message)
        said = reply(reading, reader, today())
        if wish := in_vain(reading.question, said.status, reader.book):
            self.bot.wishes.add(*wish)
        sent = await self.say(said)
        self.bot.conversations.remember(
            self.channel.id, self.author.id, sent.id, reading.question, self.message.created_at
        )

    def _before(self) -> Question | None:
        """The question that this message may lean on: that of the answer it replies to, or the asker's last one here."""
        replied_to = self.message.reference.message_id if self.message.reference else None
        return self.bot.conversations.before(self.channel.id, self.author.id, replied_to, self.message.created_at)

    async def say(
        self, said: Reply, *, private: bool = False, action: Action | None = None, view: AskersView | None = None
    ) -> discord.Message:
        """Send a reply, as text where embeds are not allowed, in pages where it is long; `private` where that is possible.

        With an action it is a question to a keeper, who may confirm it; a view takes the place of the reply's own buttons.
        """
        allowed = self.bot_permissions
        embeds = allowed.embed_links
        shown = pages(said, embeds=embeds)
        file = await self._picture(said.picture) if said.picture and allowed.attach_files else None
        for page in shown:
            if file and page["embed"]:
                page["embed"].set_image(url=file.uri)
        if action:
            view = Confirm(shown, self.author, action, embeds=embeds)
        view = view or view_for(said, shown, self.author, embeds=embeds)
        options: dict[str, Any] = {key: value for key, value in shown[0].items() if value is not None}
        if view:
            options["view"] = view
        if file:
            options["file"] = file
        if not self.interaction and allowed.read_message_history:
            options["reference"] = self.message.to_reference(fail_if_not_exists=False)
        sent = await self.send(**options, mention_author=False, ephemeral=private)
        if view:
            view.sent(sent)
        return sent

    async def _picture(self, chart: Chart) -> discord.File | None:
        """A picture of a chart, ready to be sent; while it is drawn the bot is seen to type. None where it fails."""
        studio = self.bot.studio
        try:
            drawn = studio.kept(chart, Theme.DARK)
            if drawn is None:
                async with self.typing():
                    drawn = await studio.picture(chart, Theme.DARK)
        except PictureError as error:
            log.warning("the answer goes without its picture: %s", error)
            return None
        return discord.File(BytesIO(drawn), "picture.png", description=chart.alt)
