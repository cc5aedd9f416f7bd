"""The distinct parts of all names, and which of them may be meant by a typed one."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.names.sounds import skeleton, sound

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LIKE: Final = 0.55
"""The likeness of two parts from which one may be meant by the other."""
HEARD: Final = 0.4
"""The likeness of two sounds from which parts are compared whose letters alone are not like enough."""

TENTHS: Final = 10
"""Parts of an edit in which sounds are counted, so that what comes to whole edits is just that."""
SOUND_COST: Final = 1
"""Tenths: what it costs that two parts are written differently, though they sound alike."""
SOUND_SHARE: Final = 7
"""Tenths: how far the sound counts where parts are nearer by it; the rest is for the letters."""
VOWELS: Final = 0.25
"""How far all letters count beside the consonants, where another script was typed."""


class Part:
    """A typed part in the forms in which it is compared."""

    __slots__ = ("skeleton", "sound", "text")

    def __init__(self, text: str, *, foreign: bool) -> None:
        self.text = text
        self.sound = sound(text)
        self.skeleton = skeleton(text) if foreign else ""


class Vocabulary:
    """Distinct parts, sorted. A part is known by its place."""

    def __init__(self, parts: Iterable[str]) -> None:
        self.parts = sorted(parts)
        self.places = {part: place for place, part in enumerate(self.parts)}
        self.sounds = [sound(part) for part in self.parts]

    @cached_property
    def skeletons(self) -> list[str]:
        """The skeletons of all parts, made when somebody first types another script."""
        return [skeleton(part) for part in self.parts]

    def like(self, typed: Part, places: Sequence[int] | None = None) -> dict[int, tuple[float, float]]:
        """The places of those of some parts, or of all, that may be meant by a typed one: edits, and likeness from 0 to 1."""
        near = self._near(typed.text, self.parts, LIKE, places) | self._near(typed.sound, self.sounds, HEARD, places)
        if typed.skeleton:
            near |= self._near(typed.skeleton, self.skeletons, LIKE, places)
        compared = [(place, self._compare(typed, place)) for place in near]
        return {place: pair for place, pair in compared if pair[1] >= LIKE}

    @staticmethod
    def _near(typed: str, among: Sequence[str], least: float, places: Sequence[int] | None) -> set[int]:
        """The places of words at least so like a typed one."""
        words = among if places is None else {place: among[place] for place in places}
        found = extract(typed, words, scorer=OSA.normalized_similarity, score_cutoff=least, limit=None)
        return {place for _, _, place in found}

    def _compare(self, typed: Part, place: int) -> tuple[float, float]:
        """Edits by which a typed part differs from another, by letters and by sound, and the likeness from 0 to 1."""
        text = self.parts[place]
        letters = OSA.distance(typed.text, text)
        heard = OSA.distance(typed.sound, self.sounds[place])
        edits = min(letters, (SOUND_SHARE * heard + (TENTHS - SOUND_SHARE) * letters + SOUND_COST) / TENTHS)
        longest = max(len(typed.text), len(text))
        if typed.skeleton:
            bones = OSA.normalized_distance(typed.skeleton, self.skeletons[place])
            edits = min(edits, (1 - VOWELS) * bones * longest + VOWELS * letters)
        return edits, 1 - edits / longest

    def beginning(self, text: str, most: int) -> range:
        """The places of at most so many parts that begin with a text."""
        first = bisect_left(self.parts, text)
        return range(first, min(bisect_left(self.parts, text + "{"), first + most))
