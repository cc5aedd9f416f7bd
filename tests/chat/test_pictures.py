"""Pictures beside answers: attached, described, and never in the way of the words."""

from __future__ import annotations

import asyncio
import sys
import time
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from bot.pictures.studio import Studio
from tests.answers.test_charts import crowd
from tests.chat.conftest import World, flat

if TYPE_CHECKING:
    import discord

BEGINNINGS = {
    "timeline": "As of 10 March 2031, 2 of 5 smiths are still at Auroch Works; 3 left, from June 2029 to January 2031.",
    "flow": "As of 10 March 2031, those who left Auroch Works are at 1 organisation.",
    "tenure": "On average 3 years, 1 month at Auroch Works; the median is 3 years.",
}


async def has_picture(message: Any, beginning: str) -> None:
    """Fail unless a message has one picture, large enough for a phone, in its embed and with the words to read out."""
    (file,) = message.attachments
    image = Image.open(BytesIO(await file.read()))
    assert (image.format, image.width) == ("PNG", 1200)
    assert 300 < image.height < 2000
    assert beginning in flat(message)
    assert file.description.startswith(beginning)
    assert len(file.description) <= 1024
    assert message.embeds[0].image.url in {"attachment://picture.png", file.url}


@pytest.mark.parametrize(("name", "beginning"), BEGINNINGS.items())
async def test_is_attached_by_prefix(world: World, name: str, beginning: str) -> None:
    """A command behind the prefix brings its picture with its words."""
    answered = await world.say(f"!{name}")
    assert answered
    await has_picture(answered, beginning)


@pytest.mark.parametrize(("name", "beginning"), BEGINNINGS.items())
async def test_is_attached_by_slash(world: World, name: str, beginning: str) -> None:
    """A slash command too, for everybody to see."""
    result = await world.member.slash(world.channel, name)
    assert result.response
    assert not result.ephemeral
    await has_picture(world.channel.last_message, beginning)


async def test_is_attached_in_direct_messages(world: World) -> None:
    """Where nobody can take permissions away."""
    await world.member.send_dm("timeline")
    last = world.member.user.dm_channel.last_message
    assert last
    await has_picture(last, BEGINNINGS["timeline"])


async def test_the_first_is_there_within_a_second_and_a_half_and_the_next_at_once(world: World) -> None:
    """Discord waits three seconds for the answer to a slash command; a picture that was drawn before costs nothing."""
    start = time.perf_counter()
    await world.member.slash(world.channel, "timeline")
    assert time.perf_counter() - start < 3  # it is half of that on an idle machine: see bench/test_pictures.py
    drawn = await files(world.channel.last_message)
    world.bot.studio._command = ("nothing is drawn any more",)  # noqa: SLF001 - what shows that it is kept
    await world.say("!timeline")
    assert await files(world.channel.last_message) == drawn


async def files(message: discord.Message | None) -> list[bytes]:
    assert message
    return [await file.read() for file in message.attachments]


async def test_a_slash_command_is_answered_while_its_picture_is_drawn(world: World) -> None:
    """Discord hears at once that the answer comes, so that it does not give up on it; from what is kept it comes at once."""
    await world.member.slash(world.channel, "flow")
    assert world.env.transcript().count("/callback {'type': 5}") == 1
    await world.member.slash(world.channel, "flow")
    assert world.env.transcript().count("/callback {'type': 5}") == 1


async def test_without_the_permission_to_attach_the_words_go_alone(world: World) -> None:
    """Though they went with a picture before, elsewhere."""
    await world.say("!timeline")
    world.deny(attach_files=True)
    answered = await world.say("!timeline")
    assert answered
    assert answered.attachments == []
    assert answered.embeds[0].image.url is None
    assert BEGINNINGS["timeline"] in flat(answered)


async def test_without_embeds_the_picture_goes_beside_the_text(world: World) -> None:
    world.deny(embed_links=True)
    answered = await world.say("!timeline")
    assert answered
    assert answered.embeds == []
    assert len(answered.attachments) == 1
    assert BEGINNINGS["timeline"] in answered.content


@pytest.mark.parametrize("ask", ["prefix", "slash"])
async def test_a_drawing_that_fails_leaves_the_words_and_a_line_in_the_log(
    world: World, caplog: pytest.LogCaptureFixture, ask: str
) -> None:
    """A member gets the answer; whoever runs the bot can read why it had no picture."""
    world.bot.studio = Studio((sys.executable, "-c", "raise SystemExit('no paint')"))
    if ask == "prefix":
        await world.say("!flow")
    else:
        await world.member.slash(world.channel, "flow")
    answered = world.channel.last_message
    assert answered
    assert answered.attachments == []
    assert BEGINNINGS["flow"] in flat(answered)
    assert "the answer goes without its picture: no paint" in caplog.messages


async def test_another_book_has_another_picture(world: World) -> None:
    """What is kept of one book is not shown of the next."""
    await world.say("!tenure")
    before = await files(world.channel.last_message)
    facts = world.folder / "herd.yaml"
    facts.write_text(facts.read_text("utf-8").replace('"P4Y2M"', '"P9Y2M"'), "utf-8")
    await world.bot.reload("kim")
    await world.say("!tenure")
    assert await files(world.channel.last_message) != before


async def test_every_page_of_a_long_answer_shows_it(world: World) -> None:
    """Turning a page keeps the picture where it is."""
    facts = world.folder / "herd.yaml"
    text = facts.read_text("utf-8")
    for old, new in crowd(60):
        text = text.replace(old, new)
    facts.write_text(text, "utf-8")
    await world.bot.reload("kim")
    answered = await world.say("!timeline")
    assert answered
    shown = answered.embeds[0].image.url
    await world.member.click(answered, label="Next")
    turned = world.channel.last_message
    assert turned
    assert "page 2 of" in flat(turned)
    assert turned.embeds[0].image.url == shown
    assert len(turned.attachments) == 1


async def test_answers_without_a_chart_have_no_picture(world: World) -> None:
    for words in ("where ada", "tenure zofie", "timeline hayloft", "disputed"):
        answered = await world.say(f"!{words}")
        assert answered
        assert answered.attachments == []


async def test_a_button_shows_it_on_light_paper_privately(world: World) -> None:
    """Discord tells nobody's theme, so whoever has a light one asks for the other picture, and nobody else's changes."""
    answered = await world.say("!timeline")
    assert answered
    dark = await files(answered)
    result = await world.keeper.click(answered, label="On light paper")
    assert result.ephemeral
    assert result.response
    await has_picture(result.response, BEGINNINGS["timeline"])
    assert [await file.read() for file in result.response.attachments] != dark
    assert await files(world.channel.last_message) == dark


async def test_a_button_brings_the_picture_of_what_it_asks(world: World) -> None:
    """What is related is answered as a command would be, while its picture is drawn too; so is what is posted then."""
    answered = await world.say("!where luc")
    assert answered
    result = await world.member.click(answered, label="Timeline")
    assert result.ephemeral
    assert result.response
    await has_picture(result.response, BEGINNINGS["timeline"])
    await world.member.click(result.response, label="Post for everyone")
    posted = world.channel.last_message
    assert posted != answered
    await has_picture(posted, BEGINNINGS["timeline"])


async def test_an_edited_question_changes_the_picture_too(world: World) -> None:
    """The picture belongs to the answer: it goes with it, and comes with it."""
    typed = await world.member.send(world.channel, "!where luc")
    assert world.channel.last_message
    assert not world.channel.last_message.attachments
    await world.member.edit(typed, "!timeline")
    await has_picture(world.channel.last_message, BEGINNINGS["timeline"])
    await world.member.edit(typed, "!where bram")
    assert not world.channel.last_message.attachments


async def test_a_private_picture_is_private_while_it_is_drawn(world: World) -> None:
    """Saying that a question was heard promises already who sees the answer."""
    result = await world.member.slash(world.channel, "timeline", private=True)
    assert result.ephemeral
    assert world.channel.last_message is None
    assert result.response
    await has_picture(result.response, BEGINNINGS["timeline"])


SLOW = (sys.executable, "-c", "import time; time.sleep(1)")


async def test_an_edit_while_a_picture_is_drawn_comes_after_it(world: World) -> None:
    """Whatever takes longer, the answer is that of the question as it stands."""
    world.bot.studio._command = SLOW  # noqa: SLF001 - a drawing that takes its time
    discord_itself = world.env.backend
    typed = discord_itself.create_message(world.channel.id, world.member.id, "!timeline")
    await asyncio.sleep(0.4)
    discord_itself.edit_message(world.channel.id, typed.id, {"content": "!where bram"})
    await world.env.settle()
    assert world.channel.last_message
    assert "Bram Quill is at" in flat(world.channel.last_message)


async def test_a_question_deleted_while_its_picture_is_drawn_leaves_no_answer(world: World) -> None:
    """An answer that comes after its question went away goes after it."""
    world.bot.studio._command = SLOW  # noqa: SLF001 - as above
    discord_itself = world.env.backend
    typed = discord_itself.create_message(world.channel.id, world.member.id, "!timeline")
    await asyncio.sleep(0.4)
    discord_itself.delete_message(world.channel.id, typed.id)
    await world.env.settle()
    assert world.channel.last_message is None
