"""Draw README's picture of a timeline, from the book that the bot comes with.

uv run python docs/timeline.py
"""

from __future__ import annotations

from pathlib import Path

from bot.answers import answer
from bot.facts.reading import read_book
from bot.pictures.drawing import draw
from bot.pictures.themes import Theme
from bot.questions.model import Timeline
from bot.settings import load_settings

picture = answer(Timeline(), read_book(load_settings(_env_file=None).facts_dir)).picture
if picture is None:
    raise SystemExit("The book has nothing to draw.")
Path(__file__).with_name("timeline.png").write_bytes(draw(picture, Theme.DARK))
