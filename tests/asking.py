"""From words to an answer, as the surfaces of the bot go; for tests of what is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers import answer
from bot.facts.book import Book
from bot.facts.reading import read_book
from bot.questions.reader import Reader

if TYPE_CHECKING:
    from pathlib import Path

    from bot.answers.model import Answer


def ask(message: str, asked: Reader | Book) -> Answer:
    """The answer to a whole message, from a reader or a book."""
    reader = Reader(asked, "!") if isinstance(asked, Book) else asked
    reading = reader.message(message)
    assert reading is not None, f"the bot keeps silent at {message!r}"
    return answer(reading.question, reader.book)


def lines(found: Answer, title: str = "") -> tuple[str, ...]:
    """The lines of the sections with a title, by default of those without."""
    return tuple(line for section in found.sections if section.title == title for line in section.lines)


def edited(folder: Path, *changes: tuple[str, str]) -> Book:
    """The invented book with some words of its file replaced by others."""
    file = folder / "herd.yaml"
    text = file.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, "utf-8")
    return read_book(folder)
