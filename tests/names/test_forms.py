"""Two ways to look up forms: comparing each, and only those that a slip or two make alike."""

from __future__ import annotations

import random
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.names.few import FEW, FewForms
from bot.names.folding import fold
from bot.names.index import Decision, NameIndex
from bot.names.many import ManyForms
from bot.names.typed import Typed, is_foreign
from bot.names.vocabulary import LIKE, Part
from tests.names.conftest import PEOPLE, people

if TYPE_CHECKING:
    from bot.names.forms import Forms, Words

SMALL = ("Vale Tomas", *PEOPLE, "Z Petrenko")


def numbered(names: tuple[str, ...]) -> list[tuple[int, Words]]:
    """Names as forms, each with its bearer's number."""
    return [(number, tuple(fold(name).split())) for number, name in enumerate(names)]


def made(count: int) -> tuple[str, ...]:
    """So many names that nobody bears, all different."""
    chance = random.Random(count)
    found: dict[str, None] = {}
    while len(found) < count:
        syllables = [chance.choice("bdfgklmnprstv") + chance.choice("aeiou") for _ in range(7)]
        found["".join(syllables[:3]) + " " + "".join(syllables[3:])] = None
    return tuple(found)


MIDDLING = made(600)
LARGE = made(FEW + 1)


@pytest.fixture(scope="module", params=[FewForms, ManyForms])
def forms(request: pytest.FixtureRequest) -> Forms:
    """The same small book, looked up in either way."""
    found: Forms = request.param(numbered(SMALL))
    return found


@pytest.fixture(scope="module")
def middling() -> tuple[Forms, Forms]:
    """The same book of middle size, looked up in both ways."""
    return FewForms(numbered(MIDDLING)), ManyForms(numbered(MIDDLING))


@pytest.fixture(scope="module")
def large() -> NameIndex:
    """The names of a book that is too large for all to be compared with what is typed."""
    return NameIndex(people(*LARGE))


def typed(text: str) -> Typed:
    """The parts of a query."""
    return Typed(tuple(fold(text).split()), is_foreign(text))


def names(owners: list[int]) -> list[str]:
    """The names of owners in the small book."""
    return [SMALL[owner] for owner in owners]


@st.composite
def slips(draw: st.DrawFn, names: tuple[str, ...]) -> tuple[int, str]:
    """The place of a name, and the name with a letter lost, put in, changed or swapped with the next."""
    place = draw(st.integers(0, len(names) - 1))
    name, letter = names[place], draw(st.sampled_from("aeinrstz"))
    at = draw(st.sampled_from([at for at in range(1, len(name) - 1) if " " not in name[at : at + 2]]))
    here, after = name[at], name[at + 1]
    return place, name[:at] + draw(st.sampled_from(("", letter, letter + here, after + here))) + name[at + 1 :]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("vael", "Tomas Vale"),
        ("whitacker", "Robert Whitaker"),
        ("bob", "Robert Whitaker"),
        ("bsuachamp", "Étienne Beauchamp"),
        ("bram maxwellton quill", "Bram Quill"),
        ("luczofie", "Žofie Łuc"),
        ("dezrozierz", "Marie-Claire Desrosiers"),
        ("anne vanderberg", "Anne van der Berg"),
        ("vandenberg", "Anne van der Berg"),
        ("gulia ferrante", "Giulia Ferrante"),
        ("giuliaferrante", "Giulia Ferrante"),
        ("ferranteguilia", "Giulia Ferrante"),
        ("quill b", "Bram Quill"),
        ("b quill", "Bram Quill"),
        ("j n", "Jo Ng"),
        ("Николай Петренко", "Nikolai Petrenko"),
        ("Вайтакер", "Robert Whitaker"),
        ("Вуйчик", "Katarzyna Wójcik"),
    ],
)
def test_either_way_knows_the_likeliest(forms: Forms, text: str, meant: str) -> None:
    """By its letters, its sound, its consonants, a nickname, initials, and as one word."""
    likeliest, *_ = forms.likely(typed(text), 10)
    assert names([forms.owners[likeliest]]) == [meant]


@pytest.mark.parametrize("text", ["", "q", "x", "q x", "4 2"])
def test_either_way_finds_nobody_by_what_nobody_is_like(forms: Forms, text: str) -> None:
    """Neither one letter nor initials that nobody has, nor digits."""
    assert forms.likely(typed(text), 10) == []


def test_either_way_looks_closely_at_so_many_at_most(forms: Forms) -> None:
    """The likeliest of them."""
    assert len(forms.likely(typed("quill"), 1)) == 1
    assert set(forms.likely(typed("quill"), 2)) == {3, 4}
    assert forms.likely(typed("ane jo adda quil"), 1) == forms.likely(typed("ane jo adda quil"), 10)[:1] == [3]


def test_either_way_finds_forms_as_they_are_written(forms: Forms) -> None:
    """In any order."""
    assert names([forms.owners[form] for form in forms.exact(("vale", "tomas"))]) == ["Vale Tomas", "Tomas Vale"]
    assert forms.words[forms.exact(("zofie", "luc"))[0]] == ("zofie", "luc")
    assert forms.exact(("vale",)) == []


def test_either_way_knows_which_parts_stand_together(forms: Forms) -> None:
    """In one form."""
    assert forms.stand_together("van", "berg")
    assert not forms.stand_together("ada", "bram")


def test_either_way_knows_who_has_a_surname(forms: Forms) -> None:
    """Which is the last part of a form."""
    assert names(forms.with_last("vale", 2)) == ["Tomas Vale"]
    assert names(forms.with_last("quill", 2)) == ["Ada Quill", "Bram Quill"]
    assert names(forms.with_last("quill", 1)) == ["Ada Quill"]
    assert forms.with_last("van", 2) == forms.with_last("nobody", 2) == []


def test_either_way_completes_each_word_typed(forms: Forms) -> None:
    """Whoever is begun most comes first."""
    assert names(forms.begun(("qui",), 25)) == ["Ada Quill", "Bram Quill"]
    assert names(forms.begun(("pet", "ni"), 25)) == ["Nikolai Petrenko"]
    assert names(forms.begun(("m",), 1)) == ["Marie-Claire Desrosiers"]
    assert names(forms.begun(("n",), 2)) == ["Jo Ng", "Nikolai Petrenko"]
    assert forms.begun(("qui", "x"), 25) == []


def test_either_way_tells_the_likeness_of_parts(forms: Forms) -> None:
    """Edits, less where parts sound alike, and none for what may not be meant."""
    (likes,) = forms.likes(typed("vael"), ["vale", "quill"])
    assert likes == {"vale": (1.0, 0.75)}
    (likes,) = forms.likes(typed("kvil"), ["vale", "quill"])
    assert likes["quill"] == pytest.approx((1.7, 0.66))
    (likes,) = forms.likes(typed("Клер"), ["quill"])
    assert likes.keys() == {"quill"}


@pytest.mark.parametrize("text", ["vael", "kwill", "dezrozierz", "вайтакер", "клер", "petrenkov"])
def test_many_parts_are_as_like_at_once_as_one_by_one(text: str) -> None:
    """By letters, by sound, and by consonants."""
    many = ManyForms(numbered(SMALL))
    part = Part(fold(text), foreign=is_foreign(text))
    at_once = many.likeness(part, range(len(many.vocabulary.parts))).tolist()
    one_by_one = {place: likeness for place, (_, likeness) in many.vocabulary.like(part).items()}
    assert one_by_one
    assert {place: likeness for place, likeness in enumerate(at_once) if likeness >= LIKE} == pytest.approx(one_by_one)


@settings(deadline=None)
@given(slips(MIDDLING))
def test_both_ways_agree_on_a_slip(middling: tuple[Forms, Forms], slip: tuple[int, str]) -> None:
    """Wherever it is in a name."""
    meant, text = slip
    assert [forms.likely(typed(text), 10)[0] for forms in middling] == [meant, meant]


@settings(deadline=None)
@given(slips(LARGE))
def test_a_slip_hides_nobody_of_a_large_book(large: NameIndex, slip: tuple[int, str]) -> None:
    """Where only some are looked at."""
    meant, text = slip
    found = large.resolve(text)
    assert (found.decision, found.candidates[0].named.name) == (Decision.MATCH, LARGE[meant])


def test_only_a_large_book_waits_for_numpy() -> None:
    """Which costs a start milliseconds, and megabytes for good."""
    program = """
import sys
from bot.names.few import FEW
from bot.names.index import Kind, Named, NameIndex
people = [Named(str(number), Kind.PERSON, f"{chr(97 + number % 26)}a {number}") for number in range(FEW + 1)]
for book in people[:-1], people:
    NameIndex(book).resolve("aa bb")
    print("numpy" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", program], check=True, stdout=subprocess.PIPE, text=True)
    assert done.stdout.split() == ["False", "True"]
