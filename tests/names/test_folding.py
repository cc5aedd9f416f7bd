"""Folding for comparing, cleaning for showing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.names.folding import clean, fold

HARMFUL = set("@<>*_~|[](){}/\\`\n\r")
TEXT = st.text() | st.text(alphabet="@#<>:!&*_~|[](){}/\\`\n\t\u200b\u202e'’-…0aÀé😀ß", max_size=80)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Žofie Łuc", "zofie luc"),
        ("SØREN ÆRØ", "soren aero"),
        ("Marie-Anne", "marie anne"),
        ("O'Neil", "oneil"),
        ("O’Neil", "oneil"),
        ("O´Neil", "oneil"),
        ("O`Neil", "oneil"),
        ("Ada|Quill=Ng", "ada quill ng"),
        ("Ada's", "ada"),
        ("Ada’s bell", "ada bell"),
        ("Straße", "strasse"),
        ("ﬁne ①", "fine 1"),
        ("Zo\u0308e", "zoe"),
        ("A\u200bda", "ada"),
        ("Ada \u202eQuill", "ada quill"),
        ("Ада", "ada"),
        ("  Ada\n\tQuill!? ", "ada quill"),
        ("Ada 😀", "ada"),
        ("<@123> Ada <#4> <:bell:5> <a:bell:6>", "ada"),
        ("see https://example.org/Quill Ada", "see ada"),
        ("GPT-3", "gpt 3"),
        ("", ""),
        ("?!", ""),
    ],
)
def test_folding_leaves_small_latin_letters_and_digits(text: str, folded: str) -> None:
    """Case, accents, marks, scripts, mentions, addresses and invisible signs make no difference."""
    assert fold(text) == folded


@settings(deadline=None)
@given(TEXT)
def test_folding_is_idempotent_and_plain(text: str) -> None:
    """What is folded holds only small letters, digits and single spaces, and folding it again changes nothing."""
    folded = fold(text)
    assert re.fullmatch(r"([a-z0-9]+( [a-z0-9]+)*)?", folded)
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("Žofie  Łuc", "Žofie Łuc"),
        ("Jean-Luc O’Neil", "Jean-Luc O’Neil"),
        ("- 'Ada' -", "Ada"),
        ("**Ada** _Quill_ `x`", "Ada Quill x"),
        ("<@123> Ada @everyone", "Ada everyone"),
        ("[Ada](https://evil.example)", "Ada"),
        ("# Ada\n> Quill", "Ada Quill"),
        ("Ada\u202eQuill", "Ada Quill"),
        ("a" * 40, "a" * 40),
        ("a" * 41, "a" * 39 + "…"),
        ("a" * 38 + " b c", "a" * 38 + "…"),
        ("😀", ""),
        ("Ada" + " " * 300 + "Jones", "Ada Jones"),
    ],
)
def test_cleaning_keeps_the_words_that_were_typed(text: str, cleaned: str) -> None:
    """What is shown again are letters, digits, hyphens and apostrophes, cut where it is long."""
    assert clean(text) == cleaned


@settings(deadline=None)
@given(TEXT)
def test_cleaned_text_is_harmless(text: str) -> None:
    """Nothing of a cleaned text can ping, link or format, and it is at most 40 characters long."""
    cleaned = clean(text)
    assert not HARMFUL & set(cleaned)
    assert len(cleaned) <= 40
    assert cleaned == " ".join(cleaned.split())
