"""What speaks for and against a candidate, as numbers, each with a name."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from math import log10
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bot.names.alignment import Alignment
from bot.names.model import By
from bot.names.slips import slip
from bot.names.typed import Typed
from bot.names.words import lexicon

if TYPE_CHECKING:
    from bot.names.alignment import Pair

FAR: Final = 3.0
"""Edits of lead over the runner-up from which more says nothing more."""
ALIKE: Final = 0.2
"""Edits by which candidates may differ and still fit alike."""
NEARLY: Final = 0.68
"""Edits by which candidates may differ and still be hard to tell apart: 0.65 at most, as costs come in twentieths."""
STEPS: Final = (0.15, 0.35, 0.65, 0.95, 1.35, 1.75, 2.35, 3.35, 5.0)
"""Edits at which a cost says something else."""
TWO_SLIPS: Final = 1.5
"""Edits from which there is more than one slip."""
MET_BY_FEW: Final = 5
"""Letters below which a part is short."""
SMALL: Final = 1.2
"""The logarithm of a small book's people."""
_BY_SIZE: Final = tuple((name, f"{name}, by size") for name in (
    "gap", "gap a letter", "rival alike", "rivals alike", "rival near", "worst cost", "surname cost", "first name cost",
    "left", "left share", "surname exact", "first name exact", "parts of the name left", "by initials", "whole cost a letter",
    "aligned cost a letter", "letters", "rival exact",
    "inexact, yet a part", "left, a part",
))  # fmt: skip
"""Features that say more, or less, the more people there are, and what that is called."""
_NAMES: Final = frozenset("flFL")
_COMMON: Final = frozenset("FLW")
"""Kinds of the lexicon: names, and what is common."""
_INEXACT: Final = (By.SPELLING, By.SOUND, By.BEGINNING)


class Case(Struct, frozen=True):
    """A query, its candidates' alignments, the least costly first, one a person, and how many people there are."""

    typed: Typed
    alignments: Sequence[Alignment]
    people: int
    known: Callable[[str], str]
    """The kinds that the lexicon gives a word, or no letters."""
    is_part: Callable[[str], bool]
    """Whether a word is a part of any name of the book."""


def known(word: str) -> str:
    """The kinds that the shipped lexicon gives a word, or no letters."""
    return lexicon().get(word, "")


def features(case: Case) -> dict[str, float]:
    """The features of the best candidate; those left out are 0. None depends on the order in which the parts were typed."""
    best = case.alignments[0]
    typed = case.typed.tokens
    letters = len(case.typed.joined)
    cost, relative = best.cost, min(best.cost / letters, 1.0)
    shape, step = _shape(best, len(typed)), _step(best.cost)
    size = log10(case.people + 1)
    real = [pair for pair in best.pairs if pair.by is not By.INITIAL]
    worst = max(real, key=attrgetter("relative"), default=None)
    found = {
        "bias": 1.0,
        shape: 1.0,
        "cost": min(cost, 6.0),
        "cost a letter": relative,
        f"cost a letter, {shape}": relative,
        "aligned cost a letter": min(best.aligned / letters, 1.0),
        "whole cost a letter": min(best.whole / letters, 1.0),
        f"cost {step}": 1.0,
        f"cost {step}, {'alone' if len(typed) == 1 else 'with others'}": 1.0,
        "size": size,
        f"size, {shape}": size,
        "cost a letter by size": relative * size,
        "letters": min(letters, 20) / 10,
        "foreign": float(case.typed.foreign),
        "parts": float(min(len(typed), 4)),
    }
    if case.typed.foreign:
        found |= {
            f"foreign, {shape}": 1.0,
            "foreign, cost a letter": relative,
            "foreign, worst cost": worst.relative if worst else 0.0,
            "foreign, size": size,
        }
    found |= _parts_met(best, real, worst, typed)
    found |= _left(case, best)
    found |= _rivals(case)
    found |= _lookalikes(case, best, real, shape)
    found |= {by_size: value * (size - SMALL) for name, by_size in _BY_SIZE if (value := found.get(name))}
    return found


def _step(cost: float) -> str:
    """The cost in steps: a weight for each says more than one for all."""
    at = bisect_left(STEPS, cost)
    return f"up to {STEPS[at]}" if at < len(STEPS) else "more"


def _shape(best: Alignment, typed: int) -> str:
    """Which parts of the name were typed."""
    if best.is_joined:
        return "joined" if best.way in {"full", "reversed", "ends"} else "joined surname"
    if best.left:
        return "unexplained"
    last = len(best.words) - 1
    real = {pair.part for pair in best.pairs if pair.by is not By.INITIAL}
    if not real:
        return "initials only" if best.pairs else "unlike"
    if typed == 1:
        return "surname alone" if last in real else "first name alone"
    if last in real:
        return "first name and surname" if len(real) > 1 else "initial and surname"
    return "first names and initial" if len(best.pairs) > len(real) else "first names"


def _parts_met(best: Alignment, real: list[Pair], worst: Pair | None, typed: Sequence[str]) -> dict[str, float]:
    last = len(best.words) - 1
    surname = next((pair for pair in real if pair.part == last), None)
    given = [pair for pair in real if pair.part != last]
    parts = [pair.part for pair in best.pairs]
    by = [pair.by for pair in real]
    found = {
        "surname exact": float(surname is not None and surname.by is By.EXACT),
        "surname cost": min(surname.relative, 1) if surname else 0.0,
        "surname missing": float(last not in parts),
        "first name exact": float(By.EXACT in [pair.by for pair in given]),
        "first name cost": min([pair.relative for pair in given], default=0.0),
        "first name missing": float(last > 0 and 0 not in parts),
        "parts of the name left": float(min(len(best.words) - len(best.pairs), 3)),
        "by initials": float(min(len(best.pairs) - len(real), 2)),
        "by the name's initials": float(
            sum(
                [
                    len(typed[pair.typed]) > 1 and len(best.words[pair.part]) == 1 and pair.by is By.INITIAL
                    for pair in best.pairs
                ]
            )
        ),
        "by nickname": float(By.NICKNAME in by),
        "by beginning": float(By.BEGINNING in by),
        "by sound": float(By.SOUND in by),
    }
    if worst is not None:
        token, part = typed[worst.typed], best.words[worst.part]
        inexact = worst.by is not By.EXACT
        found |= {
            "worst cost": min(worst.relative, 1),
            "worst squared": min(worst.relative, 1) ** 2,
            "another first letter": float(token[0] != part[0]),
            "short and inexact": float(inexact and len(part) < MET_BY_FEW),
            "two slips": float(worst.cost >= TWO_SLIPS),
            "beginning letters": min(len(token), 8) / 8 if worst.by is By.BEGINNING else 0.0,
        }
    return found


def _left(case: Case, best: Alignment) -> dict[str, float]:
    """What is typed, and met nothing of the name."""
    if not best.left:
        return {}
    left = [case.typed.tokens[at] for at in best.left]
    words = [token for token in left if len(token) > 1]
    real = {pair.part for pair in best.pairs if pair.by is not By.INITIAL}
    exact = {pair.part for pair in best.pairs if pair.by is By.EXACT}
    return {
        "left": float(min(len(words), 3)),
        "left share": sum(map(len, words)) / len(case.typed.joined),
        "left initials": float(min(len(left) - len(words), 2)),
        "left, a known name": float(any(not _NAMES.isdisjoint(case.known(word)) for word in words)),
        "left, a known word": float(any("w" in case.known(word) for word in words)),
        "left, a part": float(any(map(case.is_part, words))),
        "left, as a whole": min(best.whole, 3.0),
        "left between": float(bool(words) and {0, len(best.words) - 1} <= real and len(best.words) > 1),
        "left between, exact": float(bool(words) and {0, len(best.words) - 1} <= exact and len(best.words) > 1),
    }


def _rivals(case: Case) -> dict[str, float]:
    best, *others = case.alignments
    cost = best.cost
    gaps = [other.cost - cost for other in others]
    gap = min(gaps[0], FAR) if gaps else FAR
    alike = sum([lead <= ALIKE for lead in gaps])
    exact = alike and not best.left and all(pair.by is By.EXACT for pair in best.pairs)
    return {
        "gap": gap,
        "gap a letter": min(gap / max(len(case.typed.joined), 1), 0.5),
        "rival alike": float(alike > 0),
        "rivals alike": log10(1 + alike),
        "rival near": float(bool(gaps) and ALIKE < gaps[0] <= NEARLY),
        "rival exact": float(bool(exact)),
    }


def _lookalikes(case: Case, best: Alignment, real: list[Pair], shape: str) -> dict[str, float]:
    """Typed parts that met inexactly, and are names or words of their own."""
    inexact = [pair for pair in real if pair.by in _INEXACT]
    if shape.endswith("alone"):
        return _lone(case, best, inexact[0]) if inexact else {}
    joined = shape.startswith("joined")
    tokens = list(case.typed.tokens) if joined else [case.typed.tokens[pair.typed] for pair in inexact]
    if not tokens:
        return {}
    kinds = [*map(case.known, tokens)]
    together = "".join(kinds)
    names = sum([not _NAMES.isdisjoint(found) for found in kinds])
    every = len(case.typed.tokens) == len(tokens) > 1
    found = {
        "inexact, yet a part": float(any(map(case.is_part, tokens)) and not joined),
        "a known name": float(names > 0),
        "a common name": float(not _COMMON.isdisjoint(together)),
        "a known word": float("w" in together),
        "all inexact": float(every),
        "all inexact, a known name": float(every and names > 0),
        "inexact parts": float(min(len(tokens), 3)),
    }
    if joined:
        return found
    return found | {
        "known names": float(min(names, 3)),
        "two known names": float(names > 1),
        "unknown words": float(min(kinds.count(""), 3)),
        "all inexact, all known names": float(every and names == len(tokens)),
        **_slipped(case, best, max(inexact, key=attrgetter("relative")), "among others"),
    }


def _lone(case: Case, best: Alignment, pair: Pair) -> dict[str, float]:
    """The one typed part, which met inexactly."""
    (token,) = case.typed.tokens
    near = "surname" if pair.part == len(best.words) - 1 else "first name"
    return {
        "inexact, yet a part": float(case.is_part(token)),
        "inexact parts": 1.0,
        "short, alone": float(len(token) < MET_BY_FEW),
        **{f"alone, of kind {kind}, near a {near}": 1.0 for kind in case.known(token)},
        **_slipped(case, best, pair, "alone"),
    }


def _slipped(case: Case, best: Alignment, pair: Pair, where: str) -> dict[str, float]:
    """By what slip a typed part met, and what it is itself: the one tells more where the other is the likelier."""
    token = case.typed.tokens[pair.typed]
    kinds = case.known(token)
    itself = "a known name" if not _NAMES.isdisjoint(kinds) else "a known word" if kinds else "unknown"
    by = "a beginning" if pair.by is By.BEGINNING else slip(token, best.words[pair.part])
    return {f"{by}, {where}": 1.0, f"{by}, {where}, {itself}": 1.0}
