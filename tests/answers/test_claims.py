"""Answers about what the sources say, where they contradict each other, and where it stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from bot.answers.claims import LONGEST_QUOTE
from bot.answers.model import Section, Status
from bot.facts.reading import read_book
from tests.asking import ask, edited, lines

if TYPE_CHECKING:
    from pathlib import Path

    from bot.facts.book import Book
    from bot.questions.reader import Reader

SIDES = Section(
    "Disputed: bronze or iron?",
    (
        "The Meadow Gazette, 10 March 2031: The Great Bell is of bronze.",
        "The Almanac, undated: The Great Bell is of iron.",
    ),
)
NO_DOCUMENTS = "This bot does not have the documents, so it names the place and not the words."


def test_a_dispute_has_both_sides(reader: Reader) -> None:
    """Where sources disagree, each side is told with its source, and neither is preferred."""
    for message, text in {
        "!about great bell": "The sources disagree about Great Bell.",
        "!about auroch": "The sources disagree about Auroch Works.",
        "!disputed": "The sources disagree in 1 place.",
    }.items():
        found = ask(message, reader)
        assert (found.status, found.text, found.sections) == (Status.DISPUTED, text, (SIDES,))
        assert [item.source for item in found.evidence] == ["gazette", "almanac"]


def test_a_dispute_is_told_once_whichever_side_names_it(folder: Path) -> None:
    """Two claims that dispute each other are one dispute."""
    book = edited(folder, ("    stance: iron\n", "    stance: iron\n    disputes: [bronze]\n"))
    assert ask("!disputed", book).text == "The sources disagree in 1 place."
    assert ask("!about great bell", book).sections == (SIDES,)


def test_nothing_is_disputed(folder: Path) -> None:
    """A book without disputes says so."""
    book = edited(folder, ("    disputes: [iron]\n", ""))
    found = ask("!disputed", book)
    assert (found.status, found.text) == (Status.ANSWERED, "No claim in the book is disputed by another.")


def test_claims_without_a_stance_still_disagree(folder: Path) -> None:
    """Where a side is not named in a word, it is the other one."""
    book = edited(folder, ("    stance: iron\n", ""))
    assert ask("!disputed", book).sections[0].title == "Disputed: bronze or otherwise?"


def test_what_is_said_stands_under_its_source(reader: Reader) -> None:
    """A description leads, and claims follow under the source that makes them."""
    found = ask("!about little bell", reader)
    assert (found.status, found.text) == (Status.ANSWERED, "Little Bell: A bell that came late.")
    assert found.sections == (Section("The Almanac, undated", ("The Little Bell was finished late.",)),)


def test_what_is_said_of_something_without_a_description(folder: Path) -> None:
    """Without a description the claims are introduced by the name."""
    book = edited(folder, ("about: [little-bell]", "about: [little-bell, hayloft]"))
    assert ask("!about hayloft", book).text == "This is what the sources say about Hayloft."


def test_what_is_undisputed_stands_behind_the_dispute(folder: Path) -> None:
    """A dispute hides neither the description nor what else is said, and nothing is told twice."""
    book = edited(
        folder,
        ("about: [little-bell]", "about: [little-bell, great-bell]"),
        ("about: [great-bell]", "about: [great-bell, little-bell]"),
    )
    found = ask("!about little bell", book)
    assert found.text == "The sources disagree about Little Bell."
    assert found.sections == (
        Section("", ("Little Bell: A bell that came late.",)),
        SIDES,
        Section("The Almanac, undated", ("The Little Bell was finished late.",)),
    )


@pytest.mark.parametrize(
    ("asked", "text", "said"),
    [
        ("silent bell", "The sources name Silent Bell and say nothing more about it.", ()),
        ("hayloft", "The sources name Hayloft and say nothing more about it.", ()),
        (
            "byre",
            "The sources name Byre and Sons and say nothing more about it.",
            (Section("", ("In the book at Byre and Sons: Žofie Łuc and Bram Quill",)),),
        ),
        (
            "ada quill",
            "The sources name Ada Quill and say nothing more about them.",
            (Section("What they do say", ("Auroch Works: bell founder; now",)),),
        ),
    ],
)
def test_about_what_is_only_named(reader: Reader, asked: str, text: str, said: tuple[Section, ...]) -> None:
    """Where no claim is made that is said, with who is there, or where somebody is."""
    found = ask(f"!about {asked}", reader)
    assert (found.status, found.text, found.sections) == (Status.NOT_STATED, text, said)
    assert bool(found.evidence) is bool(said)


def test_sources_and_what_came_of_them(reader: Reader) -> None:
    """Each source has its publisher, its date or the lack of one, and how much of the book is from it."""
    found = ask("!sources", reader)
    assert (found.status, found.text) == (Status.ANSWERED, "This book was made from 2 sources.")
    gazette, almanac = found.sections
    assert gazette == Section(
        "Smiths of the Great Bell",
        ("The Meadow Gazette, published on 10 March 2031", "In the book from here: 1 claim and 6 people"),
    )
    assert almanac == Section("An almanac", ("Publisher not stated, undated", "In the book from here: 2 claims"))
    assert [item.source for item in found.evidence] == ["gazette", "almanac"]


def test_one_source(folder: Path) -> None:
    """One source is told alone, with its note and its address."""
    book = edited(
        folder,
        (
            "title: An almanac\n",
            "title: An almanac\n    note: Found in a barn.\n    url: https://example.org/almanac\n",
        ),
    )
    found = ask("!sources the almanac", book)
    assert (found.status, found.text) == (Status.ANSWERED, "The Almanac is one of 2 sources of this book.")
    assert lines(found, "An almanac") == (
        "Publisher not stated, undated",
        "Found in a barn.",
        "In the book from here: 2 claims",
        "https://example.org/almanac",
    )
    assert [item.source for item in found.evidence] == ["almanac"]


def test_evidence_is_quoted_from_the_documents(reader: Reader) -> None:
    """Each fact has its place in its source, with the words that stand there."""
    found = ask("!evidence great bell", reader)
    assert (found.status, found.text) == (Status.ANSWERED, "The book has 2 facts about Great Bell, read here:")
    assert found.sections == (
        Section("The Great Bell is of bronze.", ("The Meadow Gazette, characters 491 to 523: “The Great Bell is cast in bronze”",)),
        Section("The Great Bell is of iron.", ("The Almanac, characters 28 to 58: “The Great Bell is made of iron”",)),
    )  # fmt: skip
    assert found.notes == ()


@pytest.mark.parametrize(
    ("asked", "facts"),
    [
        ("ada", ["Ada Quill at Auroch Works, as bell founder"]),
        ("ng", ["Jo Ng at Auroch Works", "Jo Ng now at a place not stated"]),
        ("vale", ["Tomas Vale at The Clapper Shed (part of Auroch Works), as head"]),
        ("little bell", ["A bell that came late.", "The Little Bell was finished late."]),
    ],
)
def test_every_fact_has_its_evidence(reader: Reader, asked: str, facts: list[str]) -> None:
    """Stints, descriptions and claims are each shown with where they are read."""
    found = ask(f"!evidence {asked}", reader)
    assert [section.title for section in found.sections] == facts
    assert all(section.lines for section in found.sections)
    assert f"{len(facts)} fact" in found.text


def test_without_the_documents_only_the_place_is_named(folder: Path) -> None:
    """Where the operator has no documents, no words are made up, and that is said."""
    found = ask("!evidence ada", read_book(folder))
    assert found.sections[0].lines == ("The Meadow Gazette, characters 79 to 132",)
    assert found.notes == (NO_DOCUMENTS,)


def test_a_long_quotation_is_cut(folder: Path) -> None:
    """Of a long span only the beginning is repeated; an answer is no copy of the article."""
    book = read_book(folder)
    ada = book.people["ada-quill"]
    span = replace(ada.stints[0].evidence[0], span=(0, 5000))
    ada = replace(ada, stints=(replace(ada.stints[0], evidence=(span,)),))
    book = replace(book, people={**book.people, ada.id: ada}, documents={"gazette": "bell " * 1000})
    (line,) = ask("!evidence ada", book).sections[0].lines
    quoted = line.removeprefix("The Meadow Gazette, characters 0 to 5,000: ")
    assert len(quoted) <= LONGEST_QUOTE + len("“”")
    assert quoted.endswith(" …”")


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("silent bell", "The sources name Silent Bell and say nothing more about it."),
        ("byre", "The sources name Byre and Sons and say nothing more about it."),
    ],
)
def test_evidence_for_what_is_only_named(reader: Reader, asked: str, text: str) -> None:
    """Without a fact there is no evidence; who is at a place is told all the same."""
    found = ask(f"!evidence {asked}", reader)
    assert (found.status, found.text) == (Status.NOT_STATED, text)
    assert found == ask(f"!about {asked}", reader)


@pytest.mark.parametrize(
    ("message", "status", "text"),
    [
        ("!about llama", Status.DISPUTED, "The sources disagree about Llama."),
        ("!about kyutai", Status.NOT_STATED, "The sources name Kyutai and say nothing more about it."),
        ("!about google", Status.ANSWERED, "Google: The company behind PaLM."),
        ("!disputed", Status.DISPUTED, "The sources disagree in 3 places."),
        ("!sources", Status.ANSWERED, "This book was made from 2 sources."),
        ("!evidence lample", Status.ANSWERED, "The book has 5 facts about Guillaume Lample, read here:"),
    ],
)
def test_the_shipped_book(shipped: Book, message: str, status: Status, text: str) -> None:
    """The claims of the book that the bot comes with."""
    found = ask(message, shipped)
    assert (found.status, found.text) == (status, text)
