"""What members say is wrong, where that can be read, and what the keepers decide about it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import yaml
from msgspec import Struct

from bot.english import plural
from bot.facts.model import LONGEST_TEXT
from bot.keeping import log
from bot.keeping.log import Entry

if TYPE_CHECKING:
    from bot.keeping.store import Store

MOST_OPEN: Final = 3
"""Open suggestions of one member."""
MOST_IN_ALL: Final = 300
"""Open suggestions of all members."""
MOST_DECIDED: Final = 500
"""Decided suggestions that are kept, the newest."""
WAIT: Final = 60
"""Seconds between two suggestions of one member."""
LONGEST_ADDRESS: Final = 300
LONGEST_ANSWER: Final = 1500
"""Characters of the answer as it was that are kept."""
_HOST: Final = re.compile(r"([\w-]{1,63}\.)+[\w-]{2,63}")


class Status(StrEnum):
    """What became of a suggestion."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class SuggestionError(Exception):
    """A suggestion that cannot be taken or decided; the message is a sentence for who tried."""


class Suggestion(Struct, frozen=True):
    """What somebody said is wrong with an answer about `about`, an entity's identifier or nothing."""

    author: int
    text: str
    address: str
    about: str
    answer: str
    number: int = 0
    at: datetime | None = None
    status: Status = Status.OPEN


def check_address(address: str) -> str:
    """An address on the web, by its form. Raises SuggestionError."""
    address = address.strip()
    try:
        parts = urlsplit(address)
        sound = parts.scheme in {"http", "https"} and bool(_HOST.fullmatch(parts.hostname or ""))
    except ValueError:
        sound = False
    if not sound or re.search(r"[\s<>]", address) or len(address) > LONGEST_ADDRESS:
        raise SuggestionError("That is no address on the web; write one such as https://example.org/article.")
    return address


async def add(store: Store, suggestion: Suggestion) -> int:
    """Take a suggestion; its number. Raises StoreError, or SuggestionError where its author sent too many."""
    now = datetime.now(UTC)
    async with store.begin() as transaction:
        opened = await transaction.fetch("SELECT author, at FROM suggestions WHERE status = $1", Status.OPEN)
        own = [row["at"] for row in opened if row["author"] == suggestion.author]
        if len(own) >= MOST_OPEN:
            raise SuggestionError(
                f"You have {plural(len(own), 'suggestion')} open; wait until the keepers decided one."
            )
        if (wait := max((WAIT - int((now - at).total_seconds()) for at in own), default=0)) > 0:
            raise SuggestionError(f"That was quick! Send the next one in {plural(wait, 'second')}.")
        if len(opened) >= MOST_IN_ALL:
            raise SuggestionError("The keepers have more suggestions than they can read now; try again another day.")
        (added,) = await transaction.fetch(
            "INSERT INTO suggestions (at, author, text, address, about, answer, status)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING number",
            now, suggestion.author, suggestion.text, suggestion.address, suggestion.about,
            suggestion.answer[:LONGEST_ANSWER], Status.OPEN,
        )  # fmt: skip
        return int(added["number"])


async def open_ones(store: Store) -> list[Suggestion]:
    """The open suggestions, the oldest first. Raises StoreError."""
    async with store.begin() as transaction:
        rows = await transaction.fetch(
            "SELECT number, at, author, text, address, about, answer, status FROM suggestions"
            " WHERE status = $1 ORDER BY number",
            Status.OPEN,
        )
        return [Suggestion(**{**row, "status": Status(row["status"])}) for row in rows]


async def decide(store: Store, suggestion: Suggestion, status: Status, by: str, why: str) -> None:
    """Accept or decline a suggestion, log it, and forget whose it was.

    Raises StoreError, or SuggestionError where somebody else was faster.
    """
    async with store.begin() as transaction:
        if not await transaction.fetch(
            "UPDATE suggestions SET status = $1, author = 0 WHERE number = $2 AND status = $3 RETURNING number",
            status, suggestion.number, Status.OPEN,
        ):  # fmt: skip
            raise SuggestionError(f"Suggestion {suggestion.number} has been decided meanwhile.")
        await log.write(transaction, entry(suggestion, status, by, why))
        await transaction.fetch(
            "DELETE FROM suggestions WHERE status <> $1 AND number NOT IN"
            " (SELECT number FROM suggestions WHERE status <> $1 ORDER BY number DESC LIMIT $2)",
            Status.OPEN, MOST_DECIDED,
        )  # fmt: skip


def entry(suggestion: Suggestion, status: Status, by: str, why: str) -> Entry:
    """What the log says of a decision."""
    return Entry(by, status, f"suggestion {suggestion.number}: {why}")


def draft(suggestion: Suggestion) -> str:
    """The YAML that a keeper pastes and completes: where the evidence is missing stands a TODO, which no check passes."""
    id_ = f"suggestion-{suggestion.number}"
    source = {
        "name": "TODO", "title": "TODO", "publisher": "TODO", "published": "unknown", "url": suggestion.address
    }  # fmt: skip
    evidence = {"source": id_, "span": "TODO", "digest": "TODO"}
    claim = {"about": [suggestion.about or "TODO"], "text": suggestion.text[:LONGEST_TEXT], "evidence": [evidence]}
    facts = {"sources": {id_: source}, "claims": {id_: claim}}
    head = f"# Suggestion {suggestion.number}. Put the source's own facts and the evidence for each TODO, in your own words.\n"
    return head + yaml.safe_dump(facts, allow_unicode=True, sort_keys=False, width=120)
