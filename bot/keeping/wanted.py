"""What members ask in vain: folded words and how often, of nobody; bounded in number, length and age."""

from __future__ import annotations

import re
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bot.keeping.store import StoreError

if TYPE_CHECKING:
    from bot.keeping.store import Store

MOST_WANTED: Final = 1000
"""Entries in the store, and as many not yet there: the least asked go first."""
LONGEST: Final = 60
"""Characters of an entry, and MOST_WORDS its words: what is longer is talk, and no name or topic."""
MOST_WORDS: Final = 6
TIDY: Final = 3600.0
"""Seconds after which entries that are too old are taken out, though nobody asked anything in vain."""
_PRIVATE: Final = re.compile(r"\d{5}")
"""A number that may be somebody's: of a telephone, an account."""


class Kind(StrEnum):
    """What somebody seems to have asked for."""

    NAME = "name"
    TOPIC = "topic"


class Wanted(Struct, frozen=True):
    """Words that were asked in vain, how often, and when last."""

    text: str
    kind: Kind
    count: int
    last: datetime


class Wishes:
    """What was asked in vain and is not yet in the store; `days` is how long the store keeps it, 0 not at all."""

    def __init__(self, days: int) -> None:
        self.days = days
        self._pending: Counter[tuple[str, Kind]] = Counter()
        self._tidied: float | None = None

    @property
    def waiting(self) -> int:
        """How many different words are not yet in the store."""
        return len(self._pending)

    def add(self, text: str, kind: Kind) -> None:
        """Count folded words once more, if they may be kept."""
        short = 0 < len(text) <= LONGEST and len(text.split()) <= MOST_WORDS
        known = (text, kind) in self._pending or len(self._pending) < MOST_WANTED
        if self.days and short and known and not _PRIVATE.search(text):
            self._pending[text, kind] += 1

    async def flush(self, store: Store) -> None:
        """Put the counts into the store, and take out what is too old, each hour at least.

        Where the store is away the counts wait for the next time. Raises StoreError.
        """
        now = time.monotonic()
        if not self._pending and self._tidied is not None and now - self._tidied < TIDY:
            return
        pending, self._pending = self._pending, Counter()
        try:
            await _put(store, pending, self.days)
        except StoreError:
            self._pending = Counter(dict((pending + self._pending).most_common(MOST_WANTED)))
            raise
        self._tidied = now


async def most_wanted(store: Store, kind: Kind, most: int) -> list[Wanted]:
    """The most asked of a kind, so many at most. Raises StoreError."""
    async with store.begin() as transaction:
        rows = await transaction.fetch(
            "SELECT text, kind, count, last FROM wanted WHERE kind = $1 ORDER BY count DESC, last DESC, text LIMIT $2",
            kind, most,
        )  # fmt: skip
        return [Wanted(**{**row, "kind": Kind(row["kind"])}) for row in rows]


async def is_topic(store: Store, text: str) -> None:
    """Some words are no name: they are a topic from now on, however they are asked. Raises StoreError."""
    async with store.begin() as transaction:
        await transaction.fetch("UPDATE wanted SET kind = $1 WHERE text = $2", Kind.TOPIC, text)


async def forget(store: Store, text: str) -> None:
    """Take some words out, until they are asked again. Raises StoreError."""
    async with store.begin() as transaction:
        await transaction.fetch("DELETE FROM wanted WHERE text = $1", text)


async def _put(store: Store, pending: Counter[tuple[str, Kind]], days: int) -> None:
    now = datetime.now(UTC)
    async with store.begin() as transaction:
        for (text, kind), count in sorted(pending.items()):
            await transaction.fetch(
                "INSERT INTO wanted (text, kind, count, last) VALUES ($1, $2, $3, $4)"
                " ON CONFLICT (text) DO UPDATE SET count = wanted.count + excluded.count, last = excluded.last",
                text, kind, count, now,
            )  # fmt: skip
        await transaction.fetch("DELETE FROM wanted WHERE last < $1", now - timedelta(days=days))
        await transaction.fetch(
            "DELETE FROM wanted WHERE text NOT IN"
            " (SELECT text FROM wanted ORDER BY count DESC, last DESC, text LIMIT $1)",
            MOST_WANTED,
        )
