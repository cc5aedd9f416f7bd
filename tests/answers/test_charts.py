"""What pictures show: the same words and numbers as the answers that they belong to."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from msgspec import Struct

from bot.charts import MOST_ROWS, Bars, Chart, Flow, Place, Stay, Timeline, Tone
from bot.facts.dates import Span
from tests.asking import ask, edited, lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.questions.reader import Reader


def timeline(message: str, reader: Reader) -> Timeline:
    found = ask(message, reader).picture
    assert isinstance(found, Timeline)
    return found


def flow(message: str, reader: Reader) -> Flow:
    found = ask(message, reader).picture
    assert isinstance(found, Flow)
    return found


def bars(message: str, reader: Reader) -> Bars:
    found = ask(message, reader).picture
    assert isinstance(found, Bars)
    return found


def words(part: object) -> Iterator[str]:
    """All words of a chart but those for who does not see it."""
    if isinstance(part, Tone):
        return
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from words(each)
    elif isinstance(part, Struct):
        for field in part.__struct_fields__:
            if field != "alt":
                yield from words(getattr(part, field))


MADE_FOR_PICTURES = {"not stated", "average", "median", "Years at", "Time at", "to where they are now"}


@pytest.mark.parametrize("message", ["!timeline", "!timeline byre", "!flow", "!tenure"])
def test_says_nothing_that_the_answer_does_not(message: str, reader: Reader) -> None:
    """Each word in a picture stands in the answer beside it, in its sources, or names what is drawn."""
    found = ask(message, reader)
    assert found.picture
    said = " ".join([found.text, *(line for part in found.sections for line in part.lines), *found.notes])
    for text in words(found.picture):
        about_it = any(word in text for word in MADE_FOR_PICTURES)
        told = text in said or text.startswith("Source: The Meadow Gazette, 10 March 2031")
        counted = text.partition(" ")[2] in {"smith", "smiths", "of 5 smiths"}
        assert about_it or told or counted, text


@pytest.mark.parametrize("message", ["!timeline", "!flow", "!tenure"])
def test_is_told_in_words_to_who_does_not_see_it(message: str, reader: Reader) -> None:
    """The text beside a picture has the whole answer."""
    found = ask(message, reader)
    assert found.picture
    assert found.picture.alt.startswith(found.text)
    assert all(line in found.picture.alt for line in lines(found))


def test_a_timeline_is_in_the_order_of_leaving(reader: Reader) -> None:
    """Those who left come first, in order; those who are still there last."""
    assert [row.name for row in timeline("!timeline", reader).rows] == [
        "Žofie Łuc",
        "Bram Quill",
        "Jo Ng",
        "Ada Quill",
        "Søren Ærø",
    ]


def test_starts_are_derived_and_as_wide_as_what_they_are_derived_from(reader: Reader) -> None:
    """A start that no source states is computed, is marked so, and spans all days that it may have been."""
    luc, bram, *_ = timeline("!timeline", reader).rows
    assert luc.stays == (
        Stay(Span(date(2025, 3, 1), date(2025, 5, 30)), Span(date(2029, 6, 1), date(2029, 6, 30)), derived=True),
    )
    assert bram.stays[0].start == Span(date(2025, 6, 1), date(2027, 8, 31))
    assert "Starts are derived from the departure and the length." in ask("!timeline", reader).notes


def test_who_is_still_there_is_so_until_the_sources_date(reader: Reader) -> None:
    """A time that goes on is seen as far as its source sees, and a start that is stated is not derived."""
    ada, soren = timeline("!timeline", reader).rows[3:]
    seen = Span(date(2031, 3, 10), date(2031, 3, 10))
    assert ada.stays == (Stay(None, seen),)
    assert soren.stays == (Stay(Span(date(2028, 1, 1), date(2028, 12, 31)), seen),)
    assert ada.place == Place("still there", Tone.HOME)


def test_a_destination_that_is_not_stated_is_one_of_its_own(reader: Reader) -> None:
    """Nobody is put where no source puts them."""
    assert timeline("!timeline", reader).rows[2].place == Place("not stated", Tone.UNSTATED)
    assert [(s.place, s.count, s.told) for s in flow("!flow", reader).streams] == [
        (Place("Byre and Sons"), 2, "2 smiths"),
        (Place("not stated", Tone.UNSTATED), 1, "1 smith"),
    ]


def test_a_timeline_may_be_of_those_at_one_place(reader: Reader) -> None:
    """Those who are at an organisation now, and nobody else."""
    assert [row.name for row in timeline("!timeline byre", reader).rows] == ["Žofie Łuc", "Bram Quill"]
    found = ask("!timeline hayloft", reader)
    assert found.text == "The book has none of the smiths of the Great Bell at Hayloft."
    assert found.picture is None


def test_lines_tell_derived_starts_as_vaguely_as_they_are(reader: Reader) -> None:
    """About a month where it is known to a month or so, else between two years."""
    assert lines(ask("!timeline", reader)) == (
        "Žofie Łuc: from about April 2025 until June 2029; now at Byre and Sons",
        "Bram Quill: from between 2025 and 2027 until summer of 2029; now at Byre and Sons",
        "Jo Ng: from about December 2028 until January 2031; where to is not stated",
        "Ada Quill: start not stated, still there",
        "Søren Ærø: from 2028, still there",
    )


def test_the_spread_of_departures_begins_with_whoever_may_have_been_first(shipped_reader: Reader) -> None:
    """“Early 2023” may have been January, and so before February."""
    assert ask("!timeline", shipped_reader).text == (
        "As of 26 May 2025, 3 of 14 authors are still at Meta; 11 left, from early 2023 to February 2025."
    )


def test_milestones_are_claims_with_their_dates(folder: Path, shipped_reader: Reader) -> None:
    """What a timeline shows beside people is in the book, said with its source, and as precise as that."""
    shown = timeline("!timeline", shipped_reader)
    assert [moment.label for moment in shown.moments] == ["Llama paper, 2023"]
    assert shown.moments[0].when == Span(date(2023, 1, 1), date(2023, 12, 31))
    assert lines(ask("!timeline", shipped_reader), "The sources also say") == (
        "Llama was first presented in a paper of 2023, which the source calls a landmark.",
    )


def test_a_book_without_milestones_has_none(reader: Reader) -> None:
    assert timeline("!timeline", reader).moments == ()


def test_bars_are_the_ranking_with_its_average_and_median(reader: Reader) -> None:
    """The longest first, each with its length in words, and what they are compared with."""
    shown = bars("!tenure", reader)
    assert [(bar.name, bar.size, bar.told) for bar in shown.bars] == [
        ("Žofie Łuc", 50, "4 years, 2 months"),
        ("Bram Quill", 36, "3 years"),
        ("Jo Ng", 25, "2 years, 1 month"),
    ]
    assert [(level.name, level.told) for level in shown.levels] == [
        ("average", "3 years, 1 month"),
        ("median", "3 years"),
    ]


def test_one_persons_tenure_needs_no_picture(reader: Reader) -> None:
    assert ask("!tenure zofie", reader).picture is None


def test_somebody_at_two_places_is_counted_at_each_and_that_is_said(folder: Path) -> None:
    """The streams may come to more than the people, and then it says why."""
    second = "      - organisation: hayloft\n        until: present\n        evidence:\n          - {source: gazette, span: [332, 370], digest: sha256-cfeb1da0270a7fbc}\n"
    book = edited(folder, ("  jo-ng:\n    name: Jo Ng\n", f"{second}\n  jo-ng:\n    name: Jo Ng\n"))
    found = ask("!flow", book)
    assert isinstance(found.picture, Flow)
    assert [(stream.place.name, stream.count) for stream in found.picture.streams] == [
        ("Byre and Sons", 2),
        ("Hayloft", 1),
        ("not stated", 1),
    ]
    assert found.notes == ("Bram Quill is counted at each place.",)
    assert found.notes[0] in found.picture.notes


def test_a_picture_of_a_large_book_has_the_first_rows_and_says_so(folder: Path) -> None:
    """However many people a book follows, a picture has an end; the words go on."""
    book = edited(folder, *crowd(100))
    for message in ("!timeline", "!tenure"):
        found = ask(message, book)
        assert isinstance(found.picture, Timeline | Bars)
        assert len(found.picture.rows if isinstance(found.picture, Timeline) else found.picture.bars) == MOST_ROWS
        note = next(note for note in found.picture.notes if note.startswith("The picture shows"))
        assert note in found.notes
        assert len(lines(found)) > 100


def test_the_places_of_a_large_book_flow_together(folder: Path) -> None:
    """More places than can be told apart are one stream, with all their people."""
    shown = ask("!flow", edited(folder, *crowd(100))).picture
    assert isinstance(shown, Flow)
    assert sum(stream.count for stream in shown.streams) == 103
    assert [stream.place.name for stream in shown.streams[-2:]] == ["89 other organisations", "not stated"]


def crowd(size: int) -> tuple[tuple[str, str], ...]:
    """So many smiths more in the invented book, each gone to a place of their own."""
    evidence = "evidence: [{source: gazette, span: [395, 418], digest: sha256-478bef1678d99b21}]"
    ids = [f"smith-{at}" for at in range(size)]
    people = "".join(
        f'  {id_}:\n    name: Smith {at:03}\n    stints:\n      - {{organisation: auroch, until: "2030-01", lasted: P3Y, {evidence}}}\n'
        f"      - {{organisation: forge-{at}, until: present, {evidence}}}\n"
        for at, id_ in enumerate(ids)
    )
    places = "".join(f"  forge-{at}:\n    name: Forge {at:03}\n" for at in range(size))
    return (
        ("bram-quill, jo-ng]", f"bram-quill, jo-ng, {', '.join(ids)}]"),
        ("people:\n", f"people:\n{people}"),
        ("organisations:\n", f"organisations:\n{places}"),
    )


def test_nothing_to_draw_is_no_picture(folder: Path) -> None:
    """A book that knows no date of anybody's stay has words alone."""
    book = edited(
        folder,
        ('published: "2031-03-10"', "published: unknown"),
        ('        since: "2028"\n', ""),
        *(
            (f"        until: {until}\n        lasted: {lasted}\n", "        until: unknown\n")
            for until, lasted in ENDS
        ),
    )
    found = ask("!timeline", book)
    assert found.picture is None
    assert "Jo Ng: start not stated, end not stated; where to is not stated" in lines(found)


ENDS = (
    ('"2029-06"', '"P4Y2M"'),
    ('{edtf: "2029-06/2029-08", wording: summer of 2029}', '"P3Y"'),
    ('"2031-01"', '"P2Y1M"'),
)


def test_charts_can_be_looked_up(reader: Reader) -> None:
    """Equal questions of equal books have equal charts, so that a picture is found again."""
    kept: dict[Chart | None, str] = {ask("!timeline", reader).picture: "found"}
    assert kept[ask("!timeline", reader).picture] == "found"


def test_several_questions_in_one_have_no_picture(told: Reader) -> None:
    """A picture belongs to one answer."""
    assert ask("who left in 2029 and where did they go?", told).picture is None
