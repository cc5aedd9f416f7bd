"""The times that people ask about: `2023`, `before June 2023`, `between May and August 2023`, `early 2024`, `this year`."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bot.facts.dates import Date, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTHS: Final = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr, ["", "", "", "", "", "", "", "", "", "sept"])
    for number, name in enumerate(names)
    if name
}
_MONTH: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR: Final = r"(?P<year>[12]\d{3})"
_SHORT_YEAR: Final = r"['’](?P<short>\d\d)"
_PARTS: Final = {
    r"early|(?:the )?(?:start|beginning) of|first third of": (1, 4),
    r"mid(?:dle of)?-?|(?:the )?middle of": (5, 8),
    r"late|(?:the )?end of": (9, 12),
    r"(?:the )?first half of|h1(?: of|,)?": (1, 6),
    r"(?:the )?second half of|h2(?: of|,)?": (7, 12),
    r"(?:the )?first quarter of|q1(?: of|,)?": (1, 3),
    r"(?:the )?second quarter of|q2(?: of|,)?": (4, 6),
    r"(?:the )?third quarter of|q3(?: of|,)?": (7, 9),
    r"(?:the )?(?:fourth|last) quarter of|q4(?: of|,)?": (10, 12),
    r"(?:the )?spring(?: of)?": (3, 5),
    r"(?:the )?summer(?: of)?": (6, 8),
    r"(?:the )?(?:autumn|fall)(?: of)?": (9, 11),
}
"""Parts of a year, with their first and last months. A third of a year is what "early 2023" is taken to mean."""
_SPELLINGS: Final = (
    rf"(?P<first>[12]\d{{3}}) ?[-–] ?{_YEAR}",
    rf"(?P<first>{_MONTH})\.? *(?:and|to|-|–|until|till|through) *(?P<word>{_MONTH})\.? +(?:of +)?{_YEAR}",
    rf"{_YEAR}(?P<mark>[-/.])(?P<month>\d\d?)(?:(?P=mark)(?P<day>\d\d?))?",
    rf"(?P<day>\d\d?)\.(?P<month>\d\d?)\.{_YEAR}",
    rf"(?P<day>\d\d?)(?:st|nd|rd|th)? +(?:of +)?(?P<word>{_MONTH})\.?,? +{_YEAR}",
    rf"(?P<word>{_MONTH})\.? +(?P<day>\d\d?)(?:st|nd|rd|th)?,? +{_YEAR}",
    rf"(?P<word>{_MONTH})\.?,? +(?:of +)?(?:{_YEAR}|{_SHORT_YEAR})",
    rf"(?P<word>{_MONTH})\.? +(?P<bare>\d\d)(?!\d|st|nd|rd|th|,? +\d)",
    rf"(?P<month>\d\d?)[/.]{_YEAR}",
    rf"(?P<part>{'|'.join(_PARTS)}) *{_YEAR}",
    _YEAR,
    rf"(?<=in ){_SHORT_YEAR}",
    r"(?P<relative>(?:this|the same|last|the previous) (?:year|month))(?! (?:as|at)\b)",
    rf"(?:{'|'.join(f'(?<={word} )' for word in ('in', 'of', 'during', 'before', 'after', 'since', 'between', 'by', 'from'))})(?P<word>{_MONTH})(?! +\d)",
)
"""How a time is written, between words."""
_BEFORE: Final = re.compile(r"\b(?:before|prior to|until|till|up to|earlier than)\s+(?:the\s+)?$", re.IGNORECASE)
_BY: Final = re.compile(r"\b(?:by|by the end of|through)\s+(?:the\s+)?$", re.IGNORECASE)
_AFTER: Final = re.compile(r"\b(?:after|later than|past)\s+(?:the\s+)?$", re.IGNORECASE)
_SINCE: Final = re.compile(r"\b(?:since|from|as of|starting(?: in)?)\s+(?:the\s+)?$", re.IGNORECASE)
_AT: Final = re.compile(r"\b(?:in|on|during|within|throughout|as of|at)\s+(?:the\s+)?$", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"\b(?:between|from|in)\s+$", re.IGNORECASE)
_TO: Final = re.compile(r"\s*(?:and|to|-|–|until|till|through)\s*", re.IGNORECASE)


class Period(Struct, frozen=True):
    """A time that is asked about: its days, and how it is said behind a verb ("in June 2023", "before 2024")."""

    span: Span
    text: str

    @classmethod
    def of(cls, known: Date) -> Period:
        """A year, a month or a day."""
        return cls(known.span, f"on {known}" if known.span.first == known.span.last else f"in {known}")

    def __str__(self) -> str:
        """How it is said behind a verb."""
        return self.text

    @property
    def name(self) -> str:
        """How it is said by itself: "June 2023", "the time before 2024"."""
        preposition, _, rest = self.text.partition(" ")
        return rest if preposition in {"in", "on"} else f"the time {self.text}"


def before(period: Period) -> Period:
    """The time before a period."""
    return _before(period.span, period.name)


def after(period: Period) -> Period:
    """The time after a period."""
    return _after(period.span, period.name)


class Found(Struct, frozen=True):
    """Where in a text a time stands: characters from `start` to before `end`. Several periods are one or the other."""

    start: int
    end: int
    periods: tuple[Period, ...]


class Calendar(Struct, frozen=True):
    """What relative times are counted from: the day of the newest source, and the years that a book speaks of."""

    today: date | None = None
    years: Sequence[int] = ()


UNDATED: Final = Calendar()
"""That of no book: it knows no relative times."""


def find_periods(text: str, book_time: Calendar = UNDATED) -> list[Found]:
    """The times in a text, in order, with the words that belong to them; no date that no calendar has."""
    dates = _dates(text, book_time)
    found: list[Found] = []
    at = behind = 0
    while at < len(dates):
        this, after = dates[at], dates[at + 1 : at + 2]
        opens = _BETWEEN.search(text, behind, this.start)
        if after and opens and _TO.fullmatch(text, this.end, after[0].start):
            found.append(_between(opens.start(), this, after[0]))
            at += 2
        else:
            found.append(_related(text, this, behind))
            at += 1
        behind = found[-1].end
    return found


def take_period(text: str, book_time: Calendar = UNDATED) -> tuple[Period | None, str]:
    """The first time in a text, and the text without it. Several periods become none."""
    for found in find_periods(text, book_time):
        if len(found.periods) == 1:
            return found.periods[0], f"{text[: found.start]} {text[found.end :]}"
    return None, text


class _Dated(Struct, frozen=True):
    start: int
    end: int
    dates: tuple[tuple[Span, str], ...]


@cache
def _spellings() -> list[re.Pattern[str]]:
    return [re.compile(rf"(?<![\w./-]){spelling}(?![\w/-]|\.\d)", re.IGNORECASE | re.ASCII) for spelling in _SPELLINGS]


def _dates(text: str, book_time: Calendar) -> list[_Dated]:
    found: list[_Dated] = []
    for spelling in _spellings():
        for match in spelling.finditer(text):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            found += _dated(match, book_time)
    return sorted(found, key=lambda dated: dated.start)


def _dated(match: re.Match[str], book_time: Calendar) -> Iterator[_Dated]:
    """What a spelling found: one date, or the two ends of a range, which share a year where only one is written."""
    parts = {key: value for key, value in match.groupdict().items() if value}
    opening = parts.pop("first", None)
    if opening:
        known = Date.parse(opening if opening.isdigit() else _edtf({"word": opening, "year": parts["year"]}))
        yield _Dated(match.start("first"), match.end("first"), ((known.span, str(known)),))
    dates = tuple(_read(parts, book_time))
    if dates:
        start = (
            match.start("word") if opening and "word" in parts else match.start("year") if opening else match.start()
        )
        yield _Dated(start, match.end(), dates)


def _read(parts: dict[str, str], book_time: Calendar) -> Iterator[tuple[Span, str]]:
    if "relative" in parts:
        yield from _relative(parts["relative"].casefold(), book_time.today)
    elif "part" in parts:
        yield _part(parts["part"].casefold(), int(parts["year"]))
    elif "bare" in parts:
        if (year := 2000 + int(parts["bare"])) in book_time.years:
            known = Date.parse(f"{year}-{_MONTHS[parts['word'].casefold()]:02}")
            yield known.span, str(known)
    elif "word" in parts and not parts.keys() & {"year", "short"}:
        for year in book_time.years:
            known = Date.parse(f"{year}-{_MONTHS[parts['word'].casefold()]:02}")
            yield known.span, str(known)
    else:
        try:
            known = Date.parse(_edtf(parts))
        except ValueError:
            return
        yield known.span, str(known)


def _edtf(parts: dict[str, str]) -> str:
    month = _MONTHS[parts["word"].casefold()] if "word" in parts else parts.get("month")
    numbers = [f"{int(number):02}" for number in (month, parts.get("day")) if number is not None]
    return "-".join([parts.get("year") or f"20{parts['short']}", *numbers])


def _part(words: str, year: int) -> tuple[Span, str]:
    first, last = next(months for pattern, months in _PARTS.items() if re.fullmatch(pattern, words))
    return Span(date(year, first, 1), Date.parse(f"{year}-{last:02}").span.last), f"{words} {year}".replace("  ", " ")


def _relative(words: str, today: date | None) -> Iterator[tuple[Span, str]]:
    if today is None:
        return
    back = words.startswith(("last", "the previous"))
    if words.endswith("year"):
        known = Date.parse(f"{today.year - back}")
    else:
        known = Date.parse(f"{today.replace(day=1) - timedelta(days=back):%Y-%m}")
    yield known.span, f"{known} (“{words}” as counted from the newest source)"


def _between(start: int, one: _Dated, other: _Dated) -> Found:
    last, last_name = other.dates[-1]
    same_year = [dated for dated in one.dates if dated[0].first.year == last.last.year]
    first, first_name = (same_year or one.dates)[0]
    span = Span(min(first.first, last.first), max(first.last, last.last))
    return Found(start, other.end, (Period(span, f"between {first_name} and {last_name}"),))


def _related(text: str, dated: _Dated, behind: int) -> Found:
    """A date with the preposition before it, behind the date before it, which says which days are meant."""
    for pattern, relate in ((_BEFORE, _before), (_BY, _by), (_AFTER, _after), (_SINCE, _since), (_AT, _at)):
        if found := pattern.search(text, behind, dated.start):
            return Found(found.start(), dated.end, tuple(relate(*known) for known in dated.dates))
    return Found(dated.start, dated.end, tuple(_at(*known) for known in dated.dates))


def _at(span: Span, name: str) -> Period:
    return Period(span, f"on {name}" if span.first == span.last else f"in {name}")


def _before(span: Span, name: str) -> Period:
    return Period(Span(date.min, span.first - timedelta(days=1)), f"before {name}")


def _by(span: Span, name: str) -> Period:
    whole = name.removeprefix("the ").removeprefix("end of ")
    return Period(Span(date.min, span.last), f"by the end of {whole}")


def _after(span: Span, name: str) -> Period:
    return Period(Span(span.last + timedelta(days=1), date.max), f"after {name}")


def _since(span: Span, name: str) -> Period:
    return Period(Span(span.first, date.max), f"since {name}")
