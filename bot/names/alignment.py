"""Two views of a query and one form of a name: their parts side by side, and both as whole words.

Costs are in edits: 1 is a letter wrong, missing, too much, or two in each other's place.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import permutations
from typing import TYPE_CHECKING, Final, NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from bot.names.model import By
from bot.names.words import nicknames

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.names.typed import Typed
    from bot.names.vocabulary import Distances, Part, Vocabulary

Words = tuple[str, ...]

LIKE: Final = 0.55
"""The likeness of two parts from which they may have met."""
INITIAL_COST: Final = 0.1
NAMES_INITIAL_COST: Final = 0.3
"""What it costs that the book has but an initial where a whole word was typed."""
SURNAMES_INITIAL_COST: Final = 0.3
"""What it costs beside that the surname was met by its initial alone."""
NICKNAME_COST: Final = 0.2
BEGINNING_COST: Final = (0.3, 0.05)
"""What a beginning costs, and more for each letter that was left out."""
NO_SURNAME: Final = 1.0
"""What it costs that nothing typed met the surname, where more than one part was typed."""
NO_SURNAME_ALONE: Final = 0.4
"""The same where one part was typed alone."""
NO_GIVEN: Final = 0.3
"""What it costs that nothing met the first part, where more than one was typed."""
NO_MIDDLE: Final = 0.05
UNEXPLAINED: Final = 0.9
"""What each letter of an unexplained typed part costs."""
UNEXPLAINED_INITIAL: Final = 0.5
WAYS: Final = {
    "full": 0.0,
    "reversed": 0.05,
    "ends": 0.1,
    "surname": 0.15,
    "initial": 0.25,
    "begun": 0.35,
    "given": 0.5,
}
"""The ways of writing a name as one word, and what each costs."""
MOST_PERMUTED: Final = 3
"""Typed parts up to which all their orders are compared."""
_PET_NAME: Final = re.compile(r"(\w{2,}(\w))\2(?:ie|y)")
"""A stem of three letters or more, its last letter again, and an ending."""
SHORTEST_BEGINNING: Final = 2
JOINED_LEAD: Final = 0.6
"""Edits by which the view of the whole must be the better one, where each part typed met one of the name too."""
LEFT_OUT: Final = 3
"""Letters that a beginning lacks at least; where fewer lack, it is a slip."""
MOST_INITIALS: Final = 3
"""Letters that may be somebody's initials, typed as one word."""


class Pair(NamedTuple):
    """A typed part and a part of the name, by their places, how they met, and the cost."""

    typed: int
    part: int
    by: By
    cost: float
    letters: int
    """Of the longer one; of both initials, 1."""

    @property
    def relative(self) -> float:
        """The cost for each letter."""
        return self.cost / self.letters


class Alignment(NamedTuple):
    """How a query and a form of a name met."""

    form: int
    words: Words
    pairs: tuple[Pair, ...]
    left: tuple[int, ...]
    """Places of typed parts that met nothing."""
    aligned: float
    """The cost side by side."""
    whole: float
    """The cost as whole words."""
    way: str

    @property
    def cost(self) -> float:
        """The lesser of both."""
        return min(self.aligned, self.whole)

    @property
    def is_joined(self) -> bool:
        """Whether the query is explained as a whole, and not part by part."""
        return self.whole < self.aligned - (0 if self.left else JOINED_LEAD)


class Comparison:
    """What was typed, compared with forms of names. Distances of all parts are taken at once."""

    def __init__(
        self,
        typed: Typed,
        parts: Sequence[Part],
        forms: Sequence[tuple[int, Words]],
        vocabulary: Vocabulary,
        taken: Distances | None = None,
    ) -> None:
        self._typed = typed.tokens
        self._forms = forms
        distinct = list(dict.fromkeys(word for _, words in forms for word in words))
        self._columns = {word: at for at, word in enumerate(distinct)}
        places = [vocabulary.places[word] for word in distinct]
        if taken is None:
            edits, likeness = vocabulary.compare(parts, places)
        else:
            edits, likeness = (kind[:, places] for kind in taken)
        self._edits, self._likeness = edits.tolist(), likeness.tolist()
        self._foreign = typed.foreign

    def alignments(self) -> list[Alignment]:
        """The alignment of each form, the least costly first."""
        wholes = self._wholes()
        found = [self._align(form, words, *whole) for (form, words), whole in zip(self._forms, wholes, strict=True)]
        return sorted(found, key=lambda alignment: alignment.cost)

    def _wholes(self) -> list[tuple[float, str]]:
        tokens = self._typed
        orders = (
            {"".join(order) for order in permutations(tokens)} if len(tokens) <= MOST_PERMUTED else {"".join(tokens)}
        )
        written = [_ways(words) for _, words in self._forms]
        texts = [text for ways in written for _, text in ways]
        least = cdist(sorted(orders), texts, scorer=OSA.distance, dtype="uint16").min(axis=0).tolist()
        found, at = [], 0
        for ways in written:
            costs = [(least[at + place] + WAYS[way], way) for place, (way, _) in enumerate(ways)]
            at += len(ways)
            found.append(min(costs))
        return found

    def _align(self, form: int, words: Words, whole: float, way: str) -> Alignment:
        pairs: list[Pair] = []
        free_typed, free_parts = set(range(len(self._typed))), set(range(len(words)))
        for pair in sorted(self._meetings(words), key=_preference):
            if pair.typed in free_typed and pair.part in free_parts:
                pairs.append(pair)
                free_typed.discard(pair.typed)
                free_parts.discard(pair.part)
        for typed in sorted(free_typed):
            for pair in _initials(self._typed[typed], typed, words, sorted(free_parts)):
                pairs.append(pair)
                free_typed.discard(typed)
                free_parts.discard(pair.part)
        left = tuple(sorted(free_typed))
        cost = sum(pair.cost for pair in pairs)
        cost += sum(SURNAMES_INITIAL_COST for pair in pairs if pair.by is By.INITIAL and pair.part == len(words) - 1)
        cost += _uncovered(free_parts, len(words), len(self._typed))
        for typed in left:
            letters = len(self._typed[typed])
            cost += UNEXPLAINED * letters if letters > 1 else UNEXPLAINED_INITIAL
        return Alignment(form, words, tuple(pairs), left, cost, whole, way)

    def _meetings(self, words: Words) -> list[Pair]:
        """All pairs of a typed part and a part of the name that may have met."""
        found = []
        for at, token in enumerate(self._typed):
            related, likeness, first = nicknames().get(token, ()), self._likeness[at], token[0]
            stem, last = _stem(token), len(words) - 1
            for place, word in enumerate(words):
                if likeness[self._columns[word]] >= LIKE or word[0] == first or word in related:
                    given = place < last or not last
                    nick = given and (word in related or (stem != "" and word.startswith(stem)))
                    pair = self._meet(at, place, word, given=given, nick=nick)
                    if pair:
                        found.append(pair)
        return found

    def _meet(self, at: int, place: int, word: str, *, given: bool, nick: bool) -> Pair | None:
        token = self._typed[at]
        if token == word:
            return Pair(at, place, By.EXACT, 0.0, len(word))
        if 1 in (len(token), len(word)):
            cost = INITIAL_COST if len(token) == 1 else NAMES_INITIAL_COST
            return Pair(at, place, By.INITIAL, cost, 1) if token[0] == word[0] else None
        if nick:
            return Pair(at, place, By.NICKNAME, NICKNAME_COST, len(token))
        column = self._columns[word]
        edits, likeness = self._edits[at][column], self._likeness[at][column]
        longest = max(len(token), len(word))
        short, long = sorted((token, word), key=len)
        if (
            long.startswith(short)
            and len(long) - len(short) >= LEFT_OUT
            and (short is token or (given and len(self._typed) > 1))
        ):
            begun = BEGINNING_COST[0] + BEGINNING_COST[1] * (len(long) - len(short))
            if begun < edits and len(short) >= SHORTEST_BEGINNING:
                return Pair(at, place, By.BEGINNING, begun, longest)
        if likeness < LIKE:
            return None
        by = By.SCRIPT if self._foreign else By.SPELLING if edits == int(edits) else By.SOUND
        return Pair(at, place, by, edits, longest)


def _stem(token: str) -> str:
    """What a pet name goes back to, `rob` for Robbie; nothing where it is none."""
    found = _PET_NAME.fullmatch(token)
    return found[1] if found else ""


def _preference(pair: Pair) -> tuple[float, int, int, int]:
    """Letters saved, most first; then parts as they stand."""
    return (pair.cost - pair.letters, -pair.letters, -pair.part, pair.typed)


def _initials(token: str, typed: int, words: Words, free: list[int]) -> list[Pair]:
    """Several initials typed as one word, `ma` for Marie Anne."""
    places = free[: len(token)]
    if not 1 < len(token) <= MOST_INITIALS or len(places) < len(token):
        return []
    if any(words[place][0] != letter for place, letter in zip(places, token, strict=True)):
        return []
    return [Pair(typed, place, By.INITIAL, INITIAL_COST, 1) for place in places]


def _uncovered(free: set[int], size: int, typed: int) -> float:
    cost = 0.0
    for place in free:
        if place == size - 1:
            cost += NO_SURNAME if typed > 1 else NO_SURNAME_ALONE
        elif place == 0:
            cost += NO_GIVEN if typed > 1 else NO_MIDDLE
        else:
            cost += NO_MIDDLE
    return cost


@lru_cache(maxsize=4096)
def _ways(words: Words) -> tuple[tuple[str, str], ...]:
    """The ways of writing a name as one word, each with the letters."""
    full = "".join(words)
    if len(words) == 1:
        return (("full", full),)
    first, last = words[0], words[-1]
    ways = {
        "full": full,
        "reversed": last + "".join(words[:-1]),
        "surname": last,
        "initial": "".join(word[0] for word in words[:-1]) + last,
        "given": "".join(words[:-1]),
        "begun": "".join(words[:-1]) + last[0],
    }
    if len(words) > 2:  # noqa: PLR2004 - parts between the first and the last
        ways["ends"] = first + last
    return tuple(ways.items())
