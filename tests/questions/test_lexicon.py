"""Phrases and their meanings, and sentences cut into what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.names.folding import fold
from bot.questions.lexicon import Lexicon, Tag, numbers, phrases
from bot.questions.retrieval import ClaimIndex, Term, stems
from bot.questions.spans import Tagger
from bot.questions.stemming import stem

if TYPE_CHECKING:
    from bot.questions.reader import Reader

WORDS = Lexicon(
    {Tag.LEAVE: ["leave", "left", "walk out"], Tag.WHO: ["who", "who left"], Tag.FILLER: ["the", "a"], Tag.LONGER: ["longer"]}
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "end", "tags"),
    [
        ("who left", 2, (Tag.WHO,)),
        ("who walked", 1, (Tag.WHO,)),
        ("left", 1, (Tag.LEAVE,)),
        ("leaving", 1, (Tag.LEAVE,)),
        ("walking out", 2, (Tag.LEAVE,)),
        ("walk", 0, ()),
        ("longest", 0, ()),
        ("fnord", 0, ()),
    ],
)
def test_the_longest_phrase_is_taken_and_verbs_by_their_stems(text: str, end: int, tags: tuple[Tag, ...]) -> None:
    """The longest phrase wins; of verbs and nouns other forms are known, of other words only what is written."""
    assert WORDS.at(text.split(), 0) == (end, tags)


def test_words_are_explained_where_phrases_follow_on_each_other() -> None:
    assert WORDS.explains(["the", "who", "left"])
    assert not WORDS.explains(["the", "fnord"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("laeve", "leave"), ("leav", "leave"), ("lft", None), ("leave", None), ("house", None), ("leafs", None), ("xeavy", None)],
)  # fmt: skip
def test_one_slip_in_a_long_enough_word_is_forgiven(typed: str, meant: str | None) -> None:
    """A letter wrong, missing or swapped; no short word, no two slips, and no other word of the language."""
    assert WORDS.corrected(typed) == meant


def test_the_data_file_is_folded_and_of_known_tags() -> None:
    """Every phrase can be met: it is written as texts are folded, and its key is a tag."""
    for tag, found in phrases().items():
        assert tag in Tag
        assert not [text for text in found if fold(text).split() != text.split()], tag
        assert found, tag


def test_no_two_tags_are_the_same() -> None:
    """A word that nothing knows is no word of the lexicon."""
    assert list(Tag.__members__) == [tag.name for tag in Tag]


def test_numbers_are_words_in_their_order() -> None:
    assert [numbers()[word] for word in ("zero", "one", "fourteen", "twenty")] == [0, 1, 14, 20]


def test_stems_bring_forms_together() -> None:
    assert stem("delayed") == stem("delays") == stem("delaying") == stem("delay")
    assert stems("Delays, delayed!") == {stem("delay")}


# Spans


@pytest.fixture(scope="module")
def tagger(told: Reader) -> Tagger:
    """How the invented book's sentences are cut."""
    return Tagger(told.book, told.names)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("where is zofie luc", [("where", Tag.WHERE), ("is", Tag.FILLER), ("zofie luc", Tag.PERSON)]),
        ("the bell team", [("bell team", Tag.MEMBER)]),
        ("all five", [("all five", Tag.MEMBER)]),
        ("the three", [("the three", Tag.LEAVERS)]),
        ("in june 2029", [("in june 2029", Tag.PERIOD)]),
        ("before 2029, luc", [("before 2029", Tag.PERIOD), ("", Tag.BREAK), ("luc", Tag.PERSON)]),
        ("great bell", [("great bell", Tag.TOPIC)]),
        ("byre & hayloft", [("byre", Tag.ORGANISATION), ("and", Tag.AND), ("hayloft", Tag.ORGANISATION)]),
        ("tuners", [("tuners", Tag.TITLE)]),
        ("the almanac", [("the almanac", Tag.SOURCE_NAME)]),
        ("zofei luc", [("zofei luc", Tag.PERSON)]),
        ("lcu", [("lcu", Tag.PERSON)]),
        ("zfoie", [("zfoie", Tag.WORD)]),
        ("motorbike", [("motorbike", Tag.WORD)]),
        ("7", [("7", Tag.NUMBER)]),
        ("seven", [("seven", Tag.NUMBER)]),
    ],
)
def test_a_sentence_is_cut_into_what_it_means(tagger: Tagger, text: str, spans: list[tuple[str, Tag]]) -> None:
    """Names, times, phrases, roles and unknown words each are a span, with the likeliest meaning first."""
    found = [(span.text, span.meanings[0].tag) for span in tagger.spans(text)]
    assert [pair for pair in found if pair != ("the", Tag.FILLER)] == spans


def test_a_shared_name_is_both(tagger: Tagger) -> None:
    (span,) = tagger.spans("quill")
    assert {meaning.value for meaning in span.meanings} == {("ada-quill",), ("bram-quill",)}


@settings(deadline=None)
@given(st.lists(st.sampled_from(["who", "left", "luc", "motorbike", "byre", "bell", "great", "7", "june", "tuner", "quill"]), max_size=12))  # fmt: skip
def test_no_word_is_left_out_of_the_spans(tagger: Tagger, words: list[str]) -> None:
    """Each word is in one span, in its order, and every span means something."""
    spans = tagger.spans(" ".join(words))
    assert [word for span in spans for word in span.words] == words
    assert all(span.meanings for span in spans)


# Claims by their words


@pytest.fixture(scope="module")
def claims(told: Reader, tagger: Tagger) -> ClaimIndex:
    """The claims of the invented book, by their words."""
    return ClaimIndex(told.book, tagger.tags)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["furnac"], {"furnace-lit", "furnace-moved", "furnace-burned", "yard-flooded", "charcoal-burned"}),
        (["furnac", "meadow"], {"furnace-moved"}),
        (["kindl"], {"furnace-lit"}),  # a keyword
        (["2028"], {"furnace-lit"}),  # a date
        (["iron"], {"iron"}),
        (["furnac", "fnord"], set()),
        ([], set()),
    ],
)
def test_a_claim_is_found_only_by_all_words(claims: ClaimIndex, words: list[str], found: set[str]) -> None:
    """Text, keywords, stance and date count as a claim's words; one word that it does not have, and it is not found."""
    assert {claim.id for claim in claims.holding([Term((word,)) for word in words])} == found


def test_what_a_claim_is_about_counts_less_than_its_text(claims: ClaimIndex) -> None:
    """A name in the text comes before one that the claim is only about."""
    about = claims.holding([Term(("auroch",), "auroch"), Term(("bell",))])
    assert [claim.id for claim in about] == ["iron"]
    vale = claims.holding([Term(("tomas", "vale"), "tomas-vale")])
    assert [claim.id for claim in vale] == ["furnace-lit"]
