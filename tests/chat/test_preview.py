"""What the page shows that `bot` opens without a token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.chat.preview import furnish
from tests.chat.conftest import flat

if TYPE_CHECKING:
    from simcord.env import Env

    from bot.chat.client import Herdbook


async def test_opens_with_a_welcome_and_answers(simcord_env: Env, simcord_bot: Herdbook) -> None:
    """Whoever opens the page sees what the bot is for and three questions answered, in this book's names."""
    channel, _ = await furnish(simcord_env, simcord_bot)
    said = [flat(message) for message in channel.history()]
    assert len(said) == 7
    assert "Welcome to Who cast the Great Bell." in said[0]
    assert said[1] == "!where Quill"
    assert said[3] == "!stillatauroch"
    assert "2 of 5 smiths are still at Auroch Works." in said[4]
    assert "The sources disagree in 1 place." in said[6]


async def test_is_viewed_as_a_member_or_a_keeper(simcord_env: Env, simcord_bot: Herdbook) -> None:
    """Of the two who may be viewed as, one may reload the facts."""
    _, (member, keeper) = await furnish(simcord_env, simcord_bot)
    rights = [await simcord_bot.is_keeper(viewer.member or viewer.user) for viewer in (member, keeper)]  # type: ignore[arg-type]
    assert rights == [False, True]
