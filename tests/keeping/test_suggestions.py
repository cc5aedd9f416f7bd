"""“Wrong?”: what members say of an answer, what keepers decide, and what becomes of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
import yaml

from bot.chat.client import TENDING
from bot.chat.errors import NOT_A_KEEPER
from bot.facts.reading import BookError, load_files, read_files
from bot.keeping import suggestions
from bot.keeping.store import Store
from bot.keeping.suggestions import (
    MOST_DECIDED,
    MOST_IN_ALL,
    MOST_OPEN,
    WAIT,
    Status,
    Suggestion,
    SuggestionError,
    check_address,
    draft,
)
from bot.keeping.wanted import Kind
from tests.chat.conftest import flat
from tests.chat.test_choosing import buttons
from tests.conftest import HERD
from tests.keeping.talking import edit, restart, said, slash

if TYPE_CHECKING:
    import discord
    from simcord.actors import MemberActor
    from simcord.results import InteractionResult, ResponseMessage

    from tests.chat.conftest import World

SOURCE = "https://example.org/bells?page=1"
GIVEN = Suggestion(7, "Bram sweeps.", SOURCE, "bram-quill", "Bram Quill is at Byre and Sons.")


async def answered(world: World, text: str = "!where bram") -> discord.Message:
    """An answer with its buttons."""
    message = await world.say(text)
    assert message
    return message


async def write(
    world: World,
    message: discord.Message,
    text: str = "He sweeps now.",
    address: str = SOURCE,
    *,
    author: MemberActor | None = None,
) -> str:
    """Say that an answer is wrong; what the bot answers, privately."""
    member = author or world.member
    shown = await member.click(message, label="Wrong?")
    assert shown.modal
    assert shown.modal["title"] == "What is wrong?"
    return said(await member.submit_modal(shown, {"text": text, "address": address}))


async def opened(world: World) -> tuple[InteractionResult, ResponseMessage]:
    """The keepers' list."""
    result = await world.keeper.slash(world.channel, "facts suggestions")
    said(result)
    assert result.response
    return result, result.response


async def decide(world: World, message: ResponseMessage, label: str, why: str = "We checked.") -> InteractionResult:
    """Press a button of the list, and give a word of why."""
    shown = await world.keeper.click(message, label=label)
    assert shown.modal
    assert shown.modal["title"] == label
    return await world.keeper.submit_modal(shown, {"why": why})


async def later(world: World) -> None:
    """Let every member's waiting time pass, as the store counts it."""
    async with world.bot.store.begin() as transaction:
        for row in await transaction.fetch("SELECT number, at FROM suggestions"):
            at = row["at"].replace(year=row["at"].year - 1)
            await transaction.fetch("UPDATE suggestions SET at = $1 WHERE number = $2", at, row["number"])


def direct(world: World) -> str:
    """The last that the bot wrote to the member directly."""
    message = world.member.user.dm_channel.last_message
    assert message
    return flat(message)


@pytest.mark.parametrize(
    "text", ["!where bram", "!where tomas vale", "!disputed", "!when ada", "!where nobody known", "!sources"]
)
async def test_each_answer_has_the_button(world: World, text: str) -> None:
    """Whatever the book says, or lacks, may be doubted."""
    assert buttons(await answered(world, text)).get("Wrong?") is True


@pytest.mark.parametrize("text", ["!help", "!where quill", "!where", "!facts status"])
async def test_what_says_nothing_has_no_button(world: World, text: str) -> None:
    """Help, a question back and a report are no answers."""
    message = await world.say(text, author=world.keeper)
    assert message
    assert "Wrong?" not in buttons(message)
    assert len(world.env.errors) == (text == "!where")


async def test_accepted(world: World) -> None:
    """The keeper sees what, where and the answer as it was; accepting drafts YAML, tells the member and is logged."""
    thanks = await write(world, await answered(world))
    assert "Thank you, the keepers will read it as suggestion 1." in thanks
    edit(world, "role: co-founder", "role: sweeper")
    await world.bot.reload("kim")
    await restart(world)
    result, message = await opened(world)
    shown = said(result)
    assert "Suggestion 1, 1 of 1 that are open:" in shown
    assert "He sweeps now." in shown
    assert SOURCE in shown
    assert "Bram Quill is at Byre and Sons, as co-founder" in shown
    decided = await decide(world, message, "Accept")
    assert "Suggestion 1 is accepted, and the member was told." in said(decided)
    (attached,) = decided.followups[-1].attachments
    assert attached.filename == "suggestion-1.yaml"
    facts = yaml.safe_load(await attached.read())
    assert facts["sources"]["suggestion-1"]["url"] == SOURCE
    assert facts["claims"]["suggestion-1"] == {
        "about": ["bram-quill"],
        "text": "He sweeps now.",
        "evidence": [{"source": "suggestion-1", "span": "TODO", "digest": "TODO"}],
    }
    assert "No suggestion is open." in flat(message)
    told = direct(world)
    assert "What you wrote about an answer was accepted." in told
    assert "We checked." in told
    assert f"kim ({world.keeper.id}) · accepted: suggestion 1: We checked." in await slash(world, "facts log")
    assert "No suggestion is open." in await slash(world, "facts suggestions")


async def test_a_doubted_list_is_shown_as_a_list(world: World) -> None:
    """The lines of an answer that was a list have one bullet each before the keeper, as the answer had."""
    await write(world, await answered(world, "!sources"))
    shown = await slash(world, "facts suggestions")
    assert "• The Meadow Gazette, published on 10 March 2031" in shown
    assert "• •" not in shown


async def test_declined(world: World) -> None:
    """Declining tells the member why, and forgets whose it was."""
    await write(world, await answered(world))
    _, message = await opened(world)
    decided = await decide(world, message, "Decline", "The source says\0 otherwise.")  # PostgreSQL cannot hold it
    assert "Suggestion 1 is declined, and the member was told." in said(decided)
    assert not decided.followups[-1].attachments
    told = direct(world)
    assert "was declined" in told
    assert "The source says otherwise." in told
    async with world.bot.store.begin() as transaction:
        (row,) = await transaction.fetch("SELECT status, author FROM suggestions")
    assert (row["status"], row["author"]) == ("declined", 0)


async def test_the_button_outlives_a_restart(world: World) -> None:
    """The button is answered however old the answer is, and by anybody."""
    old = await answered(world)
    await restart(world)
    assert "suggestion 1" in await write(world, old)
    assert "suggestion 2" in await write(world, old, author=world.keeper)


async def test_somebody_else_may_doubt_an_answer(world: World) -> None:
    """An answer that offers choices may be doubted too, by everybody."""
    message = await answered(world, "!where tomas valerian")
    assert set(buttons(message)) == {"Tomas Vale", "Wrong?", "Take away"}
    assert "suggestion 1" in await write(world, message, author=world.keeper)


@pytest.mark.parametrize(
    "address",
    [
        "no",
        "example.org/bells",
        "https://",
        "https://bells",
        "ftp://example.org/a",
        "javascript:alert(1)//example.org",
        "https://exa mple.org",
        "https://example.org/<@1>",
        "http://[::1",
        "https://example.org/\n@everyone",
    ],
)
async def test_an_address_is_checked_for_form(address: str) -> None:
    """What is no address on the web is refused with an example of one."""
    with pytest.raises(SuggestionError, match=r"write one such as https://example\.org/article"):
        check_address(address)


@pytest.mark.parametrize("address", [SOURCE, "http://bücher.example/ä", " https://a.bc ", "https://a-b.co.uk:8080/x#y"])
def test_addresses_on_the_web(address: str) -> None:
    """What looks like an address on the web is taken."""
    assert check_address(address) == address.strip()


async def test_a_wrong_address_is_told(world: World) -> None:
    """The form says privately what is missing, and nothing is taken."""
    assert "That is no address on the web" in await write(world, await answered(world), address="my own eyes")
    assert await suggestions.open_ones(world.bot.store) == []
    assert len(world.env.errors) == 1


async def test_a_flood_is_bounded(world: World) -> None:
    """A member waits between two suggestions, and has a few open at most; others are not held up."""
    message = await answered(world)
    await write(world, message)
    assert f"Send the next one in {WAIT} seconds." in (await write(world, message)).replace(f"{WAIT - 1}", f"{WAIT}")
    assert "suggestion 2" in await write(world, message, author=world.keeper)
    for _ in range(MOST_OPEN - 1):
        await later(world)
        assert "Thank you" in await write(world, message)
    await later(world)
    assert f"You have {MOST_OPEN} suggestions open" in await write(world, message)
    assert len(world.env.errors) == 2


async def test_all_together_are_bounded(store: Store) -> None:
    """The keepers never have more to read than they can."""
    for number in range(MOST_IN_ALL):
        await suggestions.add(store, Suggestion(1000 + number, "x", SOURCE, "", ""))
    with pytest.raises(SuggestionError, match="more suggestions than they can read"):
        await suggestions.add(store, GIVEN)


async def test_decided_ones_are_bounded(store: Store) -> None:
    """Of the decided suggestions the newest are kept; an open one, however old, is never lost."""
    first = await suggestions.add(store, GIVEN)
    (given,) = await _open(store)
    async with store.begin() as transaction:
        for _ in range(MOST_DECIDED + 5):
            await transaction.fetch(
                "INSERT INTO suggestions (at, author, text, address, about, answer, status)"
                " VALUES ($1, 0, '', '', '', '', 'declined')",
                given.at,
            )
    other = await suggestions.add(store, Suggestion(8, "x", SOURCE, "", ""))
    (given, *_, last) = await _open(store)
    assert (given.number, last.number) == (first, other)
    await suggestions.decide(store, last, Status.DECLINED, "kim", "no")
    async with store.begin() as transaction:
        assert len(await transaction.fetch("SELECT number FROM suggestions")) == MOST_DECIDED + 1
    assert [one.number for one in await _open(store)] == [first]


async def _open(store: Store) -> list[Suggestion]:
    return await suggestions.open_ones(store)


async def test_two_keepers_decide_at_once(store: Store) -> None:
    """A suggestion is decided once; who was slower is told."""
    await suggestions.add(store, GIVEN)
    (one,) = await _open(store)
    both = [suggestions.decide(store, one, Status.ACCEPTED, by, "yes") for by in ("kim", "robin")]
    done = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(result).__name__ for result in done) == ["NoneType", "SuggestionError"]


async def test_pages(world: World) -> None:
    """The open ones are turned one by one, the oldest first; a decided one is gone from the list."""
    for number in range(3):
        await suggestions.add(world.bot.store, Suggestion(number + 1, f"Number {number + 1}", SOURCE, "", "Answer"))
    _, message = await opened(world)
    assert buttons(message) == {"Back": False, "Next": True, "Accept": True, "Decline": True}
    await world.keeper.click(message, label="Next")
    assert "Suggestion 2, 2 of 3 that are open:" in flat(message)
    assert "could not be told" in said(await decide(world, message, "Decline"))
    assert "Suggestion 3, 2 of 2 that are open:" in flat(message)
    await world.keeper.click(message, label="Back")
    assert "Number 1" in flat(message)


async def test_a_long_one(world: World) -> None:
    """However long what was written and the answer are, the keeper can read all of it, and decides the one that is shown."""
    long = Suggestion(
        1, "*" * 399 + "!", "https://example.org/" + "_" * 280, "", ("`" * 70 + "\n") * 15 + "the end of it"
    )
    await suggestions.add(world.bot.store, long)
    await suggestions.add(world.bot.store, Suggestion(2, "Short.", SOURCE, "", ""))
    _, message = await opened(world)
    seen = flat(message)
    while "the end of it" not in flat(message):
        await world.keeper.click(message, label="Next")
        seen += flat(message)
    assert "\\*!" in seen
    assert "Sent on" in seen or buttons(message)["Next"]
    await decide(world, message, "Accept")
    assert "Suggestion 2, 1 of 1" in flat(message)
    assert buttons(message) == {"Back": False, "Next": False, "Accept": True, "Decline": True}


async def test_the_store_is_away(world: World) -> None:
    """What cannot be taken now is refused with a sentence, and the status says so."""
    message = await answered(world)
    await world.bot.store.close()
    world.bot.store = Store(world.folder / "herd.yaml" / "herdbook.sqlite3")
    assert "The store cannot be reached, so nothing was changed." in await write(world, message)
    assert "The store cannot be reached" in await slash(world, "facts suggestions")
    world.bot.wishes.add("zebediah", Kind.NAME)
    await world.env.advance_time(TENDING + 1)
    assert "The store is away" in await slash(world, "facts status")
    assert len(world.env.errors) == 2


async def test_a_member_who_takes_no_messages(world: World) -> None:
    """Whoever cannot be written to, as another bot cannot, is not told, and the keeper learns that."""
    refusing = world.env.create_user("refusing", bot=True)
    await suggestions.add(world.bot.store, Suggestion(refusing.id, "x", SOURCE, "", ""))
    _, message = await opened(world)
    assert "the member could not be told" in said(await decide(world, message, "Decline"))


@pytest.mark.parametrize(
    "sly", ["@everyone <@&1> **bold** [x](http://evil.example)", "`code` ||spoiler||\n# big\n> q", "```\n@here"]
)
async def test_text_is_shown_as_text(world: World, sly: str) -> None:
    """What a member writes pings nobody, formats nothing and breaks nothing, for the keeper, the member and the draft."""
    await write(world, await answered(world), text=sly)
    result, message = await opened(world)
    shown = said(result)
    for sign in ("@everyone", "@here", "<@&", "**bold**", "||spoiler||", "\n# big", "\n> q", "[x]("):
        assert sign not in shown.replace("\\" + sign, "").replace("• ", "")
    decided = await decide(world, message, "Accept", sly.splitlines()[0])
    assert not decided.followups[-1].message.mention_everyone
    facts = yaml.safe_load(await decided.followups[-1].attachments[0].read())
    assert facts["claims"]["suggestion-1"]["text"] == sly


def test_a_draft_is_to_be_completed() -> None:
    """A draft names every TODO as an error, and is sound once those are done."""
    text = draft(Suggestion(7, "Bram sweeps.", SOURCE, "bram-quill", "", 3))
    with pytest.raises(BookError) as refused:
        read_files({**load_files(HERD), "suggestion.yaml": text.encode()}, "facts")
    assert {problem.mark.file for problem in refused.value.problems} == {"facts/suggestion.yaml"}
    assert len(refused.value.problems) >= 2
    done = text.replace("span: TODO", "span: [0, 9]").replace("digest: TODO", "digest: sha256-0123456789abcdef")
    done = done.replace("TODO", "Gazette")
    book = read_files({**load_files(HERD), "suggestion.yaml": done.encode()}, "facts")
    assert book.claims["suggestion-3"].text == "Bram sweeps."


async def test_a_member_may_not(world: World) -> None:
    """No member sees or decides what others wrote."""
    await write(world, await answered(world))
    assert await slash(world, "facts suggestions", author=world.member) == f"**{NOT_A_KEEPER}**"
    assert await world.ask("!facts suggestions") == f"**{NOT_A_KEEPER}**"
    assert len(world.env.errors) == 2


async def test_a_right_that_was_taken_away(world: World) -> None:
    """Who is no keeper any more decides nothing, even with the form open already."""
    await write(world, await answered(world))
    _, message = await opened(world)
    shown = await world.keeper.click(message, label="Accept")
    world.bot.admins.remove(world.keeper.id)
    assert said(await world.keeper.submit_modal(shown, {"why": "yes"})) == NOT_A_KEEPER
    assert said(await world.keeper.click(message, label="Decline")) == NOT_A_KEEPER
    assert len(await _open(world.bot.store)) == 1
    assert len(world.env.errors) == 2
