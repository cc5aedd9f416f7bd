"""What a person is shown in the terminal: text that cannot steer it, in a style where it has any."""

from __future__ import annotations

import os
import re
import sys
from enum import IntEnum


class Style(IntEnum):
    """How text looks, by its number in ECMA-48 (“select graphic rendition”)."""

    BOLD = 1
    DIM = 2
    ITALIC = 3
    UNDERLINE = 4
    RED = 31
    CYAN = 36


def say(text: str, *styles: Style, stderr: bool = False) -> None:
    """Show some lines at once, plain where nobody looks, and where NO_COLOR or a terminal without styles asks for it."""
    stream = sys.stderr if stderr else sys.stdout
    text = visible(text)
    if styles and stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM", "dumb") != "dumb":
        codes = ";".join(f"{style:d}" for style in styles)
        text = re.sub(".+", f"\x1b[{codes}m\\g<0>\x1b[0m", text)
    stream.write(f"{text}\n")
    stream.flush()


def visible(text: str) -> str:
    r"""Text with its control characters written out, `\x1b` say, so that a terminal shows them and does not obey."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", _written_out, text)


def _written_out(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")
