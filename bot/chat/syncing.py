"""Telling Discord about the slash commands, only when they changed: each telling is a write, and writes are limited."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from typing import TYPE_CHECKING

import aiohttp
import discord

from bot.chat.errors import fault

if TYPE_CHECKING:
    from pathlib import Path

    from bot.chat.client import Herdbook

log = logging.getLogger(__name__)


async def sync(bot: Herdbook) -> None:
    """Register the commands unless the state folder says that these very ones are. Never fatal: the old ones go on.

    Of a bot's processes one does so, as all have the same commands.
    """
    if not bot.settings.is_first:
        return
    payload = [command.to_dict(bot.tree) for command in bot.tree.get_commands()]
    digest = hashlib.sha256(json.dumps([bot.application_id, payload], sort_keys=True).encode()).hexdigest()
    known = bot.settings.state_dir / "commands.sha256"
    if await asyncio.to_thread(_read, known) == digest.encode():
        return
    try:
        await bot.tree.sync()
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        log.warning("slash commands could not be registered and stay as they were: %s", error)
        return
    except Exception as error:  # noqa: BLE001 - the bot answers without its commands too
        fault(error)
        return
    try:
        await asyncio.to_thread(_write, known, digest)
    except OSError as error:
        log.warning("the state folder cannot be used, so commands are registered at every start: %s", error)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "ascii")
