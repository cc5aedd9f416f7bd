"""The button under an answer by which a member says that it is wrong, and where that can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import discord
from discord.ext import commands

from bot.chat.errors import explain_click
from bot.chat.forms import Form, typed
from bot.facts.model import LONGEST_TEXT
from bot.keeping import suggestions
from bot.keeping.suggestions import LONGEST_ADDRESS, Suggestion

if TYPE_CHECKING:
    from bot.chat.client import Herdbook

WRONG: Final = "wrong:"
"""What the `custom_id` of the button begins with; behind it stands whom the answer is about, so that it outlives restarts."""


def wrong_button(about: str) -> discord.ui.Button[Any]:
    """The button, which waits for nobody: `Doubting` hears every click."""
    return discord.ui.Button(label="Wrong?", custom_id=WRONG + about, style=discord.ButtonStyle.secondary, row=4)


def custom_id_of(interaction: discord.Interaction[Any]) -> str:
    """Which button was pressed or which form sent; nothing where it is neither."""
    data: Any = interaction.data or {}
    return str(data.get("custom_id", ""))


class Doubting(commands.Cog):
    """Opens the form when somebody presses the button, under whatever answer, however old."""

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction[Herdbook]) -> None:
        """Hear of every click; answer those on this button."""
        custom_id = custom_id_of(interaction)
        if interaction.type is discord.InteractionType.component and custom_id.startswith(WRONG):
            answer = as_it_was(interaction.message) if interaction.message else ""
            try:
                await interaction.response.send_modal(WhatIsWrong(custom_id.removeprefix(WRONG), answer))
            except discord.DiscordException as error:
                await explain_click(interaction, error)


class WhatIsWrong(Form, title="What is wrong?"):
    """What is wrong with an answer, and where that can be read."""

    text: discord.ui.Label[Any] = discord.ui.Label(
        text="What is wrong, and how is it?",
        component=discord.ui.TextInput(custom_id="text", style=discord.TextStyle.paragraph, max_length=LONGEST_TEXT),
    )
    address: discord.ui.Label[Any] = discord.ui.Label(
        text="Where can that be read?",
        description="An address on the web",
        component=discord.ui.TextInput(custom_id="address", placeholder="https://…", max_length=LONGEST_ADDRESS),
    )

    def __init__(self, about: str, answer: str) -> None:
        super().__init__()
        self.about = about
        self.answer = answer

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Take it, or say why not, privately."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        address = suggestions.check_address(typed(self.address))
        given = Suggestion(interaction.user.id, typed(self.text), address, self.about, self.answer)
        number = await suggestions.add(interaction.client.store, given)
        thanks = (
            f"Thank you, the keepers will read it as suggestion {number}. "
            "If you allow direct messages, you will be told what became of it."
        )
        await interaction.followup.send(thanks, ephemeral=True)


def as_it_was(message: discord.Message) -> str:
    """All that an answer said, without markup."""
    parts = [message.content]
    for embed in message.embeds:
        parts += [embed.description or "", *(f"{field.name}\n{field.value}" for field in embed.fields)]
        parts.append(embed.footer.text or "")
    return discord.utils.remove_markdown("\n".join(filter(None, parts))).strip()
