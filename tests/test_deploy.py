"""The systemd units: sound, closed, and at one with how the bot starts, reloads and ends."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.chat.running import GRACE
from bot.cli import WRONG_SETUP

if TYPE_CHECKING:
    from collections.abc import Callable

    Analyze = Callable[..., str]

DEPLOY = Path(__file__).parents[1] / "deploy"
MOST_EXPOSED = 15
"""Tenths of a point that `systemd-analyze security` may give, of a hundred: what it calls OK ends at 50."""


@pytest.fixture(params=["herdbook.service", "herdbook@.service"])
def unit(request: pytest.FixtureRequest) -> Path:
    """One bot, or some shards of one."""
    return DEPLOY / str(request.param)


@pytest.fixture
def analyze(tmp_path: Path, unit: Path) -> Analyze:
    """systemd-analyze on a unit, with this environment's bot in it; what it says, once it says that all is well."""
    program = shutil.which("systemd-analyze")
    if not program:
        pytest.skip("no systemd-analyze on this machine, so nobody checks the unit")
    here = tmp_path / unit.name
    here.write_text(unit.read_text("utf-8").replace("/opt/herdbook/venv", sys.prefix), "utf-8")

    def said(*arguments: str) -> str:
        done = subprocess.run([program, *arguments, here], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    return said


def test_systemd_understands_the_unit(analyze: Analyze) -> None:
    """Systemd finds nothing to say about it."""
    assert analyze("verify") == ""


def test_the_unit_is_closed(analyze: Analyze) -> None:
    """What the bot does without stays taken away."""
    analyze("security", "--offline=true", f"--threshold={MOST_EXPOSED}")


def test_the_unit_fits_the_bot(unit: Path) -> None:
    """A wrong setup is not tried again, the answers in flight may finish, and a reload is the signal that the bot hears."""
    settings = dict(re.findall(r"^(\w+)=(.*)$", unit.read_text("utf-8"), re.MULTILINE))
    assert int(settings["RestartPreventExitStatus"]) == WRONG_SETUP
    assert int(settings["TimeoutStopSec"]) >= 2 * GRACE
    assert settings["ExecReload"].endswith("kill -HUP $MAINPID")
