"""All ways in which names are written, in arrays, and those of them that a query may mean: quick, and rough."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain, pairwise, takewhile
from math import inf
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist, extract

from bot.names.deletions import distinct
from bot.names.strict import beginning
from bot.names.vocabulary import LIKE, Likes, Part, Vocabulary
from bot.names.words import nicknames

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from bot.names.typed import Typed

Words = tuple[str, ...]

LAST: Final = 0.04
"""How much more a surname counts than another part that is as like."""
SHORTENED: Final = 0.75
"""The likeness of a nickname or a beginning."""
INITIAL: Final = 0.4
"""The likeness of an initial, which says little."""
MOST_INITIALS: Final = 3
"""Letters that may be somebody's initials, typed as one word."""
UNCOVERED: Final = 0.015
"""What each part of a name that was not typed takes off the likeness."""
MARGIN: Final = 0.35
"""The likeness by which a form may be behind the likeliest and still be compared closely."""
RIVALS: Final = 3
"""Forms that are compared closely however far they are behind."""
MOST_FORMS: Final = 20_000
"""Forms that are looked at for a typed part, the likest first: a bound to the time, met only in large books."""
WORDS_KEPT: Final = 256
"""Typed words of which is kept what they are like in a small book: people ask for the same names again and again."""
SHORTEST_JOINED: Final = 7
"""Letters of a typed word from which it may be a first name and a surname typed as one."""
WHOLE: Final = 1500
"""Forms up to which each is compared as a whole with what was typed."""


class Meant(NamedTuple):
    """What a typed part may mean in a small book."""

    likes: Likes
    forms: dict[int, float]
    """How like the likest part of each form is, where one is like it. Nothing for an initial."""


class Forms:
    """The forms of people's names: folded parts, who bears them, and in which forms each part stands."""

    def __init__(self, named: Iterable[tuple[int, Words]]) -> None:
        """Take pairs of an owner's number and a form's parts, in the book's order."""
        owners, parts, sizes = [], [], []
        places: dict[str, int] = {}
        self._exact: dict[str, int] = {}
        self._again: dict[int, list[int]] = defaultdict(list)
        for form, (owner, words) in enumerate(named):
            owners.append(owner)
            sizes.append(len(words))
            parts.extend([places.setdefault(word, len(places)) for word in words])
            first = self._exact.setdefault(_key(words), form)
            if first != form:
                self._again[first].append(form)
        self.vocabulary = Vocabulary(list(places))
        renamed = np.fromiter((self.vocabulary.places[word] for word in places), np.int32, len(places))
        self.owners = np.array(owners, np.int32)
        self._parts = renamed[np.array(parts, np.int32)] if parts else np.zeros(0, np.int32)
        self._sizes = np.array(sizes, np.int32)
        self._uncovered = (UNCOVERED * self._sizes).astype(np.float64)
        self._starts = np.concatenate(([0], np.cumsum(self._sizes))).astype(np.int64)
        self._build_postings()
        self.vocabulary.prepare()
        self._all = np.arange(len(self))
        self._whole = len(self) <= WHOLE
        if self._whole:
            self._listed = [self._words(form) for form in range(len(self))]
            turned = ["".join(form[-1:] + form[:-1]) for form in self._listed]
            self._written = ["".join(form) for form in self._listed] + turned
        self._few = self._whole and self.vocabulary.small
        if self._few:
            self._bearers = [self._standing(place).tolist() for place in range(len(self.vocabulary.parts))]
        self._kept: dict[tuple[str, bool], Meant] = {}

    def __len__(self) -> int:
        return len(self.owners)

    def _build_postings(self) -> None:
        """Which forms each part stands in: a form's number twice, and 1 more where the part is its last."""
        forms = np.repeat(np.arange(len(self), dtype=np.int32), self._sizes)
        last = np.zeros(len(self._parts), np.int32)
        last[self._starts[1:] - 1] = 1
        order = np.argsort(self._parts, kind="stable")
        self._postings = (forms * 2 + last)[order]
        counts = np.bincount(self._parts, minlength=len(self.vocabulary.parts))
        self._begins = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
        letters = np.array([ord(part[0]) - ord("a") if part[0].isalpha() else 26 for part in self.vocabulary.parts])
        self._initials = np.zeros(len(self), np.uint32)
        if len(self):
            bits = np.left_shift(np.uint32(1), letters.astype(np.uint32))[self._parts]
            self._initials = np.bitwise_or.reduceat(bits, self._starts[:-1]).astype(np.uint32)

    def words(self, form: int) -> Words:
        """The folded parts of a form."""
        return self._listed[form] if self._whole else self._words(form)

    def _words(self, form: int) -> Words:
        places = self._parts[self._starts[form] : self._starts[form + 1]]
        return tuple(self.vocabulary.parts[place] for place in places)

    def exact(self, words: Words) -> list[int]:
        """The forms with just these parts, in any order."""
        first = self._exact.get(_key(words))
        return [] if first is None else [first, *self._again.get(first, ())]

    def stand_together(self, one: str, other: str) -> bool:
        """Whether two parts are parts of one form."""
        return len(_both(self._with(one), self._with(other))) > 0

    def _with(self, part: str) -> NDArray[np.int32]:
        """The forms with a part."""
        return self._standing(self.vocabulary.places[part]) >> 1

    def _standing(self, place: int) -> NDArray[np.int32]:
        """The postings of a part: a form's number twice, and 1 more where the part is its last."""
        return self._postings[self._begins[place] : self._begins[place + 1]]

    def with_last(self, word: str, most: int) -> list[int]:
        """At most so many owners of forms whose last part is a word."""
        place = self.vocabulary.places.get(word)
        if place is None:
            return []
        postings = self._standing(place)
        owners = self.owners[postings[postings & 1 == 1] >> 1]
        return list(dict.fromkeys(owners.tolist()))[:most]

    def begun(self, words: Words, most: int) -> list[int]:
        """At most so many owners of forms of which each word typed begins a part; who is begun most comes first."""
        found: NDArray[np.int32] | None = None
        for word in words:
            places = self.vocabulary.beginning(word, MOST_FORMS)
            postings = self._postings[self._begins[places.start] : self._begins[places.stop]] >> 1
            found = postings if found is None else _both(found, postings)
        if found is None:
            return []
        forms = list(dict.fromkeys(found.tolist()))[:MOST_BEGUN]
        ranked = sorted(forms, key=lambda form: -beginning(words, self.words(form)))
        begun = [form for form in ranked if beginning(words, self.words(form))]
        return list(dict.fromkeys(int(self.owners[form]) for form in begun))[:most]

    def likely(self, typed: Typed, most: int) -> list[int]:
        """At most so many forms that may be meant, the likeliest first."""
        if not len(self):
            return []
        return self._likely_of_few(typed, most) if self._few else self._likely_of_many(typed, most)

    def likes(self, typed: Typed, words: Iterable[str]) -> list[Likes]:
        """For each part typed at least those of some parts of names that may be meant by it."""
        if self._few:
            return [meant.likes for meant in self._meant(typed)]
        parts = [Part(token, foreign=typed.foreign) for token in typed.tokens]
        return self.vocabulary.like(parts, [self.vocabulary.places[word] for word in words])

    def _likely_of_few(self, typed: Typed, most: int) -> list[int]:
        """Where each part typed can be compared with all parts of all forms."""
        if max(map(len, typed.tokens), default=0) <= 1:
            return self._by_initials(typed, most)
        joined = typed.joined
        added = self._added(typed)
        scores: dict[int, float] = defaultdict(float)
        for token, meant in zip(typed.tokens, self._meant(typed), strict=True):
            share = len(token) / len(joined)
            for form, like in meant.forms.items():
                scores[form] += share * like
        for form, like in self._as_wholes(joined, scores, added, most):
            scores[form] = max(scores[form], like)
        ranked = sorted([(-score - added[form], form) for form, score in scores.items()])
        close = sum([behind <= ranked[0][0] + MARGIN for behind, _ in ranked])
        return [form for _, form in ranked[: min(max(close, RIVALS), most)]]

    def _added(self, typed: Typed) -> list[float]:
        """What is added to the likeness of each form, whatever is like it."""
        added = -self._uncovered
        self._add_initials(typed.tokens, added, slice(None), len(typed.joined))
        listed: list[float] = added.tolist()
        return listed

    def _as_wholes(
        self, joined: str, scores: Mapping[int, float], added: Sequence[float], most: int
    ) -> list[tuple[int, float]]:
        """Forms that are, as one word, like all that was typed, and how like; some twice.

        Left out are those too little like it to be among those compared closely, beside forms with some scores, and
        beside each other.
        """
        low, high = min(added), max(added)
        least = _needed([score + added[form] for form, score in scores.items()], most) - high
        if least > 1:  # as where many bear the surname typed: nothing is that like
            return []
        found = extract(
            joined, self._written, scorer=OSA.normalized_similarity, score_cutoff=max(least, 0.0), limit=None
        )
        # The likest come first. Each form is written in two ways, so that of twice as many matches as many are others'.
        least = max(least, _needed([like + low for _, like, _ in found[1 : 2 * most : 2]], most) - high)
        return [(place % len(self), like) for _, like, place in takewhile(lambda match: match[1] >= least, found)]

    def _meant(self, typed: Typed) -> list[Meant]:
        """What each part typed may mean, where all is compared with it. New ones are compared together."""
        if len(self._kept) > WORDS_KEPT:
            self._kept = {}
        kept = self._kept  # this one only grows, whatever other threads do
        new = [token for token in dict.fromkeys(typed.tokens) if (token, typed.foreign) not in kept]
        likes = self.vocabulary.like([Part(token, foreign=typed.foreign) for token in new]) if new else []
        for token, like in zip(new, likes, strict=True):
            kept[token, typed.foreign] = Meant(like, self._met_by(token, like) if len(token) > 1 else {})
        return [kept[token, typed.foreign] for token in typed.tokens]

    def _met_by(self, token: str, likes: Likes) -> dict[int, float]:
        """The forms with a part that may be meant by a typed one, each with how like the likest is."""
        places = self.vocabulary.places
        like = {places[part]: likeness for part, (_, likeness) in likes.items()}
        for place in self._shortened(token, len(places)):
            like[place] = max(like.get(place, 0.0), SHORTENED)
        met: dict[int, float] = {}
        for place, value in like.items():
            for posting in self._bearers[place]:
                form, last = posting >> 1, posting & 1
                met[form] = max(met.get(form, 0.0), value + LAST * last)
        return met

    def _shortened(self, text: str, most: int) -> list[int]:
        """The places of parts, at most so many and all nicknames beside, of which a text is the beginning or a nickname."""
        places = self.vocabulary.places
        short = [places[name] for name in nicknames().get(text, ()) if name in places]
        return [*self.vocabulary.beginning(text, most), *short]

    def _add_initials(
        self, tokens: Iterable[str], ranked: NDArray[np.float64], forms: NDArray[np.int64] | slice, letters: int
    ) -> None:
        """Raise those that have the initials typed, alone or together."""
        for token in tokens:
            if len(token) <= MOST_INITIALS and token.isalpha():
                has = np.ones(1, np.uint32)
                for letter in token:
                    has = has & (self._initials[forms] >> np.uint32(ord(letter) - ord("a")))
                ranked += (has & np.uint32(1)) * np.float32(INITIAL / letters)

    def _likely_of_many(self, typed: Typed, most: int) -> list[int]:
        """Where only parts are looked at that a slip or two make like one typed, or like two typed as one."""
        joined = (one + other for one, other in pairwise(typed.tokens) if one + other in self.vocabulary.places)
        tokens = [*typed.tokens, *joined]
        scores = np.zeros(len(self), np.float32)
        touched: list[NDArray[np.int64]] = []
        letters = max(len(typed.joined), 1)
        unlike = []
        for at, token in enumerate(tokens):
            if len(token) == 1:
                continue
            forms, likeness = self._meant_by(Part(token, foreign=typed.foreign))
            found = np.zeros(len(self), np.float32)
            found[forms] = likeness
            if not len(likeness) or likeness[-1] < 1 - 1 / max(len(token), 5):
                unlike.append(at)
            scores[forms] = scores[forms] + found[forms] * np.float32(len(token) / letters)
            touched.append(forms)
        whole = self._joined_parts(typed, unlike)
        if whole is not None:
            forms, likeness = whole
            scores[forms] = np.maximum(scores[forms], likeness)
            touched.append(forms)
        if not touched:
            return self._by_initials(typed, most)
        forms = np.concatenate(touched)
        ranked = scores[forms] - self._uncovered[forms]
        self._add_initials(tokens, ranked, forms, letters)
        return self._best(forms, ranked, most)

    def _best(self, forms: NDArray[np.int64], ranked: NDArray[np.float64], most: int) -> list[int]:
        """The likeliest forms, once each, without those far behind the best."""
        if not len(forms):
            return []
        if len(forms) > 4 * most:
            kept = np.argpartition(-ranked, 4 * most)[: 4 * most]
            forms, ranked = forms[kept], ranked[kept]
        order = np.lexsort((forms, -ranked))
        close = int(np.count_nonzero(ranked >= ranked[order[0]] - MARGIN))
        return list(dict.fromkeys(forms[order[: max(close, RIVALS)]].tolist()))[:most]

    def _meant_by(self, part: Part) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The forms with a part that may be meant by a typed one, and its likeness, the likest last."""
        places, likeness = self.vocabulary.near(part)
        like = likeness >= LIKE
        short = self._shortened(part.text, MOST_FORMS)
        places = np.concatenate((places[like], np.array(short, np.int64)))
        likeness = np.concatenate((likeness[like], np.full(len(short), SHORTENED, np.float32)))
        order = np.argsort(-likeness, kind="stable")
        places, likeness = places[order], likeness[order]
        counts = self._begins[places + 1] - self._begins[places]
        kept = max(int(np.searchsorted(np.cumsum(counts), MOST_FORMS)), 1)
        places, likeness, counts = places[:kept][::-1], likeness[:kept][::-1], counts[:kept][::-1]
        total = int(counts.sum())
        steps = np.arange(total) - np.repeat(np.cumsum(counts) - counts, counts)
        postings = self._postings[np.repeat(self._begins[places], counts) + steps]
        return (postings >> 1).astype(np.int64), np.repeat(likeness, counts) + np.float32(LAST) * (postings & 1)

    def _joined_parts(self, typed: Typed, unlike: list[int]) -> tuple[NDArray[np.int64], NDArray[np.float32]] | None:
        """The forms that look like all that was typed as one word, where a typed part looks like none of a name."""
        text = typed.joined
        if self._whole:
            both = cdist([text], self._written, scorer=OSA.normalized_similarity, dtype=np.float32)[0]
            return self._all, both.reshape(2, -1).max(axis=0)
        if not unlike or len(text) < SHORTEST_JOINED:
            return None
        forms = self._split(text)
        if not len(forms):
            return None
        words = [self.words(form) for form in forms.tolist()]
        written = ["".join(form) for form in words] + ["".join(form[-1:] + form[:-1]) for form in words]
        both = cdist([text], written, scorer=OSA.normalized_similarity, dtype=np.float32)[0]
        return forms, np.maximum(both[: len(forms)], both[len(forms) :])

    def _split(self, text: str) -> NDArray[np.int64]:
        """Forms with a part that the text begins or ends with, longer parts first."""
        places = self.vocabulary.places
        cuts = sorted(range(SHORTEST_HALF, len(text) - 1), key=lambda cut: -max(cut, len(text) - cut))
        halves = chain.from_iterable((text[:cut], text[cut:]) for cut in cuts)
        known = dict.fromkeys(places[half] for half in halves if len(half) >= SHORTEST_HALF and half in places)
        found, total = [np.zeros(0, np.int64)], 0
        for place in known:
            postings = self._standing(place)
            total += len(postings)
            if total > MOST_SPLIT:
                break
            found.append((postings >> 1).astype(np.int64))
        return distinct(np.concatenate(found))

    def _by_initials(self, typed: Typed, most: int) -> list[int]:
        """The forms with all the initials typed, where nothing else was."""
        found = np.ones(len(self), bool)
        for letter in typed.joined:
            if not letter.isalpha() or len(typed.joined) == 1:
                return []
            found &= ((self._initials >> np.uint32(ord(letter) - ord("a"))) & np.uint32(1)).astype(bool)
        return np.flatnonzero(found)[:most].tolist() if typed.tokens else []


SHORTEST_HALF: Final = 3
"""Letters of a part by which words typed as one are taken apart."""
MOST_BEGUN: Final = 500
"""Forms begun by what was typed that are ranked for completing."""
MOST_SPLIT: Final = 3000
"""Forms that are compared as a whole with words typed as one."""


def _needed(ranked: Sequence[float], most: int) -> float:
    """What another form must be ranked at to be among those compared closely, beside forms ranked so."""
    best = sorted(ranked, reverse=True)[:most]
    if len(best) < RIVALS:
        return -inf
    likely = min(best[0] - MARGIN, best[RIVALS - 1])
    return max(likely, best[-1]) if len(best) == most else likely


def _both(forms: NDArray[np.int32], others: NDArray[np.int32]) -> NDArray[np.int32]:
    """The forms that are among some and among others, each once, sorted."""
    return np.intersect1d(distinct(forms), distinct(others), assume_unique=True)


def _key(words: Iterable[str]) -> str:
    return " ".join(sorted(words))
