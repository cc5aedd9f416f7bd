"""Forms so few that what was typed is compared with each. For that no start need wait for numpy."""

from __future__ import annotations

from collections import defaultdict
from itertools import takewhile
from math import inf
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.names.forms import INITIAL, LAST, MARGIN, MOST_INITIALS, RIVALS, SHORTENED, UNCOVERED, Forms, Words
from bot.names.vocabulary import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.names.typed import Typed

FEW: Final = 1500
"""Forms up to which each is compared with what was typed: so more people are found, of as many in twice the time."""
WORDS_KEPT: Final = 256
"""Typed words of which is kept which forms are like them: people ask for the same names again and again."""


class FewForms(Forms):
    """The forms of a small book."""

    def __init__(self, named: Iterable[tuple[int, Words]]) -> None:
        super().__init__(named)
        self._forms: dict[str, list[int]] = defaultdict(list)
        self._with_initial: dict[str, set[int]] = defaultdict(set)
        for form, words in enumerate(self.words):
            for word in dict.fromkeys(words):
                self._forms[word].append(form)
                self._with_initial[word[0]].add(form)
        self._uncovered = [-UNCOVERED * len(words) for words in self.words]
        turned = ["".join(words[-1:] + words[:-1]) for words in self.words]
        self._written = ["".join(words) for words in self.words] + turned
        self._kept: dict[tuple[str, bool], dict[int, float]] = {}

    def _with(self, word: str) -> list[int]:
        """The forms with a part."""
        return self._forms.get(word, [])

    def _begun(self, words: Words) -> list[int]:
        """The forms of which each word begins a part, in the book's order."""
        parts = self.vocabulary.parts
        places = [self.vocabulary.beginning(word, len(parts)) for word in words]
        return sorted(set.intersection(*[{form for at in some for form in self._with(parts[at])} for some in places]))

    def likely(self, typed: Typed, most: int) -> list[int]:
        """At most so many forms that may be meant, the likeliest first."""
        joined = typed.joined
        if not self.words:
            return []
        if len(joined) == len(typed.tokens):
            return sorted(self._with_initials(joined))[:most] if len(joined) > 1 else []
        added = self._added(typed)
        scores: dict[int, float] = defaultdict(float)
        for token in typed.tokens:
            share = len(token) / len(joined)
            for form, like in self._meant(token, foreign=typed.foreign).items():
                scores[form] += share * like
        for form, like in self._as_wholes(joined, scores, added, most):
            scores[form] = max(scores[form], like)
        ranked = sorted([(-score - added[form], form) for form, score in scores.items()])
        close = sum([behind <= ranked[0][0] + MARGIN for behind, _ in ranked])
        return [form for _, form in ranked[: min(max(close, RIVALS), most)]]

    def _added(self, typed: Typed) -> list[float]:
        """What is added to the likeness of each form, whatever is like it."""
        added = self._uncovered.copy()
        for token in typed.tokens:
            for form in self._with_initials(token) if len(token) <= MOST_INITIALS else ():
                added[form] += INITIAL / len(typed.joined)
        return added

    def _with_initials(self, letters: str) -> set[int]:
        """The forms with all these initials; none where one is a digit."""
        if not letters.isalpha():
            return set()
        return set.intersection(*[self._with_initial.get(letter, set()) for letter in letters])

    def _meant(self, token: str, *, foreign: bool) -> dict[int, float]:
        """The forms with a part that may be meant by a typed one, each with how like the likest is."""
        if len(token) == 1:
            return {}
        met = self._kept.get((token, foreign))
        if met is None:
            if len(self._kept) >= WORDS_KEPT:
                self._kept.clear()
            met = self._kept[token, foreign] = self._met(Part(token, foreign=foreign))
        return met

    def _met(self, typed: Part) -> dict[int, float]:
        parts = self.vocabulary.parts
        like = {place: likeness for place, (_, likeness) in self.vocabulary.like(typed).items()}
        for place in self._shortened(typed.text, len(parts)):
            like[place] = max(like.get(place, 0.0), SHORTENED)
        met: dict[int, float] = {}
        for place, likeness in like.items():
            for form in self._with(parts[place]):
                last = LAST if self.words[form][-1] == parts[place] else 0.0
                met[form] = max(met.get(form, 0.0), likeness + last)
        return met

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
        return [(at % len(self.words), like) for _, like, at in takewhile(lambda match: match[1] >= least, found)]


def _needed(ranked: Sequence[float], most: int) -> float:
    """What another form must be ranked at to be among those compared closely, beside forms ranked so."""
    best = sorted(ranked, reverse=True)[:most]
    if len(best) < RIVALS:
        return -inf
    likely = min(best[0] - MARGIN, best[RIVALS - 1])
    return max(likely, best[-1]) if len(best) == most else likely
