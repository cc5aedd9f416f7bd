"""Buttons under an answer: choosing who is meant, and turning pages. Usable by the asker alone, for a few minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import discord

from bot.chat.errors import explain_click
from bot.chat.pages import pages
from bot.chat.text import reply, today
from bot.questions.model import identifiers
from bot.questions.reader import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answers.model import Choice
    from bot.chat.client import Herdbook
    from bot.chat.pages import Page
    from bot.chat.text import Reply

LIFETIME: Final = 180.0
"""Seconds that buttons wait; long enough to read a page, short enough to leave no dead buttons about."""
LONGEST_LABEL: Final = 80


class AskersView(discord.ui.View):
    """Buttons that only the asker may press, and that say so when their time is over."""

    expired: str | None
    """What is said when their time is over; None where they just go away."""

    def __init__(self, asker: discord.abc.User) -> None:
        super().__init__(timeout=LIFETIME)
        self.asker = asker
        self.message: discord.Message | None = None

    def doubt(self, others: Sequence[Choice], *, embeds: bool) -> None:
        """Add a button that offers other questions, where there are any."""
        if others:
            self.add_item(DoubtButton(others, embeds=embeds))

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
        """Leave the answer, switch the buttons off and say why, or take them away."""
        if self.expired is None:
            await self._show(None)
            return
        for item in self.children:
            if isinstance(item, discord.ui.Button):
                item.disabled = True
        over: discord.ui.Button[AskersView] = discord.ui.Button(label=self.expired, disabled=True, row=4)
        self.add_item(over)
        await self._show(self)

    async def _show(self, view: AskersView | None) -> None:
        if self.message:
            try:
                await self.message.edit(view=view)
            except discord.HTTPException:
                return  # the answer was taken away, or the channel was


class DoubtButton(discord.ui.Button[AskersView]):
    """Offers what else the words may have asked, privately."""

    def __init__(self, others: Sequence[Choice], *, embeds: bool) -> None:
        super().__init__(label="Not what you meant?", style=discord.ButtonStyle.secondary, row=1)
        self.others = others
        self.embeds = embeds

    async def callback(self, interaction: discord.Interaction[Any], /) -> None:
        """Show the other questions as buttons."""
        view = Choices(self.others, interaction.user, embeds=self.embeds)
        await interaction.response.send_message("Did you mean one of these?", view=view, ephemeral=True)


class Doubt(AskersView):
    """Nothing but the button that offers what else may have been meant."""

    expired = None


class ChoiceButton(discord.ui.Button["Choices"]):
    """A button that carries a question."""

    def __init__(self, choice: Choice, label: str) -> None:
        super().__init__(label=label, style=discord.ButtonStyle.primary)
        self.choice = choice

    async def callback(self, interaction: discord.Interaction[Any], /) -> None:
        """Answer in place of the buttons."""
        if self.view:
            await self.view.choose(self.choice, interaction)


class Choices(AskersView):
    """A button for each question that may have been meant; the answer takes the place of the buttons."""

    expired = "Time is up; ask again to choose"

    def __init__(self, choices: Sequence[Choice], asker: discord.abc.User, *, embeds: bool) -> None:
        super().__init__(asker)
        self.embeds = embeds
        for choice in choices:
            label = choice.label[:1].upper() + choice.label[1:]
            self.add_item(ChoiceButton(choice, label[:LONGEST_LABEL]))

    async def choose(self, choice: Choice, interaction: discord.Interaction[Herdbook]) -> None:
        """Answer the chosen question, from the book of this moment."""
        reader = interaction.client.reader
        if not identifiers(choice.question) <= reader.book.entities.keys() | reader.book.claims.keys():
            text = f"The book no longer has {choice.label}; it changed since you asked."
            await interaction.response.send_message(text, ephemeral=True)
            return
        said = reply(Reading(choice.question), reader, today())
        shown = pages(said, embeds=self.embeds)
        view = view_for(said, shown, self.asker, embeds=self.embeds)
        await interaction.response.edit_message(**shown[0], view=view)
        self.stop()
        if view:
            view.message = interaction.message


class Pages(AskersView):
    """Turns the pages of a long answer."""

    expired = "Time is up; ask again to turn pages"

    def __init__(self, shown: Sequence[Page], asker: discord.abc.User) -> None:
        super().__init__(asker)
        self.shown = shown
        self.at = 0
        self._mark_ends()

    @discord.ui.button(label="Back", style=discord.ButtonStyle.secondary)
    async def back(self, interaction: discord.Interaction[Any], _button: discord.ui.Button[Pages]) -> None:
        """One page back."""
        await self._turn(interaction, -1)

    @discord.ui.button(label="Next", style=discord.ButtonStyle.secondary)
    async def forward(self, interaction: discord.Interaction[Any], _button: discord.ui.Button[Pages]) -> None:
        """One page on."""
        await self._turn(interaction, 1)

    async def _turn(self, interaction: discord.Interaction[Any], by: int) -> None:
        self.at = min(max(self.at + by, 0), len(self.shown) - 1)
        self._mark_ends()
        await interaction.response.edit_message(**self.shown[self.at], view=self)

    def _mark_ends(self) -> None:
        self.back.disabled = self.at == 0
        self.forward.disabled = self.at == len(self.shown) - 1


def view_for(said: Reply, shown: Sequence[Page], asker: discord.abc.User, *, embeds: bool) -> AskersView | None:
    """The buttons that a reply needs, if any."""
    if said.choices:
        return Choices(said.choices, asker, embeds=embeds)
    view = Pages(shown, asker) if len(shown) > 1 else Doubt(asker)
    view.doubt(said.others, embeds=embeds)
    return view if view.children else None
