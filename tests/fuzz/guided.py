"""One kind of input, chosen by atheris by the code that it reaches: `python -m tests.fuzz.guided KIND INPUTS`.

A process of its own: atheris has to see the bot's modules while they are imported, and ends the process when it is done.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import Any

from hypothesis import given, settings


def main(name: str, inputs: str) -> None:
    """Try so many inputs of a kind; the first fault ends the run."""
    if not find_spec("atheris"):
        sys.exit("atheris is not installed; run `uv sync --group fuzz`.")
    import atheris  # noqa: PLC0415 - optional

    with atheris.instrument_imports(include=["bot"]):
        from tests.fuzz.kinds import KINDS  # noqa: PLC0415 - to be seen by atheris while it is imported

    kind = KINDS[name]

    @settings(deadline=None, database=None)
    @given(kind.inputs)
    def attempt(value: object) -> None:
        assert kind.attempt(value) <= kind.longest, value

    one: Any = attempt
    atheris.Setup([sys.argv[0], f"-atheris_runs={inputs}", "-max_len=8192"], one.hypothesis.fuzz_one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
