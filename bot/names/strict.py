"""Names of organisations, topics and sources: short and alike, and so matched nearly exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import OSA

from bot.names.folding import fold
from bot.names.model import By, Candidate, Explanation, Kind, Met, Named
from bot.names.words import lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

Words = tuple[str, ...]

SLIPS: Final = ((10, 2), (6, 1))
"""Letters that a word needs before so many slips in it are forgiven."""
SLIPPED: Final = 5
"""Letters that are enough for one slip in what is no word or name of any language that is known."""
MOST_SLIPS: Final = max(slips for _, slips in SLIPS)
NEAR: Final = 0.7
"""The likeness of two words from which one is offered as "did you mean"."""
JOINED: Final = 0.99
"""Words typed as one, or one typed as two."""
ALIKE: Final = 0.05
"""Candidates whose scores differ by less fit alike."""


class StrictNames:
    """All names that are no person's."""

    def __init__(self, named: Iterable[Named], fillers: Collection[str]) -> None:
        """Take the words that people put around names, which names are stripped of as queries are."""
        self.forms: dict[Words, list[Named]] = {}
        for item in named:
            for form in (item.name, *item.aliases):
                folded = tuple(fold(form).split())
                words = tuple(word for word in folded if word not in fillers) or folded
                if words and item not in self.forms.setdefault(words, []):
                    self.forms[words].append(item)

        self._kinds = frozenset(item.kind for items in self.forms.values() for item in items)
        self.words = frozenset(word for form in self.forms for word in form)
        self._letters = {form: sum(map(len, form)) for form in self.forms}

    def fitting(self, typed: Words, kinds: Collection[Kind]) -> list[Candidate]:
        """Those with a name of which every word was typed, but for slips, best first."""
        letters, slips = sum(map(len, typed)), MOST_SLIPS * len(typed)
        found = self._ranked(
            kinds, lambda form: _fit(typed, form) if abs(self._letters[form] - letters) <= slips else 0, typed
        )
        return [candidate for candidate in found if candidate.score > found[0].score - ALIKE]

    def begun(self, typed: Words, kinds: Collection[Kind]) -> list[Candidate]:
        """Those whose names the words typed begin, best first."""
        return self._ranked(kinds, lambda form: beginning(typed, form), typed)

    def near(self, typed: Words, kinds: Collection[Kind]) -> list[Candidate]:
        """Those with a word like one that was typed, best first."""
        return self._ranked(kinds, lambda form: _likeness(typed, form), typed)

    def beginning_like(self, typed: Words, kinds: Collection[Kind]) -> list[Candidate]:
        """Those whose names begin like the words typed, best first."""
        return self._ranked(kinds, lambda form: beginning(typed, form, NEAR), typed)

    def _ranked(self, kinds: Collection[Kind], score: Callable[[Words], float], typed: Words) -> list[Candidate]:
        if not typed or self._kinds.isdisjoint(kinds):
            return []
        best: dict[str, Candidate] = {}
        for form, items in self.forms.items():
            wanted = [item for item in items if item.kind in kinds]
            value = score(form) if wanted else 0
            for item in wanted:
                if value and (item.id not in best or best[item.id].score < value):
                    best[item.id] = Candidate(item, value, _explain(typed, form))
        return sorted(best.values(), key=lambda candidate: -candidate.score)


def beginning(typed: Words, form: Words, least: float = 1) -> float:
    """How much of a form the words typed begin, each at least so like the beginning of a part; 0 when one begins none."""
    begun = []
    for word in typed:
        alike = (part for part in form if OSA.normalized_similarity(word, part[: len(word)]) >= least)
        begun.append(max((len(word) / max(len(word), len(part)) for part in alike), default=0))
    return sum(begun) / len(begun) if begun and all(begun) else 0


def _fit(typed: Words, form: Words) -> float:
    """1 for the same words, less for each slip, 0 where one is not forgiven."""
    if typed == form:
        return 1
    if len(typed) != len(form):
        return JOINED * _spelling("".join(typed), "".join(form))
    scores = [_spelling(*pair) for pair in zip(typed, form, strict=True)]
    if not all(scores):
        scores = [_spelling(*pair) for pair in zip(sorted(typed), sorted(form), strict=True)]
    return sum(scores) / len(scores) if all(scores) else 0


def _spelling(typed: str, part: str) -> float:
    if typed == part:
        return 1
    if abs(len(typed) - len(part)) > MOST_SLIPS or not (typed.isalpha() and part.isalpha()):
        return 0
    letters = min(len(typed), len(part))
    allowed = next((slips for least, slips in SLIPS if letters >= least), 0)
    slips = OSA.distance(typed, part, score_cutoff=max(allowed, 1))
    if slips > allowed and (slips > 1 or letters < SLIPPED or typed in lexicon()):
        return 0
    return 1 - slips / max(len(typed), len(part))


def _likeness(typed: Words, form: Words) -> float:
    best = max((OSA.normalized_similarity(word, part) for word in typed for part in form), default=0)
    return best if best >= NEAR else 0


def _explain(typed: Words, form: Words) -> Explanation:
    if len(typed) != len(form):
        return Explanation((Met(" ".join(typed), " ".join(form), By.JOINED),))
    pairs = zip(typed, form, strict=True)
    if sorted(typed) == sorted(form):
        return Explanation(tuple(Met(word, word, By.EXACT) for word in typed), reversed=typed != form)
    return Explanation(tuple(Met(a, b, By.EXACT if a == b else By.SPELLING, OSA.distance(a, b)) for a, b in pairs))
