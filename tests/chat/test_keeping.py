"""Reloading the book while the bot runs, by those who may."""

from __future__ import annotations

import asyncio
import gc
import weakref
from typing import TYPE_CHECKING, Any

import pytest
from discord.ext import commands

from bot import create_bot
from bot.chat.errors import NOT_A_KEEPER, NotAKeeperError
from tests.chat.conftest import World, flat

if TYPE_CHECKING:
    import discord


def edit(world: World, old: str, new: str) -> None:
    """Change the facts as a keeper does, in an editor."""
    facts = world.folder / "herd.yaml"
    text = facts.read_text("utf-8")
    assert old in text
    facts.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize("words", ["!reload", "!facts reload", "{mention} reload"])
async def test_a_keeper_reloads(world: World, words: str) -> None:
    """A reload serves the folder as it now stands, and says field by field what changed."""
    before = world.bot.reader.book.short_version
    edit(world, "role: co-founder", "role: sweeper")
    answered = await world.ask(words.format(mention=world.mention), author=world.keeper)
    after = world.bot.reader.book.short_version
    assert after != before
    assert f"Now serving book {after}." in answered
    assert "Changed (1)" in answered
    assert "people: bram-quill: stints 2 role: co-founder → sweeper" in answered
    assert "as sweeper" in await world.ask("!where bram")


async def test_a_reload_tells_what_came_and_went(world: World) -> None:
    """Entries added and removed are listed by kind and identifier."""
    edit(world, "  hayloft:\n    name: Hayloft\n", "  granary:\n    name: Granary\n")
    answered = await world.ask("!reload", author=world.keeper)
    assert "Added (1)\n• organisations: granary" in answered
    assert "Removed (1)\n• organisations: hayloft" in answered


async def test_a_reload_of_the_same_says_so(world: World) -> None:
    """A folder that did not change changes nothing."""
    assert "Nothing changed: still serving book" in await world.ask("!reload", author=world.keeper)


async def test_a_keeper_reloads_by_slash_in_private(world: World) -> None:
    """What concerns keepers alone is shown to them alone, where Discord can."""
    edit(world, "role: co-founder", "role: sweeper")
    result = await world.keeper.slash(world.channel, "facts reload")
    assert result.ephemeral
    assert result.response
    assert "Now serving book" in flat(result.response)


@pytest.mark.parametrize("words", ["!reload", "!facts reload", "!facts check", "!facts", "{mention} reload"])
async def test_a_member_may_not(world: World, words: str) -> None:
    """Somebody who is no keeper gets one plain sentence, and the book stays."""
    before = world.bot.reader
    edit(world, "role: co-founder", "role: sweeper")
    assert await world.ask(words.format(mention=world.mention)) == f"**{NOT_A_KEEPER}**"
    assert world.bot.reader is before
    assert [type(error) for error in world.env.errors] == [NotAKeeperError]


@pytest.mark.parametrize("command", ["facts reload", "facts check", "facts status"])
async def test_a_member_may_not_by_slash(world: World, command: str) -> None:
    """The refusal of a slash command is private."""
    result = await world.member.slash(world.channel, command)
    assert result.ephemeral
    assert result.response
    assert flat(result.response) == f"**{NOT_A_KEEPER}**"
    assert len(world.env.errors) == 1


async def test_managing_a_server_gives_no_right(world: World) -> None:
    """Facts are shared by all servers, so not even an administrator of one may reload them."""
    import discord  # noqa: PLC0415

    role = world.guild.create_role("Boss", permissions=discord.Permissions(administrator=True))
    boss = world.guild.add_member(world.env.create_user("boss"), roles=[role])
    assert await world.ask("!reload", author=boss) == f"**{NOT_A_KEEPER}**"
    assert len(world.env.errors) == 1


async def test_a_role_may_be_named(world: World) -> None:
    """Whoever has a role that the settings name is a keeper."""
    role = world.guild.create_role("Keepers")
    world.bot.admins.add(role.id)
    someone = world.guild.add_member(world.env.create_user("someone"), roles=[role])
    assert "Nothing changed" in await world.ask("!reload", author=someone)


async def test_the_owner_is_a_keeper(world: World) -> None:
    """The application's owner needs no setting."""
    assert world.bot.user
    assert await world.bot.is_keeper(world.bot.user)
    member = world.member.member
    assert member is None or not await world.bot.is_keeper(member)


async def test_a_book_that_is_served_no_longer_is_let_go(world: World) -> None:
    """What was read and answered of it is not kept behind the next reload, whenever the collector would look by itself."""
    gc.disable()
    try:
        first = weakref.ref(world.bot.reader)
        await world.ask("!where bram", author=world.keeper)
        edit(world, "role: co-founder", "role: sweeper")
        await world.ask("!reload", author=world.keeper)
        edit(world, "role: sweeper", "role: co-founder")
        await world.ask("!reload", author=world.keeper)
        assert first() is None
    finally:
        gc.enable()


async def test_broken_facts_are_located_and_the_old_book_stays(world: World) -> None:
    """With any error the old book goes on being served, and the keeper sees where each error is."""
    before = world.bot.reader
    edit(world, "organisation: byre", "organisation: bire")
    edit(world, "kind: publication\n    description", "kind: pamphlet\n    description")
    answered = await world.ask("!reload", author=world.keeper)
    assert f"The facts have 3 errors, so book {before.book.short_version} goes on being served." in answered
    assert "`organisation: bire` is no organisation here. Did you mean `byre`?" in answered
    assert "`herd/herd.yaml:" in answered
    assert world.bot.reader is before
    assert "Bram Quill is at Byre and Sons" in await world.ask("!where bram")


async def test_a_folder_that_is_gone_changes_nothing(world: World) -> None:
    """Even with no file left, the book in memory is served."""
    (world.folder / "herd.yaml").unlink()
    assert "no file here ends in .yaml" in await world.ask("!reload", author=world.keeper)
    assert "Bram Quill is at Byre and Sons" in await world.ask("!where bram")


async def test_check_reads_without_serving(world: World) -> None:
    """A check says what a reload would find, and serves nothing."""
    before = world.bot.reader
    edit(world, "role: co-founder", "role: sweeper")
    answered = await world.ask("!facts check", author=world.keeper)
    assert "is sound. Reload to serve it." in answered
    assert "6 people, 5 of them smiths of the Great Bell" in answered
    edit(world, "kind: publication\n    description", "kind: pamphlet\n    description")
    assert "The facts have 1 error, so" in await world.ask("!facts check", author=world.keeper)
    assert world.bot.reader is before


async def test_status_counts_what_is_served(world: World) -> None:
    """A keeper sees which book is served, and how much is in it."""
    result = await world.keeper.slash(world.channel, "facts status")
    assert result.ephemeral
    assert result.response
    assert f"Serving book {world.bot.reader.book.short_version}, revision 1." in flat(result.response)
    assert "3 claims, 1 dispute" in flat(result.response)


async def test_questions_during_a_reload_see_one_book(world: World) -> None:
    """A question sees the old book or the new one, never a mixture: version and fact always belong together."""
    roles = {world.bot.reader.book.short_version: "co-founder"}
    seen: list[str] = []

    async def ask() -> None:
        for _ in range(30):
            result = await asyncio.to_thread(lambda: world.bot.reader)
            person = result.book.people["bram-quill"]
            seen.append(f"{result.book.short_version} {person.stints[1].role}")
            assert result.names.resolve("bram quill").candidates[0].named.id == person.id

    async def reload() -> None:
        for role in ("sweeper", "ringer", "porter"):
            edit(world, f"role: {roles[world.bot.reader.book.short_version]}", f"role: {role}")
            await world.bot.reload("kim")
            roles[world.bot.reader.book.short_version] = role

    await asyncio.gather(ask(), reload(), ask())
    assert set(seen) <= {f"{version} {role}" for version, role in roles.items()}
    assert "as porter" in await world.ask("!where bram")


async def test_reloads_come_one_at_a_time(world: World) -> None:
    """Of many reloads at once each ends, and the last book read is the one served."""
    edit(world, "role: co-founder", "role: sweeper")
    changes = await asyncio.gather(*(world.bot.reload("kim") for _ in range(5)))
    assert [bool(change) for change in changes] == [True, False, False, False, False]


async def test_a_reload_may_rename_a_command(world: World) -> None:
    """The book names its own command; after a reload the new name works by prefix and slash, and the old one is gone."""
    edit(world, "stillat: stillatauroch", "stillat: stillringing")
    await world.ask("!reload", author=world.keeper)
    assert "2 of 5 smiths are still at Auroch Works." in await world.ask("!stillringing")
    result = await world.member.slash(world.channel, "stillringing")
    assert result.response
    assert await world.say("!stillatauroch") is None


async def test_a_restart_reads_the_folder_again(world: World) -> None:
    """A new process serves the folder as it then stands, and its commands work at once."""
    edit(world, "role: co-founder", "role: sweeper")
    await world.env.restart_bot(create_bot(world.bot.settings))
    typed: discord.Message = await world.member.send(world.channel, "!where bram")
    last = world.channel.last_message
    assert last
    assert last.id != typed.id
    assert "as sweeper" in flat(last)


async def test_a_reload_that_fails_midway_changes_nothing(world: World) -> None:
    """The new book is served only when its commands are in place."""
    before = world.bot.reader
    edit(world, "stillat: stillatauroch", "stillat: stillringing")
    world.bot.add_command(commands.Command(_nothing, name="stillringing"))
    assert "Something went wrong" in await world.ask("!reload", author=world.keeper)
    assert world.bot.reader is before
    result = await world.member.slash(world.channel, "stillatauroch")
    assert result.response
    assert len(world.env.errors) == 1


async def _nothing(_ctx: commands.Context[Any]) -> None:
    """Another cog's command, which has the name already."""


@pytest.mark.parametrize("state", [b"\xff", b"", b"something else"])
async def test_a_spoilt_state_is_not_fatal(world: World, state: bytes) -> None:
    """What the state folder holds about commands is only compared, whatever it is."""
    (world.bot.settings.state_dir / "commands.sha256").write_bytes(state)
    await world.env.restart_bot(create_bot(world.bot.settings))
    result = await world.member.slash(world.channel, "where", person="bram quill")
    assert result.response
