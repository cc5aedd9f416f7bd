"""The page of `bot`, as a stranger has it: in a real Chromium, with a mouse and a keyboard."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.conftest import SHIPPED
from tests.page.browsing import CHROMIUM, KEEPER, MEMBER, MISSING, PICTURE, Channel, browsing, button, served

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Browser, Locator

if CHROMIUM is None:
    pytest.skip(MISSING, allow_module_level=True)

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the book that the bot comes with, to be edited."""
    return shutil.copytree(SHIPPED, tmp_path_factory.mktemp("page") / "facts")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def address(facts: Path) -> AsyncIterator[str]:
    """Where the page is."""
    async with served(facts, facts.parent) as address:
        yield address


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    """A Chromium."""
    async with browsing() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="module")
async def channel(browser: Browser, address: str) -> AsyncIterator[Channel]:
    """The page, freshly opened as the member."""
    page = await browser.new_page()
    yield await Channel.open(page, address)
    await page.close()


@pytest.mark.parametrize("width", [400, 1280])
async def test_the_welcome_is_in_sight(browser: Browser, address: str, width: int) -> None:
    """Whoever opens the page, on a phone too, sees what the bot is for without scrolling."""
    page = await browser.new_page(viewport={"width": width, "height": 800})
    channel = await Channel.open(page, address)
    welcome = channel.messages.filter(has_text="Welcome to Where the Llama authors went.")
    await expect(welcome).to_be_in_viewport(ratio=0.99)
    await page.close()


async def test_a_slip_is_answered(channel: Channel) -> None:
    """A name with a slip is understood, and the answer says how, what is so, and who says so."""
    answer = await channel.ask("!where lampel")
    await expect(answer).to_contain_text("lampel → Guillaume Lample (spelling)")
    await expect(answer).to_contain_text("Guillaume Lample is at Mistral, as co-founder.")
    await expect(answer).to_contain_text("Business Insider, 26 May 2025")


async def test_a_choice_answers_in_its_place(channel: Channel) -> None:
    """Where a name fits several, a click on one turns the question back into the answer about that one."""
    answer = await channel.ask("!where ro")
    await expect(answer).to_contain_text("Which one do you mean")
    await channel.click(answer, "Aurélien Rodriguez")
    await expect(answer).to_contain_text("Aurélien Rodriguez is at Cohere")
    await expect(button(answer, "Baptiste Rozière")).to_have_count(0)


async def test_a_picture_opens(channel: Channel) -> None:
    """A timeline's picture stands in its message, and a click shows it whole."""
    answer = await channel.ask("!timeline")
    await channel.click(answer, PICTURE)
    image = channel.page.get_by_role("dialog", name="Image preview").get_by_role("img")
    await expect(image).to_be_visible()
    assert await image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0


async def test_a_picture_is_shown_on_light_paper(channel: Channel) -> None:
    """“On light paper” answers anew with a light picture, to whoever clicks alone."""
    answer = await channel.ask("!flow")
    light = await channel.answer_to(answer, "On light paper")
    await expect(light).to_contain_text("Only you can see this")
    assert await lightness(answer) < 100
    assert await lightness(light) > 180


async def lightness(answer: Locator) -> int:
    """How light a message's picture is on the whole, 0 to 255."""
    opener = button(answer, PICTURE)
    await expect(opener).to_be_enabled()
    shrunk: int = await opener.get_by_role("img").evaluate(
        """async image => {
            await image.decode();
            const dot = new OffscreenCanvas(1, 1).getContext("2d");
            dot.drawImage(image, 0, 0, 1, 1);
            return dot.getImageData(0, 0, 1, 1).data[1];
        }"""
    )
    return shrunk


async def test_pages_are_turned(channel: Channel) -> None:
    """A long answer is turned on and back in its place."""
    answer = await channel.ask("!about llama")
    await expect(answer).to_contain_text("page 1 of 3")
    await expect(button(answer, "Back")).to_be_disabled()
    await channel.click(answer, "Next")
    await expect(answer).to_contain_text("page 2 of 3")
    await channel.click(answer, "Back")
    await expect(answer).to_contain_text("page 1 of 3")


async def test_a_private_answer_is_posted_for_everyone(channel: Channel) -> None:
    """What a slash command answers privately nobody else sees, until whoever asked posts it."""
    page = channel.page
    await page.get_by_label("Message", exact=True).press_sequentially("/disputed")
    for choice in ("/disputed", "private", "True"):
        await page.get_by_role("option", name=choice).click()
    private = await channel.answer_to(page.locator("#channel-composer"), "Send")
    await expect(private).to_contain_text("Only you can see this")
    posted = await channel.answer_to(private, "Post for everyone")
    await channel.view_as(KEEPER)
    await expect(private).to_have_count(0)
    await expect(posted).to_contain_text("The sources disagree")


async def test_who_asked_takes_the_answer_away(channel: Channel) -> None:
    """“Take away” is refused to everybody but whoever asked."""
    answer = await channel.ask("!sources")
    await channel.view_as(KEEPER)
    refusal = await channel.answer_to(answer, "Take away")
    await expect(refusal).to_contain_text("Only whoever asked can take this answer away.")
    await channel.view_as(MEMBER)
    await channel.click(answer, "Take away")
    await expect(answer).to_have_count(0)


async def test_a_member_says_what_is_wrong(channel: Channel) -> None:
    """“Wrong?” opens a form; what is sent with an address is thanked for, and stands before the keeper with the answer."""
    answer = await channel.ask("!where lavril")
    await channel.click(answer, "Wrong?")
    form = channel.page.get_by_role("dialog", name="What is wrong?")
    await form.get_by_label("What is wrong, and how is it?").fill("He herds cattle now.")
    await form.get_by_label("Where can that be read?").fill("https://herds.example/lavril")
    thanks = await channel.answer_to(form, "Submit")
    await expect(thanks).to_contain_text("the keepers will read it as suggestion 1")
    await channel.view_as(KEEPER)
    shown = await channel.ask("!facts suggestions")
    await expect(shown).to_contain_text(re.compile("He herds cattle now.*Thibaut Lavril is at Mistral", re.DOTALL))


async def test_the_keeper_reloads_what_was_edited(channel: Channel, facts: Path) -> None:
    """A member may not reload; the keeper may, is told what changed, and the next answer is of the new book."""
    people = facts / "people.yaml"
    before, lample, after = people.read_text("utf-8").partition("  guillaume-lample:\n")
    people.write_text(before + lample + after.replace("role: co-founder", "role: cheese maker", 1), "utf-8")
    await expect(await channel.ask("!reload")).to_contain_text("Only the keepers of this book can do that")
    await channel.view_as(KEEPER)
    report = await channel.ask("!reload")
    await expect(report).to_contain_text(KEEPER)
    await expect(report).to_contain_text(re.compile("Changed.*co-founder → cheese maker", re.DOTALL))
    await channel.view_as(MEMBER)
    await expect(await channel.ask("!where lample")).to_contain_text("at Mistral, as cheese maker.")
