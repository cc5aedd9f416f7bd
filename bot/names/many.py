"""Forms so many that only those are looked at that a slip or two make like what was typed, in numpy arrays."""

from __future__ import annotations

from functools import cached_property
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from bot.names.deletions import Deletions, distinct
from bot.names.forms import INITIAL, LAST, MARGIN, MOST_INITIALS, RIVALS, SHORTENED, UNCOVERED, Forms, Words
from bot.names.vocabulary import LIKE, SOUND_COST, SOUND_SHARE, TENTHS, VOWELS, Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from bot.names.typed import Typed

MOST_FORMS: Final = 20_000
"""Forms that are looked at for a typed part, the likest first: a bound to the time, met only in large books."""
SHORTEST_JOINED: Final = 7
"""Letters of a typed word from which it may be a first name and a surname typed as one."""
SHORTEST_HALF: Final = 3
"""Letters of a part by which words typed as one are taken apart."""
MOST_SPLIT: Final = 3000
"""Forms that are compared as a whole with words typed as one."""


class ManyForms(Forms):
    """The forms of a large book."""

    def __init__(self, named: Iterable[tuple[int, Words]]) -> None:
        super().__init__(named)
        places = self.vocabulary.places
        sizes = np.fromiter(map(len, self.words), np.int32, len(self.words))
        starts = np.cumsum(sizes) - sizes
        parts = np.fromiter((places[word] for words in self.words for word in words), np.int32, int(sizes.sum()))
        self._uncovered = UNCOVERED * sizes
        # Which forms each part stands in: a form's number twice, and 1 more where the part is its last.
        postings = np.repeat(np.arange(len(sizes), dtype=np.int32) * 2, sizes)
        postings[starts + sizes - 1] += 1
        self._postings = postings[np.argsort(parts, kind="stable")]
        counts = np.bincount(parts, minlength=len(places))
        self._begins = np.concatenate(([0], np.cumsum(counts)))
        initials = np.fromiter((_bits(part[0]) for part in self.vocabulary.parts), np.uint32, len(places))
        self._initials = np.bitwise_or.reduceat(initials[parts], starts)
        self._letters = Deletions(self.vocabulary.parts, 2)
        self._sounds = Deletions(self.vocabulary.sounds, 1)

    @cached_property
    def _skeletons(self) -> Deletions:
        return Deletions(self.vocabulary.skeletons, 1)

    def _with(self, word: str) -> list[int]:
        """The forms with a part."""
        place = self.vocabulary.places.get(word)
        return [] if place is None else (self._standing(place) >> 1).tolist()

    def _standing(self, place: int) -> NDArray[np.int32]:
        """The postings of a part: a form's number twice, and 1 more where the part is its last."""
        return self._postings[self._begins[place] : self._begins[place + 1]]

    def _begun(self, words: Words) -> list[int]:
        """The forms of which each word begins a part."""
        ranges = [self.vocabulary.beginning(word, MOST_FORMS) for word in words]
        first, *others = [self._postings[self._begins[some.start] : self._begins[some.stop]] >> 1 for some in ranges]
        for other in others:
            first = np.intersect1d(distinct(first), distinct(other), assume_unique=True)
        return list(dict.fromkeys(first.tolist()))

    def likely(self, typed: Typed, most: int) -> list[int]:
        """At most so many forms that may be meant, the likeliest first."""
        joined = (one + other for one, other in pairwise(typed.tokens) if one + other in self.vocabulary.places)
        tokens = [*typed.tokens, *joined]
        scores = np.zeros(len(self.words), np.float32)
        touched: list[NDArray[np.int32]] = []
        letters = max(len(typed.joined), 1)
        unlike = False
        for token in tokens:
            if len(token) == 1:
                continue
            forms, likeness = self._meant_by(Part(token, foreign=typed.foreign))
            found = np.zeros(len(self.words), np.float32)
            found[forms] = likeness
            unlike |= not len(likeness) or likeness[-1] < 1 - 1 / max(len(token), 5)
            scores[forms] = scores[forms] + found[forms] * np.float32(len(token) / letters)
            touched.append(forms)
        if unlike and len(typed.joined) >= SHORTEST_JOINED:
            forms, likeness = self._as_wholes(typed.joined)
            scores[forms] = np.maximum(scores[forms], likeness)
            touched.append(forms)
        if not touched:
            return self._by_initials(typed, most)
        forms = np.concatenate(touched)
        ranked = scores[forms] - self._uncovered[forms]
        for token in tokens:
            if len(token) <= MOST_INITIALS and token.isalpha():
                ranked[self._initials[forms] & _bits(token) == _bits(token)] += INITIAL / letters
        return _best(forms, ranked, most)

    def _meant_by(self, part: Part) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """The forms with a part that may be meant by a typed one, and its likeness, the likest last."""
        places = self._near(part)
        likeness = self.likeness(part, places.tolist())
        like = likeness >= LIKE
        short = self._shortened(part.text, MOST_FORMS)
        places = np.concatenate((places[like], np.array(short, np.int32)))
        likeness = np.concatenate((likeness[like], np.full(len(short), SHORTENED)))
        order = np.argsort(-likeness, kind="stable")
        places, likeness = places[order], likeness[order]
        counts = self._begins[places + 1] - self._begins[places]
        kept = max(int(np.searchsorted(np.cumsum(counts), MOST_FORMS)), 1)
        places, likeness, counts = places[:kept][::-1], likeness[:kept][::-1], counts[:kept][::-1]
        steps = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        postings = self._postings[np.repeat(self._begins[places], counts) + steps]
        return postings >> 1, np.repeat(likeness, counts) + LAST * (postings & 1)

    def _near(self, part: Part) -> NDArray[np.int32]:
        """The places of parts that a slip or two make like a typed one, by letters or by sound."""
        found = [self._letters.near(part.text), self._sounds.near(part.sound)]
        if part.skeleton:
            found.append(self._skeletons.near(part.skeleton))
        return distinct(np.concatenate(found))

    def likeness(self, typed: Part, places: Sequence[int]) -> NDArray[np.float64]:
        """How like a typed part others are, as `Vocabulary.like` tells, but of hundreds in a quarter of the time."""
        parts = [self.vocabulary.parts[place] for place in places]
        letters = _each(OSA.distance, typed.text, parts)
        heard = _each(OSA.distance, typed.sound, [self.vocabulary.sounds[place] for place in places])
        edits = np.minimum(letters, (SOUND_SHARE * heard + (TENTHS - SOUND_SHARE) * letters + SOUND_COST) / TENTHS)
        longest = np.maximum(np.fromiter(map(len, parts), np.int32), len(typed.text))
        if typed.skeleton:
            skeletons = [self.vocabulary.skeletons[place] for place in places]
            bones = _each(OSA.normalized_distance, typed.skeleton, skeletons)
            edits = np.minimum(edits, (1 - VOWELS) * bones * longest + VOWELS * letters)
        return 1 - edits / longest

    def _as_wholes(self, text: str) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """Forms with a part that a text begins or ends with, and how like the text each is as one word."""
        forms = self._split(text)
        words = [self.words[form] for form in forms.tolist()]
        written = ["".join(form) for form in words] + ["".join(form[-1:] + form[:-1]) for form in words]
        both = _each(OSA.normalized_similarity, text, written)
        return forms, both.reshape(2, -1).max(axis=0)

    def _split(self, text: str) -> NDArray[np.int32]:
        """Forms with a part that the text begins or ends with, longer parts first."""
        places = self.vocabulary.places
        cuts = sorted(range(SHORTEST_HALF, len(text) - 1), key=lambda cut: -max(cut, len(text) - cut))
        halves = chain.from_iterable((text[:cut], text[cut:]) for cut in cuts)
        known = dict.fromkeys(places[half] for half in halves if len(half) >= SHORTEST_HALF and half in places)
        found, total = [np.zeros(0, np.int32)], 0
        for place in known:
            postings = self._standing(place)
            total += len(postings)
            if total > MOST_SPLIT:
                break
            found.append(postings >> 1)
        return distinct(np.concatenate(found))

    def _by_initials(self, typed: Typed, most: int) -> list[int]:
        """The forms with all the initials typed, where nothing else was."""
        letters = typed.joined
        if len(letters) == 1 or not letters.isalpha():
            return []
        return np.flatnonzero(self._initials & _bits(letters) == _bits(letters)).tolist()[:most]


def _best(forms: NDArray[np.int32], ranked: NDArray[np.float64], most: int) -> list[int]:
    """The likeliest forms, once each, without those far behind the best."""
    if not len(forms):
        return []
    if len(forms) > 4 * most:
        kept = np.argpartition(-ranked, 4 * most)[: 4 * most]
        forms, ranked = forms[kept], ranked[kept]
    order = np.lexsort((forms, -ranked))
    close = int(np.count_nonzero(ranked >= ranked[order[0]] - MARGIN))
    return list(dict.fromkeys(forms[order[: max(close, RIVALS)]].tolist()))[:most]


def _each(scorer: Callable[..., float], typed: str, words: Sequence[str]) -> NDArray[np.float64]:
    """What a scorer tells of a typed word and each of some words."""
    found: NDArray[np.float64] = cdist([typed], words, scorer=scorer, dtype=np.float64)[0]
    return found


def _bits(letters: str) -> int:
    """Initials as a set of bits, of which digits have none."""
    return sum({1 << ord(letter) - ord("a") for letter in letters if letter.isalpha()})
