"""Evidence: spans, digests and documents, sound and not, and what the bot then says of where facts stand."""

from __future__ import annotations

import hashlib
import tempfile
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml
from hypothesis import strategies as st

from bot.chat.text import reply
from bot.facts.evidence import as_yaml, cite, digest
from bot.facts.reading import BookError, read_files
from bot.questions.reader import Reader
from tests.fuzz.books import FACTS, dumped, located
from tests.fuzz.pieces import anything, hostile, repeated
from tests.fuzz.trying import READING, Kind
from tests.questions.asked import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.chat.text import Reply

_odd: Final[st.SearchStrategy[Any]] = st.integers() | st.sampled_from(
    [-1, 0, 1, 5, 10**6, 2**63, 10**17, True, None, 1.5, "7", "0x1", [], {}]
)
_sound: Final = st.tuples(st.integers(0, 50), st.integers(1, 9000)).map(lambda found: [found[0], sum(found)])
spans: Final[st.SearchStrategy[Any]] = st.one_of(
    st.lists(_sound, min_size=1, max_size=3),
    st.lists(st.one_of(_sound, st.lists(_odd, max_size=3), _odd), min_size=1, max_size=3),
)
documents: Final = (repeated(hostile | anything) | st.lists(hostile | anything, max_size=30).map(" ".join)).map(
    lambda text: text.encode("utf-8", "replace")
)


def answer(given: tuple[bytes, list[Any], str, bool]) -> Iterator[Reply]:
    """Read a book whose facts rest on spans of a document, and ask where they stand.

    Where `is_true`, each digest is that of the words at its span, so that the book is sound if the spans are.
    """
    document, spans, words, is_true = given
    text = document.decode()
    facts = deepcopy(FACTS)
    facts["sources"]["gazette"] |= {"document": "d.txt", "sha256": hashlib.sha256(document).hexdigest()}
    del facts["sources"]["almanac"]["document"], facts["sources"]["almanac"]["sha256"]
    for at, written in enumerate(_evidence(facts)):
        written |= {"source": "gazette", "span": spans[at % len(spans)]}
        if is_true and (quoted := _quoted(text, written["span"])) is not None:
            written["digest"] = digest(quoted)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "d.txt").write_bytes(document)
        try:
            book = read_files({"herd.yaml": dumped(facts)}, "upload", Path(folder))
        except BookError as error:
            yield located(error)
            return
    for found in cite(words, book.documents)[:3]:
        assert yaml.safe_load(as_yaml(found))[0]["span"] == list(found.span)
        assert book.quote(found) == words
    reader = Reader(book, "!")
    for asking in ("!evidence bram quill", "!evidence great bell", "!evidence auroch", "!who luc", "!sources gazette"):
        if reading := reader.message(asking):
            yield reply(reading, reader, DAY)


def _evidence(value: Any) -> Iterator[dict[str, Any]]:
    """Every piece of evidence in a fact file."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from inner if key == "evidence" else _evidence(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _evidence(inner)


def _quoted(text: str, span: Any) -> str | None:
    try:
        return text[slice(*span)]
    except (TypeError, ValueError):
        return None


KIND: Final = Kind(
    st.tuples(documents, spans, hostile | anything, st.sampled_from([True, True, False])), answer, READING
)
