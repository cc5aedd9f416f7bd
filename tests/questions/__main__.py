"""Ask the project's own questions: `uv run python -m tests.questions [open|held|all]`.

Prints each reply that is not right, then the share that is, by category.
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.facts.reading import read_book
from bot.questions.reader import Reader
from tests.conftest import SHIPPED
from tests.questions.asked import HALVES, KINDS, scored

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.questions.asked import Kind, Scored


class Asking(StrEnum):
    """Which half of the questions to ask."""

    OPEN = "open"
    HELD = "held"
    ALL = "all"


def main(half: Annotated[Asking, typer.Argument()] = Asking.OPEN) -> None:
    """Ask the open half of the questions, the held one, or all."""
    out = Console(highlight=False, markup=False, soft_wrap=True)
    reader = Reader(read_book(SHIPPED), "!")
    halves = [one for one in HALVES if half in (one, Asking.ALL)]
    results = {kind: list(scored(kind, reader, halves)) for kind in KINDS}
    for result in (result for found in results.values() for result in found if result.faults):
        out.print(str(result), end="\n\n")
    for kind, found in results.items():
        out.print(shares(kind, found))


def shares(kind: Kind, results: Sequence[Scored]) -> Table:
    """How many of the replies are right, by category and in all."""
    asked = Counter(result.asked.category for result in results)
    right = Counter(result.asked.category for result in results if not result.faults)
    total, share = len(results), right.total() / max(1, len(results))
    table = Table("category", "right", "of", title=f"{kind}: {right.total()} of {total} right ({share:.1%})")
    for category, count in sorted(asked.items()):
        table.add_row(category, str(right[category]), str(count))
    return table


if __name__ == "__main__":
    typer.run(main)
