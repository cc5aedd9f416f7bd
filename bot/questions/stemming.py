"""The stems of words: Porter2, the Snowball project's stemmer for English."""

from __future__ import annotations

from functools import lru_cache

from Stemmer import Stemmer


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """The stem of a folded word: `delay` of "delayed"."""
    return str(Stemmer("english", 0).stemWord(word))  # its own for each word: threads must not share one
