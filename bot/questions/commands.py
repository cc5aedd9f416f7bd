"""The commands: what each is called, what it says of itself, and how its words are read.

The one list of them: prefix commands, slash commands, help and suggestions are all made of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.names.index import Kind
from bot.questions.model import (
    About,
    At,
    Audit,
    Destinations,
    Disputed,
    EvidenceFor,
    Sources,
    Tenure,
    Timeline,
    When,
    Where,
    Who,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.questions.model import Question

PEOPLE: Final = (Kind.PERSON,)
ORGANISATIONS: Final = (Kind.ORGANISATION,)
SOURCES: Final = (Kind.SOURCE,)
TOPICS: Final = (Kind.TOPIC, Kind.ORGANISATION, Kind.PERSON)


@dataclass(frozen=True, slots=True)
class Command:
    """A way of asking. In `summary` and `example`, `{home}`, `{person}`, `{organisation}` and `{topic}` are the book's."""

    name: str
    group: str
    usage: str
    summary: str
    example: str
    ask: Callable[..., Question] | None = None
    """The question, given the entity that the words name; None where the words are read in a way of their own."""
    kinds: tuple[Kind, ...] = ()
    optional: bool = False
    """Whether it may be asked without naming anything."""


COMMANDS: Final = (
    Command("ask", "In plain words", "<question>", "Ask in plain words", "who left in 2023?"),
    Command("where", "People", "<person>", "Where they are now, and in what role", "{person}", Where, PEOPLE),
    Command("who", "People", "<person>", "Everything the book says of them", "{person}", Who, PEOPLE),
    Command("when", "People", "<person>", "When they left {home}", "{person}", When, PEOPLE),
    Command("tenure", "People", "[person]", "How long they were at {home}; alone, a ranking with the average", "{person}", Tenure, PEOPLE, optional=True),
    Command("stillat", "Who is where", "[person] [date]", "Who is still at {home}, of how many; or whether one person is", "{person}"),
    Command("left", "Who is where", "[year or month] [to <organisation>]", "Who left {home}, when, in order", "2023 to {organisation}"),
    Command("at", "Who is where", "<organisation>", "Who is there, according to the book", "{organisation}", At, ORGANISATIONS),
    Command("timeline", "Who is where", "[organisation]", "A picture of each one's years at {home}; or of those now at one place", "{organisation}", Timeline, ORGANISATIONS, optional=True),
    Command("flow", "Who is where", "", "A picture of where those who left {home} are now", "", Destinations, optional=True),
    Command("about", "What is said", "<topic>", "What the sources claim about a model, organisation or programme", "{topic}", About, TOPICS),
    Command("disputed", "What is said", "", "Where the sources contradict each other", "", Disputed, optional=True),
    Command("audit", "What is said", "", "Whether what the sources claim agrees with the book's dates and places", "", Audit, optional=True),
    Command("sources", "Where it is from", "[source]", "What the bot was made from, and how old it is", "", Sources, SOURCES, optional=True),
    Command("evidence", "Where it is from", "<person or topic>", "Which source says so, and where in it", "{person}", EvidenceFor, TOPICS),
    Command("help", "Where it is from", "[command]", "This list, or how one command is used", ""),
)  # fmt: skip
