"""Try hostile and realistic inputs of every kind: `uv run python -m tests.fuzz [--inputs 100000] [--kind names] [--atheris]`.

Prints how many inputs were tried, the slowest of each kind, and each fault with the shortest input that shows it; ends with
exit code 1 where there is one.
"""

from __future__ import annotations

import random
import subprocess
import sys
import traceback
from argparse import ArgumentParser
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.fuzz.kinds import KINDS
from tests.tables import table

if TYPE_CHECKING:
    from tests.fuzz.trying import Kind

COLUMNS: Final = ("kind", "inputs", "mean ms", "slowest ms", "may take ms", "faults")
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


def main() -> None:
    """Try so many inputs, as many of each kind."""
    parser = ArgumentParser("tests.fuzz", description=main.__doc__)
    parser.add_argument("--inputs", type=int, default=100_000, help="of all kinds together; by default 100,000")
    parser.add_argument("--kind", choices=KINDS, help="one kind alone")
    parser.add_argument("--seed", type=int, help="by default another each time")
    parser.add_argument("--atheris", action="store_true", help="let the code that was reached choose the inputs")
    given = parser.parse_args()
    kinds = [given.kind] if given.kind else [*KINDS]
    each = -(-given.inputs // len(kinds))
    if given.atheris:
        codes = [_guided(name, each) for name in kinds]
        raise SystemExit(any(codes))
    first_seed = random.randrange(10**6) if given.seed is None else given.seed
    runs = {name: tried(KINDS[name], each, first_seed) for name in kinds}
    print(table(f"seed {first_seed}", COLUMNS, *(_row(name, run) for name, run in runs.items())))
    for name, run in runs.items():
        print(f"slowest of {name}: {run.slowest_input[:SHOWN]}")
        for fault, value in run.faults.items():
            print(f"\n{name}: {fault}\n    {value}")
    raise SystemExit(any(run.faults for run in runs.values()))


def _row(name: str, run: Run) -> tuple[str, ...]:
    times = (run.seconds / run.inputs, run.slowest, KINDS[name].longest)
    return name, f"{run.inputs:,}", *(f"{seconds * 1000:.1f}" for seconds in times), str(len(run.faults))


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
    main()
