"""Tables for a person in front of a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def table(title: str, *rows: Sequence[object]) -> str:
    """Rows as lines under a title, the first of each in a column of words and the others in columns of numbers."""
    cells = [[str(cell) for cell in row] for row in rows]
    first, *others = (max(map(len, column)) for column in zip(*cells, strict=True))
    lines = ("  ".join([row[0].ljust(first), *map(str.rjust, row[1:], others)]) for row in cells)
    return "\n".join([title, *lines, ""])
