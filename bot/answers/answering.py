"""The one way from a question to its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from msgspec.structs import replace

from bot.answers import (
    asking,
    auditing,
    claims,
    going,
    leaving,
    mentions,
    people,
    ranking,
    selecting,
    staying,
    talking,
    tenure,
    timeline,
)
from bot.answers.model import Answer, Section, Status, section
from bot.answers.relating import related
from bot.answers.restating import restated
from bot.english import sentence
from bot.questions import model as ask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.facts.book import Book


def answer(question: ask.Question, book: Book) -> Answer:
    """Answer a question from a book, and from nothing else."""
    return replace(_answer(question, book), related=related(question, book))


def _answer(question: ask.Question, book: Book) -> Answer:  # noqa: C901, PLR0911, PLR0912 - a table of kinds, one line each
    match question:
        case ask.Where():
            return people.where(question, book)
        case ask.Who():
            return people.who(question, book)
        case ask.When():
            return people.when(question, book)
        case ask.Since():
            return people.since(question, book)
        case ask.Role():
            return people.role(question, book)
        case ask.Tenure():
            return tenure.tenure(question, book)
        case ask.Those():
            return selecting.those(question, book)
        case ask.Whether():
            return selecting.whether(question, book)
        case ask.Proportion():
            return selecting.proportion(question, book)
        case ask.Ranking():
            return ranking.ranking(question, book)
        case ask.Average():
            return ranking.average(question, book)
        case ask.Destinations():
            return going.destinations(question, book)
        case ask.Timeline():
            return timeline.timeline(question, book)
        case ask.Told():
            return claims.told(question, book)
        case ask.Audit():
            return auditing.audit(question, book)
        case ask.SmallTalk():
            return talking.small_talk(question, book)
        case ask.Why(about):
            return unexplained(about, answer(about, book))
        case ask.Several(questions):
            return together([answer(each, book) for each in questions], [restated(each, book) for each in questions])
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
        case ask.Mentioned():
            return mentions.mentioned(question, book)
        case ask.Help():
            return asking.how_to_ask(question)
        case ask.WhichOne(choices):
            return agreed([answer(each, book) for each in choices]) or asking.which_one(question, book)
        case ask.NotInBook():
            return asking.not_in_book(question, book)
        case ask.NotUnderstood():
            return asking.not_understood(question, book)
        case _:
            assert_never(question)


def unexplained(about: ask.Question, found: Answer) -> Answer:
    """No reason is given for what is known, which is told; and there is none for what is not so."""
    if found.text.startswith("No: ") and isinstance(about, ask.Whether):
        return found
    fact = found.text.removeprefix("Yes: ").removeprefix("No: ")
    told = [sentence(fact)] if found.status is Status.ANSWERED else []
    said = section("What they do say", told)
    return Answer(Status.NOT_STATED, "The sources do not say why.", said, found.notes, found.evidence)


def agreed(answers: Sequence[Answer]) -> Answer | None:
    """The one answer that several readings come to; None where they differ."""
    said = {(found.status, found.text) for found in answers}
    return answers[0] if len(answers) > len(said) == 1 else None


def together(answers: Sequence[Answer], asked: Sequence[str]) -> Answer:
    """Several answers as one, in their order, each under what it answers."""
    sections = []
    for found, question in zip(answers, asked, strict=True):
        first = Section(sentence(question), (found.text,))
        sections += [first, *found.sections]
    statuses = {found.status for found in answers}
    return Answer(
        statuses.pop() if len(statuses) == 1 else Status.ANSWERED,
        f"You asked {len(answers)} things.",
        tuple(sections),
        tuple(dict.fromkeys(note for found in answers for note in found.notes)),
        tuple(dict.fromkeys(item for found in answers for item in found.evidence)),
    )
