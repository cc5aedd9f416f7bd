"""Finding who is meant by what was typed."""

from __future__ import annotations

import time
import unicodedata
from typing import TYPE_CHECKING

import pytest
from anyascii import anyascii
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.names.folding import fold
from bot.names.index import MOST_CANDIDATES, Decision, Kind, Named, NameIndex
from bot.names.model import By
from bot.questions.commands import ORGANISATIONS, PEOPLE, TOPICS
from bot.questions.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.facts.book import Book


@pytest.fixture(scope="module")
def names(reader: Reader) -> NameIndex:
    """The names of the invented book."""
    return reader.names


@pytest.fixture(scope="module")
def indexes(reader: Reader, shipped: Book) -> tuple[NameIndex, NameIndex]:
    """The names of both books."""
    return reader.names, Reader(shipped, "!").names


def ids(found: Sequence[Named]) -> list[str]:
    """The identifiers of what was found."""
    return [named.id for named in found]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Tomas Vale", "tomas-vale"),
        ("tomas-vale", "tomas-vale"),
        (" Tomas-VALE ", "tomas-vale"),
        ("Vale, Tomas", "tomas-vale"),
        ("Vale", "tomas-vale"),
        ("tomas", "tomas-vale"),
        ("T. Vale", "tomas-vale"),
        ("Tomas V", "tomas-vale"),
        ("tomasvale", "tomas-vale"),
        ("tomas va le", "tomas-vale"),
        ("tomas vael", "tomas-vale"),
        ("tomsa vale", "tomas-vale"),
        ("Tomas Vale's", "tomas-vale"),
        ("is tomas vale at it now, please?", "tomas-vale"),
        ("Žofie Łuc", "zofie-luc"),
        ("zofie luc", "zofie-luc"),
        ("Soren Aero", "soren-aero"),
        ("aero", "soren-aero"),
        ("Ng", "jo-ng"),
        ("J Ng", "jo-ng"),
        ("ada", "ada-quill"),
        ("Quill Ada", "ada-quill"),
        ("tomsa", "tomas-vale"),
    ],
)
def test_finds_the_one_who_fits(names: NameIndex, typed: str, found: str) -> None:
    """One person whose name explains every word is found, in any order, with an initial, a slip or a space too many."""
    resolution = names.resolve(typed, PEOPLE)
    assert resolution.decision is Decision.MATCH
    assert ids([candidate.named for candidate in resolution.candidates]) == [found]


@pytest.mark.parametrize(
    ("typed", "fitting"),
    [
        ("Quill", ["ada-quill", "bram-quill"]),
        ("the Quill", ["ada-quill", "bram-quill"]),
        ("THE QUILL", ["ada-quill", "bram-quill"]),
        ("Qill", ["ada-quill", "bram-quill"]),
        ("to", []),
        ("brem", ["bram-quill"]),
        ("jo ng and tomas vale", ["jo-ng", "tomas-vale"]),
    ],
)
def test_asks_where_several_or_only_perhaps_one_fit(names: NameIndex, typed: str, fitting: list[str]) -> None:
    """A name that several share, its beginning, a misspelt given name alone and a list of names are asked about."""
    resolution = names.resolve(typed, PEOPLE)
    assert resolution.decision is (Decision.AMBIGUOUS if fitting else Decision.NONE)
    assert ids([candidate.named for candidate in resolution.candidates]) == fitting


@pytest.mark.parametrize(
    "typed",
    ["Smith", "", "?!", "x", "a", "Ada Smith", "Smith Vale", "Tomas Smith", "Hayloft", "Vale " + "of Tears " * 20],
)
def test_a_stranger_is_nobody(names: NameIndex, typed: str) -> None:
    """Nobody is better than a wrong person, also where a stranger shares a first name or a surname with one of the book."""
    assert names.resolve(typed, PEOPLE).decision is Decision.NONE


@pytest.mark.parametrize("typed", ["Tomas Vale Smith", "Tomas Vale" + " " * 300 + "Smith"])
def test_a_word_beside_a_whole_name_is_left_over(names: NameIndex, typed: str) -> None:
    """A whole name is found beside another word, which the explanation names."""
    found = names.resolve(typed, PEOPLE)
    assert ids([candidate.named for candidate in found.candidates]) == ["tomas-vale"]
    assert found.candidates[0].explanation.left_typed == ("smith",)
    assert not found.candidates[0].exact


@pytest.mark.parametrize(
    ("typed", "decision"),
    [
        ("Byre", Decision.MATCH),
        ("Byre and Sons", Decision.MATCH),
        ("the clapper shed", Decision.MATCH),
        ("claper shed", Decision.MATCH),
        ("haylotf", Decision.MATCH),
        ("Byer", Decision.NONE),
        ("Hayloft Byre", Decision.NONE),
        ("Auroch Byre Works", Decision.NONE),
        ("Ada Quill", Decision.NONE),
        ("Great Bell", Decision.NONE),
    ],
)
def test_organisations_are_named_more_strictly(names: NameIndex, typed: str, decision: Decision) -> None:
    """The short names of organisations forgive fewer slips than people's, and no part stands for the whole."""
    assert names.resolve(typed, ORGANISATIONS).decision is decision


@pytest.mark.parametrize(
    ("one", "other"), [("GPT-3", "GPT-4"), ("Llama 3", "Llama 4"), ("Llama3", "Llama4"), ("Version2031", "Version2032")]
)
def test_digits_are_never_slips(one: str, other: str) -> None:
    """Names that differ in a digit name different things."""
    found = NameIndex([Named("one", Kind.TOPIC, one)]).resolve(other)
    assert found.decision is not Decision.MATCH


def test_only_the_wanted_kinds_are_found(names: NameIndex) -> None:
    """A name of another kind, even typed exactly or by identifier, is no match."""
    assert names.resolve("byre", PEOPLE).decision is Decision.NONE
    assert names.resolve("tomas-vale", ORGANISATIONS).decision is Decision.NONE
    assert names.resolve("Ada Quill", TOPICS).decision is Decision.MATCH


def test_no_more_candidates_than_a_row_of_buttons() -> None:
    """At most five are asked about or offered."""
    many = NameIndex(Named(f"jo-{number}", Kind.PERSON, f"Jo Quill{'abcdefgh'[number]}") for number in range(8))
    assert len(many.resolve("jo").candidates) == MOST_CANDIDATES
    assert len(many.resolve("jo smith").candidates) <= MOST_CANDIDATES


def test_asks_which_of_many_with_one_surname() -> None:
    """They are so like what was typed that nothing is liker as a whole."""
    index = NameIndex(Named(f"kim-{letter}", Kind.PERSON, f"{letter}ora Kim") for letter in "bcdfghjklmnp")
    assert index.resolve("kim").decision is Decision.AMBIGUOUS


def test_the_better_fit_wins() -> None:
    """Whoever's name is typed exactly is meant, though another's is but a slip away."""
    index = NameIndex([Named("a", Kind.PERSON, "Jane Valer"), Named("b", Kind.PERSON, "Jane Valet")])
    found = index.resolve("Jane Valet")
    assert (found.decision, found.candidates[0].named.id, found.candidates[0].exact) == (Decision.MATCH, "b", True)


def test_a_word_of_a_name_is_no_filler() -> None:
    """A word that people put around names counts where a name of the book has it."""
    index = NameIndex([Named("so-are", Kind.PERSON, "So Are")])
    assert index.resolve("so are").decision is Decision.MATCH
    assert index.content_words("so now") == ("so",)


def test_slips_are_not_exact(names: NameIndex) -> None:
    """Case and accents make no difference to exactness; a slip or an initial does."""
    exact = {
        typed: names.resolve(typed).candidates[0].exact
        for typed in ("ZOFIE LUC", "luc", "zofei luc", "Z Luc", "zofieluc")
    }
    assert exact == {"ZOFIE LUC": True, "luc": True, "zofei luc": False, "Z Luc": False, "zofieluc": False}


@pytest.mark.parametrize(
    ("typed", "kinds", "first"),
    [
        ("", PEOPLE, ["ada-quill", "soren-aero", "zofie-luc", "bram-quill", "jo-ng", "tomas-vale"]),
        ("qui", PEOPLE, ["ada-quill", "bram-quill"]),
        ("tomas v", PEOPLE, ["tomas-vale"]),
        ("zo", PEOPLE, ["zofie-luc"]),
        ("haly", ORGANISATIONS, ["hayloft"]),
        ("smith", PEOPLE, []),
    ],
)
def test_completes_what_is_being_typed(names: NameIndex, typed: str, kinds: tuple[Kind, ...], first: list[str]) -> None:
    """Those whose names go on as typed come first; with nothing typed yet, everybody in the book's order."""
    assert ids(names.complete(typed, kinds))[: len(first) or None] == first
    assert len(names.complete(typed, kinds, limit=1)) <= 1


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Where is Ada Quill?", [("ada-quill", 2, 4)]),
        ("luc and vale", [("zofie-luc", 0, 1), ("tomas-vale", 2, 3)]),
        ("The Clapper Shed at Auroch Works", [("clapper-shed", 0, 3), ("auroch", 4, 6)]),
        ("the quill", []),
        ("quill", []),
        ("tomas", []),
        ("tomas vael", []),
        ("", []),
    ],
)
def test_finds_names_in_a_sentence(names: NameIndex, sentence: str, found: list[tuple[str, int, int]]) -> None:
    """Whole names and last names that one alone has are found, as they are written, the longest first."""
    assert [(mention.named.id, mention.start, mention.end) for mention in names.find_in(sentence)] == found


@settings(deadline=None)
@given(st.data())
def test_a_name_typed_exactly_finds_that_person(indexes: tuple[NameIndex, NameIndex], data: st.DataObject) -> None:
    """Whatever the case, and with accents or without, a person's whole name means that person."""
    index = data.draw(st.sampled_from(indexes))
    person = data.draw(st.sampled_from(index.complete("", PEOPLE)))
    spelt = data.draw(
        st.sampled_from(
            [
                person.name,
                anyascii(person.name),
                *(unicodedata.normalize(form, person.name) for form in ("NFD", "NFKC")),
            ]
        )
    )
    raised = data.draw(st.lists(st.booleans(), min_size=len(spelt), max_size=len(spelt)))
    typed = "".join(char.upper() if up else char.lower() for char, up in zip(spelt, raised, strict=True))
    found = index.resolve(typed, PEOPLE)
    assert found.decision is Decision.MATCH
    assert [(candidate.named, candidate.exact) for candidate in found.candidates] == [(person, True)]


@settings(deadline=None)
@given(st.text())
def test_a_match_is_explained_word_by_word(names: NameIndex, text: str) -> None:
    """Any text comes to a decision, and to a match only where it shares letters with the name, or as another script does."""
    found = names.resolve(text)
    if found.decision is Decision.MATCH:
        (candidate,) = found.candidates
        forms = " ".join(map(fold, (candidate.named.name, candidate.named.id, *candidate.named.aliases)))
        by_script = any(met.by is By.SCRIPT for met in candidate.explanation.met)
        assert by_script or set(fold(text)) & set(forms)


@pytest.mark.parametrize("typed", ["Ada Quill" + " " * 6000, "𝒻" * 6000, " Ada, Quill and" * 400])
def test_a_long_text_is_completed_at_once(names: NameIndex, typed: str) -> None:
    """Autocompletion is asked at every letter, with up to 6,000 characters."""
    begun = time.process_time()
    assert len(names.complete(typed)) <= 25
    assert time.process_time() - begun < 0.05
