"""Words that ask for one another, as the data file beside this module says."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import yaml

from bot.names.folding import fold
from bot.questions.stemming import stem

if TYPE_CHECKING:
    from collections.abc import Mapping


def synonyms(stemmed: str) -> frozenset[str]:
    """The stems that a stem may stand for, itself among them."""
    return _known().get(stemmed, frozenset({stemmed}))


@cache
def _known() -> Mapping[str, frozenset[str]]:
    text = resources.files("bot.questions").joinpath("synonyms.yaml").read_text("utf-8")
    found: dict[str, set[str]] = defaultdict(set)
    for line in yaml.load(text, yaml.CBaseLoader):  # noqa: S506 - the package's own file, where `no` and `on` are words
        stems = {stem(fold(word)) for word in line}
        for each in stems:
            found[each] |= stems
    return {word: frozenset(stems) for word, stems in found.items()}
