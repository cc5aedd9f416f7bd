"""Steps from one shape of the store to the next, taken at every start: a file of SQL each, in the order of their numbers.

A step that was released is never changed. What databases call differently stands in braces.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.keeping.store import Transaction


class UnknownStepError(Exception):
    """The tables are of a newer bot than this one; the message says of which step."""


async def take(transaction: Transaction, types: Mapping[str, str]) -> None:
    """Take the steps that are missing. Raises UnknownStepError."""
    steps = {file.name[:4]: file for file in Path(__file__).parent.glob("*.sql")}
    # Alembic made the first stores, and called it so.
    await transaction.fetch("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    taken = await transaction.fetch("SELECT version_num FROM alembic_version")
    last = max((row["version_num"] for row in taken), default="")
    if last and last not in steps:
        raise UnknownStepError(f"the tables are those of step {last}, which only a newer bot knows")
    for number in sorted(number for number in steps if number > last):
        for statement in steps[number].read_text("utf-8").format(**types).split(";\n"):
            if statement.strip():
                await transaction.fetch(statement)
        await transaction.fetch("DELETE FROM alembic_version")
        await transaction.fetch("INSERT INTO alembic_version VALUES ($1)", number)
