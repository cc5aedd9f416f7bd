"""The page of `bot` as a stranger has it: the bot as a process without a token, and a Chromium at the address that it prints."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from playwright.async_api import Locator, Page, async_playwright, expect

from tests.wire.standin import PATIENCE, Process

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Browser

CHROMIUM: Final = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
MISSING: Final = (
    "No Chromium is on the PATH to show the page in: install `chromium` (on Debian, `apt-get install chromium`)."
)
MEMBER: Final = "Robin (a member)"
KEEPER: Final = "Kim (keeps the book)"
PICTURE: Final = "Open Embed 1 image in image preview"
"""What the page calls a picture in a message, which is a button."""

_SETTLED: Final = """() => new Promise(settled => {
    const look = () => simcordPreview.ready && !simcordPreview.pendingAction ? settled() : requestAnimationFrame(look);
    requestAnimationFrame(look);
})"""


@asynccontextmanager
async def served(facts: Path, folder: Path) -> AsyncIterator[str]:
    """The address of the page over a folder of facts; the bot is started in another, which holds no settings."""
    environment = {"PATH": os.environ["PATH"], "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1", "NO_COLOR": "1"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", cwd=folder, env={**environment, "FACTS_DIR": str(facts), "COOLDOWN": "0"},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    bot = Process(process)
    reading = asyncio.create_task(bot.read())
    try:
        await bot.prints("Stop it with Ctrl-C")
        yield re.findall(r"http://\S+", bot.output)[0]
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
        await reading


@asynccontextmanager
async def browsing() -> AsyncIterator[Browser]:
    """A Chromium that nobody sees. Needs CHROMIUM."""
    expect.set_options(timeout=PATIENCE * 1000)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM)
        try:
            yield browser
        finally:
            await browser.close()


@dataclass(frozen=True, slots=True)
class Channel:
    """The channel on the page, in the hands of whoever looks at it."""

    page: Page

    @classmethod
    async def open(cls, page: Page, address: str) -> Channel:
        """Open the page, and wait until something was said there."""
        await page.goto(address)
        channel = cls(page)
        await expect(channel.messages.last).to_be_visible()
        return channel

    @property
    def messages(self) -> Locator:
        """All that is said, the oldest first."""
        return self.page.locator("#channel-message-list > article")

    async def view_as(self, viewer: str) -> None:
        """Be somebody else."""
        await self.page.get_by_label("Viewing as").select_option(label=viewer)

    async def ask(self, words: str) -> Locator:
        """Say something; the bot's answer."""
        await self.page.get_by_label("Message", exact=True).fill(words)
        return await self.answer_to(self.page.locator("#channel-composer"), "Send")

    async def answer_to(self, under: Locator, label: str) -> Locator:
        """Click a button; the message by which the bot answers it."""
        await self._settle()
        last = await self.messages.last.get_attribute("data-message-id")
        await self.click(under, label)
        answer = self.page.locator(f"article[data-message-id='{last}'] ~ article:has(.message-app-badge)").first
        found = await answer.get_attribute("data-message-id")
        return self.page.locator(f"article[data-message-id='{found}']")

    async def click(self, under: Locator, label: str) -> None:
        """Click a button under a message, or in a form."""
        await self._settle()
        await button(under, label).scroll_into_view_if_needed()
        await self._settle()
        await button(under, label).click()

    async def _settle(self) -> None:
        """Wait until nothing moves: the page shows what came of the last click, or of scrolling."""
        await self.page.evaluate(_SETTLED)


def button(under: Locator, label: str) -> Locator:
    """The button with a label under a message, or in a form."""
    return under.get_by_role("button", name=label, exact=True)
