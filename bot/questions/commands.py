"""The commands: what each is called, what it says of itself, and how its words are read.

The one list of them: prefix commands, slash commands, help and suggestions are all made of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from msgspec import Struct

from bot.names.index import Kind
from bot.questions.model import (
    About,
    At,
    Audit,
    Destinations,
    Disputed,
    EvidenceFor,
    Question,
    Sources,
    Tenure,
    Timeline,
    When,
    Where,
    Who,
)

PEOPLE: Final = (Kind.PERSON,)
ORGANISATIONS: Final = (Kind.ORGANISATION,)
SOURCES: Final = (Kind.SOURCE,)
TOPICS: Final = (Kind.TOPIC, Kind.ORGANISATION, Kind.PERSON)


class Command(Struct, frozen=True):
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
    Command("where", "People", "<person>", "Where they are now, and as what", "{person}", Where, PEOPLE),
    Command("who", "People", "<person>", "All that the book says of them", "{person}", Who, PEOPLE),
    Command("when", "People", "<person>", "When they left {home}", "{person}", When, PEOPLE),
    Command("tenure", "People", "[person]", "How long they stayed, or all did", "{person}", Tenure, PEOPLE, optional=True),
    Command("stillat", "Who is where", "[person] [date]", "Whether they are still there, or who is", "{person}"),
    Command("left", "Who is where", "[year or month] [to <organisation>]", "Who left, when, in order", "2023 to {organisation}"),
    Command("at", "Who is where", "<organisation>", "Who is there now", "{organisation}", At, ORGANISATIONS),
    Command("timeline", "Who is where", "[organisation]", "Their years at {home}, in a picture", "{organisation}", Timeline, ORGANISATIONS, optional=True),
    Command("flow", "Who is where", "", "Where they went, in a picture", "", Destinations, optional=True),
    Command("about", "What is said", "<topic>", "What the sources say of it", "{topic}", About, TOPICS),
    Command("disputed", "What is said", "", "Where the sources disagree", "", Disputed, optional=True),
    Command("audit", "What is said", "", "Whether their claims add up", "", Audit, optional=True),
    Command("sources", "Where it is from", "[source]", "What the book is made from", "", Sources, SOURCES, optional=True),
    Command("evidence", "Where it is from", "<person or topic>", "Which source says so, and where", "{person}", EvidenceFor, TOPICS),
    Command("help", "Where it is from", "[command]", "This list, or one command", ""),
)  # fmt: skip
