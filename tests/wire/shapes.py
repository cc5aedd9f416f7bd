"""The shapes of Discord's API v10 that the stand-in speaks, filled in as far as discord.py reads them."""

from __future__ import annotations

import json
import time
from itertools import count
from typing import Any

from aiohttp import web

BOT = {"id": "100000000000000001", "username": "Herdbook", "discriminator": "0", "avatar": None, "bot": True}
USER_ID = "200000000000000002"
USER = {"id": USER_ID, "username": "robin", "discriminator": "0", "avatar": None}
GUILD_ID, CHANNEL_ID = "300000000000000003", "400000000000000004"
PERMISSIONS = str(1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16)
MEMBER = {"roles": [], "joined_at": "2020-01-01T00:00:00+00:00", "deaf": False, "mute": False, "flags": 0}

_EPOCH = 1_420_070_400_000
"""Milliseconds between the Unix epoch and Discord's."""
_numbers = count()


def snowflake() -> str:
    """A new identifier, which tells the time as Discord's do."""
    return str(((time.time_ns() // 1_000_000 - _EPOCH) << 22) + next(_numbers) % (1 << 22))


def shard_of(guild_id: str, count: int) -> int:
    """Which of so many shards hears of a server."""
    return (int(guild_id) >> 22) % count


def guild_ids(number: int) -> list[str]:
    """The identifiers of so many servers, the one that tests talk in first: each is of the next shard."""
    return [str(int(GUILD_ID) + (place << 22)) for place in range(number)]


def channel_ids(number: int, guild_id: str = GUILD_ID) -> list[str]:
    """The identifiers of so many channels of a server, the one that tests talk in first."""
    first = int(CHANNEL_ID) + int(guild_id) - int(GUILD_ID)
    return [str(first + place) for place in range(number)]


def json_response(data: Any, status: int = 200, **headers: str) -> web.Response:
    """A response as Discord sends it: discord.py reads JSON only where the type is just this."""
    sent = {"Content-Type": "application/json", "Via": "1.1 stand-in", **headers}
    return web.Response(body=json.dumps(data), status=status, headers=sent)


def message(text: str, **more: Any) -> dict[str, Any]:
    """A message."""
    return {
        "id": snowflake(), "channel_id": CHANNEL_ID, "content": text, "timestamp": "2031-04-01T00:00:00+00:00",
        "edited_timestamp": None, "tts": False, "type": 0, "mention_everyone": False, "mentions": [], "mention_roles": [],
        "attachments": [], "embeds": [], "pinned": False, **more,
    }  # fmt: skip


def interaction(command: str, options: dict[str, str], **more: Any) -> dict[str, Any]:
    """A slash command that somebody gave."""
    given = {
        "id": "700", "name": command, "type": 1,
        "options": [{"name": name, "type": 3, "value": value} for name, value in options.items()],
    }  # fmt: skip
    return {
        "id": snowflake(), "application_id": BOT["id"], "type": 2, "token": "once.for.this", "version": 1, "data": given,
        "guild_id": GUILD_ID, "channel_id": CHANNEL_ID, "channel": {"id": CHANNEL_ID, "type": 0},
        "app_permissions": PERMISSIONS, "member": {"user": USER, "permissions": PERMISSIONS, **MEMBER}, "entitlements": [],
        "attachment_size_limit": 1, "authorizing_integration_owners": {}, **more,
    }  # fmt: skip


def guild(channels: int, guild_id: str = GUILD_ID) -> dict[str, Any]:
    """A server, with so many channels."""
    everyone = {
        "id": guild_id, "name": "@everyone", "permissions": PERMISSIONS, "position": 0, "color": 0,
        "colors": {"primary_color": 0}, "hoist": False, "managed": False, "mentionable": False, "flags": 0,
    }  # fmt: skip
    rooms = [
        {"id": each, "type": 0, "name": f"room-{each}", "position": 0, "permission_overwrites": [], "nsfw": False}
        for each in channel_ids(channels, guild_id)
    ]
    return {
        "id": guild_id, "name": "Meadow", "owner_id": USER["id"], "roles": [everyone], "channels": rooms,
        "members": [{"user": BOT, **MEMBER}], "emojis": [], "stickers": [], "features": [], "threads": [],
        "voice_states": [], "presences": [], "icon": None, "member_count": 2, "large": False, "unavailable": False,
        "verification_level": 0, "afk_timeout": 60, "default_message_notifications": 0, "explicit_content_filter": 0,
        "mfa_level": 0, "nsfw_level": 0, "premium_tier": 0, "preferred_locale": "en-US", "system_channel_flags": 0,
        "premium_progress_bar_enabled": False,
    }  # fmt: skip
