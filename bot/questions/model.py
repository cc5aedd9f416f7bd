"""The kinds of question. Entities are named by identifier, so that a question means the same in every book that has them.

The last three are what words come to that are no question yet: they are answered too, by asking back.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.facts.book import Book
    from bot.questions.conditions import Condition
    from bot.questions.periods import Period


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
    on: Period | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """Who of the cohort left the book's home: whenever or within a date, to anywhere or to one organisation."""

    when: Period | None = None
    to: str | None = None


@dataclass(frozen=True, slots=True)
class At:
    """Who is at an organisation."""

    organisation: str


class Precision(IntEnum):
    """How precisely a date is asked for: the characters of an ISO 8601 date that are precise enough."""

    YEAR = 4
    MONTH = 7
    DAY = 10


@dataclass(frozen=True, slots=True)
class When:
    """When somebody left an organisation, the book's home by default; more precisely than to a year, where that is asked."""

    person: str
    organisation: str | None = None
    precision: Precision = Precision.YEAR


@dataclass(frozen=True, slots=True)
class Since:
    """When somebody came to an organisation, the book's home by default; as its founder, where that is asked."""

    person: str
    organisation: str | None = None
    as_founder: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody does, anywhere or at one organisation."""

    person: str
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Tenure:
    """How long somebody was at an organisation, the book's home by default; or how long all of the cohort were there."""

    person: str | None = None
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Those:
    """The people of whom a condition holds."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Whether:
    """Whether a condition holds of somebody."""

    person: str
    condition: Condition


class Quantifier(StrEnum):
    """How many of all are asked about."""

    SHARE = "share"
    ALL = "all"
    MOST = "most"
    HALF = "half"


@dataclass(frozen=True, slots=True)
class Proportion:
    """What share of the cohort, or of those of it of whom `of` holds, a condition holds of; or whether all, most, half."""

    condition: Condition
    quantifier: Quantifier = Quantifier.SHARE
    of: Condition | None = None


class Measure(StrEnum):
    """What people are ranked by."""

    TENURE = "tenure"
    DEPARTURE = "departure"


@dataclass(frozen=True, slots=True)
class Ranking:
    """Who comes first by a measure: the longest tenures and latest departures where `most`, else the shortest and earliest.

    Among the cohort, or those of whom a condition holds. `supposed` is who is asked to come first, where that is asked.
    """

    by: Measure
    most: bool
    among: Condition | None = None
    places: int = 1
    supposed: str | None = None


class Statistic(StrEnum):
    """One number for several lengths."""

    MEAN = "average"
    MEDIAN = "median"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Average:
    """The average, or another statistic, of how long the cohort were at the book's home, or those of whom a condition holds."""

    statistic: Statistic = Statistic.MEAN
    among: Condition | None = None


@dataclass(frozen=True, slots=True)
class Destinations:
    """Where those of the cohort who left are now, counted by organisation."""

    among: Condition | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """When each of the cohort was at the book's home, or each of those of them who are now at an organisation."""

    organisation: str | None = None


class Wanted(StrEnum):
    """What a question about claims asks for, which a claim must hold to answer it."""

    ANYTHING = "anything"
    WHO = "who"
    WHEN = "when"
    MONTH = "in which month"
    DAY = "on which day"
    WHERE = "where"
    WHY = "why"
    HOW_MANY = "how many"
    HOW_LONG = "how long"
    NAME = "what it is called"
    TASK = "task"


@dataclass(frozen=True, slots=True)
class Told:
    """What the sources say in certain claims, which hold all the words of a question."""

    claims: tuple[str, ...]
    words: tuple[str, ...]
    wanted: Wanted = Wanted.ANYTHING


@dataclass(frozen=True, slots=True)
class Audit:
    """Whether claims that can be computed from the book's own dates and places hold: some of them, or all."""

    claims: tuple[str, ...] = ()


class Talk(StrEnum):
    """What people say to a bot that is no question."""

    GREETING = "greeting"
    THANKS = "thanks"
    FAREWELL = "farewell"
    INSULT = "insult"
    PRAISE = "praise"
    INSTRUCTION = "instruction"
    IDENTITY = "identity"
    FUTURE = "future"
    OPINION = "opinion"
    WHO_IS_MEANT = "who is meant"
    TO_EVERYBODY = "to everybody"


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """No question to the book."""

    talk: Talk


@dataclass(frozen=True, slots=True)
class Why:
    """The reason of what another question asks about."""

    about: Question


@dataclass(frozen=True, slots=True)
class Several:
    """Several questions in one message, in their order."""

    questions: tuple[Question, ...]


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
class Mentioned:
    """Who and what a text names: people and organisations, the surest first."""

    entities: tuple[str, ...]


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
    | Since
    | Role
    | Tenure
    | Those
    | Whether
    | Proportion
    | Ranking
    | Average
    | Destinations
    | Timeline
    | Told
    | Audit
    | SmallTalk
    | Several
    | Why
    | About
    | Disputed
    | Sources
    | EvidenceFor
    | Mentioned
    | Help
    | WhichOne
    | NotInBook
    | NotUnderstood
)


SECTIONS: Final = {
    "person": "people",
    "people": "people",
    "supposed": "people",
    "organisation": "organisations",
    "to": "organisations",
    "entity": "entities",
    "entities": "entities",
    "source": "sources",
    "claims": "claims",
}
"""The fields of questions and conditions that hold identifiers, and the part of a book where those are."""


def identifiers(asked: object) -> frozenset[str]:
    """The identifiers that a question, or a part of it, names."""
    return frozenset(identifier for _, identifier in _named(asked))


def is_known(question: Question, book: Book) -> bool:
    """Whether a book has all that a question names, and as what it names it."""
    return all(identifier in getattr(book, section) for section, identifier in _named(question))


def _named(asked: object) -> Iterator[tuple[str, str]]:
    """The identifiers in a question, each with the part of a book where it is."""
    if isinstance(asked, tuple | frozenset):
        for each in asked:
            yield from _named(each)
    elif is_dataclass(asked):
        for field in fields(asked):
            value = getattr(asked, field.name)
            if section := SECTIONS.get(field.name):
                yield from ((section, each) for each in ((value,) if isinstance(value, str) else value or ()))
            else:
                yield from _named(value)


def subject(question: Question) -> str | None:
    """The identifier of the entity that a question is about, if it is about one."""
    match question:
        case Where(entity) | Who(entity) | At(entity) | When(entity) | About(entity) | EvidenceFor(entity):
            return entity
        case Since(entity) | Role(entity) | Whether(entity):
            return entity
        case (
            StillAt(person=entity) | Left(to=entity) | Tenure(person=entity) | Sources(source=entity) | Timeline(entity)
        ):
            return entity
        case _:
            return None


def subjects(question: Question) -> tuple[str, ...]:
    """The entities that a question is about, each once: several, where several questions are asked."""
    asked = question.questions if isinstance(question, Several) else (question,)
    return tuple(dict.fromkeys(entity for each in asked if (entity := subject(each))))
