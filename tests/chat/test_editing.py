"""A question that is edited or deleted: its answer goes along."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.chat.conversations import LIFETIME
from tests.chat.conftest import World, flat
from tests.chat.test_choosing import buttons
from tests.keeping.talking import restart

if TYPE_CHECKING:
    import discord
    from simcord.actors import MemberActor


async def typed(world: World, text: str, author: MemberActor | None = None) -> tuple[discord.Message, discord.Message]:
    """What a member typed, and the answer to it."""
    question = await (author or world.member).send(world.channel, text)
    answer = world.channel.last_message
    assert answer
    assert answer.id != question.id
    return question, answer


def now(world: World, message: discord.Message) -> str:
    """What a message says now."""
    (found,) = [one for one in world.channel.history() if one.id == message.id]
    return flat(found)


def ids(world: World) -> list[int]:
    """All messages of the channel."""
    return [message.id for message in world.channel.history()]


async def test_an_edited_question_edits_its_answer(world: World) -> None:
    """The new question is answered in the place of the old one, with its own buttons, and nothing more is said."""
    question, answer = await typed(world, "!where bram")
    before = ids(world)
    await world.member.edit(question, "!where ada")
    assert "Ada Quill is still at Auroch Works" in now(world, answer)
    assert "Bram" not in now(world, answer)
    assert ids(world) == before
    (found,) = [one for one in world.channel.history() if one.id == answer.id]
    assert "Who else is at Auroch Works?" in buttons(found)


async def test_a_plain_question_is_edited(world: World) -> None:
    """Plain words are read again, whatever was understood before, and lean on what they leant on then."""
    await typed(world, f"{world.mention} when did luc leave")
    question, answer = await typed(world, f"{world.mention} xyzzy plugh")
    await world.member.edit(question, f"{world.mention} and ng?")
    assert "Jo Ng left Auroch Works in January 2031." in now(world, answer)
    await world.member.edit(question, f"{world.mention} and bram quill?")
    assert "Bram Quill left Auroch Works in summer of 2029." in now(world, answer)
    _, next_one = await typed(world, f"{world.mention} where is he now")
    assert "Bram Quill is at Byre and Sons" in flat(next_one)


async def test_an_edit_that_chooses(world: World) -> None:
    """Whoever is asked whom they mean may write it."""
    question, answer = await typed(world, "!where quill")
    await world.member.edit(question, "!where bram quill")
    assert "Bram Quill is at Byre and Sons" in now(world, answer)
    assert "Take away" in buttons(answer)


@pytest.mark.parametrize("text", ["never mind", "!", "!reload", "!facts status", "", "!hire me"])
async def test_what_is_no_question_any_more_changes_nothing(world: World, text: str) -> None:
    """Nothing new is said, and no command of the keepers is given by an edit."""
    question, answer = await typed(world, "!where bram", world.keeper)
    before = ids(world)
    await world.keeper.edit(question, text)
    assert now(world, answer) == flat(answer)
    assert ids(world) == before


@pytest.mark.settings(cooldown=1)
async def test_an_edit_without_a_change_does_nothing(world: World) -> None:
    """Discord calls a link's preview or a pin an edit; neither counts, even after a choice was made."""
    question, answer = await typed(world, "!where quill")
    await world.env.advance_time(11)
    await world.member.click(answer, label="Bram Quill")
    chosen = now(world, answer)
    await world.member.edit(question, "!where quill")
    assert now(world, answer) == chosen
    assert world.env.errors == []


@pytest.mark.settings(cooldown=2)
async def test_edits_count_as_questions(world: World) -> None:
    """Editing is no way around the cooldown; the answer stays as it was."""
    question, answer = await typed(world, "!where bram")
    await world.member.edit(question, "!where ada")
    await world.member.edit(question, "!where luc")
    assert "Ada Quill" in now(world, answer)
    assert world.channel.last_message
    assert "That was quick!" in flat(world.channel.last_message)
    await world.env.advance_time(11)
    await world.member.edit(question, "!where luc")
    assert "Žofie Łuc" in now(world, answer)
    assert len(world.env.errors) == 1


async def test_an_old_question_is_not_answered_again(world: World) -> None:
    """After five minutes, or after a restart, an answer stays as it is, and no other is given."""
    question, answer = await typed(world, "!where bram")
    await world.env.advance_time(LIFETIME + 1)
    before = ids(world)
    await world.member.edit(question, "!where ada")
    assert now(world, answer) == flat(answer)
    assert ids(world) == before
    question, answer = await typed(world, "!where bram")
    await restart(world)
    before = ids(world)
    await world.member.edit(question, "!where ada")
    assert ids(world) == before
    await world.member.delete(question)
    assert now(world, answer) == flat(answer)
    assert ids(world) == [one for one in before if one != question.id]


async def test_a_deleted_question_takes_its_answer_away(world: World) -> None:
    """Whoever deletes what they asked wants no answer to stand there; other answers stay."""
    question, answer = await typed(world, "!where bram")
    _, other = await typed(world, "!where ada")
    await world.member.delete(question)
    assert answer.id not in ids(world)
    assert other.id in ids(world)


async def test_many_questions_are_deleted_at_once(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """A moderator's sweep takes the answers along, but for those that are swept with them."""
    pairs = [await typed(world, f"!where {name}") for name in ("bram", "ada", "luc")]
    swept = [question.id for question, _ in pairs[:2]] + [pairs[0][1].id]
    world.env.backend.bulk_delete_messages(world.channel.id, swept)
    await world.env.settle()
    assert ids(world) == [message.id for message in pairs[2]]
    assert not [record for record in caplog.records if record.levelname == "WARNING"]


async def test_an_answer_that_was_taken_away_stays_away(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """An edit or a deletion of its question brings it back no more, and is no error."""
    question, answer = await typed(world, "!where bram")
    await world.member.click(answer, label="Take away")
    await world.member.edit(question, "!where ada")
    assert ids(world) == [question.id]
    await world.member.delete(question)
    assert not [record for record in caplog.records if record.levelname in {"WARNING", "ERROR"}]


async def test_without_embed_links_an_edit_is_text(world: World) -> None:
    """An edited answer keeps to what the bot may do in the channel."""
    world.deny(embed_links=True)
    question, answer = await typed(world, "!where bram")
    await world.member.edit(question, "!where ada")
    assert "Ada Quill" in now(world, answer)
    assert not [one.embeds for one in world.channel.history() if one.embeds]


async def test_a_question_in_a_direct_message_is_edited(world: World) -> None:
    """In a direct message a question may be edited and deleted too."""
    question = await world.member.send_dm("where is bram quill")
    channel = world.member.user.dm_channel
    answer = channel.last_message
    assert answer
    await world.member.user.edit(question, "where is ada quill")
    assert channel.last_message
    assert channel.last_message.id == answer.id
    assert "Ada Quill" in flat(channel.last_message)
    await world.member.user.delete(question)
    assert channel.last_message is None


async def test_an_answer_leans_on_what_was_chosen(world: World) -> None:
    """Whoever chose somebody goes on about them."""
    _, answer = await typed(world, "!where quill")
    await world.member.click(answer, label="Bram Quill")
    assert "Bram Quill left Auroch Works" in await world.ask(f"{world.mention} when did he leave")


async def test_nobody_leans_on_whom_the_book_has_no_more(world: World) -> None:
    """A question about somebody whom a reload took away is no question to lean on."""
    await typed(world, "!where bram")
    file = world.folder / "herd.yaml"
    text = (
        file.read_text("utf-8")
        .replace("zofie-luc, bram-quill", "zofie-luc")
        .replace("  bram-quill:\n", "  bran-quill:\n")
    )
    file.write_text(text, "utf-8")
    assert "Now serving" in await world.ask("!reload", author=world.keeper)
    assert "Who do you mean" in await world.ask(f"{world.mention} when did he leave")
