"""The context menu of a message: who is named in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import pytest

from bot.chat.naming import WHO_IS_NAMED
from tests.chat.conftest import World, flat

if TYPE_CHECKING:
    from simcord.results import ResponseMessage


async def named(world: World, message: discord.Message) -> ResponseMessage:
    """What the menu says of a message."""
    result = await world.member.context_menu(world.channel, WHO_IS_NAMED, message)
    assert result.response
    return result.response


async def test_who_is_named_is_told_privately(world: World) -> None:
    """A card for each, seen by whoever asked alone; the message is left as it is."""
    message = await world.keeper.send(world.channel, "Zofie Luc is at the Clapper Shed now, I hear")
    said = await named(world, message)
    assert said.ephemeral
    assert "Named here: Žofie Łuc and The Clapper Shed." in flat(said)
    assert "Byre and Sons, as master founder" in flat(said)
    assert world.channel.last_message == message


async def test_a_quoted_headline_is_read_too(world: World) -> None:
    """What stands in an embed of a message is part of it."""
    assert world.bot.user
    channel = world.bot.get_channel(world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    message = await channel.send(embed=discord.Embed(title="Ada Quill casts again", description="and pings @everyone"))
    said = await named(world, message)
    assert "Named here: Ada Quill." in flat(said)
    assert "@everyone" not in flat(said)


async def test_nobody_is_named(world: World) -> None:
    """A message without names gets one calm sentence."""
    message = await world.keeper.send(world.channel, "good morning all")
    assert "Nobody of the book is named here" in flat(await named(world, message))


@pytest.mark.settings(cooldown=1)
async def test_it_counts_against_the_cooldown(world: World) -> None:
    """Menus are answers like any other."""
    message = await world.keeper.send(world.channel, "Ada Quill")
    await named(world, message)
    assert "That was quick!" in flat(await named(world, message))
