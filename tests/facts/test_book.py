from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from bot.facts.book import is_current
from bot.facts.dates import Date
from bot.facts.model import Evidence

if TYPE_CHECKING:
    from bot.facts.book import Book
    from bot.facts.model import Claim


def with_disputes(book: Book, **disputes: tuple[str, ...]) -> Book:
    """A book whose claims dispute others than they did."""
    claims = {id_: replace(claim, disputes=disputes.get(id_, ())) for id_, claim in book.claims.items()}
    return replace(book, claims=claims)


def ids(claims: tuple[Claim, ...]) -> tuple[str, ...]:
    return tuple(claim.id for claim in claims)


@pytest.mark.parametrize(
    ("disputes", "pairs"),
    [
        ({}, []),
        ({"bronze": ("iron",)}, [("bronze", "iron")]),
        ({"iron": ("bronze",)}, [("iron", "bronze")]),
        ({"bronze": ("iron",), "iron": ("bronze",)}, [("bronze", "iron")]),
        ({"bronze": ("iron", "iron")}, [("bronze", "iron")]),
        ({"bronze": ("iron", "little-late")}, [("bronze", "iron"), ("bronze", "little-late")]),
    ],
)
def test_disputes(herd: Book, disputes: dict[str, Any], pairs: list[tuple[str, str]]) -> None:
    """Two claims that dispute each other are one pair, whichever of them says so, and however often."""
    book = with_disputes(herd, **disputes)
    assert [ids(pair) for pair in book.disputes] == pairs
    for one, other in book.disputes:
        assert other in book.disputing(one)
        assert one in book.disputing(other)


def test_disputing(herd: Book) -> None:
    """A claim is disputed by those that it disputes and by those that dispute it, each once."""
    book = with_disputes(herd, bronze=("iron",), **{"little-late": ("bronze",)})
    assert ids(book.disputing(book.claims["bronze"])) == ("iron", "little-late")
    assert ids(book.disputing(book.claims["iron"])) == ("bronze",)


@pytest.mark.parametrize(
    ("organisation", "wholes"),
    [("clapper-shed", ["clapper-shed", "auroch"]), ("auroch", ["auroch"]), ("byre", ["byre"]), ("unknown", [])],
)
def test_wholes(herd: Book, organisation: str, wholes: list[str]) -> None:
    """An organisation is within itself and within what it is part of; the unknown is within nothing."""
    assert list(herd.wholes(organisation)) == wholes
    assert [whole for whole in herd.organisations if herd.is_within(organisation, whole)] == sorted(wholes)


def test_stints_within(herd: Book) -> None:
    """Who is at a part of an organisation is at the organisation, and not the other way round."""
    soren, ada = herd.people["soren-aero"], herd.people["ada-quill"]
    assert herd.stints_within(soren, "auroch") == soren.stints
    assert herd.stints_within(ada, "clapper-shed") == ()
    assert herd.stints_within(herd.people["jo-ng"], "byre") == ()


def test_entities(herd: Book) -> None:
    """Everything with a name is found by its identifier, and claims are not."""
    assert {herd.entities[id_].kind_name for id_ in ("byre", "jo-ng", "little-bell", "gazette")} == {
        "organisation",
        "person",
        "topic",
        "source",
    }
    assert "iron" not in herd.entities
    assert all(entity.id == id_ for id_, entity in herd.entities.items())


def test_cohort_and_home(herd: Book) -> None:
    """The cohort stands in the order in which the book lists it, and only in part of the people."""
    assert [person.id for person in herd.cohort] == ["ada-quill", "soren-aero", "zofie-luc", "bram-quill", "jo-ng"]
    assert herd.home is herd.organisations["auroch"]


def test_claims_about(herd: Book) -> None:
    """A claim is found under everything that it is about, in the file's order."""
    assert ids(herd.claims_about("great-bell")) == ("bronze", "iron")
    assert ids(herd.claims_about("auroch")) == ("iron",)
    assert herd.claims_about("silent-bell") == ()


def test_quote(herd: Book) -> None:
    """The words of evidence are those of its span; without the document there are none."""
    evidence = herd.claims["iron"].evidence[0]
    assert herd.quote(evidence) == "The Great Bell is made of iron"
    assert replace(herd, documents={}).quote(evidence) is None


def test_as_of(herd: Book) -> None:
    """Evidence is as new as the newest dated source that it names, and has no date where none is dated."""
    gazette, almanac = (
        Evidence(source=id_, span=(0, 1), digest="sha256-0000000000000000") for id_ in ("gazette", "almanac")
    )
    assert str(herd.as_of([almanac, gazette])) == "10 March 2031"
    assert herd.as_of([almanac]) is None
    assert herd.as_of([]) is None
    for published in ("2030", "2031-03-09"):
        older = replace(herd.sources["almanac"], published=Date.parse(published))
        book = replace(herd, sources={**herd.sources, "almanac": older})
        assert str(book.as_of([gazette, almanac])) == str(book.as_of([almanac, gazette])) == "10 March 2031"


def test_cited(herd: Book) -> None:
    """Sources are cited in the order of the evidence, each once."""
    iron, bronze = herd.claims["iron"].evidence, herd.claims["bronze"].evidence
    assert [source.id for source in herd.cited([*iron, *bronze, *iron])] == ["almanac", "gazette"]


def test_short_version(herd: Book) -> None:
    """The version that people are shown is the beginning of the whole one."""
    assert herd.short_version == herd.version[:7]
    assert len(herd.version) == 64


def test_current(herd: Book) -> None:
    """Only a stint of which a source says that it goes on is current; an unknown end is not."""
    assert [is_current(stint) for stint in herd.people["zofie-luc"].stints] == [False, True]
    assert [is_current(stint) for stint in herd.people["tomas-vale"].stints] == [False]


def test_a_book_shows_no_document(herd: Book) -> None:
    """Where a book is shown, in a test or a traceback, its documents are not: they are their publishers'."""
    words = "led the Clapper Shed"
    assert words in herd.documents["gazette"]
    assert words not in repr(herd)
