"""How people write names as they remember them: slips, sounds, initials, turned round, joined, wrapped in chat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.names.folding import fold
from bot.names.words import nicknames

if TYPE_CHECKING:
    import random

_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn")
_BESIDE: Final = {
    key: {
        row[at + step]
        for row in _ROWS
        for at, other in enumerate(row)
        if other == key
        for step in (-1, 1)
        if 0 <= at + step < len(row)
    }
    | {above[at] for above, below in (_ROWS[:2], _ROWS[1:3]) for at, other in enumerate(below) if other == key}
    for key in "abcdefghijklmnopqrstuvwxyz"
}
_RESPELT: Final = (
    ("ph", "f"), ("f", "ph"), ("c", "k"), ("k", "c"), ("ck", "k"), ("qu", "k"), ("s", "z"), ("z", "s"), ("ss", "s"), ("s", "ss"),
    ("y", "i"), ("i", "y"), ("i", "ee"), ("ee", "i"), ("eau", "o"), ("au", "o"), ("aux", "o"), ("o", "au"), ("ou", "u"), ("u", "ou"),
    ("oo", "u"), ("w", "v"), ("v", "w"), ("x", "ks"), ("g", "j"), ("j", "g"), ("j", "zh"), ("th", "t"), ("t", "th"), ("d", "dh"),
    ("ch", "sh"), ("sh", "ch"), ("sch", "sh"), ("tch", "ch"), ("h", ""), ("e", "ai"), ("ai", "e"), ("ai", "ay"), ("ei", "ai"), ("ey", "i"),
    ("et", "ay"), ("er", "e"), ("ll", "l"), ("l", "ll"), ("n", "nn"), ("nn", "n"), ("tt", "t"), ("t", "tt"), ("rr", "r"), ("r", "rr"),
    ("gu", "g"), ("gh", "g"), ("kh", "k"), ("cz", "ch"), ("e", "a"), ("a", "e"), ("o", "u"), ("u", "o"), ("i", "e"), ("e", "i"), ("an", "en"),
    ("en", "an"), ("m", "n"), ("b", "p"), ("d", "t"), ("j", "y"), ("ux", "u"),
)  # fmt: skip
_VOWELS: Final = "aeiou"
_BEFORE: Final = (
    "where is ",
    "who is ",
    "where's ",
    "what about ",
    "find ",
    "dr ",
    "Dr. ",
    "prof ",
    "Professor ",
    "mr ",
    "Mr. ",
    "mrs ",
    "Ms ",
    "@",
    '"',
    "where does ",
    "and ",
)
_AFTER: Final = (
    "?",
    "!",
    " please",
    " pls",
    " now",
    " today",
    " these days",
    " company",
    " affiliation",
    " linkedin",
    " job",
    " (2016)",
    " et al.",
    " ???",
    " now?",
    " lab",
)
_POSSESSIVE: Final = ("'s", "’s", "'s job", "'s company", "’s lab", "'s affiliation", "'s linkedin", "’s employer")


def slip(word: str, chance: random.Random) -> str:  # noqa: PLR0911 - one for each kind
    """A folded word with one slip, of the hand or of the ear."""
    kind, at = chance.random(), chance.randrange(len(word))
    letter = word[at]
    if kind < 0.3:
        return _respelt(word, chance)
    if kind < 0.45:
        other = chance.choice(sorted(_BESIDE.get(letter) or "e"))
        return word[:at] + other + word[at + 1 :]
    if kind < 0.53:
        other = chance.choice(_VOWELS if letter in _VOWELS else "bcdfghjklmnprstvwz")
        return word[:at] + other + word[at + 1 :]
    if kind < 0.67 and len(word) > 2:
        return word[:at] + word[at + 1 :]
    if kind < 0.80 and len(word) > 1:
        at = min(at, len(word) - 2)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind < 0.95:
        other = chance.choice(
            (letter, chance.choice(sorted(_BESIDE.get(letter) or "e")), chance.choice("abcdefghijlmnoprstuvyz"))
        )
        return word[: at + 1] + other + word[at + 1 :]
    if kind < 0.97:
        return word + "e"
    return word[:at] + " " + word[at:] if at else word


def _respelt(word: str, chance: random.Random) -> str:
    """A word with one of its sounds spelt otherwise."""
    possible = [(at, old, new) for old, new in _RESPELT for at in range(len(word)) if word.startswith(old, at)]
    if not possible:
        return word
    at, old, new = chance.choice(possible)
    return word[:at] + new + word[at + len(old) :]


def slips(words: list[str], count: int, chance: random.Random) -> list[str]:
    """Folded words with so many slips, more in longer words."""
    words = list(words)
    for _ in range(count):
        at = chance.choices(range(len(words)), [len(word) if len(word) > 1 else 0.01 for word in words])[0]
        if len(words[at]) > 1:
            words[at] = slip(words[at], chance) or words[at]
    return words


def dressed(text: str, chance: random.Random, plain: float = 0.7) -> str:
    """A name in some case, perhaps among words of chat."""
    text = chance.choice((text, text, text.title(), text.title(), text.upper()))
    if chance.random() < plain:
        return text
    kind = chance.random()
    if kind < 0.25:
        return text + chance.choice(_POSSESSIVE)
    before = chance.choice(_BEFORE) if kind < 0.75 else ""
    return before + text + (chance.choice(_AFTER) if kind > 0.5 else "")


STYLES: Final = {
    "plain": 30, "surname": 34, "first": 7, "initial": 9, "initials after": 7, "first and initial": 5, "turned": 7, "comma": 5,
    "joined": 6, "separated": 5, "nickname": 6, "begun": 4, "no middle": 3, "more": 3, "middle": 4, "surname more": 2, "one surname": 1,
}  # fmt: skip
"""The ways in which a name is written, and how often each."""


def written(person: tuple[str, str], style: str, count: int, chance: random.Random) -> tuple[str, bool, bool]:  # noqa: C901, PLR0911, PLR0912 - one for each style
    """A name in a style with so many slips; whether it names by the surname alone, and whether by the first name alone."""
    first, last = fold(person[0]).split(), fold(person[1]).split()
    initials = [name[0] for name in first]
    if style == "surname":
        return " ".join(slips(last, count, chance)), True, False
    if style == "first":
        return " ".join(slips(first[:1], min(count, 1), chance)), False, True
    if style == "initial":
        return (
            " ".join(
                [
                    *(f"{letter}." if chance.random() < 0.5 else letter for letter in initials),
                    *slips(last, count, chance),
                ]
            ),
            False,
            False,
        )
    if style == "initials after":
        return " ".join([*slips(last, count, chance), "".join(initials) + chance.choice(("", "."))]), False, False
    if style == "first and initial":
        return " ".join([*slips(first, min(count, 1), chance), last[0][0]]), False, False
    if style == "turned":
        return " ".join([*slips(last, count // 2, chance), *slips(first, count - count // 2, chance)]), False, False
    if style == "comma":
        return (
            " ".join(slips(last, count // 2, chance)) + ", " + " ".join(slips(first, count - count // 2, chance)),
            False,
            False,
        )
    if style == "joined":
        return "".join(slips(["".join(first + last)], count, chance)), False, False
    if style == "separated":
        return chance.choice("._-").join(slips(first + last, count, chance)), False, False
    if style == "nickname":
        return " ".join([_short(first[0], chance), *slips(last, min(count, 1), chance)]), False, False
    if style == "begun":
        cut = chance.randint(3, 5)
        return " ".join([first[0][:cut], *slips(last, min(count, 1), chance)]), False, False
    if style == "no middle":
        return " ".join(slips([first[0], last[-1]], count, chance)), False, False
    if style == "one surname":
        return " ".join(slips([first[0], last[0]], count, chance)), False, False
    if style == "more":
        return (
            " ".join(
                [
                    *slips(first, count // 2, chance),
                    chance.choice("abcdefghjklmnprst"),
                    *slips(last, count - count // 2, chance),
                ]
            ),
            False,
            False,
        )
    return " ".join(slips(first + last, count, chance)), False, False


def _short(name: str, chance: random.Random) -> str:
    known = sorted(nicknames().get(name, ()))
    return chance.choice(known) if known else name[: chance.randint(3, 4)]
