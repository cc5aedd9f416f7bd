"""Who is meant by what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.names.index import Decision, Kind, NameIndex
from tests.names.conftest import people

if TYPE_CHECKING:
    from bot.names.index import Resolution


def said(found: Resolution) -> list[str]:
    """The names of the candidates."""
    return [candidate.named.name for candidate in found.candidates]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("desrosiers", "Marie-Claire Desrosiers"),
        ("desrossiers", "Marie-Claire Desrosiers"),
        ("marie claire desrosiers", "Marie-Claire Desrosiers"),
        ("M.-C. Desrosiers", "Marie-Claire Desrosiers"),
        ("desrosiers mc", "Marie-Claire Desrosiers"),
        ("marieclairedesrosiers", "Marie-Claire Desrosiers"),
        ("where is Beauchamp now?", "Étienne Beauchamp"),
        ("beauchamp's lab", "Étienne Beauchamp"),
        ("etienne beauchan", "Étienne Beauchamp"),
        ("Beauchamp, É.", "Étienne Beauchamp"),
        ("EtienneBeauchamp", "Étienne Beauchamp"),
        ("etienne_beauchamp", "Étienne Beauchamp"),
        ("bob whitaker", "Robert Whitaker"),
        ("whitacker", "Robert Whitaker"),
        ("Whitaker et al. (2016)", "Robert Whitaker"),
        ("prof. Nikolai Petrenko", "Nikolai Petrenko"),
        ("Николай Петренко", "Nikolai Petrenko"),
        ("katarzyna wojcik", "Katarzyna Wójcik"),
        ("mehmet yildiz", "Mehmet Yıldız"),
        ("anne vanderberg", "Anne van der Berg"),
        ("<@123> @ferrante", "Giulia Ferrante"),
    ],
)
def test_a_name_as_people_remember_it(index: NameIndex, typed: str, meant: str) -> None:
    """Slips, initials, nicknames, order, joined words and words around a name do not hide who is meant."""
    found = index.resolve(typed, (Kind.PERSON,))
    assert (found.decision, said(found)) == (Decision.MATCH, [meant])


@pytest.mark.parametrize(
    "typed",
    [
        "robert downey",
        "paul whitaker-jones",
        "giulia roberts",
        "ferrari",
        "white",
        "",
        "???",
        "where is she",
        "champion",
        "everyone on the paper",
    ],
)
def test_strangers_are_refused(index: NameIndex, typed: str) -> None:
    """A shared first name, a look-alike and words that are no name name nobody."""
    assert index.resolve(typed, (Kind.PERSON,)).decision is not Decision.MATCH


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("quill", {"Ada Quill", "Bram Quill"}), ("vale and whitaker", {"Tomas Vale", "Robert Whitaker"})],
)
def test_asks_back_where_several_are_meant(index: NameIndex, typed: str, meant: set[str]) -> None:
    """A surname that two people share, and two people in one breath, are asked about."""
    found = index.resolve(typed)
    assert found.decision is Decision.AMBIGUOUS
    assert set(said(found)) == meant


@pytest.mark.parametrize("typed", ["fare", "fairy", "fai", "hair", "great balls", "auroch word"])
def test_other_names_are_matched_nearly_exactly(index: NameIndex, typed: str) -> None:
    """Organisations, topics and sources have none of the tolerance that people's names have."""
    assert index.resolve(typed, (Kind.ORGANISATION, Kind.TOPIC, Kind.SOURCE)).decision is not Decision.MATCH


@pytest.mark.parametrize(
    ("typed", "meant"), [("auroch works", "works"), ("FAIR", "fair"), ("grat bell", None), ("almanach bells", None)]
)
def test_other_names(index: NameIndex, typed: str, meant: str | None) -> None:
    """What is no person is found as it is written."""
    found = index.resolve(typed)
    assert (
        [candidate.named.id for candidate in found.candidates][:1] == [meant]
        if meant
        else found.decision is not Decision.MATCH
    )


def test_only_the_kinds_asked_for(index: NameIndex) -> None:
    """A name of another kind is no match."""
    assert index.resolve("quill", (Kind.ORGANISATION,)).decision is Decision.NONE
    assert index.resolve("auroch", (Kind.PERSON,)).decision is not Decision.MATCH


def test_an_identifier_is_exact(index: NameIndex) -> None:
    """What autocomplete hands over names just that one."""
    assert index.resolve("works").candidates[0].exact


def test_an_index_of_nobody() -> None:
    """An empty book answers too."""
    assert NameIndex([]).resolve("ada quill").decision is Decision.NONE
    assert NameIndex([]).complete("ada") == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("quill ada", "quill = quill (exact); ada = ada (exact); reversed"),
        ("beauchan", "beauchan = beauchamp (spelling); left over: etienne"),
        ("e. beauchamp", "e = etienne (initial); beauchamp = beauchamp (exact)"),
        ("robert whitaker x", "robert = robert (exact); whitaker = whitaker (exact); not explained: x"),
        ("robertwhitaker", "robertwhitaker = robert whitaker (joined)"),
        ("bob whitaker", "bob = robert (nickname); whitaker = whitaker (exact)"),
        ("Žofie Luc", "zofie = zofie (exact); luc = luc (accents)"),
    ],
)
def test_a_match_explains_itself(index: NameIndex, typed: str, said: str) -> None:
    """Each part of the query says which part of the name it met, and by what; the rest is left over."""
    assert str(index.resolve(typed, (Kind.PERSON,)).candidates[0].explanation) == said


def test_exact_is_said_of_what_is_written_so(index: NameIndex) -> None:
    """Case, accents and order keep a name exact; slips and initials do not."""
    assert index.resolve("WOJCIK katarzyna").candidates[0].exact
    assert not index.resolve("k. wojcik").candidates[0].exact
    assert not index.resolve("woicik").candidates[0].exact


def test_finds_names_in_a_sentence(index: NameIndex) -> None:
    """Whole names and surnames that stand in a text are found, the longer first."""
    found = index.find_in("Did Ada Quill and Whitaker leave Auroch Works?")
    assert [(mention.named.name, mention.start, mention.end) for mention in found] == [
        ("Ada Quill", 1, 3), ("Robert Whitaker", 4, 5), ("Auroch Works", 6, 8),
    ]  # fmt: skip


def test_a_shared_name_is_asked_about() -> None:
    """Two people of the same name are never told apart by chance."""
    index = NameIndex(people("Ada Quill", "ada quill"))
    assert index.resolve("Ada Quill ").decision is Decision.AMBIGUOUS
