"""A reply as Discord shows it: pages of embeds, or of text where embeds are not allowed."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final, TypedDict

import discord
from msgspec import Struct

from bot.answers.model import Status
from bot.english import listed
from bot.questions.bounds import MOST_REMEMBERED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.answers.model import Section
    from bot.chat.text import Reply

PAGE: Final = 1400
"""Characters of a page before its footer: under Discord's limits (2,000 in a text, 6,000 in an embed), and a screenful."""
UNDERSTOOD: Final = 170
"""Characters more, before the first page, of how a question was understood: where the pages part does not depend on it,
so that nothing is passed over where the same answer comes to be said without it."""
LEAD: Final = PAGE - len("\n\n____")
"""Characters of the lines that an answer begins with: as many as a page takes, so that a list is not torn."""
BLOCK: Final = 1000
"""Characters of a block of lines: under Discord's limit for a field of an embed (1,024)."""
TITLE: Final = 250
"""Characters of a block's title: under Discord's limit for the name of a field (256)."""
FOOTER: Final = 400
MOST_SOURCES: Final = 4
MOST_BLOCKS: Final = 25
"""Blocks on a page: Discord's limit for the fields of an embed."""

_BACKTICK: Final = re.compile(r"(?<!\\)`")
_ADDRESS_AT_END: Final = re.compile(r"://\S*$")
"""To which Discord would take the backtick behind it, so that the code there were none."""
_ZERO_WIDTH: Final = "\u200b"
_NO_TITLE: Final = _ZERO_WIDTH
"""Discord wants a name on every field, and this is one that nobody sees."""
_DEAD: Final = {"<": f"<{_ZERO_WIDTH}", "[": "\\["}
"""Signs that mean nothing. Not `\\<`: behind an address Discord takes the backslash to be of the address, which `<` ends."""

_COLOURS: Final[dict[str, discord.Colour]] = {
    Status.ANSWERED: discord.Colour.green(),
    Status.NOT_STATED: discord.Colour.light_grey(),
    Status.CANNOT_TELL: discord.Colour.gold(),
    Status.DISPUTED: discord.Colour.purple(),
    Status.WHICH_ONE: discord.Colour.blurple(),
    Status.NOT_IN_BOOK: discord.Colour.dark_grey(),
    Status.NOT_UNDERSTOOD: discord.Colour.orange(),
    Status.SMALL_TALK: discord.Colour.blue(),
}


class Page(TypedDict):
    """The part of a message that a page fills: its text, or its embed."""

    content: str | None
    embed: discord.Embed | None


class _Block(Struct, frozen=True):
    """Lines that stay together, ready for Discord, under a title or none."""

    title: str
    text: str

    @property
    def size(self) -> int:
        return len(self.title) + len(self.text) + len("\n\n____")


def pages(reply: Reply, *, embeds: bool) -> tuple[Page, ...]:
    """The reply in as many pages as it needs, each within Discord's limits."""
    leaves = list(_leaves(_blocks(reply)))
    leaves[0][0] = _Block("", "\n".join([*_understood(reply), leaves[0][0].text]))
    footers = [_footer(reply, number, len(leaves)) for number in range(1, len(leaves) + 1)]
    show = partial(_embed, _COLOURS.get(reply.status)) if embeds else _text
    return tuple([show(blocks, footer) for blocks, footer in zip(leaves, footers, strict=True)])


@lru_cache(maxsize=MOST_REMEMBERED)  # the same lines are told again and again
def escape(text: str) -> str:
    """Text whose signs mean nothing to Discord, but for the code between backticks."""
    plain, *others = re.split(r"(`[^`]+`)", text)
    escaped = _escape(plain)
    for code, behind in zip(others[::2], others[1::2], strict=True):
        escaped += (" " if _ADDRESS_AT_END.search(plain) else "") + code + _escape(behind)
        plain = behind
    return escaped


def _escape(text: str) -> str:
    """Without code. What `_DEAD` has is escaped here: discord.py leaves the second link of a text behind other words alive."""
    escaped = (
        _DEAD.get(part) or discord.utils.escape_markdown(part, ignore_links=True) for part in re.split(r"([<\[])", text)
    )
    return discord.utils.escape_mentions("".join(escaped))


def _embed(colour: discord.Colour | None, blocks: list[_Block], footer: str) -> Page:
    embed = discord.Embed(colour=colour).set_footer(text=footer or None)
    for block in blocks:
        if block.title or embed.fields:
            embed.add_field(name=block.title or _NO_TITLE, value=block.text, inline=False)
        else:
            embed.description = "\n\n".join(filter(None, [embed.description, block.text]))
    return {"content": None, "embed": embed}


def _text(blocks: list[_Block], footer: str) -> Page:
    parts = [f"__{block.title}__\n{block.text}" if block.title else block.text for block in blocks]
    if footer:
        parts.append(f"-# {_fitting(escape(footer), FOOTER)}")
    return {"content": "\n\n".join(parts), "embed": None}


def _footer(reply: Reply, number: int, count: int) -> str:
    shown = [*reply.sources[:MOST_SOURCES]]
    if len(reply.sources) > MOST_SOURCES:
        shown.append(f"{len(reply.sources) - MOST_SOURCES} more")
    parts = [
        f"page {number} of {count}" if count > 1 else "",
        _fitting(listed(shown), FOOTER - 50),
        f"book {reply.version}" if reply.version else "",
    ]
    return " · ".join(filter(None, parts))


def _blocks(reply: Reply) -> Iterator[_Block]:
    lead = _line("**", reply.text, "**")
    untitled = [line for section in reply.sections if not section.title for line in _bullets(section)]
    yield from _cut("", [lead, *untitled], LEAD)
    for section in reply.sections:
        if section.title:
            yield from _cut(escape(section.title), _bullets(section))
    yield from _cut("", [_line("*", note, "*") for note in reply.notes])


def _understood(reply: Reply) -> list[str]:
    room = UNDERSTOOD // max(1, len(reply.understood))
    return ["*" + _fitting(escape(line), room - len("**\n")) + "*" for line in reply.understood]


def _bullets(section: Section) -> list[str]:
    return [_line("• ", line) for line in section.lines]


def _line(before: str, text: str, after: str = "") -> str:
    return before + _fitting(escape(text), BLOCK - len(before) - len(after)) + after


def _cut(title: str, lines: list[str], most: int = BLOCK) -> Iterator[_Block]:
    """Lines as blocks of at most so many characters, each under the title."""
    title, block = _fitting(title.strip(), TITLE), list[str]()
    for line in lines:
        if block and sum(map(len, block)) + len(block) + len(line) > most:
            yield _Block(title, "\n".join(block))
            block = []
        block.append(line)
    if block:
        yield _Block(title, "\n".join(block))


def _fitting(text: str, most: int) -> str:
    """A text cut to so many characters, with nothing half escaped and no code left open."""
    if len(text) <= most:
        return text
    cut = text[: most - 2].rstrip("\\")
    return cut + ("`…" if len(_BACKTICK.findall(cut)) % 2 else "…")


def _leaves(blocks: Iterator[_Block]) -> Iterator[list[_Block]]:
    """Blocks as pages of at most PAGE characters and MOST_BLOCKS blocks."""
    leaf: list[_Block] = []
    for block in blocks:
        if len(leaf) == MOST_BLOCKS or (leaf and sum(other.size for other in leaf) + block.size > PAGE):
            yield leaf
            leaf = []
        leaf.append(block)
    yield leaf
