"""What a picture shows, in words, days and counts. How it looks is the business of `bot.pictures`.

All words are made by the answers. A chart knows no colour and no pixel, and imports nothing that is slow to import: the
process that draws it starts anew for each picture.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from msgspec import Struct

from bot.facts.dates import Span

MOST_ROWS: Final = 40
"""Rows of a picture: as many as a phone still shows at a readable size, and what bounds a picture's height."""


class Tone(StrEnum):
    """What kind of place somebody went to; each is drawn in a way of its own."""

    ELSEWHERE = "elsewhere"
    HOME = "home"
    UNSTATED = "not stated"


class Place(Struct, frozen=True):
    """Where people are now, as the picture names it. Equal places have one colour."""

    name: str
    tone: Tone = Tone.ELSEWHERE


class Stay(Struct, frozen=True):
    """A time that began on one of the days of `start` and ended on one of `end`; None where neither is known."""

    start: Span | None
    end: Span | None
    derived: bool = False
    """Whether no source states the start, and it was computed."""


class Row(Struct, frozen=True):
    """Somebody's stays, and where they are now."""

    name: str
    stays: tuple[Stay, ...]
    place: Place


class Moment(Struct, frozen=True):
    """What happened on one of the days of a span."""

    label: str
    when: Span


class Timeline(Struct, frozen=True):
    """Stays beside each other, one row a person. `places` are all that rows have, those of the most people first."""

    title: str
    rows: tuple[Row, ...]
    places: tuple[Place, ...]
    moments: tuple[Moment, ...]
    notes: tuple[str, ...]
    alt: str


class Stream(Struct, frozen=True):
    """So many people who went to a place, and that count as it is told."""

    place: Place
    count: int
    told: str


class Flow(Struct, frozen=True):
    """People from one place to others, the widest stream first; `told` says how many there are in all."""

    title: str
    origin: str
    told: str
    streams: tuple[Stream, ...]
    notes: tuple[str, ...]
    alt: str


class Bar(Struct, frozen=True):
    """A size, and as it is told."""

    name: str
    size: float
    told: str


class Bars(Struct, frozen=True):
    """Sizes beside each other, and `levels` that they are compared with: an average, a median."""

    title: str
    bars: tuple[Bar, ...]
    levels: tuple[Bar, ...]
    notes: tuple[str, ...]
    alt: str


Chart = Timeline | Flow | Bars
