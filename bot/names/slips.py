"""What sort of slip makes the word that was typed of the word that was meant.

Some slips are likelier than others to make just this word of that one: a word of five letters has five to lose, but more
than a hundred others may be put in. So a word that exists by itself, and is a name's but for a letter lost, is likelier to
be that name misspelt than one with a letter put in (M. Kernighan, K. Church and W. Gale's noisy channel, 1990).
"""

from __future__ import annotations

from typing import Final

from rapidfuzz.distance import OSA

_VOWELS: Final = frozenset("aeiouy")
_TWO: Final = 2


def slip(typed: str, meant: str) -> str:
    """The sort of slip between two words that differ."""
    slips = OSA.distance(typed, meant, score_cutoff=_TWO)
    if slips > 1:
        return "two slips" if slips == _TWO else "more slips"
    at = next((at for at, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), min(len(typed), len(meant)))
    if len(typed) < len(meant):
        return "a letter lost" if at else "the first letter lost"
    if len(typed) > len(meant):
        return "a letter doubled" if at and typed[at] == typed[at - 1] else "a letter put in"
    if sorted(typed) == sorted(meant):
        return "letters swapped"
    if not at:
        return "another first letter"
    return "another vowel" if {typed[at], meant[at]} <= _VOWELS else "another letter"
