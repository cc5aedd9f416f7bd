"""English as every room needs it: counts with their nouns, lists, sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def plural(count: int, noun: str) -> str:
    """The count with its noun: "1 year", "3 years"."""
    return f"{count} {noun}" if count == 1 else f"{count:,} {noun}s"


def in_words(count: int, noun: str) -> str:
    """A small count with its noun, in words: "a year", "three years"."""
    words = ("no", "a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    number = words[count] if count < len(words) else str(count)
    return f"{number} {noun}" if count == 1 else f"{number} {noun}s"


def listed(items: Sequence[str], last: str = "and") -> str:
    """The items as a sentence has them: "a", "a and b", "a, b and c"."""
    return f" {last} ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))


def sentence(text: str) -> str:
    """A text with a capital at its beginning."""
    return text[:1].upper() + text[1:]
