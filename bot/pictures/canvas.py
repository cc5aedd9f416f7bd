"""A sheet to draw on, in units of which a phone shows 400 across. Matplotlib's Agg renderer does the work.

The renderer alone is imported and none of matplotlib's figures and axes, which would take a third of a second longer.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgb
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, TransformedPath
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.backend_bases import GraphicsContextBase

    Point = tuple[float, float]

WIDTH: Final = 400
SCALE: Final = 3
"""Pixels to a unit: a phone of 400 points has three each way."""
SMALL: Final = 11.0
LARGE: Final = 14.5
_DPI: Final = 72 * SCALE
"""At which a point is a unit."""
_CAP_HEIGHT: Final = 0.73
"""Height of a capital, as a share of the font's size."""
_THIN: Final = 0.75
_HATCH: Final = 4.0
"""Units between the lines of a hatching."""


class Canvas:
    """A sheet of WIDTH by `height` units, the origin at its upper left."""

    def __init__(self, height: float, paper: str) -> None:
        self.height = round(height)
        self._renderer = RendererAgg(WIDTH * SCALE, self.height * SCALE, _DPI)
        self._to_pixels = Affine2D().scale(SCALE, -SCALE).translate(0, self.height * SCALE)
        self._outlines: list[TransformedPath] = []  # Agg knows a path by its address, which no other may have meanwhile
        self.box(0, 0, WIDTH, self.height, paper)

    def box(self, x: float, y: float, width: float, height: float, colour: str, alpha: float = 1.0) -> None:  # noqa: PLR0913, PLR0917 - a place, a size and a colour
        """A filled rectangle, with sharp edges."""
        x, right = round(x * SCALE) / SCALE, round((x + width) * SCALE) / SCALE
        self.shape([(x, y), (right, y), (right, y + height), (x, y + height)], colour, alpha)

    def shape(self, corners: Sequence[Point], colour: str, alpha: float = 1.0) -> None:
        """A filled polygon."""
        self._renderer.draw_path(
            self._pen(colour, alpha), Path([*corners, corners[0]]), self._to_pixels, to_rgb(colour)
        )

    def fade(self, x: float, y: float, width: float, height: float, colour: str, *, out: bool = False) -> None:  # noqa: PLR0913 - a place, a size and a colour
        """A rectangle that comes out of nothing from left to right, or goes `out` into it."""
        left, right = round(x * SCALE), round((x + width) * SCALE)
        top, bottom = round(y * SCALE), round((y + height) * SCALE)
        strength = (np.arange(right - left) + 0.5) / max(right - left, 1)
        image = np.zeros((bottom - top, right - left, 4), np.uint8)
        image[..., :3] = np.round(np.array(to_rgb(colour)) * 255)
        image[..., 3] = np.round(255 * (strength[::-1] if out else strength))
        if image.size:
            self._renderer.draw_image(self._pen(colour, 1.0), left, self.height * SCALE - bottom, image)

    def hatched(self, corners: Sequence[Point], colour: str) -> None:
        """A polygon of thin slanted lines."""
        pen = self._pen(colour, 1.0)
        outline = TransformedPath(Path([*corners, corners[0]]), self._to_pixels)
        self._outlines.append(outline)
        pen.set_clip_path(outline)
        pen.set_linewidth(1)
        left, right = min(x for x, _ in corners), max(x for x, _ in corners)
        top, bottom = min(y for _, y in corners), max(y for _, y in corners)
        x = left - (bottom - top)
        while x < right:
            self._renderer.draw_path(pen, Path([(x, bottom), (x + bottom - top, top)]), self._to_pixels)
            x += _HATCH

    def line(self, start: Point, end: Point, colour: str) -> None:
        """A thin straight line."""
        pen = self._pen(colour, 1.0)
        pen.set_linewidth(_THIN)
        pen.set_snap(True)
        self._renderer.draw_path(pen, Path([start, end]), self._to_pixels)

    def text(  # noqa: PLR0913 - where, what, and how it looks
        self,
        x: float,
        middle: float,
        words: str,
        colour: str,
        *,
        size: float = SMALL,
        bold: bool = False,
        centred: bool = False,
    ) -> None:
        """A line of text from a place on, or `centred` there, whose capitals have their middle at a height."""
        start = x - width_of(words, size, bold=bold) / 2 if centred else x
        baseline = middle + size * _CAP_HEIGHT / 2
        self._renderer.draw_text(
            self._pen(colour, 1.0), round(start * SCALE), round(baseline * SCALE), words, _font(size, bold=bold), 0
        )

    def png(self) -> bytes:
        """The sheet as a PNG."""
        size = WIDTH * SCALE, self.height * SCALE
        sheet = Image.frombuffer("RGBA", size, self._renderer.buffer_rgba(), "raw", "RGBA", 0, 1)
        written = BytesIO()
        sheet.convert("RGB").save(written, "PNG")
        return written.getvalue()

    def _pen(self, colour: str, alpha: float) -> GraphicsContextBase:
        pen = self._renderer.new_gc()
        pen.set_foreground(to_rgb(colour))
        pen.set_alpha(alpha)
        pen.set_linewidth(0)
        return pen


_RULER: Final = RendererAgg(1, 1, _DPI)


@cache
def width_of(words: str, size: float = SMALL, *, bold: bool = False) -> float:
    """How wide a line of text is."""
    return float(_RULER.get_text_width_height_descent(words, _font(size, bold=bold), ismath=False)[0]) / SCALE


def fitting(words: str, width: float, size: float = SMALL, *, bold: bool = False) -> str:
    """A line of text cut to a width, with “…” where it was cut."""
    if width_of(words, size, bold=bold) <= width:
        return words
    while words and width_of(f"{words}…", size, bold=bold) > width:
        words = words[:-1].rstrip(" ,")
    return f"{words}…"


def wrapped(words: str, width: float, most: int) -> list[str]:
    """A small text in so many lines of a width at most, with “…” where it was cut."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if lines[-1] and width_of(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    last = " ".join(lines[most - 1 :])
    return [fitting(line, width) for line in (*lines[: most - 1], last) if line]


def _font(size: float, *, bold: bool) -> FontProperties:
    return FontProperties(family="DejaVu Sans", size=size, weight="bold" if bold else "normal")
