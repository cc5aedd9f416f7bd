"""What tests of the keepers' commands say and see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot import create_bot
from tests.chat.conftest import World, flat

if TYPE_CHECKING:
    from simcord.actors import MemberActor
    from simcord.results import InteractionResult

    from bot.chat.client import Herdbook


async def slash(world: World, command: str, *, author: MemberActor | None = None, **options: Any) -> str:
    """Give a keepers' command by slash; what the bot says, which only its keeper may see."""
    result = await (author or world.keeper).slash(world.channel, command, **options)
    return said(result)


def said(result: InteractionResult) -> str:
    """What the bot answered in private, the newest of it."""
    messages = [*([result.response] if result.response else []), *result.followups]
    assert messages
    assert all(message.ephemeral for message in messages)
    return flat(messages[-1])


async def leave(bot: Herdbook) -> None:
    """Let a bot that is not served any more leave its store."""
    bot.tend.cancel()
    await bot.store.close()


async def restart(world: World) -> None:
    """Start the bot anew, as a new process does."""
    await leave(world.bot)
    world.bot = create_bot(world.bot.settings)
    await world.env.restart_bot(world.bot)
    world.bot.admins.add(world.keeper.id)


def edit(world: World, old: str, new: str) -> None:
    """Change the facts as a keeper does, in an editor."""
    facts = world.folder / "herd.yaml"
    text = facts.read_text("utf-8")
    assert old in text
    facts.write_text(text.replace(old, new), "utf-8")
