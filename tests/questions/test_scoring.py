"""The scorer of the project's own questions: what it takes for said, and above all what it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.answers.model import Status
from tests.questions.scoring import Said, Scorer

if TYPE_CHECKING:
    from bot.facts.book import Book
    from tests.questions.scoring import Check


@pytest.fixture(scope="module")
def scorer(shipped: Book) -> Scorer:
    """Of the book that the bot comes with."""
    return Scorer(shipped)


@pytest.mark.parametrize(
    ("check", "reply"),
    [
        ("open source", "Llama is **open-source**."),
        ("marie anne", "Marie‐Anne Lachaux"),
        ({"p": "roziere"}, "It is ROZIÈRE."),
        ({"num": 11}, "Eleven of them left."),
        ({"num": 0}, "Nobody left then."),
        ({"date": "2023-06"}, "in June 2023"),
        ({"date": "2023-06"}, "on 3rd of June, 2023"),
        ({"date": "2023-06"}, "since Jun. 2023"),
        ({"date": "2023-06"}, "on 2023-06-03"),
        ({"date": "2023-06"}, "06/2023"),
        ({"date": "2023"}, "in June 2023"),
        ({"date": "2023-06-03"}, "on June 3, 2023"),
        ({"dur": "P6Y7M"}, "6 years, 7 months"),
        ({"dur": "P6Y7M"}, "six years and seven months"),
        ({"dur": "P6Y7M"}, "6y 7m"),
        ({"dur": "P6Y7M"}, "79 months"),
        ({"dur": "P6Y7M"}, "P6Y7M"),
        ({"dur": "P5Y"}, "for 5 years."),
        ({"any": ["here", "there"]}, "It is there."),
        ({"all": ["here", "there"]}, "Here and there."),
        ({"re": "^(?:yes|no)"}, "No: she left."),
        ({"raw": "@here"}, "@here"),
        ({"yes": True}, "Yes: he is."),
        ({"no": True}, "He isn’t."),
        ({"silent": True}, "The sources do not say where he is."),
        ({"silent": True}, "I do not understand “salary”."),
        ({"decline": True}, "!help lists what can be asked."),
        ({"hardfact": True}, "He is a Distinguished Scientist there."),
        ({"hardfact": True}, "He left in early 2023."),
        ({"hardfact": True}, "after 8 years, 5 months"),
        ({"people_max": 1}, "Goyal, and nobody else"),
    ],
)
def test_a_reply_that_says_it_passes(check: Check, reply: str, scorer: Scorer) -> None:
    assert scorer.holds(check, Said(reply))


@pytest.mark.parametrize(
    ("check", "reply"),
    [
        ("open source", "Llama is open-sourced."),
        ({"p": "grave"}, "The matter is graver."),
        ({"num": 1}, "11 left"),
        ({"num": 5}, "for 5 years"),
        ({"num": 5}, "5.5 or 1,5 or 2023-5"),
        ({"num": 0}, "10 left"),
        ({"date": "2023-06"}, "in June 2024, and in May 2023"),
        ({"date": "2023-06"}, "in 2023"),
        ({"date": "2023-03"}, "the market 2023"),
        ({"dur": "P6Y7M"}, "6 years, 8 months"),
        ({"dur": "P5Y"}, "5 years, 1 month"),
        ({"any": ["here", "there"]}, "nowhere"),
        ({"all": ["here", "there"]}, "only here"),
        ({"re": "^yes"}, "No: yes would be wrong."),
        ({"raw": "@here"}, "@ here"),
        ({"yes": True}, "No."),
        ({"no": True}, "Yes: he is there."),
        ({"silent": True}, "He is at Mistral, as AI Scientist."),
        ({"decline": True}, "He is at Mistral, as AI Scientist."),
        ({"hardfact": True}, "I understood Armand Joulin; I do not understand “salary”."),
        ({"people_max": 1}, "Goyal and Grave"),
    ],
)
def test_a_reply_that_does_not_say_it_fails(check: Check, reply: str, scorer: Scorer) -> None:
    assert not scorer.holds(check, Said(reply))


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (Status.ANSWERED, True),
        (Status.DISPUTED, True),
        (Status.NOT_STATED, False),
        (Status.CANNOT_TELL, False),
        (Status.NOT_UNDERSTOOD, False),
    ],
)
def test_whether_something_is_told_is_read_from_the_status(status: Status, told: bool, scorer: Scorer) -> None:  # noqa: FBT001 - a table of two
    assert scorer.holds({"told": True}, Said("Role not stated.", status)) is told


def test_every_fault_is_named(scorer: Scorer) -> None:
    said = Said("Hugo Touvron is at Mistral.")
    assert scorer.faults(["at Mistral"], [{"p": "grave"}], said) == []
    assert scorer.faults(["at Meta"], ["Mistral"], said) == ["does not say at Meta", "says Mistral"]


@pytest.mark.parametrize("check", [{"p": "nobody-of-this-name"}, {"maybe": True}])
def test_a_check_that_nothing_can_pass_is_an_error(check: Check, scorer: Scorer) -> None:
    with pytest.raises(KeyError):
        scorer.holds(check, Said("anything"))
