"""Who and what of the book is named in a text that asks nothing: as a newspaper writes it, or with slips."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.names.folding import fold, without_chat
from bot.names.index import Kind
from bot.names.words import lexicon
from bot.questions.lexicon import Tag
from bot.questions.model import Mentioned
from bot.questions.spans import LONGEST_NAME, is_common

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.names.index import NameIndex
    from bot.questions.spans import Tagger

LONGEST_TEXT: Final = 4000
"""Characters that are read: those of Discord's longest message."""
SHORTEST_SLIPPED: Final = 4
"""Letters from which a word that nobody knows may be a mistyped name."""
MOST_LOOKUPS: Final = 24
"""Runs of unknown words that are looked up as names."""
_NAMED: Final = {Kind.PERSON, Kind.ORGANISATION}
_TAGS: Final = {Tag.PERSON, Tag.ORGANISATION}
_WORD: Final = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_LOOKED_BACK: Final = 8
"""Characters before a word among which a point ends the sentence before it."""
_OPENS: Final = re.compile(r"(?:^|[.!?:\n])\W*$")


@dataclass(frozen=True, slots=True)
class _Word:
    """A folded word, and whether it is written as a name is: with a capital that does not only begin a sentence."""

    folded: str
    is_like_a_name: bool

    @property
    def is_unknown(self) -> bool:
        """Whether it is no word and no name of any language that is known."""
        return len(self.folded) >= SHORTEST_SLIPPED and self.folded.isalpha() and self.folded not in lexicon()


def mentioned(text: str, names: NameIndex, tagger: Tagger) -> Mentioned:
    """The people and organisations that a text names, the surest first: as they are written, then by slips.

    A word of the language by itself counts only where it is written as a name is: "Grave left", said of him, not "a grave mistake".
    """
    words = list(_words(without_chat(text[:LONGEST_TEXT])))
    found: list[tuple[int, str]] = []
    rest = list(words)
    for mention in names.find_in(" ".join(word.folded for word in words)):
        alone = words[mention.start] if mention.end - mention.start == 1 else None
        if mention.named.kind in _NAMED and not (alone and is_common(alone.folded) and not alone.is_like_a_name):
            found.append((1 if alone else 0, mention.named.id))
            rest[mention.start : mention.end] = [_Word("", is_like_a_name=False)] * (mention.end - mention.start)
    found += ((2, entity) for entity in _mistyped(rest, tagger))
    return Mentioned(tuple(dict.fromkeys(entity for _, entity in sorted(found, key=lambda one: one[0]))))


def _words(text: str) -> Iterator[_Word]:
    is_shouted = text.isupper()
    for match in _WORD.finditer(text):
        is_like_a_name = match[0][0].isupper() and not is_shouted and (_is_all_capitals(match[0]) or not _opens(match))
        for folded in fold(match[0]).split():
            yield _Word(folded, is_like_a_name)


def _is_all_capitals(written: str) -> bool:
    return written.isupper() and len(written) > 1


def _opens(match: re.Match[str]) -> bool:
    """Whether a word begins a sentence."""
    return bool(_OPENS.search(match.string, max(match.start() - _LOOKED_BACK, 0), match.start()))


def _mistyped(words: Sequence[_Word], tagger: Tagger) -> Iterator[str]:
    """Those whom runs of words that nobody knows, with names beside them, are slips of."""
    at = lookups = 0
    while at < len(words):
        end = at
        while end < min(len(words), at + LONGEST_NAME) and words[end].folded and not is_common(words[end].folded):
            end += 1
        meant = None
        while not meant and lookups < MOST_LOOKUPS and any(word.is_unknown for word in words[at:end]):
            lookups += 1
            meant = tagger.meant(tuple(word.folded for word in words[at:end]))
            end -= not meant
        if meant:
            yield from (str(meaning.value[0]) for meaning in meant.meanings if meaning.tag in _TAGS)
        at = max(end, at + 1) if meant else at + 1
