"""Lists, shares, rankings, averages and destinations, with those of whom it cannot be told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.answers import answer
from bot.answers.model import Status
from bot.answers.restating import asked, said
from bot.facts.dates import Date, Duration
from bot.questions.conditions import (
    AnyOf,
    Condition,
    Departed,
    Founded,
    Holds,
    IsAt,
    IsMember,
    IsOne,
    Not,
    Remains,
    Stayed,
    Unplaced,
    Untitled,
    WasThere,
    all_of,
)
from bot.questions.model import (
    Average,
    Destinations,
    Left,
    Measure,
    Proportion,
    Quantifier,
    Ranking,
    Statistic,
    Those,
    Whether,
)
from bot.questions.periods import Period
from tests.asking import ask, edited, lines

if TYPE_CHECKING:
    from pathlib import Path

    from bot.facts.book import Book
    from bot.questions.reader import Reader

LUC, BRAM, JO = "Žofie Łuc", "Bram Quill", "Jo Ng"
SMITHS = ("Ada Quill", "Søren Ærø", LUC, BRAM, JO)
JUNE = Period.of(Date.parse("2029-06"))
CANNOT = "Cannot tell"


def people(listed: tuple[str, ...]) -> list[str]:
    """Who the lines of a list are about."""
    return [next(name for name in (*SMITHS, "Tomas Vale") if name in line) for line in listed]


@pytest.mark.parametrize(
    ("typed", "status", "sure", "unsure"),
    [
        ("who left and is at byre", Status.ANSWERED, [LUC, BRAM], []),
        ("who left and is not at byre", Status.CANNOT_TELL, [], [JO]),
        ("who left except luc", Status.ANSWERED, [BRAM, JO], []),
        ("who left in 2029 and stayed longer than 3 years", Status.ANSWERED, [LUC], []),
        ("who left in june 2029 and stayed longer than 2 years", Status.ANSWERED, [LUC], [BRAM]),
        ("who stayed longer than 3 years", Status.ANSWERED, [LUC], ["Ada Quill", "Søren Ærø"]),
        ("who stayed at least 3 years", Status.ANSWERED, [LUC, BRAM], ["Ada Quill", "Søren Ærø"]),
        ("who stayed longer than 9 years", Status.CANNOT_TELL, [], ["Ada Quill", "Søren Ærø"]),
        ("who founded byre", Status.ANSWERED, [LUC, BRAM], []),
        ("who founded hayloft", Status.NOT_STATED, [], []),
        ("who is at byre or hayloft", Status.ANSWERED, [LUC, BRAM], []),
        ("who is a tuner", Status.ANSWERED, ["Søren Ærø"], []),
        ("list all smiths", Status.ANSWERED, [*SMITHS], []),
    ],
)
def test_a_list_has_those_of_whom_it_cannot_be_told_apart(
    told: Reader, typed: str, status: Status, sure: list[str], unsure: list[str]
) -> None:
    """Who is surely meant stands first; whoever may be is named apart, with the reason, and counted by “at least”."""
    found = ask(typed, told)
    listed = found.sections[0].lines if found.sections and not found.sections[0].title else ()
    assert (found.status, people(listed)) == (status, sure)
    assert people(lines(found, CANNOT)) == unsure
    assert all(line.partition(": ")[2] for line in lines(found, CANNOT))
    if sure and typed != "list all smiths":
        assert ("t least" in found.text) == bool(unsure)
    assert found.evidence


@pytest.mark.parametrize(
    ("typed", "status", "text"),
    [
        ("did luc go to byre", Status.ANSWERED, "Yes: Žofie Łuc is at Byre and Sons."),
        ("is luc at hayloft", Status.ANSWERED, "No: Žofie Łuc is not at Hayloft."),
        ("did jo ng go to byre", Status.CANNOT_TELL, "That cannot be told of Jo Ng from what the sources say."),
        ("did luc leave in 2029", Status.ANSWERED, "Yes: Žofie Łuc left Auroch Works in 2029."),
        ("did luc leave in 2030", Status.ANSWERED, "No: Žofie Łuc did not leave Auroch Works in 2030."),
        ("did bram quill leave in june 2029", Status.CANNOT_TELL, "That cannot be told of Bram Quill from what the sources say."),
        ("has bram quill left", Status.ANSWERED, "Yes: Bram Quill left Auroch Works in summer of 2029 after 3 years."),
        ("has ada quill left", Status.ANSWERED, "No: as of 10 March 2031, Ada Quill is still at Auroch Works, as bell founder."),
        ("was ada quill a smith", Status.ANSWERED, "Yes: Ada Quill is one of the smiths of the Great Bell."),
        ("was tomas vale a smith", Status.ANSWERED, "No: Tomas Vale is not one of the smiths of the Great Bell."),
        ("did bram quill found byre", Status.ANSWERED, "Yes: Bram Quill founded Byre and Sons."),
        ("did jo ng found byre", Status.NOT_STATED, "The sources do not say that Jo Ng founded Byre and Sons."),
        ("did luc stay longer than 4 years", Status.ANSWERED, "Yes: Žofie Łuc stayed longer than 4 years."),
        ("did luc stay longer than 5 years", Status.ANSWERED, "No: Žofie Łuc did not stay longer than 5 years."),
    ],
)  # fmt: skip
def test_whether_something_holds_of_somebody(told: Reader, typed: str, status: Status, text: str) -> None:
    """Yes, no, cannot tell, or not stated: what no source says of a founder or a role is not denied."""
    found = ask(typed, told)
    assert (found.status, found.text) == (status, text)
    assert found.evidence


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("what share left", "3 of 5 smiths (60 %) left Auroch Works."),
        ("did everyone leave", "No: 3 of 5 smiths (60 %) left Auroch Works."),
        ("did half of the smiths leave", "Yes: 3 of 5 smiths (60 %) left Auroch Works."),
        ("did most of the smiths leave", "Yes: 3 of 5 smiths (60 %) left Auroch Works."),
        ("what percentage of the smiths are at byre", "At least 2 of 5 smiths (40 %) are at Byre and Sons."),
        ("are most of the smiths at byre", "It cannot be told: at least 2 of 5 smiths (40 %) are at Byre and Sons."),
        ("are most of the smiths still there", "No: 2 of 5 smiths (40 %) are still at Auroch Works."),
    ],
)
def test_a_share_counts_the_sure_and_says_what_may_be_more(told: Reader, typed: str, text: str) -> None:
    """A verdict on all, most or half takes into account those of whom it cannot be told."""
    assert ask(typed, told).text == text


def test_a_verdict_that_cannot_be_told_has_that_status(told: Reader) -> None:
    assert ask("are most of the smiths at byre", told).status is Status.CANNOT_TELL


def test_who_is_not_among_all_is_told(told: Reader) -> None:
    """Where all are asked about, those of whom it does not hold are named."""
    found = ask("did everyone leave", told)
    assert people(lines(found, "Not so")) == ["Ada Quill", "Søren Ærø"]


@pytest.mark.parametrize(
    ("least", "quantifier", "beginning"),
    [
        (3, Quantifier.HALF, "Yes: "),
        (3, Quantifier.MOST, "Yes: "),
        (3, Quantifier.ALL, "No: "),
        (2, Quantifier.HALF, "No: "),
        (2, Quantifier.MOST, "No: "),
        (5, Quantifier.ALL, "Yes: "),
        (5, Quantifier.SHARE, "5 of 5"),
    ],
)
def test_half_most_and_all_are_counted_exactly(
    told: Reader, least: int, quantifier: Quantifier, beginning: str
) -> None:
    """More than half are most; two of five are no half; all are all."""
    people = IsOne(frozenset(told.book.frame.cohort.members[:least]))
    assert answer(Proportion(people, quantifier), told.book).text.startswith(beginning)


def test_exactly_half_is_half_and_not_most(told: Reader) -> None:
    """Of four, two are half, and not most."""
    members = told.book.frame.cohort.members
    two, four = IsOne(frozenset(members[:2])), IsOne(frozenset(members[:4]))
    assert answer(Proportion(two, Quantifier.HALF, four), told.book).text.startswith("Yes: 2 of 4 ")
    assert answer(Proportion(two, Quantifier.MOST, four), told.book).text.startswith("No: 2 of 4 ")


def test_a_share_of_nobody_divides_by_nothing(told: Reader) -> None:
    assert answer(Proportion(Departed(), of=IsOne(frozenset())), told.book).text.startswith("Of 0 smiths")


@pytest.mark.parametrize(
    ("typed", "status", "text"),
    [
        ("who stayed longest", Status.ANSWERED, f"{LUC} was at Auroch Works for the longest time: 4 years, 2 months; now at Byre and Sons, as master founder."),
        ("who had the shortest tenure", Status.ANSWERED, f"{JO} was at Auroch Works for the shortest time: 2 years, 1 month."),
        ("the two longest tenures", Status.ANSWERED, f"{LUC} and {BRAM} were at Auroch Works for the longest time."),
        ("who left last", Status.ANSWERED, f"{JO} left Auroch Works last: January 2031."),
        ("who left first", Status.CANNOT_TELL, f"{LUC} or {BRAM} left Auroch Works first; the sources are not precise enough to tell which."),
        ("who stayed longer, luc or jo ng", Status.ANSWERED, f"{LUC} was at Auroch Works for the longest time: 4 years, 2 months; now at Byre and Sons, as master founder."),
        ("did luc stay longer than jo ng", Status.ANSWERED, f"Yes: {LUC} was at Auroch Works for the longest time: 4 years, 2 months."),
        ("did jo ng stay longer than luc", Status.ANSWERED, f"No: {LUC} was at Auroch Works for the longest time: 4 years, 2 months."),
        ("did luc leave before bram quill", Status.CANNOT_TELL, f"It cannot be told: {LUC} or {BRAM} left Auroch Works first; the sources are not precise enough to tell which."),
        ("did luc leave before jo ng", Status.ANSWERED, f"Yes: {LUC} left Auroch Works first: June 2029."),
    ],
)  # fmt: skip
def test_who_comes_first(told: Reader, typed: str, status: Status, text: str) -> None:
    """The first by a measure is told with it; where dates are not precise enough, all who may be are, and no one is chosen."""
    found = ask(typed, told)
    assert (found.status, found.text) == (status, text)
    assert found.evidence


def test_equal_lengths_share_a_place(folder: Path) -> None:
    """Two who stayed equally long are both the first, and neither is chosen."""
    book = edited(folder, ('lasted: "P3Y"', 'lasted: "P4Y2M"'))
    found = ask("who stayed longest", book)
    assert found.text == f"{LUC} and {BRAM} were at Auroch Works for the longest time."
    assert people(lines(found)) == [LUC, BRAM]


@pytest.mark.parametrize(("typed", "first"), [("who left first", [LUC, BRAM]), ("who left last", [JO])])
def test_dates_that_overlap_leave_it_open_who_came_first(folder: Path, typed: str, first: list[str]) -> None:
    """Of two intervals that share a day, neither is surely the earlier, whichever begins first."""
    book = edited(folder, ('until: "2029-06"', 'until: "2029-05/2029-07"'))
    found = ask(typed, book)
    assert found.status is (Status.CANNOT_TELL if len(first) > 1 else Status.ANSWERED)
    assert [name for name in SMITHS if name in found.text] == first


def test_who_is_compared_and_has_no_length_is_named(told: Reader) -> None:
    """Of those compared, the one whose length no source gives is told."""
    found = ask("who stayed longer, luc or ada quill", told)
    assert found.notes == ("The sources give no such date or length for Ada Quill.",)


def test_a_ranking_of_nobody_is_not_stated(folder: Path) -> None:
    """Without a length there is no longest one."""
    book = edited(folder, *[(f'        lasted: "{iso}"\n', "") for iso in ("P4Y2M", "P3Y", "P2Y1M", "P6Y")])
    assert ask("who stayed longest", book).status is Status.NOT_STATED
    assert ask("average tenure", book).status is Status.NOT_STATED


@pytest.mark.parametrize(
    ("question", "text", "notes"),
    [
        (Average(), "The average time at Auroch Works is 3 years, 1 month.", 2),
        (Average(Statistic.MEDIAN), "The median time at Auroch Works is 3 years.", 2),
        (Average(Statistic.TOTAL), "The total time at Auroch Works is 9 years, 3 months.", 2),
        (Average(among=IsAt("byre")), "The average time at Auroch Works of those who are at Byre and Sons is 3 years, 7 months.", 1),
    ],
)  # fmt: skip
def test_one_number_for_several_lengths(told: Reader, question: Average, text: str, notes: int) -> None:
    """Mean, median and sum are computed from the lengths that are stated, and it is said of how many and who has none."""
    found = answer(question, told.book)
    assert (found.status, found.text, len(found.notes)) == (Status.ANSWERED, text, notes)
    assert found.notes[0] == f"Derived from {'3' if notes == 2 else '2'} lengths, and rounded to a month."
    assert found.evidence


def test_where_those_who_left_are(told: Reader, folder: Path) -> None:
    """Each place has those who are there, the most people first; whose place is not stated is named apart."""
    found = ask("where did they go", told)
    assert lines(found) == (f"Byre and Sons: {LUC} and {BRAM}",)
    assert lines(found, "Not stated") == (JO,)
    moved = "      - organisation: unknown\n        role: unknown\n        until: present"
    book = edited(folder, (moved, moved.replace("organisation: unknown", "organisation: hayloft")))
    found = ask("which company got the most", book)
    assert lines(found) == (f"Byre and Sons: {LUC} and {BRAM}", f"Hayloft: {JO}")
    assert found.text.endswith("are at 2 organisations, most of them at Byre and Sons: 2 of 3.")


def test_where_nobody_is_known_to_be_is_not_stated(told: Reader) -> None:
    found = answer(Destinations(IsOne(frozenset({"jo-ng"}))), told.book)
    assert found.status is Status.NOT_STATED


@pytest.mark.parametrize(
    ("condition", "one", "contrary"),
    [
        (Departed(), "left Auroch Works", "did not leave Auroch Works"),
        (Departed(JUNE, "byre"), "left Byre and Sons in June 2029", "did not leave Byre and Sons in June 2029"),
        (Remains(), "is still at Auroch Works", "is no longer at Auroch Works"),
        (WasThere("byre", JUNE), "was at Byre and Sons in June 2029", "was not at Byre and Sons in June 2029"),
        (IsAt("byre"), "is at Byre and Sons", "is not at Byre and Sons"),
        (Stayed(Duration.parse("P3Y")), "stayed longer than 3 years", "did not stay longer than 3 years"),
        (Stayed(None, Duration.parse("P3Y"), or_equal=True), "stayed at most 3 years", "did not stay at most 3 years"),
        (Holds(("tuner",), "byre"), "has a role with “tuner” at Byre and Sons", "does not have a role with “tuner” at Byre and Sons"),
        (Founded("byre"), "founded Byre and Sons", "did not found Byre and Sons"),
        (Unplaced(), "is at a place that is not stated", "is not at a place that is not stated"),
        (Untitled(), "has a role that is not stated", "does not have a role that is not stated"),
        (IsMember(), "is one of the smiths of the Great Bell", "is not one of the smiths of the Great Bell"),
        (IsOne(frozenset({"jo-ng"})), "is Jo Ng", "is not Jo Ng"),
        (AnyOf((IsAt("byre"), IsAt("hayloft"))), "is at Byre and Sons or Hayloft", "is not at Byre and Sons and is not at Hayloft"),
        (all_of([Departed(), IsAt("byre")]), "left Auroch Works and is at Byre and Sons", "did not leave Auroch Works or is not at Byre and Sons"),
    ],
)  # fmt: skip
def test_a_condition_is_said_in_words_and_so_is_its_contrary(
    herd: Book, condition: Condition, one: str, contrary: str
) -> None:
    """What was understood is said as a person says it; a contrary turns “and” to “or”, as logic does."""
    assert said(condition, herd) == one
    assert said(Not(condition), herd) == said(condition, herd, negated=True) == contrary
    assert said(Not(Not(condition)), herd) == one


def test_a_length_between_two_is_said_with_both(herd: Book) -> None:
    """Who stayed between two and three years are fewer than those who stayed two years or more."""
    between = Stayed(Duration.parse("P2Y"), Duration.parse("P3Y"), or_equal=True)
    assert "3 years" in said(between, herd)


def test_every_question_is_said_in_words(herd: Book) -> None:
    """How a question was understood can be shown, with a capital at its beginning."""
    year = Period.of(Date.parse("2029"))
    assert asked(Left(year, "byre"), herd) == "Who left Auroch Works in 2029 and is at Byre and Sons"
    assert asked(Those(all_of([Departed(), IsAt("byre")])), herd) == "Who left Auroch Works and is at Byre and Sons"
    assert (
        asked(Ranking(Measure.DEPARTURE, most=True, among=IsAt("byre"), places=2), herd)
        == "Which 2 left Auroch Works last, among those who are at Byre and Sons"
    )
    assert (
        asked(Proportion(Departed(), Quantifier.MOST), herd)
        == "Whether most of the smiths of the Great Bell left Auroch Works"
    )
    assert (
        asked(Average(Statistic.MEDIAN, IsAt("byre")), herd)
        == "The median time at Auroch Works of those who are at Byre and Sons"
    )
    assert asked(Destinations(Departed(year)), herd) == "Where those who left Auroch Works in 2029 are now"
    assert asked(Whether("jo-ng", IsAt("byre")), herd).endswith("Jo Ng: is at Byre and Sons")
