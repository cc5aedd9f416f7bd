"""`python -m bot` is `bot`."""

from bot.cli import app

app()
