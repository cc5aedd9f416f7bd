"""A store in a file of SQLite."""

from __future__ import annotations

import sqlite3
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import aiosqlite

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

AWAY: Final = (sqlite3.Error, OSError)
TAKEN: Final = sqlite3.IntegrityError
TYPES: Final = {"bytes": "BLOB", "moment": "DATETIME", "counted": "INTEGER"}
"""What SQLite calls the types of the steps; an INTEGER that is a key counts by itself."""


class _Transaction:
    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def fetch(self, statement: str, *values: object) -> list[Any]:
        """The rows that a statement gives."""
        numbered = {str(number): value for number, value in enumerate(values, 1)}
        return [*await self._connection.execute_fetchall(statement, numbered)]


@asynccontextmanager
async def transaction(path: Path, patience: float) -> AsyncIterator[_Transaction]:
    """A transaction that is alone in the file, committed at the end of the block. `patience` is in seconds."""
    async with aiosqlite.connect(
        path, timeout=patience, isolation_level=None, detect_types=sqlite3.PARSE_DECLTYPES
    ) as connection:
        connection.row_factory = sqlite3.Row
        found = _Transaction(connection)
        with suppress(sqlite3.OperationalError):  # SQLite does not wait here; it becomes WAL by whoever comes first
            await found.fetch("PRAGMA journal_mode = WAL")
        await found.fetch("PRAGMA foreign_keys = ON")
        await found.fetch("BEGIN IMMEDIATE")
        yield found
        await connection.commit()


def _kept(moment: datetime) -> str:
    """A moment as it is kept: in UTC, without saying so."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def _moment(kept: bytes) -> datetime:
    return datetime.fromisoformat(kept.decode()).replace(tzinfo=UTC)


sqlite3.register_adapter(datetime, _kept)
sqlite3.register_converter(TYPES["moment"], _moment)
