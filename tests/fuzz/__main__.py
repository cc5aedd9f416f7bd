"""Try hostile and realistic inputs of every kind: `uv run python -m tests.fuzz [--inputs 100000] [--kind names] [--atheris]`.

Prints how many inputs were tried, the slowest of each kind, and each fault with the shortest input that shows it; ends with
exit code 1 where there is one.
"""

from __future__ import annotations

import random
import subprocess
import sys
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from hypothesis import HealthCheck, Phase, given, seed, settings
from rich.console import Console
from rich.table import Table

from tests.fuzz.kinds import KINDS

if TYPE_CHECKING:
    from tests.fuzz.trying import Kind

BATCH: Final = 1000
"""Inputs that hypothesis makes from one seed: it remembers them all, and grows slow with many."""
SHOWN: Final = 300
"""Characters of a slowest input that are printed; one that shows a fault is printed whole."""


@dataclass
class Run:
    """What came of the inputs of one kind: their number and CPU seconds, the slowest, and the faults, each at its place."""

    inputs: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    slowest_input: str = ""
    faults: dict[str, str] = field(default_factory=dict)

    def attempt(self, kind: Kind, value: object) -> None:
        """Try one input."""
        self.inputs += 1
        try:
            taken = kind.attempt(value)
        except Exception as error:  # noqa: BLE001 - whatever is raised is a fault, and the run goes on
            self._blame(f"{type(error).__name__} at {_place(error)}", value)
            return
        self.seconds += taken
        if taken > self.slowest:
            self.slowest, self.slowest_input = taken, repr(value)
        if taken > kind.longest:
            self._blame(f"slower than {kind.longest * 1000:.0f} ms", value)

    def _blame(self, fault: str, value: object) -> None:
        self.faults[fault] = min(self.faults.get(fault, repr(value)), repr(value), key=len)


def main(
    inputs: Annotated[int, typer.Option(help="Inputs of all kinds together.")] = 100_000,
    kind: Annotated[str | None, typer.Option(help=f"One kind alone: {', '.join(KINDS)}.")] = None,
    first_seed: Annotated[int | None, typer.Option("--seed", help="By default another each time.")] = None,
    *,
    atheris: Annotated[bool, typer.Option(help="Let the code that was reached choose the inputs.")] = False,
) -> None:
    """Try so many inputs, as many of each kind."""
    kinds = [kind] if kind else [*KINDS]
    each = -(-inputs // len(kinds))
    if atheris:
        codes = [_guided(name, each) for name in kinds]
        raise SystemExit(any(codes))
    first_seed = random.randrange(10**6) if first_seed is None else first_seed
    out = Console(highlight=False, markup=False, soft_wrap=True)
    table = Table("kind", "inputs", "mean ms", "slowest ms", "may take ms", "faults", title=f"seed {first_seed}")
    runs = {name: tried(KINDS[name], each, first_seed) for name in kinds}
    for name, run in runs.items():
        numbers = (run.seconds / run.inputs, run.slowest, KINDS[name].longest)
        table.add_row(name, f"{run.inputs:,}", *(f"{seconds * 1000:.1f}" for seconds in numbers), str(len(run.faults)))
    out.print(table)
    for name, run in runs.items():
        out.print(f"slowest of {name}: {run.slowest_input[:SHOWN]}")
        for fault, value in run.faults.items():
            out.print(f"\n{name}: {fault}\n    {value}")
    raise SystemExit(any(run.faults for run in runs.values()))


def tried(kind: Kind, inputs: int, first_seed: int) -> Run:
    """Try so many inputs of a kind."""
    run = Run()
    for number in range(-(-inputs // BATCH)):

        @seed(first_seed + number)
        @settings(
            max_examples=min(BATCH, inputs - run.inputs),
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=[*HealthCheck],
        )
        @given(kind.inputs)
        def attempt(value: object) -> None:
            run.attempt(kind, value)

        attempt()
    return run


def _place(error: Exception) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"


def _guided(name: str, inputs: int) -> int:
    """A run of atheris, which ends the process that it runs in."""
    return subprocess.run([sys.executable, "-m", "tests.fuzz.guided", name, str(inputs)], check=False).returncode


if __name__ == "__main__":
    typer.run(main)
