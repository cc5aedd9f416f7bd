"""Every command, by prefix, by slash and by mention."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from discord import app_commands

from tests.chat.conftest import World, flat

if TYPE_CHECKING:
    from bot.chat.client import Herdbook

COMMANDS = {
    "where ada": ("where", {"person": "ada quill"}, "Ada Quill is still at Auroch Works, as bell founder."),
    "who zofie luc": ("who", {"person": "zofie luc"}, "Žofie Łuc is at Byre and Sons, as master founder."),
    "when zofie": ("when", {"person": "zofie luc"}, "Žofie Łuc left Auroch Works in June 2029."),
    "tenure zofie": ("tenure", {"person": "zofie luc"}, "was at Auroch Works for 4 years, 2 months."),
    "tenure": ("tenure", {}, "On average 3 years, 1 month at Auroch Works"),
    "stillatauroch": ("stillatauroch", {}, "2 of 5 smiths are still at Auroch Works."),
    "stillatauroch zofie": ("stillatauroch", {"person": "zofie luc"}, "No: Žofie Łuc left Auroch Works"),
    "stillatauroch zofie 2028": ("stillatauroch", {"person": "zofie", "on": "2028"}, "Yes: Žofie Łuc was at Auroch"),
    "left": ("left", {}, "3 of 5 smiths left Auroch Works."),
    "left 2029": ("left", {"when": "2029"}, "2 of 5 smiths left Auroch Works in 2029."),
    "left 2029 to byre": ("left", {"when": "2029", "to": "byre"}, "in 2029 and went to Byre and Sons."),
    "left to byre": ("left", {"to": "byre"}, "2 of 5 smiths left Auroch Works and went to Byre and Sons."),
    "at byre": ("at", {"organisation": "byre"}, "the book has 2 people at Byre and Sons."),
    "timeline": ("timeline", {}, "2 of 5 smiths are still at Auroch Works; 3 left, from June 2029 to January 2031."),
    "timeline byre": ("timeline", {"organisation": "byre"}, "2 of 5 smiths are at Byre and Sons; 2 left Auroch Works"),
    "flow": ("flow", {}, "those who left Auroch Works are at 1 organisation."),
    "about great bell": ("about", {"topic": "great bell"}, "The sources disagree about Great Bell."),
    "disputed": ("disputed", {}, "The sources disagree in 1 place."),
    "sources": ("sources", {}, "This book was made from 2 sources."),
    "sources gazette": ("sources", {"source": "gazette"}, "The Meadow Gazette is one of 2 sources"),
    "evidence jo ng": ("evidence", {"subject": "jo ng"}, "facts about Jo Ng, read here:"),
    "ask who left in 2029": ("ask", {"question": "who left in 2029"}, "2 of 5 smiths left Auroch Works in 2029."),
    "audit": ("audit", {}, "No claim in the book can be checked by computing."),
    "help": ("help", {}, "You can ask me this"),
    "help left": ("help", {"command": "left"}, "`!left [year or month] [to <organisation>]`"),
}


@pytest.mark.parametrize(("words", "expected"), [(words, row[2]) for words, row in COMMANDS.items()])
async def test_answers_by_prefix(world: World, words: str, expected: str) -> None:
    """A command behind the prefix is answered."""
    assert expected in await world.ask(f"!{words}")


@pytest.mark.parametrize(("words", "expected"), [(words, row[2]) for words, row in COMMANDS.items()])
async def test_answers_by_mention(world: World, words: str, expected: str) -> None:
    """A command behind the bot's mention gets the same answer."""
    assert expected in await world.ask(f"{world.mention} {words}")


@pytest.mark.parametrize(("name", "options", "expected"), COMMANDS.values(), ids=COMMANDS)
async def test_answers_by_slash(world: World, name: str, options: dict[str, str], expected: str) -> None:
    """A slash command gets the same answer, for everybody to see."""
    result = await world.member.slash(world.channel, name, **options)
    assert result.response
    assert expected in flat(result.response)
    assert not result.ephemeral


async def test_every_command_is_in_the_table(simcord_bot: Herdbook, world: World) -> None:
    """No command goes untested by the three ways of giving it."""
    assert {name for name, _, _ in COMMANDS.values()} == set(simcord_bot.reader.commands)


async def test_slash_commands_explain_themselves(world: World) -> None:
    """Every slash command and every option says in words what it is for, with the book's names."""
    described = {command.name: command.description for command in world.bot.tree.walk_commands()}
    assert described["stillatauroch"] == "Whether they are still there, or who is"
    assert all(len(description) > 3 for description in described.values())
    for command in world.bot.tree.walk_commands():
        if isinstance(command, app_commands.Command):
            assert all(len(parameter.description) > 3 for parameter in command.parameters)


async def test_each_answer_names_source_age_and_book(world: World) -> None:
    """An answer ends with its source, the source's date and age, and the book's version."""
    version = world.bot.reader.book.short_version
    answered = await world.ask("!where bram")
    assert "The Meadow Gazette, 10 March 2031" in answered
    assert " old)" in answered
    assert f"book {version}" in answered


async def test_shows_how_a_name_was_understood(world: World) -> None:
    """A name that was not typed as it is written is shown beside who was understood."""
    assert "zofei luc → Žofie Łuc" in await world.ask("!where zofei luc")


async def test_answers_reply_to_the_question(world: World) -> None:
    """A prefix command is answered as a reply that pings nobody."""
    answered = await world.say("!where bram")
    assert answered
    assert answered.reference
    assert answered.mentions == []


@pytest.mark.parametrize("words", ["where is žofie łuc now?", "Žofie Łuc", "great bell"])
async def test_a_mention_may_be_a_plain_question(world: World, words: str) -> None:
    """Words to the bot need not begin with a command where a name is plainly there."""
    answered = await world.ask(f"{world.mention} {words}")
    assert "Žofie Łuc is at Byre and Sons" in answered or "disagree about Great Bell" in answered


async def test_direct_messages_need_no_prefix(world: World) -> None:
    """In a direct message everything is said to the bot."""
    await world.member.send_dm("where is bram quill")
    last = world.member.user.dm_channel.last_message
    assert last
    assert "Bram Quill is at Byre and Sons" in flat(last)


@pytest.mark.settings(command_prefix="?")
async def test_the_prefix_is_a_setting(world: World) -> None:
    """Commands begin with what the operator chose, in answers too."""
    assert await world.say("!where bram") is None
    assert "`?where <person>`" in await world.ask("?help where")


@pytest.mark.settings(message_content=False)
async def test_works_without_the_message_content_intent(world: World) -> None:
    """Mentions and slash commands need no privileged intent; the prefix does."""
    assert not world.bot.intents.message_content
    assert "Bram Quill is at Byre" in await world.ask(f"{world.mention} where bram quill")
    result = await world.member.slash(world.channel, "where", person="bram quill")
    assert result.response


async def test_long_names_fit_into_discord(world: World) -> None:
    """A home with the longest name that a book may give it still makes commands that Discord takes."""
    facts = world.folder / "herd.yaml"
    facts.write_text(facts.read_text("utf-8").replace("name: Auroch Works", f"name: {'Auroch ' * 11}"), "utf-8")
    await world.bot.reload("kim")
    assert max(len(command.description) for command in world.bot.tree.walk_commands()) == 100
    result = await world.member.slash(world.channel, "stillatauroch")
    assert result.response
