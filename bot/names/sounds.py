"""How a part of a name sounds, roughly: for French and English ears, and for scripts that write no vowels."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_SOUNDS: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^kn|^gn", "n"),
        (r"^wr", "r"),
        (r"^x", "s"),
        (r"eaux?|aux|aul?[td]s?$|au", "o"),
        (r"(?<=.)(?:ot|os)$", "o"),
        (r"gu(?=[eiy])", "g"),
        (r"ill(?=[aeou])", "i"),
        (r"tsch|sch|tch|sh|ch|cz", "c"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"dj|dzh|zh|g(?=[eiy])", "j"),
        (r"gh", "g"),
        (r"ck|cc|qu?|kh|c(?=[aloutkrn]|$)", "k"),
        (r"[zx](?!$)|z$|c(?=[eiy])", "s"),
        (r"w", "v"),
        (r"ee|ea|ie|y", "i"),
        (r"ou|oo|ow", "u"),
        (r"ai|ei|ay|ey|oe|ae", "e"),
        (r"(?<=[a-z])h|^h(?=[^aeiou])", ""),
        (r"(?<=.)(?:e[tzr])$", "e"),
        (r"(?<=...)(?:es|e|s|t|d|x)$", ""),
        (r"(.)\1+", r"\1"),
    )
)
"""Spellings and the sound that they share, in the order in which they are read. Only likeness matters, not phonetics."""

_SKELETON: Final = str.maketrans(
    {
        **dict.fromkeys("aeiouyhw0123456789", None),
        **dict.fromkeys("bpfv", "p"),
        **dict.fromkeys("ckqgx", "k"),
        **dict.fromkeys("szj", "s"),
        **dict.fromkeys("td", "t"),
        **dict.fromkeys("lr", "l"),
    }
)
"""Consonants that other scripts do not tell apart, as one; the rest is left out."""
_TWICE: Final = re.compile(r"(.)\1+")


@lru_cache(maxsize=1024)  # people type the same names again and again
def sound(part: str) -> str:
    """A folded part of a name as it sounds; the part itself where nothing of it would be left."""
    said = part
    for pattern, letter in _SOUNDS:
        said = pattern.sub(letter, said)
    return said or part


def skeleton(part: str) -> str:
    """The consonants of a part by class: `lavril` and `rafrir` are both `lpll`."""
    said = (
        part.replace("ch", "s")
        .replace("sh", "s")
        .replace("ng", "n")
        .replace("c", "k" if "ce" not in part and "ci" not in part else "s")
    )
    return _TWICE.sub(r"\1", said.translate(_SKELETON)) or part[:1]
