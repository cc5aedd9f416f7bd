"""The two ways in which a picture is coloured: for a dark channel, and for a light one.

Hues are Okabe and Ito's, moved in lightness until everybody tells them apart from each other, the colour-blind too, and
each stands out from its paper by 3 to 1, as WCAG 2.2 asks of graphics, and words by 4.5 to 1, as it asks of text.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping


class Theme(StrEnum):
    """What a picture is to be seen on; Discord does not tell a bot what a member uses."""

    DARK = "dark"
    LIGHT = "light"


class Colours(Struct, frozen=True):
    """The colours of a theme, as `#rrggbb`: the paper, words, lesser words, what lies behind, and one for each place."""

    paper: str
    ink: str
    muted: str
    faint: str
    places: tuple[str, ...]


COLOURS: Final[Mapping[Theme, Colours]] = {
    Theme.DARK: Colours(
        "#2b2d31",
        "#f2f3f5",
        "#b5bac1",
        "#43464d",
        ("#e5ac1f", "#35bff5", "#12a06c", "#b277b6", "#fbf6a0", "#cf622a", "#8b74f2"),
    ),
    Theme.LIGHT: Colours(
        "#ffffff",
        "#1e1f22",
        "#5c5e66",
        "#dfe1e5",
        ("#bd8413", "#2a62b8", "#259e70", "#d964ac", "#7f6526", "#7a1208", "#38175a"),
    ),
}
