"""A reply, and its plain text."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from bot.answers.model import Choice, Section, Status
from bot.chat.text import Reply, cite, plain, reply, today
from bot.questions.model import At, EvidenceFor, Timeline, Where

if TYPE_CHECKING:
    from bot.facts.book import Book
    from bot.questions.reader import Reader

DAY = date(2032, 4, 9)


def said(message: str, reader: Reader) -> Reply:
    """The reply to a message on a day."""
    reading = reader.message(message)
    assert reading
    return reply(reading, reader, DAY)


def test_a_reply_is_the_answer_with_sources_and_version(reader: Reader) -> None:
    """An answer is said with its sources, how old they are on the day, and the book's version."""
    assert said("!where luc", reader) == Reply(
        Status.ANSWERED,
        "As of 10 March 2031, Žofie Łuc is at Byre and Sons, as master founder.",
        sources=("The Meadow Gazette, 10 March 2031 (over a year old)",),
        version=reader.book.short_version,
        related=(
            Choice("Timeline", Timeline()),
            Choice("Source", EvidenceFor("zofie-luc")),
            Choice("Who else is at Byre and Sons?", At("byre")),
        ),
        question=Where("zofie-luc"),
    )


def test_a_reply_says_who_was_understood(reader: Reader) -> None:
    """What was typed stands beside who was understood, cleaned."""
    assert said("!where **zofei** luc", reader).understood == ("zofei luc → Žofie Łuc (spelling)",)
    assert said("!where zofie luc", reader).understood == ()


def test_a_reply_carries_choices_and_cites_nothing_for_them(reader: Reader) -> None:
    """A question back has its choices, and no source."""
    asked = said("!where quill", reader)
    assert [choice.label for choice in asked.choices] == ["Ada Quill", "Bram Quill"]
    assert asked.sources == ()


def test_each_source_is_cited_once(reader: Reader) -> None:
    """A source of several facts is named once, and an undated one as undated."""
    assert said("!disputed", reader).sources == (
        "The Meadow Gazette, 10 March 2031 (over a year old)",
        "The Almanac, undated",
    )
    assert len(said("!stillatauroch", reader).sources) == 1


@pytest.mark.parametrize(
    ("day", "old"),
    [
        (date(2030, 1, 1), "less than a month"),
        (date(2031, 3, 10), "less than a month"),
        (date(2031, 4, 9), "less than a month"),
        (date(2031, 4, 10), "over a month"),
        (date(2032, 3, 9), "over eleven months"),
        (date(2032, 3, 10), "over a year"),
        (date(2033, 5, 10), "over two years"),
    ],
)
def test_a_citation_tells_the_age_of_its_source(herd: Book, day: date, old: str) -> None:
    """The age is told in whole months of the first year, then in years, and as what has passed; a source of a day to come has none yet."""
    assert cite(herd.sources["gazette"], day) == f"The Meadow Gazette, 10 March 2031 ({old} old)"


def test_an_undated_source_has_no_age(herd: Book) -> None:
    """Where no date is stated, none is made up."""
    assert cite(herd.sources["almanac"], DAY) == "The Almanac, undated"


def test_today_is_the_day_in_utc() -> None:
    """Everybody is told the same age, wherever the bot runs."""
    before = datetime.now(UTC).date()
    assert before <= today() <= datetime.now(UTC).date()


def test_plain_text_has_every_part_in_order() -> None:
    """Who was understood, the answer, sections, notes and sources, without markup."""
    whole = Reply(
        Status.ANSWERED,
        "The `answer`.",
        (Section("", ("one", "two")), Section("Title", ("three",))),
        ("A note on `code`.", "Another."),
        ("lcu → Luc",),
        ("A source", "B source"),
        "abcdef0",
    )
    assert plain(whole).splitlines() == [
        "lcu → Luc",
        "The answer.",
        "- one",
        "- two",
        "",
        "Title",
        "- three",
        "",
        "A note on code.",
        "Another.",
        "",
        "Source: A source",
        "Source: B source",
    ]


def test_plain_text_of_a_bare_answer() -> None:
    """Where there is nothing but the answer, nothing else is said."""
    assert (
        plain(Reply(Status.NOT_IN_BOOK, "The book has no person called “x”.")) == "The book has no person called “x”."
    )


@pytest.mark.parametrize("message", ["!left 2029", "!about great bell", "!evidence jo ng", "!help", "!sources"])
def test_plain_text_leaves_nothing_out(reader: Reader, message: str) -> None:
    """Every line of a reply is in its plain text."""
    whole = said(message, reader)
    text = plain(whole)
    lines = [line for section in whole.sections for line in (section.title, *section.lines)]
    for part in (whole.text, *lines, *whole.notes, *whole.sources):
        assert part.replace("`", "") in text
