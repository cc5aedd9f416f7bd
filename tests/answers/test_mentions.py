"""The cards of those whom a text names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers import answer
from bot.questions.model import About, Mentioned

if TYPE_CHECKING:
    from bot.questions.reader import Reader


def test_a_topic_has_a_card_of_what_is_said(reader: Reader) -> None:
    """A button may name as somebody what a newer book has as a topic."""
    card = answer(Mentioned(("great-bell",)), reader.book)
    assert card.sections[0].title == "Great Bell"
    assert card.sections[0].lines[0] == answer(About("great-bell"), reader.book).text
