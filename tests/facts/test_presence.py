from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.facts.checking import checked
from bot.facts.dates import Date, Duration, Span, back
from bot.facts.model import Person, Stint
from bot.facts.presence import Truth, current_stints, departure, derived_start, matches, was_there

if TYPE_CHECKING:
    from bot.facts.book import Book

YES, NO, CANNOT_TELL = Truth.YES, Truth.NO, Truth.CANNOT_TELL
GAZETTE = [{"source": "gazette", "span": [0, 1], "digest": "sha256-0000000000000000"}]
ALMANAC = [{"source": "almanac", "span": [0, 1], "digest": "sha256-0000000000000000"}]

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
spans = st.builds(lambda a, b: Span(min(a, b), max(a, b)), days, days)
edtfs = st.sampled_from(["2027", "2027-03", "2028-02-29", "2026/2028-01", "2029~", "0001", "9999-12"])
isos = st.sampled_from(["P0Y", "P0M", "P1M", "P11M", "P1Y", "P1Y1M", "P4Y2M", "P8Y", "P999Y", "P99M"])


def stint(organisation: str = "auroch", **fields: Any) -> Stint:
    found, faults = checked(Stint, {"organisation": organisation, "evidence": GAZETTE, **fields})
    assert found, faults
    return found


def person(*stints: Stint) -> Person:
    return Person(id="eve", name="Eve", stints=stints)


def on(edtf: str) -> Span:
    return Date.parse(edtf).span


@pytest.mark.parametrize(
    ("who", "when", "truth"),
    [
        # A tuner since some day of 2028, and still on the day of the source, 10 March 2031.
        ("soren-aero", "2027", NO),
        ("soren-aero", "2027-12-31", NO),
        ("soren-aero", "2028", CANNOT_TELL),
        ("soren-aero", "2028-12-30", CANNOT_TELL),
        ("soren-aero", "2028-12-31", YES),
        ("soren-aero", "2029", YES),
        ("soren-aero", "2031-03-10", YES),
        ("soren-aero", "2031-03", CANNOT_TELL),
        ("soren-aero", "2031-03-11", CANNOT_TELL),
        ("soren-aero", "2040", CANNOT_TELL),
        # There on the day of the source; nobody says since when.
        ("ada-quill", "2031-03-10", YES),
        ("ada-quill", "2031-03-09", CANNOT_TELL),
        ("ada-quill", "2031-03-11", CANNOT_TELL),
        ("ada-quill", "1990", CANNOT_TELL),
        # Left in June 2029 after four years and two months, so that it began in spring 2025.
        ("zofie-luc", "2025-02", NO),
        ("zofie-luc", "2025-03", CANNOT_TELL),
        ("zofie-luc", "2025-04", CANNOT_TELL),
        ("zofie-luc", "2025-05-29", CANNOT_TELL),
        ("zofie-luc", "2025-05-30", YES),
        ("zofie-luc", "2027", YES),
        ("zofie-luc", "2029-05", YES),
        ("zofie-luc", "2029-06", CANNOT_TELL),
        ("zofie-luc", "2029-06-01", CANNOT_TELL),
        ("zofie-luc", "2029-06-30", CANNOT_TELL),
        ("zofie-luc", "2029-07", NO),
        ("zofie-luc", "2029", CANNOT_TELL),
        # Left in the summer of 2029, after three years.
        ("bram-quill", "2025-05", NO),
        ("bram-quill", "2025-06", CANNOT_TELL),
        ("bram-quill", "2027-09", YES),
        ("bram-quill", "2029-05", YES),
        ("bram-quill", "2029-07", CANNOT_TELL),
        ("bram-quill", "2029-09", NO),
        # Left in January 2031; where to is not known, but not back.
        ("jo-ng", "2030-12", YES),
        ("jo-ng", "2031-01", CANNOT_TELL),
        ("jo-ng", "2031-02", NO),
        # Six years, of which neither end is known.
        ("tomas-vale", "2020", CANNOT_TELL),
        ("tomas-vale", "2031-03-10", CANNOT_TELL),
    ],
)
def test_was_there(herd: Book, who: str, when: str, truth: Truth) -> None:
    """Somebody was there, was not, or it cannot be told where the dates are wider than the question."""
    assert was_there(herd, herd.people[who], "auroch", on(when)) is truth


@pytest.mark.parametrize(
    ("stints", "when", "truth"),
    [
        ([], "2027", NO),
        ([stint("byre", since="2020", until="2030")], "2027", NO),
        ([stint(since="2020", until="2030")], "2027", YES),
        ([stint(since="2020", until="2030", lasted="P1Y")], "2027", YES),
        ([stint("clapper-shed", since="2020", until="2030")], "2027", YES),
        ([stint(since="2020", until="unknown")], "2027", CANNOT_TELL),
        ([stint(since="2020")], "2019", NO),
        ([stint(until="2030")], "2027", CANNOT_TELL),
        ([stint(until="2030")], "2031", NO),
        ([stint(since="2020", until="2022"), stint(since="2026", until="2030")], "2024", NO),
        ([stint(since="2020", until="2022"), stint(since="2026", until="2030")], "2027", YES),
        ([stint(since="2020", until="2022"), stint(since="2026", until="2030")], "2022", CANNOT_TELL),
        ([stint("unknown", since="2020", until="2030")], "2027", CANNOT_TELL),
        ([stint("unknown", until="unknown")], "2027", CANNOT_TELL),
        ([stint("unknown", since="2020", until="2022")], "2027", NO),
        ([stint("unknown", until="present")], "2027", NO),
        ([stint("unknown", since="2020", until="2030"), stint(since="2020", until="2030")], "2027", YES),
        ([stint(since="2020", until="present", evidence=ALMANAC)], "2027", CANNOT_TELL),
        ([stint(since="2020", until="present", evidence=ALMANAC)], "2019", NO),
        ([stint(since="2020", until="present", evidence=ALMANAC + GAZETTE)], "2027", YES),
    ],
)
def test_was_there_with_stints(herd: Book, stints: list[Stint], when: str, truth: Truth) -> None:
    """The stints at a place and at its parts decide; an unknown place may be this one; an undated source has no now."""
    assert was_there(herd, person(*stints), "auroch", on(when)) is truth


@pytest.mark.parametrize(("when", "truth"), [("2030", YES), ("2031-01-01", YES), ("2031-02", CANNOT_TELL)])
def test_imprecise_source(herd: Book, when: str, truth: Truth) -> None:
    """What a source of some day of a year says to go on is sure only up to the first day of that year."""
    gazette = replace(herd.sources["gazette"], published=Date.parse("2031"))
    book = replace(herd, sources={**herd.sources, "gazette": gazette})
    assert was_there(book, book.people["soren-aero"], "auroch", on(when)) is truth


@settings(deadline=None)
@given(st.data(), spans, spans)
def test_parts_of_a_span(herd: Book, data: st.DataObject, a: Span, b: Span) -> None:
    """What is sure of a span of days is as sure of every part of it."""
    who = data.draw(st.sampled_from(list(herd.people.values())))
    known = was_there(herd, who, "auroch", a)
    if known is not CANNOT_TELL and a.meets(b):
        part = Span(max(a.first, b.first), min(a.last, b.last))
        assert was_there(herd, who, "auroch", part) is known


@pytest.mark.parametrize(
    ("until", "lasted", "first", "last"),
    [
        ("2029-06", "P4Y2M", "2025-03-01", "2025-05-30"),
        ("2029-06", "P4Y", "2024-06-01", "2026-06-30"),
        ("2029-06", "P4Y0M", "2025-05-01", "2025-07-30"),
        ("2029-06-15", "P1M", "2029-04-15", "2029-06-15"),
        ("2029-06/2029-08", "P3Y", "2025-06-01", "2027-08-31"),
        ("2029-06-15", "P0Y", "2028-06-15", "2029-06-15"),
        ("9999-12", "P0Y", "9998-12-01", "9999-12-31"),
    ],
)
def test_derived_start(until: str, lasted: str, first: str, last: str) -> None:
    """A start is derived from end and duration, as wide as the end and the duration's smallest unit leave it."""
    start = derived_start(stint(until=until, lasted=lasted))
    assert start == Span(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("fields", [{}, {"until": "2029"}, {"lasted": "P1Y"}, {"until": "present", "lasted": "P1Y"}])
def test_no_derived_start(fields: dict[str, str]) -> None:
    """Without an end, or without a duration, no start is derived."""
    assert derived_start(stint(**fields)) is None


@settings(deadline=None)
@given(edtfs, isos)
def test_derived_start_law(until: str, lasted: str) -> None:
    """A derived start does not end before it begins or behind the stint's end, and holds the start that the words give."""
    end, length = Date.parse(until).span, Duration.parse(lasted)
    start = derived_start(stint(until=until, lasted=lasted))
    assert start is not None
    assert start.first <= start.last <= end.last
    assert start.covers(Span(back(end.first, length.months), back(end.first, length.months)))


@pytest.mark.parametrize(
    ("when", "known", "truth"),
    [
        ("2023", "2023-06", YES),
        ("2023-06", "2023-06", YES),
        ("2023-06-01", "2023-06", CANNOT_TELL),
        ("2023-06", "2023", CANNOT_TELL),
        ("2023-07", "2023-06", NO),
        ("2023-01", "2023-01/2023-04", CANNOT_TELL),
        ("2023", "2023-01/2023-04", YES),
        ("2023-05", "2023-01/2023-04", NO),
        ("2023-01/2023-04", "2023-02", YES),
    ],
)
def test_matches(when: str, known: str, truth: Truth) -> None:
    """A date is surely within a span that holds all its days, surely not within one that holds none."""
    assert matches(on(when), Date.parse(known)) is truth


@pytest.mark.parametrize(
    ("stints", "until"),
    [
        ([], None),
        ([stint("byre", until="2029")], None),
        ([stint(until="2029")], "2029"),
        ([stint("clapper-shed", until="2029")], "2029"),
        ([stint(until="2029"), stint("clapper-shed", until="2027")], "2029"),
        ([stint(until="2027"), stint(until="2029")], "2029"),
        ([stint(until="2029-01/2029-04"), stint(until="2029-03")], "2029-01/2029-04"),
        ([stint(until="2029"), stint("byre", until="present")], "2029"),
        ([stint(until="2029"), stint("unknown", until="present")], "2029"),
        ([stint(until="2029"), stint(until="present")], None),
        ([stint(until="present"), stint(until="2029")], None),
        ([stint(until="2029"), stint(until="unknown")], None),
        ([stint(until="unknown")], None),
        ([stint()], None),
    ],
)
def test_departure(herd: Book, stints: list[Stint], until: str | None) -> None:
    """Somebody left with the last of the stints at home, unless one of them goes on or has no known end."""
    left = departure(herd, person(*stints))
    assert (left and left.on) == (until and Date.parse(until))


def test_current_stints(herd: Book) -> None:
    """Current are the stints that a source says go on, a place that nobody knows included."""
    assert [item.organisation for item in current_stints(herd.people["jo-ng"].stints)] == ["unknown"]
    assert [item.organisation for item in current_stints(herd.people["bram-quill"].stints)] == ["byre"]
    assert current_stints(herd.people["tomas-vale"].stints) == ()


@pytest.mark.parametrize("one", Truth)
@pytest.mark.parametrize("other", Truth)
def test_and(one: Truth, other: Truth) -> None:
    """Two things are true together when both are, false when either is, and else it cannot be told; order is nothing."""
    assert one & other is other & one
    assert (one & other is Truth.YES) == (one is other is Truth.YES)
    assert (one & other is Truth.NO) == (Truth.NO in {one, other})
