"""Finding words by what is left of them when a letter or two are taken out, in sorted numpy arrays.

Two words that differ by a slip share what is left when each loses a letter (W. Garbe's symmetric deletion).
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

Place = TypeVar("Place", np.int32, np.int64)

LONG: Final = 5
"""Letters from which a word may lose two."""
LONGEST: Final = 14
"""Letters of a word that are looked at: time and space grow with the square."""
_CHUNK: Final = 20_000
_CODE: Final = 0x7FFFFFFF
"""Codes have 31 bits. Two that meet by chance cost a comparison, in every process alike."""


class Deletions:
    """Words, each under all that is left of it when up to so many letters are taken out."""

    def __init__(self, words: Sequence[str], deepest: int) -> None:
        self._deepest = deepest
        codes, owners, start = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)], 0
        remaining = iter(words)
        while chunk := list(islice(remaining, _CHUNK)):
            left = [_left(word, deepest) for word in chunk]
            codes.append(np.fromiter((code for some in left for code in some), np.int32))
            places = np.arange(start, start + len(chunk), dtype=np.int32)
            owners.append(np.repeat(places, [len(some) for some in left]))
            start += len(chunk)
        every = np.concatenate(codes)
        order = np.argsort(every, kind="stable")
        self._codes = every[order]
        self._owners = np.concatenate(owners)[order]

    def near(self, word: str) -> NDArray[np.int32]:
        """The places of words that may differ from one by no more slips than letters may be taken out, sorted."""
        codes = np.array(_left(word, self._deepest), np.int32)
        first = np.searchsorted(self._codes, codes, "left")
        counts = np.searchsorted(self._codes, codes, "right") - first
        steps = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
        return distinct(self._owners[np.repeat(first, counts) + steps])


def distinct(places: NDArray[Place]) -> NDArray[Place]:
    """The different ones, sorted. `np.unique` would import numpy's masked arrays for that: 30 ms, and 2 MB for good."""
    places = np.sort(places)
    return places[np.diff(places, prepend=-1) > 0]


def _left(word: str, deepest: int) -> list[int]:
    """The codes of a folded word, which is ASCII, and of what is left of it."""
    letters = word.encode("ascii")[:LONGEST]
    once = set(_without_one(letters))
    found = {letters} | once
    if deepest > 1 and len(letters) >= LONG:
        for less in once:
            found.update(_without_one(less))
    return [crc32(some) & _CODE for some in found]


def _without_one(word: bytes) -> Iterator[bytes]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))
