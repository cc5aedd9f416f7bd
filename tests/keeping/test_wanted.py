"""What members ask in vain, and what keepers do with it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.chat.client import TENDING
from bot.chat.errors import NOT_A_KEEPER
from bot.chat.pages import pages
from bot.chat.wanting import MOST_SHOWN, report
from bot.keeping import wanted
from bot.keeping.store import Store, StoreError
from bot.keeping.wanted import LONGEST, MOST_WANTED, Kind, Wanted, Wishes
from tests.chat.conftest import flat
from tests.chat.test_choosing import buttons
from tests.keeping.talking import restart, said, slash

if TYPE_CHECKING:
    from pathlib import Path

    from simcord.results import ResponseMessage

    from tests.chat.conftest import World
    from tests.keeping.conftest import Server


async def counted(store: Store) -> dict[str, int]:
    """What is in the store."""
    async with store.begin() as transaction:
        return {row["text"]: row["count"] for row in await transaction.fetch("SELECT text, count FROM wanted")}


async def test_counts_add_up(store: Store) -> None:
    """The same words are one entry, however often they are put into the store, and by however many bots."""
    for _ in range(2):
        bots = [Wishes(90), Wishes(90)]
        for bot in bots:
            bot.add("tuvron", Kind.NAME)
            bot.add("tuvron", Kind.NAME)
        await asyncio.gather(*(bot.flush(store) for bot in bots))
    assert await counted(store) == {"tuvron": 8}


@pytest.mark.parametrize(
    "text", ["", "a" * 61, "one two three four five six seven", "call 5551234", "123456789012345678"]
)
async def test_what_is_not_kept(store: Store, text: str) -> None:
    """Talk, and numbers that may be somebody's, are not kept."""
    wishes = Wishes(90)
    wishes.add(text, Kind.TOPIC)
    await wishes.flush(store)
    assert await counted(store) == {}


async def test_nothing_is_kept_where_it_is_switched_off(store: Store) -> None:
    """With WANTED_DAYS at 0 nothing is counted."""
    wishes = Wishes(0)
    wishes.add("tuvron", Kind.NAME)
    await wishes.flush(store)
    assert await counted(store) == {}


async def test_the_list_is_bounded(store: Store) -> None:
    """So many entries are kept, the most asked of them; also while they wait."""
    wishes = Wishes(90)
    for _ in range(2):
        for number in range(MOST_WANTED - 1):
            wishes.add(f"name {number}", Kind.NAME)
    await wishes.flush(store)
    for number in range(MOST_WANTED + 50):
        wishes.add(f"other {number}", Kind.NAME)
    await wishes.flush(store)
    kept = await counted(store)
    assert len(kept) == MOST_WANTED
    assert sum(text.startswith("name") for text in kept) == MOST_WANTED - 1


@pytest.mark.parametrize("days", [90, 0])
async def test_old_entries_go(store: Store, days: int) -> None:
    """What was not asked for so many days is gone at the next start, though nobody asks anything; at 0 days all is."""
    wishes = Wishes(90)
    wishes.add("long ago", Kind.NAME)
    await wishes.flush(store)
    if days:
        async with store.begin() as transaction:
            await transaction.fetch("UPDATE wanted SET last = $1", datetime.now(UTC) - timedelta(days=91))
        await wishes.flush(store)
        assert await counted(store) == {"long ago": 1}
    await Wishes(days).flush(store)
    assert await counted(store) == {}


async def test_counts_wait_for_the_store(tmp_path: Path) -> None:
    """While the store is away counts are kept, bounded, and put there once it is back."""
    (tmp_path / "state").write_text("in the way", "utf-8")
    store, wishes = Store(tmp_path / "state" / "herdbook.sqlite3"), Wishes(90)
    for _ in range(3):
        wishes.add("tuvron", Kind.NAME)
        with pytest.raises(StoreError):
            await wishes.flush(store)
    for number in range(MOST_WANTED * 2):
        wishes.add(f"flood {number}", Kind.NAME)
    with pytest.raises(StoreError):
        await wishes.flush(store)
    (tmp_path / "state").unlink()
    await store.upgrade()
    await wishes.flush(store)
    kept = await counted(store)
    assert kept["tuvron"] == 3
    assert len(kept) == MOST_WANTED


async def ask_in_vain(world: World) -> None:
    """Ask for a name three times in three ways, for topics, and for what the sources are silent on."""
    for text in ("!where Zebediah Crumb", "!who zebediah crumb", "!where ZEBEDIAH  CRÚMB", "!about moonlight"):
        await world.ask(text)
    await world.ask("!where tomas vale")
    await world.ask("!where bram")


async def listed(world: World) -> ResponseMessage:
    """The message with the list."""
    result = await world.keeper.slash(world.channel, "facts wanted")
    said(result)
    assert result.response
    return result.response


async def test_names_and_topics_apart(world: World) -> None:
    """What could not be answered is listed, folded and counted, names and topics apart; what could, is not."""
    await ask_in_vain(world)
    answered = await slash(world, "facts wanted")
    names, topics = answered.partition("Topics")[::2]
    assert "Asked in vain within the last 90 days:" in answered
    assert "zebediah crumb: asked 3 times, last on 20" in names
    assert "moonlight: asked 1 time," in topics
    assert "where tomas vale: asked 1 time" in topics
    assert "bram" not in answered


async def test_no_identity_is_kept(world: World) -> None:
    """The store holds the words and nothing of who asked them, nor whom they mention."""
    await world.ask(f"!where {world.keeper.mention} Zebediah")
    await world.ask("!where Zebediah")
    await slash(world, "facts wanted")
    assert await counted(world.bot.store) == {"zebediah": 2}
    async with world.bot.store.begin() as transaction:
        (row,) = await transaction.fetch("SELECT * FROM wanted")
    assert {*row.keys()} == {"text", "kind", "count", "last"}


async def test_counts_outlive_a_restart(world: World) -> None:
    """What was asked before a restart is counted after it."""
    await ask_in_vain(world)
    await world.env.advance_time(TENDING + 1)
    await restart(world)
    await world.ask("!where zebediah crumb")
    assert "zebediah crumb: asked 4 times" in await slash(world, "facts wanted")


async def test_not_a_name(world: World) -> None:
    """A keeper puts among the topics what is no name, and there it stays however it is asked."""
    await ask_in_vain(world)
    message = await listed(world)
    assert buttons(message) == {"Not a name": False, "Forget": False}
    await world.keeper.select(message, ["zebediah crumb"])
    await world.keeper.click(message, label="Not a name")
    assert "Names" not in flat(message)
    assert "zebediah crumb: asked 3 times" in flat(message)
    await world.ask("!where zebediah crumb")
    (entry, *_) = await wanted.most_wanted(world.bot.store, Kind.TOPIC, 9)
    assert entry.text == "zebediah crumb"
    assert "zebediah crumb: asked 4 times" in (await slash(world, "facts wanted")).partition("Topics")[2]
    await world.keeper.select(message, ["zebediah crumb"])
    assert buttons(message) == {"Not a name": False, "Forget": True}


def test_the_longest_list_is_one_page() -> None:
    """What can be picked can be seen, however long the words are."""
    last = datetime.now(UTC)
    entries = [Wanted("w" * LONGEST, kind, 1_000_000, last) for kind in Kind for _ in range(MOST_SHOWN)]
    assert len(pages(report(entries, 3650), embeds=True)) == len(pages(report(entries, 3650), embeds=False)) == 1


async def test_forget(world: World) -> None:
    """What a keeper forgets is gone, until it is asked again."""
    await world.ask("!where zebediah crumb")
    message = await listed(world)
    await world.keeper.select(message, ["zebediah crumb"])
    await world.keeper.click(message, label="Forget")
    assert "Nothing is wanted" in flat(message)
    assert buttons(message) == {}
    assert await counted(world.bot.store) == {}


async def test_a_right_that_was_taken_away(world: World) -> None:
    """Who is no keeper any more cannot sort the list that they still see."""
    await ask_in_vain(world)
    message = await listed(world)
    world.bot.admins.remove(world.keeper.id)
    assert said(await world.keeper.select(message, ["moonlight"])) == NOT_A_KEEPER
    assert len(world.env.errors) == 1


async def test_a_member_may_not(world: World) -> None:
    """No member sees what others ask."""
    assert await slash(world, "facts wanted", author=world.member) == f"**{NOT_A_KEEPER}**"
    assert await world.ask("!facts wanted") == f"**{NOT_A_KEEPER}**"
    assert len(world.env.errors) == 2


@pytest.mark.settings(wanted_days=0)
async def test_switched_off(world: World) -> None:
    """Where it is switched off, the list says so."""
    await ask_in_vain(world)
    assert "is not kept here; the setting `WANTED_DAYS` says so" in await slash(world, "facts wanted")


@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
async def test_answers_do_not_wait_for_a_database(server: Server, world: World) -> None:
    """While the database is away questions are answered, counts wait, and keepers are told in a sentence."""
    server.stop()
    try:
        await ask_in_vain(world)
        await world.env.advance_time(TENDING + 1)
        assert "Bram Quill is at Byre and Sons" in await world.ask("!where bram")
        assert "The store cannot be reached, so nothing was changed." in await slash(world, "facts history")
        assert "The store cannot be reached" in await world.ask("!reload", author=world.keeper)
        assert len(world.env.errors) == 2
    finally:
        server.start()
    await world.env.advance_time(TENDING + 1)
    assert "zebediah crumb: asked 3 times" in await slash(world, "facts wanted")
    assert "Nothing changed" in await slash(world, "facts reload")
