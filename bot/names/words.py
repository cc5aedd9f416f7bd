"""Lists that ship with the bot: words around names, nicknames, and a lexicon of other names and words."""

from __future__ import annotations

import lzma
from collections import defaultdict
from functools import cache
from importlib import resources
from typing import Final

_DATA: Final = resources.files("bot.names")


def _lines(name: str) -> list[str]:
    text = _DATA.joinpath(name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def fillers() -> frozenset[str]:
    """Words that people put around a name in a sentence."""
    return frozenset(_lines("fillers.txt"))


@cache
def around() -> frozenset[str]:
    """Words that people put around a name where nothing but a name is asked for."""
    return frozenset(_lines("around.txt")) | fillers()


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """Each name that has short forms, or is one, with those that belong to it."""
    related: dict[str, set[str]] = defaultdict(set)
    for line in _lines("nicknames.txt"):
        name, *short = line.split()
        for form in short:
            related[name].add(form)
            related[form].add(name)
    return {name: frozenset(forms) for name, forms in related.items()}


@cache
def lexicon() -> dict[str, str]:
    """Names and English words that are not of the book: each with its kinds, as letters.

    `f` a first name, `l` a surname, `w` a word; a capital where it is common. Half a million letters, read at the first
    look-up that needs them.
    """
    known: dict[str, str] = {}
    before = ""
    for line in lzma.decompress(_DATA.joinpath("lexicon.txt.xz").read_bytes()).decode().splitlines():
        rest, kinds = line.split(" ")
        before = before[: ord(rest[0]) - ord("a")] + rest[1:]
        known[before] = kinds
    return known
