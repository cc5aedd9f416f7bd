"""How the bot behaves among people: when it keeps silent, what it never says, what it does without a permission."""

from __future__ import annotations

import discord
import pytest
from discord.ext import commands

from tests.chat.conftest import World, flat


@pytest.mark.parametrize(
    "text", ["!", "!!!", "! ", "hello there", "!hire me", "!delete everything", "where is bram", "?where"]
)
async def test_keeps_silent(world: World, text: str) -> None:
    """What is not said to the bot, or may be said to another one, gets no answer."""
    assert await world.say(text) is None


@pytest.mark.parametrize(
    ("typed", "meant"), [("hlep", "help"), ("whre bram", "where"), ("abuot bell", "about"), ("wheer", "where")]
)
async def test_a_command_mistyped_by_a_letter_gets_a_suggestion(world: World, typed: str, meant: str) -> None:
    """A slip of the pen is answered by what was probably meant."""
    assert f"Did you mean `!{meant}`?" in await world.ask(f"!{typed}")


async def test_a_missing_name_is_asked_for(world: World) -> None:
    """A command without the name that it needs says how it is written."""
    assert "Write it as `!where <person>`, for example `!where Quill`." in await world.ask("!where")
    assert [type(error) for error in world.env.errors] == [commands.MissingRequiredArgument]


@pytest.mark.parametrize(
    "hostile",
    [
        "@everyone",
        "@here",
        "<@&1>",
        "<@1>",
        "`rm -rf /`",
        "**bold** _it_",
        "[x](http://evil.example)",
        "||spoiler||",
        "a" * 1900,
        "\u202e",
        "# big",
    ],
)
async def test_nothing_typed_comes_back_harmful(world: World, hostile: str) -> None:
    """What a member types is echoed only as plain words: it pings nobody, formats nothing and links nowhere."""
    answered = await world.say(f"!where {hostile}")
    assert answered
    said = flat(answered)
    for sign in ("@", "<", "://", "**bold", "||", "`rm", "\u202e", "# big"):
        assert sign not in said.replace("<person>", "")
    assert len(said) < 500
    assert answered.mentions == answered.role_mentions == []
    assert not answered.mention_everyone


async def test_other_bots_are_not_answered(world: World) -> None:
    """Two bots cannot keep each other talking."""
    other = world.guild.add_member(world.env.create_user("other", bot=True))
    assert await world.say("!where bram", author=other) is None


async def test_without_embed_links_the_answer_is_text(world: World) -> None:
    """Where embeds are not allowed the same is said in text."""
    world.deny(embed_links=True)
    answered = await world.say("!where bram")
    assert answered
    assert answered.embeds == []
    assert "Bram Quill is at Byre and Sons" in answered.content
    assert "The Meadow Gazette, 10 March 2031" in answered.content


async def test_without_message_history_the_answer_is_no_reply(world: World) -> None:
    """Discord refuses replies to a bot that may not read the history, so it answers without one."""
    world.deny(read_message_history=True)
    typed = await world.member.send(world.channel, "!where bram")
    last = world.channel.last_message
    assert last
    assert last.id != typed.id
    assert last.reference is None


async def test_without_send_messages_nothing_breaks(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """Where the bot may not speak, it logs that in a line and goes on."""
    general = world.channel
    world.deny(send_messages=True)
    assert await world.say("!where bram") is None
    assert any("Discord refused an answer" in record.message for record in caplog.records)
    assert len(world.env.errors) == 1
    world.channel = general
    assert "Bram Quill" in await world.ask("!where bram")


@pytest.mark.settings(cooldown=2)
async def test_too_many_commands_have_to_wait(world: World) -> None:
    """A member's third command in ten seconds is told to wait, once; others and later ones are answered."""
    for _ in range(2):
        assert "Bram Quill" in await world.ask("!where bram")
    assert "That was quick! Ask again in" in await world.ask("!where bram")
    assert await world.say("!where bram") is None
    assert "Bram Quill" in await world.ask("!where bram", author=world.keeper)
    await world.env.advance_time(11)
    assert "Bram Quill" in await world.ask("!where bram")
    assert {type(error) for error in world.env.errors} == {commands.CommandOnCooldown}


@pytest.mark.settings(cooldown=1)
async def test_plain_questions_count_too(world: World) -> None:
    """A mention is no way around the cooldown."""
    assert "Bram Quill" in await world.ask("!where bram")
    assert "That was quick!" in await world.ask(f"{world.mention} bram quill")


@pytest.mark.settings(cooldown=1)
async def test_a_slash_command_is_told_to_wait_in_private(world: World) -> None:
    """The wait of a slash command is told to its giver alone, each time."""
    await world.member.slash(world.channel, "where", person="bram quill")
    for _ in range(2):
        result = await world.member.slash(world.channel, "where", person="bram quill")
        assert result.ephemeral
        assert result.response
        assert "That was quick!" in flat(result.response)
    assert len(world.env.errors) == 2


async def test_a_fault_is_told_without_its_traceback(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """A fault of the bot is a number to the member, and a traceback in the log under the same number."""
    del world.bot.reader
    answered = await world.ask("!where bram")
    assert "Something went wrong on my side; it is in the log as" in answered
    assert "AttributeError" not in answered
    number = answered.rstrip("*. \n").split()[-1]
    (record,) = [record for record in caplog.records if number in record.getMessage()]
    assert record.exc_info
    assert len(world.env.errors) == 1


async def test_a_fault_in_a_plain_question_is_told_too(world: World) -> None:
    """What is not a command is guarded as commands are."""
    del world.bot.reader
    assert "Something went wrong on my side" in await world.ask(f"{world.mention} bram quill")


async def test_a_command_that_discord_still_shows_and_the_bot_forgot(world: World) -> None:
    """A slash command from before a change is answered by a sentence, not by a failed interaction."""
    world.bot.tree.remove_command("where")
    result = await world.member.slash(world.channel, "where", person="bram")
    assert result.ephemeral
    assert result.response
    assert "not here any more" in result.response.content
    assert all(isinstance(error, discord.app_commands.CommandNotFound) for error in world.env.errors)


@pytest.mark.settings(cooldown=1)
async def test_a_flood_of_unfinished_commands_is_told_once(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """A command without its name counts like any other, and the handler of errors raises none of its own."""
    answers = [await world.say("!where") for _ in range(4)]
    assert ["whom or what do you mean?" in flat(answered) for answered in answers[:1] if answered] == [True]
    assert answers[1]
    assert "That was quick!" in flat(answered := answers[1])
    assert answers[2:] == [None, None]
    assert answered.embeds
    assert not any(record.exc_info for record in caplog.records)
    assert len(world.env.errors) == 4


@pytest.mark.settings(cooldown=1)
async def test_a_flood_of_refused_commands_is_bounded(world: World) -> None:
    """Somebody who is no keeper cannot make the bot talk without end either."""
    answers = [await world.say("!reload") for _ in range(5)]
    assert sum(answered is not None for answered in answers) == 2
    assert len(world.env.errors) == 5


async def test_a_refusal_that_cannot_be_sent_is_one_line(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """Where the bot may not speak, not even its refusals raise."""
    world.deny(send_messages=True)
    assert await world.say("!reload") is None
    assert [record.levelname for record in caplog.records if record.name == "bot.chat.errors"] == ["WARNING"]
    assert not any(record.exc_info for record in caplog.records)
    assert len(world.env.errors) == 1


@pytest.mark.parametrize(
    "words", ["{}where bram", "{}, where bram", "{} !where bram", "{}\nwhere bram", "{} where: bram"]
)
async def test_a_mention_may_be_written_in_many_ways(world: World, words: str) -> None:
    """No space, a comma, the prefix or a new line behind the mention change nothing."""
    assert "Bram Quill is at Byre and Sons" in await world.ask(words.format(world.mention))


async def test_a_bare_mention_is_answered(world: World) -> None:
    """Whoever only calls the bot is told how to ask."""
    assert "`help` lists the commands" in await world.ask(world.mention)


async def test_a_mistyped_command_behind_a_mention_is_forgiven(world: World) -> None:
    """Behind a mention, where words need no command, a slip in a word that asks is forgiven; behind the prefix, it is told."""
    assert "Bram Quill is at Byre and Sons" in await world.ask(f"{world.mention} wher bram")
    assert "Did you mean `!where`?" in await world.ask("!wher bram")
