"""A reply as Discord shows it: pages of embeds, or of text where embeds are not allowed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypedDict

import discord

from bot.answers.model import Status
from bot.answers.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.chat.text import Reply

PAGE: Final = 1500
"""Characters of a page before its footer: under every limit of Discord (2,000 in text, 4,096 in an embed), and a screenful."""
FOOTER: Final = 400
MOST_SOURCES: Final = 4

_COLOURS: Final = {
    Status.ANSWERED: discord.Colour.green(),
    Status.NOT_STATED: discord.Colour.light_grey(),
    Status.CANNOT_TELL: discord.Colour.gold(),
    Status.DISPUTED: discord.Colour.purple(),
    Status.WHICH_ONE: discord.Colour.blurple(),
    Status.NOT_IN_BOOK: discord.Colour.dark_grey(),
    Status.NOT_UNDERSTOOD: discord.Colour.orange(),
}


class Page(TypedDict):
    """The part of a message that a page fills: its text, or its embed."""

    content: str | None
    embed: discord.Embed | None


def pages(reply: Reply, *, embeds: bool) -> list[Page]:
    """The reply in as many pages as it needs, each within Discord's limits."""
    texts = list(_split(_lines(reply)))
    return [_page(reply, text, (number, len(texts)), embeds=embeds) for number, text in enumerate(texts, 1)]


def escape(text: str) -> str:
    """Text whose signs mean nothing to Discord, but for the code between backticks."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(part if part.startswith("`") else _escape(part) for part in parts)


def _escape(text: str) -> str:
    return discord.utils.escape_mentions(discord.utils.escape_markdown(text, ignore_links=True))


def _page(reply: Reply, text: str, place: tuple[int, int], *, embeds: bool) -> Page:
    footer = _footer(reply, place)
    if not embeds:
        return {"content": f"{text}\n-# {escape(footer)}" if footer else text, "embed": None}
    embed = discord.Embed(
        description=text, colour=_COLOURS.get(Status(reply.status)) if reply.status in list(Status) else None
    )
    return {"content": None, "embed": embed.set_footer(text=footer or None)}


def _footer(reply: Reply, place: tuple[int, int]) -> str:
    shown = [*reply.sources[:MOST_SOURCES]]
    if len(reply.sources) > MOST_SOURCES:
        shown.append(f"{len(reply.sources) - MOST_SOURCES} more")
    number, count = place
    parts = [
        f"page {number} of {count}" if count > 1 else "",
        listed(shown)[: FOOTER - 50],
        f"book {reply.version}" if reply.version else "",
    ]
    return " · ".join(filter(None, parts))


def _lines(reply: Reply) -> Iterator[str]:
    yield from (f"-# {escape(line)}" for line in reply.understood)
    yield f"**{escape(reply.text)}**"
    for section in reply.sections:
        yield ""
        if section.title:
            yield f"__{escape(section.title)}__"
        yield from (f"• {escape(line)}" for line in section.lines)
    if reply.notes:
        yield ""
        yield from (f"-# {escape(note)}" for note in reply.notes)


def _split(lines: Iterator[str]) -> Iterator[str]:
    page: list[str] = []
    for whole in lines:
        line = whole if len(whole) <= PAGE else whole[: PAGE - 1].rstrip("\\") + "…"
        if page and sum(map(len, page)) + len(page) + len(line) > PAGE:
            yield "\n".join(page).strip()
            page = []
        page.append(line)
    yield "\n".join(page).strip()
