from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.english import plural
from bot.facts.dates import Date, Duration, Span, age, back

days = st.dates()
qualifiers = st.sampled_from(["", "~", "?"])
points = st.builds(
    lambda day, digits, qualifier: day.isoformat()[:digits] + qualifier, days, st.sampled_from([4, 7, 10]), qualifiers
)
spans = st.builds(lambda a, b: Span(min(a, b), max(a, b)), days, days)
durations = st.one_of(
    st.builds(Duration, st.integers(0, 999 * 12 + 11)),
    st.builds(lambda years: Duration(years * 12, 12), st.integers(0, 999)),
)


def span(first: str, last: str) -> Span:
    return Span(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-02", "2025-02-01", "2025-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-12", "2025-12-01", "2025-12-31"),
        ("2025-02-03", "2025-02-03", "2025-02-03"),
        ("2025~", "2025-01-01", "2025-12-31"),
        ("2025-02?", "2025-02-01", "2025-02-28"),
        ("2023-01/2023-04", "2023-01-01", "2023-04-30"),
        ("2022/2023-04-05", "2022-01-01", "2023-04-05"),
        ("2023/2023", "2023-01-01", "2023-12-31"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999-12", "9999-12-01", "9999-12-31"),
    ],
)
def test_width(edtf: str, first: str, last: str) -> None:
    """A date is as wide as what it leaves open: a day, a month, a year, or an interval from first to last."""
    assert Date.parse(edtf).span == span(first, last)


@pytest.mark.parametrize(
    ("edtf", "wording", "words"),
    [
        ("2025", None, "2025"),
        ("2025-02", None, "February 2025"),
        ("2025-02-03", None, "3 February 2025"),
        ("2025~", None, "about 2025"),
        ("2025-02?", None, "possibly February 2025"),
        ("2023-01/2023-04", None, "between January and April of 2023"),
        ("2023~/2024-05-06?", None, "between about 2023 and possibly 6 May 2024"),
        ("2023-01/2023-04", "early 2023", "early 2023"),
        ("2025-05", "this month", "May 2025"),
    ],
)
def test_read_aloud(edtf: str, wording: str | None, words: str) -> None:
    """A date is read aloud as precisely as it is known; an interval keeps the source's own words if it has any."""
    assert str(Date.parse(edtf, wording)) == words


@pytest.mark.parametrize(
    ("edtf", "message"),
    [
        ("2025-13", "`2025-13` is not in the calendar: month must be in 1..12"),
        ("2025-00", "`2025-00` is not in the calendar: month must be in 1..12"),
        ("2025-02-00", "`2025-02-00` is not in the calendar: day is out of range for month"),
        ("2025-02-29", "`2025-02-29` is not in the calendar: day is out of range for month"),
        ("0000", "`0000` is not in the calendar: year 0 is out of range"),
        ("2023/2022", "`2023/2022` ends before it begins; put the earlier date first"),
        ("2023-02/2023-01-31", "`2023-02/2023-01-31` ends before it begins; put the earlier date first"),
    ],
)
def test_impossible(edtf: str, message: str) -> None:
    """A date that no calendar has is refused, with the reason."""
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        Date.parse(edtf)


@pytest.mark.parametrize(
    ("edtf", "shown"),
    [
        ("", ""),
        ("early 2023", "early 2023"),
        ("25-02", "25-02"),
        ("2025-2", "2025-2"),
        ("2025-02-03T10:00", "2025-02-03T10:00"),
        ("2025~?", "2025~?"),
        ("٢٠٢٥", "٢٠٢٥"),
        ("2025\n", "2025\n"),
        ("2023/", ""),
        ("/2023", ""),
        ("2023/2024/2025", "2024/2025"),
    ],
)
def test_no_date(edtf: str, shown: str) -> None:
    """Text that is no date is refused, with what to write instead."""
    message = f'`{shown}` is no date; write "2025", "2025-02" or "2025-02-03", or two of them with "/" between for an interval'
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        Date.parse(edtf)


@settings(deadline=None)
@given(points)
def test_point_round_trip(edtf: str) -> None:
    """A point in time is kept as it was written, and lies within its own span."""
    read = Date.parse(edtf)
    assert read.edtf == edtf
    assert Date.parse(read.edtf) == read
    assert read.span.first <= read.span.last
    assert read.span.first.isoformat().startswith(edtf.rstrip("~?"))
    assert not read.imprecise


@settings(deadline=None)
@given(points, points, st.none() | st.text())
def test_interval_round_trip(one: str, other: str, wording: str | None) -> None:
    """An interval is kept as it was written, and reaches from its first point's first day to its last point's last."""
    earlier, later = sorted([one, other], key=lambda point: Date.parse(point).span.first)
    first, last = Date.parse(earlier).span.first, Date.parse(later).span.last
    if first > last:
        return
    read = Date.parse(f"{earlier}/{later}", wording)
    assert Date.parse(read.edtf, read.wording) == read
    assert read.span == Span(first, last)
    assert read.imprecise


@settings(deadline=None)
@given(st.text() | st.text("0123456789-/~?", max_size=24))
def test_any_text_as_a_date(text: str) -> None:
    """Any text is a date whose first day is not behind its last, or is refused with a ValueError."""
    try:
        read = Date.parse(text)
    except ValueError:
        return
    assert read.span.first <= read.span.last
    assert read.edtf == text
    assert str(read).strip() == str(read) != ""


def test_order() -> None:
    """In a list by date, an imprecise date stands behind every one that it may follow."""
    order = ["2022-12", "2023-03", "2023-04-30", "2023-04", "2023-01/2023-04", "2023-05", "2023"]
    mixed = sorted(order)
    assert sorted(mixed, key=lambda edtf: Date.parse(edtf).sort_key) == order


@settings(deadline=None)
@given(points, points)
def test_order_law(a: str, b: str) -> None:
    """A date stands behind another only if it may be later, and a wider one behind what it covers."""
    earlier, later = sorted([Date.parse(a), Date.parse(b)], key=lambda date: date.sort_key)
    assert earlier.span.first <= later.span.last
    assert not earlier.span.covers(later.span) or earlier.span == later.span


@settings(deadline=None)
@given(spans, spans)
def test_covers_and_meets(a: Span, b: Span) -> None:
    """What covers a span meets it; meeting is mutual; two spans that cover each other are one."""
    assert a.covers(a)
    assert a.meets(b) == b.meets(a)
    assert a.meets(b) >= a.covers(b)
    assert (a == b) == (a.covers(b) and b.covers(a))


@settings(deadline=None)
@given(spans, spans)
def test_meets_is_a_common_day(a: Span, b: Span) -> None:
    """Two spans meet when the later of their first days is not behind the earlier of their last days."""
    assert a.meets(b) == (max(a.first, b.first) <= min(a.last, b.last))


@pytest.mark.parametrize(
    ("iso", "months", "grain", "words"),
    [
        ("P6Y7M", 79, 1, "6 years, 7 months"),
        ("P5Y", 60, 12, "5 years"),
        ("P8M", 8, 1, "8 months"),
        ("P1Y1M", 13, 1, "1 year, 1 month"),
        ("P5Y0M", 60, 1, "5 years"),
        ("P24M", 24, 1, "2 years"),
        ("P0M", 0, 1, "0 months"),
        ("P0Y", 0, 12, "0 years"),
    ],
)
def test_duration(iso: str, months: int, grain: int, words: str) -> None:
    """A duration is as long as it says, stated to the month only where it names months."""
    read = Duration.parse(iso)
    assert (read.months, read.grain) == (months, grain)
    assert str(read) == words


@pytest.mark.parametrize("iso", ["", "P", "6Y7M", "P6Y7M3D", "P7M6Y", "P1.5Y", "P-1Y", "P1W", "PT5M", "p5y", "P٥Y"])
def test_no_duration(iso: str) -> None:
    """Text that is no duration in years and months is refused, with what to write instead."""
    message = f'`{iso}` is no duration; write years and months as in "P6Y7M", "P5Y" or "P8M"'
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        Duration.parse(iso)


@settings(deadline=None)
@given(durations)
def test_duration_round_trip(duration: Duration) -> None:
    """A duration that is printed and read again is the same, as is its grain."""
    assert Duration.parse(duration.iso) == duration


@settings(deadline=None)
@given(durations, durations)
def test_duration_order(a: Duration, b: Duration) -> None:
    """The longer of two durations is the greater one, whatever their grain."""
    if a.months != b.months:
        assert (a < b) == (a.months < b.months)


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        ("2025-03-31", 0, "2025-03-31"),
        ("2025-03-31", 1, "2025-02-28"),
        ("2024-03-31", 1, "2024-02-29"),
        ("2025-01-15", 1, "2024-12-15"),
        ("2025-02-01", 79, "2018-07-01"),
        ("0002-01-31", 12, "0001-01-31"),
        ("0001-01-31", 1, "0001-01-01"),
        ("2025-01-01", 99_999, "0001-01-01"),
    ],
)
def test_back(day: str, months: int, earlier: str) -> None:
    """Going back keeps the day of the month where the earlier month has it, and ends at the first day of the year 1."""
    assert back(date.fromisoformat(day), months) == date.fromisoformat(earlier)


@settings(deadline=None)
@given(days, days, st.integers(0, 20_000))
def test_back_keeps_order(a: date, b: date, months: int) -> None:
    """Of two days that go back equally far, the earlier stays the earlier."""
    earlier, later = sorted([a, b])
    assert back(earlier, months) <= back(later, months) <= later


@settings(deadline=None)
@given(st.dates(min_value=date(1000, 1, 1)), st.integers(0, 11_000))
def test_age_of_back(today: date, months: int) -> None:
    """What lies so many months back is so many months old."""
    assert age(back(today, months), today) == Duration(months)


@settings(deadline=None)
@given(st.dates(min_value=date(2, 1, 1)), days)
def test_back_by_age(today: date, since: date) -> None:
    """Going back by an age does not reach behind its beginning; a month more does."""
    months = age(since, today).months
    if since > today:
        assert months == 0
    else:
        assert back(today, months + 1) < since <= back(today, months) or back(today, months + 1) == date.min


@pytest.mark.parametrize(
    ("since", "today", "months"),
    [
        ("2025-05-26", "2025-05-26", 0),
        ("2025-05-26", "2025-06-25", 0),
        ("2025-05-26", "2025-06-26", 1),
        ("2025-05-26", "2026-05-25", 11),
        ("2025-05-26", "2025-01-01", 0),
    ],
)
def test_age(since: str, today: str, months: int) -> None:
    """An age counts whole months, and none for a day to come."""
    assert age(date.fromisoformat(since), date.fromisoformat(today)) == Duration(months)


@pytest.mark.parametrize(("count", "words"), [(0, "0 years"), (1, "1 year"), (2, "2 years"), (12_345, "12,345 years")])
def test_plural(count: int, words: str) -> None:
    """One has no s; thousands have a comma."""
    assert plural(count, "year") == words
