"""A store in a PostgreSQL database, which several bots may share."""

from __future__ import annotations

from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

import asyncpg

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

AWAY: Final = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError)
TAKEN: Final = asyncpg.IntegrityConstraintViolationError
TYPES: Final = {"bytes": "BYTEA", "moment": "TIMESTAMP WITH TIME ZONE", "counted": "SERIAL"}
"""What PostgreSQL calls the types of the steps."""


@asynccontextmanager
async def transaction(address: str, patience: float) -> AsyncIterator[Any]:
    """A transaction, committed at the end of the block. `patience` is in seconds."""
    connection = await asyncpg.connect(address, timeout=patience, command_timeout=patience)
    try:
        async with connection.transaction():
            yield connection
    finally:
        await close(connection, patience)


async def listening(address: str, patience: float, channel: str, heard: Callable[[], None]) -> Any:
    """A connection by which `heard` is called whenever something is told on a channel."""
    connection = await asyncpg.connect(address, timeout=patience)
    try:
        await connection.add_listener(channel, lambda *_: heard())
    except AWAY:
        await close(connection, patience)
        raise
    return connection


async def close(connection: Any, patience: float) -> None:
    """Leave, as far as the server is still there."""
    with suppress(*AWAY):
        await connection.close(timeout=patience)
