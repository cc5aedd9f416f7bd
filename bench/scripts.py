"""Names as they read after they were written in another script and back in Latin letters: roughly, and with chance."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

_HEARD: Final = (
    ("eaux", "o"), ("eau", "o"), ("aux", "o"), ("au", "o"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ph", "f"), ("ck", "k"), ("qu", "k"),
    ("sch", "sh"), ("gu", "g"), ("th", "t"), ("x", "ks"), ("ai", "e"), ("cc", "k"),
)  # fmt: skip


def _heard(word: str, chance: random.Random) -> str:
    """A word nearer to how it sounds."""
    for old, new in _HEARD:
        if chance.random() < 0.75:
            word = word.replace(old, new)
    if len(word) > 3 and chance.random() < 0.5:
        word = re.sub(r"(?:es|e|s|t|d)$", "", word)
    word = re.sub(r"c(?=[eiy])", "s", word).replace("ch", "C").replace("c", "k").replace("C", "ch")
    return re.sub(r"(.)\1", r"\1", word)


def _syllables(word: str, vowel: str, chance: random.Random) -> str:
    """A word with a vowel after each consonant that has none."""
    said = re.sub(
        r"([bdfgjklmpqrstvwxz])(?![aeiouyh])", lambda found: found[1] + (vowel if chance.random() < 0.9 else ""), word
    )
    return re.sub(r"(sh|ch)(?![aeiou])", rf"\1{vowel}", said)


def _japanese(word: str, chance: random.Random) -> str:
    word = re.sub(r"(?<=[aeiou])r(?![aeiou])", "", word)
    word = re.sub(r"([td])(?![aeiouhr])", r"\1o", word.replace("l", "r").replace("v", "b"))
    return (
        _syllables(word, "u", chance)
        .replace("si", "shi")
        .replace("tu", "tsu")
        .replace("ti", chance.choice(("chi", "tei")))
        .replace("hu", "fu")
    )


def _korean(word: str, chance: random.Random) -> str:
    word = word.replace("f", "p").replace("v", "b").replace("z", "j")
    word = re.sub(r"(?<=[aeiou])r(?![aeiou])", lambda _: "leu" if chance.random() < 0.6 else "", word)
    return re.sub(r"([bdfgjkpst])(?![aeiouyh])", r"\1eu", word)


def _semitic(word: str, chance: random.Random) -> str:
    word = (
        word.replace("p", chance.choice("bf"))
        .replace("v", chance.choice("fwb"))
        .replace("g", chance.choice(("gh", "j", "g", "k")))
    )
    word = re.sub(r"[ou]", lambda _: "w" if chance.random() < 0.6 else "", word)
    word = re.sub(r"i", lambda _: "y" if chance.random() < 0.7 else "", word)
    return re.sub(r"[ae]", lambda found: "a" if found[0] == "a" and chance.random() < 0.4 else "", word)


def _russian(word: str, chance: random.Random) -> str:
    word = (
        word.replace("h", chance.choice(("kh", "g", "h")))
        .replace("w", "v")
        .replace("j", chance.choice(("dzh", "zh", "y")))
    )
    return word.replace("ie", "e").replace("y", "i").replace("iya", "ia")


def _chinese(word: str, chance: random.Random) -> str:
    word = word.replace("r", "l").replace("v", chance.choice("wf")).replace("th", "s")
    word = re.sub(r"[mn](?![aeiou])", lambda _: chance.choice(("n", "ng", "mu")), word)
    word = re.sub(
        r"([aeiou])([bdgkpl])(?![aeiou])",
        lambda found: found[1] + (found[2] + chance.choice(("u", "e")) if chance.random() < 0.6 else ""),
        word,
    )
    word = re.sub(r"k(?=[aeiou])", lambda _: chance.choice("kjgq"), word)
    word = re.sub(r"s(?=[ie])", lambda _: chance.choice("xsq"), word)
    word = re.sub(
        r"[aeiou]",
        lambda found: found[0] if chance.random() < 0.6 else chance.choice(("a", "e", "i", "ai", "ei", "uo", "ao")),
        word,
    )
    return _syllables(word, chance.choice(("e", "u", "i")), chance)


_SCRIPTS: Final[tuple[Callable[[str, random.Random], str], ...]] = (
    _japanese,
    _korean,
    _semitic,
    _semitic,
    _russian,
    _chinese,
)


def rewritten(words: list[str], chance: random.Random) -> list[str]:
    """Folded words as they come back from another script."""
    script = chance.choice(_SCRIPTS)
    found = [script(_heard(word, chance), chance) if len(word) > 1 else word for word in words]
    return [re.sub("[^a-z]", "", after) or before for after, before in zip(found, words, strict=True)]
