"""The one way from a question to its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.answers import asking, claims, leaving, people, staying, tenure
from bot.questions import model as ask

if TYPE_CHECKING:
    from bot.answers.model import Answer
    from bot.facts.book import Book


def answer(question: ask.Question, book: Book) -> Answer:  # noqa: C901, PLR0911, PLR0912 - a table of kinds, one line each
    """Answer a question from a book, and from nothing else."""
    match question:
        case ask.Where():
            return people.where(question, book)
        case ask.Who():
            return people.who(question, book)
        case ask.When():
            return people.when(question, book)
        case ask.Tenure():
            return tenure.tenure(question, book)
        case ask.StillAt():
            return staying.still_at(question, book)
        case ask.Left():
            return leaving.left(question, book)
        case ask.At():
            return people.at(question, book)
        case ask.About():
            return claims.about(question, book)
        case ask.Disputed():
            return claims.disputed(book)
        case ask.Sources():
            return claims.sources(question, book)
        case ask.EvidenceFor():
            return claims.evidence_for(question, book)
        case ask.Help():
            return asking.how_to_ask(question)
        case ask.WhichOne():
            return asking.which_one(question, book)
        case ask.NotInBook():
            return asking.not_in_book(question, book)
        case ask.NotUnderstood():
            return asking.not_understood(question, book)
        case _:
            assert_never(question)
