"""Text as it is compared: small Latin letters and digits, in words."""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

_CHAT = re.compile(r"https?://\S+|<(?:[@#]|a?:)[^<>]{0,100}>")
"""Addresses, and how Discord writes mentions, channels and emoji."""
_POSSESSIVE = re.compile(r"['’ʼ`]s\b")
_APOSTROPHES = re.compile(r"['’ʼ`]")
_NO_WORD = re.compile(r"[^a-z0-9]+")


def without_chat(text: str) -> str:
    """A text without addresses, mentions, channels and emoji."""
    return _CHAT.sub(" ", text)


def fold(text: str) -> str:
    """Words without case, accents, marks and script: `Žofie Łuc` and `zofie luc` become the same. Folding is idempotent."""
    text = unicodedata.normalize("NFKC", _CHAT.sub(" ", text).replace("´", "'")).casefold()
    text = _APOSTROPHES.sub("", _POSSESSIVE.sub("", text))
    if not text.isascii():
        text = _APOSTROPHES.sub("", anyascii("".join(map(_kept, text)))).casefold()
    return _NO_WORD.sub(" ", text).strip()


def _kept(char: str) -> str:
    """A character that may be part of a word, a space for one that parts words, nothing for one that nobody sees."""
    kind = unicodedata.category(char)[0]
    return " " if char.isspace() or kind == "S" else "" if kind == "C" else char


def clean(text: str) -> str:
    """What was typed as it may be shown again: letters, digits, spaces, hyphens and apostrophes, 40 characters at most.

    Nothing of it can ping, link or format, in whatever order it was typed.
    """
    text = unicodedata.normalize("NFC", _CHAT.sub(" ", text))
    kept = "".join(char if char.isalnum() or char in "-'’" or unicodedata.combining(char) else " " for char in text)
    shown = " ".join(kept.split()).strip("-'’ ")
    return shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1].rstrip() + "…"


_SHOWN = 40
