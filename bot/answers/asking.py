"""Answers that ask back, and help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.model import Answer, Choice, Section, Status
from bot.answers.restating import restated
from bot.english import listed
from bot.questions.model import subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.facts.book import Book
    from bot.questions.model import Help, NotInBook, NotUnderstood, Question, WhichOne


def which_one(question: WhichOne, book: Book) -> Answer:
    """Several fit: ask which is meant."""
    choices = _choices(question.choices, book, _name)
    labels = [choice.label for choice in choices]
    if len(set(labels)) < len(labels):
        choices = _choices(question.choices, book, restated)
        labels = [choice.label for choice in choices]
    text = f"Which one do you mean: {listed(labels, 'or')}?"
    if len(labels) == 1:
        (text,) = _did_you_mean(choices)
    return Answer(Status.WHICH_ONE, text, choices=choices)


def not_in_book(question: NotInBook, book: Book) -> Answer:
    """Nobody fits: say so, and offer who looks near as a question."""
    choices = _choices(question.near, book, _name)
    called = f"called “{question.typed}”" if question.typed else "of that name"
    text = f"The book has no {question.wanted} {called}."
    return Answer(Status.NOT_IN_BOOK, text, notes=_did_you_mean(choices), choices=choices)


def not_understood(question: NotUnderstood, book: Book) -> Answer:
    """Say what was understood, what was not, and how to ask."""
    understood = f"I understood {listed(question.understood)}" if question.understood else ""
    leftover = f"I know nothing about “{question.leftover}”" if question.leftover else ""
    text = "; ".join(filter(None, [understood, leftover])) or "I do not understand that: whom or what do you mean"
    choices = _choices(question.near, book, restated)
    notes = (*filter(None, [question.hint]), *_did_you_mean(choices))
    end = "?" if not understood and not leftover else "."
    return Answer(Status.NOT_UNDERSTOOD, f"{text}{end}", notes=notes, choices=choices)


def _did_you_mean(choices: tuple[Choice, ...]) -> tuple[str, ...]:
    labels = [choice.label for choice in choices]
    return (f"Did you mean {listed(labels, 'or')}?",) if labels else ()


def how_to_ask(question: Help) -> Answer:
    """The commands in their groups, or how one of them is used."""
    if len(question.manuals) == 1:
        (manual,) = question.manuals
        return Answer(
            Status.ANSWERED, f"`{manual.usage}`: {manual.summary}.", notes=(f"For example `{manual.example}`",)
        )
    groups = dict.fromkeys(manual.group for manual in question.manuals)
    sections = tuple(
        Section(
            group,
            tuple(
                f"`{manual.example}` – {manual.summary[:1].lower()}{manual.summary[1:]}"
                for manual in question.manuals
                if manual.group == group
            ),
        )
        for group in groups
    )
    return Answer(Status.ANSWERED, "You can ask me this; slash commands and mentions work too.", sections)


def _choices(questions: Iterable[Question], book: Book, label: Callable[[Question, Book], str]) -> tuple[Choice, ...]:
    return tuple(Choice(label(question, book), question) for question in questions)


def _name(question: Question, book: Book) -> str:
    """Whom a question is about; the whole question, where that is more than one or nobody."""
    entity = subject(question)
    return book.entities[entity].name if entity else restated(question, book)
