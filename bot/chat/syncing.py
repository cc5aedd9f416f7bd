"""Telling Discord about the slash commands, only when they changed: each telling is a write, and writes are limited."""

from __future__ import annotations

import hashlib
import json
import logging
from typing import TYPE_CHECKING

import aiohttp
import discord

if TYPE_CHECKING:
    from bot.chat.client import Herdbook

log = logging.getLogger(__name__)


async def sync(bot: Herdbook) -> None:
    """Register the commands unless the state folder says that these very ones are. Never fatal: the old ones go on."""
    payload = [command.to_dict(bot.tree) for command in bot.tree.get_commands()]
    digest = hashlib.sha256(json.dumps([bot.application_id, payload], sort_keys=True).encode()).hexdigest()
    known = bot.settings.state_dir / "commands.sha256"
    try:
        if known.exists() and known.read_text("ascii") == digest:
            return
        await bot.tree.sync()
        known.parent.mkdir(parents=True, exist_ok=True)
        known.write_text(digest, "ascii")
    except (discord.HTTPException, aiohttp.ClientError) as error:
        log.warning("slash commands could not be registered and stay as they were: %s", error)
    except OSError as error:
        log.warning("the state folder cannot be used, so commands are registered at every start: %s", error)
