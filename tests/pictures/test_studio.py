"""Pictures are drawn beside the event loop, once, within bounds; and the bot itself never loads the plotting library."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from bot.pictures import studio as rules
from bot.pictures.studio import PictureError, Studio
from bot.pictures.themes import Theme
from tests.pictures.samples import BARS, FLOW, TIMELINE

if TYPE_CHECKING:
    from pathlib import Path

PNG = b"\x89PNG"


def drawing(script: str) -> Studio:
    """A studio whose drawings are made by other lines of Python."""
    return Studio((sys.executable, "-c", f"import sys, time\ngiven = sys.stdin.buffer.read()\n{script}"))


def counting(file: Path, seconds: float = 0.0) -> Studio:
    """A studio whose drawings leave a line in a file."""
    note = f"open({str(file)!r}, 'a').write('drawn\\n')"
    return drawing(f"{note}\ntime.sleep({seconds})\nsys.stdout.write('x' * 100)")


def lines(file: Path) -> list[str]:
    """The whole lines that drawings left in a file."""
    return file.read_text("utf-8").split("\n")[:-1] if file.exists() else []


def drawn(file: Path) -> int:
    return len(lines(file))


def failing(file: Path) -> Studio:
    """A studio whose drawings leave a line in a file, and fail."""
    return drawing(f"open({str(file)!r}, 'a').write('drawn\\n')\nraise SystemExit('so much for it\\nno paint')")


def endless(file: Path) -> Studio:
    """A studio whose drawings leave their process in a file, and never end."""
    return drawing(f"import os\nprint(os.getpid(), file=open({str(file)!r}, 'a'), flush=True)\ntime.sleep(600)")


async def begun(file: Path) -> int:
    """The process that left itself in a file, once it has."""
    async with asyncio.timeout(20):
        while True:
            if noted := lines(file):
                return int(noted[0])
            await asyncio.sleep(0.01)


def runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


async def test_draws_what_was_drawn_here_too() -> None:
    """The process that draws gives the picture."""
    assert (await Studio().picture(BARS, Theme.DARK)).startswith(PNG)


async def test_a_picture_is_drawn_once(tmp_path: Path) -> None:
    """It is found again by what it shows and its theme, within 20 milliseconds."""
    studio = counting(tmp_path / "drawn")
    assert studio.kept(BARS, Theme.DARK) is None
    await studio.picture(BARS, Theme.DARK)
    start = time.perf_counter()
    await studio.picture(replace(BARS), Theme.DARK)
    assert time.perf_counter() - start < 0.02
    assert drawn(tmp_path / "drawn") == 1
    await studio.picture(BARS, Theme.LIGHT)
    await studio.picture(replace(BARS, title="Changed"), Theme.DARK)
    assert drawn(tmp_path / "drawn") == 3
    assert studio.outcomes == {"drawn": 3, "kept": 1, "failed": 0}


async def test_all_who_ask_meanwhile_get_one_drawing(tmp_path: Path) -> None:
    """A picture that is being drawn is waited for, even if who asked first went away."""
    studio = counting(tmp_path / "drawn", 0.3)
    first = asyncio.create_task(studio.picture(BARS, Theme.DARK))
    await asyncio.sleep(0.05)
    others = [asyncio.create_task(studio.picture(BARS, Theme.DARK)) for _ in range(5)]
    await asyncio.sleep(0.05)
    first.cancel()
    assert len({await other for other in others}) == 1
    assert drawn(tmp_path / "drawn") == 1


async def test_the_loop_goes_on_while_a_picture_is_drawn() -> None:
    """Nothing waits longer for its turn than a few milliseconds."""
    studio, longest = Studio(), 0.0
    task = asyncio.create_task(studio.picture(TIMELINE, Theme.LIGHT))
    while not task.done():
        start = time.perf_counter()
        await asyncio.sleep(0.001)
        longest = max(longest, time.perf_counter() - start)
    assert longest < 0.25


async def test_a_drawing_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Its process is gone, and it is not begun again at the next question, even if nobody waited for its end."""
    monkeypatch.setattr(rules, "LONGEST", 2.0)
    studio = endless(tmp_path / "running")
    asker = asyncio.create_task(studio.picture(BARS, Theme.DARK))
    running = await begun(tmp_path / "running")
    asker.cancel()
    await asyncio.sleep(2.5)
    assert not runs(running)
    with pytest.raises(PictureError, match="longer than 2 seconds"):
        await studio.picture(BARS, Theme.DARK)
    assert drawn(tmp_path / "running") == 1


async def test_closing_stops_what_is_drawn(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing of the studio outlives the bot, and nothing is said of it; closing twice is closing once."""
    studio = endless(tmp_path / "running")
    waiting = asyncio.create_task(studio.picture(BARS, Theme.DARK))
    running = await begun(tmp_path / "running")
    start = time.perf_counter()
    await studio.close()
    await studio.close()
    assert time.perf_counter() - start < 1
    assert not runs(running)
    with pytest.raises(PictureError, match="the bot is ending"):
        await waiting
    assert not caplog.records


async def test_nobody_waits_longer_than_their_patience(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither for a drawing nor for a turn; the drawings go on, and whoever asks next has them."""
    monkeypatch.setattr(rules, "PATIENCE", 0.3)
    studio = counting(tmp_path / "drawn", 0.6)
    charts = [replace(BARS, title=str(at)) for at in range(3)]
    start = time.perf_counter()
    came = await asyncio.gather(*(studio.picture(chart, Theme.DARK) for chart in charts), return_exceptions=True)
    assert time.perf_counter() - start < 0.55
    assert [str(error) for error in came] == ["it is not there after 0 seconds"] * 3
    monkeypatch.setattr(rules, "PATIENCE", 60.0)
    for chart in charts:
        assert await studio.picture(chart, Theme.DARK) == b"x" * 100
    assert drawn(tmp_path / "drawn") == 3


async def test_what_failed_rests_for_a_while(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The last line of what went wrong is told to all who ask meanwhile; then it is tried again."""
    monkeypatch.setattr(rules, "REST", 0.5)
    studio = failing(tmp_path / "drawn")
    for rest, tries in ((0.0, 1), (0.0, 1), (0.6, 2)):
        await asyncio.sleep(rest)
        with pytest.raises(PictureError, match=r"^no paint$"):
            await studio.picture(BARS, Theme.DARK)
        assert drawn(tmp_path / "drawn") == tries
    assert studio.kept(BARS, Theme.DARK) is None
    assert studio.outcomes == {"drawn": 0, "kept": 0, "failed": 2}


async def test_few_failures_are_remembered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """However many charts fail, what is remembered of them is bounded."""
    monkeypatch.setattr(rules, "MOST_RESTING", 1)
    studio = failing(tmp_path / "drawn")
    for chart in (BARS, FLOW, BARS, FLOW):
        with pytest.raises(PictureError):
            await studio.picture(chart, Theme.DARK)
    assert drawn(tmp_path / "drawn") == 3


async def test_a_process_that_is_killed_has_a_reason() -> None:
    with pytest.raises(PictureError, match="ended with -9"):
        await drawing("import os\nos.kill(os.getpid(), 9)").picture(BARS, Theme.DARK)


async def test_the_working_directory_has_no_part_in_a_picture(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither is code run that lies there, nor do settings of the plotting library change what is drawn."""
    before = await Studio().picture(BARS, Theme.DARK)
    for module in ("pickle", "bot", "numpy"):
        (tmp_path / f"{module}.py").write_text("raise SystemExit('code from elsewhere')", "utf-8")
    (tmp_path / "matplotlibrc").write_text("text.hinting: none\nfont.family: monospace\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert await Studio().picture(BARS, Theme.DARK) == before


async def test_the_process_that_draws_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the bot's environment it has no more than it needs."""
    for name in ("DISCORD_TOKEN", "DATABASE_URL", "HOME"):
        monkeypatch.setenv(name, "value")
    names = await drawing("import os\nsys.stdout.write(' '.join(os.environ))").picture(BARS, Theme.DARK)
    known = {
        "HOME",
        "MPLCONFIGDIR",
        "PYTHONPATH",
        "TMPDIR",
        "XDG_CACHE_HOME",
        "LC_CTYPE",
    }  # Python itself sets the last
    assert "HOME" in names.decode().split()
    assert set(names.decode().split()) - known == {"MPL_IGNORE_SYSTEM_FONTS", "OPENBLAS_NUM_THREADS"}


async def test_a_program_that_is_not_there_is_no_picture() -> None:
    with pytest.raises(PictureError, match="No such file"):
        await Studio(("/nowhere/python",)).picture(BARS, Theme.DARK)


async def test_a_picture_that_is_too_large_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "LARGEST", 99)
    with pytest.raises(PictureError, match="100 bytes"):
        await drawing("sys.stdout.write('x' * 100)").picture(BARS, Theme.DARK)


async def test_letters_that_the_font_does_not_have_are_no_picture() -> None:
    """Words alone are better than a row of empty boxes."""
    with pytest.raises(PictureError, match="font"):
        await Studio().picture(replace(BARS, title="鐘"), Theme.DARK)


async def test_the_oldest_pictures_make_room(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What is kept is bounded in bytes; what was looked at last stays."""
    monkeypatch.setattr(rules, "ROOM", 250)
    studio = counting(tmp_path / "drawn")
    await studio.picture(BARS, Theme.DARK)
    await studio.picture(FLOW, Theme.DARK)
    assert studio.kept(BARS, Theme.DARK)
    await studio.picture(TIMELINE, Theme.DARK)
    assert studio.kept(FLOW, Theme.DARK) is None
    assert studio.kept(BARS, Theme.DARK)
    assert studio.kept(TIMELINE, Theme.DARK)


async def test_few_are_drawn_at_once_and_few_wait(tmp_path: Path) -> None:
    """However many different pictures are asked for, two processes run, and of the ninth on there are words alone."""
    running = tmp_path / "running"
    running.mkdir()
    studio = drawing(
        f"import os, pathlib\nmine = pathlib.Path({str(running)!r}, str(os.getpid()))\nmine.touch()\ntime.sleep(0.1)\n"
        f"sys.stdout.write(str(len(list(mine.parent.iterdir()))))\nmine.unlink()"
    )
    asked = [studio.picture(replace(BARS, title=str(at)), Theme.DARK) for at in range(10)]
    came = await asyncio.gather(*asked, return_exceptions=True)
    assert {found for found in came if isinstance(found, bytes)} <= {b"1", b"2"}
    assert [type(found) for found in came] == [bytes] * 8 + [PictureError] * 2


@pytest.mark.parametrize(
    "started", ["import bot.cli", "from bot.settings import Settings; from bot.chat.client import Herdbook"]
)
def test_the_bot_does_not_load_the_plotting_library(started: str) -> None:
    """Neither the terminal nor the running bot takes the time and the memory."""
    check = f"{started}\nimport sys\nprint([name for name in ('matplotlib', 'PIL') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_process_that_draws_loads_no_more_than_it_needs() -> None:
    """Its start is most of a picture's time, so it has no part of the bot that is slow to load."""
    check = "import bot.pictures.drawing, sys\nprint([n for n in ('discord', 'bot.facts.model', 'matplotlib.figure') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
