"""A simulated Discord with one server, where the real bot runs from an editable copy of the invented book."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord
import pytest

from bot import create_bot
from bot.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    import simcord
    from simcord.actors import MemberActor
    from simcord.builders import ChannelHandle, GuildHandle
    from simcord.env import Env

    from bot.chat.client import Herdbook


PATIENCE = 30.0
"""Seconds in which the bot must have done what it does; a picture takes some on a busy machine."""


@dataclass
class World:
    """A server with a channel, an ordinary member, a keeper of the book, and the bot."""

    env: Env
    bot: Herdbook
    folder: Path
    guild: GuildHandle
    channel: ChannelHandle
    member: MemberActor
    keeper: MemberActor

    async def say(self, text: str, *, author: MemberActor | None = None) -> discord.Message | None:
        """Type in the channel; what the bot answered, if it did."""
        typed = await (author or self.member).send(self.channel, text)
        last = self.channel.last_message
        return last if last and last.id != typed.id else None

    async def ask(self, text: str, *, author: MemberActor | None = None) -> str:
        """Type in the channel; the text of the answer, which must come."""
        answered = await self.say(text, author=author)
        assert answered is not None, f"no answer to {text!r}"
        return flat(answered)

    def deny(self, **permissions: bool) -> None:
        """Move to a channel where the bot lacks some permissions."""
        assert self.bot.user
        refused = discord.PermissionOverwrite(**dict.fromkeys(permissions, False))
        self.channel = self.guild.create_text_channel("narrow", overwrites={self.bot.user: refused})

    @property
    def mention(self) -> str:
        """The bot's mention."""
        assert self.bot.user
        return self.bot.user.mention


def flat(message: discord.Message | simcord.results.ResponseMessage) -> str:
    """All that a message says, embeds included."""
    parts = [message.content]
    for embed in message.embeds:
        parts += [embed.description or "", *(f"{field.name}\n{field.value}" for field in embed.fields)]
        parts += [embed.footer.text or ""]
    return "\n".join(filter(None, parts))


@pytest.fixture
def settings(folder: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    """Settings of a test: those of the marker `settings`, over an editable book and no cooldown."""
    marker = request.node.get_closest_marker("settings")
    given = {"facts_dir": folder, "state_dir": tmp_path / "state", "cooldown": 0, **(marker.kwargs if marker else {})}
    return Settings(**given)


@pytest.fixture
def simcord_bot(settings: Settings) -> Herdbook:
    """The bot under test, as everybody gets it."""
    return create_bot(settings)


@pytest.fixture
async def world(simcord_env: Env, simcord_bot: Herdbook, settings: Settings) -> World:
    """The world of a test."""
    simcord_env.settle_timeout = PATIENCE
    guild = simcord_env.create_guild(name="Meadow")
    channel = guild.create_text_channel("general")
    member, keeper = (guild.add_member(simcord_env.create_user(name)) for name in ("robin", "kim"))
    simcord_bot.admins.add(keeper.id)
    return World(simcord_env, simcord_bot, settings.facts_dir, guild, channel, member, keeper)
