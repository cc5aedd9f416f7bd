"""What a reply has to say, and must not say, checked in its words.

A question of the set names checks under `must` and `must_not`: all of the first have to hold, none of the second may.
A check is a text, or one key with its value:

    "at Mistral"          these words, whole, whatever their case, accents, hyphens and markup
    {"p": "lavril"}       the person of the book with this surname
    {"num": 5}            the number, in digits or words, but no length of time; 0 is also "nobody" and "none"
    {"date": "2023-06"}   a year, a month or a day, written out or ISO; a year holds its months, a month its days
    {"dur": "P6Y7M"}      a length of time: "6 years, 7 months", "six years and seven months", "79 months"
    {"any": […]}          one of these checks
    {"all": […]}          all of these checks
    {"re": "…"}           a regular expression over the folded reply
    {"raw": "…"}          these very characters
    {"yes": true}         it says yes
    {"no": true}          it says no
    {"silent": true}      it says that the book, or the bot, does not know
    {"decline": true}     that, or it says what can be asked
    {"hardfact": true}    it tells a length, an end or a role of somebody's position in the book
    {"people_max": 4}     it names at most so many people of the book
    {"told": true}        its status says that it tells what was asked, or that sources disagree on that

Words alone cannot say that a reply asserts nothing: "role not stated" may stand beside much that is asserted.

Dates, lengths and numbers are read out of the reply, not searched for, so that it may write them as it likes.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from bot.answers.model import Status
from bot.facts.dates import MONTHS_A_YEAR, Duration

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from bot.facts.book import Book
    from bot.facts.model import Stint

Check: TypeAlias = "str | Mapping[str, Any]"

_WORDS: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_NOBODY: Final = ("none", "nobody", "no one")
_NUMBER: Final = rf"(?:\d+|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"

_MONTHS: Final = [name.casefold()[:3] for name in calendar.month_name]
_MONTH: Final = (
    "(?P<month>"
    + "|".join(rf"{name[:3]}(?:{name[3:]}|t?\.?)" for name in map(str.casefold, calendar.month_name[1:]))
    + ")"
)

_TELLS: Final = (Status.ANSWERED, Status.DISPUTED)

_DATES: Final = (
    re.compile(r"\b(?P<iso>\d{4}(?:-\d\d){0,2})\b", re.ASCII),
    re.compile(rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?)?{_MONTH},? (?:of )?(?P<year>\d{{4}})\b"),
    re.compile(rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})\b"),
    re.compile(r"(?<![\d/])(?P<month>0?[1-9]|1[0-2])/(?P<year>\d{4})\b", re.ASCII),
)
_LENGTH: Final = re.compile(
    rf"(?<![a-z0-9])(?:(?P<years>{_NUMBER})[ -]?(?:years?|yrs?\.?|y)(?![a-z])(?:,? and |, | |,)?)?"
    rf"(?:(?P<months>{_NUMBER})[ -]?(?:months?|mos?\.?|m)(?![a-z]))?"
)
_COUNT: Final = re.compile(rf"(?<![a-z0-9.,/-])(?P<number>{_NUMBER})(?![a-z0-9]|[.,]\d|[ -](?:years?|months?|yrs?)\b)")

_NOT: Final = r"(?:\b(?:no|not|nothing|never|none|neither|nobody|no one|without|cannot|nor)\b|n't\b)"
_KNOW: Final = (
    r"(?:sa(?:y|ys|id)\b|stat(?:e|es|ed|ing)\b|giv(?:e|es|en)\b|list(?:s|ed)?\b|kn(?:ow|ows|own)\b|name[sd]?\b|mention"
    r"|tell|told|cover|record|understand|recogni[sz]e|find\b|found\b|answer|source|facts?\b|match|info|address)"
)
_SILENT: Final = re.compile(
    rf"{_NOT}[^.!?]{{0,45}}{_KNOW}"
    r"|\b(?:unknown|unclear|unspecified|unstated)\b"
    r"|\bcan(?:not| only|'t)\b|\bunable\b|\bno idea\b|\bdo(?:es)? not have\b|\bdon't have\b"
    r"|\b(?:has|have|names?|gives?|says?|knows?|finds?|lists?) (?:nothing|nobody|no one|none|no)\b"
    r"|\bnothing (?:about|on|in|of|there|listed)\b|\bno (?:such|one|entry|result|answer|mention|record|match)\b"
    r"|\bdid you mean\b|\bwho do you mean\b|\bwhich (?:one|person)\b|\boutside (?:of )?(?:my|the|what)\b"
    r"|\bi only (?:know|answer|have|cover|do|talk)\b"
)
_HELP: Final = re.compile(
    r"\bhelp\b|\bi can (?:answer|tell|help|look)\b|\btry\b|\bask (?:me|about)\b|\bcommands?\b|\bi(?:'m| am) (?:just |only )?a\b"
    r"|\bplease (?:give|name|specify)\b|\bexamples?\b|\be\.g|\b(?:facts?|questions?|know|answers?) (?:about|on|from)\b"
)
_YES: Final = re.compile(
    r"\b(?:yes|yep|yeah|yup|still|correct|true|right|indeed|holds?|confirmed|works?|consistent|checks? out)\b"
)
_NO: Final = re.compile(
    r"\b(?:no|nope|not|never|none|neither|nobody|left|departed|gone|false|incorrect|only|(?:is|does|did|has|are|was|were)n't)\b"
)


def fold(text: str) -> str:
    """Text as it is compared: without case, accents, markup and hyphens between words, with plain quotes and dashes."""
    text = "".join(
        char
        for char in unicodedata.normalize("NFKD", text)
        if not unicodedata.combining(char) and unicodedata.category(char) != "Cf"
    ).casefold()
    text = re.sub("[‘’ʼ`´]", "'", text)
    text = re.sub("[“”]", '"', text)
    text = re.sub("[‐‑‒–—―−]", "-", text)
    text = re.sub(r"[*_~|>#]+", " ", text)
    return " ".join(re.sub(r"(?<=[a-z])-(?=[a-z])", " ", text).split())


@dataclass(frozen=True)
class Said:
    """A reply with its status, and what can be read out of it."""

    raw: str
    status: str = ""

    @cached_property
    def text(self) -> str:
        """The reply, folded."""
        return fold(self.raw)

    @cached_property
    def dates(self) -> frozenset[str]:
        """The dates in it, ISO, each as precise as it is written."""
        return frozenset(_iso(found) for pattern in _DATES for found in pattern.finditer(self.text))

    @cached_property
    def months(self) -> frozenset[int]:
        """The lengths of time in it, each in months; an ISO duration counts as well."""
        written = {_months(found) for found in _LENGTH.finditer(self.text) if found.group()}
        iso = re.findall(r"\bp(?=\d)(?:\d+y)?(?:\d+m)?\b", self.text)
        return frozenset(written | {Duration.parse(found.upper()).months for found in iso})

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The numbers in it that are no lengths of time."""
        found = {_number(match["number"]) for match in _COUNT.finditer(self.text)}
        return frozenset(found | ({0} if any(map(self.words, _NOBODY)) else set()))

    def words(self, words: str) -> bool:
        """Whether these words stand in it, whole."""
        return re.search(rf"(?<![a-z0-9]){re.escape(fold(words))}(?![a-z0-9])", self.text) is not None

    def date(self, iso: str) -> bool:
        """Whether it tells this date, or a part of it."""
        return any(date == iso or date.startswith(f"{iso}-") for date in self.dates)


def _number(written: str) -> int:
    return int(written) if written.isdigit() else _WORDS.index(written)


def _months(length: re.Match[str]) -> int:
    return _number(length["years"] or "0") * MONTHS_A_YEAR + _number(length["months"] or "0")


def _iso(found: re.Match[str]) -> str:
    parts = found.groupdict()
    if iso := parts.get("iso"):
        return iso
    month = parts["month"]
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3])
    day = f"-{int(parts['day']):02d}" if parts.get("day") else ""
    return f"{parts['year']}-{number:02d}{day}"


class Scorer:
    """Judges replies about one book."""

    def __init__(self, book: Book) -> None:
        self._surnames = {fold(person.name).split()[-1] for person in book.people.values()}
        self._stints = tuple(stint for person in book.people.values() for stint in person.stints)
        self._checks: Mapping[str, Callable[[Said, Any], bool]] = {
            "p": self._person,
            "num": lambda said, value: value in said.numbers,
            "date": lambda said, value: said.date(value),
            "dur": lambda said, value: Duration.parse(value).months in said.months,
            "any": lambda said, checks: any(self.holds(check, said) for check in checks),
            "all": lambda said, checks: all(self.holds(check, said) for check in checks),
            "re": lambda said, pattern: re.search(pattern, said.text) is not None,
            "raw": lambda said, value: value in said.raw,
            "yes": lambda said, _: _YES.search(said.text) is not None,
            "no": lambda said, _: _NO.search(said.text) is not None,
            "silent": lambda said, _: _SILENT.search(said.text) is not None,
            "decline": lambda said, _: (_SILENT.search(said.text) or _HELP.search(said.text)) is not None,
            "hardfact": lambda said, _: any(_tells(stint, said) for stint in self._stints),
            "told": lambda said, _: said.status in _TELLS,
            "people_max": lambda said, most: sum(map(said.words, self._surnames)) <= most,
        }

    def holds(self, check: Check, said: Said) -> bool:
        """Whether a reply passes a check. Raises KeyError for a check that there is not, or a person not in the book."""
        if isinstance(check, str):
            return said.words(check)
        ((key, value),) = check.items()
        return self._checks[key](said, value)

    def faults(self, must: Iterable[Check], must_not: Iterable[Check], said: Said) -> list[str]:
        """What is wrong with a reply, one fault a line; nothing where it is right."""
        missing = [f"does not say {check}" for check in must if not self.holds(check, said)]
        return missing + [f"says {check}" for check in must_not if self.holds(check, said)]

    def _person(self, said: Said, surname: str) -> bool:
        if surname not in self._surnames:
            raise KeyError(f"nobody in the book is called {surname}")
        return said.words(surname)


def _tells(stint: Stint, said: Said) -> bool:
    """Whether a reply tells the role of a position, how long it lasted or when it ended."""
    end = stint.end and (said.words(stint.end.wording) if stint.end.wording else said.date(stint.end.edtf))
    length = stint.lasted and stint.lasted.months in said.months
    role = stint.role and stint.role != "unknown" and said.words(stint.role)
    return bool(end or length or role)
