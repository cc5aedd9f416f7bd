"""How the log looks: lines for people on a terminal, and one JSON object a line elsewhere.

It never holds the token or what members write:
1. Nobody logs them. The libraries that would, at DEBUG, are heard from INFO on.
2. A traceback shows where a fault came from, and not what its exceptions say: that may quote a member.
3. What is about to be written is searched for the token, for those of interactions and for passwords in addresses.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import traceback
from typing import TYPE_CHECKING, Final

from structlog.dev import ConsoleRenderer, plain_traceback
from structlog.processors import ExceptionRenderer, JSONRenderer, TimeStamper
from structlog.stdlib import ExtraAdder, ProcessorFormatter, add_log_level, add_logger_name

if TYPE_CHECKING:
    from structlog.typing import EventDict, ExcInfo, Processor, WrappedLogger

REDACTED: Final = "[redacted]"
_IN_ADDRESSES: Final = r"(?<=://)[^\s/@]+(?=@)|(?<=/webhooks/)\d+/[\w.~-]+|(?<=/interactions/)\d+/[\w.~-]+"


def set_up(level: str, token: str) -> None:
    """Write what is logged to standard error, from a level on."""
    handler = logging.StreamHandler()
    handler.setFormatter(formatter(token, for_people=sys.stderr.isatty()))
    logging.basicConfig(level=max(logging.INFO, logging.getLevelName(level)), handlers=[handler])
    logging.getLogger(__package__).setLevel(level)


def formatter(token: str, *, for_people: bool) -> logging.Formatter:
    """Make lines of log records, those of libraries alike, with the fields that they carry as `extra`."""
    chain: list[Processor] = [
        ExtraAdder(),
        add_log_level,
        add_logger_name,
        TimeStamper("iso"),
        ExceptionRenderer(_without_words),
    ]
    renderer: Processor = JSONRenderer(ensure_ascii=False, default=str)
    if for_people:
        renderer = ConsoleRenderer(colors=not os.environ.get("NO_COLOR"), exception_formatter=plain_traceback)
    secrets = re.compile(f"{re.escape(token)}|{_IN_ADDRESSES}")

    def redact(_logger: WrappedLogger, _level: str, line: EventDict | str) -> str:
        return secrets.sub(REDACTED, str(line))

    return ProcessorFormatter(
        foreign_pre_chain=chain, processors=[ProcessorFormatter.remove_processors_meta, renderer, redact]
    )


def _without_words(exc_info: ExcInfo) -> str:
    """A traceback, with the kind of each exception and not what it says."""
    parts, seen = list[str](), set[int]()
    error: BaseException | None = exc_info[1]
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        parts.append("".join(traceback.format_tb(error.__traceback__)) + type(error).__qualname__)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\nwhich led to:\n".join(reversed(parts))
