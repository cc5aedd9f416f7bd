"""Answers about one person: where, who, when, tenure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.answers.model import Answer, Section, Status
from tests.asking import ask, edited, lines

if TYPE_CHECKING:
    from pathlib import Path

    from bot.facts.book import Book
    from bot.questions.reader import Reader

SAID = "What they do say"
SUMMER = "The source says “summer of 2029” and no more; the book takes that to be between June and August of 2029."


def sources(found: Answer) -> set[str]:
    """The sources that an answer rests on."""
    return {item.source for item in found.evidence}


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("ada", "As of 10 March 2031, Ada Quill is still at Auroch Works, as bell founder."),
        ("luc", "As of 10 March 2031, Žofie Łuc is at Byre and Sons, as master founder."),
        (
            "aero",
            "As of 10 March 2031, Søren Ærø is still at The Clapper Shed (part of Auroch Works), as tuner, since 2028.",
        ),
    ],
)
def test_where_somebody_is(reader: Reader, typed: str, text: str) -> None:
    """The place, the role and as of when; `still` only for who never left home; what the place is part of."""
    found = ask(f"!where {typed}", reader)
    assert (found.status, found.text, found.notes) == (Status.ANSWERED, text, ())
    assert sources(found) == {"gazette"}


@pytest.mark.parametrize(
    ("typed", "name", "said"),
    [
        ("ng", "Jo Ng", "Auroch Works: role not stated; until January 2031, after 2 years, 1 month"),
        ("vale", "Tomas Vale", "The Clapper Shed (part of Auroch Works): head; for 6 years, end not stated"),
    ],
)
def test_where_the_sources_are_silent(reader: Reader, typed: str, name: str, said: str) -> None:
    """Where no source says where somebody is, that is said, with what they do say, and no place is guessed."""
    found = ask(f"!where {typed}", reader)
    assert (found.status, found.text) == (Status.NOT_STATED, f"The sources do not say where {name} is now.")
    assert found.sections == (Section(SAID, (said,)),)
    assert found.evidence


def test_where_without_a_role(folder: Path) -> None:
    """A role that no source states is left out, and the silence noted."""
    book = edited(folder, ("role: master founder", "role: unknown"))
    found = ask("!where luc", book)
    assert found.text == "As of 10 March 2031, Žofie Łuc is at Byre and Sons."
    assert found.notes == ("The sources give no role at Byre and Sons.",)


def test_two_places_at_once(folder: Path) -> None:
    """Somebody who is at two places is at both."""
    book = edited(folder, ("      - organisation: unknown\n        role: unknown\n", "      - organisation: hayloft\n"))
    book = edited(
        folder,
        (
            '        until: "2031-01"\n        lasted: "P2Y1M"\n',
            '        role: founder\n        since: "2028"\n        until: present\n',
        ),
    )
    found = ask("!where ng", book)
    assert found.text == "As of 10 March 2031, Jo Ng is at Auroch Works, as founder and at Hayloft."
    assert found.notes == ("The sources give no role at Hayloft.",)


def test_no_date_is_made_up_for_an_undated_source(folder: Path) -> None:
    """From an undated source alone, no `as of` is said."""
    book = edited(folder, ('published: "2031-03-10"', "published: unknown"))
    assert ask("!where luc", book).text == "Žofie Łuc is at Byre and Sons, as master founder."


@pytest.mark.parametrize(
    ("typed", "positions", "notes"),
    [
        ("ada", ["Auroch Works: bell founder; now"], ()),
        ("aero", ["The Clapper Shed (part of Auroch Works): tuner; since 2028, now"], ()),
        (
            "luc",
            [
                "Auroch Works: role not stated; until June 2029, after 4 years, 2 months",
                "Byre and Sons: master founder; now",
            ],
            (),
        ),
        (
            "bram",
            ["Auroch Works: role not stated; until summer of 2029, after 3 years", "Byre and Sons: co-founder; now"],
            (SUMMER,),
        ),
        ("ng", ["Auroch Works: role not stated; until January 2031, after 2 years, 1 month"], ()),
    ],
)
def test_who_somebody_is(reader: Reader, typed: str, positions: list[str], notes: tuple[str, ...]) -> None:
    """Where somebody is now, every position as precisely as the source gives it, and how a vague date is taken."""
    found = ask(f"!who {typed}", reader)
    assert found.status is Status.ANSWERED
    assert found.text == ask(f"!where {typed}", reader).text
    assert found.sections == (Section("Positions", tuple(positions)),)
    assert found.notes == notes


def test_who_with_claims(folder: Path) -> None:
    """What the sources claim about somebody is told with their positions, and cited."""
    book = edited(folder, ("about: [little-bell]", "about: [little-bell, ada-quill]"))
    found = ask("!who ada", book)
    assert lines(found, "The sources also say") == ("The Little Bell was finished late.",)
    assert sources(found) == {"gazette", "almanac"}


def test_who_of_whom_nothing_is_said(folder: Path) -> None:
    """Of somebody who is only named, nothing is stated."""
    book = edited(folder, ("people:\n", "people:\n  eve-mute:\n    name: Eve Mute\n"))
    for command in ("who", "where", "when", "tenure", "stillatauroch", "about", "evidence"):
        found = ask(f"!{command} eve mute", book)
        assert found.status is Status.NOT_STATED, command
        assert "Eve Mute" in found.text
        assert found.sections == ()


@pytest.mark.parametrize(
    ("typed", "text", "notes"),
    [
        ("luc", "Žofie Łuc left Auroch Works in June 2029.", ()),
        ("ng", "Jo Ng left Auroch Works in January 2031.", ()),
        ("bram", "Bram Quill left Auroch Works in summer of 2029.", (SUMMER,)),
    ],
)
def test_when_somebody_left(reader: Reader, typed: str, text: str, notes: tuple[str, ...]) -> None:
    """The date as precise as the source, with a note where the book reads an interval into its words."""
    found = ask(f"!when {typed}", reader)
    assert (found.status, found.text, found.notes) == (Status.ANSWERED, text, notes)
    assert sources(found) == {"gazette"}


@pytest.mark.parametrize(
    ("edtf", "text"),
    [
        ('"2029-06-03"', "Žofie Łuc left Auroch Works on 3 June 2029."),
        ('"2029"', "Žofie Łuc left Auroch Works in 2029."),
        ('"2029~"', "Žofie Łuc left Auroch Works in about 2029."),
        ('"2029-06/2029-08"', "Žofie Łuc left Auroch Works between June and August of 2029."),
    ],
)
def test_a_departure_reads_well_in_any_precision(folder: Path, edtf: str, text: str) -> None:
    """A day, a month, a year and an interval each have their preposition, and an interval in numbers needs no note."""
    book = edited(folder, ('until: "2029-06"', f"until: {edtf}"))
    found = ask("!when luc", book)
    assert (found.text, found.notes) == (text, ())


@pytest.mark.parametrize(
    ("typed", "text", "said"),
    [
        ("ada", "As of 10 March 2031, Ada Quill has not left: still at Auroch Works, as bell founder.", ()),
        (
            "vale",
            "The sources do not say whether Tomas Vale left Auroch Works, or when.",
            ("The Clapper Shed (part of Auroch Works): head; for 6 years, end not stated",),
        ),
    ],
)
def test_when_no_source_has_somebody_leaving(reader: Reader, typed: str, text: str, said: tuple[str, ...]) -> None:
    """Who is still there has not left; of whom no end is given, neither is said."""
    found = ask(f"!when {typed}", reader)
    assert (found.status, found.text, lines(found, SAID)) == (Status.NOT_STATED, text, said)


def test_when_somebody_came_back(shipped: Book) -> None:
    """Who left at an unknown time and is back again is not said never to have left."""
    found = ask("!when fergus", shipped)
    assert found.status is Status.NOT_STATED
    assert found.text == "As of 26 May 2025, Robert Fergus is at FAIR (part of Meta), as incoming Head of FAIR."
    assert lines(found, SAID)[0] == "FAIR (part of Meta): co-founder; since 2014, end not stated"


@pytest.mark.parametrize(
    ("typed", "text", "note"),
    [
        (
            "luc",
            "Žofie Łuc was at Auroch Works for 4 years, 2 months.",
            "The start, in about 2025, is derived from the departure in June 2029 and the length.",
        ),
        (
            "bram",
            "Bram Quill was at Auroch Works for 3 years.",
            "The start, between 2025 and 2027, is derived from the departure in summer of 2029 and the length.",
        ),
        ("vale", "The sources give 6 years for Tomas Vale at The Clapper Shed (part of Auroch Works), as head.", None),
    ],
)
def test_how_long_somebody_stayed(reader: Reader, typed: str, text: str, note: str | None) -> None:
    """The length as the source states it; a start that follows from it is said to be derived, and as wide as it is."""
    found = ask(f"!tenure {typed}", reader)
    assert (found.status, found.text, found.notes) == (Status.ANSWERED, text, (note,) if note else ())


@pytest.mark.parametrize(
    ("typed", "text", "said"),
    [
        (
            "ada",
            "The sources do not say how long Ada Quill has been at Auroch Works.",
            "Auroch Works: bell founder; now",
        ),
        (
            "aero",
            "The sources do not say how long Søren Ærø has been at Auroch Works.",
            "The Clapper Shed (part of Auroch Works): tuner; since 2028, now",
        ),
    ],
)
def test_how_long_no_source_says(reader: Reader, typed: str, text: str, said: str) -> None:
    """A length that no source states is not computed from today."""
    found = ask(f"!tenure {typed}", reader)
    assert (found.status, found.text, lines(found, SAID)) == (Status.NOT_STATED, text, (said,))


@pytest.mark.parametrize(
    ("message", "status", "text"),
    [
        ("!where Goyal", Status.NOT_STATED, "The sources do not say where Naman Goyal is now."),
        ("!where Lample", Status.ANSWERED, "As of 26 May 2025, Guillaume Lample is at Mistral, as co-founder."),
        ("!where Touvron", Status.ANSWERED, "As of 26 May 2025, Hugo Touvron is still at Meta, as research scientist."),
        (
            "!where Fergus",
            Status.ANSWERED,
            "As of 26 May 2025, Robert Fergus is at FAIR (part of Meta), as incoming Head of FAIR, since May 2025.",
        ),
        ("!when Lample", Status.ANSWERED, "Guillaume Lample left Meta in early 2023."),
        ("!tenure Goyal", Status.ANSWERED, "Naman Goyal was at Meta for 6 years, 7 months."),
    ],
)
def test_the_shipped_book(shipped: Book, message: str, status: Status, text: str) -> None:
    """The people of the book that the bot comes with."""
    found = ask(message, shipped)
    assert (found.status, found.text) == (status, text)
