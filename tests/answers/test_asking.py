"""Answers that ask back, help, and the seven kinds of answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot.answers import answer
from bot.answers.model import Choice, Status
from bot.questions.commands import COMMANDS
from bot.questions.model import About, At, Left, Sources, Where, WhichOne, Who
from tests.asking import ask, edited, lines

if TYPE_CHECKING:
    from pathlib import Path

    from bot.facts.book import Book
    from bot.questions.reader import Reader

QUILLS = "Which one do you mean: Ada Quill or Bram Quill?"
NO_SMITH = "The book has no {} called “smith”."
NAMELESS = "I do not understand that: whom or what do you mean?"

KINDS = {
    ("where", Status.ANSWERED): ("ada", "As of 10 March 2031, Ada Quill is still at Auroch Works, as bell founder."),
    ("where", Status.NOT_STATED): ("ng", "The sources do not say where Jo Ng is now."),
    ("where", Status.WHICH_ONE): ("quill", QUILLS),
    ("where", Status.NOT_IN_BOOK): ("smith", NO_SMITH.format("person")),
    ("where", Status.NOT_UNDERSTOOD): ("byre", "I understood Byre and Sons."),
    ("who", Status.ANSWERED): ("luc", "As of 10 March 2031, Žofie Łuc is at Byre and Sons, as master founder."),
    ("who", Status.WHICH_ONE): ("the quill", QUILLS),
    ("who", Status.NOT_IN_BOOK): ("smith", NO_SMITH.format("person")),
    ("who", Status.NOT_UNDERSTOOD): ("", NAMELESS),
    ("when", Status.ANSWERED): ("luc", "Žofie Łuc left Auroch Works in June 2029."),
    ("when", Status.NOT_STATED): ("vale", "The sources do not say whether Tomas Vale left Auroch Works, or when."),
    ("when", Status.WHICH_ONE): ("quill", QUILLS),
    ("when", Status.NOT_IN_BOOK): ("smith", NO_SMITH.format("person")),
    ("when", Status.NOT_UNDERSTOOD): ("great bell", "I understood Great Bell."),
    ("tenure", Status.ANSWERED): ("", "On average 3 years, 1 month at Auroch Works; the median is 3 years."),
    ("tenure", Status.NOT_STATED): ("ada", "The sources do not say how long Ada Quill has been at Auroch Works."),
    ("tenure", Status.WHICH_ONE): ("quill", QUILLS),
    ("tenure", Status.NOT_IN_BOOK): ("smith", NO_SMITH.format("person")),
    ("tenure", Status.NOT_UNDERSTOOD): ("please", "I know nothing about “please”."),
    ("stillat", Status.ANSWERED): ("", "As of 10 March 2031, 2 of 5 smiths are still at Auroch Works."),
    ("stillat", Status.NOT_STATED): ("2040", "The sources say nothing about 2040: the newest of them is of 10 March 2031."),
    ("stillat", Status.CANNOT_TELL): ("1500", "It cannot be told whether anybody was at Auroch Works in 1500."),
    ("stillat", Status.WHICH_ONE): ("quill 2029", QUILLS),
    ("stillat", Status.NOT_IN_BOOK): ("smith 2029", NO_SMITH.format("person")),
    ("stillat", Status.NOT_UNDERSTOOD): ("hayloft", "I understood Hayloft."),
    ("left", Status.ANSWERED): ("2029", "2 of 5 smiths left Auroch Works in 2029."),
    ("left", Status.NOT_STATED): ("2040", "The sources say nothing about 2040: the newest of them is of 10 March 2031."),
    ("left", Status.CANNOT_TELL): ("july 2029", "It cannot be told who left Auroch Works in July 2029."),
    ("left", Status.WHICH_ONE): ("to auro", "Did you mean Auroch Works?"),
    ("left", Status.NOT_IN_BOOK): ("to smith", NO_SMITH.format("organisation")),
    ("left", Status.NOT_UNDERSTOOD): ("early", "I know nothing about “early”."),
    ("at", Status.ANSWERED): ("byre", "As of 10 March 2031, the book has 2 people at Byre and Sons."),
    ("at", Status.NOT_STATED): ("hayloft", "The book names nobody at Hayloft."),
    ("at", Status.WHICH_ONE): ("auro", "Did you mean Auroch Works?"),
    ("at", Status.NOT_IN_BOOK): ("smith", NO_SMITH.format("organisation")),
    ("at", Status.NOT_UNDERSTOOD): ("ada quill", "I understood Ada Quill."),
    ("timeline", Status.ANSWERED): ("clapper shed", "As of 10 March 2031, 1 of 5 smiths is at The Clapper Shed."),
    ("timeline", Status.WHICH_ONE): ("auro", "Did you mean Auroch Works?"),
    ("timeline", Status.NOT_IN_BOOK): ("smith", NO_SMITH.format("organisation")),
    ("timeline", Status.NOT_UNDERSTOOD): ("ada quill", "I understood Ada Quill."),
    ("flow", Status.ANSWERED): ("", "As of 10 March 2031, those who left Auroch Works are at 1 organisation."),
    ("flow", Status.NOT_UNDERSTOOD): ("bell", "I know nothing about “bell”."),
    ("about", Status.ANSWERED): ("little bell", "Little Bell: A bell that came late."),
    ("about", Status.NOT_STATED): ("silent bell", "The sources name Silent Bell and say nothing more about it."),
    ("about", Status.DISPUTED): ("great bell", "The sources disagree about Great Bell."),
    ("about", Status.WHICH_ONE): ("bell", "Which one do you mean: Great Bell, Little Bell or Silent Bell?"),
    ("about", Status.NOT_IN_BOOK): ("smith", NO_SMITH.format("topic, organisation or person")),
    ("about", Status.NOT_UNDERSTOOD): ("the almanac", "I understood The Almanac."),
    ("ask", Status.ANSWERED): ("where is luc", "As of 10 March 2031, Žofie Łuc is at Byre and Sons, as master founder."),
    ("ask", Status.NOT_STATED): ("what day did luc leave", "The sources do not say on which day Žofie Łuc left Auroch Works: no more than June 2029 is given."),
    ("ask", Status.CANNOT_TELL): ("who left in july 2029", "It cannot be told who left Auroch Works in July 2029."),
    ("ask", Status.DISPUTED): ("about great bell", "The sources disagree about Great Bell."),
    ("ask", Status.WHICH_ONE): ("where is quill", QUILLS),
    ("ask", Status.NOT_UNDERSTOOD): ("fnord", "I know nothing about “fnord”."),
    ("ask", Status.SMALL_TALK): ("hello", "Hello! Ask me “where is Quill?”."),
    ("audit", Status.NOT_STATED): ("", "No claim in the book can be checked by computing."),
    ("audit", Status.NOT_UNDERSTOOD): ("luc", "I know nothing about “luc”."),
    ("disputed", Status.DISPUTED): ("", "The sources disagree in 1 place."),
    ("disputed", Status.NOT_UNDERSTOOD): ("bell", "I know nothing about “bell”."),
    ("sources", Status.ANSWERED): ("", "This book was made from 2 sources."),
    ("sources", Status.WHICH_ONE): ("alm", "Did you mean The Almanac?"),
    ("sources", Status.NOT_IN_BOOK): ("smith", NO_SMITH.format("source")),
    ("sources", Status.NOT_UNDERSTOOD): ("byre", "I understood Byre and Sons."),
    ("evidence", Status.ANSWERED): ("vale", "The book has 1 fact about Tomas Vale, read here:"),
    ("evidence", Status.NOT_STATED): ("silent bell", "The sources name Silent Bell and say nothing more about it."),
    ("evidence", Status.WHICH_ONE): ("quill", QUILLS),
    ("evidence", Status.NOT_IN_BOOK): ("smith", NO_SMITH.format("topic, organisation or person")),
    ("evidence", Status.NOT_UNDERSTOOD): ("", NAMELESS),
    ("help", Status.ANSWERED): ("", "You can ask me this; slash commands and mentions work too."),
    ("help", Status.NOT_UNDERSTOOD): ("fnord", "I know nothing about “fnord”."),
}  # fmt: skip
"""Every command and every kind of answer that it can have: the words behind it, and the sentence that answers."""

OPENINGS = {
    Status.NOT_STATED: r"The sources (do not say|say nothing|name .* and say nothing more)|The book names nobody|No claim in the book",
    Status.CANNOT_TELL: r"The dates are not precise enough to tell|It cannot be told",
    Status.DISPUTED: r"The sources disagree",
    Status.WHICH_ONE: r"Which one do you mean: .*\?|Did you mean .*\?",
    Status.NOT_IN_BOOK: r"The book has no ",
    Status.SMALL_TALK: r"Hello!",
    Status.NOT_UNDERSTOOD: r"I understood |I know nothing about |I do not understand that: ",
}
"""How each kind of answer begins, but for the plain one, which begins with the fact."""


@pytest.mark.parametrize(("case", "expected"), KINDS.items(), ids=map(" ".join, KINDS))
def test_each_command_has_each_kind_of_answer(
    reader: Reader, case: tuple[str, Status], expected: tuple[str, str]
) -> None:
    """Each kind of answer that a command can have is given where it is due, and begins as its kind does."""
    (command, status), (words, text) = case, expected
    name = next(name for name, known in reader.commands.items() if known.name == command)
    found = ask(f"!{name} {words}", reader)
    assert (found.status, found.text) == (status, text)
    like = {kind for kind, opening in OPENINGS.items() if re.match(opening, text)}
    assert like == {status} - {Status.ANSWERED}


def test_every_command_is_in_the_table() -> None:
    """No command and no kind of answer goes untested."""
    assert {command for command, _ in KINDS} == {command.name for command in COMMANDS}
    assert {status for _, status in KINDS} == set(Status)
    for command in COMMANDS:
        takes_a_name = (
            {Status.WHICH_ONE, Status.NOT_IN_BOOK} if command.usage and command.name not in {"help", "ask"} else set()
        )
        assert takes_a_name | {Status.NOT_UNDERSTOOD} <= {status for name, status in KINDS if name == command.name}


def test_the_answers_that_need_another_book(folder: Path) -> None:
    """A book may have no dispute, and somebody of whom it says nothing."""
    book = edited(folder, ("    disputes: [iron]\n", ""), ("people:\n", "people:\n  eve-mute:\n    name: Eve Mute\n"))
    assert ask("!disputed", book).status is Status.ANSWERED
    assert ask("!who eve mute", book).status is Status.NOT_STATED


def test_several_are_offered_as_buttons(reader: Reader) -> None:
    """Each of several who fit is a button with their name, which carries the whole question."""
    found = ask("!where quill", reader)
    assert found.choices == (Choice("Ada Quill", Where("ada-quill")), Choice("Bram Quill", Where("bram-quill")))
    assert (found.sections, found.notes, found.evidence) == ((), (), ())


def test_one_who_perhaps_fits_is_asked_about(reader: Reader) -> None:
    """A single guess is a question too, and no choice among one."""
    found = ask("!where brem", reader)
    assert (found.status, found.text) == (Status.WHICH_ONE, "Did you mean Bram Quill?")
    assert found.choices == (Choice("Bram Quill", Where("bram-quill")),)


def test_who_looks_near_is_a_question_and_no_answer(reader: Reader) -> None:
    """Of somebody who is not in the book, near names are offered, and nothing is said of them."""
    found = ask("!where tomas valerian", reader)
    assert (found.status, found.text) == (Status.NOT_IN_BOOK, "The book has no person called “tomas valerian”.")
    assert found.notes == ("Did you mean Tomas Vale?",)
    assert found.choices == (Choice("Tomas Vale", Where("tomas-vale")),)
    assert found.sections == ()


def test_nobody_near_nothing_offered(reader: Reader) -> None:
    """Without a near name there is no question back."""
    found = ask("!where smith", reader)
    assert (found.notes, found.choices) == ((), ())


@pytest.mark.parametrize(
    ("typed", "name"),
    [("!where **smith**", "“smith”"), ("!where @everyone", "“everyone”"), ("!at `x` <@1> [a](b)", "“x a b”")],
)
def test_what_was_typed_comes_back_harmless(reader: Reader, typed: str, name: str) -> None:
    """Nothing of what was typed formats, pings or links in the answer."""
    assert ask(typed, reader).text.endswith(f" called {name}.")


@pytest.mark.parametrize(
    ("typed", "text", "notes"),
    [
        ("!where", NAMELESS, ("Write it as `!where <person>`, for example `!where Quill`.",)),
        (
            "!where byre",
            "I understood Byre and Sons.",
            (
                "`!where` takes a person, and Byre and Sons is an organisation.",
                "Did you mean who is at Byre and Sons or what is said about Byre and Sons?",
            ),
        ),
        (
            "luc or fnord",
            "I understood Žofie Łuc; I know nothing about “fnord”.",
            ("`!help` lists what can be asked.", "Did you mean everything about Žofie Łuc?"),
        ),
        ("!wher luc", "I know nothing about “wher”.", ("Did you mean `!where`?",)),
    ],
)
def test_says_what_was_understood_and_how_to_ask(reader: Reader, typed: str, text: str, notes: tuple[str, ...]) -> None:
    """What was understood, what was not, and what may have been meant, in this order."""
    found = ask(typed, reader)
    assert (found.status, found.text, found.notes) == (Status.NOT_UNDERSTOOD, text, notes)


def test_other_questions_are_offered_in_words(reader: Reader) -> None:
    """A button for another kind of question says what it asks."""
    assert [(choice.label, choice.question) for choice in ask("!where byre", reader).choices] == [
        ("who is at Byre and Sons", At("byre")),
        ("what is said about Byre and Sons", About("byre")),
    ]
    assert ask("!left byre", reader).choices == (
        Choice("who left Auroch Works and is at Byre and Sons", Left(to="byre")),
    )
    assert ask("!at luc", reader).choices == (Choice("everything about Žofie Łuc", Who("zofie-luc")),)


def test_one_source_is_offered_by_its_name(reader: Reader) -> None:
    assert ask("!at the almanac", reader).choices == (Choice("The Almanac", Sources("almanac")),)


def test_every_choice_is_answered(reader: Reader) -> None:
    """What a button carries can be answered, and asks back no more."""
    for message in ("!where quill", "!about bell", "!left byre", "!where byre", "!at luc", "luc ada quill fnord"):
        for choice in ask(message, reader).choices:
            assert not isinstance(choice.question, WhichOne)
            assert answer(choice.question, reader.book).status not in {Status.NOT_IN_BOOK, Status.NOT_UNDERSTOOD}


def test_help_lists_the_commands_in_their_groups(reader: Reader) -> None:
    """Each command stands once, under its group, with an example and what it does."""
    found = ask("!help", reader)
    assert [section.title for section in found.sections] == [
        "In plain words",
        "People",
        "Who is where",
        "What is said",
        "Where it is from",
    ]
    assert sum(len(section.lines) for section in found.sections) == len(COMMANDS)
    assert "`!left 2023 to Byre and Sons` – who left, when, in order" in lines(found, "Who is where")


def test_help_with_one_command(reader: Reader) -> None:
    """One command's help is its usage and an example."""
    found = ask("!help left", reader)
    assert found.status is Status.ANSWERED
    assert found.text == "`!left [year or month] [to <organisation>]`: Who left, when, in order."
    assert found.notes == ("For example `!left 2023 to Byre and Sons`",)


def test_an_unknown_person_of_the_shipped_book(shipped: Book) -> None:
    """Somebody whom no source names is not in the book."""
    found = ask("!who Zuckerberg", shipped)
    assert (found.status, found.text) == (Status.NOT_IN_BOOK, "The book has no person called “Zuckerberg”.")
