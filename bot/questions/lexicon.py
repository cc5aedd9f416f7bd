"""What words mean in a question, as the data file beside this module says: phrases, each with the tags it may carry."""

from __future__ import annotations

from collections import Counter, defaultdict
from enum import StrEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.names.folding import fold
from bot.names.words import lexicon as other_words
from bot.questions import data
from bot.questions.stemming import stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Words = tuple[str, ...]

SHORTEST_MISTYPED: Final = 4
"""Letters from which a slip in a word is forgiven: a slip in a shorter one makes any other word of it."""


MUCH_MORE: Final = 2
"""How many times as many phrases a word must stand in to be meant rather than another that is as near."""


class Tag(StrEnum):
    """What a span of a question is. The first ones are keys of the data file, the others are found by other means."""

    WHO = "who"
    WHERE = "where"
    COMPANY = "company"
    WHEN = "when"
    SAME_TIME = "same_time"
    SAME_YEAR = "same_year"
    WHICH_YEAR = "which_year"
    WHICH_MONTH = "which_month"
    WHICH_DAY = "which_day"
    HOW_LONG = "how_long"
    TENURE = "tenure"
    HOW_MANY = "how_many"
    HOW_MUCH = "how_much"
    SHARE = "share"
    ROLE = "role"
    DOES = "does"
    WORK_ON = "work_on"
    NAMED = "named"
    WHY = "why"
    HOW = "how"
    WHAT = "what"
    LIST = "list"
    LEAVE = "leave"
    DEPARTURE = "departure"
    GO = "go"
    JOIN = "join"
    START = "start"
    STAY = "stay"
    STILL = "still"
    WORK = "work"
    STAFF = "staff"
    FOUND = "found"
    LEAD = "lead"
    AUTHOR = "author"
    PEOPLE = "people"
    MEMBER = "member"
    LEAVERS = "leavers"
    SOMEBODY = "somebody"
    EVERYBODY = "everybody"
    NOBODY = "nobody"
    MAJORITY = "majority"
    HALF = "half"
    HE = "he"
    THEY = "they"
    THERE = "there"
    IT = "it"
    NTH = "nth"
    FIRST = "first"
    LATEST = "latest"
    LONGEST = "longest"
    SHORTEST = "shortest"
    LONGER = "longer"
    SHORTER = "shorter"
    SOONER = "sooner"
    LATER = "later"
    THAN = "than"
    AVERAGE = "average"
    MEDIAN = "median"
    TOTAL = "total"
    MOST = "most"
    MORE = "more"
    AT_LEAST = "at_least"
    LESS = "less"
    AT_MOST = "at_most"
    RANK = "rank"
    TIMELINE = "timeline"
    YEAR = "year"
    MONTH = "month"
    UNKNOWN = "unknown"
    AND = "and"
    OR = "or"
    NOT = "not"
    EXCEPT = "except"
    TO = "to"
    FROM = "from"
    AT = "at"
    WITH = "with"
    BUT = "but"
    SOURCE = "source"
    PUBLISH = "publish"
    DOCUMENT = "document"
    DISAGREE = "disagree"
    AUDIT = "audit"
    CLAIM = "claim"
    ABOUT = "about"
    HAPPEN = "happen"
    NOW = "now"
    OPINION = "opinion"
    FUTURE = "future"
    GOING = "going"
    FILLER = "filler"
    GREETING = "greeting"
    THANKS = "thanks"
    FAREWELL = "farewell"
    PRAISE = "praise"
    INSULT = "insult"
    INSTRUCTION = "instruction"
    IDENTITY = "identity"
    NUMBER = "number"

    EXCEPTED = "an exception"
    PERSON = "a person"
    ORGANISATION = "an organisation"
    TOPIC = "a topic"
    SOURCE_NAME = "a source"
    PERIOD = "a time"
    TITLE = "words of a role"
    LENGTH = "a length of time"
    PLACE = "being at an organisation"
    MOVED = "having gone to an organisation"
    FOUNDING = "having founded an organisation"
    LASTING = "having stayed for a length of time"
    STAYING_AT = "having stayed at an organisation"
    BREAK = "a break"
    WORD = "a word that nothing explains"


INFLECTED: Final = frozenset(
    {
        Tag.ROLE,
        Tag.LEAVE,
        Tag.DEPARTURE,
        Tag.GO,
        Tag.JOIN,
        Tag.START,
        Tag.STAY,
        Tag.WORK,
        Tag.FOUND,
        Tag.LEAD,
        Tag.AUTHOR,
    }
    | {Tag.MEMBER, Tag.LEAVERS, Tag.STAFF, Tag.TENURE, Tag.DISAGREE, Tag.PUBLISH, Tag.COMPANY}
)
"""Tags of verbs and nouns, whose phrases are known by their stems too."""


class Lexicon:
    """Phrases and their tags, the longest first; a book adds its own."""

    def __init__(self, phrases: Mapping[Tag, Iterable[str]]) -> None:
        tags: dict[Words, list[Tag]] = defaultdict(list)
        for tag, texts in phrases.items():
            for text in texts:
                words = tuple(fold(text).split())
                if words and tag not in tags[words]:
                    tags[words].append(tag)
        self._tags = {words: tuple(found) for words, found in tags.items()}
        self._stems: dict[Words, tuple[Tag, ...]] = {}
        for words, found in self._tags.items():
            if inflected := tuple(tag for tag in found if tag in INFLECTED):
                self._stems.setdefault(tuple(map(stem, words)), inflected)
        self._longest: dict[str, int] = defaultdict(int)
        for words in self._tags:
            self._longest[stem(words[0])] = max(self._longest[stem(words[0])], len(words))
        self._uses = Counter(word for words in self._tags for word in words)
        self._known = frozenset(self._uses)
        self._nearest = lru_cache(maxsize=1024)(self._nearest_of)
        self._long = sorted(word for word in self._known if len(word) >= SHORTEST_MISTYPED)

    def at(self, words: Sequence[str], start: int) -> tuple[int, tuple[Tag, ...]]:
        """The end of the longest phrase that begins at a word, and its tags; the start and none where none begins.

        Of phrases as long, the one that is written so comes before one with the same stems.
        """
        longest = self._longest.get(stem(words[start]), 0)
        for end in range(min(len(words), start + longest), start, -1):
            phrase = tuple(words[start:end])
            if tags := self._tags.get(phrase) or self._stems.get(tuple(map(stem, phrase))):
                return end, tags
        return start, ()

    def explains(self, words: Sequence[str]) -> bool:
        """Whether words are nothing but phrases, one behind the other."""
        at = 0
        while at < len(words):
            end, _ = self.at(words, at)
            if end == at:
                return False
            at = end
        return True

    def corrected(self, word: str) -> str | None:
        """The word that was mistyped by a letter; None for another word or common name, which is no slip.

        Of several that are not forms of one word, one that stands in many more phrases than the others.
        """
        if len(word) < SHORTEST_MISTYPED or word in self._known or _is_another(word):
            return None
        return self._nearest(word)

    def _nearest_of(self, word: str) -> str | None:
        near = process.extract(word, self._long, scorer=OSA.distance, score_cutoff=1, limit=None)
        often = sorted((self._uses[found] for found, *_ in near), reverse=True)
        alike = len({stem(found) for found, *_ in near}) == 1
        if not near or (len(often) > 1 and often[0] < MUCH_MORE * often[1] and not alike):
            return None
        return max((found for found, *_ in near), key=lambda found: self._uses[found])


def _is_another(word: str) -> bool:
    kinds = other_words().get(word, "")
    return any(kind in kinds for kind in "wWFL")


@cache
def phrases() -> Mapping[Tag, list[str]]:
    """What the data file holds."""
    return {Tag(tag): found for tag, found in data.read("lexicon.yaml").items()}


@cache
def numbers() -> Mapping[str, int]:
    """The small numbers that are written as words."""
    return {word: value for value, word in enumerate(phrases()[Tag.NUMBER])}
