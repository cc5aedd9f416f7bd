"""The log: who did what to the book, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, insert, select

from bot.keeping.tables import log

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.keeping.store import Store

MOST_ENTRIES: Final = 1000
"""Entries that are kept; the oldest go first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody did, and what came of it. `by` is a name, or what did it of itself, such as `start`."""

    by: str
    action: str
    outcome: str
    at: datetime | None = None

    def __str__(self) -> str:
        """As the log and the admins' channel show it."""
        when = f"{self.at:%Y-%m-%d %H:%M} UTC · " if self.at else ""
        return f"{when}{self.by} · {self.action}: {self.outcome}"


async def write(connection: AsyncConnection, entry: Entry) -> None:
    """Add an entry, within the transaction of what it tells of."""
    values = {"at": datetime.now(UTC), "by": entry.by, "action": entry.action, "outcome": entry.outcome}
    await connection.execute(insert(log).values(values))
    oldest_kept = select(log.c.number).order_by(log.c.number.desc()).offset(MOST_ENTRIES - 1).limit(1)
    await connection.execute(delete(log).where(log.c.number < oldest_kept.scalar_subquery()))


async def entries(store: Store, most: int) -> list[Entry]:
    """The newest entries first, so many at most. Raises StoreError."""
    query = select(log.c.by, log.c.action, log.c.outcome, log.c.at).order_by(log.c.number.desc()).limit(most)
    async with store.begin() as connection:
        return [Entry(**row) for row in (await connection.execute(query)).mappings()]
