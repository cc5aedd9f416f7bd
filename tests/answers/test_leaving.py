"""Answers about the cohort and its home: who is still there, who left, who is where, how long they stayed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.answers.model import Section, Status
from tests.asking import ask, edited, lines

if TYPE_CHECKING:
    from pathlib import Path

    from bot.facts.book import Book
    from bot.questions.reader import Reader

UNSURE = "Cannot tell"
SUMMER = "The source says “summer of 2029” and no more; the book takes that to be between June and August of 2029"
BRAM = "Bram Quill: left in summer of 2029, no more precisely"
ADA = "Ada Quill: as of 10 March 2031, at Auroch Works, with no start given"
LUC = "Žofie Łuc: the source puts the departure in June 2029, after 4 years, 2 months"


def test_who_is_still_there(reader: Reader) -> None:
    """Those who are still at home, of how many, with their roles, as of the newest source; parts of it count."""
    found = ask("!stillatauroch", reader)
    assert found.status is Status.ANSWERED
    assert found.text == "As of 10 March 2031, 2 of 5 smiths are still at Auroch Works."
    assert found.sections == (Section("", ("Ada Quill, bell founder", "Søren Ærø, tuner")),)


def test_one_alone_is_one(folder: Path) -> None:
    """A single person is counted in the singular."""
    book = edited(folder, ('role: tuner\n        since: "2028"\n        until: present', 'until: "2030"'))
    assert ask("!stillatauroch", book).text == "As of 10 March 2031, 1 of 5 smiths is still at Auroch Works."
    assert ask("!stillatauroch 2030-12", book).text == "At least 1 of 5 smiths was at Auroch Works in December 2030."


THERE_ON = {
    "june 2029": (
        Status.ANSWERED,
        "At least 2 of 5 smiths were at Auroch Works in June 2029.",
        ("Søren Ærø", "Jo Ng"),
        (ADA, LUC, "Bram Quill: the source puts the departure in summer of 2029, after 3 years"),
    ),
    "1500": (
        Status.CANNOT_TELL,
        "It cannot be told whether anybody was at Auroch Works in 1500.",
        (),
        (ADA,),
    ),
    "2035": (
        Status.NOT_STATED,
        "The sources say nothing about 2035: the newest of them is of 10 March 2031.",
        (),
        (),
    ),
}
"""What is asked: status, text, those for certain, those of whom it cannot be told."""


@pytest.mark.parametrize(("on", "expected"), THERE_ON.items(), ids=THERE_ON)
def test_who_was_there_on_a_date(
    reader: Reader, on: str, expected: tuple[Status, str, tuple[str, ...], tuple[str, ...]]
) -> None:
    """Those of whom it cannot be told stand apart with the reason, the others are at least so many, and no time is foretold."""
    found = ask(f"!stillatauroch {on}", reader)
    assert (found.status, found.text, lines(found), lines(found, UNSURE)) == expected


def test_nobody_there_for_certain(folder: Path) -> None:
    """Where it is known of everybody, none is an answer."""
    book = edited(folder, ("role: bell founder\n", 'role: bell founder\n        since: "2029"\n'))
    found = ask("!stillatauroch 1500", book)
    assert (found.status, found.text) == (Status.ANSWERED, "0 of 5 smiths were at Auroch Works in 1500.")
    assert found.sections == ()


@pytest.mark.parametrize(
    ("asked", "status", "text"),
    [
        ("ada", Status.ANSWERED, "Yes: as of 10 March 2031, Ada Quill is still at Auroch Works, as bell founder."),
        ("luc", Status.ANSWERED, "No: Žofie Łuc left Auroch Works in June 2029 after 4 years, 2 months."),
        (
            "luc may 2029",
            Status.ANSWERED,
            "Yes: Žofie Łuc was at Auroch Works in May 2029; the source puts the departure in June 2029, after 4 years, 2 months.",
        ),
        (
            "luc july 2029",
            Status.ANSWERED,
            "No: Žofie Łuc was not at Auroch Works in July 2029; the source puts the departure in June 2029, after 4 years, 2 months.",
        ),
        (
            "luc june 2029",
            Status.CANNOT_TELL,
            ("The dates are not precise enough to tell whether Žofie Łuc was at Auroch Works in June 2029:"
            " the source puts the departure in June 2029, after 4 years, 2 months."),
        ),
        (
            "luc 3 june 2029",
            Status.CANNOT_TELL,
            ("The dates are not precise enough to tell whether Žofie Łuc was at Auroch Works on 3 June 2029:"
            " the source puts the departure in June 2029, after 4 years, 2 months."),
        ),
        (
            "bram july 2029",
            Status.CANNOT_TELL,
            ("The dates are not precise enough to tell whether Bram Quill was at Auroch Works in July 2029:"
            " the source puts the departure in summer of 2029, after 3 years."),
        ),
        (
            "aero 2029",
            Status.ANSWERED,
            "Yes: Søren Ærø was at Auroch Works in 2029; as of 10 March 2031, at The Clapper Shed, since 2028.",
        ),
        (
            "aero 2027",
            Status.ANSWERED,
            "No: Søren Ærø was not at Auroch Works in 2027; as of 10 March 2031, at The Clapper Shed, since 2028.",
        ),
        (
            "ada 2030",
            Status.CANNOT_TELL,
            ("The dates are not precise enough to tell whether Ada Quill was at Auroch Works in 2030:"
            " as of 10 March 2031, at Auroch Works, with no start given."),
        ),
        (
            "ada 2035",
            Status.NOT_STATED,
            "The sources say nothing about 2035: the newest of them is of 10 March 2031.",
        ),
        ("luc 2035", Status.NOT_STATED, "The sources say nothing about 2035: the newest of them is of 10 March 2031."),
        ("luc 2030", Status.ANSWERED, "No: Žofie Łuc was not at Auroch Works in 2030; the source puts the departure in June 2029, after 4 years, 2 months."),
        ("ada 2031", Status.ANSWERED, "For a part of it at least: Ada Quill was at Auroch Works in 2031; as of 10 March 2031, at Auroch Works, with no start given."),
        (
            "vale",
            Status.NOT_STATED,
            "The sources do not say whether Tomas Vale is still at Auroch Works: no end is given for the time at The Clapper Shed.",
        ),
        (
            "vale 2020",
            Status.NOT_STATED,
            "The sources do not say whether Tomas Vale was at Auroch Works in 2020: no end is given for the time at The Clapper Shed.",
        ),
    ],
)  # fmt: skip
def test_whether_one_is_still_there(reader: Reader, asked: str, status: Status, text: str) -> None:
    """Yes, no, or cannot tell with the dates that leave it open; not stated where there are none."""
    found = ask(f"!stillatauroch {asked}", reader)
    assert (found.status, found.text) == (status, text)
    assert found.evidence


def test_a_vague_departure_is_explained(reader: Reader) -> None:
    """An answer that rests on a vague date says how the book takes it."""
    assert ask("!stillatauroch bram", reader).notes == (f"{SUMMER}.",)


def test_who_was_never_said_to_be_there(folder: Path) -> None:
    """Of somebody who is in no stint at home, the sources do not say that they were ever there."""
    book = edited(folder, ("    part_of: auroch\n", ""))
    for message in ("!stillatauroch vale", "!stillatauroch vale 2020", "!tenure vale"):
        found = ask(message, book)
        assert found.status is Status.NOT_STATED
        assert found.text == "The sources do not say that Tomas Vale was ever at Auroch Works."


def test_a_stint_without_any_end_is_no_presence(folder: Path) -> None:
    """Where nobody looked for the end of a stint, nothing is said of it as of now."""
    book = edited(folder, ("role: bell founder\n        until: present", "role: bell founder"))
    found = ask("!stillatauroch ada", book)
    assert found.status is Status.NOT_STATED
    assert found.text.endswith("no end is given for the time at Auroch Works.")


LEFT = {
    "": (
        Status.ANSWERED,
        "3 of 5 smiths left Auroch Works.",
        (
            "June 2029: Žofie Łuc, now at Byre and Sons",
            "Summer of 2029: Bram Quill, now at Byre and Sons",
            "January 2031: Jo Ng, where to is not stated",
        ),
        (),
    ),
    "2029": (
        Status.ANSWERED,
        "2 of 5 smiths left Auroch Works in 2029.",
        ("June 2029: Žofie Łuc, now at Byre and Sons", "Summer of 2029: Bram Quill, now at Byre and Sons"),
        (),
    ),
    "june 2029": (
        Status.ANSWERED,
        "At least 1 of 5 smiths left Auroch Works in June 2029.",
        ("June 2029: Žofie Łuc, now at Byre and Sons",),
        (BRAM,),
    ),
    "july 2029": (
        Status.CANNOT_TELL,
        "It cannot be told who left Auroch Works in July 2029.",
        (),
        (BRAM,),
    ),
    "15 june 2029": (
        Status.CANNOT_TELL,
        "It cannot be told who left Auroch Works on 15 June 2029.",
        (),
        ("Žofie Łuc: left in June 2029, no more precisely", BRAM),
    ),
    "2020": (Status.ANSWERED, "The book has nobody who left Auroch Works in 2020.", (), ()),
    "2040": (
        Status.NOT_STATED,
        "The sources say nothing about 2040: the newest of them is of 10 March 2031.",
        (),
        (),
    ),
    "to byre": (
        Status.ANSWERED,
        "2 of 5 smiths left Auroch Works and went to Byre and Sons.",
        ("June 2029: Žofie Łuc, now at Byre and Sons", "Summer of 2029: Bram Quill, now at Byre and Sons"),
        (),
    ),
    "july 2029 to byre": (
        Status.CANNOT_TELL,
        "It cannot be told who left Auroch Works in July 2029 and went to Byre and Sons.",
        (),
        (BRAM,),
    ),
    "15 january 2031 to byre": (
        Status.CANNOT_TELL,
        "It cannot be told who left Auroch Works on 15 January 2031 and went to Byre and Sons.",
        (),
        ("Jo Ng: left in January 2031, no more precisely and where to is not stated",),
    ),
    "june 2029 to hayloft": (
        Status.ANSWERED,
        "The book has nobody who left Auroch Works in June 2029 and went to Hayloft.",
        (),
        (),
    ),
}
"""What is asked: status, text, those for certain, those of whom it cannot be told."""


@pytest.mark.parametrize(("asked", "expected"), LEFT.items(), ids=LEFT)
def test_who_left(reader: Reader, asked: str, expected: tuple[Status, str, tuple[str, ...], tuple[str, ...]]) -> None:
    """Those who left stand in order of time; those of whom it cannot be told stand apart, with the reason."""
    found = ask(f"!left {asked}", reader)
    assert (found.status, found.text, lines(found), lines(found, UNSURE)) == expected
    assert found.evidence


@pytest.mark.parametrize(
    ("asked", "notes"),
    [("", (f"{SUMMER}, and sorts it by its end.",)), ("june 2029", (f"{SUMMER}.",)), ("2031", ())],
)
def test_a_vague_date_in_a_list_is_explained(reader: Reader, asked: str, notes: tuple[str, ...]) -> None:
    """A list with a vague date says how the book takes it, and how it is sorted where there is an order."""
    assert ask(f"!left {asked}", reader).notes == notes


@pytest.mark.parametrize("until", ['until: unknown\n        lasted: "P4Y2M"', 'lasted: "P4Y2M"'])
def test_an_end_that_is_not_given_cannot_be_told(folder: Path, until: str) -> None:
    """Whether somebody left whose stint has no end is open, and neither left out nor counted."""
    book = edited(folder, ('until: "2029-06"\n        lasted: "P4Y2M"', until))
    found = ask("!left", book)
    assert found.text == "At least 2 of 5 smiths left Auroch Works."
    assert lines(found, UNSURE) == ("Žofie Łuc: no end is given for the time at Auroch Works",)
    assert ask("!left 2020", book).status is Status.CANNOT_TELL
    assert ask("!left 2031 to hayloft", book).status is Status.CANNOT_TELL
    assert "Žofie" not in str(ask("!left 2031 to hayloft", book).sections)
    assert lines(ask("!stillatauroch", book), UNSURE) == ("Žofie Łuc: no end is given for the time at Auroch Works",)


@pytest.mark.parametrize(
    ("asked", "status", "text", "there"),
    [
        (
            "auroch",
            Status.ANSWERED,
            "As of 10 March 2031, the book has 2 people at Auroch Works.",
            ("Ada Quill, bell founder", "Søren Ærø, tuner at The Clapper Shed"),
        ),
        (
            "clapper shed",
            Status.ANSWERED,
            "As of 10 March 2031, the book has 1 person at The Clapper Shed.",
            ("Søren Ærø, tuner",),
        ),
        (
            "byre",
            Status.ANSWERED,
            "As of 10 March 2031, the book has 2 people at Byre and Sons.",
            ("Žofie Łuc, master founder", "Bram Quill, co-founder"),
        ),
        ("hayloft", Status.NOT_STATED, "The book names nobody at Hayloft.", ()),
    ],
)
def test_who_is_at_an_organisation(
    reader: Reader, asked: str, status: Status, text: str, there: tuple[str, ...]
) -> None:
    """Those who are there now, in it or in a part of it, with role and part; nobody is no proof that nobody is."""
    found = ask(f"!at {asked}", reader)
    assert (found.status, found.text, lines(found)) == (status, text, there)


def test_at_an_organisation_of_which_only_claims_are_made(folder: Path) -> None:
    """Where nobody is named, what the sources do say of the place is told and cited."""
    book = edited(folder, ("about: [little-bell]", "about: [little-bell, hayloft]"))
    found = ask("!at hayloft", book)
    assert found.status is Status.NOT_STATED
    assert lines(found, "The sources do say") == ("The Little Bell was finished late.",)
    assert {item.source for item in found.evidence} == {"almanac"}


def test_a_role_that_is_not_stated_is_said_to_be(folder: Path) -> None:
    """In a list of people a missing role is named as missing."""
    book = edited(folder, ("role: co-founder", "role: unknown"))
    assert lines(ask("!at byre", book))[1] == "Bram Quill, role not stated"


def test_how_long_they_all_stayed(reader: Reader) -> None:
    """A ranking of the stated lengths, longest first, with average and median derived from them, and who is missing."""
    found = ask("!tenure", reader)
    assert (found.status, found.text) == (
        Status.ANSWERED,
        "On average 3 years, 1 month at Auroch Works; the median is 3 years.",
    )
    assert lines(found) == ("Žofie Łuc: 4 years, 2 months", "Bram Quill: 3 years", "Jo Ng: 2 years, 1 month")
    assert found.notes == (
        "Average and median are derived from these 3 lengths, and rounded to a month.",
        "The sources give no length for Ada Quill and Søren Ærø.",
    )


def test_no_length_is_stated(folder: Path) -> None:
    """Without any length there is no average."""
    book = edited(folder, *((f'        lasted: "{iso}"\n', "") for iso in ("P4Y2M", "P3Y", "P2Y1M")))
    found = ask("!tenure", book)
    assert (found.status, found.text) == (
        Status.NOT_STATED,
        "The sources do not say how long anybody was at Auroch Works.",
    )


def test_the_shipped_book_has_eight_who_left_in_2023(shipped: Book) -> None:
    """Early 2023 stands behind March 2023 and before May, with a note."""
    found = ask("!left 2023", shipped)
    assert found.text == "8 of 14 authors left Meta in 2023."
    when, who = zip(*(line.split(", now at")[0].split(": ") for line in lines(found)), strict=True)
    assert who[:4] == ("Edouard Grave", "Gautier Izacard", "Guillaume Lample", "Armand Joulin")
    assert when == ("February 2023", "March 2023", "Early 2023", "May 2023", *["June 2023"] * 3, "November 2023")
    assert found.notes == (
        (
            "The source says “early 2023” and no more; the book takes that to be between January and April of 2023,"
            " and sorts it by its end."
        ),
    )


def test_the_shipped_book_cannot_tell_the_month_of_early_2023(shipped: Book) -> None:
    """Asked about one month of it, who left in early 2023 stands apart."""
    found = ask("!left feb 2023", shipped)
    assert found.text == "At least 1 of 14 authors left Meta in February 2023."
    assert lines(found) == ("February 2023: Edouard Grave, now at Kyutai",)
    assert lines(found, UNSURE) == ("Guillaume Lample: left in early 2023, no more precisely",)


@pytest.mark.parametrize(
    ("message", "status", "beginning"),
    [
        ("!stillatmeta", Status.ANSWERED, "As of 26 May 2025, 3 of 14 authors are still at Meta."),
        ("!stillatmeta goyal 2025-01", Status.ANSWERED, "Yes: Naman Goyal was at Meta in January 2025;"),
        (
            "!stillatmeta goyal 2025-02",
            Status.CANNOT_TELL,
            "The dates are not precise enough to tell whether Naman Goyal",
        ),
        ("!stillatmeta goyal 2025-03", Status.ANSWERED, "No: Naman Goyal was not at Meta in March 2025;"),
        ("!stillatmeta fergus", Status.ANSWERED, "Yes: as of 26 May 2025, Robert Fergus is at FAIR (part of Meta)"),
        ("!tenure", Status.ANSWERED, "On average 5 years, 7 months at Meta; the median is 5 years, 1 month."),
        ("!left 2030", Status.NOT_STATED, "The sources say nothing about 2030: the newest of them is of 26 May 2025."),
        ("!left 2025", Status.ANSWERED, "1 of 14 authors left Meta in 2025."),
        ("!at mistral", Status.ANSWERED, "As of 26 May 2025, the book has 5 people at Mistral."),
    ],
)
def test_the_shipped_book(shipped: Book, message: str, status: Status, beginning: str) -> None:
    """The cohort of the book that the bot comes with."""
    found = ask(message, shipped)
    assert (found.status, found.text[: len(beginning)]) == (status, beginning)


def test_the_shipped_book_has_deepminds_people_at_google(shipped: Book) -> None:
    """Who is at a part of an organisation is at the organisation."""
    assert lines(ask("!at google", shipped)) == ("Armand Joulin, Distinguished Scientist at Google DeepMind",)


@pytest.mark.parametrize(
    ("words", "status", "text"),
    [
        ("zofie luc 2029", Status.ANSWERED, "For a part of it at least: Žofie Łuc was at Auroch Works in 2029"),
        ("zofie luc june 2029", Status.CANNOT_TELL, "The dates are not precise enough to tell whether Žofie Łuc was"),
        ("zofie luc 2030", Status.ANSWERED, "No: Žofie Łuc was not at Auroch Works in 2030"),
        ("bram quill 2029", Status.ANSWERED, "For a part of it at least: Bram Quill was at Auroch Works in 2029"),
    ],
)
def test_leaving_within_the_time_asked(reader: Reader, words: str, status: Status, text: str) -> None:
    """Who surely left within the time asked was there for a part of it; a time as wide as the source's own is undecided."""
    found = ask(f"!stillatauroch {words}", reader)
    assert found.status is status
    assert found.text.startswith(text)


def test_dated_claims_stand_beside_who_left(folder: Path) -> None:
    """What the sources say of departures in the time asked is told with who left; what they say of other times is not."""
    late = "  little-late:\n    about: [little-bell]\n"
    book = edited(
        folder,
        ("  commands:\n", "  departures: little-bell\n  commands:\n"),
        (late, late + '    date: "2029-06"\n'),
    )
    said = "The sources also say"
    assert lines(ask("!left 2029", book), said) == ("The Little Bell was finished late.",)
    assert lines(ask("!left june 2029", book), said) == ("The Little Bell was finished late.",)
    assert lines(ask("!left 2031", book), said) == lines(ask("!left", book), said) == ()
