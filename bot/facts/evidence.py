"""Evidence: where in a document a fact is read, without the words themselves."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from bot.facts.model import Evidence, Source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_DIGITS = 16
"""Hexadecimal digits of a digest: 64 bits, far more than a slip of the pen can meet by chance."""


def digest(words: str) -> str:
    """The digest of a document's words, as `Evidence.digest` holds it."""
    return "sha256-" + hashlib.sha256(words.encode()).hexdigest()[:_DIGITS]


def read_document(source: Source, folder: Path) -> str:
    """The text of a source's document, newlines as they are. Raises ValueError with a sentence when it is not that text."""
    if source.document is None:
        raise ValueError("`document` is missing; name the source's file")
    try:
        data = (folder / source.document).read_bytes()
    except OSError as error:
        raise ValueError(f"`document: {source.document}` cannot be read in {folder}: {error.strerror}") from None
    except ValueError:
        raise ValueError("`document` is no file's name; write it without signs that cannot be seen") from None
    if source.sha256 and hashlib.sha256(data).hexdigest() != source.sha256:
        raise ValueError(f"`document: {source.document}` is not the file that this source's `sha256` is of")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise ValueError(f"`document: {source.document}` is not UTF-8 text") from None


def cite(words: str, documents: Mapping[str, str]) -> list[Evidence]:
    """Every place where words stand in the documents (source identifier -> text), in order."""
    found = []
    for source, text in documents.items():
        start = text.find(words)
        while words and start >= 0:
            found.append(Evidence(source=source, span=(start, start + len(words)), digest=digest(words)))
            start = text.find(words, start + 1)
    return found


def as_yaml(evidence: Evidence) -> str:
    """The line that a curator pastes below `evidence:`."""
    start, end = evidence.span
    return f"- {{source: {evidence.source}, span: [{start}, {end}], digest: {evidence.digest}}}"
