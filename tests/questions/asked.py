"""The project's own questions, and how the bot's replies to them are scored."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, cast, get_args

from bot.answers.model import Status
from bot.chat.text import plain, reply
from tests.questions.scoring import Said, Scorer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.questions.reader import Reader
    from tests.questions.scoring import Check

Half = Literal["open", "held"]
"""Who writes the grammar looks at the open half; the other half tells whether it understands more than that."""
HALVES: Final[tuple[Half, ...]] = get_args(Half)

Kind = Literal["answerable", "unanswerable"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

DAY: Final = date(2025, 6, 1)
"""The day on which all is asked, so that the age of a source is always the same."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what the reply must and must not say; `scoring` has the grammar of the checks."""

    text: str
    category: str
    half: Half
    must: tuple[Check, ...]
    must_not: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """A question, the bot's reply to it, and what is wrong with that."""

    asked: Asked
    reply: str
    faults: tuple[str, ...]

    def __str__(self) -> str:
        """The question with its reply and its faults."""
        said = " / ".join(filter(None, self.reply.splitlines())) or "(silence)"
        return f"[{self.asked.category}] {self.asked.text}\n    {said}\n    {'; '.join(self.faults)}"


def questions(kind: Kind) -> tuple[Asked, ...]:
    """All questions of a kind, in the file's order."""
    file = Path(__file__).with_name(f"{kind}.jsonl")
    return tuple(_asked(line) for line in file.read_text("utf-8").splitlines())


def _asked(line: str) -> Asked:
    found = json.loads(line)
    half = cast("Half", found["half"])
    return Asked(found["text"], found["category"], half, tuple(found["must"]), tuple(found["must_not"]))


def scored(kind: Kind, reader: Reader, halves: Sequence[Half] = HALVES) -> Iterator[Scored]:
    """Ask the questions of a kind, and score each reply."""
    scorer = Scorer(reader.book)
    for asked in questions(kind):
        if asked.half in halves:
            said = ask(asked.text, reader)
            faults = scorer.faults(asked.must, asked.must_not, said)
            if kind == "answerable" and said.status == Status.NOT_UNDERSTOOD:
                faults.append("is not understood")
            yield Scored(asked, said.raw, tuple(faults))


def ask(message: str, reader: Reader) -> Said:
    """The bot's reply to a message, in the words of the terminal; no words where it keeps silent."""
    reading = reader.message(message)
    if reading is None:
        return Said("")
    found = reply(reading, reader, DAY)
    return Said(plain(found), found.status)
