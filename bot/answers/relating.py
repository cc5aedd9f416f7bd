"""What may be asked next, once something is answered: a new kind of question that leads on is offered here."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from bot.answers.model import Choice
from bot.facts.model import UNKNOWN, Organisation, Person, Topic
from bot.facts.presence import current_stints
from bot.questions.model import (
    About,
    At,
    Destinations,
    EvidenceFor,
    Left,
    StillAt,
    Tenure,
    Those,
    Timeline,
    subject,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.facts.book import Book
    from bot.questions.model import Question

MOST_RELATED: Final = 3


def related(question: Question, book: Book) -> tuple[Choice, ...]:
    """Questions about whom or what a question is about, and about who is there; the likeliest first."""
    entity = book.entities.get(subject(question) or "")
    match entity:
        case Person():
            found = [_timeline(), *_source(entity, book), *_who_else(entity, book)]
        case Organisation():
            found = [*_who_is_there(entity, book), *_what_is_said(entity, book), *_source(entity, book)]
        case Topic():
            found = [*_what_is_said(entity, book), *_source(entity, book)]
        case _ if isinstance(question, Left | StillAt | Tenure | Destinations | Those):
            found = [_timeline()]
        case _:
            found = []
    return tuple(dict.fromkeys(choice for choice in found if choice.question != question))[:MOST_RELATED]


def _timeline() -> Choice:
    return Choice("Timeline", Timeline())


def _source(entity: Person | Organisation | Topic, book: Book) -> Iterator[Choice]:
    facts = entity.stints if isinstance(entity, Person) else entity.description
    if facts or book.claims_about(entity.id):
        yield Choice("Source", EvidenceFor(entity.id))


def _who_else(person: Person, book: Book) -> Iterator[Choice]:
    """Who is where somebody is now: at the smallest part of it that has anybody else."""
    for stint in current_stints(person.stints):
        if stint.organisation != UNKNOWN:
            shared = (place for place in book.wholes(stint.organisation) if len(_people_at(place, book)) > 1)
            for place in islice(shared, 1):
                yield Choice(f"Who else is at {book.organisations[place].name}?", At(place))


def _who_is_there(organisation: Organisation, book: Book) -> Iterator[Choice]:
    if _people_at(organisation.id, book):
        yield Choice(f"Who is at {organisation.name}?", At(organisation.id))


def _what_is_said(entity: Organisation | Topic, book: Book) -> Iterator[Choice]:
    if entity.description or book.claims_about(entity.id):
        yield Choice(f"What is said about {entity.name}?", About(entity.id))


def _people_at(organisation: str, book: Book) -> list[Person]:
    """Those who are at an organisation or a part of it now."""
    return [
        person
        for person in book.people_within(organisation)
        if current_stints(book.stints_within(person, organisation))
    ]
