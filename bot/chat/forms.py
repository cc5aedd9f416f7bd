"""Forms that open over a chat: what every one of them does alike."""

from __future__ import annotations

from typing import Any

import discord

from bot.chat.errors import explain_click


class Form(discord.ui.Modal):
    """A form whose errors become words."""

    async def on_error(self, interaction: discord.Interaction[Any], error: Exception, /) -> None:  # type: ignore[override]  # as discord.py calls it
        """Errors become words in one place."""
        await explain_click(interaction, error)


def typed(field: discord.ui.Label[Any]) -> str:
    """What was typed into the text input of a label, without what PostgreSQL cannot hold."""
    return str(field.component.value).replace("\0", "").strip()  # type: ignore[attr-defined]  # a label does not say what it holds
