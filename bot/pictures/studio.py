"""Where pictures are made: beside the event loop, each once, and kept while there is room.

Each picture is drawn by a process of its own, which can be stopped when it takes too long, and which takes the plotting
library and its memory away with it. What it is given is a chart and nothing else, so that equal charts have one picture:
a book in which nothing changed that a picture shows does not have it drawn again, and one in which something did never
gets the old one.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import subprocess
import sys
from collections import Counter, OrderedDict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.charts import Chart
    from bot.pictures.themes import Theme

    _Key = tuple[Chart, Theme]

LONGEST: Final = 10.0
"""Seconds that a drawing may take."""
LARGEST: Final = 1_000_000
"""Bytes of a picture; a channel without boosts takes ten times as much."""
ROOM: Final = 16_000_000
"""Bytes of pictures that are kept."""
AT_ONCE: Final = 2
MOST_WAITING: Final = 8
"""Pictures that are being drawn or wait for it; of more, only the words are told."""

_ENVIRONMENT: Final = {"MPL_IGNORE_SYSTEM_FONTS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""What spares the process the search for fonts that it does not use, and threads that it does not need."""


class PictureError(Exception):
    """There is no picture; the message says why."""


class Studio:
    """Draws charts and keeps the pictures."""

    def __init__(self, command: tuple[str, ...] = (sys.executable, "-m", "bot.pictures")) -> None:
        self._command = command
        self._kept: OrderedDict[_Key, bytes] = OrderedDict()
        self._drawing: dict[_Key, asyncio.Task[bytes]] = {}
        self._places = asyncio.Semaphore(AT_ONCE)
        self.outcomes = Counter(drawn=0, kept=0, failed=0)
        """How many were drawn, were kept from before when they were asked for, or failed."""

    @property
    def waiting(self) -> int:
        """Pictures that are being drawn, or wait for it."""
        return len(self._drawing)

    def kept(self, chart: Chart, theme: Theme) -> bytes | None:
        """A picture that was drawn before, if it is still here."""
        found = self._kept.get((chart, theme))
        if found:
            self._kept.move_to_end((chart, theme))
        return found

    async def picture(self, chart: Chart, theme: Theme) -> bytes:
        """A PNG of a chart: kept, or drawn once for all who ask meanwhile. Raises PictureError."""
        if found := self.kept(chart, theme):
            self.outcomes["kept"] += 1
            return found
        key = chart, theme
        if key not in self._drawing:
            if self.waiting >= MOST_WAITING:
                self.outcomes["failed"] += 1
                raise PictureError(f"{MOST_WAITING} others are being drawn")
            task = self._drawing[key] = asyncio.create_task(self._draw(key))
            task.add_done_callback(lambda _: self._drawing.pop(key))
        return await asyncio.shield(self._drawing[key])

    async def _draw(self, key: _Key) -> bytes:
        try:
            async with self._places:
                drawn = await asyncio.to_thread(_run, self._command, pickle.dumps(key))
        except PictureError:
            self.outcomes["failed"] += 1
            raise
        self.outcomes["drawn"] += 1
        self._kept[key] = drawn
        while sum(map(len, self._kept.values())) > ROOM:
            self._kept.popitem(last=False)
        return drawn


def _run(command: tuple[str, ...], given: bytes) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - as above
            command, input=given, capture_output=True, timeout=LONGEST, check=True, env={**os.environ, **_ENVIRONMENT}
        )
    except subprocess.TimeoutExpired:
        raise PictureError(f"it took longer than {LONGEST:.0f} seconds") from None
    except subprocess.CalledProcessError as error:
        raise PictureError(error.stderr.decode(errors="replace").strip().rpartition("\n")[2]) from None
    except OSError as error:
        raise PictureError(str(error)) from None
    if len(done.stdout) > LARGEST:
        raise PictureError(f"it has {len(done.stdout):,} bytes, and {LARGEST:,} is the most")
    return done.stdout
