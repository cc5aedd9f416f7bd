"""Finding the claims that hold every word of a question.

Words are compared by their stems, and by those of their synonyms. A claim's words are those of its
text, its keywords, and its date. A name in a question is held by the claims that are about it. Claims are ranked by the
inverse document frequency of the words, where a name counts less that only its text has, or only what it is about.
"""

from __future__ import annotations

from collections import defaultdict
from math import log
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bot.facts.dates import Date
from bot.names.folding import fold
from bot.questions.lexicon import Tag
from bot.questions.stemming import stem
from bot.questions.synonyms import synonyms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bot.facts.book import Book
    from bot.facts.model import Claim

BY_NAME: Final = 0.4
"""What a name counts that stands only in what a claim is about, or only in its words, as of a longer name."""
WORSE: Final = 0.8
"""The share of the best score from which a claim is told too."""


class Term(Struct, frozen=True):
    """A word of a question, or a name in it: its stems, the entity, where it names one, and what kind of word it is."""

    stems: tuple[str, ...]
    entity: str | None = None
    tags: frozenset[Tag] = frozenset()


def stems(text: str) -> frozenset[str]:
    """The stems of a text's words."""
    return frozenset(map(stem, fold(text).split()))


ALIKE: Final = frozenset(
    {Tag.LEAVE, Tag.DEPARTURE, Tag.GO, Tag.JOIN, Tag.STAY, Tag.START, Tag.FOUND, Tag.ROLE, Tag.MEMBER}
)
"""Tags of words that stand for one another: a claim that somebody joined holds the word "went"."""


class ClaimIndex:
    """The claims of a book, under their words, under what their words are, and under what they are about. Made once a book."""

    def __init__(self, book: Book, tags: Callable[[str], frozenset[Tag]]) -> None:
        self._claims = list(book.claims.values())
        self._words = [[*map(stem, fold(claim.text).split())] for claim in self._claims]
        self._under: dict[str | Tag, set[int]] = defaultdict(set)
        self._about: dict[str, set[int]] = defaultdict(set)
        for place, claim in enumerate(self._claims):
            for key in (*_own(claim), *(tags(claim.text) & ALIKE)):
                self._under[key].add(place)
            for entity in claim.about:
                self._about[entity].add(place)

    def holding(self, terms: Sequence[Term]) -> list[Claim]:
        """The claims that hold every term, best first, as far as they are not much worse than the best."""
        held = set.intersection(*map(self._holding, terms)) if terms else set()
        found = [(sum(self._score(place, term) for term in terms), -place) for place in held]
        found.sort(reverse=True)
        return [self._claims[-place] for score, place in found if score >= WORSE * found[0][0]]

    def _holding(self, term: Term) -> set[int]:
        """The claims that have a term in their words, or a word that stands for it, or are about what it names."""
        alike = [self._under.get(tag, set()) for tag in term.tags]
        about = self._about.get(term.entity, set()) if term.entity else set()
        return set().union(self._having(term), about, *alike)

    def _having(self, term: Term) -> set[int]:
        """The claims that have every word of a term; a name's words side by side."""
        found = set.intersection(*map(self._with, term.stems))
        if term.entity is None:
            return found
        return {place for place in found if len(term.stems) == 1 or term.stems in self._runs(place, len(term.stems))}

    def _runs(self, place: int, length: int) -> set[tuple[str, ...]]:
        """The stems of so many words side by side in a claim's text."""
        words = self._words[place]
        return set(zip(*(words[start:] for start in range(length)), strict=False))

    def _with(self, stem: str) -> set[int]:
        """The claims that have a word, or one that asks for the same."""
        return set().union(*(self._under.get(other, set()) for other in synonyms(stem)))

    def _score(self, place: int, term: Term) -> float:
        """How much it says that a claim has a term: the more, the fewer claims have it (inverse document frequency)."""
        weight = sum(log(1 + len(self._claims) / len(found)) for stem in term.stems if (found := self._with(stem)))
        named = term.entity is None or place in self._about.get(term.entity, ())
        return weight if named and place in self._having(term) else BY_NAME * weight


def _own(claim: Claim) -> frozenset[str]:
    dates = [str(claim.date), claim.date.wording or "", *_point(claim.date)] if claim.date else []
    return _all_stems([claim.text, *claim.keywords, claim.stance or "", *dates])


def _point(known: Date) -> list[str]:
    """A date without the words of its source: "May 2025" for "this month"."""
    return [str(Date(known.edtf, known.span))]


def _all_stems(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(each for text in texts for each in stems(text))
