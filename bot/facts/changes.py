"""What changed between two books, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import asdict

from bot.facts.dates import MONTHS_A_YEAR, Date, Duration
from bot.facts.model import Model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.facts.book import Book

_SECTIONS = ("sources", "people", "organisations", "topics", "claims")


class Changes(Struct, frozen=True):
    """Entries added and removed, as `people: jane-doe`, and fields changed, as `people: jane-doe: name: Jan → Jane`."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def compare(old: Book, new: Book) -> Changes:
    """What became of the facts of one book in another."""
    before, after = dict(_entries(old)), dict(_entries(new))
    return Changes(
        added=tuple(key for key in after if key not in before),
        changed=tuple(
            f"{key}: {line}"
            for key in after
            if key in before and before[key] != after[key]
            for line in _fields(before[key], after[key])
        ),
        removed=tuple(key for key in before if key not in after),
    )


def _entries(book: Book) -> Iterator[tuple[str, Model]]:
    yield "book", book.frame
    for section in _SECTIONS:
        for id_, entry in getattr(book, section).items():
            yield f"{section}: {id_}", entry


def _fields(old: Model, new: Model) -> Iterator[str]:
    before, after = dict(_flat(old)), dict(_flat(new))
    for path in dict.fromkeys([*before, *after]):
        if before.get(path) != after.get(path):
            yield f"{path}: {before.get(path, 'nothing')} → {after.get(path, 'nothing')}"


def _flat(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every value inside another, with its path: `stints 1 until`, from 1 as people count."""
    match value:
        case Model():
            inner: Any = asdict(value).items()
        case Mapping():
            inner = value.items()
        case tuple():
            inner = enumerate(value, 1)
        case None:
            return
        case Date(edtf=edtf, wording=str(wording)):
            yield path, f"{wording} ({edtf})"
            return
        case Duration(months=months, grain=1) if months and months % MONTHS_A_YEAR == 0:
            yield path, f"{value}, 0 months"
            return
        case _:
            yield path, str(value)
            return
    for step, item in inner:
        yield from _flat(item, f"{path} {step}".strip())
