"""A question as a short string and back, so that a button can carry it for as long as its message stands.

A kind of question or condition is one letter, and then its fields in their order. What closes a string (`,`), a tuple
(`;`) or a kind (`)`) is left out at the end of the whole, and so is each last field of a kind that has its default.
Strings that earlier versions of the bot packed come back: a letter, and the place of a member in its enumeration, never
mean anything else, and a new field comes last and has a default.
"""

from __future__ import annotations

import re
from datetime import date
from enum import Enum
from functools import cache, lru_cache
from types import NoneType
from typing import TYPE_CHECKING, Any, Final, get_args, get_origin

from msgspec import NODEFAULT
from msgspec.structs import fields

from bot.facts.dates import Span
from bot.questions import conditions as hold
from bot.questions import model as ask
from bot.questions.bounds import MOST_REMEMBERED
from bot.questions.periods import Period, find_periods

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST: Final = 20
"""Kinds within one another that are unpacked; nobody asks so deep."""

_KINDS: Final[dict[str, type]] = {
    "w": ask.Where,
    "W": ask.Who,
    "s": ask.StillAt,
    "l": ask.Left,
    "a": ask.At,
    "n": ask.When,
    "N": ask.Since,
    "r": ask.Role,
    "t": ask.Tenure,
    "f": ask.Those,
    "F": ask.Whether,
    "p": ask.Proportion,
    "R": ask.Ranking,
    "v": ask.Average,
    "d": ask.Destinations,
    "c": ask.Told,
    "u": ask.Audit,
    "T": ask.SmallTalk,
    "m": ask.Several,
    "y": ask.Why,
    "A": ask.About,
    "D": ask.Disputed,
    "S": ask.Sources,
    "e": ask.EvidenceFor,
    "g": ask.Timeline,
    "C": ask.Mentioned,
    "h": ask.Help,
    "o": ask.WhichOne,
    "b": ask.NotInBook,
    "x": ask.NotUnderstood,
    "L": hold.Departed,
    "K": hold.Remains,
    "B": hold.WasThere,
    "i": hold.IsAt,
    "Y": hold.Stayed,
    "H": hold.Holds,
    "O": hold.Founded,
    "P": hold.Unplaced,
    "U": hold.Untitled,
    "M": hold.IsMember,
    "I": hold.IsOne,
    "!": hold.Not,
    "&": hold.AllOf,
    "|": hold.AnyOf,
}
_LETTERS: Final = {kind: letter for letter, kind in _KINDS.items()}

_CLOSING: Final = ",;)"
_NONE: Final = "."
_DATED: Final = "("
"""Before the days of a period that its words do not tell."""
_EMPTY: Final = "%"
_SIGNS: Final = re.compile(r"[%,;().]")
_ESCAPED: Final = re.compile(r"%([0-9a-f]{2})")
_STRING: Final = re.compile(r"[^,;().]+")
_NUMBER: Final = re.compile(r"\d{1,9}", re.ASCII)


@lru_cache(maxsize=MOST_REMEMBERED)  # the same buttons stand under many answers
def pack(question: ask.Question) -> str:
    """A question as a string, which is as long as what was typed into the question makes it."""
    return _pack(question).rstrip(_CLOSING)


def unpack(packed: str) -> ask.Question:
    """The question of a string. Raises ValueError when it is not one."""
    reading = _Packed(packed)
    question: ask.Question = reading.value(ask.Question)
    if reading.rest:
        raise ValueError(f"`{reading.rest}` stands behind the question")
    return question


def _pack(value: Any) -> str:  # noqa: PLR0911 - a table of types, one line each
    match value:
        case None:
            return _NONE
        case Enum():
            return _pack(list(type(value)).index(value))
        case int():
            return f"{int(value)},"
        case str():
            return (_SIGNS.sub(lambda sign: f"%{ord(sign[0]):02x}", value) or _EMPTY) + ","
        case tuple():
            return "".join(map(_pack, value)) + ";"
        case frozenset():
            return _pack(tuple(sorted(value)))
        case Period(Span(first, last), text):
            days = "" if _told(text) == value else f"{_DATED}{first.toordinal()},{last.toordinal()},"
            return days + _pack(text)
        case _:
            written = [getattr(value, field) for field in value.__struct_fields__]
            defaults = [*value.__struct_defaults__]
            while defaults and written[-1] == defaults.pop():
                written.pop()
            return _LETTERS.get(type(value), "") + "".join(map(_pack, written)) + ")"


class _Packed:
    """A string that is read from its beginning; a part that is not there as it should be is a ValueError."""

    def __init__(self, text: str) -> None:
        self.rest = text
        self._depth = 0

    def value(self, hint: Any) -> Any:
        """The next value, of the type of an annotation."""
        if get_origin(hint) in {tuple, frozenset}:
            return get_origin(hint)(self._items(get_args(hint)[0]))
        if not isinstance(hint, type):
            return self._one_of(get_args(hint))
        if hint is Period:
            return self._period()
        if hint is str:
            return self._string()
        if issubclass(hint, int | Enum):
            number = self._number()
            return number if hint is int else _member(hint, number)
        return self._kind(hint)

    def _one_of(self, kinds: tuple[Any, ...]) -> Any:
        if NoneType in kinds and self._take(_NONE):
            return None
        known = [kind for kind in kinds if kind is not NoneType]
        if len(known) == 1:
            return self.value(known[0])
        kind = _KINDS.get(self.rest[:1])
        if kind not in known:
            raise ValueError(f"no kind that can be here begins `{self.rest}`")
        self.rest = self.rest[1:]
        return self._kind(kind)

    def _kind(self, kind: Any) -> Any:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ValueError("this is too deep for a question")
        values: list[Any] = []
        for field in fields_of(kind):
            if self.rest[:1] in {"", ")"} and field.default is not NODEFAULT:
                break
            values.append(self.value(field.type))
        self._close(")")
        self._depth -= 1
        return kind(*values)

    def _items(self, hint: Any) -> Iterator[Any]:
        while self.rest and not self._take(";"):
            yield self.value(hint)

    def _period(self) -> Period:
        if self._take(_DATED):
            first, last = self._number(), self._number()
            return Period(Span(date.fromordinal(first), date.fromordinal(last)), self._string())
        text = self._string()
        period = _told(text)
        if period is None:
            raise ValueError(f"`{text}` is not one period")
        return period

    def _number(self) -> int:
        digits = self._string()
        if not _NUMBER.fullmatch(digits):
            raise ValueError(f"`{digits}` is no number")
        return int(digits)

    def _string(self) -> str:
        found = _STRING.match(self.rest)
        if not found:
            raise ValueError(f"no string begins `{self.rest}`")
        self.rest = self.rest[found.end() :]
        self._close(",")
        return "" if found[0] == _EMPTY else _ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), found[0])

    def _close(self, sign: str) -> None:
        if self.rest and not self._take(sign):
            raise ValueError(f"`{sign}` does not stand before `{self.rest}`")

    def _take(self, sign: str) -> bool:
        is_next = self.rest.startswith(sign)
        self.rest = self.rest[is_next:]
        return is_next


def _member(kind: type[Enum | int], number: int) -> Any:
    members = tuple(kind) if issubclass(kind, Enum) else (False, True)
    if number >= len(members):
        raise ValueError(f"{kind.__name__} has no {number}")
    return members[number]


def _told(text: str) -> Period | None:
    """The one period that its words tell."""
    found = [period for time in find_periods(text) for period in time.periods]
    return found[0] if len(found) == 1 else None


fields_of = cache(fields)
"""The fields of a kind, in their order."""
