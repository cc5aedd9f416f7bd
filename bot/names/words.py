"""Lists that ship with the bot: words around names, nicknames, a lexicon of other names and words, and rarer words."""

from __future__ import annotations

import lzma
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_DATA: Final = resources.files("bot.names")


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
    """Words, each with its kinds, kept as one sorted text: as a dictionary they would take ten times the space."""

    def __init__(self, text: bytes) -> None:
        """Take a line for each word, with a space and its kinds, sorted by word, after an empty line."""
        self._text = text
        self._starts = [text.index(b"\n", at) for at in range(0, max(len(text) - _LINE, 1), _BLOCK)]
        self._heads = [text[start + 1 : start + _LINE].split(b" ", 1)[0] for start in self._starts]
        self._starts.append(len(text))

    def __getitem__(self, word: str) -> str:
        block = bisect_right(self._heads, word.encode()) - 1
        line = f"\n{word} ".encode()
        found = self._text.find(line, self._starts[block], self._starts[block + 1]) if block >= 0 else -1
        if found < 0:
            raise KeyError(word)
        kinds = found + len(line)
        return self._text[kinds : self._text.index(b"\n", kinds)].decode()

    def __iter__(self) -> Iterator[str]:
        return iter(self._text.decode().split()[::2])

    def __len__(self) -> int:
        return self._text.count(b" ")


_BLOCK: Final = 512
"""Letters of the lexicon in which a word is searched."""
_LINE: Final = 64
"""Letters that no line of the lexicon has."""


@cache
def lexicon() -> Lexicon:
    """Names and English words that are not of the book: each with its kinds, as letters.

    `f` a first name, `l` a surname, `w` a word; a capital where it is common.
    """
    return Lexicon(lzma.decompress(_DATA.joinpath("lexicon.txt.xz").read_bytes()))


@cache
def rarer() -> Lexicon:
    """English words that are rarer than those of the lexicon, and that are none of its names."""
    return Lexicon(lzma.decompress(_DATA.joinpath("rarer.txt.xz").read_bytes()))
