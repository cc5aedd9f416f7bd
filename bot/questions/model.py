"""The kinds of question. Entities are named by identifier, so that a question means the same in every book that has them.

The last three are what words come to that are no question yet: they are answered too, by asking back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.facts.dates import Date


@dataclass(frozen=True, slots=True)
class Where:
    """Where somebody is now, and in what role."""

    person: str


@dataclass(frozen=True, slots=True)
class Who:
    """Everything that the book says of somebody."""

    person: str


@dataclass(frozen=True, slots=True)
class StillAt:
    """Who of the cohort is still at the book's home, or whether one person is; now, or on a date."""

    person: str | None = None
    on: Date | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """Who of the cohort left the book's home: whenever or within a date, to anywhere or to one organisation."""

    when: Date | None = None
    to: str | None = None


@dataclass(frozen=True, slots=True)
class At:
    """Who is at an organisation."""

    organisation: str


@dataclass(frozen=True, slots=True)
class When:
    """When somebody left the book's home."""

    person: str


@dataclass(frozen=True, slots=True)
class Tenure:
    """How long somebody was at the book's home, or how long all of the cohort were."""

    person: str | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What the sources claim about a topic, an organisation or a person."""

    entity: str


@dataclass(frozen=True, slots=True)
class Disputed:
    """Every claim that another disputes."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What the book was made from: all sources, or one."""

    source: str | None = None


@dataclass(frozen=True, slots=True)
class EvidenceFor:
    """Where in the sources the facts about somebody or something stand."""

    entity: str


@dataclass(frozen=True, slots=True)
class Manual:
    """How one command is used."""

    usage: str
    summary: str
    example: str
    group: str


@dataclass(frozen=True, slots=True)
class Help:
    """What can be asked. One manual explains one command; several are listed."""

    manuals: tuple[Manual, ...]


@dataclass(frozen=True, slots=True)
class WhichOne:
    """Several fit what was typed; each choice is the whole question with one of them in it."""

    choices: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class NotInBook:
    """Nobody and nothing of the wanted kind fits what was typed. `near` are questions with those who look alike."""

    typed: str
    wanted: str
    near: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Words are left over, missing or of the wrong kind. `hint` is a sentence that says how to ask."""

    understood: tuple[str, ...] = ()
    leftover: str = ""
    hint: str = ""
    near: tuple[Question, ...] = ()


Question = (
    Where
    | Who
    | StillAt
    | Left
    | At
    | When
    | Tenure
    | About
    | Disputed
    | Sources
    | EvidenceFor
    | Help
    | WhichOne
    | NotInBook
    | NotUnderstood
)


def subject(question: Question) -> str | None:
    """The identifier of the entity that a question is about, if it is about one."""
    match question:
        case Where(entity) | Who(entity) | At(entity) | When(entity) | About(entity) | EvidenceFor(entity):
            return entity
        case StillAt(person=entity) | Left(to=entity) | Tenure(person=entity) | Sources(source=entity):
            return entity
        case _:
            return None
