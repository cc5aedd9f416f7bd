"""What was typed, cleaned: the words that may be parts of a name."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bot.names.folding import fold
from bot.names.words import around

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_TOKENS: Final = 8
"""Parts of a query that are looked at: no name has more, and time grows with each."""
LONGEST_TOKEN: Final = 40
"""Letters of a part that are looked at: no name's part has more."""
_PARENTHESES: Final = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]")
_ET_AL: Final = re.compile(r"\bet\.? al\b|(?<=[a-z])et\s?al(?=\.)", re.IGNORECASE)
_CAMEL: Final = re.compile(r"(?<=[a-zß-ÿ])(?=[A-Z])")
_SIDES: Final = re.compile(r"\s*(?:[,;&+/]|\b(?:and|or|und|et|vs)\b)\s*", re.IGNORECASE)


class Typed(Struct, frozen=True):
    """The parts of a query in their order, and whether they were written in another script than Latin."""

    tokens: tuple[str, ...]
    foreign: bool = False
    all: tuple[str, ...] = ()
    """Everything that was typed, folded, where more was typed than the parts."""

    @property
    def joined(self) -> str:
        """All letters typed, as one word."""
        return "".join(self.tokens)


def read(text: str, is_part: Callable[[str], bool], stand_together: Callable[[str, str], bool]) -> Typed:
    """The parts of a name in a text.

    `is_part` tells which words are parts of names of the book, and `stand_together` whether two are parts of one name.

    Left out are mentions and addresses, what stands in parentheses, `et al.`, numbers, and words that people put around
    a name, unless they are parts of a name and nothing else or another part of it was typed. What CamelCase joins is taken
    apart unless it is a part of a name.
    """
    everything = words = tuple(fold(text).split())
    bare = _PARENTHESES.sub(" ", _ET_AL.sub(" ", text))
    if bare != text:
        words = tuple(fold(bare).split()) or words
    if _CAMEL.search(bare) and not all(map(is_part, words)):
        words = tuple(fold(_CAMEL.sub(" ", bare)).split())
    kept = _kept(words, is_part, stand_together)
    kept = tuple(word[:LONGEST_TOKEN] for word in kept[:MOST_TOKENS])
    return Typed(kept, is_foreign(text), everything if everything != kept else ())


def _kept(
    words: tuple[str, ...], is_part: Callable[[str], bool], stand_together: Callable[[str, str], bool]
) -> tuple[str, ...]:
    outer = [word for word in words if word.isdigit() or (len(word) > 1 and word in around())]
    inner = [word for word in words if word not in outer]
    if not outer:
        return words
    if not inner:
        return tuple(word for word in words if is_part(word))
    meant = {
        word
        for word in outer
        if is_part(word) and any(stand_together(word, other) for other in inner if is_part(other))
    }
    return tuple(word for word in words if word not in outer or word in meant)


def sides(text: str) -> list[str]:
    """What stands on both sides of a comma or an `and`, where there are just two."""
    found = [side for side in _SIDES.split(text) if side.strip()]
    return found if len(found) == 2 else []  # noqa: PLR2004 - two sides


def is_foreign(text: str) -> bool:
    """Whether letters of the text are of another script than Latin."""
    return not text.isascii() and any(
        char.isalpha() and not unicodedata.name(char, "LATIN").startswith(("LATIN", "MODIFIER", "FULLWIDTH LATIN"))
        for char in text
    )
