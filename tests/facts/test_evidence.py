from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.facts.checking import checked
from bot.facts.evidence import as_yaml, cite, digest, read_document
from bot.facts.model import Evidence, Source
from bot.facts.yaml_tree import parse_tree

if TYPE_CHECKING:
    from pathlib import Path

    from bot.facts.book import Book


def source(document: str | None = None, sha256: str | None = None) -> Source:
    return Source(
        id="gazette", name="G", title="G", publisher="G", published="unknown", document=document, sha256=sha256
    )


def test_digest() -> None:
    """A digest is the first sixteen hexadecimal digits of the SHA-256 of the words as UTF-8."""
    assert digest("Søren Ærø") == "sha256-" + hashlib.sha256("Søren Ærø".encode()).hexdigest()[:16]


@settings(deadline=None)
@given(st.text(), st.text())
def test_digests_tell_words_apart(one: str, other: str) -> None:
    """Words with a different digest are different words, and the other way round."""
    assert (digest(one) == digest(other)) == (one == other)


def test_herd_digests(herd: Book) -> None:
    """Spans count characters, not bytes: behind the accents of the document the words are still the digest's."""
    evidence = herd.people["tomas-vale"].stints[0].evidence[0]
    words = herd.documents["gazette"][slice(*evidence.span)]
    assert words == "led the Clapper Shed for six years"
    assert digest(words) == evidence.digest


def test_cite() -> None:
    """Words are cited at every place where they stand, source by source in order, also where places overlap."""
    found = cite("aba", {"one": "ababa", "two": "no", "three": "xaba"})
    assert [(item.source, item.span) for item in found] == [("one", (0, 3)), ("one", (2, 5)), ("three", (1, 4))]
    assert {item.digest for item in found} == {digest("aba")}


@pytest.mark.parametrize("words", ["", "Ochre", "GAZETTE", "the great bell"])
def test_cite_nothing(herd: Book, words: str) -> None:
    """Words that do not stand in the documents just so, or none at all, are cited nowhere."""
    assert [item for item in cite(words, herd.documents) if item.source == "almanac"] == []


@settings(deadline=None)
@given(st.text("ab", min_size=1), st.data())
def test_cite_finds_itself(text: str, data: st.DataObject) -> None:
    """Any words of a document are found at their own place, and every place found has just these words."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = cite(text[start:end], {"one": text})
    assert (start, end) in [item.span for item in found]
    assert {text[slice(*item.span)] for item in found} == {text[start:end]}


@settings(deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 10**6), st.text())
def test_as_yaml(start: int, length: int, words: str) -> None:
    """The line that a curator pastes is read as the evidence that it was printed from."""
    evidence = Evidence(source="the-gazette", span=(start, start + length), digest=digest(words))
    tree = parse_tree(as_yaml(evidence), "pasted")
    assert tree.problems == []
    assert [checked(Evidence, item) for item in tree.value] == [(evidence, [])]


def test_as_yaml_line() -> None:
    """The line looks as those in the fact files do."""
    evidence = Evidence(source="gazette", span=(3, 14), digest="sha256-0123456789abcdef")
    assert as_yaml(evidence) == "- {source: gazette, span: [3, 14], digest: sha256-0123456789abcdef}"


@pytest.mark.parametrize("data", [b"one\r\ntwo\n", b"\xef\xbb\xbfone", "Žofie\u2028Łuc".encode(), b""])
def test_document_as_it_is(tmp_path: Path, data: bytes) -> None:
    """A document's text keeps its line ends and every other sign, so that spans count the same everywhere."""
    (tmp_path / "g.txt").write_bytes(data)
    wanted = source(document="g.txt", sha256=hashlib.sha256(data).hexdigest())
    assert read_document(wanted, tmp_path).encode() == data


def test_document_without_digest(tmp_path: Path) -> None:
    """A source that gives no digest takes the document as it is."""
    (tmp_path / "g.txt").write_text("anything", "utf-8")
    assert read_document(source(document="g.txt"), tmp_path) == "anything"


@pytest.mark.parametrize(
    ("document", "sha256", "message"),
    [
        (None, None, "`document` is missing; name the source's file"),
        ("h.txt", None, "`document: h.txt` cannot be read in {folder}: No such file or directory"),
        (".", None, "`document: .` cannot be read in {folder}: Is a directory"),
        ("g.txt", "0" * 64, "`document: g.txt` is not the file that this source's `sha256` is of"),
        ("g.txt", None, "`document: g.txt` is not UTF-8 text"),
        ("g\0.txt", None, "`document` is no file's name; write it without signs that cannot be seen"),
    ],
)
def test_wrong_documents(tmp_path: Path, document: str | None, sha256: str | None, message: str) -> None:
    """A document that is not the text that the source means is refused, with the reason."""
    (tmp_path / "g.txt").write_bytes(b"caf\xe9")
    with pytest.raises(ValueError, match=f"^{re.escape(message.format(folder=tmp_path))}$"):
        read_document(source(document=document, sha256=sha256), tmp_path)
