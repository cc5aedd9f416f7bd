"""The files of a book as one zip: how the store keeps them, and what a keeper gets to put under version control."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.facts.reading import Files

_ANY_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""A zip dates its entries; one and the same day makes the same files the same zip."""


def pack(files: Files) -> bytes:
    """Files as a zip, the same for the same files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, _ANY_DAY), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def unpack(packed: bytes) -> Files:
    """The files of a zip that `pack` made."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
