"""Books of a few people, queries to them, and what would be right to answer: what the weights are fitted on."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from bench.errors import STYLES, dressed, slips, written
from bench.scripts import rewritten
from bot.names.folding import fold
from bot.names.words import lexicon

if TYPE_CHECKING:
    from bench.populations import People, Person

STRANGERS: Final = {
    "stranger": 24, "stranger, slips": 14, "shares a first name": 15, "shares a surname": 9, "crossed": 3, "near surname": 12, "near word": 9,
    "near surname and another first name": 7, "near first name": 6, "surname": 5, "first name": 4, "words": 9, "both near": 3,
}  # fmt: skip
"""Queries that nobody of the book is meant by, and how often each."""
ASKING: Final = {"beginning": 5, "two people": 4, "initials": 4}
"""Queries after which to ask back is right, and how often each."""
SHARES: Final = {"person": 64, "stranger": 32, "asking": 4}
FOREIGN: Final = 0.09
"""How often a query is in another script."""
COMMON: Final = 0.5
"""How often a name that looks like one of the book is drawn from the common names: a stranger's mostly is one."""
LOOKED_AT: Final = 6000
"""Names or words among which one that looks like a part is searched."""
SLIPS: Final = (0.15, 0.62, 0.23)
"""How often a name has no, one, and two slips."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query, and the place of the person meant: -1 for nobody. `ask` where several may be meant."""

    text: str
    meant: int
    ask: bool = False
    what: str = ""
    foreign: bool = False


class Queries:
    """Makes queries to a book of people."""

    def __init__(self, book: list[Person], people: People, chance: random.Random) -> None:
        self.book, self.people, self.chance = book, people, chance
        self._first = [fold(first).split()[0] for first, _ in book]
        self._last = [fold(last) for _, last in book]
        self._lasts = Counter(self._last)
        written = [*zip(self._first, self._last, strict=True)]
        self._by_initial = Counter((first[0], last) for first, last in written)
        self._to_initial = Counter((first, last[0]) for first, last in written)
        self._of_two = [at for at, last in enumerate(self._last) if " " in last]
        self._parts: dict[str, set[int]] = defaultdict(set)
        for at, person in enumerate(book):
            for part in fold(" ".join(person)).split():
                self._parts[part].add(at)

    def query(self) -> Query:
        """A query of some kind."""
        kind = self._draw(SHARES)
        if kind != "asking" and self.chance.random() < FOREIGN:
            return self._foreign(kind)
        if kind == "person":
            return self._person()
        return self._stranger() if kind == "stranger" else self._asking()

    def _foreign(self, kind: str) -> Query:
        """A query in another script, as it reads in Latin letters."""
        at = self.chance.randrange(len(self.book))
        if kind == "person":
            style = self._draw({"plain": 75, "turned": 8, "surname": 10, "initials after": 7})
            text, alone, _ = written(self.book[at], style, 0, self.chance)
            shared = alone and self._lasts[self._last[at]] > 1
            return Query(" ".join(rewritten(fold(text).split(), self.chance)), at, shared, "foreign", foreign=True)
        style = self._draw({"stranger": 50, "shares a first name": 30, "shares a surname": 12, "surname": 8})
        text = fold(self._strange(style))
        if self._is_somebody(text):
            return self._foreign(kind)
        return Query(" ".join(rewritten(text.split(), self.chance)), -1, what=f"foreign {style}", foreign=True)

    def _draw(self, weights: dict[str, int]) -> str:
        return self.chance.choices(list(weights), list(weights.values()))[0]

    def _slips(self) -> int:
        return self.chance.choices((0, 1, 2), SLIPS)[0]

    def _person(self) -> Query:
        at, style = self.chance.randrange(len(self.book)), self._draw(STYLES)
        if style == "one surname" and self._of_two:
            at = self.chance.choice(self._of_two)
        text, by_last, by_first = written(self.book[at], style, self._slips(), self.chance)
        if style in {"middle", "surname more"}:
            text = self._more(at, style)
        shared = self._is_shared(at, style, by_last=by_last, by_first=by_first)
        return Query(dressed(text, self.chance), at, shared, style)

    def _is_shared(self, at: int, style: str, *, by_last: bool, by_first: bool) -> bool:
        """Whether somebody else is written so too."""
        first, last = self._first[at], self._last[at]
        if by_last:
            return len(self._parts_of(last)) > 1 and self._lasts[last] > 1
        if by_first:
            return len(self._parts[first]) > 1
        if style in {"initial", "initials after"}:
            return self._by_initial[first[0], last] > 1
        if style == "first and initial":
            return self._to_initial[first, last[0]] > 1
        return False

    def _more(self, at: int, style: str) -> str:
        """A name with a first name or surname that the book does not have."""
        first, last = map(fold, self.book[at])
        country = self.people.country()
        count = 1 if self.chance.random() < 0.2 else 0
        first, *rest = slips([first, *last.split()], count, self.chance)
        last = " ".join(rest)
        if style == "middle":
            return f"{first} {self.people.name(country, 'f')} {last}"
        return f"{first} {last}{self.chance.choice('- ')}{self.people.name(country, 'l')}"

    def _parts_of(self, surname: str) -> set[int]:
        return self._parts[surname.rsplit(maxsplit=1)[-1]]

    def _asking(self) -> Query:
        kind = self._draw(ASKING)
        at, other = self.chance.randrange(len(self.book)), self.chance.randrange(len(self.book))
        if kind == "beginning":
            part = max(self._last[at].split(), key=len) if self.chance.random() < 0.6 else self._first[at]
            cut = self.chance.randint(2, 4)
            return Query(part[:cut] if len(part) > cut + 2 else part[0], at, ask=True, what=kind)
        if kind == "two people" and self._last[at] != self._last[other]:
            return Query(
                f"{self._last[at]}{self.chance.choice((' ', ' ', ' and ', ', '))}{self._last[other]}",
                at,
                ask=True,
                what=kind,
            )
        if kind == "initials":
            return Query(
                f"{self._first[at][0]}{self.chance.choice(('.', '. ', ' ', ''))}{self._last[at][0]}",
                at,
                ask=True,
                what=kind,
            )
        return Query(self._last[at][:2], at, ask=True, what=kind)

    def _stranger(self) -> Query:
        kind = self._draw(STRANGERS)
        text = self._strange(kind)
        if not fold(text) or self._is_somebody(fold(text)):
            return self._stranger()
        return Query(dressed(text, self.chance, 0.85), -1, what=kind)

    def _is_somebody(self, text: str) -> bool:
        """Whether somebody of the book has all parts of a folded text."""
        return bool(set.intersection(*(self._parts.get(part, set()) for part in text.split())))

    def _strange(self, kind: str) -> str:  # noqa: C901, PLR0911, PLR0912 - one for each kind
        chance, people = self.chance, self.people
        at = chance.randrange(len(self.book))
        country = people.country()
        first, last = people.person(country)
        match kind:
            case "stranger, slips":
                return " ".join(slips(fold(f"{first} {last}").split(), self._slips(), chance))
            case "shares a first name":
                return f"{self._first[at]} {last}"
            case "shares a surname":
                return f"{first} {self._last[at]}"
            case "crossed":
                return f"{self._first[at]} {chance.choice(self._last)}"
            case "near surname":
                return self._near(self._last[at].split()[-1], "l")
            case "near word":
                return self._near(chance.choice([self._last[at].split()[-1], self._first[at]]), "w")
            case "near surname and another first name":
                return f"{first} {self._near(self._last[at].split()[-1], 'l')}"
            case "near first name":
                return self._near(self._first[at], "f")
            case "both near":
                return f"{self._near(self._first[at], 'f')} {self._near(self._last[at].split()[-1], 'l')}"
            case "surname":
                return last
            case "first name":
                return first
            case "words":
                return " ".join(chance.choices(_words(), k=chance.randint(1, 4)))
            case _:
                return f"{first} {last}"

    def _near(self, part: str, kind: str) -> str:
        """A name or word of the lexicon that looks like a part, though not that part; half of the names are common ones."""
        known = _by_kind(kind.upper() if kind != "w" and self.chance.random() < COMMON else kind)
        start = self.chance.randrange(max(len(known) - LOOKED_AT, 1))
        sample = known[start : start + LOOKED_AT]
        apart = cdist([part], sample, scorer=OSA.normalized_distance, dtype=np.float32)[0]
        apart[apart == 0] = 1
        nearest: list[int] = np.argsort(apart, kind="stable")[:6].tolist()
        return sample[self.chance.choice(nearest)]


@cache
def _by_kind(kind: str) -> list[str]:
    """The lexicon's words of a kind, shuffled; a capital asks for the common ones alone."""
    found = [word for word, kinds in lexicon().items() if kind in kinds or kind.upper() in kinds]
    random.Random(0).shuffle(found)
    return found


@cache
def _words() -> list[str]:
    return _by_kind("w")
