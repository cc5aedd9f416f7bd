"""Who and what of the book is named in a text that asks nothing: as a newspaper writes it, or with slips."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from bot.names.folding import fold, without_chat
from bot.names.index import Kind, Mention
from bot.names.words import lexicon, rarer
from bot.questions import data
from bot.questions.bounds import MOST_REMEMBERED
from bot.questions.lexicon import Lexicon, Tag, phrases
from bot.questions.model import Mentioned
from bot.questions.spans import LONGEST_NAME, is_common

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from bot.names.index import Named, NameIndex
    from bot.questions.spans import Tagger

LONGEST_TEXT: Final = 4000
"""Characters that are read: those of Discord's longest message."""
SHORTEST_SLIPPED: Final = 4
"""Letters from which a word that nobody knows may be a mistyped name."""
MOST_LOOKUPS: Final = 24
"""Runs of unknown words that are looked up as names."""
LOOKED_AT: Final = 5
"""Words on each side of a word that tell whether it is a name."""
SHORTEST_TITLED: Final = 4
"""Letters from which a headline writes every word with a capital."""
_NAMED: Final = {Kind.PERSON, Kind.ORGANISATION}
_TAGS: Final = {Tag.PERSON, Tag.ORGANISATION}
_GOING: Final = {Tag.GO, Tag.JOIN, Tag.LEAVE, Tag.WORK}
_LEFT_OR_JOINED: Final = {Tag.JOIN, Tag.LEAVE}
_JOINING: Final = {Tag.AND, Tag.OR}
_CLOSING: Final = {
    Tag.AT,
    Tag.BUT,
    Tag.FILLER,
    Tag.FROM,
    Tag.LATER,
    Tag.LATEST,
    Tag.NOW,
    Tag.SOONER,
    Tag.TO,
    Tag.WITH,
} | _JOINING
"""Tags of what goes on behind a whole name, where a word of the language would have its noun."""
_WORD: Final = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
_PARTING: Final = re.compile(r"[.,:;!?…()\[\]/|\n]|\s[-–—]+\s|—")
_ENDING: Final = re.compile(r"[.:!?…\n\"“„«]")
_POSSESSIVE: Final = re.compile(r"['’](?:s|S)?$")


class _Word(Struct, frozen=True):
    """A folded word, how it is written, and whether a sign parts it from the word before, or it begins a sentence."""

    folded: str
    written: str
    is_parted: bool
    is_first: bool

    @property
    def is_capital(self) -> bool:
        return self.written[:1].isupper()

    @property
    def is_all_capitals(self) -> bool:
        return self.written.isupper() and len(self.written) > 1

    @property
    def is_possessive(self) -> bool:
        return bool(_POSSESSIVE.search(self.written))

    def is_spelled_as(self, named: Named) -> bool:
        """Whether its capitals are those of the book: “FAIR” is an organisation, “Fair” and “GRAVE” are words."""
        return _POSSESSIVE.sub("", self.written) in " ".join((named.name, *named.aliases)).split()


def mentioned(text: str, names: NameIndex, tagger: Tagger) -> Mentioned:
    """The people and organisations that a text names, the surest first: as they are written, then by slips.

    A word of the language by itself counts only where it is written as a name is, or where what is beside it says so:
    "Grave left", said of him, not "a grave mistake".
    """
    words = _words(without_chat(text[:LONGEST_TEXT]).replace("&", " and "), names)
    sure = _sure(words, [mention for mention in _mentions(words, names) if mention.named.kind in _NAMED])
    found = [(1 if mention.end - mention.start == 1 else 0, mention.named.id) for mention in sure]
    taken = {at for mention in sure for at in range(mention.start, mention.end)}
    rest = [replace(word, folded="") if at in taken else word for at, word in enumerate(words)]
    found += ((2, entity) for entity in _mistyped(rest, names, tagger))
    return Mentioned(tuple(dict.fromkeys(entity for _, entity in sorted(found, key=lambda one: one[0]))))


def _words(text: str, names: NameIndex) -> list[_Word]:
    """The words of a text. Where a whole sentence has capitals, they say as little as that which begins one."""
    found: list[_Word] = []
    begins = at = 0
    for match in _WORD.finditer(text):
        between = text[at : match.start()]
        if found and between.startswith(".") and _is_abbreviation(found[-1]):
            between = between[1:]
        is_first = not at or bool(_ENDING.search(between))
        if is_first:
            found[begins:] = _without_idle_capitals(found[begins:], names)
            begins = len(found)
        for folded in fold(match[0]).split():
            is_parted = is_first or bool(_PARTING.search(between))
            found.append(_Word(folded, match[0], is_parted=is_parted, is_first=is_first))
            is_first, between = False, ""
        at = match.end()
    return found[:begins] + _without_idle_capitals(found[begins:], names)


def _is_abbreviation(word: _Word) -> bool:
    return len(word.folded) == 1 or word.folded in _beside()["titles"]


def _without_idle_capitals(sentence: list[_Word], names: NameIndex) -> list[_Word]:
    """A sentence that is shouted in small letters, and a headline as if each of its words were the first."""
    if all(word.written.isupper() for word in sentence):
        return [replace(word, written=word.folded) for word in sentence]
    shouted = {at for at, word in enumerate(sentence) if word.is_all_capitals and is_common(word.folded)}
    near = {at + step for at in shouted for step in (-1, 1)}
    sentence = [replace(word, written=word.folded) if at in near else word for at, word in enumerate(sentence)]
    long = [word for word in sentence if len(word.folded) >= SHORTEST_TITLED]
    others = (word for word in long if not word.is_first and is_common(word.folded) and not names.has_part(word.folded))
    if all(word.is_capital for word in long) and any(others):
        return [replace(word, is_first=True) for word in sentence]
    return sentence


def _mentions(words: Sequence[_Word], names: NameIndex) -> Iterator[Mention]:
    """The names that stand in the text as they are written, in order, none across a sign that parts words."""
    starts = [at for at, word in enumerate(words) if word.is_parted]
    for start, end in pairwise([*starts, len(words)]):
        for mention in names.find_in(" ".join(word.folded for word in words[start:end])):
            yield Mention(mention.named, start + mention.start, start + mention.end)


def _sure(words: Sequence[_Word], mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that are names: a word of the language is one by what is beside it, which may be another such name."""
    doubtful = [mention for mention in mentions if _is_lone_word(words, mention)]
    starts = {mention.start for mention in doubtful}
    named = {at for mention in mentions if mention.start not in starts for at in range(mention.start, mention.end)}
    small = {words[at].folded for at in starts if not words[at].is_capital}
    for _ in range(2):
        for mention in doubtful:
            if mention.start not in named and _Context(words, mention, named, small).is_name():
                named.add(mention.start)
    return [mention for mention in mentions if mention.start in named]


def _is_lone_word(words: Sequence[_Word], mention: Mention) -> bool:
    return mention.end - mention.start == 1 and _is_word(words[mention.start].folded)


class _Context:
    """What stands beside a word of the language that is also a name."""

    def __init__(
        self, words: Sequence[_Word], mention: Mention, named: Collection[int], small: Collection[str]
    ) -> None:
        """Take where names stand that are sure, and which words like names the text has in small letters."""
        at = start = end = mention.start
        while start > max(at - LOOKED_AT, 0) and not words[start].is_parted:
            start -= 1
        while end + 1 < min(at + LOOKED_AT + 1, len(words)) and not words[end + 1].is_parted:
            end += 1
        self.word = words[at]
        self.named = mention.named
        self.before = [word.folded for word in words[start:at]]
        self.behind = [word.folded for word in words[at + 1 : end + 1]]
        self.is_spelled = self.word.is_spelled_as(mention.named)
        self._is_also_small = self.word.folded in small
        self._is_named = (at - 2 in named, at + 2 in named)

    def is_name(self) -> bool:
        """Whether the word is written as a name is, or what is beside it says so."""
        if self.is_spelled and (self.word.is_all_capitals or not self.word.is_first):
            return True
        if self.before[-1:] and self.before[-1] in _beside()["titles"]:
            return self.named.kind is Kind.PERSON
        if (self._is_place() or self._is_listed()) and (self.is_spelled or self._is_closed()):
            return True
        if not self.is_spelled:
            return not self.word.is_capital and not self.before and self._goes_on("doings")
        is_alone = not self.before and not self.behind
        says = is_alone or self.word.is_possessive or self._goes_on("doings") or self._goes_on("verbs")
        return says and not self._is_also_small

    def _goes_on(self, key: str) -> bool:
        return any(" ".join(self.behind[:count]) in _beside()[key] for count in (1, 2))

    def _is_closed(self) -> bool:
        """Whether no noun follows."""
        return not self.behind or self._goes_on("doings") or not _CLOSING.isdisjoint(_phrases().at(self.behind, 0)[1])

    def _is_place(self) -> bool:
        """Whether somebody is at it, goes to it, joined or left it."""
        if self.named.kind is Kind.PERSON or not self.before:
            return False
        if self.before[-1] in _beside()["places"] or self._is_behind(_LEFT_OR_JOINED, 0):
            return True
        is_aim = self.before[-1] in _beside()["aims"]
        return is_aim and (self._is_named[0] or self._is_behind(_GOING, 1))

    def _is_behind(self, tags: set[Tag], between: int) -> bool:
        """Whether a phrase of some tags ends before the word, with so many words between at most."""
        for start in range(len(self.before)):
            end, found = _phrases().at(self.before, start)
            if end >= len(self.before) - between and end > start:
                return not tags.isdisjoint(found)
        return False

    def _is_listed(self) -> bool:
        """Whether it is joined to a name, and nothing else is said of it."""
        joined_before = self._joins(self.before[-1:]) and self._is_named[0]
        joined_behind = self._joins(self.behind[:1]) and self._is_named[1]
        return joined_before or (joined_behind and (not self.before or self._joins(self.before[-1:])))

    @staticmethod
    def _joins(words: Sequence[str]) -> bool:
        return bool(words) and not _JOINING.isdisjoint(_phrases().at(words, 0)[1])


def _mistyped(words: Sequence[_Word], names: NameIndex, tagger: Tagger) -> Iterator[str]:
    """Those whom runs of words that nobody knows, with names beside them, are slips of."""
    at = lookups = 0
    while at < len(words):
        end = at
        while end < min(len(words), at + LONGEST_NAME) and _may_be_named(words, at, end, names):
            end += 1
        meant = None
        while not meant and lookups < MOST_LOOKUPS and _may_be_slipped(words[at:end]):
            lookups += 1
            meant = tagger.meant(tuple(word.folded for word in words[at:end]))
            end -= not meant
        if meant:
            yield from (str(meaning.value[0]) for meaning in meant.meanings if meaning.tag in _TAGS)
        at = max(end, at + 1) if meant else at + 1


def _may_be_named(words: Sequence[_Word], start: int, at: int, names: NameIndex) -> bool:
    """Whether a word may belong to a name that begins at `start`: one of the language only behind another."""
    word = words[at]
    if not word.folded or (at > start and word.is_parted):
        return False
    return not _is_word(word.folded) or (at > start and names.has_part(word.folded))


def _may_be_slipped(words: Sequence[_Word]) -> bool:
    """Whether one of the words is unknown, or a last name that is a word stands behind a name."""
    if any(_is_unknown(word.folded) for word in words):
        return True
    return len(words) > 1 and len(words[0].folded) >= SHORTEST_SLIPPED and _is_word(words[-1].folded)


def _is_unknown(word: str) -> bool:
    """Whether a folded word is no word and no name of any language that is known."""
    return len(word) >= SHORTEST_SLIPPED and word.isalpha() and word not in lexicon() and not _is_word(word)


@lru_cache(maxsize=MOST_REMEMBERED)
def _is_word(word: str) -> bool:
    """Whether a folded word, or what it is a form of, is one of the language, however rare."""
    forms = (word, *(word.removesuffix(ending) for ending in _beside()["endings"] if word.endswith(ending)))
    return any(is_common(form) or form in rarer() for form in forms)


@cache
def _beside() -> Mapping[str, frozenset[str]]:
    """What the data file beside this module holds."""
    return {key: frozenset(found) for key, found in data.read("mentions.yaml").items()}


@cache
def _phrases() -> Lexicon:
    """The phrases of a question that may stand beside a name; "going to google" is no going."""
    return Lexicon({tag: phrases()[tag] for tag in (Tag.GOING, *_GOING, *_CLOSING)})
