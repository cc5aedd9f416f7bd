"""YAML that a keeper writes: the invented book with any of its values exchanged for others, and bytes that are no YAML."""

from __future__ import annotations

import contextlib
from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final

import yaml
from hypothesis import strategies as st

from bot.answers.model import Section
from bot.chat.asking import LONGEST_DESCRIPTION, Asking
from bot.chat.reports import proposed, refused, reloaded
from bot.chat.text import Reply, counts, reply
from bot.facts.changes import compare
from bot.facts.reading import BookError, read_book, read_files
from bot.questions.reader import Reader
from tests.conftest import HERD
from tests.fuzz.pieces import anything, hostile, slipped, times
from tests.fuzz.trying import READING, Kind
from tests.questions.asked import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy

    from bot.facts.book import Book
    from bot.facts.reading import Files

TEXT: Final = (HERD / "herd.yaml").read_text("utf-8")
FACTS: Final = yaml.safe_load(TEXT)
BOOK: Final = read_book(HERD)
ASKING: Final = (
    "!help",
    "!tenure",
    "!left",
    "!disputed",
    "!sources",
    "!audit",
    "!timeline",
    "!flow",
    "who left in 2029",
)
ABOUT: Final = ("!who {}", "!where {}", "!about {}", "!evidence {}", "!at {}", "{}")
MOST_ASKED: Final = 3
"""Names of a sound book that are asked for."""

Path = tuple[str | int, ...]


def _paths(value: Any, at: Path = ()) -> Iterator[Path]:
    """Where everything stands in nested lists and mappings."""
    if at:
        yield at
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from _paths(inner, (*at, key))


PATHS: Final = tuple(_paths(FACTS))
_TOLD: Final = tuple(path for path in PATHS if "evidence" not in path and path[-1] not in {"document", "sha256"})
_SECTIONS: Final = ("sources", "people", "organisations", "topics", "claims")
_identifiers: Final = st.sampled_from([key for section in _SECTIONS for key in FACTS[section]] + ["unknown"])
_words: Final = st.one_of(
    hostile.map(lambda text: f"x {text}"),
    hostile.map(lambda text: f"x{text * 80}"[:80]),
    hostile.map(lambda text: f"x {text * 400}"[:400]),
    st.lists(hostile | anything, min_size=2, max_size=9).map(" x ".join),
    hostile | anything,
)
_years: Final = st.sampled_from(["2029", "2029-06", "2029-06-30", "0001", "9999-12-31", "2028/2030", "2030~", "present", "unknown"])  # fmt: skip
_odd: Final[SearchStrategy[Any]] = st.recursive(
    st.one_of(_words, times, _identifiers, _years, st.integers(), st.booleans(), st.none(), st.floats()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_words | st.sampled_from(["name", "edtf", "id"]), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip
_VALUES: Final[dict[str, SearchStrategy[Any]]] = {
    **dict.fromkeys(("name", "title", "publisher", "noun", "role", "text", "description", "stance", "wording"), _words),
    **dict.fromkeys(("since", "until", "published", "edtf"), _years),
    **dict.fromkeys(("home", "members", "organisation", "part_of", "about", "disputes", "source"), _identifiers),
    "aliases": st.lists(_words, max_size=3),
    "lasted": st.sampled_from(["P1Y", "P6Y7M", "P0M", "P999Y99M", "P99M"]),
}
"""Values that a key may have, by its name: most of them as a book has them."""


def _edit(path: Path) -> SearchStrategy[tuple[Path, Any]]:
    """Another value for a place, one that may stand there where that is known."""
    name = next(step for step in reversed(path) if isinstance(step, str))
    return st.tuples(st.just(path), _VALUES.get(name, _odd))


class _Dumper(yaml.SafeDumper):
    """Writes every text in quotes, and everything out."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


_Dumper.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


def dumped(facts: object) -> bytes:
    """Facts as the bytes of a file."""
    text = yaml.dump(facts, Dumper=_Dumper, allow_unicode=True, sort_keys=False)
    return str(text).encode("utf-8", "surrogatepass")


def _edited(edits: list[tuple[Path, Any]]) -> bytes:
    """The book with some values exchanged."""
    facts = deepcopy(FACTS)
    for (*around, last), value in edits:
        inner = facts
        with contextlib.suppress(TypeError, KeyError, IndexError):  # an edit before this one took the place away
            for step in around:
                inner = inner[step]
            inner[last] = value
    return dumped(facts)


_edits: Final = st.lists(st.sampled_from(_TOLD).flatmap(_edit), min_size=1, max_size=3)
_odd_edits: Final = st.lists(st.tuples(st.sampled_from(PATHS), _odd), min_size=1, max_size=3)
_slips: Final = st.lists(
    st.tuples(st.integers(0, len(TEXT)), st.integers(0, 40), hostile | anything | st.text("ab: -[]{}\"'\n#&*!|>?%@", max_size=12)),
    min_size=1,
    max_size=3,
)  # fmt: skip
_sign: Final = st.sampled_from([*"[{-?:&*!|>\"'#\t", "- ", "a: ", "? ", "{a: ", "!!", "&a *a ", "<<: *a\n"]) | hostile
data: Final = st.one_of(
    _edits.map(_edited),
    _edits.map(_edited),
    _odd_edits.map(_edited),
    _slips.map(lambda slips: slipped(TEXT, slips).encode("utf-8", "surrogatepass")),
    st.builds(lambda sign, many: (sign * many).encode("utf-8", "surrogatepass"), _sign, st.sampled_from([1, 9, 200, 20000])),
    st.binary(max_size=60),
)  # fmt: skip


def received(files: Files) -> Iterator[Reply]:
    """What a keeper is told of files: what is wrong, or what would change and what members are told of the book."""
    try:
        book = read_files(files, "upload")
    except BookError as error:
        yield located(error)
        return
    changes = compare(BOOK, book)
    yield proposed("Serve this book?", changes)
    yield reloaded(changes, book)
    yield Reply("check", f"Book {book.short_version} is sound.", (Section("", counts(book)),))
    yield from told(book)


def located(error: BookError) -> Reply:
    """What a keeper is told of files that are no book: where each error stands."""
    assert error.problems
    assert all(problem.mark.line >= 1 <= problem.mark.column for problem in error.problems)
    return refused(error, BOOK)


def told(book: Book) -> Iterator[Reply]:
    """What members are told of a book, and the commands that they find."""
    reader = Reader(book, "!")
    for command in Asking(reader).get_commands():
        assert 1 <= len(command.description.strip()) <= len(command.description) <= LONGEST_DESCRIPTION
    named = [*book.entities.values()][:: max(1, len(book.entities) // MOST_ASKED)]
    for message in (*ASKING, *(asking.format(item.name) for item in named for asking in ABOUT)):
        if reading := reader.message(message):
            yield reply(reading, reader, DAY)


KIND: Final = Kind(data, lambda written: received({"herd.yaml": written}), READING)
