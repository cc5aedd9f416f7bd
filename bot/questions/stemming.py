"""The stems of words: Porter2, the Snowball project's stemmer for English."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import snowballstemmer

_STEMMER: Final = snowballstemmer.stemmer("english")


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """The stem of a folded word: `delay` of "delayed"."""
    return str(_STEMMER.stemWord(word))
