"""Times as people type them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.facts.dates import Date, Span
from bot.questions.periods import Calendar, Period, find_periods, take_period

NEWEST = date(2031, 3, 10)
KNOWN = Calendar(NEWEST, (2029, 2031))


def taken(typed: str, book_time: Calendar = KNOWN) -> Period | None:
    """The time in a text."""
    return take_period(typed, book_time)[0]


def days(first: str, last: str) -> Span:
    """The days from one point to another; nothing for one that is open."""
    return Span(
        Date.parse(first).span.first if first else date.min,
        Date.parse(last).span.last if last else date.max,
    )


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("2023", "2023"),
        ("2023-06", "2023-06"),
        ("2023-6", "2023-06"),
        ("2023-06-12", "2023-06-12"),
        ("2023-6-2", "2023-06-02"),
        ("06/2023", "2023-06"),
        ("6/2023", "2023-06"),
        ("6.2023", "2023-06"),
        ("June 2023", "2023-06"),
        ("june, 2023", "2023-06"),
        ("JUN 2023", "2023-06"),
        ("jun. 2023", "2023-06"),
        ("june of 2023", "2023-06"),
        ("may 2023", "2023-05"),
        ("sept 2023", "2023-09"),
        ("june '23", "2023-06"),
        ("June ’23", "2023-06"),
        ("12 June 2023", "2023-06-12"),
        ("12th of June, 2023", "2023-06-12"),
        ("1st jan 2023", "2023-01-01"),
        ("June 12, 2023", "2023-06-12"),
        ("june 2nd 2023", "2023-06-02"),
        ("29 february 2024", "2024-02-29"),
        ("in 2023", "2023"),
        ("during june 2023", "2023-06"),
        ("on 12 June 2023", "2023-06-12"),
        ("within 2023", "2023"),
    ],
)
def test_takes_a_time_as_precise_as_it_was_typed(typed: str, edtf: str) -> None:
    """Every usual spelling is read, with the preposition before it, and nothing of it is left over."""
    period, rest = take_period(typed)
    assert period == Period.of(Date.parse(edtf))
    assert not rest.strip()


@pytest.mark.parametrize(
    ("typed", "edtf", "rest"),
    [
        ("goyal 2025-02", "2025-02", "goyal"),
        ("february 2025 goyal", "2025-02", "goyal"),
        ("in 2023 to byre", "2023", "to byre"),
        ("2023 2024", "2023", "2024"),
        ("2022 june 2023", "2022", "june 2023"),
        ("goyal 2023/06", "2023-06", "goyal"),
        ("goyal 2023.06.12", "2023-06-12", "goyal"),
        ("goyal 12.6.2023", "2023-06-12", "goyal"),
        ("in 2023.", "2023", "."),
        ("30 february 2023", "2023-02", "30"),
        ("00 june 2023", "2023-06", "00"),
        ("(2023)", "2023", "( )"),
    ],
)
def test_leaves_the_words_around_a_time(typed: str, edtf: str, rest: str) -> None:
    """The first time is taken once; all other words are left, and so is a part that no calendar has."""
    period, left = take_period(typed)
    assert period == Period.of(Date.parse(edtf))
    assert " ".join(left.split()) == rest


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "goyal",
        "june",
        "june 23",
        "23",
        "2023-13",
        "2023-00",
        "2023-00-05",
        "2023-06-00",
        "2023-02-30",
        "2023-06-12-01",
        "20233",
        "0999",
        "3023",
        "x2023",
        "2023x",
        "-2023",
        "٢٠٢٣",
        "before",
        "early",
        "between and",
        "may i ask",
        "march on",
        "this year",
    ],
)
def test_takes_no_time_that_is_none(typed: str) -> None:
    """What is no time, or none that a calendar has, is left as it was typed; nothing counts from a day that is not known."""
    assert take_period(typed) == (None, typed)


@pytest.mark.parametrize("typed", ["12/06/2023", "13/2023", "2023-13"])
def test_a_date_that_may_be_two_is_none(typed: str) -> None:
    """Figures that no calendar has, or that two countries read as two days, are no date, and no part of them is."""
    assert take_period(typed) == (None, typed)


@pytest.mark.parametrize(
    ("typed", "first", "last", "text"),
    [
        ("before 2023", "", "2022", "before 2023"),
        ("prior to june 2023", "", "2023-05", "before June 2023"),
        ("until 12 june 2023", "", "2023-06-11", "before 12 June 2023"),
        ("earlier than the 2023-06-12", "", "2023-06-11", "before 12 June 2023"),
        ("by 2023", "", "2023", "by the end of 2023"),
        ("by the end of 2023", "", "2023", "by the end of 2023"),
        ("through june 2023", "", "2023-06", "by the end of June 2023"),
        ("after 2023", "2024", "", "after 2023"),
        ("later than june 2023", "2023-07", "", "after June 2023"),
        ("since 2023", "2023", "", "since 2023"),
        ("from june 2023", "2023-06", "", "since June 2023"),
        ("starting in 2023", "2023", "", "since 2023"),
        ("BEFORE 2023", "", "2022", "before 2023"),
    ],
)
def test_a_preposition_says_which_days_are_meant(typed: str, first: str, last: str, text: str) -> None:
    """Before and after leave out the time itself, by and since count it in."""
    assert take_period(typed) == (Period(days(first, last), text), take_period(typed)[1])
    assert not take_period(typed)[1].strip()


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("between may 2023 and august 2023", "2023-05", "2023-08"),
        ("between may and august 2023", "2023-05", "2023-08"),
        ("from 2023 to 2024", "2023", "2024"),
        ("from may 2023 until august 2023", "2023-05", "2023-08"),
        ("between 2024 and 2023", "2023", "2024"),
        ("between 1 june 2023 and 12 june 2023", "2023-06-01", "2023-06-12"),
        ("in 2023-2024", "2023", "2024"),
        ("in 2023 – 2024", "2023", "2024"),
    ],
)
def test_between_two_times_both_are_counted_in(typed: str, first: str, last: str) -> None:
    """A time between two is from the first day of the earlier to the last day of the later, whichever stands first."""
    (found,) = find_periods(typed, KNOWN)
    (period,) = found.periods
    assert period.span == days(first, last)
    assert period.text.startswith("between ")
    assert (found.start, found.end) == (0, len(typed))


def test_a_month_without_a_year_beside_one_with_a_year_is_of_that_year() -> None:
    """In “between May and August 2023” both months are of 2023, whichever years the book speaks of."""
    calendar = Calendar(NEWEST, (2020, 2023, 2026))
    assert [found.periods[0].span for found in find_periods("between may and august 2023", calendar)] == [
        days("2023-05", "2023-08")
    ]


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("early 2023", "2023-01", "2023-04"),
        ("the start of 2023", "2023-01", "2023-04"),
        ("mid 2023", "2023-05", "2023-08"),
        ("mid-2023", "2023-05", "2023-08"),
        ("middle of 2023", "2023-05", "2023-08"),
        ("late 2023", "2023-09", "2023-12"),
        ("the end of 2023", "2023-09", "2023-12"),
        ("first half of 2023", "2023-01", "2023-06"),
        ("h1 2023", "2023-01", "2023-06"),
        ("the second half of 2023", "2023-07", "2023-12"),
        ("Q1 2023", "2023-01", "2023-03"),
        ("q2 of 2023", "2023-04", "2023-06"),
        ("third quarter of 2023", "2023-07", "2023-09"),
        ("the last quarter of 2023", "2023-10", "2023-12"),
        ("spring 2023", "2023-03", "2023-05"),
        ("the summer of 2023", "2023-06", "2023-08"),
        ("autumn 2023", "2023-09", "2023-11"),
        ("fall of 2023", "2023-09", "2023-11"),
        ("Early 2024", "2024-01", "2024-04"),
    ],
)
def test_a_part_of_a_year_has_its_months(typed: str, first: str, last: str) -> None:
    """Thirds, halves, quarters and seasons of a year are the days that they are, and nothing of them is left over."""
    period, rest = take_period(typed)
    assert period is not None
    assert period.span == days(first, last)
    assert not rest.strip()


def test_a_preposition_goes_with_a_part_of_a_year_too() -> None:
    """“Before late 2023” ends where late 2023 begins."""
    period = taken("before late 2023")
    assert period is not None
    assert period.span == days("", "2023-08")


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("this year", "2031"),
        ("last year", "2030"),
        ("the previous year", "2030"),
        ("this month", "2031-03"),
        ("last month", "2031-02"),
        ("the same year", "2031"),
    ],
)
def test_relative_words_count_from_the_newest_source(typed: str, edtf: str) -> None:
    """“This year” is the year of the newest source, and the answer can say so; no clock is asked."""
    period = taken(typed)
    assert period is not None
    assert period.span == Date.parse(edtf).span
    assert "newest source" in period.text
    assert typed in period.text


def test_the_month_before_january_is_of_the_year_before() -> None:
    period = taken("last month", Calendar(date(2031, 1, 31)))
    assert period is not None
    assert period.span == Date.parse("2030-12").span


@pytest.mark.parametrize("typed", ["in june", "before june", "since june", "by june"])
def test_a_month_without_a_year_is_of_any_year_that_the_book_speaks_of(typed: str) -> None:
    """A month alone may be of each of the book's years, so that one of them is not chosen for whoever asks."""
    (found,) = find_periods(f"left {typed}", KNOWN)
    assert [
        period.span.meets(Date.parse("2029-06").span) or period.span.meets(Date.parse("2029-05").span)
        for period in found.periods
    ] == [True, typed in {"before june", "by june"}]
    assert len(found.periods) == 2
    assert take_period(typed, KNOWN) == (None, typed)


def test_may_is_a_month_only_behind_a_preposition() -> None:
    """Words that are also months are left alone: “may I ask”, “march”."""
    assert find_periods("may I ask who will march", KNOWN) == []
    assert len(find_periods("who left in may", KNOWN)) == 1


def test_a_book_without_years_has_no_month_alone() -> None:
    assert find_periods("left in june", Calendar(NEWEST)) == []


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("in june 2023", "June 2023"),
        ("on 12 june 2023", "12 June 2023"),
        ("before 2024", "the time before 2024"),
        ("between may 2023 and june 2023", "the time between May 2023 and June 2023"),
    ],
)
def test_a_time_has_a_name_of_its_own(typed: str, name: str) -> None:
    """A sentence can be about a time, and not only end with it."""
    period = taken(typed)
    assert period is not None
    assert period.name == name


def test_several_times_are_found_in_their_order() -> None:
    """Each time is found once, where it stands."""
    text = "who left in 2023, before june 2024 or on 2025-01-02"
    found = find_periods(text)
    assert [period.text for one in found for period in one.periods] == [
        "in 2023",
        "before June 2024",
        "on 2 January 2025",
    ]
    assert [text[one.start : one.end] for one in found] == ["in 2023", "before june 2024", "on 2025-01-02"]


@settings(deadline=None)
@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31)))
def test_every_day_is_read_in_each_spelling(day: date) -> None:
    """Whatever the day, its spellings mean the same."""
    spellings = (f"{day}", f"{day:%d %B %Y}", f"{day:%b %d, %Y}", f"{day.day}.{day.month}.{day.year}")
    assert {taken(spelling) for spelling in spellings} == {Period.of(Date.parse(f"{day}"))}
    assert taken(f"{day:%m/%Y}") == taken(f"{day:%B %Y}") == Period.of(Date.parse(f"{day:%Y-%m}"))


@settings(deadline=None)
@given(st.dates(min_value=date(1000, 1, 2), max_value=date(2999, 12, 30)))
def test_before_on_and_after_share_no_day_and_miss_none(day: date) -> None:
    """The time before a day, the day, and the time after it are all of time, each day once; by and since add the day."""
    spans = {word: found.span for word in ("before", "on", "after", "by", "since") if (found := taken(f"{word} {day}"))}
    assert spans["before"].first == date.min
    assert spans["after"].last == date.max
    assert spans["before"].last.toordinal() + 1 == spans["on"].first.toordinal() == spans["on"].last.toordinal()
    assert spans["after"].first.toordinal() == spans["on"].last.toordinal() + 1
    assert spans["by"] == Span(date.min, day)
    assert spans["since"] == Span(day, date.max)


@settings(deadline=None)
@given(
    st.text()
    | st.text(alphabet="0123456789-/. juneyfbr'", max_size=20)
    | st.lists(
        st.sampled_from(["before", "between", "and", "2023", "june", "may", "'23", "in", "early", "q1", "this year", "the", "end of", "12"]),
        max_size=8,
    ).map(" ".join)
)  # fmt: skip
def test_any_text_is_read(text: str) -> None:
    """No text raises; a text without a time is left whole, and what is found stands in the text, in order, once."""
    period, rest = take_period(text, KNOWN)
    assert period or rest == text
    at = 0
    for found in find_periods(text, KNOWN):
        assert at <= found.start < found.end <= len(text)
        assert found.periods
        assert all(period.span.first <= period.span.last for period in found.periods)
        at = found.end


def test_a_preposition_belongs_to_one_time() -> None:
    """Each time has the preposition before it, and is not looked for one before the time before it."""
    found = [period.text for time in find_periods("before 2029, 2031 and after 2030") for period in time.periods]
    assert found == ["before 2029", "in 2031", "after 2030"]
