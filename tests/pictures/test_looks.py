"""How pictures look: as in the references, which somebody looked at, but for what the next version of a font library changes."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
import pytest
from msgspec.structs import replace
from PIL import Image, ImageChops, ImageFilter

from bot.charts import MOST_ROWS, Bar, Bars, Chart, Row, Stay, Timeline
from bot.facts.dates import Date
from bot.pictures.canvas import SCALE, SMALL, WIDTH, Canvas, fitting, width_of, wrapped
from bot.pictures.drawing import draw
from bot.pictures.studio import LARGEST
from bot.pictures.themes import Theme
from tests.pictures.samples import BARS, FLOW, REFERENCES, SAMPLES, TIMELINE, small

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_AT_A_POINT = 47
"""By how much of 255 a point may differ at most, once both are blurred. Letters that are hinted otherwise come to 45."""
MOST_ON_AVERAGE = 1.3
_BLUR = ImageFilter.BoxBlur(2)


def alike(png: bytes, name: str, theme: Theme) -> bool:
    """Whether a picture looks like its reference."""
    with Image.open(REFERENCES / f"{name}-{theme}.png") as reference:
        shown = small(png)
        if shown.size != reference.size:
            return False
        one, other = (np.asarray(image.filter(_BLUR), int) for image in (shown, reference))
    difference = np.abs(one - other)
    return bool(difference.max() <= MOST_AT_A_POINT and difference.mean() <= MOST_ON_AVERAGE)


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("name", SAMPLES)
def test_looks_as_it_did(name: str, theme: Theme) -> None:
    """A picture is what somebody looked at and kept."""
    assert alike(draw(SAMPLES[name], theme), name, theme)


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("name", SAMPLES)
def test_another_way_of_smoothing_is_no_other_picture(name: str, theme: Theme) -> None:
    """Letters hinted otherwise, and edges that fall a pixel beside, are not told apart."""
    with mpl.rc_context({"text.hinting": "none"}):
        assert alike(draw(SAMPLES[name], theme), name, theme)
    moved = BytesIO()
    ImageChops.offset(Image.open(BytesIO(draw(SAMPLES[name], theme))), 1, 1).save(moved, "PNG")
    assert alike(moved.getvalue(), name, theme)


def changes() -> Iterator[tuple[str, str, Chart]]:
    """Charts that say something else than the samples."""
    first, second, *others = TIMELINE.rows
    (stay,) = first.stays
    longer = replace(stay, end=Date.parse("2029-09").span)
    yield "an end three months later", "timeline", with_rows(replace(first, stays=(longer,)), second, *others)
    stated = replace(stay, derived=False)
    yield "a start that is not derived", "timeline", with_rows(replace(first, stays=(stated,)), second, *others)
    yield "two rows exchanged", "timeline", with_rows(second, first, *others)
    elsewhere = replace(first, place=TIMELINE.rows[2].place)
    yield "another destination", "timeline", with_rows(elsewhere, second, *others)
    yield "a moment less", "timeline", replace(TIMELINE, moments=TIMELINE.moments[:1])
    widest, *narrower = FLOW.streams
    yield "two people more", "flow", replace(FLOW, streams=(replace(widest, count=14), *narrower))
    yield "a note less", "flow", replace(FLOW, notes=())
    longest, other, *rest = BARS.bars
    yield "two months less", "bars", replace(BARS, bars=(longest, replace(other, size=35), *rest))
    yield "a level less", "bars", replace(BARS, levels=BARS.levels[:1])


def with_rows(*rows: Row) -> Timeline:
    return replace(TIMELINE, rows=rows)


@pytest.mark.parametrize(("name", "changed"), [pytest.param(*change[1:], id=change[0]) for change in changes()])
def test_another_fact_is_another_picture(name: str, changed: Chart) -> None:
    """The tolerance is not so wide that a change of what is shown would pass."""
    assert not all(alike(draw(changed, theme), name, theme) for theme in Theme)


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("chart", SAMPLES.values(), ids=SAMPLES)
def test_is_the_same_each_time(chart: Chart, theme: Theme) -> None:
    """What was drawn before leaves no trace in a picture."""
    assert draw(chart, theme) == draw(chart, theme)


def test_letters_are_large_enough_for_a_phone() -> None:
    """At 400 pixels across, the smallest text is 11 pixels high, and a picture is sharp at three times that."""
    image = Image.open(BytesIO(draw(BARS, Theme.DARK)))
    assert (image.width, WIDTH, SCALE) == (1200, 400, 3)
    assert SMALL >= 11


NAMES = ["M" * 80, "Word " * 16, "Ж" * 80, "x"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("chart", SAMPLES.values(), ids=SAMPLES)
def test_nothing_is_cut_off(chart: Chart, name: str) -> None:
    """However long its names are, a picture has a margin all around."""
    edge = np.asarray(Image.open(BytesIO(draw(renamed(chart, name), Theme.DARK))))
    margin = 10 * SCALE
    for side in (edge[:margin], edge[-4 * SCALE :], edge[:, :margin], edge[:, -margin:]):
        assert (side == edge[0, 0]).all()


def renamed(chart: Chart, name: str) -> Chart:
    """A chart in which all that can be long is."""
    match chart:
        case Timeline():
            rows = tuple(replace(row, name=name, place=replace(row.place, name=name)) for row in chart.rows)
            moments = tuple(replace(moment, label=name) for moment in chart.moments)
            return replace(chart, title=name, rows=rows, moments=moments, notes=(name,))
        case Bars():
            bars = tuple(replace(bar, name=name) for bar in chart.bars)
            return replace(chart, title=name, bars=bars, notes=(name,))
        case _:
            streams = tuple(replace(stream, place=replace(stream.place, name=name)) for stream in chart.streams)
            return replace(chart, title=name, origin=name, streams=streams, notes=(name,))


def test_the_largest_picture_is_within_bounds() -> None:
    """With as many rows as a picture has at most, it is small enough to be sent."""
    rows = tuple(replace(TIMELINE.rows[at % 8], name=f"Somebody {at}") for at in range(MOST_ROWS))
    assert len(draw(replace(TIMELINE, rows=rows), Theme.LIGHT)) < LARGEST


@pytest.mark.parametrize(
    ("start", "end"), [("0001", "9999"), ("2030-01-01", "2030-01-01"), ("0001-01-01", "0001-01-01")]
)
def test_draws_any_time(start: str, end: str) -> None:
    """From the first year to the last, or a single day."""
    stay = Stay(Date.parse(start).span, Date.parse(end).span)
    chart = Timeline("", (Row("Ada", (stay,), TIMELINE.rows[0].place),), (), (), (), "")
    assert draw(chart, Theme.DARK)


def test_draws_sizes_of_nothing() -> None:
    assert draw(Bars("", (Bar("Ada", 0, "0 months"),), (Bar("average", 0, "0 months"),), (), ""), Theme.DARK)


def test_text_is_cut_and_wrapped_by_its_width() -> None:
    """A line ends before its room does, at a word where it goes on below."""
    assert fitting("short", 100) == "short"
    assert fitting("a rather long name", 60).endswith("…")
    assert width_of(fitting("a rather long name", 60)) <= 60
    assert wrapped("one two three four", width_of("one two"), 2) == ["one two", "three…"]


def test_every_hatching_is_within_its_own_outline() -> None:
    """One hatched shape has nothing to do with the one before it."""
    canvas = Canvas(400, "#ffffff")
    corners = [(float(x), float(y)) for x in range(20, 380, 30) for y in range(20, 380, 30)]
    for x, y in corners:
        canvas.hatched([(x, y), (x + 20, y), (x + 20, y + 20), (x, y + 20)], "#000000")
    sheet = np.asarray(Image.open(BytesIO(canvas.png())).convert("L").resize((400, 400)))
    shades = {int(sheet[int(y) : int(y) + 20, int(x) : int(x) + 20].mean()) // 32 for x, y in corners}
    assert len(shades) == 1
    assert shades != {255 // 32}
