"""The buttons under an answer: what may be asked next, posting, taking away, private answers, and what is not theirs to do."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

import discord
import pytest

from bot.answers.model import Choice, Section, Status
from bot.chat.buttons import (
    CHANGED,
    GONE,
    LONGEST_ID,
    LONGEST_LABEL,
    MAY_NOT_WRITE,
    NOT_YOURS,
    OUTDATED,
    Carried,
    show,
)
from bot.chat.text import Reply
from bot.questions.commands import COMMANDS
from bot.questions.model import NotUnderstood, Where
from tests.chat.conftest import World, flat
from tests.chat.test_choosing import buttons
from tests.keeping.talking import edit, restart, slash

if TYPE_CHECKING:
    from simcord.actors import MemberActor
    from simcord.results import InteractionResult, ResponseMessage

WHO_ELSE = "Who else is at Byre and Sons?"


async def answered(world: World, text: str = "!where bram") -> discord.Message:
    """The bot's answer to a message."""
    message = await world.say(text)
    assert message
    return message


async def privately(world: World, name: str = "where", **options: Any) -> ResponseMessage:
    """A private answer to a slash command."""
    result = await world.member.slash(world.channel, name, **{"person": "bram quill", **options}, private=True)
    assert result.ephemeral
    assert result.response
    return result.response


def told(result: InteractionResult) -> ResponseMessage:
    """What a click was answered with, which nobody else sees."""
    assert result.response
    assert result.ephemeral
    return result.response


def last(world: World) -> str:
    """What the last message of the channel says."""
    assert world.channel.last_message
    return flat(world.channel.last_message)


def rows(message: discord.Message) -> list[list[str]]:
    """The labels of the buttons, row by row."""
    found = [row for row in message.components if isinstance(row, discord.ActionRow)]
    return [[item.label or "" for item in row.children if isinstance(item, discord.Button)] for row in found]


async def forge(world: World, custom_id: str, *, author: MemberActor | None = None) -> InteractionResult:
    """Press a button that this version of the bot would not make."""
    message = await answered(world)
    stored = world.env.backend.get_message(message.channel.id, message.id)
    stored.components[0]["components"][0]["custom_id"] = custom_id
    return await (author or world.member).click(message, custom_id=custom_id)


# What may be asked next


async def test_two_quiet_rows(world: World) -> None:
    """First what may be asked next, at most three of it; then what may be done with the answer."""
    message = await answered(world, f"{world.mention} when did luc leave")
    assert rows(message) == [["Timeline", "Source", WHO_ELSE], ["Not what you meant?", "Wrong?", "Take away"]]


async def test_a_related_question_is_answered_privately(world: World) -> None:
    """Whoever clicks, after a restart too, is answered alone, with what may be asked next from there."""
    message = await answered(world)
    await restart(world)
    for author in (world.member, world.keeper):
        found = told(await author.click(message, label=WHO_ELSE))
        assert "the book has 2 people at Byre and Sons." in flat(found)
        assert flat(found).startswith("*Who is at Byre and Sons*")
        assert "Post for everyone" in buttons(found)
        assert "Take away" not in buttons(found)
    assert last(world) == flat(message)


async def test_a_report_has_no_buttons_of_an_answer(world: World) -> None:
    """Nothing is asked next of a report to keepers, and nothing in it is wrong or taken away."""
    message = await world.say("!facts status", author=world.keeper)
    assert message
    assert buttons(message) == {}


# Posting


async def test_a_private_answer_is_posted_for_everyone(world: World) -> None:
    """Whoever has a private answer may say it in the channel, as its asker, and it says what was asked."""
    private = await privately(world)
    await restart(world)
    result = await world.member.click(private, label="Post for everyone")
    assert not result.ephemeral
    assert last(world).startswith("*Where Bram Quill is now*")
    assert "Bram Quill is at Byre and Sons" in last(world)
    posted = world.channel.last_message
    assert posted
    assert set(buttons(posted)) == {"Timeline", "Source", WHO_ELSE, "Wrong?", "Take away"}
    await world.member.click(posted, label="Take away")
    assert world.channel.last_message is None


async def test_who_may_not_write_here_posts_nothing(world: World) -> None:
    """A button is no way to write in a channel in which one may not write."""
    quiet = discord.PermissionOverwrite(send_messages=False)
    world.channel = world.guild.create_text_channel("news", overwrites={world.guild.default_role: quiet})
    private = await privately(world)
    assert told(await world.member.click(private, label="Post for everyone")).content == MAY_NOT_WRITE
    assert world.channel.last_message is None


# Taking away


async def test_the_asker_takes_an_answer_away(world: World) -> None:
    """The asker deletes it, after a restart too; anybody else is told that they cannot."""
    message = await answered(world)
    await restart(world)
    assert told(await world.keeper.click(message, label="Take away")).content == NOT_YOURS
    assert last(world) == flat(message)
    await world.member.click(message, label="Take away")
    assert message.id not in {one.id for one in world.channel.history()}


async def test_a_slash_answer_is_taken_away(world: World) -> None:
    """What has no message to delete has the button too."""
    result = await world.member.slash(world.channel, "where", person="bram quill")
    assert result.response
    await world.member.click(result.response, label="Take away")
    assert world.channel.last_message is None


async def test_small_talk_has_no_buttons(world: World) -> None:
    """A greeting is a line, and not a form."""
    assert buttons(await answered(world, f"{world.mention} thanks!")) == {}


# Older books, older bots


async def test_an_older_revisions_button_answers_from_todays_book(world: World) -> None:
    """What the book says now is what is answered, and that it changed is said; not where it did not."""
    message = await answered(world)
    assert CHANGED not in flat(told(await world.member.click(message, label="Source")))
    edit(world, "role: master founder", "role: sweeper")
    await world.bot.reload("kim")
    found = flat(told(await world.member.click(message, label=WHO_ELSE)))
    assert "sweeper" in found
    assert CHANGED in found


async def test_whom_the_book_lost_is_told(world: World) -> None:
    """A private answer about somebody whom the book no longer has is not posted."""
    private = await privately(world)
    edit(world, "  bram-quill:\n", "  bran-quill:\n")
    edit(world, "zofie-luc, bram-quill", "zofie-luc")
    await world.bot.reload("kim")
    assert told(await world.member.click(private, label="Post for everyone")).content == GONE


@pytest.mark.parametrize(
    "custom_id",
    [
        "a:",
        "a:::",
        "a:0:0:abcd:?",
        "a:0:0:abcd:w",
        "a:x:0:abcd:wbram-quill",
        "a:0:x:abcd:wbram-quill",
        "o:0:0:a:!!",
        "p:\n",
    ],
)
async def test_a_button_that_cannot_be_read_says_so(world: World, custom_id: str) -> None:
    """What an earlier bot wrote, or nobody, is a calm sentence."""
    assert told(await forge(world, custom_id)).content == OUTDATED


@pytest.mark.parametrize(
    "custom_id", ["a:0:99999:abcd:wbram-quill", "a:0:-7::wbram-quill", "o:0:0:abcd:wbram-quill", "a:0:0::D"]
)
async def test_a_button_of_no_page_answers_with_the_nearest(world: World, custom_id: str) -> None:
    """Whatever can be read is answered."""
    assert told(await forge(world, custom_id)).embeds


async def test_nothing_is_kept_of_a_button(world: World) -> None:
    """However many answers stand in the channels, the bot's memory holds none of their buttons, and still knows them."""
    message = await answered(world, "!where quill")
    await world.member.click(message, label="Bram Quill")
    await world.member.click(message, label="Source")
    assert world.bot.persistent_views == []
    gc.collect()
    assert not [found for found in gc.get_objects() if isinstance(found, discord.ui.View)]
    assert "Bram Quill" in flat(told(await world.member.click(message, label="Source")))


# The cooldown


@pytest.mark.settings(cooldown=2)
async def test_clicks_count_as_questions(world: World) -> None:
    """Buttons are no way around the cooldown, which is told privately; what only takes away does not count."""
    message = await answered(world)
    assert "people at" in flat(told(await world.member.click(message, label=WHO_ELSE)))
    for label in ("Timeline", "Source", WHO_ELSE):
        assert "That was quick! Ask again in" in told(await world.member.click(message, label=label)).content
    assert "people at" in flat(told(await world.keeper.click(message, label=WHO_ELSE)))
    await world.member.click(message, label="Take away")
    assert message.id not in {one.id for one in world.channel.history()}


# Private answers


async def test_a_private_answer_is_remembered_nowhere(world: World) -> None:
    """Nothing leans on it, no keeper sees what was asked in vain, and nobody else sees it at all."""
    await privately(world)
    assert world.channel.last_message is None
    assert "Who do you mean?" in await world.ask(f"{world.mention} when did he leave")
    await privately(world, person="zebediah quorn")
    assert "zebediah" not in await slash(world, "facts wanted")
    result = await world.member.slash(world.channel, "where", person="zebediah quorn")
    assert not result.ephemeral
    assert "zebediah" in await slash(world, "facts wanted")


async def test_every_slash_command_may_be_private(world: World) -> None:
    """All that asks the book has the option, and says what it does."""
    for command in world.bot.reader.commands:
        (found,) = [known for known in world.bot.tree.get_commands() if known.name == command]
        assert isinstance(found, discord.app_commands.Command)
        assert "private" in {parameter.name for parameter in found.parameters if not parameter.required}
    assert len(world.bot.reader.commands) == len(COMMANDS)
    result = await world.member.slash(world.channel, "disputed", private=True)
    assert result.ephemeral


@pytest.mark.parametrize("word", ["private", "yes", "true", "on"])
@pytest.mark.parametrize("command", ["disputed", "audit", "tenure", "left"])
async def test_behind_the_prefix_private_is_a_word(world: World, command: str, word: str) -> None:
    """The option belongs to slash commands: behind the prefix it neither hides an answer nor breaks a command."""
    message = await answered(world, f"!{command} {word}")
    assert not message.flags.ephemeral
    assert world.env.errors == []


async def test_a_private_choice_stays_private(world: World) -> None:
    """Choosing who is meant under a private answer is answered in its place, and may then be posted."""
    private = await privately(world, person="quill")
    assert set(buttons(private)) == {"Ada Quill", "Bram Quill"}
    await world.member.click(private, label="Bram Quill")
    assert "Bram Quill is at Byre and Sons" in flat(private)
    assert set(buttons(private)) == {"Timeline", "Source", WHO_ELSE, "Post for everyone", "Wrong?"}
    assert world.channel.last_message is None


# What does not fit


def shown(said: Reply, world: World) -> Any:
    """A message with its buttons."""
    assert world.bot.user
    return show(said, world.bot.user, embeds=True)


def payloads(message: Any) -> list[dict[str, Any]]:
    """The buttons of a message as they are sent."""
    return [button for row in message["view"].to_components() for button in row["components"]]


async def test_a_choice_that_fits_into_no_button_is_told(world: World) -> None:
    """Discord holds a hundred characters in a button; a choice that needs more is a line with its words."""
    choices = (Choice("who is short", Where("x")), Choice("who is long", Where("x" * LONGEST_ID)))
    message = shown(Reply(Status.WHICH_ONE, "Which?", choices=choices, question=Where("x")), world)
    assert "ask for it in these words: who is long." in str(message["embed"].to_dict())
    assert [button["label"] for button in payloads(message)] == ["Who is short", "Take away"]


async def test_many_choices(world: World) -> None:
    """As many choices are buttons as Discord has room for; no choice is lost."""
    choices = tuple(Choice(f"number {number}", Where(f"x-{number}")) for number in range(30))
    message = shown(Reply(Status.WHICH_ONE, "Which?", choices=choices, question=Where("x")), world)
    assert len(payloads(message)) == 21
    assert "number 20; number 21" in str(message["embed"].to_dict())


async def test_long_labels_are_cut(world: World) -> None:
    """A label is as long as Discord allows."""
    message = shown(Reply(Status.ANSWERED, "x", question=Where("x"), related=(Choice("x" * 200, Where("x")),)), world)
    assert len(payloads(message)[0]["label"]) == LONGEST_LABEL


async def test_of_the_other_readings_as_many_are_offered_as_fit(world: World) -> None:
    """What does not fit is left out from the end; a button for nothing is not shown."""
    others = tuple(Choice(f"{number}", Where("x" * 30 + str(number))) for number in range(4))
    message = shown(Reply(Status.ANSWERED, "x", question=Where("x"), others=others), world)
    (others_button,) = [button for button in payloads(message) if button["label"] == "Not what you meant?"]
    assert len(others_button["custom_id"]) <= LONGEST_ID
    read = Carried.read(others_button["custom_id"].removeprefix("o:"))
    assert [choice.question for choice in others[:2]] == list(read.question.choices)  # type: ignore[union-attr]  # it is WhichOne
    long = (Choice("long", Where("x" * LONGEST_ID)),)
    message = shown(Reply(Status.ANSWERED, "x", question=Where("x"), others=long), world)
    assert [button["label"] for button in payloads(message)] == ["Take away"]


async def test_pages_that_no_button_can_carry_are_not_turned(world: World) -> None:
    """A question too long for a button is answered on its first page, with what else may be done with it."""
    lines = tuple(f"{'x' * 90} {number}" for number in range(60))
    question = NotUnderstood(hint="x" * LONGEST_ID)
    message = shown(Reply(Status.ANSWERED, "x", (Section("", lines),), question=question, sources=("y",)), world)
    assert [button["label"] for button in payloads(message)] == ["Wrong?", "Take away"]


async def test_no_two_buttons_are_the_same(world: World) -> None:
    """Discord takes no message with two buttons of one `custom_id`, or with one that says nothing."""
    choices = (Choice("x", Where("x")), Choice("x again", Where("x")), Choice("", Where("y")))
    message = shown(Reply(Status.WHICH_ONE, "Which?", choices=choices, question=Where("x")), world)
    assert [button["label"] for button in payloads(message)] == ["X again", "Take away"]
    assert "No button holds" not in str(message["embed"].to_dict())
