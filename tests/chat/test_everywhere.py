"""The bot wherever people are: in servers, threads, forums, voice channels, direct messages; and what it says of itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import discord
import pytest

from bot.chat.naming import WHO_IS_NAMED
from bot.chat.versions import lasted
from tests.chat.conftest import World, flat

if TYPE_CHECKING:
    from pathlib import Path

ANSWER = "Žofie Łuc is at Byre and Sons"


async def test_every_command_can_be_had_everywhere(world: World) -> None:
    """Each command is for servers and for users, in servers, direct messages and groups; the keepers' ones too."""
    for command in world.bot.tree.get_commands():
        shown = command.to_dict(world.bot.tree)
        assert (shown["integration_types"], shown["contexts"]) == ([0, 1], [0, 1, 2]), command.name
    menus = [menu.name for menu in world.bot.tree.get_commands(type=discord.AppCommandType.message)]
    assert menus == [WHO_IS_NAMED]


@pytest.mark.settings(message_content=False)
async def test_no_privileged_intent_is_needed(world: World) -> None:
    """Without message content, mentions and slash commands answer, in a direct message too."""
    intents = world.bot.intents
    assert not any((intents.members, intents.presences, intents.message_content))
    assert ANSWER in await world.ask(f"{world.mention} where luc")
    result = await world.member.slash(world.channel, "where", person="luc")
    assert result.response
    assert ANSWER in flat(result.response)


async def test_it_answers_in_voice_channels_and_forum_posts(world: World) -> None:
    """A voice channel's chat and a post of a forum are channels like others."""
    forum = world.guild.create_forum_channel("posts")
    found = world.bot.get_channel(forum.id)
    assert isinstance(found, discord.ForumChannel)
    await found.create_thread(name="A post", content="Ask here")
    for channel in (world.guild.create_voice_channel("voices"), *forum.threads):
        world.channel = channel
        assert ANSWER in await world.ask("!where luc")


async def test_presence_says_how_many_are_in_the_book(world: World, folder: Path) -> None:
    """The count is that of the book that is served."""
    assert world.bot.activity
    assert world.bot.activity.name == "6 people in the book"
    file = folder / "herd.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("organisations:\n", "  new-one:\n    name: New One\n\norganisations:\n", 1), "utf-8")
    assert "Now serving" in await world.ask("!reload", author=world.keeper)
    assert world.bot.activity.name == "7 people in the book"


async def test_version_says_what_is_running(world: World) -> None:
    """The version, the book and revision, how long it runs, how much is in the book, and where to have it."""
    said = await world.ask("!version")
    assert world.bot.reader.book.short_version in said
    assert "revision 1" in said
    assert "Running for 1 minute" in said
    assert "6 people, 5 of them smiths of the Great Bell" in said
    assert "integration\\_type=0" not in said
    assert f"client_id={world.bot.application_id}&integration_type=1" in said


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (timedelta(seconds=5), "1 minute"),
        (timedelta(minutes=61), "1 hour and 1 minute"),
        (timedelta(days=3, hours=4, minutes=5), "3 days and 4 hours"),
        (timedelta(days=2, minutes=5), "2 days"),
    ],
)
def test_a_time_is_told_in_its_largest_units(time: timedelta, words: str) -> None:
    """Nobody wants to know the seconds of a week."""
    assert lasted(time) == words


async def test_help_fits_a_phone(world: World) -> None:
    """All commands on one page, each in a line or two of a narrow screen."""
    said = await world.ask("!help")
    assert "page 1 of" not in said
    lines = [line for line in said.replace("`", "").splitlines() if line.startswith("• ")]
    assert len(lines) == len(world.bot.reader.commands)
    assert max(map(len, lines)) <= 75
    assert sum(len(line) > 48 for line in lines) <= 5
