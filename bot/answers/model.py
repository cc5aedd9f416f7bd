"""What an answer is: what kind it is, what is said, and what that rests on."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from bot.charts import Chart
from bot.facts.model import Evidence
from bot.questions.model import Question

if TYPE_CHECKING:
    from collections.abc import Iterable


class Status(StrEnum):
    """The kinds of answer; each says something different, and none of them guesses."""

    ANSWERED = "answered"
    NOT_STATED = "not stated"
    CANNOT_TELL = "cannot tell"
    DISPUTED = "disputed"
    WHICH_ONE = "which one?"
    NOT_IN_BOOK = "not in the book"
    NOT_UNDERSTOOD = "not understood"
    SMALL_TALK = "small talk"


class Section(Struct, frozen=True):
    """Lines that belong together, under a title or none."""

    title: str
    lines: tuple[str, ...]


def section(title: str, lines: Iterable[str]) -> tuple[Section, ...]:
    """A section, or none where there are no lines."""
    found = tuple(lines)
    return (Section(title, found),) if found else ()


class Choice(Struct, frozen=True):
    """A button: what it says, and the question that it carries."""

    label: str
    question: Question


class Answer(Struct, frozen=True):
    """An answer in plain text, without markup but for `code` in backticks.

    `text` is the sentence that answers; `sections` are its details; `notes` say how it was come by. `choices` are what may
    have been asked, where that is not clear, and `related` what may be asked next.
    """

    status: Status
    text: str
    sections: tuple[Section, ...] = ()
    notes: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    choices: tuple[Choice, ...] = ()
    picture: Chart | None = None
    related: tuple[Choice, ...] = ()
