"""The keepers' list of what members say is wrong: one at a time, to accept or decline with a word of why."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import discord

from bot.answers.model import Section
from bot.chat.errors import NotAKeeperError
from bot.chat.forms import Form, typed
from bot.chat.pages import pages
from bot.chat.reports import named
from bot.chat.text import Reply
from bot.chat.views import KeepersView, Pages
from bot.keeping import suggestions
from bot.keeping.suggestions import Status, Suggestion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.chat.client import Herdbook

LONGEST_WHY = 300


class Suggestions(KeepersView, Pages):
    """Turns the pages of the open suggestions, and decides the one that is shown."""

    expired = "Time is up; ask again to decide"

    def __init__(self, found: Sequence[Suggestion], asker: discord.abc.User, *, embeds: bool) -> None:
        self.embeds = embeds
        self._lay_out(found)
        super().__init__(self.shown, asker)

    def _lay_out(self, found: Sequence[Suggestion]) -> None:
        """Give each suggestion the pages that it needs."""
        self.found = found
        leaves = [(one, page) for at, one in enumerate(found) for page in pages(report(found, at), embeds=self.embeds)]
        self.on_page = [one for one, _ in leaves]
        self.shown = [page for _, page in leaves]

    @discord.ui.button(label="Accept", style=discord.ButtonStyle.success)
    async def accept(self, interaction: discord.Interaction[Herdbook], _button: discord.ui.Button[Suggestions]) -> None:
        """Ask why, accept it and draft its YAML."""
        await interaction.response.send_modal(Why(self, self.on_page[self.at], Status.ACCEPTED))

    @discord.ui.button(label="Decline", style=discord.ButtonStyle.danger)
    async def decline(
        self, interaction: discord.Interaction[Herdbook], _button: discord.ui.Button[Suggestions]
    ) -> None:
        """Ask why, and decline it."""
        await interaction.response.send_modal(Why(self, self.on_page[self.at], Status.DECLINED))

    async def decided(self, interaction: discord.Interaction[Any], suggestion: Suggestion) -> None:
        """Show the next one, or that there is none."""
        self._lay_out([one for one in self.found if one != suggestion])
        if self.shown:
            self._open(self.at)
            await interaction.edit_original_response(**self.shown[self.at], view=self)
        else:
            await interaction.edit_original_response(**pages(report(()), embeds=self.embeds)[0], view=None)
            self.stop()


class Why(Form):
    """A word of why, for the member and the log; then the decision is taken."""

    why: discord.ui.Label[Any] = discord.ui.Label(
        text="Why? The member will read it.", component=discord.ui.TextInput(custom_id="why", max_length=LONGEST_WHY)
    )

    def __init__(self, listing: Suggestions, suggestion: Suggestion, status: Status) -> None:
        super().__init__(title="Accept" if status is Status.ACCEPTED else "Decline")
        self.listing = listing
        self.suggestion = suggestion
        self.status = status

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Decide, tell the member, and hand over the draft of what was accepted."""
        bot, suggestion = interaction.client, self.suggestion
        if not await bot.is_keeper(interaction.user):
            raise NotAKeeperError
        why = typed(self.why)
        await interaction.response.defer()
        by = named(interaction.user)
        await suggestions.decide(bot.store, suggestion, self.status, by, why)
        await self.listing.decided(interaction, suggestion)
        await bot.announce(suggestions.entry(suggestion, self.status, by, why))
        told = await _tell(bot, suggestion, self.status, why)
        text = (
            f"Suggestion {suggestion.number} is {self.status}, and the member {'was' if told else 'could not be'} told."
        )
        if self.status is Status.DECLINED:
            await interaction.followup.send(text, ephemeral=True)
            return
        file = discord.File(io.BytesIO(suggestions.draft(suggestion).encode()), f"suggestion-{suggestion.number}.yaml")
        await interaction.followup.send(f"{text} Complete this and put it among the facts:", file=file, ephemeral=True)


def report(found: Sequence[Suggestion], at: int = 0) -> Reply:
    """One of the open suggestions, with the answer as it was."""
    if not found:
        return Reply("suggestions", "No suggestion is open.")
    one = found[at]
    return Reply(
        "suggestions",
        f"Suggestion {one.number}, {at + 1} of {len(found)} that are open:",
        (
            Section("What is wrong", tuple(filter(str.strip, one.text.splitlines()))),
            Section("Where that can be read", (one.address,)),
            Section(
                "The answer as it was",
                tuple(line.removeprefix("• ") for line in one.answer.splitlines() if line.strip()),
            ),
        ),
        (f"Sent on {one.at:%Y-%m-%d} by the member {one.author}",),
    )


async def _tell(bot: Herdbook, suggestion: Suggestion, status: Status, why: str) -> bool:
    """Whether the member who wrote could be told."""
    said = Reply(
        "decided",
        f"What you wrote about an answer was {status}. Thank you.",
        (
            Section("You wrote", tuple(filter(str.strip, suggestion.text.splitlines()))),
            Section("The keepers say", (why,)),
        ),
    )
    (shown, *_) = pages(said, embeds=True)
    try:
        author = await bot.fetch_user(suggestion.author)
        await author.send(embed=shown["embed"] or discord.utils.MISSING)
    except discord.HTTPException:
        return False
    return True
