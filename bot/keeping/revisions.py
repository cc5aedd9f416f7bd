"""Revisions: every book that was served, as rows that are only added; the one with the highest number is current.

A revision and its content are one transaction, so whoever is killed, at whatever moment, leaves a whole one or none.
Its number is the next one, and a key: of bots that add at once one waits, finds its number taken, and takes the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from bot.facts.book import SHORT_VERSION
from bot.facts.reading import version_of
from bot.keeping import log
from bot.keeping.archive import pack, unpack
from bot.keeping.tables import contents, folders, revisions

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.facts.reading import Files
    from bot.keeping.store import Store

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


@dataclass(frozen=True, slots=True)
class Revision:
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


@dataclass(frozen=True, slots=True)
class Change:
    """What is to become a revision."""

    files: Files
    origin: Origin
    by: str
    summary: str
    place: str | None = None
    """The folder that the files were read from."""
    after: int | None = None
    """The number of the revision that must still be current, if one must."""


async def history(store: Store, most: int | None = None) -> list[Revision]:
    """The newest revisions first, so many at most. Raises StoreError."""
    async with store.begin() as connection:
        return await _history(connection, most)


async def latest(store: Store) -> Revision | None:
    """The current revision; None where nothing was served yet. Raises StoreError."""
    return next(iter(await history(store, 1)), None)


async def find(store: Store, number: int) -> Revision:
    """The revision of a number. Raises StoreError or NoRevisionError."""
    async with store.begin() as connection:
        for found in await _select(connection, select(revisions).where(revisions.c.number == number)):
            return found
    raise NoRevisionError(number)


async def files_of(store: Store, sha256: str) -> Files:
    """The files of a revision. Raises StoreError."""
    query = select(contents.c.archive).where(contents.c.sha256 == sha256)
    async with store.begin() as connection:
        return unpack((await connection.execute(query)).scalar_one())


async def is_news(store: Store, place: str, sha256: str) -> bool:
    """Whether a folder changed since its last reload; of a folder never reloaded, whether it was never served.

    Several bots have each its own folder, and one that is behind the others' is no news. Raises StoreError.
    """
    async with store.begin() as connection:
        known = (await connection.execute(select(folders.c.sha256).where(folders.c.place == place))).scalar()
        if known is not None:
            return bool(known != sha256)
        served = select(revisions.c.number).where(revisions.c.sha256 == sha256).limit(1)
        return (await connection.execute(served)).first() is None


async def append(store: Store, change: Change) -> tuple[Revision, bool]:
    """Make a change the current revision, unless its files are that already; the current revision, and whether it is new.

    Raises StoreError, or OutdatedError when another revision than `change.after` is current.
    """
    for _ in range(TRIES):
        try:
            async with store.begin() as connection:
                return await _append(store, connection, change)
        except IntegrityError:
            continue
    raise OutdatedError


async def _append(store: Store, connection: AsyncConnection, change: Change) -> tuple[Revision, bool]:
    current = next(iter(await _history(connection, 1)), None)
    if change.after is not None and (current is None or current.number != change.after):
        raise OutdatedError
    sha256 = version_of(change.files)
    if change.place:
        await connection.execute(delete(folders).where(folders.c.place == change.place))
        await connection.execute(insert(folders).values(place=change.place, sha256=sha256))
    if current and current.sha256 == sha256:
        return current, False
    known = await connection.execute(select(contents.c.sha256).where(contents.c.sha256 == sha256))
    if not known.first():
        await connection.execute(insert(contents).values(sha256=sha256, archive=pack(change.files)))
    number = current.number + 1 if current else 1
    added = Revision(number, sha256, datetime.now(UTC), change.by, change.origin, change.summary)
    await connection.execute(
        insert(revisions).values(
            number=number, sha256=sha256, at=added.at, by=added.by, origin=added.origin, summary=added.summary
        )
    )
    await log.write(connection, added.entry)
    await store.tell(connection)
    return added, True


async def _history(connection: AsyncConnection, most: int | None) -> list[Revision]:
    return await _select(connection, select(revisions).order_by(revisions.c.number.desc()).limit(most))


async def _select(connection: AsyncConnection, query: Select[Any]) -> list[Revision]:
    rows = (await connection.execute(query)).mappings()
    return [Revision(**{**row, "origin": Origin(row["origin"])}) for row in rows]
