"""The form by which a member says that an answer is wrong, and where that can be read."""

from __future__ import annotations

from typing import Any

import discord

from bot.chat.forms import Form, typed
from bot.facts.model import LONGEST_TEXT
from bot.keeping import suggestions
from bot.keeping.suggestions import LONGEST_ADDRESS, Suggestion


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
