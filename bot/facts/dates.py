"""Dates as precise as their source (EDTF, ISO 8601-2) and durations (ISO 8601).

Only the part of EDTF that a fact file needs is read: a year, month or day, an interval of two of them, and the
qualifiers `~` (approximate) and `?` (uncertain). The `edtf` package reads all of it, at a third of a second to import.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

from msgspec import Struct

from bot.english import plural

_POINT = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([~?]?)", re.ASCII)
_DURATION = re.compile(r"P(?:(\d{1,3})Y)?(?:(\d{1,2})M)?", re.ASCII)
_QUALIFIERS = {"": "", "~": "about ", "?": "possibly "}
MONTHS_A_YEAR = 12


class Span(Struct, frozen=True):
    """The days from `first` to `last`, both included."""

    first: date
    last: date

    def covers(self, other: Span) -> bool:
        """Whether every day of `other` is one of these."""
        return self.first <= other.first and other.last <= self.last

    def meets(self, other: Span) -> bool:
        """Whether a day of `other` is one of these."""
        return self.first <= other.last and other.first <= self.last


class Date(Struct, frozen=True):
    """One moment, known as precisely as `edtf` says: it lies on one of the days of `span`.

    `wording` keeps a source's own words ("early 2023") where the EDTF is only what they are taken to mean.
    """

    edtf: str
    span: Span
    wording: str | None = None

    @classmethod
    def parse(cls, edtf: str, wording: str | None = None) -> Date:
        """Read `2025`, `2025-02`, `2025-02-03`, `2023-01/2023-04`, each point with `~` or `?` behind it or not.

        Raises ValueError with a sentence when the text is none of these.
        """
        points = [_point(part) for part in edtf.split("/", 1)]
        span = Span(points[0].first, points[-1].last)
        if span.first > span.last:
            raise ValueError(f"`{edtf}` ends before it begins; put the earlier date first")
        return cls(edtf, span, wording)

    @property
    def imprecise(self) -> bool:
        """Whether the date is an interval that a curator read into a source's words."""
        return "/" in self.edtf

    @property
    def sort_key(self) -> tuple[date, int]:
        """An imprecise date stands where the last of its days does, behind all that it may follow."""
        return self.span.last, -self.span.first.toordinal()

    def __str__(self) -> str:
        """As a person reads it: "February 2025", "early 2023", "between January 2023 and April 2023"."""
        if self.wording and self.imprecise:
            return self.wording
        first, *rest = (_read_aloud(part) for part in self.edtf.split("/"))
        if rest and self.span.first.year == self.span.last.year and first.endswith(year := f" {self.span.first.year}"):
            return f"between {first.removesuffix(year)} and {rest[0].removesuffix(year)} of{year}"
        return f"between {first} and {rest[0]}" if rest else first


class Duration(Struct, frozen=True, order=True):
    """A length of time in whole months, stated to the month (`grain` 1) or to the year (`grain` 12)."""

    months: int
    grain: int = 1

    @classmethod
    def parse(cls, iso: str) -> Duration:
        """Read `P6Y7M`, `P5Y` or `P8M`. Raises ValueError with a sentence when the text is none of these."""
        found = _DURATION.fullmatch(iso)
        if not found or not any(found.groups()):
            raise ValueError(f'`{iso}` is no duration; write years and months as in "P6Y7M", "P5Y" or "P8M"')
        years, months = (int(part or 0) for part in found.groups())
        return cls(years * MONTHS_A_YEAR + months, 1 if found[2] else MONTHS_A_YEAR)

    @property
    def iso(self) -> str:
        """The duration as ISO 8601, with as much grain: `P5Y` is stated to the year, `P5Y0M` to the month."""
        years, months = divmod(self.months, MONTHS_A_YEAR)
        to_the_month = months > 0 or self.grain == 1
        return "P" + (f"{years}Y" if years or not to_the_month else "") + (f"{months}M" if to_the_month else "")

    def __str__(self) -> str:
        """As a person reads it: "6 years, 7 months"."""
        years, months = divmod(self.months, MONTHS_A_YEAR)
        parts = [plural(years, "year")] if years or (not months and self.grain > 1) else []
        if months or not parts:
            parts.append(plural(months, "month"))
        return ", ".join(parts)


def age(since: date, today: date) -> Duration:
    """The whole months from a day to another; none for a day to come."""
    months = (today.year - since.year) * MONTHS_A_YEAR + today.month - since.month - (today.day < since.day)
    return Duration(max(0, months))


def back(day: date, months: int) -> date:
    """The day so many months earlier; the month's last day where it has fewer days. Not before the year 1."""
    year, month = divmod(day.year * MONTHS_A_YEAR + day.month - 1 - months, MONTHS_A_YEAR)
    if year < date.min.year:
        return date.min
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _point(text: str) -> Span:
    found = _POINT.fullmatch(text)
    if not found:
        raise ValueError(
            f'`{text}` is no date; write "2025", "2025-02" or "2025-02-03", or two of them with "/" between for an interval'
        )
    year, month, day = (int(part) if part else None for part in found.groups()[:3])
    try:
        first = date(year or 0, 1 if month is None else month, 1 if day is None else day)
    except ValueError as error:
        raise ValueError(f"`{text}` is not in the calendar: {error}") from None
    if day:
        return Span(first, first)
    last_month = month or MONTHS_A_YEAR
    return Span(first, date(first.year, last_month, calendar.monthrange(first.year, last_month)[1]))


@lru_cache(maxsize=1024)  # a book has few dates, and tells them often
def _read_aloud(point: str) -> str:
    found = _POINT.fullmatch(point)
    if not found:
        raise AssertionError(f"{point} was parsed before")
    year, month, day, qualifier = found.groups()
    words = [str(int(day))] if day else []
    if month:
        words.append(calendar.month_name[int(month)])
    return _QUALIFIERS[qualifier] + " ".join([*words, year])
