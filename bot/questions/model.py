"""The kinds of question. Entities are named by identifier, so that a question means the same in every book that has them.

The last three are what words come to that are no question yet: they are answered too, by asking back.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bot.questions.conditions import Condition
from bot.questions.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.facts.book import Book


class Where(Struct, frozen=True):
    """Where somebody is now, and in what role."""

    person: str


class Who(Struct, frozen=True):
    """Everything that the book says of somebody."""

    person: str


class StillAt(Struct, frozen=True):
    """Who of the cohort is still at the book's home, or whether one person is; now, or on a date."""

    person: str | None = None
    on: Period | None = None


class Left(Struct, frozen=True):
    """Who of the cohort left the book's home: whenever or within a date, to anywhere or to one organisation."""

    when: Period | None = None
    to: str | None = None


class At(Struct, frozen=True):
    """Who is at an organisation."""

    organisation: str


class Precision(IntEnum):
    """How precisely a date is asked for: the characters of an ISO 8601 date that are precise enough."""

    YEAR = 4
    MONTH = 7
    DAY = 10


class When(Struct, frozen=True):
    """When somebody left an organisation, the book's home by default; more precisely than to a year, where that is asked."""

    person: str
    organisation: str | None = None
    precision: Precision = Precision.YEAR


class Since(Struct, frozen=True):
    """When somebody came to an organisation, the book's home by default; as its founder, where that is asked."""

    person: str
    organisation: str | None = None
    as_founder: bool = False


class Role(Struct, frozen=True):
    """What somebody does, anywhere or at one organisation."""

    person: str
    organisation: str | None = None


class Tenure(Struct, frozen=True):
    """How long somebody was at an organisation, the book's home by default; or how long all of the cohort were there."""

    person: str | None = None
    organisation: str | None = None


class Those(Struct, frozen=True):
    """The people of whom a condition holds."""

    condition: Condition


class Whether(Struct, frozen=True):
    """Whether a condition holds of somebody."""

    person: str
    condition: Condition


class Quantifier(StrEnum):
    """How many of all are asked about."""

    SHARE = "share"
    ALL = "all"
    MOST = "most"
    HALF = "half"


class Proportion(Struct, frozen=True):
    """What share of the cohort, or of those of it of whom `of` holds, a condition holds of; or whether all, most, half."""

    condition: Condition
    quantifier: Quantifier = Quantifier.SHARE
    of: Condition | None = None


class Measure(StrEnum):
    """What people are ranked by."""

    TENURE = "tenure"
    DEPARTURE = "departure"


class Ranking(Struct, frozen=True):
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


class Average(Struct, frozen=True):
    """The average, or another statistic, of how long the cohort were at the book's home, or those of whom a condition holds."""

    statistic: Statistic = Statistic.MEAN
    among: Condition | None = None


class Destinations(Struct, frozen=True):
    """Where those of the cohort who left are now, counted by organisation."""

    among: Condition | None = None


class Timeline(Struct, frozen=True):
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


class Told(Struct, frozen=True):
    """What the sources say in certain claims, which hold all the words of a question."""

    claims: tuple[str, ...]
    words: tuple[str, ...]
    wanted: Wanted = Wanted.ANYTHING


class Audit(Struct, frozen=True):
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


class SmallTalk(Struct, frozen=True):
    """No question to the book."""

    talk: Talk


class Why(Struct, frozen=True):
    """The reason of what another question asks about."""

    about: Question


class Several(Struct, frozen=True):
    """Several questions in one message, in their order."""

    questions: tuple[Question, ...]


class About(Struct, frozen=True):
    """What the sources claim about a topic, an organisation or a person."""

    entity: str


class Disputed(Struct, frozen=True):
    """Every claim that another disputes."""


class Sources(Struct, frozen=True):
    """What the book was made from: all sources, or one."""

    source: str | None = None


class EvidenceFor(Struct, frozen=True):
    """Where in the sources the facts about somebody or something stand."""

    entity: str


class Mentioned(Struct, frozen=True):
    """Who and what a text names: people and organisations, the surest first."""

    entities: tuple[str, ...]


class Manual(Struct, frozen=True):
    """How one command is used."""

    usage: str
    summary: str
    example: str
    group: str


class Help(Struct, frozen=True):
    """What can be asked. One manual explains one command; several are listed."""

    manuals: tuple[Manual, ...]


class WhichOne(Struct, frozen=True):
    """Several fit what was typed; each choice is the whole question with one of them in it."""

    choices: tuple[Question, ...]


class NotInBook(Struct, frozen=True):
    """Nobody and nothing of the wanted kind fits what was typed. `near` are questions with those who look alike."""

    typed: str
    wanted: str
    near: tuple[Question, ...] = ()


class NotUnderstood(Struct, frozen=True):
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
    elif isinstance(asked, Struct):
        for field in asked.__struct_fields__:
            value = getattr(asked, field)
            if section := SECTIONS.get(field):
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
