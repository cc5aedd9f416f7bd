"""The context menu of any message: who of the book is named in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat import errors
from bot.chat.text import reply, today

if TYPE_CHECKING:
    from bot.chat.client import Herdbook
    from bot.chat.context import Context

WHO_IS_NAMED: Final = "Who is named here?"


class Naming(commands.Cog):
    """Tells privately who is named in a message, to whoever asks it of that message."""

    def __init__(self, bot: Herdbook) -> None:
        self._tree = bot.tree
        self._menu: app_commands.ContextMenu = app_commands.ContextMenu(name=WHO_IS_NAMED, callback=self.who_is_named)

    async def cog_load(self) -> None:
        """Put it into the menu of messages."""
        self._tree.add_command(self._menu)

    async def who_is_named(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        """A card for each of those who are named."""
        ctx: Context = await interaction.client.get_context(interaction)
        try:
            ctx.bot.wait_for_turn(ctx.author, ctx.at)
            await ctx.bot.warm()
            reader = ctx.bot.reader
            await ctx.say(reply(reader.mentioned(_text(message)), reader, today()), private=True)
        except Exception as error:  # noqa: BLE001 - as discord.py does around a command
            await errors.explain(ctx, error)


def _text(message: discord.Message) -> str:
    """All that a message says, with what is quoted in it and shown under it."""
    parts = [message.content]
    for embed in message.embeds:
        parts += [
            embed.title or "",
            embed.description or "",
            *(f"{field.name}\n{field.value}" for field in embed.fields),
        ]
    parts += [part.content for part in message.message_snapshots]
    return "\n".join(filter(None, parts))
