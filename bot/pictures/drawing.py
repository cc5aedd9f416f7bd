"""How charts look. Everything is said next to what it is about, so that no picture needs a legend."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, Final, assert_never

from msgspec import Struct

from bot.charts import Bars, Chart, Flow, Place, Timeline, Tone
from bot.pictures.canvas import LARGE, WIDTH, Canvas, fitting, width_of, wrapped
from bot.pictures.themes import COLOURS, Colours, Theme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.charts import Stay
    from bot.facts.dates import Span
    from bot.pictures.canvas import Point

    _Extent = tuple[float, float, float, float]

MARGIN: Final = 14.0
RIGHT: Final = WIDTH - MARGIN
GAP: Final = 7.0
PITCH: Final = 18.0
"""From one row to the next."""
THICK: Final = 10.0
"""A bar."""
LINE: Final = 15.0
"""From one line of small text to the next."""
MOST_LINES: Final = 2
"""Lines of a note."""
HEAD: Final = MARGIN + 24.0
"""Where what is below the title begins."""
WIDEST_NAME: Final = 130.0
WIDEST_PLACE: Final = 110.0


def draw(chart: Chart, theme: Theme) -> bytes:
    """A picture of a chart, as PNG."""
    match chart:
        case Timeline():
            return _timeline(chart, COLOURS[theme])
        case Flow():
            return _flow(chart, COLOURS[theme])
        case Bars():
            return _bars(chart, COLOURS[theme])
        case _:
            assert_never(chart)


def _sheet(title: str, notes: Sequence[str], height: float, colours: Colours) -> Canvas:
    """A sheet with a title above and notes below a drawing of a height."""
    lines = [line for note in notes for line in wrapped(note, RIGHT - MARGIN, MOST_LINES)]
    foot = HEAD + height + GAP
    canvas = Canvas(foot + len(lines) * LINE + MARGIN - 4, colours.paper)
    canvas.text(
        MARGIN,
        MARGIN + 7,
        fitting(title, RIGHT - MARGIN, LARGE, bold=True),
        colours.ink,
        size=LARGE,
        bold=True,
    )
    for at, line in enumerate(lines):
        canvas.text(MARGIN, foot + (at + 0.5) * LINE, line, colours.muted)
    return canvas


class _Label(Struct, frozen=True):
    """A line of text above a drawing, and the place below it that it names."""

    text: str
    left: float
    at: float
    lane: int


def _labels(wanted: Sequence[tuple[float, str]]) -> list[_Label]:
    """Labels of places, each near its own and none over another: in one lane where they fit, else in several."""
    ends: list[float] = []
    found = []
    ordered = sorted(wanted)
    for number, (at, whole) in enumerate(ordered):
        text = fitting(whole, RIGHT - MARGIN)
        width = width_of(text)
        beside = at - width - GAP / 2 if number == 0 else at + GAP / 2
        left = min(max(beside if len(ordered) > 1 else at - width / 2, MARGIN), RIGHT - width)
        lane = next((lane for lane, end in enumerate(ends) if left >= end + GAP), len(ends))
        ends[lane : lane + 1] = [left + width]
        found.append(_Label(text, left, at, lane))
    return found


def _names(names: Sequence[str]) -> tuple[list[str], float]:
    """Names cut to their column, and where what is right of them begins."""
    cut = [fitting(name, WIDEST_NAME) for name in names]
    return cut, MARGIN + max(map(width_of, cut), default=0) + GAP


def _palette(places: Sequence[Place], colours: Colours) -> Callable[[Place], str]:
    """The colour of each place; the places that come when all colours are taken have none of their own."""
    elsewhere = [place for place in places if place.tone is Tone.ELSEWHERE]
    own = dict(zip(elsewhere, colours.places, strict=False))
    return lambda place: own.get(place, colours.muted)


# Timeline


class _Days(Struct, frozen=True):
    """Days along a line from `left`."""

    first: date
    last: date
    left: float
    width: float

    def at(self, day: date) -> float:
        """Where a day begins."""
        return self.left + self.width * (day - self.first) / (self.last - self.first)

    def between(self, span: Span) -> tuple[float, float]:
        """Where a span's first day begins and its last one ends."""
        return self.at(span.first), self.at(_after(span.last))


_OPEN: Final = 44.0
"""Over which a bar fades where nobody knows how long it is."""
_SOFT: Final = 9.0
"""Over which a derived start fades at least, to be seen."""
_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_FEWEST_YEARS: Final = 2
_DAYS_A_YEAR: Final = 365.2425


def _timeline(chart: Timeline, colours: Colours) -> bytes:
    names, left = _names([row.name for row in chart.rows])
    days = _days(chart, left)
    colour = _palette(chart.places, colours)
    labels = _labels([(sum(days.between(moment.when)) / 2, moment.label) for moment in chart.moments])
    top = HEAD + LINE * (1 + max((label.lane for label in labels), default=-1))
    foot = top + PITCH * len(chart.rows) + 2
    canvas = _sheet(chart.title, chart.notes, foot + LINE - HEAD, colours)
    _years(canvas, days, top, foot, colours)
    for moment in chart.moments:
        begin, end = days.between(moment.when)
        canvas.box(begin, top, max(end - begin, 1.5), foot - top, colours.muted, 0.22)
    for label in labels:
        canvas.text(label.left, HEAD + (label.lane + 0.4) * LINE, label.text, colours.muted)
    for at, (name, row) in enumerate(zip(names, chart.rows, strict=True)):
        middle = top + (at + 0.5) * PITCH
        canvas.text(MARGIN, middle, name, colours.ink)
        extents = [extent for stay in row.stays if (extent := _extent(stay, days))]
        for extent in extents:
            paper = colours.paper if row.place.tone is Tone.UNSTATED else None
            _stay(canvas, extent, middle - THICK / 2, colour(row.place), paper)
        end = max((extent[-1] for extent in extents), default=left)
        told = fitting(row.place.name, RIGHT - end - GAP + 0.5)
        canvas.text(end + GAP, middle, told, colours.ink if row.place.tone is Tone.ELSEWHERE else colours.muted)
    return canvas.png()


def _days(chart: Timeline, left: float) -> _Days:
    """Days as wide as leaves room for the words behind each bar."""
    spans = [span for row in chart.rows for stay in row.stays for span in (stay.start, stay.end) if span]
    spans += [moment.when for moment in chart.moments]
    last = _after(max(span.last for span in spans))
    first = min(*(span.first for span in spans), _years_before(last, _FEWEST_YEARS))
    room = RIGHT - left
    for row in chart.rows:
        ends = [span.last for stay in row.stays for span in (stay.end or stay.start,) if span]
        share = (_after(max(ends)) - first) / (last - first) if ends else 0.0
        if share:
            room = min(room, (RIGHT - left - GAP - min(width_of(row.place.name), WIDEST_PLACE)) / share)
    return _Days(first, last, left, room)


def _after(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)


def _years_before(day: date, years: int) -> date:
    return day.replace(year=max(day.year - years, date.min.year), day=1)


def _years(canvas: Canvas, days: _Days, top: float, foot: float, colours: Colours) -> None:
    """A thin line at the beginning of as many years as have room for their numbers."""
    span = (days.last - days.first).days / _DAYS_A_YEAR
    fits = days.width / (width_of("0000") + GAP)
    step = next((step for step in _STEPS if span / step <= fits), _STEPS[-1])
    for year in range(-(-days.first.year // step) * step, days.last.year + 1, step):
        if year and date(year, 1, 1) >= days.first:
            x = days.at(date(year, 1, 1))
            canvas.line((x, top), (x, foot), colours.faint)
            canvas.text(x, foot + LINE / 2, str(year), colours.muted, centred=True)


def _extent(stay: Stay, days: _Days) -> _Extent | None:
    """Where a bar begins to show, is solid, is so no more, and is gone; None where neither end is known."""
    start = days.between(stay.start) if stay.start else None
    end = days.between(stay.end) if stay.end else None
    if start and stay.derived:
        start = start[0], max(start[1], start[0] + _SOFT)
    start = start or (end and (max(end[0] - _OPEN, days.left), end[0]))
    end = end or (start and (start[1], min(start[1] + _OPEN, days.left + days.width)))
    if not start or not end:
        return None
    solid = (start[1], end[0]) if start[1] <= end[0] else 2 * ((start[1] + end[0]) / 2,)
    return start[0], *solid, end[1]


def _stay(canvas: Canvas, extent: _Extent, top: float, colour: str, paper: str | None) -> None:
    """A bar that fades in, is solid, and fades out; hatched where the paper is given that it fades into."""
    first, begun, ending, last = extent
    if paper:
        canvas.hatched([(first, top), (last, top), (last, top + THICK), (first, top + THICK)], colour)
        canvas.fade(first, top, begun - first, THICK, paper, out=True)
        canvas.fade(ending, top, last - ending, THICK, paper)
    else:
        canvas.fade(first, top, begun - first, THICK, colour)
        canvas.box(begun, top, ending - begun, THICK, colour)
        canvas.fade(ending, top, last - ending, THICK, colour, out=True)


# Flow

_DEPTH: Final = 170.0
"""Height of all streams together, about."""
_WIDEST_HEAD: Final = 14.0
"""Height of one person's stream at most."""
_NODE: Final = 8.0
"""Where streams begin and end."""
_SLOT: Final = 20.0
"""Height that a stream's name needs."""
_ALPHA: Final = 0.5
_CURVE: Final = 40
"""Points on the side of a stream."""


def _flow(chart: Flow, colours: Colours) -> bytes:
    counts = [stream.count for stream in chart.streams]
    unit = min(_DEPTH / sum(counts), _WIDEST_HEAD)
    slots = [max(count * unit + GAP, _SLOT) for count in counts]
    colour = _palette([stream.place for stream in chart.streams], colours)
    told = [(fitting(stream.place.name, WIDEST_NAME, bold=True), stream.told) for stream in chart.streams]
    words = max(width_of(name, bold=True) + GAP + width_of(count) for name, count in told)
    begin, end = MARGIN + _NODE, RIGHT - words - GAP - _NODE
    canvas = _sheet(chart.title, chart.notes, LINE + sum(slots), colours)
    head = HEAD + LINE + GAP / 2
    lefts = list(accumulate(counts, initial=0))
    tops = list(accumulate(slots, initial=HEAD + LINE))
    for stream, left, top, slot, (name, count) in zip(chart.streams, lefts, tops, slots, told, strict=False):
        depth, hue = stream.count * unit, colour(stream.place)
        y, into = head + left * unit, top + (slot - depth) / 2
        outline = _stream((begin, y), (end, into), depth)
        if stream.place.tone is Tone.UNSTATED:
            canvas.hatched(outline, hue)
        else:
            canvas.shape(outline, hue, _ALPHA)
            canvas.box(end, into, _NODE, depth, hue)
        x, middle = end + _NODE + GAP, top + slot / 2
        canvas.text(x, middle, name, colours.ink, bold=True)
        canvas.text(x + width_of(name, bold=True) + GAP, middle, count, colours.muted)
    canvas.box(MARGIN, head, _NODE, sum(counts) * unit, colours.muted)
    origin = fitting(chart.origin, WIDEST_NAME, bold=True)
    canvas.text(MARGIN, HEAD + LINE / 2, origin, colours.ink, bold=True)
    canvas.text(MARGIN + width_of(origin, bold=True) + GAP, HEAD + LINE / 2, chart.told, colours.muted)
    return canvas.png()


def _stream(start: Point, end: Point, depth: float) -> list[Point]:
    """The outline of a stream of a depth, level where it begins and where it ends."""
    (x, y), (to_x, to_y) = start, end
    steps = [step / _CURVE for step in range(_CURVE + 1)]
    upper = [(x + (to_x - x) * t, y + (to_y - y) * t * t * (3 - 2 * t)) for t in steps]
    return [*upper, *((x, y + depth) for x, y in reversed(upper))]


# Bars


def _bars(chart: Bars, colours: Colours) -> bytes:
    names, left = _names([bar.name for bar in chart.bars])
    told = [fitting(bar.told, WIDEST_NAME) for bar in chart.bars]
    column = RIGHT - max(map(width_of, told))
    width = column - GAP - left
    longest = max(bar.size for bar in chart.bars) or 1.0
    labels = _labels([(left + width * level.size / longest, f"{level.name} {level.told}") for level in chart.levels])
    top = HEAD + LINE * (1 + max((label.lane for label in labels), default=-1))
    foot = top + PITCH * len(chart.bars)
    canvas = _sheet(chart.title, chart.notes, foot - HEAD, colours)
    for number, (name, bar, size) in enumerate(zip(names, chart.bars, told, strict=True)):
        middle = top + (number + 0.5) * PITCH
        canvas.text(MARGIN, middle, name, colours.ink)
        canvas.box(left, middle - THICK / 2, width * bar.size / longest, THICK, colours.places[1])
        canvas.text(column, middle, size, colours.muted)
    for label in labels:
        canvas.line((label.at, HEAD + (label.lane + 0.9) * LINE), (label.at, foot), colours.ink)
        canvas.text(label.left, HEAD + (label.lane + 0.4) * LINE, label.text, colours.ink)
    return canvas.png()
