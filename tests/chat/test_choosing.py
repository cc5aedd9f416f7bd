"""Buttons: choosing who is meant, and turning pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.chat.buttons import CHANGED, GONE
from tests.chat.conftest import World, flat
from tests.keeping.talking import restart

if TYPE_CHECKING:
    import pytest
    from simcord.results import ResponseMessage

AN_HOUR = 3600


def buttons(message: discord.Message | ResponseMessage) -> dict[str, bool]:
    """The labels of a message's buttons, and whether each can be pressed."""
    found = message.message.components if not isinstance(message, discord.Message) else message.components
    rows = [row for row in found if isinstance(row, discord.ActionRow)]
    return {
        item.label or "": not item.disabled for row in rows for item in row.children if isinstance(item, discord.Button)
    }


async def asked(world: World, text: str) -> discord.Message:
    """The bot's answer to a message, as it now stands."""
    answered = await world.say(text)
    assert answered
    return answered


async def test_several_people_fit_and_one_is_chosen(world: World) -> None:
    """A surname that two people share is answered by buttons, and the chosen person's answer takes their place."""
    answered = await asked(world, "!where quill")
    assert "Which one do you mean: Ada Quill or Bram Quill?" in flat(answered)
    await world.member.click(answered, label="Bram Quill")
    after = world.channel.last_message
    assert after
    assert after.id == answered.id
    assert "Bram Quill is at Byre and Sons" in flat(after)
    assert set(buttons(after)) == {"Timeline", "Source", "Who else is at Byre and Sons?", "Wrong?", "Take away"}


async def test_a_shared_alias_is_asked_about(world: World) -> None:
    """An alias of two people names neither of them."""
    assert "Which one" in flat(await asked(world, "!where the quill"))


async def test_a_near_name_is_offered_as_a_question(world: World) -> None:
    """Nobody fits: the bot says so, and a near name is a button, never an answer."""
    answered = await asked(world, "!where tomas valerian")
    assert "The book has no person called “tomas valerian”." in flat(answered)
    assert "Did you mean Tomas Vale?" in flat(answered)
    await world.member.click(answered, label="Tomas Vale")
    assert world.channel.last_message
    assert "The sources do not say where Tomas Vale is now." in flat(world.channel.last_message)


async def test_somebody_else_chooses_for_themselves(world: World) -> None:
    """Somebody else's click is answered to them alone, and changes nothing that others see."""
    answered = await asked(world, "!where quill")
    result = await world.keeper.click(answered, label="Bram Quill")
    assert result.ephemeral
    assert result.response
    assert "Bram Quill is at Byre and Sons" in flat(result.response)
    assert world.channel.last_message
    assert flat(world.channel.last_message) == flat(answered)


async def test_buttons_outlive_the_bot(world: World) -> None:
    """A choice that was offered before a restart, however long ago, is answered after it."""
    answered = await asked(world, "!where quill")
    await restart(world)
    await world.env.advance_time(AN_HOUR)
    await world.member.click(answered, label="Bram Quill")
    assert world.channel.last_message
    assert "Bram Quill is at Byre and Sons" in flat(world.channel.last_message)


async def test_choosing_works_on_a_slash_answer(world: World) -> None:
    """Buttons under a slash command's answer work as under a message."""
    result = await world.member.slash(world.channel, "where", person="quill")
    assert result.response
    assert set(buttons(result.response)) == {"Ada Quill", "Bram Quill", "Take away"}
    clicked = await world.member.click(result.response, label="Ada Quill")
    assert clicked.acknowledged
    assert world.channel.last_message
    assert "Ada Quill is still at Auroch Works" in flat(world.channel.last_message)


async def test_the_chosen_answer_is_of_the_book_served_now(world: World) -> None:
    """A reload between question and choice is seen by the choice, which says so."""
    answered = await asked(world, "!where quill")
    facts = world.folder / "herd.yaml"
    facts.write_text(facts.read_text().replace("role: co-founder", "role: sweeper"))
    await world.bot.reload("kim")
    await world.member.click(answered, label="Bram Quill")
    assert world.channel.last_message
    assert "as sweeper" in flat(world.channel.last_message)
    assert CHANGED in flat(world.channel.last_message)


async def test_a_long_answer_is_paged(world: World) -> None:
    """Pages turn forwards and backwards, and end where they end; after a restart, from the book as it then is."""
    facts = world.folder / "herd.yaml"
    lines = "".join(
        f"  toll-{number}:\n    about: [little-bell]\n    text: The Little Bell tolled {number} times that year, or so.\n"
        f"    evidence:\n      - {{source: almanac, span: [0, 10], digest: sha256-0000000000000000}}\n"
        for number in range(60)
    )
    facts.write_text(facts.read_text() + lines)
    await world.bot.reload("kim")
    answered = await asked(world, "!about little bell")
    assert "page 1 of" in flat(answered)
    assert set(buttons(answered)) == {"Back", "Next", "Source", "Wrong?", "Take away"}
    assert not buttons(answered)["Back"]
    await restart(world)
    other = await world.keeper.click(answered, label="Next")
    assert other.ephemeral
    assert other.response
    assert "page 2 of" in flat(other.response)
    await world.member.click(answered, label="Next")
    second = world.channel.last_message
    assert second
    assert "page 2 of" in flat(second)
    assert flat(second) == flat(other.response)
    await world.member.click(second, label="Back")
    assert world.channel.last_message
    assert flat(world.channel.last_message) == f"*What is said about Little Bell*\n{flat(answered)}"
    while buttons(world.channel.last_message)["Next"]:
        await world.member.click(world.channel.last_message, label="Next")
    facts.write_text(facts.read_text().replace(lines, ""))
    await world.bot.reload("kim")
    await world.member.click(world.channel.last_message, label="Back")
    assert "page" not in flat(world.channel.last_message)
    assert CHANGED in flat(world.channel.last_message)


async def test_somebody_who_left_the_book_cannot_be_chosen(world: World) -> None:
    """A button for one whom a reload removed says so privately, and the others go on working."""
    answered = await asked(world, "!where quill")
    facts = world.folder / "herd.yaml"
    text = (
        facts.read_text("utf-8")
        .replace("  bram-quill:\n", "  bran-quill:\n")
        .replace("zofie-luc, bram-quill", "zofie-luc")
    )
    facts.write_text(text, "utf-8")
    await world.bot.reload("kim")
    result = await world.member.click(answered, label="Bram Quill")
    assert result.ephemeral
    assert result.response
    assert result.response.content == GONE
    await world.member.click(answered, label="Ada Quill")
    assert world.channel.last_message
    assert "Ada Quill is still at Auroch Works" in flat(world.channel.last_message)


async def test_a_fault_behind_a_button_is_told(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """A fault of the bot at a click is a number to the member, and a traceback in the log."""
    answered = await asked(world, "!where quill")
    del world.bot.reader
    result = await world.member.click(answered, label="Ada Quill")
    assert result.ephemeral
    assert result.response
    assert "Something went wrong on my side" in result.response.content
    assert any(record.exc_info for record in caplog.records)
