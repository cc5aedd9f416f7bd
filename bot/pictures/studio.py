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
import sys
from asyncio.subprocess import PIPE
from collections import Counter, OrderedDict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.charts import Chart
    from bot.pictures.themes import Theme

    _Key = tuple[Chart, Theme]

PATIENCE: Final = 5.0
"""Seconds after which the words go alone; a picture that comes later is kept for whoever asks next."""
LONGEST: Final = 10.0
"""Seconds that a drawing may take."""
REST: Final = 60.0
"""Seconds for which what failed is not tried again."""
MOST_RESTING: Final = 100
LARGEST: Final = 1_000_000
"""Bytes of a picture; a channel without boosts takes ten times as much."""
ROOM: Final = 16_000_000
"""Bytes of pictures that are kept."""
AT_ONCE: Final = 2
MOST_WAITING: Final = 8
"""Pictures that are being drawn or wait for it; of more, only the words are told."""

_SPARED: Final = {"MPL_IGNORE_SYSTEM_FONTS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""What spares the process the search for fonts that it does not use, and threads that it does not need."""
_PASSED_ON: Final = frozenset({"HOME", "MPLCONFIGDIR", "PYTHONPATH", "TMPDIR", "XDG_CACHE_HOME"})
"""What it has of the bot's own environment, which holds secrets: where packages are, and where it may leave its list of fonts."""


class PictureError(Exception):
    """There is no picture; the message says why."""


class Studio:
    """Draws charts and keeps the pictures."""

    def __init__(self, command: tuple[str, ...] = (sys.executable, "-P", "-m", "bot.pictures")) -> None:
        self._command = command
        self._kept: OrderedDict[_Key, bytes] = OrderedDict()
        self._failures: dict[_Key, str] = {}
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
        """A PNG of a chart: kept, or drawn once for all who ask meanwhile. Raises PictureError, within PATIENCE."""
        if found := self.kept(chart, theme):
            self.outcomes["kept"] += 1
            return found
        key = chart, theme
        if key in self._failures:
            raise PictureError(self._failures[key])
        if key not in self._drawing:
            if self.waiting >= MOST_WAITING:
                self.outcomes["failed"] += 1
                raise PictureError(f"{MOST_WAITING} others are being drawn")
            self._drawing[key] = asyncio.create_task(self._draw(key))
            self._drawing[key].add_done_callback(lambda task: self._settle(key, task))
        drawing = self._drawing[key]
        await asyncio.wait({drawing}, timeout=PATIENCE)
        if not drawing.done():
            raise PictureError(f"it is not there after {PATIENCE:.0f} seconds")
        if drawing.cancelled():
            raise PictureError("the bot is ending")
        return drawing.result()

    async def close(self) -> None:
        """Stop what is being drawn, so that whoever waits for it goes without."""
        stopped = [*self._drawing.values()]
        for drawing in stopped:
            drawing.cancel()
        await asyncio.gather(*stopped, return_exceptions=True)

    async def _draw(self, key: _Key) -> bytes:
        async with self._places:
            return await _run(self._command, pickle.dumps(key))

    def _settle(self, key: _Key, drawing: asyncio.Task[bytes]) -> None:
        """Keep the picture, or for a while why there is none."""
        del self._drawing[key]
        if drawing.cancelled():
            return
        if error := drawing.exception():
            self.outcomes["failed"] += 1
            if len(self._failures) < MOST_RESTING:
                self._failures[key] = str(error)
                drawing.get_loop().call_later(REST, self._failures.pop, key)
            return
        self.outcomes["drawn"] += 1
        self._kept[key] = drawing.result()
        while sum(map(len, self._kept.values())) > ROOM:
            self._kept.popitem(last=False)


async def _run(command: tuple[str, ...], given: bytes) -> bytes:
    passed_on = {name: value for name, value in os.environ.items() if name in _PASSED_ON}
    try:  # away from the working directory, where the plotting library would look for settings
        process = await asyncio.create_subprocess_exec(
            *command, stdin=PIPE, stdout=PIPE, stderr=PIPE, cwd=sys.prefix, env={**passed_on, **_SPARED}
        )
    except OSError as error:
        raise PictureError(str(error)) from None
    try:
        async with asyncio.timeout(LONGEST):
            drawn, said = await process.communicate(given)
    except TimeoutError:
        raise PictureError(f"it took longer than {LONGEST:.0f} seconds") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        last = said.decode(errors="replace").strip().rpartition("\n")[2]
        raise PictureError(last or f"the process that draws ended with {process.returncode}")
    if len(drawn) > LARGEST:
        raise PictureError(f"it has {len(drawn):,} bytes, and {LARGEST:,} is the most")
    return drawn
