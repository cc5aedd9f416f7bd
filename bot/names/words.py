"""Lists that ship with the bot: words around names, nicknames, a lexicon of other names and words, and rarer words."""

from __future__ import annotations

import gzip
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_DATA: Final = Path(__file__).parent


def _lines(name: str) -> list[str]:
    text = _DATA.joinpath(name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def fillers() -> frozenset[str]:
    """Words that people put around a name in a sentence."""
    return frozenset(_lines("fillers.txt"))


@cache
def around() -> frozenset[str]:
    """Words that people put around a name where nothing but a name is asked for."""
    return frozenset(_lines("around.txt")) | fillers()


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """Each name that has short forms, or is one, with those that belong to it."""
    related: dict[str, set[str]] = defaultdict(set)
    for line in _lines("nicknames.txt"):
        name, *short = line.split()
        for form in short:
            related[name].add(form)
            related[form].add(name)
    return {name: frozenset(forms) for name, forms in related.items()}


class Lexicon(Mapping[str, str]):
    """Words, each with its kinds, searched where they lie: as a dictionary they would take ten times the space."""

    def __init__(self, text: bytes) -> None:
        """Take a line for each word, with a space and its kinds, sorted by word, after an empty line."""
        self._text = text
        self._blocks = range(0, max(len(text) - _LINE, 1), _BLOCK)

    def __getitem__(self, word: str) -> str:
        start = self._blocks[bisect_right(self._blocks, word.encode(), key=self._first_word) - 1]
        line = f"\n{word} ".encode()
        found = self._text.find(line, start, start + _BLOCK + _LINE)
        if found < 0:
            raise KeyError(word)
        kinds = found + len(line)
        return self._text[kinds : self._text.find(b"\n", kinds)].decode()

    def _first_word(self, block: int) -> bytes:
        line = self._text.find(b"\n", block) + 1
        return self._text[line : self._text.find(b" ", line)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._text.decode().split()[::2])

    def __len__(self) -> int:
        return self._text.count(b" ")


_BLOCK: Final = 2048
"""Letters of the lexicon in which a word is searched, once it is known that it stands there."""
_LINE: Final = 64
"""Letters that no line of the lexicon has."""


def _unpacked(name: str) -> Lexicon:
    return Lexicon(gzip.decompress(_DATA.joinpath(name).read_bytes()))


@cache
def lexicon() -> Lexicon:
    """Names and English words that are not of the book: each with its kinds, as letters.

    `f` a first name, `l` a surname, `w` a word; a capital where it is common.
    """
    return _unpacked("lexicon.txt.gz")


@cache
def rarer() -> Lexicon:
    """English words that are rarer than those of the lexicon, and that are none of its names."""
    return _unpacked("rarer.txt.gz")
