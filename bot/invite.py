"""The links that put the bot where people are: into a server, or beside one's own account."""

from __future__ import annotations

from typing import Final

PERMISSIONS: Final = 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 38
"""All that the bot uses.

View Channels, Send Messages, Embed Links, Attach Files, Read Message History, Send Messages in Threads.
"""


def to_server(application: int) -> str:
    """The link that adds an application's bot to a server, with the least permissions."""
    return f"{_authorize(application)}&integration_type=0&scope=bot+applications.commands&permissions={PERMISSIONS}"


def to_user(application: int) -> str:
    """The link by which somebody has an application's commands wherever they write."""
    return f"{_authorize(application)}&integration_type=1&scope=applications.commands"


def _authorize(application: int) -> str:
    return f"https://discord.com/oauth2/authorize?client_id={application}"
