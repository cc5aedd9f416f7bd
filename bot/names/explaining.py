"""An alignment in words that answers can show."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from bot.names.folding import fold
from bot.names.model import By, Explanation, Met

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.names.alignment import Alignment
    from bot.names.model import Named

_WORD: Final = re.compile(r"\w+")
_WHOLE: Final = {"full", "reversed", "ends"}


def explain(alignment: Alignment, typed: Sequence[str], text: str = "", named: Named | None = None) -> Explanation:
    """Which part of what was typed met which part of the name, by what, and what was left over.

    With the text as it was typed and who was found, parts are told apart that differ in their accents.
    """
    words = alignment.words
    if alignment.is_joined:
        parts = words if alignment.way in _WHOLE else words[-1:] if alignment.way == "surname" else words
        met = Met(" ".join(typed), " ".join(parts), By.JOINED, alignment.whole)
        left = tuple(words[: len(words) - len(parts)])
        return Explanation((met,), left_name=left, reversed=alignment.way == "reversed")
    pairs = sorted(alignment.pairs, key=lambda pair: pair.typed)
    covered = {pair.part for pair in pairs}
    order = [pair.part for pair in pairs]
    plain = _differently_accented(text, named)
    return Explanation(
        tuple(
            Met(typed[pair.typed], words[pair.part], _by(pair.by, words[pair.part] in plain), pair.cost)
            for pair in pairs
        ),
        tuple(typed[place] for place in alignment.left),
        tuple(word for place, word in enumerate(words) if place not in covered),
        reversed=order != sorted(order),
    )


def _by(by: By, accents: bool) -> By:  # noqa: FBT001 - whether accents differ
    return By.ACCENTS if accents and by is By.EXACT else by


def _differently_accented(text: str, named: Named | None) -> frozenset[str]:
    """Folded parts of a name that stand in a text with other accents only."""
    forms = " ".join((named.name, *named.aliases)) if named else ""
    if not text or (text.isascii() and forms.isascii()):
        return frozenset()
    typed = {unicodedata.normalize("NFC", word).casefold() for word in _WORD.findall(text)}
    written = {unicodedata.normalize("NFC", word).casefold() for word in _WORD.findall(forms)}
    return frozenset(fold(word) for word in written - typed)
