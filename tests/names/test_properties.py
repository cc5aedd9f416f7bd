"""What holds of any book and any text."""

from __future__ import annotations

import random  # noqa: TC003 - hypothesis hands it over
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.names.folding import clean, fold
from bot.names.index import Decision, Kind, Named, NameIndex
from tests.names.conftest import PEOPLE, people

LONGEST = 0.25
"""Seconds that any look-up may take in a small book, on a slow machine."""

name = st.lists(st.text("abcdefghijklmnoprstuvyzéüłøßçñ", min_size=2, max_size=9), min_size=1, max_size=4).map(
    lambda words: " ".join(words).title()
)
book = st.lists(name.filter(fold), min_size=1, max_size=12, unique_by=lambda text: tuple(sorted(fold(text).split())))


@given(st.text(max_size=300))
def test_folding_twice_changes_nothing(text: str) -> None:
    """Folded text is folded."""
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=300))
def test_cleaned_text_is_harmless(text: str) -> None:
    """What is shown again holds no mention, no link and no formatting, and is short."""
    shown = clean(text)
    assert len(shown) <= 40
    assert not set(shown) & set("<>@#`*_|[]()\n")


@settings(deadline=None)
@given(book, st.data())
def test_a_name_typed_exactly_finds_its_person(names: list[str], data: st.DataObject) -> None:
    """Whoever else is in the book."""
    meant = data.draw(st.sampled_from(names))
    found = NameIndex(people(*names)).resolve(meant)
    assert found.decision is Decision.MATCH
    assert found.candidates[0].named.name == meant
    assert found.candidates[0].exact


@settings(deadline=None)
@given(
    st.sampled_from(PEOPLE),
    st.lists(st.tuples(st.integers(0, 20), st.sampled_from("aeinrstz")), max_size=2),
    st.randoms(use_true_random=False),
)
def test_accents_case_and_order_never_change_the_decision(
    meant: str, slips: list[tuple[int, str]], chance: random.Random
) -> None:
    """However many slips there are beside."""
    index = NameIndex(people(*PEOPLE))
    typed = meant.replace("-", " ")
    for at, letter in slips:
        typed = typed[:at] + letter + typed[at:]
    typed = typed.title()
    words = typed.split()
    found = index.resolve(typed)
    chance.shuffle(words)
    other = " ".join(words)
    for same in (other, fold(other), fold(other).upper(), fold(other).title()):
        again = index.resolve(same)
        assert again.decision is found.decision
        if found.decision is Decision.MATCH:
            assert again.candidates[0].named == found.candidates[0].named


@settings(deadline=None, max_examples=200)
@given(
    st.sampled_from(PEOPLE),
    name.filter(fold),
    st.sampled_from(["full", "surname", "initial", "slip", "slip in the surname"]),
)
def test_a_stranger_in_the_book_never_turns_a_right_match_wrong_without_asking(
    meant: str, stranger: str, way: str
) -> None:
    """Who is joined by somebody is still found, asked about, or refused. Only the stranger's own name is the stranger's."""
    words = meant.split()
    first, last = words[0], words[-1]
    typed = {
        "full": meant,
        "surname": last,
        "initial": f"{first[0]}. {last}",
        "slip": meant[:2] + meant[3:],
        "slip in the surname": last + "e",
    }[way]
    before = NameIndex(people(*PEOPLE)).resolve(typed)
    if before.decision is not Decision.MATCH or before.candidates[0].named.name != meant:
        return
    after = NameIndex([*people(*PEOPLE), Named("stranger", Kind.PERSON, stranger)]).resolve(typed)
    own = set(fold(typed).split()) <= set(fold(stranger).split())
    if after.decision is Decision.MATCH and not own:
        assert after.candidates[0].named.name == meant


@settings(deadline=None, max_examples=200)
@given(st.one_of(st.text(max_size=3000), st.text("ab ,", max_size=400), st.text("éłß中ا'’s.-_<@#", max_size=400)))
def test_no_text_takes_long(text: str) -> None:
    """Whatever is typed, however long, is answered within a bound."""
    index = NameIndex(people(*PEOPLE))
    index.resolve("quill")
    began = time.perf_counter()
    found = index.resolve(text)
    assert time.perf_counter() - began < LONGEST
    assert len(found.candidates) <= 5


@given(st.text(max_size=200))
@settings(deadline=None)
def test_candidates_come_best_first(text: str) -> None:
    """Scores lie from 0 to 1 and never rise."""
    scores = [candidate.score for candidate in NameIndex(people(*PEOPLE)).resolve(text).candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
