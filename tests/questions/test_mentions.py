"""Who is named in a text that asks nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import answer
from bot.answers.mentions import MOST_CARDS
from bot.answers.model import Status
from bot.questions.model import Mentioned

if TYPE_CHECKING:
    from bot.questions.reader import Reader


def named(text: str, reader: Reader) -> tuple[str, ...]:
    """The identifiers of those who are named in a text."""
    question = reader.mentioned(text).question
    assert isinstance(question, Mentioned)
    return question.entities


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("Guillaume Lample left Meta for Mistral.", ("guillaume-lample", "meta", "mistral")),
        ("Hambro’s team (with Rozière) met TOUVRON", ("eric-hambro", "baptiste-roziere", "hugo-touvron")),
        ("went to cohere, like lample", ("cohere", "guillaume-lample")),
        ("lampel and lacroiks are at mistrl", ("guillaume-lample", "timothee-lacroix", "mistral")),
        ("armnad jouin too", ("armand-joulin",)),
        ("He asked Grave about FAIR", ("edouard-grave", "fair")),
        ("Mistral and Armand Joulin", ("armand-joulin", "mistral")),
        ("jouin wrote to Lample", ("guillaume-lample", "armand-joulin")),
    ],
)
def test_who_is_named_as_written_or_with_slips(text: str, entities: tuple[str, ...], shipped_reader: Reader) -> None:
    """People and organisations are found however they are written, whole names first and slips last."""
    assert named(text, shipped_reader) == entities


@pytest.mark.parametrize(
    "text",
    [
        "that was a grave mistake, will you fix it? fair enough",
        "Grave concerns were raised. Fair point. Meta question!",
        "THAT IS A FAIR POINT AND A GRAVE ONE",
        "just google it: Google said no",
        "the lama is ok, and so are the palms",
        "Hugo said hi to Marie and Tim",
        "Eric Smith and Robert Jones met a Frenchman",
        "https://example.org/lample <@123456789012345678> <:lample:123456789012345678>",
        "",
    ],
)
def test_common_words_and_first_names_name_nobody(text: str, shipped_reader: Reader) -> None:
    """A word of the language is no name, unless it is written as one; nor is a first name that anybody may have."""
    assert named(text, shipped_reader) == ()


def test_those_who_share_a_name_are_both_told(reader: Reader) -> None:
    """Whoever may be meant is told, since nothing is asked that could be answered wrongly."""
    assert set(named("ask qiull about it", reader)) >= {"ada-quill", "bram-quill"}


def test_a_card_tells_where_somebody_is_and_who_is_at_an_organisation(reader: Reader) -> None:
    """Each card stands under its name."""
    found = answer(reader.mentioned("Žofie Łuc went to Byre and Sons").question, reader.book)
    assert found.status is Status.ANSWERED
    assert found.text == "Named here: Žofie Łuc and Byre and Sons."
    assert [part.title for part in found.sections] == ["Žofie Łuc", "Byre and Sons"]
    assert "Left Auroch Works in June 2029 after 4 years, 2 months." in found.sections[0].lines
    assert "Žofie Łuc, master founder" in found.sections[1].lines
    assert found.evidence


def test_at_most_five_cards(shipped_reader: Reader) -> None:
    """More than a person reads are only named."""
    text = "Lample, Lacroix, Hambro, Joulin, Izacard, Lavril and Touvron"
    found = answer(shipped_reader.mentioned(text).question, shipped_reader.book)
    assert len(found.sections) == MOST_CARDS
    assert found.notes == ("Named too: Thibaut Lavril and Hugo Touvron.",)


def test_nobody_is_named(reader: Reader) -> None:
    """That nobody is named is said, and nothing is asserted."""
    found = answer(reader.mentioned("nothing here").question, reader.book)
    assert (found.status, found.sections, found.evidence) == (Status.NOT_IN_BOOK, (), ())


@given(st.text(max_size=300))
def test_any_text_can_be_read(reader: Reader, text: str) -> None:
    """Whatever a message holds, it is answered."""
    question = reader.mentioned(text).question
    assert set(named(text, reader)) <= reader.book.entities.keys()
    assert answer(question, reader.book).text
