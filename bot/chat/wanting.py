"""What members ask in vain: which questions count, and the list that keepers work on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import discord

from bot.answers.model import Section, Status, section
from bot.chat.pages import pages
from bot.chat.text import Reply
from bot.chat.views import KeepersView
from bot.english import plural
from bot.keeping import wanted
from bot.keeping.wanted import Kind
from bot.names.folding import fold
from bot.questions.model import NotInBook, NotUnderstood, subject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.chat.client import Herdbook
    from bot.facts.book import Book
    from bot.keeping.store import Store
    from bot.keeping.wanted import Wanted
    from bot.questions.model import Question

MOST_SHOWN: Final = 6
"""Entries of a kind that are listed; however long, two kinds of them fit on a page, and into a menu of Discord's."""
_NAMES: Final = ("person", "organisation")


def in_vain(question: Question, status: str, book: Book) -> tuple[str, Kind] | None:
    """The folded words that the book could not answer, and what they seem to be; None where it could."""
    match question:
        case NotInBook(typed=typed, wanted=kind):
            return fold(typed), Kind.NAME if kind in _NAMES else Kind.TOPIC
        case NotUnderstood(leftover=leftover):
            return (fold(leftover), Kind.TOPIC) if leftover else None
        case _ if status == Status.NOT_STATED and (entity := book.entities.get(subject(question) or "")):
            return fold(f"{type(question).__name__} {entity.name}"), Kind.TOPIC
        case _:
            return None


class WantedList(KeepersView):
    """The most wanted, with a menu to pick one, and buttons for what is picked."""

    expired = "Time is up; ask again to sort"

    def __init__(self, entries: Sequence[Wanted], asker: discord.abc.User, *, embeds: bool) -> None:
        super().__init__(asker)
        self.embeds = embeds
        self.picked: Wanted | None = None
        self._fill(entries)

    def _fill(self, entries: Sequence[Wanted]) -> None:
        self.entries = entries
        if entries:
            self.pick.options = [  # type: ignore[assignment]  # mypy cannot see through discord.py's decorator
                discord.SelectOption(
                    label=entry.text, value=entry.text, description=_entry(entry), default=entry == self.picked
                )
                for entry in entries
            ]
        else:
            self.clear_items()
        self.not_a_name.disabled = self.picked is None or self.picked.kind is not Kind.NAME
        self.forget.disabled = self.picked is None

    @discord.ui.select(placeholder="Pick one", options=[])
    async def pick(self, interaction: discord.Interaction[Herdbook], menu: discord.ui.Select[WantedList]) -> None:
        """Remember which one is meant."""
        self.picked = next(entry for entry in self.entries if entry.text == menu.values[0])
        self._fill(self.entries)
        await interaction.response.edit_message(view=self)

    @discord.ui.button(label="Not a name", style=discord.ButtonStyle.secondary)
    async def not_a_name(
        self, interaction: discord.Interaction[Herdbook], _button: discord.ui.Button[WantedList]
    ) -> None:
        """Put what is picked among the topics, now and whenever it is asked."""
        await interaction.response.defer()
        if self.picked:
            await wanted.is_topic(interaction.client.store, self.picked.text)
        await self._renew(interaction)

    @discord.ui.button(label="Forget", style=discord.ButtonStyle.danger)
    async def forget(self, interaction: discord.Interaction[Herdbook], _button: discord.ui.Button[WantedList]) -> None:
        """Take what is picked out."""
        await interaction.response.defer()
        if self.picked:
            await wanted.forget(interaction.client.store, self.picked.text)
        await self._renew(interaction)

    async def _renew(self, interaction: discord.Interaction[Herdbook]) -> None:
        self.picked = None
        self._fill(await most_wanted(interaction.client.store))
        (first, *_) = pages(report(self.entries, interaction.client.wishes.days), embeds=self.embeds)
        await interaction.edit_original_response(**first, view=self)


async def most_wanted(store: Store) -> list[Wanted]:
    """The most asked names, and then the most asked topics. Raises StoreError."""
    return [entry for kind in Kind for entry in await wanted.most_wanted(store, kind, MOST_SHOWN)]


def report(entries: Sequence[Wanted], days: int) -> Reply:
    """What is wanted, names and topics apart."""
    if not days:
        return Reply("wanted", "What members ask in vain is not kept here; the setting `WANTED_DAYS` says so.")
    if not entries:
        return Reply("wanted", "Nothing is wanted: the book answered all that was asked, or nobody asked.")
    sections: list[Section] = []
    for title, kind in (("Names", Kind.NAME), ("Topics", Kind.TOPIC)):
        sections += section(title, (f"{entry.text}: {_entry(entry)}" for entry in entries if entry.kind is kind))
    return Reply("wanted", f"Asked in vain within the last {plural(days, 'day')}:", tuple(sections))


def _entry(entry: Wanted) -> str:
    return f"asked {plural(entry.count, 'time')}, last on {entry.last:%Y-%m-%d}"
