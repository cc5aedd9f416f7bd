"""Ask the project's own questions: `uv run python -m tests.questions [open|held|all]`.

Prints each reply that is not right, then the share that is, by category.
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from typing import TYPE_CHECKING

from bot.facts.reading import read_book
from bot.questions.reader import Reader
from tests.conftest import SHIPPED
from tests.questions.asked import HALVES, KINDS, scored
from tests.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.questions.asked import Kind, Scored


def main() -> None:
    """Ask the open half of the questions, the held one, or all."""
    parser = ArgumentParser("tests.questions", description=main.__doc__)
    parser.add_argument("half", nargs="?", default=HALVES[0], choices=[*HALVES, "all"])
    half = parser.parse_args().half
    reader = Reader(read_book(SHIPPED), "!")
    halves = [one for one in HALVES if half in (one, "all")]
    results = {kind: list(scored(kind, reader, halves)) for kind in KINDS}
    for result in (result for found in results.values() for result in found if result.faults):
        print(result, end="\n\n")
    for kind, found in results.items():
        print(shares(kind, found))


def shares(kind: Kind, results: Sequence[Scored]) -> str:
    """How many of the replies are right, by category and in all."""
    asked = Counter(result.asked.category for result in results)
    right = Counter(result.asked.category for result in results if not result.faults)
    total, share = len(results), right.total() / max(1, len(results))
    title = f"{kind}: {right.total()} of {total} right ({share:.1%})"
    rows = ((category, right[category], count) for category, count in sorted(asked.items()))
    return table(title, ("category", "right", "of"), *rows)


if __name__ == "__main__":
    main()
