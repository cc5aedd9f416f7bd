"""Dates as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.facts.dates import Date
from bot.questions.dates import take_date


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
        ("12 June 2023", "2023-06-12"),
        ("12th of June, 2023", "2023-06-12"),
        ("1st jan 2023", "2023-01-01"),
        ("June 12, 2023", "2023-06-12"),
        ("june 2nd 2023", "2023-06-02"),
        ("29 february 2024", "2024-02-29"),
    ],
)
def test_takes_a_date_as_precise_as_it_was_typed(typed: str, edtf: str) -> None:
    """Every usual spelling is read, and nothing of it is left over."""
    date, rest = take_date(typed)
    assert date == Date.parse(edtf)
    assert not rest.strip()


@pytest.mark.parametrize(
    ("typed", "edtf", "rest"),
    [
        ("goyal 2025-02", "2025-02", "goyal"),
        ("february 2025 goyal", "2025-02", "goyal"),
        ("in 2023 to byre", "2023", "in to byre"),
        ("early 2023", "2023", "early"),
        ("2023 2024", "2023", "2024"),
        ("2022 june 2023", "2023-06", "2022"),
        ("goyal 2023/06", "2023-06", "goyal"),
        ("goyal 2023.06.12", "2023-06-12", "goyal"),
        ("goyal 12.6.2023", "2023-06-12", "goyal"),
        ("in 2023.", "2023", "in ."),
        ("30 february 2023", "2023-02", "30"),
        ("00 june 2023", "2023-06", "00"),
        ("(2023)", "2023", "( )"),
    ],
)
def test_leaves_the_words_around_a_date(typed: str, edtf: str, rest: str) -> None:
    """The most precise spelling is taken once; all other words are left, and so is a part that no calendar has."""
    date, left = take_date(typed)
    assert date == Date.parse(edtf)
    assert " ".join(left.split()) == rest


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "goyal",
        "june",
        "june 23",
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
    ],
)
def test_takes_no_date_that_is_none(typed: str) -> None:
    """What is no date, or none that a calendar has, is left as it was typed."""
    assert take_date(typed) == (None, typed)


@settings(deadline=None)
@given(st.dates(min_value=Date.parse("1000").span.first, max_value=Date.parse("2999").span.last))
def test_every_day_is_read_in_each_spelling(day: object) -> None:
    """Whatever the day, its spellings mean the same."""
    spellings = (f"{day}", f"{day:%d %B %Y}", f"{day:%b %d, %Y}")
    assert {take_date(spelling)[0] for spelling in spellings} == {Date.parse(f"{day}")}
    assert take_date(f"{day:%m/%Y}")[0] == take_date(f"{day:%B %Y}")[0] == Date.parse(f"{day:%Y-%m}")


@settings(deadline=None)
@given(st.text() | st.text(alphabet="0123456789-/. juneyfbr", max_size=20))
def test_any_text_is_read(text: str) -> None:
    """No text raises, and a text without a date is left whole."""
    date, rest = take_date(text)
    assert date or rest == text


@pytest.mark.parametrize("typed", ["12/06/2023", "13/2023", "2023-13"])
def test_a_date_that_may_be_two_is_none(typed: str) -> None:
    """Figures that no calendar has, or that two countries read as two days, are no date, and no part of them is."""
    assert take_date(typed) == (None, typed)
