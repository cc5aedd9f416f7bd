"""Make README's picture: real answers of the real bot, on the page that `uv run bot` opens.

    uv run --group picture python docs/picture.py

Needs a Chromium or Chrome on the PATH.
"""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

from playwright.async_api import async_playwright

from bot.chat.preview import stage
from bot.settings import load_settings

PICTURE = Path(__file__).with_name("answer.png")
QUESTIONS = ("where lampel", "ask who left in 2023 and isnt at mistral", "where ro")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--force-color-profile=srgb"]


async def main() -> None:
    """Ask, open the page, and keep what it shows."""
    browser_path = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chrome"))), None)
    if not browser_path:
        raise SystemExit("No chromium is on the PATH; install one first.")
    async with stage(load_settings(_env_file=None, cooldown=0)) as (env, channel, viewers):
        for words in QUESTIONS:
            await viewers[0].send(channel, f"!{words}")
        async with env.preview(channel, viewers=viewers, layout="channel") as page, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
            view = await browser.new_page(viewport={"width": 1000, "height": 1290})
            await view.goto(page.url)
            await view.wait_for_timeout(3000)
            await view.screenshot(path=PICTURE, clip={"x": 256, "y": 268, "width": 560, "height": 970})
            await browser.close()


asyncio.run(main())
