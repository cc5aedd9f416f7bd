"""The picture of an answer, ready to be attached."""

from __future__ import annotations

import logging
from io import BytesIO
from typing import TYPE_CHECKING

import discord
from msgspec import Struct

from bot.pictures.studio import PictureError
from bot.pictures.themes import Theme

if TYPE_CHECKING:
    from bot.charts import Chart
    from bot.pictures.studio import Studio

log = logging.getLogger(__name__)


class Picture(Struct, frozen=True):
    """A file with a picture, and its words for who cannot see it; and what it is to be seen on."""

    file: discord.File
    theme: Theme


async def picture_of(chart: Chart | None, studio: Studio, theme: Theme = Theme.DARK) -> Picture | None:
    """A chart's picture; None where there is no chart, or it cannot be drawn."""
    if chart is None:
        return None
    try:
        drawn = await studio.picture(chart, theme)
    except PictureError as error:
        log.warning("the answer goes without its picture: %s", error)
        return None
    return Picture(discord.File(BytesIO(drawn), "picture.png", description=chart.alt), theme)
