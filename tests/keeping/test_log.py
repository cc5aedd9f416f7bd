"""The log and the admins' channel: who did what, and what came of it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from bot.chat import watching
from bot.chat.errors import NOT_A_KEEPER
from bot.keeping import suggestions
from bot.keeping.suggestions import Suggestion
from tests.chat.conftest import flat
from tests.keeping.talking import edit, restart, said, slash

if TYPE_CHECKING:
    from simcord.builders import ChannelHandle

    from tests.chat.conftest import World


@pytest.fixture
def admins(world: World) -> ChannelHandle:
    """The admins' channel, as it is set."""
    channel = world.guild.create_text_channel("keepers")
    world.bot.settings = replace(world.bot.settings, admin_channel_id=channel.id)
    return channel


def told(channel: ChannelHandle) -> list[str]:
    """What the admins' channel was told, the oldest first."""
    return [message.content.strip("*").replace("\\", "") for message in channel.history()]


async def test_what_keepers_do_is_logged_and_told(world: World, admins: ChannelHandle) -> None:
    """Reload, rollback, upload, accept and decline are each a line in the log and in the admins' channel; a restart keeps it."""
    kim = f"kim ({world.keeper.id}) · "
    facts = (world.folder / "herd.yaml").read_bytes()
    await slash(world, "facts reload")
    edit(world, "role: co-founder", "role: sweeper")
    await slash(world, "facts reload")
    edit(world, "home: auroch", "home: aurox")
    await slash(world, "facts reload")
    (world.folder / "herd.yaml").write_bytes(facts.replace(b"role: co-founder", b"role: sweeper"))
    for command, options in (
        ("facts rollback", {"revision": 1}),
        ("facts upload", {"file": ("more.yaml", b"# nothing yet\n")}),
    ):
        result = await world.keeper.slash(world.channel, command, **options)
        said(result)
        assert result.response
        await world.keeper.click(result.response, label="Serve it")
    await world.keeper.slash(world.channel, "facts upload", file=("herd.yaml", b"a: ["))
    for label in ("Accept", "Decline"):
        await suggestions.add(world.bot.store, Suggestion(1, "x", "https://example.org", "", ""))
        result = await world.keeper.slash(world.channel, "facts suggestions")
        assert result.response
        shown = await world.keeper.click(result.response, label=label)
        await world.keeper.submit_modal(shown, {"why": "We looked."})
    expected = [
        f"{kim}folder: nothing changed",
        f"{kim}folder: revision 2, 1 changed",
        f"{kim}folder: refused for 1 error",
        f"{kim}rollback: revision 3, back to revision 1, 1 changed",
        f"{kim}upload: revision 4, the same facts",
        f"{kim}upload: refused for 1 error",
        f"{kim}accepted: suggestion 1: We looked.",
        f"{kim}declined: suggestion 2: We looked.",
    ]
    assert told(admins) == expected
    await restart(world)
    answered = await slash(world, "facts log")
    lines = [line.partition(" UTC · ")[2] for line in answered.splitlines() if line.startswith("• ")]
    assert lines == [*reversed(expected), "start · folder: revision 1, the first book"]


async def test_the_channel_is_told_of_a_start(world: World, admins: ChannelHandle) -> None:
    """A start that finds the folder changed or broken is told; one that finds nothing new is not."""
    edit(world, "role: co-founder", "role: sweeper")
    await restart(world)
    await restart(world)
    edit(world, "home: auroch", "home: aurox")
    await restart(world)
    assert told(admins) == ["start · folder: revision 2, 1 changed", "start · folder: refused for 1 error"]
    assert "as sweeper" in await world.ask("!where bram")


async def test_the_first_process_tells_of_a_broken_folder(world: World, admins: ChannelHandle) -> None:
    """Of a bot's processes, which all start with the same folder, the one with shard 0 says that it is broken."""
    edit(world, "home: auroch", "home: aurox")
    for shard in (1, 0):
        world.bot.settings = replace(world.bot.settings, shard_ids=(shard,), shard_count=2)
        await restart(world)
        assert len(told(admins)) == (shard == 0)


async def test_no_channel_is_needed(world: World, admins: ChannelHandle, caplog: pytest.LogCaptureFixture) -> None:
    """A channel that is not there stops nothing."""
    world.bot.settings = replace(world.bot.settings, admin_channel_id=123456789012345678)
    edit(world, "role: co-founder", "role: sweeper")
    assert "Now serving" in await slash(world, "facts reload")
    assert "the admins' channel could not be told" in caplog.text
    world.bot.settings = replace(world.bot.settings, admin_channel_id=None)
    await slash(world, "facts reload")
    assert told(admins) == []


async def test_a_watched_folder_is_served(world: World, admins: ChannelHandle) -> None:
    """What changed in the folder is served without a reload; what is broken is told once, and what is mended served."""
    edit(world, "role: co-founder", "role: sweeper")
    await watching.serve(world.bot)
    assert "as sweeper" in await world.ask("!where bram")
    for old, new in pairwise(("auroch", "aurox", "auroxx", "auroxxx")):
        edit(world, f"home: {old}\n", f"home: {new}\n")
        await watching.serve(world.bot)
    assert "as sweeper" in await world.ask("!where bram")
    edit(world, "home: auroxxx\n", "home: auroch\n")
    edit(world, "role: sweeper", "role: ringer")
    await watching.serve(world.bot)
    await watching.serve(world.bot)
    edit(world, "home: auroch", "home: aurox")
    await watching.serve(world.bot)
    assert told(admins) == [
        "watch · folder: revision 2, 1 changed",
        "watch · folder: refused for 1 error",
        "watch · folder: revision 3, 1 changed",
        "watch · folder: refused for 1 error",
    ]


async def test_signs_in_a_word_of_why(world: World, admins: ChannelHandle) -> None:
    """What keepers type pings nobody in their channel either."""
    await suggestions.add(world.bot.store, Suggestion(1, "x", "https://example.org", "", ""))
    result = await world.keeper.slash(world.channel, "facts suggestions")
    assert result.response
    shown = await world.keeper.click(result.response, label="Decline")
    await world.keeper.submit_modal(shown, {"why": f"@everyone {world.member.mention} **no**"})
    (message,) = admins.history()
    assert not message.mention_everyone
    assert message.mentions == []
    assert "**no" not in flat(message)


async def test_a_member_may_not(world: World) -> None:
    """No member sees who did what."""
    assert await slash(world, "facts log", author=world.member) == f"**{NOT_A_KEEPER}**"
    assert len(world.env.errors) == 1
