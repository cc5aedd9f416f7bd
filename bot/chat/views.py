"""Buttons under a report to keepers: turning pages and confirming. Usable by who asked alone, for a few minutes."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Final

import discord
from msgspec import Struct

from bot.chat.errors import NotAKeeperError, explain_click
from bot.chat.pages import pages
from bot.chat.text import Reply

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.chat.client import Herdbook
    from bot.chat.pages import Page

LIFETIME: Final = 180.0
"""Seconds that buttons wait; long enough to read a page, short enough to leave no dead buttons about."""


class AskersView(discord.ui.View):
    """Buttons that only the asker may press, and that say so when their time is over."""

    expired: str
    """What is said when their time is over."""

    def __init__(self, asker: discord.abc.User) -> None:
        super().__init__(timeout=LIFETIME)
        self.asker = asker
        self.message: discord.Message | None = None

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Refuse everybody else, privately."""
        if interaction.user.id == self.asker.id:
            return True
        await interaction.response.send_message(
            "These buttons are for whoever asked; ask me yourself to get your own.", ephemeral=True
        )
        return False

    async def on_error(self, interaction: discord.Interaction[Any], error: Exception, item: Any, /) -> None:  # noqa: ARG002 - as discord.py calls it
        """Errors become words in one place."""
        await explain_click(interaction, error)

    async def on_timeout(self) -> None:
        """Leave the words, switch the buttons off and say why."""
        for item in self.children:
            if isinstance(item, discord.ui.Button | discord.ui.Select):
                item.disabled = True
        over: discord.ui.Button[AskersView] = discord.ui.Button(label=self.expired, disabled=True, row=4)
        self.add_item(over)
        if self.message:
            with contextlib.suppress(discord.HTTPException):  # the message was taken away, or the channel was
                await self.message.edit(view=self)


class KeepersView(AskersView):
    """Buttons of a keeper, who must still be one when they are pressed."""

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Refuse everybody else. Raises NotAKeeperError for who was a keeper."""
        if not await super().interaction_check(interaction):
            return False
        if not await interaction.client.is_keeper(interaction.user):
            raise NotAKeeperError
        return True


class Pages(AskersView):
    """Turns the pages of a long answer."""

    expired = "Time is up; ask again to turn pages"

    def __init__(self, shown: Sequence[Page], asker: discord.abc.User) -> None:
        super().__init__(asker)
        self.shown = shown
        self._open(0)

    @discord.ui.button(label="Back", style=discord.ButtonStyle.secondary)
    async def back(self, interaction: discord.Interaction[Any], _button: discord.ui.Button[Pages]) -> None:
        """One page back."""
        await self._turn(interaction, -1)

    @discord.ui.button(label="Next", style=discord.ButtonStyle.secondary)
    async def forward(self, interaction: discord.Interaction[Any], _button: discord.ui.Button[Pages]) -> None:
        """One page on."""
        await self._turn(interaction, 1)

    async def _turn(self, interaction: discord.Interaction[Any], by: int) -> None:
        self._open(self.at + by)
        await interaction.response.edit_message(**self.shown[self.at], view=self)

    def _open(self, at: int) -> None:
        """Be at a page, or at the nearest that there is."""
        self.at = min(max(at, 0), len(self.shown) - 1)
        self.back.disabled = self.at == 0
        self.forward.disabled = self.at == len(self.shown) - 1


class Action(Struct, frozen=True):
    """What a keeper is asked to confirm: the button's label, and what it does, given who pressed it."""

    label: str
    do: Callable[[discord.abc.User], Awaitable[Reply]]


class Confirm(KeepersView, Pages):
    """The pages of what a keeper is about to do, and a button that does it."""

    expired = "Time is up; ask again to confirm"

    def __init__(self, shown: Sequence[Page], asker: discord.abc.User, action: Action, *, embeds: bool) -> None:
        super().__init__(shown, asker)
        self.action = action
        self.embeds = embeds
        self.confirm.label = action.label
        if len(shown) == 1:
            self.remove_item(self.back).remove_item(self.forward)

    @discord.ui.button(label="Confirm", style=discord.ButtonStyle.danger, row=1)
    async def confirm(self, interaction: discord.Interaction[Herdbook], _button: discord.ui.Button[Confirm]) -> None:
        """Do it, and say in place of the question what came of it."""
        await interaction.response.defer()
        said = await self.action.do(interaction.user)
        shown = pages(said, embeds=self.embeds)
        view = Pages(shown, self.asker) if len(shown) > 1 else None
        await interaction.edit_original_response(**shown[0], view=view)
        self.stop()
        if view:
            view.message = interaction.message

    @discord.ui.button(label="Leave it", style=discord.ButtonStyle.secondary, row=1)
    async def leave(self, interaction: discord.Interaction[Any], _button: discord.ui.Button[Confirm]) -> None:
        """Do nothing."""
        await interaction.response.edit_message(view=None)
        self.stop()
