"""Killed at any moment, with a full disk or after a torn write: the bot starts again with a whole revision."""

from __future__ import annotations

import asyncio
import json
import os
import random
import resource
import secrets
import shutil
import signal
import sqlite3
import sys
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from bot.facts.reading import load_files
from bot.keeping.revisions import Origin
from bot.keeping.shelf import Shelf
from bot.keeping.store import Store, StoreError
from tests.conftest import SHIPPED

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.keeping.shelf import Draft

KILLS = 200
PATIENCE = 30.0
"""Seconds for a start."""
STARTING, COMMITTING, CHANGING = 0.08, 0.015, 0.2
"""Seconds that a start, putting a revision into the store, and a few changes of the book take, and a little more."""


@dataclass
class Victims:
    """What forks the processes that are killed; see `tests.keeping.crashing`."""

    process: asyncio.subprocess.Process
    alive: int = 0
    promised: int = 0
    """The newest revision of which a process said that it is served."""

    async def hear(self, *events: str) -> Any:
        """What the next line says that tells of one of these events."""
        assert self.process.stdout
        while True:
            line = await asyncio.wait_for(self.process.stdout.readline(), PATIENCE)
            assert line, f"it ended before {events}"
            event, _, what = line.decode().partition(" ")
            if event == "appended":
                self.promised = max(self.promised, int(what))
            if event in events:
                return json.loads(what)

    async def fork(self) -> None:
        """Fork a process, which then starts as a bot does."""
        assert self.process.stdin
        self.process.stdin.write(b"\n")
        self.alive = await self.hear("process")

    async def kill_somewhere(self) -> None:
        """Kill a process while it starts, while it puts a revision into the store, or anywhere."""
        moment = random.choice([STARTING, COMMITTING, CHANGING])
        if moment is STARTING:
            self.kill()
            await self.fork()
        elif moment is COMMITTING:
            await self.hear("appending")
        await asyncio.sleep(random.uniform(0, moment))
        self.kill()

    def kill(self) -> None:
        """Kill the process that is alive."""
        os.kill(self.alive, signal.SIGKILL)
        self.alive = 0


@pytest.fixture
def link(tmp_path: Path) -> Path:
    """A link to a folder with the shipped book, each file with a mark at its end."""
    folder = shutil.copytree(SHIPPED, tmp_path / "marked")
    for file in folder.glob("*.yaml"):
        file.write_text(f"{file.read_text('utf-8')}# the same\n", "utf-8")
    (tmp_path / "facts").symlink_to(folder)
    return tmp_path / "facts"


@asynccontextmanager
async def victims(place: Path | str, folder: Path) -> AsyncIterator[Victims]:
    """What forks processes on a store and a folder."""
    command = [sys.executable, "-m", "tests.keeping.crashing", str(place), str(folder)]
    process = await asyncio.create_subprocess_exec(
        *command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    found = Victims(process)
    try:
        yield found
    finally:
        if found.alive:
            found.kill()
        process.kill()
        await process.communicate()


async def test_killed_at_any_moment(place: Path | str, link: Path) -> None:
    """After each of 200 kills the next start serves one whole revision, no older than what was said to be served."""
    names = {file.name for file in SHIPPED.glob("*.yaml")}
    numbers = []
    async with victims(place, link) as found:
        await found.fork()
        await found.hear("serving")
        for _ in range(KILLS):
            await found.kill_somewhere()
            await found.fork()
            served = await found.hear("serving")
            assert served["number"] >= found.promised
            assert served["marks"].keys() == names
            assert len(set(served["marks"].values())) == 1
            assert "Lample" in served["answer"]
            numbers.append(served["number"])
    assert numbers == sorted(numbers)
    assert numbers[-1] > KILLS / 10


async def revised(folder: Path, path: Path, times: int) -> list[Draft]:
    """Put so many revisions of a book into SQLite; what each of them is."""
    shelf = Shelf(Store(path), folder, None)
    drafts = [await shelf.open()]
    for number in range(1, times):
        files = {name: data + f"# {number}\n".encode() * 2000 for name, data in load_files(folder).items()}
        drafts.append(shelf.read(files, "upload"))
        await shelf.append(drafts[-1], Origin.UPLOAD, "kim", "another")
    return drafts


async def test_a_full_disk(folder: Path, tmp_path: Path) -> None:
    """Wherever the disk is full, a change is whole or refused with a sentence, and the next start serves a whole book."""
    path = tmp_path / "state" / "herdbook.sqlite3"
    served = await revised(folder, path, 2)
    refusals = 0
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    for size in range(0, 120_000, 4_000):
        shelf = Shelf(Store(path), folder, None)
        assert await shelf.open() == served[-1]
        data = secrets.token_hex(20_000)
        files = {name: data_ + f"# {data}\n".encode() for name, data_ in served[0].files.items()}
        draft = shelf.read(files, "upload")
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        try:
            await shelf.append(draft, Origin.UPLOAD, "kim", "another")
        except StoreError:
            refusals += 1
        else:
            served.append(draft)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert shelf.revision
        assert shelf.revision.sha256 == served[-1].book.version
    assert refusals
    assert len(served) > 2


async def test_a_torn_write(folder: Path, tmp_path: Path) -> None:
    """However much of the last writes was lost or spoilt, the next start serves a whole revision."""
    path = tmp_path / "state" / "herdbook.sqlite3"
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as reader:  # so that SQLite does not put its log away
        reader.executescript("PRAGMA journal_mode = WAL; BEGIN; SELECT * FROM sqlite_master")
        drafts = await revised(folder, path, 6)
        whole, written = path.read_bytes(), path.with_name(f"{path.name}-wal").read_bytes()
    assert len(written) > 50_000
    served = set()
    for number in range(40):
        at = random.randrange(len(written))
        torn = written[:at] if number % 2 else written[:at] + b"?" * (len(written) - at)
        copy = tmp_path / f"torn-{number}" / path.name
        copy.parent.mkdir()
        copy.write_bytes(whole)
        copy.with_name(f"{path.name}-wal").write_bytes(torn)
        draft = await Shelf(Store(copy), folder, None).open()
        assert draft in drafts
        served.add(draft.book.version)
    assert len(served) > 2
