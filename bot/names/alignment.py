"""Two views of a query and one form of a name: their parts side by side, and both as whole words.

Costs are in edits: 1 is a letter wrong, missing, too much, or two in each other's place.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import permutations, repeat
from math import inf
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from rapidfuzz.distance import OSA

from bot.names.model import By
from bot.names.words import nicknames

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from bot.names.forms import Likes
    from bot.names.typed import Typed

Words = tuple[str, ...]

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


class Token(NamedTuple):
    """A typed part, and what it is compared by with parts of names."""

    text: str
    nicknames: Collection[str]
    stem: str
    """What a pet name goes back to, or no letters."""
    likes: Likes


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
    """What was typed, to be compared with forms of names."""

    def __init__(self, typed: Typed, likes: Sequence[Likes]) -> None:
        """Take for each part typed those parts of the forms that may be meant by it."""
        tokens = typed.tokens
        pairs = zip(tokens, likes, strict=True)
        self._tokens = [Token(text, nicknames().get(text, ()), _stem(text), like) for text, like in pairs]
        self._foreign = typed.foreign
        orders = permutations(tokens) if len(tokens) <= MOST_PERMUTED else [tokens]
        self._orders = {"".join(order) for order in orders}
        self._letters = len(typed.joined)

    def alignments(self, forms: Iterable[tuple[int, Words]]) -> list[Alignment]:
        """The alignment of each form, the least costly first."""
        return sorted([self._align(form, words) for form, words in forms], key=attrgetter("cost"))

    def _as_whole(self, words: Words) -> tuple[float, str]:
        """The least cost of a form as one word, and the way in which it is then written."""
        best = inf, ""
        # A word costs at least as many edits as it has letters more or less than were typed.
        bounds = sorted([(cost + abs(len(text) - self._letters), cost, way, text) for cost, way, text in _ways(words)])
        for least, cost, way, text in bounds:
            if least > best[0]:
                break
            edits = min(map(OSA.distance, self._orders, repeat(text)))
            best = min(best, (cost + edits, way))
        return best

    def _align(self, form: int, words: Words) -> Alignment:
        pairs: list[Pair] = []
        free_typed, free_parts = set(range(len(self._tokens))), set(range(len(words)))
        for pair in sorted(self._meetings(words), key=_preference):
            if pair.typed in free_typed and pair.part in free_parts:
                pairs.append(pair)
                free_typed.discard(pair.typed)
                free_parts.discard(pair.part)
        for typed in sorted(free_typed):
            initials = _initials(self._tokens[typed].text, typed, words, free_parts)
            pairs += initials
            free_parts.difference_update([pair.part for pair in initials])
            if initials:
                free_typed.discard(typed)
        left = tuple(sorted(free_typed))
        cost = sum([pair.cost for pair in pairs])
        if By.INITIAL in [pair.by for pair in pairs if pair.part == len(words) - 1]:
            cost += SURNAMES_INITIAL_COST
        cost += _uncovered(free_parts, len(words), len(self._tokens))
        for typed in left:
            letters = len(self._tokens[typed].text)
            cost += UNEXPLAINED * letters if letters > 1 else UNEXPLAINED_INITIAL
        return Alignment(form, words, tuple(pairs), left, cost, *self._as_whole(words))

    def _meetings(self, words: Words) -> list[Pair]:
        """All pairs of a typed part and a part of the name that may have met."""
        found, last = [], len(words) - 1
        for at, token in enumerate(self._tokens):
            text, related, stem, likes = token
            for place, word in enumerate(words):
                if word in likes or word[0] == text[0] or word in related:
                    given = place < last or not last
                    nick = given and (word in related or (stem != "" and word.startswith(stem)))
                    met = self._met(token, word, given=given, nick=nick)
                    if met:
                        found.append(Pair(at, place, *met))
        return found

    def _met(self, token: Token, word: str, *, given: bool, nick: bool) -> tuple[By, float, int] | None:
        """How a typed part met a part of a name, the cost, and the letters that count."""
        text = token.text
        if text == word:
            return By.EXACT, 0.0, len(word)
        if len(text) == 1 or len(word) == 1:
            cost = INITIAL_COST if len(text) == 1 else NAMES_INITIAL_COST
            return (By.INITIAL, cost, 1) if text[0] == word[0] else None
        if nick:
            return By.NICKNAME, NICKNAME_COST, len(text)
        edits, _ = token.likes.get(word, (inf, 0.0))
        lacking = abs(len(word) - len(text))
        longest = max(len(text), len(word))
        if lacking >= LEFT_OUT and longest - lacking >= SHORTEST_BEGINNING:
            begins = word.startswith(text) or (text.startswith(word) and given and len(self._tokens) > 1)
            begun = BEGINNING_COST[0] + BEGINNING_COST[1] * lacking
            if begins and begun < edits:
                return By.BEGINNING, begun, longest
        if edits == inf:
            return None
        return By.SCRIPT if self._foreign else By.SPELLING if edits == int(edits) else By.SOUND, edits, longest


def _stem(token: str) -> str:
    """What a pet name goes back to, `rob` for Robbie; nothing where it is none."""
    found = _PET_NAME.fullmatch(token)
    return found[1] if found else ""


def _preference(pair: Pair) -> tuple[float, int, int, int]:
    """Letters saved, most first; then parts as they stand."""
    return (pair.cost - pair.letters, -pair.letters, -pair.part, pair.typed)


def _initials(token: str, typed: int, words: Words, free: Collection[int]) -> list[Pair]:
    """Several initials typed as one word, `ma` for Marie Anne."""
    if not 1 < len(token) <= min(MOST_INITIALS, len(free)):
        return []
    places = sorted(free)[: len(token)]
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
def _ways(words: Words) -> list[tuple[float, str, str]]:
    """The ways of writing a name as one word: what each costs, which it is, and the letters."""
    full = "".join(words)
    first, last, given = words[0], words[-1], "".join(words[:-1])
    ways = {"full": full}
    if given:
        ways |= {
            "reversed": last + given,
            "surname": last,
            "initial": "".join([word[0] for word in words[:-1]]) + last,
            "given": given,
            "begun": given + last[0],
        }
    if len(words) > 2:  # noqa: PLR2004 - parts between the first and the last
        ways["ends"] = first + last
    return [(WAYS[way], way, text) for way, text in ways.items()]
