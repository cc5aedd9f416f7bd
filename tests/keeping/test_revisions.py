"""`/facts history`, `diff`, `rollback` and `export`, by a keeper and by a member, and across a restart."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from bot.chat.errors import NOT_A_KEEPER
from bot.chat.views import LIFETIME
from bot.keeping import revisions
from bot.keeping.revisions import Change, Origin
from tests.chat.test_choosing import buttons
from tests.keeping.talking import edit, restart, said, slash

if TYPE_CHECKING:
    from tests.chat.conftest import World


async def numbers(world: World) -> list[int]:
    """The numbers of all revisions, the newest first."""
    return [revision.number for revision in await revisions.history(world.bot.store)]


async def changed(world: World, *roles: str) -> None:
    """Serve the book with one role after another."""
    old = "co-founder"
    for role in roles:
        edit(world, f"role: {old}", f"role: {role}")
        await world.bot.reload("kim")
        old = role


async def test_the_history(world: World) -> None:
    """Every book that was served is listed: its version, when, by whom, from where, what changed; a restart adds none."""
    first = world.bot.reader.book.short_version
    edit(world, "role: co-founder", "role: sweeper")
    await slash(world, "facts reload")
    second = world.bot.reader.book.short_version
    await restart(world)
    answered = await slash(world, "facts history")
    assert f"Serving book {second}, revision 2." in answered
    newest, oldest = (line for line in answered.splitlines() if line.startswith("• "))
    assert newest.startswith(f"• 2 · book {second} · 20")
    assert newest.endswith(f" UTC · kim ({world.keeper.id}) · folder: 1 changed")
    assert oldest.startswith(f"• 1 · book {first} · ")
    assert oldest.endswith(" · start · folder: the first book")


async def test_differences(world: World) -> None:
    """Two revisions are compared field by field; with one named, it is compared to what is served."""
    await changed(world, "sweeper", "ringer")
    line = "people: bram-quill: stints 2 role: "
    answered = await slash(world, "facts diff", a=1, b=2)
    assert "From revision 1 to revision 2: 1 changed." in answered
    assert f"{line}co-founder → sweeper" in answered
    assert f"{line}ringer → co-founder" in await slash(world, "facts diff", a=3, b=1)
    answered = await slash(world, "facts diff", a=2)
    assert "From revision 2 to the book being served: 1 changed." in answered
    assert f"{line}sweeper → ringer" in answered
    assert "the same facts" in await slash(world, "facts diff", a=2, b=2)
    assert f"{line}co-founder → sweeper" in await world.ask("!facts diff 1 2", author=world.keeper)


async def test_a_rollback_is_confirmed_and_lasts(world: World) -> None:
    """A rollback shows what would change, serves it once confirmed, is a revision of its own, and outlives a restart."""
    await changed(world, "sweeper")
    result = await world.keeper.slash(world.channel, "facts rollback", revision=1)
    assert "Go back to revision 1? That is 1 changed." in said(result)
    assert "sweeper → co-founder" in said(result)
    assert await numbers(world) == [2, 1]
    assert "as sweeper" in await world.ask("!where bram")
    shown = result.followups[-1] if result.followups else result.response
    assert shown
    assert buttons(shown) == {"Serve it": True, "Leave it": True}
    clicked = await world.keeper.click(shown, label="Serve it")
    assert clicked.acknowledged
    assert "Now serving book" in said(result)
    assert await numbers(world) == [3, 2, 1]
    await restart(world)
    assert "as co-founder" in await world.ask("!where bram")
    assert "rollback: back to revision 1, 1 changed" in await slash(world, "facts history")
    assert "rollback: revision 3, back to revision 1, 1 changed" in await slash(world, "facts log")
    assert "Serving book" in await slash(world, "facts status")
    assert "Nothing changed" not in await slash(world, "facts reload")
    assert "as sweeper" in await world.ask("!where bram")


async def test_a_rollback_may_be_left(world: World) -> None:
    """Who leaves it, or lets the time pass, has changed nothing."""
    await changed(world, "sweeper")
    result = await world.keeper.slash(world.channel, "facts rollback", revision=1)
    assert result.response
    await world.keeper.click(result.response, label="Leave it")
    after = result.response
    assert after is not None
    assert buttons(after) == {}
    again = await world.keeper.slash(world.channel, "facts rollback", revision=1)
    await world.env.advance_time(LIFETIME + 1)
    assert again.response
    assert buttons(again.response) == {
        "Serve it": False,
        "Leave it": False,
        "Time is up; ask again to confirm": False,
    }
    assert await numbers(world) == [2, 1]


async def test_a_rollback_of_a_book_that_changed_meanwhile(world: World) -> None:
    """What was shown is what is done: where another change came between, nothing is."""
    await changed(world, "sweeper")
    result = await world.keeper.slash(world.channel, "facts rollback", revision=1)
    edit(world, "role: sweeper", "role: ringer")
    await world.bot.reload("somebody else")
    assert result.response
    clicked = await world.keeper.click(result.response, label="Serve it")
    assert "The book has changed since this was shown, so nothing was done." in said(clicked)
    assert await numbers(world) == [3, 2, 1]
    assert "as ringer" in await world.ask("!where bram")
    assert len(world.env.errors) == 1


async def test_back_from_what_cannot_be_read(world: World) -> None:
    """Where the newest revision is no book here, keepers go back from it all the same."""
    files = await revisions.files_of(world.bot.store, (await revisions.find(world.bot.store, 1)).sha256)
    broken = {name: data.replace(b"home: auroch", b"home: aurox") for name, data in files.items()}
    await changed(world, "sweeper")
    await revisions.append(world.bot.store, Change(broken, Origin.UPLOAD, "a newer bot", "what only it can read"))
    await restart(world)
    assert "as sweeper" in await world.ask("!where bram")
    result = await world.keeper.slash(world.channel, "facts rollback", revision=1)
    assert result.response
    await world.keeper.click(result.response, label="Serve it")
    assert "Now serving book" in said(result)
    assert await numbers(world) == [4, 3, 2, 1]


async def test_a_right_that_was_taken_away(world: World) -> None:
    """Who may no longer keep the book cannot confirm what they asked for when they might."""
    await changed(world, "sweeper")
    result = await world.keeper.slash(world.channel, "facts rollback", revision=1)
    world.bot.admins.remove(world.keeper.id)
    assert result.response
    clicked = await world.keeper.click(result.response, label="Serve it")
    assert said(clicked) == NOT_A_KEEPER
    assert await numbers(world) == [2, 1]
    assert len(world.env.errors) == 1


async def test_what_is_served_needs_no_rollback(world: World) -> None:
    """Going back to what is served is nothing to confirm."""
    answered = await slash(world, "facts rollback", revision=1)
    assert f"That is book {world.bot.reader.book.short_version}, which is being served." in answered


async def test_an_export_is_a_folder(world: World) -> None:
    """An export is a zip of the files as they were, from which the same book is read."""
    before = (world.folder / "herd.yaml").read_bytes()
    await changed(world, "sweeper")
    result = await world.keeper.slash(world.channel, "facts export", revision=1)
    assert result.ephemeral
    assert result.response
    (attached,) = result.response.attachments
    version = (await revisions.find(world.bot.store, 1)).short_version
    assert attached.filename == f"revision-1-{version}.zip"
    with zipfile.ZipFile(io.BytesIO(await attached.read())) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {"herd.yaml": before}


async def test_an_export_where_files_may_not_be_sent(world: World) -> None:
    """By prefix a zip takes a permission that the bot may lack; it says so, and by slash none is needed."""
    assert await world.say("!facts export 1", author=world.keeper)
    world.deny(attach_files=True)
    assert "give this as a slash command" in await world.ask("!facts export 1", author=world.keeper)
    result = await world.keeper.slash(world.channel, "facts export", revision=1)
    assert result.response
    assert result.response.attachments


@pytest.mark.parametrize("command", ["facts rollback", "facts export"])
async def test_a_revision_that_never_was(world: World, command: str) -> None:
    """A wrong number is told in a sentence."""
    assert "There is no revision 9; the history lists them." in await slash(world, command, revision=9)
    assert len(world.env.errors) == 1


@pytest.mark.parametrize(
    ("typed", "usage"),
    [
        ("!facts diff", "!facts diff <a> [b]"),
        ("!facts diff x", "!facts diff <a> [b]"),
        ("!facts export one", "!facts export <revision>"),
    ],
)
async def test_a_number_is_asked_for(world: World, typed: str, usage: str) -> None:
    """A number that is missing or none is answered by how the command is written."""
    assert f"Write it as `{usage}`." in await world.ask(typed, author=world.keeper)
    assert len(world.env.errors) == 1


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("facts history", {}),
        ("facts log", {}),
        ("facts diff", {"a": 1}),
        ("facts rollback", {"revision": 1}),
        ("facts export", {"revision": 1}),
    ],
)
async def test_a_member_may_not(world: World, command: str, options: dict[str, int]) -> None:
    """No member sees or does any of it, by slash or by prefix."""
    await changed(world, "sweeper")
    assert await slash(world, command, author=world.member, **options) == f"**{NOT_A_KEEPER}**"
    typed = f"!{command} {' '.join(map(str, options.values()))}"
    assert await world.ask(typed) == f"**{NOT_A_KEEPER}**"
    assert await numbers(world) == [2, 1]
    assert len(world.env.errors) == 2


async def test_a_broken_folder_at_the_start_is_shown(world: World) -> None:
    """After a restart with a broken folder the last good revision answers, and the status lists the errors."""
    edit(world, "home: auroch", "home: aurox")
    await restart(world)
    assert "Bram Quill is at Byre and Sons" in await world.ask("!where bram")
    answered = await slash(world, "facts status")
    assert "The folder is broken, and is not what is served" in answered
    assert "`home: aurox` is no organisation here. Did you mean `auroch`?" in answered
    edit(world, "home: aurox", "home: auroch")
    assert "Nothing changed" in await slash(world, "facts reload")
    assert "The folder is broken" not in await slash(world, "facts status")


async def test_a_refused_reload_is_logged(world: World) -> None:
    """The log has what came of a reload, also where it was refused."""
    edit(world, "home: auroch", "home: aurox")
    await slash(world, "facts reload")
    assert f"kim ({world.keeper.id}) · folder: refused for 1 error" in await slash(world, "facts log")
