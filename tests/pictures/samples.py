"""Charts that have everything in them that is drawn in a way of its own.

    uv run python -m tests.pictures.samples

draws them anew as the references of `test_looks.py`, for who changed how pictures look. Look at each before you keep it.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image

from bot.charts import Bar, Bars, Chart, Flow, Moment, Place, Row, Stay, Stream, Timeline, Tone
from bot.facts.dates import Date
from bot.pictures.drawing import draw
from bot.pictures.themes import Theme

REFERENCES: Final = Path(__file__).with_name("references")
ACROSS: Final = 200
"""Pixels across, of a reference: half as many as on a small phone, so that letters are strokes."""


def _stay(start: str | None, end: str | None, *, derived: bool = True) -> Stay:
    return Stay(Date.parse(start).span if start else None, Date.parse(end).span if end else None, derived=derived)


_BYRE, _FORGE, _SHED, _HOME, _UNSTATED = (
    Place("Byre and Sons"),
    Place("The Forge"),
    Place("A Workshop Whose Name Goes On and On and On"),
    Place("still there", Tone.HOME),
    Place("not stated", Tone.UNSTATED),
)
_NOTES = ("Starts are derived from the departure and the length.", "Source: The Meadow Gazette, 10 March 2031")

TIMELINE: Final = Timeline(
    "Years at Auroch Works",
    (
        Row("Žofie Łuc", (_stay("2025-03/2025-05", "2029-06"),), _BYRE),
        Row("Bram Quill", (_stay("2023/2025", "2029-06/2029-12"),), _BYRE),
        Row("Mo", (_stay("2021", "2023-02", derived=False), _stay("2025-02-01", "2029-09-30", derived=False)), _FORGE),
        Row("Maximiliane of the Long Name", (_stay("2026/2030", "2028/2031"),), _SHED),
        Row("Jo Ng", (_stay("2028-11/2029-01", "2031-01"),), _UNSTATED),
        Row("Ada Quill", (_stay(None, "2031-03-10"),), _HOME),
        Row("Søren Ærø", (_stay("2028", "2031-03-10", derived=False),), _HOME),
        Row("Eve Mute", (_stay("2027-05", None, derived=False),), _UNSTATED),
        Row("Nobody Knows", (_stay(None, None),), _UNSTATED),
    ),
    (_BYRE, _FORGE, _SHED, _UNSTATED, _HOME),
    (
        Moment("Great Bell, 2028", Date.parse("2028").span),
        Moment("Little Bell, 3 June 2028", Date.parse("2028-06-03").span),
    ),
    _NOTES,
    "",
)
FLOW: Final = Flow(
    "From Auroch Works to where they are now",
    "Auroch Works",
    "28 of 30 smiths",
    (
        *(
            Stream(place, count, f"{count} smiths")
            for place, count in ((_BYRE, 12), (_FORGE, 6), (Place("Hayloft"), 3), (_SHED, 2))
        ),
        *(Stream(Place(name), 1, "1 smith") for name in ("Kiln", "Quarry", "Smelter", "Mint")),
        Stream(_UNSTATED, 1, "1 smith"),
    ),
    _NOTES[1:],
    "",
)
BARS: Final = Bars(
    "Time at Auroch Works",
    (
        Bar("Žofie Łuc", 50, "4 years, 2 months"),
        Bar("Maximiliane of the Long Name", 37, "3 years, 1 month"),
        Bar("Jo Ng", 25, "2 years, 1 month"),
        Bar("Mo", 0, "0 months"),
    ),
    (Bar("average", 28, "2 years, 4 months"), Bar("median", 31, "2 years, 7 months")),
    _NOTES[1:],
    "",
)
SAMPLES: Final[dict[str, Chart]] = {"timeline": TIMELINE, "flow": FLOW, "bars": BARS}


def small(png: bytes) -> Image.Image:
    """A picture at the size of the references."""
    image = Image.open(BytesIO(png))
    return image.resize((ACROSS, round(image.height * ACROSS / image.width)), Image.Resampling.BOX)


if __name__ == "__main__":
    REFERENCES.mkdir(exist_ok=True)
    for name, chart in SAMPLES.items():
        for theme in Theme:
            small(draw(chart, theme)).save(REFERENCES / f"{name}-{theme}.png", optimize=True)
