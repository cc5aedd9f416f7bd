"""The picture of an answer, ready to be attached."""

from __future__ import annotations

import logging
from io import BytesIO
from typing import TYPE_CHECKING

import discord

from bot.pictures.studio import PictureError
from bot.pictures.themes import Theme

if TYPE_CHECKING:
    from bot.charts import Chart
    from bot.pictures.studio import Studio

log = logging.getLogger(__name__)


async def picture_of(chart: Chart | None, studio: Studio, theme: Theme = Theme.DARK) -> discord.File | None:
    """A file with a chart's picture, and its words for who cannot see it; None where there is none, or it fails."""
    if chart is None:
        return None
    try:
        drawn = await studio.picture(chart, theme)
    except PictureError as error:
        log.warning("the answer goes without its picture: %s", error)
        return None
    return discord.File(BytesIO(drawn), "picture.png", description=chart.alt)
