"""What the charts of several answers share."""

from __future__ import annotations

from collections import defaultdict
from textwrap import shorten
from typing import TYPE_CHECKING, Final

from bot.answers import wording
from bot.charts import MOST_ROWS, Place, Tone
from bot.english import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.answers.model import Section
    from bot.facts.book import Book
    from bot.facts.model import Evidence, Person

LONGEST_NOTE: Final = 200
"""Characters of a note: more than two lines of a picture hold."""
LONGEST_ALT: Final = 1000
"""Characters of what is read out in the place of a picture: as long as anybody listens, and less than Discord's limit."""


def by_place(people: Iterable[Person], book: Book) -> dict[str, list[Person]]:
    """People by the name of where they are now, the places with the most first; under "" those of whom that is not stated.

    Somebody who is at several places stands under each of them.
    """
    found: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        for name in wording.places(book, person) or [""]:
            found[name].append(person)
    return {name: found[name] for name in sorted(found, key=lambda name: (not name, -len(found[name])))}


def place(name: str) -> Place:
    """A place away from the book's home, or that none is stated."""
    return Place(name) if name else Place("not stated", Tone.UNSTATED)


def too_many(count: int) -> tuple[str, ...]:
    """What must be known of a picture that has no room for all."""
    return (f"The picture shows the first {MOST_ROWS} of {count:,}.",) if count > MOST_ROWS else ()


def footnotes(notes: Iterable[str], book: Book, evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """Notes as a picture has room for them, and the sources: "Source: Business Insider, 26 May 2025"."""
    cited = [wording.dated(source) for source in book.cited(evidence)]
    sources = [f"{'Source' if len(cited) == 1 else 'Sources'}: {listed(cited)}"] if cited else []
    return tuple(shorten(note, LONGEST_NOTE, placeholder="…") for note in (*notes, *sources))


def in_words(text: str, sections: Sequence[Section]) -> str:
    """The beginning of an answer in one paragraph, for who hears a picture instead of seeing it."""
    told = "; ".join(line for section in sections for line in section.lines[:MOST_ROWS])
    return shorten(f"{text} {told}.", LONGEST_ALT, placeholder="…")
