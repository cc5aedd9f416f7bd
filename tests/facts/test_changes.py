from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.facts.changes import Changes, compare
from bot.facts.dates import Date, Duration
from bot.facts.reading import read_book

if TYPE_CHECKING:
    from pathlib import Path

    from bot.facts.book import Book

dates = st.sampled_from(
    [
        "unknown",
        "present",
        None,
        *(Date.parse(edtf) for edtf in ("2029", "2029~", "2029?", "2029-06", "2029-06-01", "2029-06/2029-08")),
        *(Date.parse(edtf, "summer") for edtf in ("2029-06/2029-08", "2029-06/2029-07", "2029-06")),
        Date.parse("2029-06/2029-08", "late summer"),
    ]
)
lengths = st.sampled_from([None, *map(Duration.parse, ("P1Y", "P12M", "P1Y1M", "P0Y", "P0M", "P2Y", "P1M"))])


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("name: Ada Quill", "name: Ada Quil", "people: ada-quill: name: Ada Quill → Ada Quil"),
        ("role: tuner", "role: head tuner", "people: soren-aero: stints 1 role: tuner → head tuner"),
        ("        role: tuner\n", "", "people: soren-aero: stints 1 role: tuner → nothing"),
        ("role: unknown\n        until: present", "until: present", "people: jo-ng: stints 2 role: unknown → nothing"),
        ('since: "2028"', "since: unknown", "people: soren-aero: stints 1 since: 2028 → unknown"),
        ('"2031-01"', '"2031-02"', "people: jo-ng: stints 1 until: January 2031 → February 2031"),
        ('"P2Y1M"', '"P2Y"', "people: jo-ng: stints 1 lasted: 2 years, 1 month → 2 years"),
        ('"P3Y"', '"P3Y0M"', "people: bram-quill: stints 1 lasted: 3 years → 3 years, 0 months"),
        (
            "2029-06/2029-08",
            "2029-06/2029-07",
            "people: bram-quill: stints 1 until: summer of 2029 (2029-06/2029-08) → summer of 2029 (2029-06/2029-07)",
        ),
        (
            "wording: summer of 2029",
            "wording: the summer",
            "people: bram-quill: stints 1 until: summer of 2029 (2029-06/2029-08) → the summer (2029-06/2029-08)",
        ),
        ("aliases: [Auroch]", "aliases: [Auroch, AW]", "organisations: auroch: aliases 2: nothing → AW"),
        ("    part_of: auroch\n", "", "organisations: clapper-shed: part_of: auroch → nothing"),
        ("kind: publication", "kind: model", "topics: great-bell: kind: publication → model"),
        ("span: [28, 58]", "span: [28, 57]", "claims: iron: evidence 1 span 2: 58 → 57"),
        ("disputes: [iron]", "disputes: []", "claims: bronze: disputes 1: iron → nothing"),
        ('published: "2031-03-10"', 'published: "2031-03"', "sources: gazette: published: 10 March 2031 → March 2031"),
        ("noun: smith", "noun: caster", "book: cohort noun: smith → caster"),
        ("stillat: stillatauroch", "stillat: still", "book: commands stillat: stillatauroch → still"),
    ],
)
def test_changed(folder: Path, herd: Book, old: str, new: str, line: str) -> None:
    """A field that says otherwise than before is one line: whose it is, its path counted from 1, old and new value."""
    text = (folder / "herd.yaml").read_text("utf-8")
    (folder / "herd.yaml").write_text(text.replace(old, new, 1), "utf-8")
    assert compare(herd, read_book(folder)) == Changes(changed=(line,))


def test_several_fields(folder: Path, herd: Book) -> None:
    """An entry with several changes has a line for each of them, in the order of its fields."""
    text = (folder / "herd.yaml").read_text("utf-8")
    text = text.replace("stance: iron", "stance: steel").replace("[great-bell, auroch]", "[auroch]")
    (folder / "herd.yaml").write_text(text, "utf-8")
    assert compare(herd, read_book(folder)).changed == (
        "claims: iron: about 1: great-bell → auroch",
        "claims: iron: about 2: auroch → nothing",
        "claims: iron: stance: iron → steel",
    )


def test_added_and_removed(folder: Path, herd: Book) -> None:
    """An entry under another identifier is one removed and one added."""
    text = (folder / "herd.yaml").read_text("utf-8").replace("  little-late:", "  late:")
    (folder / "herd.yaml").write_text(text, "utf-8")
    assert compare(herd, read_book(folder)) == Changes(added=("claims: late",), removed=("claims: little-late",))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# An invented book", "# A book"),
        ("    aliases: [Byre]\n", "    aliases: [ 'Byre' ]\n"),
        ("name: Hayloft", "name: Hayloft\n    aliases: []"),
        ("until: present\n        evidence", "until: 'present'\n        evidence"),
        ('lasted: "P4Y2M"', 'lasted: "P50M"'),
    ],
)
def test_nothing_changed(folder: Path, herd: Book, old: str, new: str) -> None:
    """A file that says the same in other words of YAML is another version without a change."""
    text = (folder / "herd.yaml").read_text("utf-8")
    assert old in text
    (folder / "herd.yaml").write_text(text.replace(old, new, 1), "utf-8")
    book = read_book(folder)
    assert book.version != herd.version
    assert not compare(herd, book)


@pytest.mark.parametrize("name", ["herd", "shipped"])
def test_same_book(request: pytest.FixtureRequest, name: str) -> None:
    """Between a book and itself nothing changed, and no change is false."""
    book: Book = request.getfixturevalue(name)
    assert compare(book, book) == Changes()
    assert not compare(book, book)


@pytest.mark.parametrize("changes", [Changes(added=("a",)), Changes(changed=("a",)), Changes(removed=("a",))])
def test_any_change_is_true(changes: Changes) -> None:
    """Any change at all is true."""
    assert changes


@settings(deadline=None)
@given(st.data())
def test_there_and_back(herd: Book, data: st.DataObject) -> None:
    """What is added one way is removed the other way."""
    some, others = (
        replace(herd, claims={id_: claim for id_, claim in herd.claims.items() if data.draw(st.booleans())})
        for _ in range(2)
    )
    there, back = compare(some, others), compare(others, some)
    assert set(there.added) == set(back.removed) == {f"claims: {id_}" for id_ in others.claims.keys() - some.claims}
    assert set(there.removed) == set(back.added)
    assert there.changed == ()
    assert bool(there) == (some.claims != others.claims)


def with_stint(book: Book, **fields: Date | Duration | str | None) -> Book:
    jo = book.people["jo-ng"]
    jo = replace(jo, stints=(replace(jo.stints[0], **fields),))
    return replace(book, people={**book.people, jo.id: jo})


@settings(deadline=None)
@given(dates, dates, lengths, lengths)
def test_no_change_is_lost(
    herd: Book, was: Date | str | None, now: Date | str | None, took: Duration | None, takes: Duration | None
) -> None:
    """Whatever differs in a stint is told, one line for each field that differs."""
    changes = compare(with_stint(herd, until=was, lasted=took), with_stint(herd, until=now, lasted=takes))
    assert len(changes.changed) == (was != now) + (took != takes)
