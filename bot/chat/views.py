"""Buttons under an answer: choosing who is meant, and turning pages, confirming. Usable by the asker alone, for a few minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import discord

from bot.chat.doubting import WRONG, custom_id_of, wrong_button
from bot.chat.errors import NotAKeeperError, explain_click
from bot.chat.pages import pages
from bot.chat.text import reply, today
from bot.questions.model import identifiers
from bot.questions.reader import Reading

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.answers.model import Choice
    from bot.chat.client import Herdbook
    from bot.chat.pages import Page
    from bot.chat.text import Reply

LIFETIME: Final = 180.0
"""Seconds that buttons wait; long enough to read a page, short enough to leave no dead buttons about."""
LONGEST_LABEL: Final = 80


def _is_wrong(item: discord.ui.Item[Any]) -> bool:
    """Whether an item is the button that says that an answer is wrong, which outlives the others."""
    return isinstance(item, discord.ui.Button) and (item.custom_id or "").startswith(WRONG)


class AskersView(discord.ui.View):
    """Buttons that only the asker may press, and that say so when their time is over."""

    expired: str | None = None
    """What is said when their time is over; None where they just go away."""

    def __init__(self, asker: discord.abc.User) -> None:
        super().__init__(timeout=LIFETIME)
        self.asker = asker
        self.message: discord.Message | None = None

    def sent(self, message: discord.Message | None) -> None:
        """Remember where the buttons are; wait for nothing where none of them does anything here."""
        self.message = message
        if all(map(_is_wrong, self.children)):
            self.stop()

    def offer(self, others: Sequence[Choice], *, embeds: bool) -> None:
        """Add a button that offers other questions, where there are any."""
        if others:
            self.add_item(OthersButton(others, embeds=embeds))

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Refuse everybody else, privately; that an answer is wrong, anybody may say."""
        if interaction.user.id == self.asker.id or custom_id_of(interaction).startswith(WRONG):
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
        waiting = [item for item in self.children if not _is_wrong(item)]
        if self.expired is None:
            for item in waiting:
                self.remove_item(item)
            await self._show(self if self.children else None)
            return
        for item in waiting:
            if isinstance(item, discord.ui.Button | discord.ui.Select):
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


class KeepersView(AskersView):
    """Buttons of a keeper, who must still be one when they are pressed."""

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Refuse everybody else. Raises NotAKeeperError for who was a keeper."""
        if not await super().interaction_check(interaction):
            return False
        if not await interaction.client.is_keeper(interaction.user):
            raise NotAKeeperError
        return True


class OthersButton(discord.ui.Button[AskersView]):
    """Offers what else the words may have asked, privately."""

    def __init__(self, others: Sequence[Choice], *, embeds: bool) -> None:
        super().__init__(label="Not what you meant?", style=discord.ButtonStyle.secondary, row=4)
        self.others = others
        self.embeds = embeds

    async def callback(self, interaction: discord.Interaction[Any], /) -> None:
        """Show the other questions as buttons."""
        view = Choices(self.others, interaction.user, embeds=self.embeds)
        await interaction.response.send_message("Did you mean one of these?", view=view, ephemeral=True)


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
            view.sent(interaction.message)


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


@dataclass(frozen=True, slots=True)
class Action:
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
        view = view_for(said, shown, self.asker, embeds=self.embeds)
        await interaction.edit_original_response(**shown[0], view=view)
        self.stop()
        if view:
            view.sent(interaction.message)

    @discord.ui.button(label="Leave it", style=discord.ButtonStyle.secondary, row=1)
    async def leave(self, interaction: discord.Interaction[Any], _button: discord.ui.Button[Confirm]) -> None:
        """Do nothing."""
        await interaction.response.edit_message(view=None)
        self.stop()


def view_for(said: Reply, shown: Sequence[Page], asker: discord.abc.User, *, embeds: bool) -> AskersView | None:
    """The buttons that a reply needs, if any."""
    view: AskersView
    if said.choices:
        view = Choices(said.choices, asker, embeds=embeds)
    else:
        view = Pages(shown, asker) if len(shown) > 1 else AskersView(asker)
        view.offer(said.others, embeds=embeds)
    if said.can_be_wrong:
        view.add_item(wrong_button(said.about))
    return view if view.children else None
