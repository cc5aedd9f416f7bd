"""The log: who did what to the book, and what came of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from bot.keeping.store import Store, Transaction

MOST_ENTRIES: Final = 1000
"""Entries that are kept; the oldest go first."""


class Entry(Struct, frozen=True):
    """What somebody did, and what came of it. `by` is a name, or what did it of itself, such as `start`."""

    by: str
    action: str
    outcome: str
    at: datetime | None = None

    def __str__(self) -> str:
        """As the log and the admins' channel show it."""
        when = f"{self.at:%Y-%m-%d %H:%M} UTC · " if self.at else ""
        return f"{when}{self.by} · {self.action}: {self.outcome}"


async def write(transaction: Transaction, entry: Entry) -> None:
    """Add an entry, within the transaction of what it tells of."""
    await transaction.fetch(
        'INSERT INTO log (at, "by", action, outcome) VALUES ($1, $2, $3, $4)',
        datetime.now(UTC), entry.by, entry.action, entry.outcome,
    )  # fmt: skip
    await transaction.fetch(
        "DELETE FROM log WHERE number < (SELECT number FROM log ORDER BY number DESC LIMIT 1 OFFSET $1)",
        MOST_ENTRIES - 1,
    )


async def entries(store: Store, most: int) -> list[Entry]:
    """The newest entries first, so many at most. Raises StoreError."""
    async with store.begin() as transaction:
        rows = await transaction.fetch('SELECT "by", action, outcome, at FROM log ORDER BY number DESC LIMIT $1', most)
        return [Entry(**row) for row in rows]
