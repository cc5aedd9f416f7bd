"""The store: one database, SQLite in the state folder or PostgreSQL for several bots, reached anew for each transaction.

Writes are rare, so no connection is kept but the one that listens for other bots: an outage leaves nothing stale behind.
"""

from __future__ import annotations

import sqlite3
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import asyncpg
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import URL, event, make_url, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from sqlalchemy import Connection
    from sqlalchemy.ext.asyncio import AsyncConnection

PATIENCE: Final = 5.0
"""Seconds for the database to answer."""
CHANNEL: Final = "herdbook"
"""Where a bot on PostgreSQL tells the others that there is a new revision."""
_LOCK: Final = 0x4E3D  # any number that nobody else locks in this database
_AWAY: Final = (DBAPIError, asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError)


class StoreError(Exception):
    """The store cannot be used now; the message is a sentence for a keeper, the cause is for the log."""

    def __init__(self) -> None:
        super().__init__("The store cannot be reached, so nothing was changed. Try again in a while; the log says why.")

    @property
    def reason(self) -> str:
        """Why, for the log; of what a database says only the kind, since it may quote what a member wrote."""
        cause = getattr(self.__cause__, "orig", self.__cause__)
        if isinstance(cause, OSError | sqlite3.OperationalError | CommandError):
            return f"{type(cause).__name__}: {cause}"
        return type(cause.__cause__ or cause).__name__ if cause else ""


class Store:
    """A database: the file of SQLite at a path, or PostgreSQL at an address `postgresql://…`."""

    def __init__(self, place: Path | str) -> None:
        self.place = place
        self.is_shared = isinstance(place, str)
        """Whether it is PostgreSQL, which other bots may use too."""
        if isinstance(place, Path):
            self._url = URL.create("sqlite+aiosqlite", database=str(place.absolute()))
        else:
            self._url = make_url(place).set(drivername="postgresql+asyncpg")
        self._listener: Any = None
        limits = {"timeout": PATIENCE} | ({"command_timeout": PATIENCE} if self.is_shared else {})
        self._engine = create_async_engine(self._url, poolclass=NullPool, connect_args=limits)
        if not self.is_shared:
            event.listen(self._engine.sync_engine, "connect", _open_sqlite)
            event.listen(self._engine.sync_engine, "begin", _begin_sqlite)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """A transaction, committed at the end of the block. Raises StoreError; IntegrityError is the block's own."""
        try:
            async with self._engine.begin() as connection:
                yield connection
        except IntegrityError:
            raise
        except _AWAY as error:
            raise StoreError from error

    async def upgrade(self) -> None:
        """Make the tables what this version of the bot needs, all at once or not at all. Raises StoreError."""
        if not self.is_shared:
            try:
                Path(self._url.database or "").parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreError from error
        async with self.begin() as connection:
            if self.is_shared:
                await connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            try:
                await connection.run_sync(_upgrade)
            except CommandError as error:  # the tables are of a newer bot than this one
                raise StoreError from error

    async def listen(self, heard: Callable[[], None]) -> None:
        """On PostgreSQL, call `heard` whenever a bot serves a new revision; again after a loss. Raises StoreError."""
        if not self.is_shared:
            return
        try:
            if self._listener:
                await self._listener.execute("SELECT 1", timeout=PATIENCE)
                return
        except _AWAY:
            await self.close()
        address = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        try:
            self._listener = await asyncpg.connect(address, timeout=PATIENCE)
            await self._listener.add_listener(CHANNEL, lambda *_: heard())
        except _AWAY as error:
            raise StoreError from error

    async def tell(self, connection: AsyncConnection) -> None:
        """Once the transaction is committed, let the other bots hear of it."""
        if self.is_shared:
            await connection.execute(text(f"NOTIFY {CHANNEL}"))

    async def close(self) -> None:
        """Stop listening."""
        listener, self._listener = self._listener, None
        if listener:
            with suppress(*_AWAY):
                await listener.close(timeout=PATIENCE)


def _upgrade(connection: Connection) -> None:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", f"{__package__}:migrations")
    command.upgrade(config, "head")


def _open_sqlite(connection: Any, _record: Any) -> None:
    """Let SQLAlchemy begin transactions, as Python's module leaves changes of tables outside of them."""
    connection.isolation_level = None
    cursor = connection.cursor()
    with suppress(sqlite3.OperationalError):  # SQLite does not wait here; the file becomes WAL by whoever comes first
        cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
