"""How much is read of what is typed, and how much of that is remembered."""

from __future__ import annotations

from typing import Final

from bot.questions.model import NotUnderstood

MOST_WORDS: Final = 60
"""Words of a message that is read: a question has fewer, and time grows with each."""
LONGEST: Final = 10 * MOST_WORDS
"""Characters of a message that is read, for the same reasons."""
TOO_LONG: Final = NotUnderstood(hint=f"Ask in {MOST_WORDS} words at most.")
"""What more comes to."""
MOST_REMEMBERED: Final = 1024
"""Readings and look-ups that are kept, since a message is read in several ways, and people ask alike."""
