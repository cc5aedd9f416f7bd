"""Colours that everybody tells apart, on both papers."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from bot.pictures.themes import COLOURS, Colours

SEEN_BY = {
    "most": np.eye(3),
    "protanopes": np.array([[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]]),
    "deuteranopes": np.array([[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]]),
    "tritanopes": np.array([[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]]),
}
"""How linear light is seen: Machado, Oliveira and Fernandes 2009, at full severity."""
_TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
JUST_TOLD_APART = 2.3
"""A distance in CIELAB."""


def light(colour: str) -> np.ndarray:
    """Linear light, red, green and blue from 0 to 1."""
    values = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear: np.ndarray = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    return linear


def lab(linear: np.ndarray) -> np.ndarray:
    """CIELAB."""
    scaled = _TO_XYZ @ np.clip(linear, 0, 1) / np.array([0.9505, 1, 1.089])
    x, y, z = np.where(scaled > 0.008856, np.cbrt(scaled), 7.787 * scaled + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def contrast(one: str, other: str) -> float:
    """By WCAG 2.2."""
    darker, lighter = sorted(float(_TO_XYZ[1] @ light(colour)) for colour in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("colours", COLOURS.values(), ids=COLOURS)
def test_words_and_bars_stand_out(colours: Colours) -> None:
    """Words by 4.5 to 1, what is drawn by 3 to 1."""
    assert min(contrast(colour, colours.paper) for colour in (colours.ink, colours.muted)) >= 4.5
    assert min(contrast(colour, colours.paper) for colour in colours.places) >= 3


@pytest.mark.parametrize("eyes", SEEN_BY)
@pytest.mark.parametrize("colours", COLOURS.values(), ids=COLOURS)
def test_everybody_tells_places_apart(colours: Colours, eyes: str) -> None:
    """Any two colours differ by several times of what can just be told apart."""
    seen = [lab(SEEN_BY[eyes] @ light(colour)) for colour in (*colours.places, colours.muted)]
    assert min(np.linalg.norm(one - other) for one, other in combinations(seen, 2)) >= 5 * JUST_TOLD_APART
