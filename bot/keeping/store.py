"""The store: one database, SQLite in the state folder or PostgreSQL for several bots, reached anew for each transaction.

Writes are rare, so no connection is kept but the one that listens for other bots: an outage leaves nothing stale behind.
"""

from __future__ import annotations

import sqlite3
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from bot.keeping import sqlite, steps

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

PATIENCE: Final = 5.0
"""Seconds for the database to answer."""
CHANNEL: Final = "herdbook"
"""Where a bot on PostgreSQL tells the others that there is a new revision."""
_LOCK: Final = 0x4E3D  # any number that nobody else locks in this database


class StoreError(Exception):
    """The store cannot be used now; the message is a sentence for a keeper, the cause is for the log."""

    def __init__(self) -> None:
        super().__init__("The store cannot be reached, so nothing was changed. Try again in a while; the log says why.")

    @property
    def reason(self) -> str:
        """Why, for the log; of what a database says only the kind, since it may quote what a member wrote."""
        cause = self.__cause__
        if isinstance(cause, OSError | sqlite3.OperationalError | steps.UnknownStepError):
            return f"{type(cause).__name__}: {cause}"
        return type(cause).__name__ if cause else ""


class TakenError(Exception):
    """A row with this key is there already."""


class Transaction(Protocol):
    """What a transaction can be asked, in the SQL that both databases speak."""

    async def fetch(self, statement: str, *values: object) -> list[Any]:
        """The rows that a statement gives, each with its columns by name; `$1` stands for the first value."""


class Store:
    """A database: the file of SQLite at a path, or PostgreSQL at an address `postgresql://…`."""

    def __init__(self, place: Path | str) -> None:
        self.place = place
        self.is_shared = isinstance(place, str)
        """Whether it is PostgreSQL, which other bots may use too."""
        self._database: Any = _postgresql() if self.is_shared else sqlite
        self._listener: Any = None

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Transaction]:
        """A transaction, committed at the end of the block. Raises StoreError or TakenError."""
        try:
            async with self._database.transaction(self.place, PATIENCE) as transaction:
                yield transaction
        except self._database.TAKEN as error:
            raise TakenError from error
        except self._database.AWAY as error:
            raise StoreError from error

    async def upgrade(self) -> None:
        """Make the tables what this version of the bot needs, all at once or not at all. Raises StoreError."""
        if isinstance(self.place, Path):
            try:
                self.place.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreError from error
        try:
            async with self.begin() as transaction:
                if self.is_shared:
                    await transaction.fetch("SELECT pg_advisory_xact_lock($1)", _LOCK)
                await steps.take(transaction, self._database.TYPES)
        except steps.UnknownStepError as error:
            raise StoreError from error

    async def listen(self, heard: Callable[[], None]) -> None:
        """On PostgreSQL, call `heard` whenever a bot serves a new revision; again after a loss. Raises StoreError."""
        if not self.is_shared:
            return
        try:
            if self._listener:
                await self._listener.execute("SELECT 1", timeout=PATIENCE)
                return
        except self._database.AWAY:
            await self.close()
        try:
            self._listener = await self._database.listening(self.place, PATIENCE, CHANNEL, heard)
        except self._database.AWAY as error:
            raise StoreError from error

    async def tell(self, transaction: Transaction) -> None:
        """Once the transaction is committed, let the other bots hear of it."""
        if self.is_shared:
            await transaction.fetch(f"NOTIFY {CHANNEL}")

    async def close(self) -> None:
        """Stop listening."""
        listener, self._listener = self._listener, None
        if listener:
            await self._database.close(listener, PATIENCE)


def _postgresql() -> Any:
    from bot.keeping import postgresql  # noqa: PLC0415 - only a bot that uses it waits for its driver

    return postgresql
