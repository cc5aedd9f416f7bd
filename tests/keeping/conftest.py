"""Stores of both kinds: the file of SQLite, and a real PostgreSQL server that the tests start for themselves."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import asyncpg
import pytest

from bot import create_bot
from bot.keeping.shelf import Shelf
from bot.keeping.store import Store
from bot.settings import Secret, Settings
from tests.chat.conftest import world as opened_world  # noqa: F401 - a fixture is used by naming it
from tests.keeping.talking import leave

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from bot.chat.client import Herdbook
    from tests.chat.conftest import World

USER = "herdbook"


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server on loopback, in a folder of its own; it refuses to run as root."""

    binaries: Path
    folder: Path
    port: int

    @property
    def owner(self) -> str | None:
        """Whom the server runs as."""
        return "nobody" if os.geteuid() == 0 else None

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs to its end."""
        command = [str(self.binaries / program), *arguments]
        subprocess.run(command, check=True, cwd=self.folder, user=self.owner, stdout=subprocess.DEVNULL)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-c listen_addresses=127.0.0.1 -c port={self.port} -c unix_socket_directories='' -c max_connections=200 -c fsync=off"
        self.run("pg_ctl", "start", "-w", "-D", "data", "-l", "log", "-o", options)

    def stop(self) -> None:
        """Stop it, whoever is connected."""
        self.run("pg_ctl", "stop", "-w", "-D", "data", "-m", "fast")

    async def create(self) -> str:
        """The address of an empty database: each test's is the one of the test before, emptied."""
        address = f"postgresql://{USER}@127.0.0.1:{self.port}/postgres"
        connection = await asyncpg.connect(address)
        others = "FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
        await connection.execute(f"SELECT pg_terminate_backend(pid) {others}")
        await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        await connection.close()
        return address


def _binaries() -> Path | None:
    """Where PostgreSQL's programs are: in the path, or where Debian puts them."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    return max((path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")), default=None)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server for all tests; where PostgreSQL is not installed, those that need one are skipped."""
    binaries = _binaries()
    if not binaries:
        pytest.skip("PostgreSQL is not installed (no initdb), so the store is tested on SQLite alone")
    with TemporaryDirectory(prefix="herdbook-") as folder, closing(socket.create_server(("127.0.0.1", 0))) as free:
        found = Server(binaries, Path(folder), free.getsockname()[1])
        free.close()
        if found.owner:
            shutil.chown(folder, found.owner)
        found.run("initdb", "-D", "data", "-U", USER, "-A", "trust", "--no-sync")
        found.start()
        yield found
        found.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
async def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where a store may be, each kind in turn: the same tests run against both."""
    if request.param == "sqlite":
        return tmp_path / "state" / "herdbook.sqlite3"
    server: Server = request.getfixturevalue("server")
    return await server.create()


@pytest.fixture
async def store(place: Path | str) -> AsyncIterator[Store]:
    """A store with its tables."""
    found = Store(place)
    await found.upgrade()
    yield found
    await found.close()


@pytest.fixture
async def shelf(store: Store, folder: Path) -> Shelf:
    """A shelf on which the invented book is served, as revision 1."""
    found = Shelf(store, folder, None)
    await found.open()
    return found


@pytest.fixture
def settings(place: Path | str, folder: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    """Settings of a test's bot: those of the marker `settings`, over an editable book, no cooldown, and either store."""
    marker = request.node.get_closest_marker("settings")
    given = {"facts_dir": folder, "state_dir": tmp_path / "state", "cooldown": 0, **(marker.kwargs if marker else {})}
    return Settings(database_url=Secret(place) if isinstance(place, str) else None, **given)


@pytest.fixture
def simcord_bot(settings: Settings) -> Herdbook:
    """The bot under test, as everybody gets it."""
    return create_bot(settings)


@pytest.fixture
async def world(opened_world: World) -> AsyncIterator[World]:  # noqa: F811 - a fixture is used by naming it
    """The world of a test, whose last bot leaves its store."""
    yield opened_world
    await leave(opened_world.bot)
