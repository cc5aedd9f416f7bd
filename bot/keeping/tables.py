"""The tables of the store. A change here needs a step in `migrations/versions`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy import Dialect


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; SQLite keeps no zone, so it is put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - as SQLAlchemy calls it
        """What the database gave, with its zone."""
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


metadata: Final = MetaData()


def _number(**options: Any) -> Column[int]:
    return Column("number", Integer, primary_key=True, **options)


contents: Final = Table(
    "contents",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("archive", LargeBinary, nullable=False),
)
"""The files of a book as a zip, by the version of that book: each content once, however often it was served."""

revisions: Final = Table(
    "revisions",
    metadata,
    _number(autoincrement=False),
    Column("sha256", Text, ForeignKey("contents.sha256"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("summary", Text, nullable=False),
)
"""Every book that was served, in order; the one with the highest number is the current one. Rows are only added."""

folders: Final = Table(
    "folders",
    metadata,
    Column("place", Text, primary_key=True),
    Column("sha256", Text, nullable=False),
)
"""What each folder of facts held when it was last reloaded."""

log: Final = Table(
    "log",
    metadata,
    _number(),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("outcome", Text, nullable=False),
)
"""Who did what, and what came of it."""

wanted: Final = Table(
    "wanted",
    metadata,
    Column("text", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("last", Moment, nullable=False),
)
"""What was asked in vain, folded, how often and when last; nothing of who asked."""

suggestions: Final = Table(
    "suggestions",
    metadata,
    _number(),
    Column("at", Moment, nullable=False),
    Column("author", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("status", Text, nullable=False),
)
"""What members say is wrong. `author` is a Discord identifier while the suggestion is open, and 0 once it is decided."""

identifies: Final = Table(
    "identifies",
    metadata,
    Column("bucket", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
)
"""When a shard last identified itself to Discord, of each bucket in which shards take turns."""
