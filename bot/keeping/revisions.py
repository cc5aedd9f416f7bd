"""Revisions: every book that was served, as rows that are only added; the one with the highest number is current.

A revision and its content are one transaction, so whoever is killed, at whatever moment, leaves a whole one or none.
Its number is the next one, and a key: of bots that add at once one waits, finds its number taken, and takes the next.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from bot.facts.book import SHORT_VERSION
from bot.facts.reading import Files, version_of
from bot.keeping import log
from bot.keeping.archive import pack, unpack
from bot.keeping.store import TakenError

if TYPE_CHECKING:
    from bot.keeping.store import Store, Transaction

TRIES: Final = 20
"""How often a number that another bot took meanwhile is counted anew."""


class Origin(StrEnum):
    """Where a revision came from."""

    FOLDER = "folder"
    UPLOAD = "upload"
    ROLLBACK = "rollback"


class OutdatedError(Exception):
    """The book changed since somebody was asked to confirm a change of it."""

    def __init__(self) -> None:
        super().__init__("The book has changed since this was shown, so nothing was done. Ask again to see it anew.")


class NoRevisionError(LookupError):
    """A number that no revision has."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no revision {number}; the history lists them.")


class Revision(Struct, frozen=True):
    """A book that was served: since when, put there by whom, from where, and what changed in short."""

    number: int
    sha256: str
    at: datetime
    by: str
    origin: Origin
    summary: str

    @property
    def short_version(self) -> str:
        """The version that footers show."""
        return self.sha256[:SHORT_VERSION]

    @property
    def entry(self) -> log.Entry:
        """What the log says of it."""
        return log.Entry(self.by, self.origin, f"revision {self.number}, {self.summary}")

    def __str__(self) -> str:
        """As a history has it."""
        return f"{self.number} · book {self.short_version} · {self.at:%Y-%m-%d %H:%M} UTC · {self.by} · {self.origin}: {self.summary}"


class Change(Struct, frozen=True):
    """What is to become a revision."""

    files: Files
    origin: Origin
    by: str
    summary: str
    place: str | None = None
    """The folder that the files were read from."""
    after: int | None = None
    """The number of the revision that must still be current, if one must."""


async def history(store: Store, most: int = sys.maxsize) -> list[Revision]:
    """The newest revisions first, so many at most. Raises StoreError."""
    async with store.begin() as transaction:
        return await _history(transaction, most)


async def latest(store: Store) -> Revision | None:
    """The current revision; None where nothing was served yet. Raises StoreError."""
    return next(iter(await history(store, 1)), None)


async def find(store: Store, number: int) -> Revision:
    """The revision of a number. Raises StoreError or NoRevisionError."""
    query = 'SELECT number, sha256, at, "by", origin, summary FROM revisions WHERE number = $1'
    async with store.begin() as transaction:
        for row in await transaction.fetch(query, number):
            return _revision(row)
    raise NoRevisionError(number)


async def files_of(store: Store, sha256: str) -> Files:
    """The files of a revision. Raises StoreError."""
    async with store.begin() as transaction:
        (row,) = await transaction.fetch("SELECT archive FROM contents WHERE sha256 = $1", sha256)
        return unpack(row["archive"])


async def is_news(store: Store, place: str, sha256: str) -> bool:
    """Whether a folder changed since its last reload; of a folder never reloaded, whether it was never served.

    Several bots have each its own folder, and one that is behind the others' is no news. Raises StoreError.
    """
    async with store.begin() as transaction:
        for known in await transaction.fetch("SELECT sha256 FROM folders WHERE place = $1", place):
            return bool(known["sha256"] != sha256)
        return not await transaction.fetch("SELECT number FROM revisions WHERE sha256 = $1 LIMIT 1", sha256)


async def append(store: Store, change: Change) -> tuple[Revision, bool]:
    """Make a change the current revision, unless its files are that already; the current revision, and whether it is new.

    Raises StoreError, or OutdatedError when another revision than `change.after` is current.
    """
    for _ in range(TRIES):
        try:
            async with store.begin() as transaction:
                return await _append(store, transaction, change)
        except TakenError:
            continue
    raise OutdatedError


async def _append(store: Store, transaction: Transaction, change: Change) -> tuple[Revision, bool]:
    current = next(iter(await _history(transaction, 1)), None)
    if change.after is not None and (current is None or current.number != change.after):
        raise OutdatedError
    sha256 = version_of(change.files)
    if change.place:
        await transaction.fetch("DELETE FROM folders WHERE place = $1", change.place)
        await transaction.fetch("INSERT INTO folders (place, sha256) VALUES ($1, $2)", change.place, sha256)
    if current and current.sha256 == sha256:
        return current, False
    if not await transaction.fetch("SELECT sha256 FROM contents WHERE sha256 = $1", sha256):
        archive = pack(change.files)
        await transaction.fetch("INSERT INTO contents (sha256, archive) VALUES ($1, $2)", sha256, archive)
    number = current.number + 1 if current else 1
    added = Revision(number, sha256, datetime.now(UTC), change.by, change.origin, change.summary)
    await transaction.fetch(
        'INSERT INTO revisions (number, sha256, at, "by", origin, summary) VALUES ($1, $2, $3, $4, $5, $6)',
        number, sha256, added.at, added.by, added.origin, added.summary,
    )  # fmt: skip
    await log.write(transaction, added.entry)
    await store.tell(transaction)
    return added, True


async def _history(transaction: Transaction, most: int) -> list[Revision]:
    query = 'SELECT number, sha256, at, "by", origin, summary FROM revisions ORDER BY number DESC LIMIT $1'
    return [_revision(row) for row in await transaction.fetch(query, most)]


def _revision(row: Any) -> Revision:
    return Revision(**{**row, "origin": Origin(row["origin"])})
