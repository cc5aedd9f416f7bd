"""`python -m bot` is `bot`."""

from __future__ import annotations

import gc
from typing import Final

MOST_UNCOLLECTED: Final = 50_000
"""Objects after which the collector looks for cycles: an import and an answer leave hardly any, and looking took a tenth
of a start and a fifth of an answer."""


def main() -> None:
    """Do what the command line says."""
    gc.set_threshold(MOST_UNCOLLECTED)
    from bot import cli  # noqa: PLC0415 - nothing of what it imports is garbage

    cli.main()


if __name__ == "__main__":
    main()
