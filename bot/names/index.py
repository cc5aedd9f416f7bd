"""Finding who is meant by what was typed, among the names of a book.

Words of the query are aligned with words of a name. Each must be explained, by the same word, by one of the same
spelling but for a slip or two, or by an initial; a word that no part of a name explains refuses the match, since naming
a wrong person is worse than naming nobody.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import OSA

from bot.names.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable


class Kind(StrEnum):
    """What sort of thing a name belongs to."""

    PERSON = "person"
    ORGANISATION = "organisation"
    TOPIC = "topic"
    SOURCE = "source"


class Decision(StrEnum):
    """What a look-up comes to."""

    MATCH = "match"
    AMBIGUOUS = "ambiguous"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Named:
    """Something that can be found by its name, its aliases or its identifier."""

    id: str
    kind: Kind
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be meant. `score` is 1 for the same words, less for each slip, from 0 to 1."""

    named: Named
    score: float

    @property
    def exact(self) -> bool:
        """Whether the words were typed as they are written, but for case and accents."""
        return self.score == 1


@dataclass(frozen=True, slots=True)
class Resolution:
    """The decision, and the candidates best first.

    `MATCH` has one candidate; `AMBIGUOUS` those who fit alike; `NONE` those who look near, to be offered as a question.
    """

    decision: Decision
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a sentence: the words from `start` to before `end` of the folded text."""

    named: Named
    start: int
    end: int


ALIKE: Final = 0.05
"""Candidates whose scores differ by less fit alike."""
NEAR: Final = 0.7
"""The likeness of two words from which one is offered as "did you mean"."""
MOST_CANDIDATES: Final = 5
"""As many as a person reads, and as many buttons as fit in a row in Discord."""
INITIAL: Final = 0.9
"""What an initial says of a word, beside the 1 of the word itself."""
GIVEN_NAME: Final = 0.75
"""A misspelt word that is not the last of a name is only a guess, and asked about."""
JOINED: Final = 0.99
"""Words typed as one, or one typed as two."""
SHORTEST_PREFIX: Final = 2
LONGEST_NAME: Final = 5
"""Words."""
MOST_WORDS: Final = 10
"""Words of a typed name that are looked at: more than a name has, so that none of more words than these can fit."""

PERSON_SLIPS: Final = ((8, 2), (4, 1))
"""Letters that a word of a person's name needs before so many slips in it are forgiven."""
OTHER_SLIPS: Final = ((10, 2), (6, 1))
"""The same for organisations, topics and sources, whose names are short and alike."""

Words = tuple[str, ...]


class NameIndex:
    """All names of a book, ready to be searched. Never changed once built."""

    def __init__(self, named: Iterable[Named]) -> None:
        self._by_id = {item.id: item for item in named}
        people = [item for item in self._by_id.values() if item.kind is Kind.PERSON]
        self._fillers = _fillers() - {word for item in people for form in _spellings(item) for word in form}
        self._forms: dict[Words, list[Named]] = defaultdict(list)
        for item in self._by_id.values():
            for form in _spellings(item):
                words = self._without_fillers(form) or form
                if words and item not in self._forms[words]:
                    self._forms[words].append(item)

    def resolve(self, text: str, kinds: Collection[Kind] = tuple(Kind)) -> Resolution:
        """Decide who is meant by a typed name, among some kinds."""
        if (known := self._by_id.get(text.strip().casefold())) and known.kind in kinds:
            return Resolution(Decision.MATCH, (Candidate(known, 1.0),))
        words = self.content_words(text)
        fitting = self._fitting(words, kinds)
        alike = [candidate for candidate in fitting if candidate.score > fitting[0].score - ALIKE]
        if len(alike) == 1 and alike[0].score > GIVEN_NAME:
            return Resolution(Decision.MATCH, tuple(alike))
        asked = alike or self._begun(words, kinds) or self._several(words, kinds)
        if asked:
            return Resolution(Decision.AMBIGUOUS, tuple(asked[:MOST_CANDIDATES]))
        near = self._ranked(kinds, lambda form, _kind: _likeness(words, form))
        return Resolution(Decision.NONE, tuple(near[:MOST_CANDIDATES]))

    def complete(self, text: str, kinds: Collection[Kind] = tuple(Kind), limit: int = 25) -> list[Named]:
        """Those whose name may go on as typed, likeliest first; all, in the book's order, when nothing is typed yet."""
        words = self.content_words(text)
        if not words:
            return [named for named in self._by_id.values() if named.kind in kinds][:limit]
        slipped = self._ranked(kinds, lambda form, _kind: _beginning(words, form, NEAR))
        found = [*self._begun(words, kinds), *self.resolve(text, kinds).candidates, *slipped]
        return list(dict.fromkeys(candidate.named for candidate in found))[:limit]

    def find_in(self, text: str) -> list[Mention]:
        """The names that stand in a sentence as they are written, the longer first where two begin at the same word."""
        words = fold(text).split()
        content = [at for at, word in enumerate(words) if word not in self._fillers]
        found: list[Mention] = []
        for start, at in enumerate(content):
            if found and at < found[-1].end:
                continue
            for end in range(min(len(content), start + LONGEST_NAME), start, -1):
                written = self._written(tuple(words[inner] for inner in content[start:end]))
                if written:
                    found.append(Mention(written, at, content[end - 1] + 1))
                    break
        return found

    def content_words(self, text: str) -> Words:
        """The folded words of a text without those that people put around a name."""
        return self._without_fillers(fold(text).split())[:MOST_WORDS]

    def _without_fillers(self, words: Iterable[str]) -> Words:
        return tuple(word for word in words if word not in self._fillers)

    def _written(self, words: Words) -> Named | None:
        """The one thing that is written so: a whole name, or a person's last one."""
        items = self._forms.get(words, [])
        if not items and len(words) == 1:
            people = (item for form, items in self._forms.items() if form[-1:] == words for item in items)
            items = list(dict.fromkeys(item for item in people if item.kind is Kind.PERSON))
        return items[0] if len(items) == 1 else None

    def _fitting(self, words: Words, kinds: Collection[Kind]) -> list[Candidate]:
        """Those with a name that explains every word."""
        return self._ranked(kinds, lambda form, kind: _fit(words, form, kind))

    def _begun(self, words: Words, kinds: Collection[Kind]) -> list[Candidate]:
        """Those whose names the words typed begin."""
        if not words or min(map(len, words)) < SHORTEST_PREFIX:
            return []
        return self._ranked(kinds, lambda form, _kind: _beginning(words, form))

    def _several(self, words: Words, kinds: Collection[Kind]) -> list[Candidate]:
        """Those named by a word each, when every word names somebody."""
        if len(words) == 1:
            return []
        found = list(takewhile(bool, (self._fitting((word,), kinds) for word in words)))
        if len(found) < len(words):
            return []
        return list({best[0].named.id: best[0] for best in found}.values())

    def _ranked(self, kinds: Collection[Kind], score: Callable[[Words, Kind], float]) -> list[Candidate]:
        """Everything of some kinds with a score above 0 for one of its forms, best first, then as in the book."""
        best: dict[str, Candidate] = {}
        for form, items in self._forms.items():
            for item in items:
                value = score(form, item.kind) if item.kind in kinds else 0
                if value and (item.id not in best or best[item.id].score < value):
                    best[item.id] = Candidate(item, value)
        return sorted(best.values(), key=lambda candidate: -candidate.score)


def _fit(typed: Words, form: Words, kind: Kind) -> float:
    """How well the words typed fit a form of a name: 0 when one of them is no part of it, 1 when all are."""
    if not typed or typed == form:
        return float(bool(typed))
    if kind is not Kind.PERSON and len(typed) != len(form):
        return 0
    return max(
        _aligned(typed, form, kind), _joined("".join(typed), "".join(form), kind, len(typed) - len(form)) * JOINED
    )


def _joined(typed: str, form: str, kind: Kind, more: int) -> float:
    """The likeness of names written without spaces. With more words typed than the name has, none may be a slip."""
    if more > 0:
        return float(typed == form)
    return _spelling(typed, form, kind) if more else 0


def _aligned(typed: Words, form: Words, kind: Kind) -> float:
    left, scores = list(form), []
    for word in typed:
        part, score = max(
            ((part, _word(word, part, kind, len(typed))) for part in left), key=lambda pair: pair[1], default=("", 0.0)
        )
        if not score:
            return 0
        left.remove(part)
        scores.append(score if score == 1 or len(typed) > 1 or part == form[-1] else GIVEN_NAME * score)
    return sum(scores) / len(scores)


def _word(typed: str, part: str, kind: Kind, among: int) -> float:
    if among > 1 and kind is Kind.PERSON and 1 in (len(typed), len(part)) and typed[0] == part[0]:
        return 1 if typed == part else INITIAL
    return _spelling(typed, part, kind)


def _spelling(typed: str, part: str, kind: Kind) -> float:
    """The likeness of two words when they differ by no more slips than their length forgives, else 0."""
    if typed == part:
        return 1
    if any(char.isdigit() for char in typed + part):
        return 0
    levels = PERSON_SLIPS if kind is Kind.PERSON else OTHER_SLIPS
    allowed = next((slips for letters, slips in levels if min(len(typed), len(part)) >= letters), 0)
    slips = OSA.distance(typed, part, score_cutoff=allowed)
    return 1 - slips / max(len(typed), len(part)) if slips <= allowed and allowed else 0


def _beginning(typed: Words, form: Words, least: float = 1) -> float:
    """How much of a form the words typed begin, each at least so like the beginning of a part; 0 when one begins none."""
    begun = []
    for word in typed:
        alike = (part for part in form if OSA.normalized_similarity(word, part[: len(word)]) >= least)
        begun.append(max((len(word) / max(len(word), len(part)) for part in alike), default=0))
    return sum(begun) / len(begun) if all(begun) else 0


def _likeness(typed: Words, form: Words) -> float:
    best = max((OSA.normalized_similarity(word, part) for word in typed for part in form), default=0)
    return best if best >= NEAR else 0


def _spellings(item: Named) -> list[Words]:
    """The folded words of a name and of each alias."""
    return [tuple(fold(form).split()) for form in (item.name, *item.aliases)]


@cache
def _fillers() -> frozenset[str]:
    text = resources.files("bot.names").joinpath("fillers.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))
