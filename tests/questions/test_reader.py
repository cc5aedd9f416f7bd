"""Words -> a question."""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.facts.dates import Date, Span
from bot.questions.bounds import LONGEST, TOO_LONG
from bot.questions.commands import COMMANDS
from bot.questions.model import (
    About,
    At,
    Disputed,
    EvidenceFor,
    Help,
    Left,
    Manual,
    NotInBook,
    NotUnderstood,
    Question,
    Several,
    Sources,
    StillAt,
    Tenure,
    When,
    Where,
    WhichOne,
    Who,
    subject,
)
from bot.questions.packing import pack, unpack
from bot.questions.periods import Period
from bot.questions.reader import Reader, Reading

if TYPE_CHECKING:
    from bot.facts.book import Book

JUNE = Period.of(Date.parse("2029-06"))
YEAR = Period.of(Date.parse("2029"))


def read(text: str, reader: Reader) -> Question | None:
    """The question that a message is read as."""
    reading = reader.message(text)
    return reading.question if reading else None


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("!where ada quill", Where("ada-quill")),
        ("!who ada quill", Who("ada-quill")),
        ("!when ada quill", When("ada-quill")),
        ("!tenure ada quill", Tenure("ada-quill")),
        ("!tenure", Tenure()),
        ("!stillatauroch", StillAt()),
        ("!stillatauroch luc", StillAt("zofie-luc")),
        ("!stillatauroch 2029", StillAt(None, YEAR)),
        ("!stillatauroch luc june 2029", StillAt("zofie-luc", JUNE)),
        ("!stillatauroch 2029-06 luc", StillAt("zofie-luc", JUNE)),
        ("!stillatauroch in june 2029", StillAt(None, JUNE)),
        ("!left", Left()),
        ("!left 2029", Left(YEAR)),
        ("!left in june 2029", Left(JUNE)),
        ("!left to byre", Left(None, "byre")),
        ("!left 2029 to byre", Left(YEAR, "byre")),
        ("!left to byre in 2029", Left(YEAR, "byre")),
        ("!at byre", At("byre")),
        ("!about great bell", About("great-bell")),
        ("!about byre", About("byre")),
        ("!about luc", About("zofie-luc")),
        ("!disputed", Disputed()),
        ("!sources", Sources()),
        ("!sources the almanac", Sources("almanac")),
        ("!evidence luc", EvidenceFor("zofie-luc")),
        ("!evidence little bell", EvidenceFor("little-bell")),
        ("!left 2029?!", Left(YEAR)),
        ("!left early 2029", Left(Period(Date.parse("2029-01/2029-04").span, "in early 2029"))),
        ("!left before 2029", Left(Period(Span(date.min, date(2028, 12, 31)), "before 2029"))),
        (
            "!stillatauroch luc before june 2029",
            StillAt("zofie-luc", Period(Span(date.min, date(2029, 5, 31)), "before June 2029")),
        ),
        ("!tenure ?", Tenure()),
        ("!disputed ?", Disputed()),
    ],
)
def test_reads_each_command(reader: Reader, typed: str, question: Question) -> None:
    """Behind the prefix, a command's words name whom, what and when it is about."""
    assert read(typed, reader) == question


@pytest.mark.parametrize(
    "typed",
    [
        "!where luc",
        "  !where luc  ",
        "! where luc",
        "!WHERE LUC",
        "!where\nluc",
        "!where\tluc",
        "!where  Łuc,  now please",
        '!where "luc"',
        "!where zofie-luc",
        "!where <@123> luc",
        "where luc",
        "Where is Luc?",
        "where\nis luc",
    ],
)
def test_layout_and_small_words_make_no_difference(reader: Reader, typed: str) -> None:
    """Spaces, line breaks, case, quotes and the words around a name change nothing, nor does a missing prefix."""
    assert read(typed, reader) == Where("zofie-luc")


@pytest.mark.parametrize("typed", ["", "  ", "!", "! ", "!!!", "?", "!fnord", "!hire me", "!a", "!\n", "...", "<@123>"])
def test_keeps_silent_where_nothing_is_said_to_it(reader: Reader, typed: str) -> None:
    """No words at all, and words behind the prefix that are no command, may be meant for another bot."""
    assert reader.message(typed) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("wher", "where"), ("hwere", "where"), ("wheree", "where"), ("LEFTT", "left"), ("hlep", "help")],
)
def test_a_command_mistyped_by_a_letter_is_suggested(reader: Reader, typed: str, meant: str) -> None:
    """A slip in a command's name is answered by a suggestion, and not obeyed."""
    question = read(f"!{typed} luc", reader)
    assert isinstance(question, NotUnderstood)
    assert question.hint == f"Did you mean `!{meant}`?"
    assert question.leftover == typed


@pytest.mark.parametrize("name", ["att", "ta", "a", "", "whereabouts", "wheer es"])
def test_no_suggestion_where_any_word_would_do(reader: Reader, name: str) -> None:
    """Short names are too like other words, and two slips make another word."""
    assert reader.suggest(name) is None


@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        ("!where quill", (Where("ada-quill"), Where("bram-quill"))),
        ("!stillatauroch quill 2029", (StillAt("ada-quill", YEAR), StillAt("bram-quill", YEAR))),
        ("!left 2029 to auro", (Left(YEAR, "auroch"),)),
        ("!about bell", (About("great-bell"), About("little-bell"), About("silent-bell"))),
        ("!sources alm", (Sources("almanac"),)),
    ],
)
def test_each_choice_is_the_whole_question(reader: Reader, typed: str, choices: tuple[Question, ...]) -> None:
    """Where several fit, each choice asks all that was asked, of one of them."""
    assert read(typed, reader) == WhichOne(choices)


@pytest.mark.parametrize("command", ["where", "who", "when", "tenure", "stillatauroch", "evidence", "about"])
def test_a_shared_alias_is_never_one_of_the_two(reader: Reader, command: str) -> None:
    """A name that two people have is asked about, however it is used."""
    question = read(f"!{command} the quill", reader)
    assert isinstance(question, WhichOne)
    assert [subject(choice) for choice in question.choices] == ["ada-quill", "bram-quill"]


@pytest.mark.parametrize("typed", ["the quill", "quill", "what of the quill", "is the quill at byre"])
def test_a_plain_question_with_a_shared_name_is_about_neither(reader: Reader, typed: str) -> None:
    """Without a command, too, a shared name means nobody for certain."""
    question = read(typed, reader)
    assert isinstance(question, NotUnderstood | WhichOne)
    near = question.choices if isinstance(question, WhichOne) else question.near
    assert len({subject(one) for one in near} & {"ada-quill", "bram-quill"}) != 1


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("!where smith", NotInBook("smith", "person")),
        ("!where ada smith", NotInBook("ada smith", "person")),
        ("!at nowhere", NotInBook("nowhere", "organisation")),
        ("!at byer", NotInBook("byer", "organisation", (At("byre"),))),
        ("!left 2029 to byer", NotInBook("byer", "organisation", (Left(YEAR, "byre"),))),
        ("!stillatauroch fnord 2029", NotInBook("fnord", "person")),
        ("!about fnord", NotInBook("fnord", "topic, organisation or person")),
        ("!sources fnord", NotInBook("fnord", "source")),
        ("!evidence fnord", NotInBook("fnord", "topic, organisation or person")),
        ("!where **fnord** <@1>", NotInBook("fnord", "person")),
    ],
)
def test_who_is_not_in_the_book_is_not_guessed(reader: Reader, typed: str, question: NotInBook) -> None:
    """Who looks near is offered as a whole question, and what was typed is shown clean."""
    assert read(typed, reader) == question


@pytest.mark.parametrize(
    ("typed", "leftover", "hint"),
    [
        ("!where", "", "Write it as `!where <person>`, for example `!where Quill`."),
        ("!where him", "him", "Write it as `!where <person>`, for example `!where Quill`."),
        ("!tenure please", "please", "Write it as `!tenure [person]`, for example `!tenure Quill`."),
        ("!at ''", "", "Write it as `!at <organisation>`, for example `!at Byre and Sons`."),
        ("!about", "", "Write it as `!about <topic>`, for example `!about Great Bell`."),
        ("!sources please", "please", "Write it as `!sources [source]`, for example `!sources`."),
        ("!disputed bell", "bell", "Write it as `!disputed`."),
        ("!disputed great bell", "great bell", "Write it as `!disputed`."),
        ("!left early", "early", "Write it as `!left [year or month] [to <organisation>]`, for example `!left 2023 to Byre and Sons`."),
        ("!left 2029-13", "2029-13", "Write it as `!left [year or month] [to <organisation>]`, for example `!left 2023 to Byre and Sons`."),
        ("!left 2029 2030", "2030", "Write it as `!left [year or month] [to <organisation>]`, for example `!left 2023 to Byre and Sons`."),
        ("!help fnord", "fnord", "`!help` lists the commands."),
        ("fnord", "fnord", "`!help` lists what can be asked."),
    ],
)  # fmt: skip
def test_says_what_it_does_not_understand(reader: Reader, typed: str, leftover: str, hint: str) -> None:
    """Words that no part of the book explains are named, and how to ask is shown."""
    assert read(typed, reader) == NotUnderstood(leftover=leftover, hint=hint)


@pytest.mark.parametrize(
    ("typed", "understood", "hint", "near"),
    [
        ("!where byre", "Byre and Sons", "`!where` takes a person, and Byre and Sons is an organisation.", (At("byre"), About("byre"))),
        ("!stillatauroch byre", "Byre and Sons", "`!stillatauroch` takes a person, and Byre and Sons is an organisation.", (At("byre"), About("byre"))),
        ("!left to luc", "Žofie Łuc", "`!left` takes an organisation, and Žofie Łuc is a person.", (Who("zofie-luc"),)),
        ("!at great bell", "Great Bell", "`!at` takes an organisation, and Great Bell is a topic.", (About("great-bell"),)),
        ("!about the almanac", "The Almanac", "`!about` takes a topic, an organisation or a person, and The Almanac is a source.", (Sources("almanac"),)),
        ("!sources luc", "Žofie Łuc", "`!sources` takes a source, and Žofie Łuc is a person.", (Who("zofie-luc"),)),
    ],
)  # fmt: skip
def test_a_name_of_the_wrong_kind_is_told(
    reader: Reader, typed: str, understood: str, hint: str, near: tuple[Question, ...]
) -> None:
    """A name that fits no such question is understood, and what can be asked of it is offered."""
    assert read(typed, reader) == NotUnderstood((understood,), hint=hint, near=near)


def test_a_place_without_to_is_offered_and_not_assumed(reader: Reader) -> None:
    """`!left Byre` may mean from there or to there."""
    question = read("!left 2029 byre", reader)
    assert isinstance(question, NotUnderstood)
    assert question.leftover == "byre"
    assert question.near == (Left(YEAR, "byre"),)


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("Luc", Who("zofie-luc")),
        ("ada quill?", Who("ada-quill")),
        ("tell me about great bell please", About("great-bell")),
        ("Byre and Sons", About("byre")),
        ("the almanac", Sources("almanac")),
        ("who is žofie łuc", Who("zofie-luc")),
        ("when did luc go", When("zofie-luc")),
        ("luc and ada quill", Several((Who("zofie-luc"), Who("ada-quill")))),
        ("luc fnord", NotUnderstood(("Žofie Łuc",), "fnord", "`!help` lists what can be asked.", (Who("zofie-luc"),))),
    ],
)  # fmt: skip
def test_a_name_alone_asks_for_all_about_it(reader: Reader, typed: str, question: Question) -> None:
    """Without a command a name asks for its card; a word too many, and it is only offered."""
    assert read(typed, reader) == question


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("!where luc", ""),
        ("!where ZOFIE LUC", ""),
        ("!where zofei luc", "zofei luc → Žofie Łuc (spelling)"),
        ("!where J Ng", "J Ng → Jo Ng (initial)"),
        ("!where tomas vale smith", "tomas vale smith → Tomas Vale (without “smith”)"),
        ("!left to haylotf", "haylotf → Hayloft (spelling)"),
        ("!where quill", ""),
    ],
)
def test_says_who_was_understood(reader: Reader, typed: str, understood: str) -> None:
    """A name that was not typed as it is written is shown beside who was meant by it, and by what they met."""
    reading = reader.message(typed)
    assert reading is not None
    assert reading.understood == understood


def test_help_lists_every_command_by_its_name_here(reader: Reader) -> None:
    """Each command has its manual, with this book's names in it."""
    question = read("!help", reader)
    assert isinstance(question, Help)
    assert [manual.usage.split()[0] for manual in question.manuals] == [f"!{name}" for name in reader.commands]
    assert len(reader.commands) == len(COMMANDS) == 16
    assert not any(
        "{" in text for manual in question.manuals for text in (manual.usage, manual.summary, manual.example)
    )


@pytest.mark.parametrize("typed", ["!help left", "!help !left", "!help LEFT", "!help letf", "help left"])
def test_help_with_one_command(reader: Reader, typed: str) -> None:
    """A command's own manual comes by its name, with the prefix or without, and with a slip."""
    assert read(typed, reader) == Help(
        (
            Manual(
                "!left [year or month] [to <organisation>]",
                "Who left, when, in order",
                "!left 2023 to Byre and Sons",
                "Who is where",
            ),
        )
    )


def test_every_example_is_understood(shipped: Book) -> None:
    """What the bot gives as an example can be asked."""
    reader = Reader(shipped, "!")
    for name in reader.commands:
        question = read(reader.manual(name).example, reader)
        assert not isinstance(question, WhichOne | NotInBook | NotUnderstood | None), name


def test_the_prefix_is_the_readers(herd: Book) -> None:
    """Another prefix is read, and shown, in place of the usual one."""
    reader = Reader(herd, "hey ")
    assert read("hey where luc", reader) == Where("zofie-luc")
    assert reader.manual("disputed").usage == "hey disputed"
    assert isinstance(read("!fnord", reader), NotUnderstood)


def test_each_book_names_its_own_command(reader: Reader, shipped: Book) -> None:
    """The command whose name depends on the book is called as the book says, and no other way."""
    assert "stillatauroch" in reader.commands
    assert "stillatmeta" in Reader(shipped, "!").commands
    assert "stillat" not in reader.commands


@pytest.mark.parametrize(
    ("question", "entity"),
    [
        (StillAt("a"), "a"),
        (Left(to="b"), "b"),
        (Sources("c"), "c"),
        (Who("d"), "d"),
        (Tenure(), None),
        (Disputed(), None),
    ],
)
def test_a_question_knows_whom_it_is_about(question: Question, entity: str | None) -> None:
    """The one entity that a question names, if it names one."""
    assert subject(question) == entity


@settings(deadline=None)
@given(st.text())
def test_any_words_behind_a_command_are_read(reader: Reader, text: str) -> None:
    """Whatever is typed behind any command, some question comes of it."""
    for name in reader.commands:
        assert isinstance(reader.command(name, text), Reading)


@pytest.mark.parametrize(
    ("typed", "understood", "leftover"),
    [
        ("!stillatauroch luc before 2029-13", ("Žofie Łuc",), "before 2029 13"),
        ("!where luc number 5", ("Žofie Łuc",), "number 5"),
        ("!stillatauroch 2029-13", (), "2029-13"),
    ],
)
def test_figures_are_no_name(reader: Reader, typed: str, understood: tuple[str, ...], leftover: str) -> None:
    """Words with figures in them are not taken for somebody who is not in the book: what was understood is told."""
    question = read(typed, reader)
    assert isinstance(question, NotUnderstood)
    assert (question.understood, question.leftover) == (understood, leftover)


def test_an_identifier_is_a_name_in_any_case(reader: Reader) -> None:
    """What a slash command completes to is understood exactly, also when somebody types it."""
    for typed in ("!where bram-quill", "!where BRAM-QUILL"):
        reading = reader.message(typed)
        assert reading
        assert (reading.question, reading.understood) == (Where("bram-quill"), "")


@pytest.mark.parametrize(
    "typed",
    [
        "when did tomas vale get married",
        "where did tomas vale buy his car",
        "who is tomas vale dating",
        "tenure of tomas vale in prison",
    ],
)
def test_a_word_too_many_in_a_sentence_is_not_passed_over(reader: Reader, typed: str) -> None:
    """A sentence that begins like a command is not answered beside what it asks: the word too many is told."""
    question = read(typed, reader)
    assert isinstance(question, NotUnderstood)
    assert question.understood == ("Tomas Vale",)
    assert question.leftover
    assert read("where is tomas vale now", reader) == Where("tomas-vale")


@pytest.mark.parametrize(
    "typed", ["'2023" * 1200, "2023 and " * 700, "lample " * 900, "\n, " * 2000, "𝒻" * 6000, " x" * 3000]
)
def test_a_text_is_read_no_further_than_a_question_goes(reader: Reader, typed: str) -> None:
    """An option of a slash command takes 6,000 characters; reading them all would keep everybody else waiting."""
    for name in reader.commands:
        begun = time.process_time()
        assert reader.command(name, typed).question == reader.question(typed).question == TOO_LONG
        assert time.process_time() - begun < 0.05


@pytest.mark.parametrize("between", [" ", "\n", "\n ", "\t\n"])
def test_space_is_no_text(reader: Reader, between: str) -> None:
    """However much of it stands between words, they are read, and at once."""
    begun = time.process_time()
    assert reader.question(f"where is{between * 2000}jo ng").question in {Where("jo-ng"), Who("jo-ng")}
    assert time.process_time() - begun < 0.05


def test_a_question_that_is_as_long_as_it_may_be_is_read(reader: Reader) -> None:
    """What is counted are the characters without those between words that say nothing."""
    question = f"where is {'really ' * 50}" + " " * 400 + "jo ng"
    assert reader.question(question).question == Where("jo-ng")
    assert len(question) > LONGEST


@pytest.mark.parametrize(
    "typed", ["who stayed longer than 16699999999999 months", "who stayed longer than 100000 years"]
)
def test_a_number_that_counts_nothing_is_not_understood(reader: Reader, typed: str) -> None:
    """A number is read whole or not at all, and fits into a button."""
    assert isinstance(reader.question(typed).question, NotUnderstood)
    most = reader.question("who stayed longer than 99999 years").question
    assert unpack(pack(most)) == most
