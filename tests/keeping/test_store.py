"""The store: its tables, its transactions, and what happens when it is away."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from bot.keeping import log, suggestions, wanted
from bot.keeping.log import MOST_ENTRIES, Entry
from bot.keeping.store import Store, StoreError, TakenError
from bot.keeping.wanted import Kind

if TYPE_CHECKING:
    from pathlib import Path

    from tests.keeping.conftest import Server


async def test_many_bots_may_start_at_once(place: Path | str) -> None:
    """Bots that start on an empty database together all find its tables made."""
    await asyncio.gather(*(Store(place).upgrade() for _ in range(4)))
    assert await log.entries(Store(place), 1) == []


async def test_many_bots_may_start_at_once_on_a_new_file(tmp_path: Path) -> None:
    """SQLite refuses, without waiting, to make a file WAL while another bot does so: about one try in twelve meets that."""
    for attempt in range(30):
        path = tmp_path / f"{attempt}.sqlite3"
        await asyncio.gather(*(Store(path).upgrade() for _ in range(6)))
        assert await log.entries(Store(path), 1) == []
        with closing(sqlite3.connect(path)) as made:
            assert made.execute("PRAGMA journal_mode").fetchone() == ("wal",)


async def test_an_older_bots_tables(tmp_path: Path) -> None:
    """Tables as Alembic made them for older bots get what they lack, and keep what they hold, with its moment."""
    path = tmp_path / "herdbook.sqlite3"
    with closing(sqlite3.connect(path)) as older:
        older.executescript(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
            " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));"
            "INSERT INTO alembic_version VALUES ('0001');"
            'CREATE TABLE log (number INTEGER NOT NULL, at DATETIME NOT NULL, "by" TEXT NOT NULL,'
            " action TEXT NOT NULL, outcome TEXT NOT NULL, PRIMARY KEY (number));"
            "INSERT INTO log VALUES (1, '2031-04-01 09:30:00.000001', 'kim', 'folder', 'revision 1');"
        )
    store = Store(path)
    for _ in range(2):
        await store.upgrade()
    assert await log.entries(store, 2) == [
        Entry("kim", "folder", "revision 1", datetime(2031, 4, 1, 9, 30, 0, 1, UTC)),
    ]
    assert await suggestions.open_ones(store) == []
    assert await wanted.most_wanted(store, Kind.NAME, 1) == []
    with closing(sqlite3.connect(path)) as newer:
        assert newer.execute("SELECT version_num FROM alembic_version").fetchall() == [("0004",)]
        assert newer.execute("SELECT at FROM log").fetchall() == [("2031-04-01 09:30:00.000001",)]


async def test_moments_are_kept_as_they_are(store: Store) -> None:
    """A moment comes back the same to the microsecond and in UTC, of whatever zone it was."""
    summer = datetime(2031, 7, 1, 0, 30, 0, 7, timezone(timedelta(hours=2)))
    async with store.begin() as transaction:
        await transaction.fetch("INSERT INTO wanted VALUES ('bells', 'topic', 1, $1)", summer)
    (kept,) = await wanted.most_wanted(store, Kind.TOPIC, 1)
    assert kept.last == summer
    assert kept.last.utcoffset() == timedelta(0)


async def test_a_newer_bots_tables(store: Store) -> None:
    """Tables that a newer bot made are left as they are, and told of; they can be used again by that one."""
    async with store.begin() as transaction:
        await transaction.fetch("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError) as refused:
        await store.upgrade()
    assert "9999" in refused.value.reason
    assert await log.entries(store, 1) == []


async def test_why_a_store_fails_quotes_nobody(store: Store) -> None:
    """The log is told the kind of what went wrong, and not the words that were to be stored."""
    words = Entry("sesame", "zanzibar", "x")
    async with store.begin() as transaction:
        await transaction.fetch("ALTER TABLE log RENAME COLUMN action TO old_action")
    with pytest.raises(StoreError) as failed:
        async with store.begin() as transaction:
            await log.write(transaction, words)
    assert failed.value.reason in {"OperationalError: table log has no column named action", "UndefinedColumnError"}


async def test_a_value_that_postgresql_does_not_take(server: Server) -> None:
    """Its driver quotes such a value in its own words."""
    store = Store(await server.create())
    with pytest.raises(StoreError) as failed:
        async with store.begin() as transaction:
            await transaction.fetch("SELECT CAST($1 AS INTEGER)", "zanzibar")
    assert "zanzibar" in str(failed.value.__cause__)
    assert failed.value.reason == "DataError"


async def test_all_or_nothing(store: Store) -> None:
    """What fails in the middle of a transaction leaves nothing of it."""

    async def half() -> None:
        async with store.begin() as transaction:
            await log.write(transaction, Entry("kim", "upload", "half"))
            for _ in range(2):
                await transaction.fetch("INSERT INTO contents (sha256, archive) VALUES ($1, $2)", "0", b"")

    with pytest.raises(TakenError):
        await half()
    assert await log.entries(store, 10) == []


async def test_the_log_keeps_the_newest(store: Store) -> None:
    """The log is bounded, and its newest entries come first."""
    async with store.begin() as transaction:
        for number in range(MOST_ENTRIES + 5):
            await log.write(transaction, Entry("kim", "folder", f"{number}"))
    entries = await log.entries(store, MOST_ENTRIES * 2)
    assert [entry.outcome for entry in entries] == [f"{n}" for n in range(MOST_ENTRIES + 4, 4, -1)]
    assert entries[0].at
    assert entries[0].at.tzinfo


async def test_no_folder_for_sqlite(tmp_path: Path) -> None:
    """Where the state folder cannot be made, the store says in a sentence that it cannot be used."""
    (tmp_path / "state").write_text("a file", "utf-8")
    with pytest.raises(StoreError, match="cannot be reached, so nothing was changed"):
        await Store(tmp_path / "state" / "herdbook.sqlite3").upgrade()


@pytest.mark.parametrize("spoilt", [b"something else" * 1000, b"SQLite format 3\0" + b"\xff" * 5000])
async def test_a_spoilt_file(tmp_path: Path, spoilt: bytes) -> None:
    """A file that is no database is left as it is, and told of."""
    path = tmp_path / "herdbook.sqlite3"
    path.write_bytes(spoilt)
    with pytest.raises(StoreError):
        await Store(path).upgrade()
    assert path.read_bytes() == spoilt


async def test_postgresql_away(server: Server) -> None:
    """A database that went away is told of in a sentence, and used again once it is back."""
    store = Store(await server.create())
    await store.upgrade()
    server.stop()
    try:
        with pytest.raises(StoreError):
            await log.entries(store, 1)
        with pytest.raises(StoreError):
            await store.listen(lambda: None)
    finally:
        server.start()
    assert await log.entries(store, 1) == []


async def test_postgresql_tells_of_revisions(server: Server) -> None:
    """What one bot commits another hears of; what is not committed, nobody does; listening goes on after a loss."""
    address = await server.create()
    speaker, listener = Store(address), Store(address)
    heard = asyncio.Queue[None]()
    await listener.listen(lambda: heard.put_nowait(None))

    async def speak(statement: str = "SELECT 1") -> None:
        async with speaker.begin() as transaction:
            await speaker.tell(transaction)
            await transaction.fetch(statement)

    with pytest.raises(StoreError):
        await speak("SELECT 1/0")
    await speak()
    await asyncio.wait_for(heard.get(), 5)
    assert heard.empty()
    async with speaker.begin() as transaction:
        await transaction.fetch("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
    await asyncio.sleep(0.1)
    await listener.listen(lambda: heard.put_nowait(None))
    await speak()
    await asyncio.wait_for(heard.get(), 5)
    await listener.close()
