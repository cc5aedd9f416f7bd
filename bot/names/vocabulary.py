"""The distinct parts of all names, and which of them may be meant by a typed one."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from bot.names.deletions import Deletions, distinct
from bot.names.sounds import skeleton, sound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

Distances = tuple["NDArray[np.float32]", "NDArray[np.float32]"]
"""For typed parts (rows) and parts of names (columns): edits, and likeness from 0 to 1."""
Likes = dict[str, tuple[float, float]]
"""Those parts of names that may be meant by a typed part: edits, and likeness from 0 to 1."""

LIKE: Final = 0.55
"""The likeness of two parts from which one may be meant by the other."""

SOUND_COST: Final = np.float32(0.1)
"""Edits: what it costs that two parts are written differently, though they sound alike."""
SOUND_SHARE: Final = np.float32(0.7)
"""How far the sound counts where parts are nearer by it; the rest is for the letters."""
LETTERS_SHARE: Final = np.float32(0.3)
VOWELS: Final = np.float32(0.25)
"""How far all letters count beside the consonants, where another script was typed."""
DENSE: Final = 2500
"""Parts up to which each is compared; among more, only those that a slip or two make like it."""


class Part:
    """A typed part in the forms in which it is compared."""

    __slots__ = ("skeleton", "sound", "text")

    def __init__(self, text: str, *, foreign: bool) -> None:
        self.text = text
        self.sound = sound(text)
        self.skeleton = skeleton(text) if foreign else ""


def distances(
    typed: Sequence[Part],
    parts: Sequence[str],
    lengths: NDArray[np.float32],
    sounds: Sequence[str],
    skeletons: Sequence[str],
) -> Distances:
    """Edits by which typed parts (rows) differ from parts (columns), by letters and by sound, and the likeness from 0 to 1.

    `lengths` are the parts' letters. `skeletons` is empty unless the parts were typed in another script.
    """
    letters = cdist([part.text for part in typed], parts, scorer=OSA.distance, dtype=np.float32)
    heard = cdist([part.sound for part in typed], sounds, scorer=OSA.distance, dtype=np.float32)
    edits = np.minimum(letters, SOUND_SHARE * heard + LETTERS_SHARE * letters + SOUND_COST)
    longest = np.maximum(np.array([[len(part.text)] for part in typed], np.float32), lengths)
    if len(skeletons):
        bones = cdist([part.skeleton for part in typed], skeletons, scorer=OSA.distance, dtype=np.float32)
        most = np.maximum.outer([len(part.skeleton) for part in typed], [len(bone) for bone in skeletons])
        apart = (1 - VOWELS) * (bones / most).astype(np.float32) + VOWELS * letters / longest
        edits = np.minimum(edits, apart * longest)
    return edits, 1 - edits / longest


class Vocabulary:
    """Distinct parts, sorted. A part is known by its place."""

    def __init__(self, parts: Sequence[str]) -> None:
        self.parts = sorted(parts)
        self.places = {part: place for place, part in enumerate(self.parts)}
        self.sounds = [sound(part) for part in self.parts]
        self._lengths = np.fromiter(map(len, self.parts), np.float32, len(self.parts))

    @cached_property
    def skeletons(self) -> list[str]:
        """The skeletons of all parts, made when somebody first types another script."""
        return [skeleton(part) for part in self.parts]

    @cached_property
    def _letters(self) -> Deletions:
        return Deletions(self.parts, 2)

    @cached_property
    def _sounds(self) -> Deletions:
        return Deletions(self.sounds, 1)

    @cached_property
    def _skeletons(self) -> Deletions:
        return Deletions(self.skeletons, 1)

    @property
    def small(self) -> bool:
        """Whether every part is compared with what was typed."""
        return len(self.parts) <= DENSE

    def compare(self, typed: Sequence[Part], places: Sequence[int] | None = None) -> Distances:
        """The `distances` of typed parts to some parts, or to all."""
        foreign = bool(typed[0].skeleton)
        if places is None:
            return distances(typed, self.parts, self._lengths, self.sounds, self.skeletons if foreign else ())
        parts = [self.parts[place] for place in places]
        sounds = [self.sounds[place] for place in places]
        skeletons = [self.skeletons[place] for place in places] if foreign else ()
        return distances(typed, parts, self._lengths[places], sounds, skeletons)

    def like(self, typed: Sequence[Part], places: Sequence[int] | None = None) -> list[Likes]:
        """For each typed part those of some parts, or of all, that may be meant by it."""
        edits, likeness = self.compare(typed, places)
        found: list[Likes] = [{} for _ in typed]
        rows, columns = (likeness >= np.float32(LIKE)).nonzero()
        pairs = zip(edits[rows, columns].tolist(), likeness[rows, columns].tolist(), strict=True)
        for row, column, pair in zip(rows.tolist(), columns.tolist(), pairs, strict=True):
            found[row][self.parts[column if places is None else places[column]]] = pair
        return found

    def prepare(self) -> None:
        """Build what a large vocabulary is searched by."""
        if not self.small:
            _ = self._letters, self._sounds

    def near(self, part: Part) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """The places of parts that may be meant by a typed one, and their likeness."""
        found = [self._letters.near(part.text), self._sounds.near(part.sound)]
        if part.skeleton:
            found.append(self._skeletons.near(part.skeleton))
        places = distinct(np.concatenate(found))
        if not len(places):
            return places, np.zeros(0, np.float32)
        likeness: NDArray[np.float32] = self.compare([part], places.tolist())[1][0]
        return places, likeness

    def beginning(self, text: str, most: int) -> range:
        """The places of at most so many parts that begin with a text."""
        first = bisect_left(self.parts, text)
        return range(first, min(bisect_left(self.parts, text + "{"), first + most))
