"""README's pictures: real answers of the real bot, on the page that `uv run bot` opens.

    uv run python -m tests.page.pictures

Needs a Chromium. Look at each before you keep it.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from playwright.async_api import expect

from tests.conftest import HERE, SHIPPED
from tests.page.browsing import CHROMIUM, MISSING, PICTURE, Channel, browsing, button, served

if TYPE_CHECKING:
    from playwright.async_api import Browser, ViewportSize

DOCS: Final = HERE.parent / "docs"
ASKED: Final = {
    "answer.png": ("!where lampel", "!ask who left in 2023 and isnt at mistral", "!where ro"),
    "timeline.png": ("!timeline",),
}
"""The questions that each picture shows with their answers."""
SCREEN: Final[ViewportSize] = {"width": 816, "height": 4000}
"""Pixels of a screen on which all messages are in sight, each as wide as on a large one."""
SHARPNESS: Final = 1.5
"""Pixels of a picture for each of the page."""
MARGIN: Final = 12


async def main() -> None:
    """Ask, look at the page, and keep what it shows."""
    if CHROMIUM is None:
        raise SystemExit(MISSING)
    with TemporaryDirectory() as folder:
        async with served(SHIPPED, Path(folder)) as address, browsing() as browser:
            for name, questions in ASKED.items():
                await take(browser, address, questions, DOCS / name)


async def take(browser: Browser, address: str, questions: tuple[str, ...], file: Path) -> None:
    """Keep a picture of the questions and their answers as they stand in the channel."""
    page = await browser.new_page(viewport=SCREEN, device_scale_factor=SHARPNESS)
    channel = await Channel.open(page, address)
    first = channel.messages.nth(await channel.messages.count())
    for question in questions:
        await channel.ask(question)
    for picture in await button(page.locator("body"), PICTURE).all():
        await expect(picture).to_be_enabled()
    top, bottom = await first.bounding_box(), await channel.messages.last.bounding_box()
    assert top
    assert bottom
    await page.screenshot(
        path=file,
        clip={
            "x": top["x"],
            "y": top["y"] - MARGIN,
            "width": top["width"],
            "height": bottom["y"] + bottom["height"] - top["y"] + 2 * MARGIN,
        },
    )
    await page.close()


if __name__ == "__main__":
    asyncio.run(main())
