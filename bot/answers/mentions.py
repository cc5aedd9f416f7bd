"""The answer about whoever and whatever a text names: a short card for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.answers import claims, people, wording
from bot.answers.model import Answer, Section, Status
from bot.english import listed, sentence
from bot.facts.presence import departure
from bot.questions.model import About, At, Where

if TYPE_CHECKING:
    from bot.facts.book import Book
    from bot.questions.model import Mentioned

MOST_CARDS: Final = 5
"""Cards of one answer: as many as a person reads."""


def mentioned(question: Mentioned, book: Book) -> Answer:
    """A card for each of those who are named, in their order."""
    if not question.entities:
        return Answer(Status.NOT_IN_BOOK, "Nobody of the book is named here, and no organisation of it.")
    cards = [_card(entity, book) for entity in question.entities[:MOST_CARDS]]
    names = [book.entities[entity].name for entity in question.entities]
    more = (f"Named too: {listed(names[MOST_CARDS:])}.",) if names[MOST_CARDS:] else ()
    return Answer(
        Status.ANSWERED,
        f"Named here: {listed(names[:MOST_CARDS])}.",
        tuple(
            Section(name, (card.text, *(line for part in card.sections for line in part.lines)))
            for name, card in zip(names, cards, strict=False)
        ),
        more,
        tuple(dict.fromkeys(item for card in cards for item in card.evidence)),
    )


def _card(entity: str, book: Book) -> Answer:
    """Where somebody is and when they left, who is at an organisation, or what is said about anything else."""
    if entity in book.organisations:
        return people.at(At(entity), book)
    if entity not in book.people:
        return claims.about(About(entity), book)
    person = book.people[entity]
    found = people.where(Where(entity), book)
    gone = departure(book, person)
    left = (Section("", (sentence(f"{wording.left(book, gone)}."),)),) if gone else ()
    return Answer(
        found.status, found.text, left, evidence=(*found.evidence, *wording.evidence_of([gone.stint] if gone else []))
    )
