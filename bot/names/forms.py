"""All ways in which names are written, and those of them that a query may mean: quick, and rough.

`few` compares what was typed with each; `many` with those only that a slip or two make like it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from array import array
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from bot.names.strict import beginning
from bot.names.vocabulary import Part, Vocabulary
from bot.names.words import nicknames

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.names.typed import Typed

Words = tuple[str, ...]
Likes = dict[str, tuple[float, float]]
"""Those parts of names that may be meant by a typed part: edits, and likeness from 0 to 1."""

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
MOST_BEGUN: Final = 500
"""Forms begun by what was typed that are ranked for completing."""


class Forms(ABC):
    """The forms of people's names: folded parts, and who bears them. A form is known by its number."""

    def __init__(self, named: Iterable[tuple[int, Words]]) -> None:
        """Take pairs of an owner's number and a form's parts, in the book's order."""
        self.owners = array("i")
        self.words: list[Words] = []
        parts: dict[str, str] = {}
        self._exact: dict[str, int] = {}
        self._again: dict[int, list[int]] = defaultdict(list)
        for form, (owner, words) in enumerate(named):
            self.owners.append(owner)
            self.words.append(tuple([parts.setdefault(word, word) for word in words]))
            first = self._exact.setdefault(_key(words), form)
            if first != form:
                self._again[first].append(form)
        self.vocabulary = Vocabulary(parts)

    def exact(self, words: Words) -> list[int]:
        """The forms with just these parts, in any order."""
        first = self._exact.get(_key(words))
        return [] if first is None else [first, *self._again.get(first, ())]

    def stand_together(self, one: str, other: str) -> bool:
        """Whether two parts are parts of one form."""
        return not set(self._with(one)).isdisjoint(self._with(other))

    def with_last(self, word: str, most: int) -> list[int]:
        """At most so many owners of forms whose last part is a word."""
        return self._bearers([form for form in self._with(word) if self.words[form][-1] == word], most)

    @abstractmethod
    def _with(self, word: str) -> list[int]:
        """The forms with a part."""

    def _bearers(self, forms: Iterable[int], most: int) -> list[int]:
        """At most so many owners of forms, once each."""
        return list(dict.fromkeys([self.owners[form] for form in forms]))[:most]

    @abstractmethod
    def likely(self, typed: Typed, most: int) -> list[int]:
        """At most so many forms that may be meant, the likeliest first."""

    def likes(self, typed: Typed, words: Iterable[str]) -> list[Likes]:
        """For each part typed those of some parts of names that may be meant by it."""
        places = [self.vocabulary.places[word] for word in words]
        found = [self.vocabulary.like(Part(token, foreign=typed.foreign), places) for token in typed.tokens]
        return [{self.vocabulary.parts[place]: pair for place, pair in like.items()} for like in found]

    def begun(self, words: Words, most: int) -> list[int]:
        """At most so many owners of forms of which each word typed begins a part; who is begun most comes first."""
        shares = {form: beginning(words, self.words[form]) for form in self._begun(words)[:MOST_BEGUN]}
        ranked = sorted(filter(shares.get, shares), key=shares.__getitem__, reverse=True)
        return self._bearers(ranked, most)

    @abstractmethod
    def _begun(self, words: Words) -> list[int]:
        """The forms of which each word begins a part."""

    def _shortened(self, text: str, most: int) -> list[int]:
        """The places of parts, at most so many and all nicknames beside, of which a text is the beginning or a nickname."""
        places = self.vocabulary.places
        short = [places[name] for name in nicknames().get(text, ()) if name in places]
        return [*self.vocabulary.beginning(text, most), *short]


def _key(words: Iterable[str]) -> str:
    return " ".join(sorted(words))
