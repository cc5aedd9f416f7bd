"""How the log looks: lines for people on a terminal, and one JSON object a line elsewhere.

It never holds the token or what members write:
1. Nobody logs them. The libraries that would, at DEBUG, are heard from INFO on.
2. A traceback shows where a fault came from, and not what its exceptions say: that may quote a member.
3. What is about to be written is searched for the token, for those of interactions and for passwords in addresses.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import traceback
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

Line = dict[str, Any]

REDACTED: Final = "[redacted]"
_IN_ADDRESSES: Final = r"(?<=://)[^\s/@]+(?=@)|(?<=/webhooks/)\d+/[\w.~-]+|(?<=/interactions/)\d+/[\w.~-]+"
_OF_EVERY_RECORD: Final = {*vars(logging.makeLogRecord({})), "message", "asctime"}
_DIM, _BOLD, _RED, _YELLOW, _GREEN = "2", "1", "31", "33", "32"
_COLOURS: Final = {"critical": _RED, "error": _RED, "warning": _YELLOW}


def set_up(level: str, token: str) -> None:
    """Write what is logged to standard error, from a level on."""
    handler = logging.StreamHandler()
    handler.setFormatter(formatter(token, for_people=sys.stderr.isatty()))
    logging.basicConfig(level=max(logging.INFO, logging.getLevelName(level)), handlers=[handler])
    logging.getLogger(__package__).setLevel(level)


def formatter(token: str, *, for_people: bool) -> logging.Formatter:
    """Make lines of log records, those of libraries alike, with the fields that they carry as `extra`."""
    return _Formatter(token, _words if for_people else _object)


class _Formatter(logging.Formatter):
    def __init__(self, token: str, write: Callable[[Line], str]) -> None:
        super().__init__()
        self._write = write
        self._secrets = re.compile(f"{re.escape(token)}|{_IN_ADDRESSES}")

    def format(self, record: logging.LogRecord) -> str:
        line: Line = {
            "timestamp": f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            "logger": record.name,
            **{name: value for name, value in vars(record).items() if name not in _OF_EVERY_RECORD},
        }
        if record.exc_info and record.exc_info[1]:
            line["exception"] = _without_words(record.exc_info[1])
        return self._secrets.sub(REDACTED, self._write(line))


def _object(line: Line) -> str:
    return json.dumps(line, ensure_ascii=False, default=str)


def _words(line: Line) -> str:
    at, level, event, logger = map(line.pop, ("timestamp", "level", "event", "logger"))
    exception = line.pop("exception", "")
    said = [
        _painted(at, _DIM),
        f"[{_painted(level, _COLOURS.get(level, _GREEN))}]",
        _painted(event, _BOLD),
        f"[{logger}]",
    ]
    told = " ".join([*said, *(f"{name}={value}" for name, value in line.items())])
    return f"{told}\n{exception}" if exception else told


def _painted(text: str, colour: str) -> str:
    return text if os.environ.get("NO_COLOR") else f"\x1b[{colour}m{text}\x1b[0m"


def _without_words(error: BaseException | None) -> str:
    """A traceback, with the kind of each exception and not what it says."""
    parts, seen = list[str](), set[int]()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        parts.append("".join(traceback.format_tb(error.__traceback__)) + type(error).__qualname__)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\nwhich led to:\n".join(reversed(parts))
