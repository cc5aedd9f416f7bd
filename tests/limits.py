"""Discord's limits, and what must not stand in anything that is sent: discord.py checks none of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import discord

    from bot.chat.pages import Page

_MEANS_NOTHING: Final = re.compile(r"\\.|`[^`]*`|https?://[^\s<]+[^<.,:;\"'\]\s]", re.DOTALL)
"""Where signs mean nothing to Discord: behind a backslash, in code, in an address."""
_ALIVE: Final = re.compile(r"@everyone|@here|<[@#:/]|<a:|<t:|\[[^\]\n]*\]\(|\|\||```|^(?:#{1,3}|>|>>>) ", re.MULTILINE)
"""What would ping, link to a channel or command, hide behind other words, or be a heading or a quotation."""


def assert_within_limits(page: Page) -> None:
    """A page is a message or an embed that Discord takes."""
    content, embed = page["content"], page["embed"]
    assert (content is None) is (embed is not None)
    if content is not None:
        assert 1 <= len(content.strip()) <= len(content) <= 2000
    if embed is not None:
        assert 1 <= len(embed) <= 6000
        assert len(embed.description or "") <= 4096
        assert len(embed.fields) <= 25
        assert all(1 <= len((field.name or "").strip()) <= len(field.name or "") <= 256 for field in embed.fields)
        assert all(1 <= len((field.value or "").strip()) <= len(field.value or "") <= 1024 for field in embed.fields)
        assert len(embed.footer.text or "") <= 2048


def assert_harmless(page: Page) -> None:
    """Nothing on a page pings or formats but what the bot itself formats, and all of it is Unicode that can be sent."""
    embed = page["embed"]
    parts = [page["content"] or ""]
    if embed:
        parts += [
            embed.description or "",
            *(part or "" for field in embed.fields for part in (field.name, field.value)),
        ]
        assert _is_unicode(embed.footer.text or "")
    for part in parts:
        assert _is_unicode(part)
        assert not _ALIVE.search(_MEANS_NOTHING.sub("", part)), part


def assert_buttons(view: discord.ui.View | None) -> None:
    """Buttons stand in five rows of five at most, each with a label and a custom_id of its own, as long as Discord takes."""
    rows = view.to_components() if view else []
    assert len(rows) <= 5
    buttons = [button for row in rows for button in row["components"]]
    ids = [button["custom_id"] for button in buttons]
    assert len(ids) == len(set(ids))
    assert all(1 <= len(row["components"]) <= 5 for row in rows)
    for button in buttons:
        assert 1 <= len(button["label"].strip()) <= len(button["label"]) <= 80
        assert 1 <= len(button["custom_id"]) <= 100
        assert _is_unicode(button["label"] + button["custom_id"])


def _is_unicode(text: str) -> bool:
    """Whether a text has no half of a surrogate pair, which no JSON of Discord's takes."""
    return not any("\ud800" <= char <= "\udfff" for char in text)
