"""The data files of this room: YAML of words and nothing else, `no` and `on` among them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import yaml

_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read(name: str) -> Any:
    """What a file beside this module holds: lists and mappings of words."""
    text = Path(__file__).with_name(name).read_text("utf-8")
    return yaml.load(text, _LOADER)  # noqa: S506 - the package's own file, and a base loader makes nothing but words
