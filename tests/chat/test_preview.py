"""What the page shows that `bot` opens without a token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.chat.preview import stage
from tests.chat.conftest import flat

if TYPE_CHECKING:
    from bot.settings import Settings


async def test_opens_with_a_welcome_and_answers(settings: Settings) -> None:
    """Whoever opens the page sees three questions answered, in this book's names, and at last what the bot is for."""
    async with stage(settings) as (_, channel, _):
        said = [flat(message) for message in channel.history()]
    assert len(said) == 7
    assert said[0] == "!where Quill"
    assert said[2] == "!stillatauroch"
    assert "2 of 5 smiths are still at Auroch Works." in said[3]
    assert "The sources disagree in 1 place." in said[5]
    assert "Welcome to Who cast the Great Bell." in said[6]


async def test_is_viewed_as_a_member_or_a_keeper(settings: Settings) -> None:
    """Of the two who may be viewed as, one may reload the facts."""
    async with stage(settings) as (_, channel, (member, keeper)):
        replies = []
        for viewer in (member, keeper):
            await viewer.send(channel, "!reload")
            assert channel.last_message
            replies.append(flat(channel.last_message))
    assert "Only the keepers" in replies[0]
    assert "Nothing changed" in replies[1]


async def test_slash_commands_work_each_time(settings: Settings) -> None:
    """A second page has the commands too: what the first one registered is forgotten with it."""
    for _ in range(2):
        async with stage(settings) as (_, channel, (member, _)):
            assert {"where", "stillatauroch", "facts reload"} <= set(member.available_commands(channel))
