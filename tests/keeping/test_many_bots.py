"""Several bots on one PostgreSQL: they serve the same revision, whoever changes it and whatever goes away."""

from __future__ import annotations

import asyncio
import shutil
import signal
import time
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import asyncpg
import pytest

from bot.chat.client import TENDING
from bot.keeping import revisions
from bot.keeping.shelf import Shelf
from bot.keeping.store import Store
from tests.keeping.talking import slash
from tests.wire.standin import PATIENCE, Discord, Process, running, standin

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.chat.conftest import World
    from tests.keeping.conftest import Server

SECOND = 1.0


@dataclass
class Bot:
    """A bot as a process, with a Discord and a folder of its own."""

    discord: Discord
    process: Process
    folder: Path

    async def role(self) -> str:
        """What the bot says that tells one book from another."""
        said = (await self.discord.say("!where bram"))["embeds"][0]["description"]
        return str(said.rpartition(" as ")[2].partition(".")[0])

    def edit(self, old: str, new: str) -> None:
        """Change this bot's own folder."""
        facts = self.folder / "herd.yaml"
        facts.write_text(facts.read_text("utf-8").replace(f"role: {old}\n", f"role: {new}\n"), "utf-8")

    def reload(self) -> None:
        """Serve the folder."""
        self.process.signal(signal.SIGHUP)

    async def comes_to(self, role: str, within: float) -> float:
        """Wait until the bot serves a book; after how many seconds it did."""
        begun = time.monotonic()
        while await self.role() != role:
            assert time.monotonic() - begun < within, f"after {within} seconds it is still {await self.role()}"
            await asyncio.sleep(0.02)
        return time.monotonic() - begun


@asynccontextmanager
async def bots(address: str, folder: Path, count: int) -> AsyncIterator[list[Bot]]:
    """So many bots on one database, each with a copy of the folder."""
    async with AsyncExitStack() as stack:
        found = []
        for number in range(count):
            home = folder.parent / f"bot-{number}"
            home.mkdir()
            own = shutil.copytree(folder, home / "herd")
            discord = await stack.enter_async_context(standin())
            process = running(discord, own, home / "state", DATABASE_URL=address, COOLDOWN="0")
            found.append(Bot(discord, await stack.enter_async_context(process), own))
        for bot in found:
            await asyncio.wait_for(bot.discord.ready.wait(), PATIENCE * count)
        yield found
        for bot in found:
            assert "Traceback" not in bot.process.output


async def end_sessions(address: str, like: str) -> None:
    """Cut the connections whose last statement was like this."""
    connection = await asyncpg.connect(address)
    await connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE pid <> pg_backend_pid() AND datname = current_database() AND query LIKE $1",
        like,
    )
    await connection.close()


async def test_a_change_reaches_the_others(server: Server, folder: Path) -> None:
    """What one bot serves, the others serve within a second, and go on serving after a restart with folders of their own."""
    address = await server.create()
    async with bots(address, folder, 3) as (one, *others):
        for old, new in (("co-founder", "sweeper"), ("sweeper", "ringer")):
            one.edit(old, new)
            one.reload()
            await one.process.prints(f"{old} → {new}")
            for other in others:
                assert await other.comes_to(new, PATIENCE) < SECOND
    shelf = Shelf(Store(address), others[0].folder, None)
    draft = await shelf.open()
    assert draft.book.people["bram-quill"].stints[1].role == "ringer"


async def test_a_lost_message_is_healed(server: Server, folder: Path) -> None:
    """A bot that did not hear of a change serves it with its next look at the store, and hears again."""
    address = await server.create()
    async with bots(address, folder, 2) as (one, other):
        await asyncio.sleep(0.5)
        await end_sessions(address, "%")
        one.edit("co-founder", "sweeper")
        one.reload()
        await one.process.prints("co-founder → sweeper")
        await other.comes_to("sweeper", TENDING + 2)
        await asyncio.sleep(TENDING + 1)
        one.edit("sweeper", "ringer")
        one.reload()
        await one.process.prints("sweeper → ringer")
        assert await other.comes_to("ringer", PATIENCE) < SECOND


async def test_reloads_at_once_end_in_one_order(server: Server, folder: Path) -> None:
    """However many bots reload at the same moment, all end with the same book, the last of one order."""
    address = await server.create()
    async with bots(address, folder, 3) as found:
        for number in range(5):
            for at, bot in enumerate(found):
                before = "co-founder" if number == 0 else f"role {number - 1} of {at}"
                bot.edit(before, f"role {number} of {at}")
            for bot in found:
                bot.reload()
            await asyncio.sleep(2)
            assert len({await bot.role() for bot in found}) == 1
        history = await revisions.history(Store(address))
        assert [revision.number for revision in history] == list(range(len(history), 0, -1))
        assert len(history) == 1 + 5 * 3
        last = await Shelf(Store(address), folder, None).read_revision(history[0])
        assert last.book.people["bram-quill"].stints[1].role == await found[0].role()


async def test_an_outage(server: Server, folder: Path) -> None:
    """While the database is away all answer, a reload fails in a sentence, and a bot may start; then all is as it was."""
    address = await server.create()
    async with bots(address, folder, 2) as (one, other):
        server.stop()
        try:
            one.edit("co-founder", "sweeper")
            one.reload()
            await one.process.prints("The store cannot be reached, so nothing was changed.")
            assert [await bot.role() for bot in (one, other)] == ["co-founder", "co-founder"]
            for bot in (one, other):
                await bot.process.prints("the store is away, and the book in memory goes on being served")
            home = folder.parent / "late"
            home.mkdir()
            async with (
                standin() as discord,
                running(discord, folder, home / "state", DATABASE_URL=address, COOLDOWN="0") as late,
            ):
                await asyncio.wait_for(discord.ready.wait(), PATIENCE)
                assert await Bot(discord, late, folder).role() == "co-founder"
                assert "the store cannot be used, so the folder is served as it is" in late.output
        finally:
            server.start()
        for bot in (one, other):
            await bot.process.prints("the store is back")
        one.reload()
        await one.process.prints("co-founder → sweeper")
        assert await other.comes_to("sweeper", PATIENCE) < SECOND


@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
async def test_another_bots_change_is_answered_from(world: World, place: str) -> None:
    """Through Discord: what another bot made current is what members are answered from and keepers see."""
    other = Shelf(Store(place), world.folder, None)
    await other.open()
    files = {name: data.replace(b"co-founder", b"sweeper") for name, data in (await _files(other)).items()}
    await other.append(other.read(files, "upload"), revisions.Origin.UPLOAD, "another bot", "1 changed")
    await world.env.advance_time(TENDING + 1)
    assert "as sweeper" in await world.ask("!where bram")
    assert "another bot · upload: 1 changed" in await slash(world, "facts history")


async def _files(shelf: Shelf) -> dict[str, bytes]:
    (first, *_) = await revisions.history(shelf.store)
    return dict(await revisions.files_of(shelf.store, first.sha256))
