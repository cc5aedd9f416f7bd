"""The log: what it looks like, for whom, and what never gets into it."""

from __future__ import annotations

import json
import logging
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.logs import REDACTED, formatter

TOKEN = "MTAw.GxYz.not-a-real-token"  # noqa: S105 - as it says
WORDS = "sesame zanzibar"
ROOT = Path(__file__).parents[1]


def line(
    message: str, *given: object, for_people: bool = False, error: BaseException | None = None, **extra: object
) -> str:
    """A line of the log, as `log.warning` makes it."""
    exc_info = (type(error), error, error.__traceback__) if error else None
    record = logging.getLogger("discord.gateway").makeRecord(
        "discord.gateway", logging.WARNING, __file__, 1, message, given, exc_info, extra=extra
    )
    return formatter(TOKEN, for_people=for_people).format(record)


def raised() -> Exception:
    """An exception that quotes a member, by way of another that does."""
    fault = KeyError(WORDS)
    fault.add_note(WORDS)
    try:
        try:
            int(WORDS)
        except ValueError as error:
            raise fault from error
    except KeyError:
        pass
    return fault


def test_a_json_object_a_line() -> None:
    """Elsewhere than on a terminal a record is one line: its sentence, level, logger and time, and the fields that it carries."""
    said = line("the facts are broken:\n“%s”", "herd.yaml:1", kind="Where", seconds=0.5)
    assert "\n" not in said
    found = json.loads(said)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", found.pop("timestamp"))
    assert found == {
        "event": "the facts are broken:\n“herd.yaml:1”",
        "level": "warning",
        "logger": "discord.gateway",
        "kind": "Where",
        "seconds": 0.5,
    }
    assert "“" in said, "letters are not escaped"


def test_people_read_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal the same record is a line of words, coloured unless NO_COLOR is set."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = line("the store is back", for_people=True, kind="Where")
    assert "\x1b[" in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    plain = line("the store is back", for_people=True, kind="Where")
    assert re.search(r"warning\s*\] the store is back\s+\[discord\.gateway\] kind=Where$", plain)
    assert "\x1b" not in plain


@pytest.mark.parametrize("for_people", [True, False])
def test_a_traceback_says_where_and_not_what(*, for_people: bool) -> None:
    """A fault is found by its frames and kinds, and quotes nobody, neither by its words nor by its notes."""
    said = line("fault 3fa2b1", error=raised(), for_people=for_people)
    assert "sesame" not in said
    text = said if for_people else json.loads(said)["exception"]
    assert re.search(r'File ".*test_logs\.py", line \d+, in raised', text)
    assert text.index("ValueError") < text.index("which led to:") < text.index("KeyError")


def test_a_traceback_that_goes_in_a_circle() -> None:
    """Each exception is told of once."""
    error, other = ValueError(), KeyError()
    error.__cause__, other.__cause__ = other, error
    assert json.loads(line("fault", error=error))["exception"] == "KeyError\nwhich led to:\nValueError"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (f"logging in with {TOKEN}", f"logging in with {REDACTED}"),
        (
            "POST https://x/api/v10/webhooks/123/aW50-ZXJ.hY3Q_~/messages",
            f"POST https://x/api/v10/webhooks/{REDACTED}/messages",
        ),
        ("POST https://x/interactions/123/aW50ZXJ/callback", f"POST https://x/interactions/{REDACTED}/callback"),
        ("postgresql://herdbook:p%40ss@host/herdbook", f"postgresql://{REDACTED}@host/herdbook"),
        ("https://discord.com/api/v10/channels/123/messages", "https://discord.com/api/v10/channels/123/messages"),
    ],
)
@pytest.mark.parametrize("for_people", [True, False])
def test_secrets_are_redacted(said: str, told: str, *, for_people: bool) -> None:
    """A secret that somebody logs after all does not get out: in the sentence, nor in a field."""
    assert told in line("%s", said, for_people=for_people)
    assert told in line("sent", address=said, for_people=for_people)


def test_the_terminal_decides() -> None:
    """Standard error is for people if it is a terminal, and for machines if it is not."""
    program = "import logging; from bot.logs import set_up; set_up('INFO', 'token'); logging.getLogger('bot').info('the store is back')"
    command = [sys.executable, "-c", program]
    piped = subprocess.run(command, capture_output=True, check=True, cwd=ROOT)
    assert json.loads(piped.stderr)["event"] == "the store is back"
    ours, theirs = pty.openpty()
    subprocess.run(command, stderr=theirs, check=True, cwd=ROOT)
    os.close(theirs)
    shown = os.read(ours, 4096).decode()
    os.close(ours)
    assert "the store is back" in shown
    assert "{" not in shown


def test_libraries_are_heard_from_info_on() -> None:
    """At DEBUG the bot tells more, and discord.py, which would tell whole messages, does not; nor does what runs the store."""
    program = "import logging; from bot.logs import set_up; set_up('DEBUG', 'token'); [logging.getLogger(name).debug(name) for name in ('bot.chat', 'discord.gateway', 'aiosqlite')]"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, cwd=ROOT)
    assert json.loads(told.stderr)["event"] == "bot.chat"
