"""Words that ask for one another, as the data file beside this module says."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from bot.names.folding import fold
from bot.questions import data
from bot.questions.stemming import stem

if TYPE_CHECKING:
    from collections.abc import Mapping


def synonyms(stemmed: str) -> frozenset[str]:
    """The stems that a stem may stand for, itself among them."""
    return _known().get(stemmed, frozenset({stemmed}))


@cache
def _known() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for line in data.read("synonyms.yaml"):
        stems = {stem(fold(word)) for word in line}
        for each in stems:
            found[each] |= stems
    return {word: frozenset(stems) for word, stems in found.items()}
