"""The bot as a process, over real sockets: how it starts, answers, reloads and stops."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.wire.standin import PATIENCE, running, standin

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """The bot's state folder."""
    return tmp_path / "state"


async def test_answers_and_stops_cleanly(folder: Path, state: Path) -> None:
    """A question is answered over the wire; SIGTERM closes the gateway and ends with exit code 0."""
    async with standin() as discord, running(discord, folder, state) as bot:
        await asyncio.wait_for(discord.ready.wait(), PATIENCE)
        sent = await discord.say("!where bram")
        assert "Bram Quill is at Byre and Sons" in sent["embeds"][0]["description"]
        assert sent["allowed_mentions"]["parse"] == []
        bot.signal(signal.SIGTERM)
        assert await bot.ends() == 0
        assert discord.closed.is_set()
    assert "Traceback" not in bot.output


async def test_a_stop_waits_for_no_picture(folder: Path, state: Path) -> None:
    """SIGTERM while a picture is drawn ends the bot within two seconds, and the process that draws with it."""
    endless = state.parent / "matplotlibrc"
    os.mkfifo(endless)
    async with standin() as discord, running(discord, folder, state, MPLCONFIGDIR=str(state.parent)) as bot:
        await asyncio.wait_for(discord.ready.wait(), PATIENCE)
        await discord.type("!timeline")
        writing = await opened(endless)
        bot.signal(signal.SIGTERM)
        async with asyncio.timeout(2):
            assert await bot.ends() == 0
        with pytest.raises(BrokenPipeError):
            os.write(writing, b"#")
        os.close(writing)
    assert "Traceback" not in bot.output


async def opened(fifo: Path) -> int:
    """The writing end of a FIFO, once somebody reads it."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                return os.open(fifo, os.O_WRONLY | os.O_NONBLOCK)
            except OSError:
                await asyncio.sleep(0.05)


async def test_ctrl_c_stops_cleanly(folder: Path, state: Path) -> None:
    """SIGINT ends it with exit code 0 and no traceback."""
    async with standin() as discord, running(discord, folder, state) as bot:
        await asyncio.wait_for(discord.ready.wait(), PATIENCE)
        bot.signal(signal.SIGINT)
        assert await bot.ends() == 0
    assert "Traceback" not in bot.output


async def test_a_wrong_token_is_one_sentence(folder: Path, state: Path) -> None:
    """A token that Discord does not know ends the bot with exit code 2 and says where to get the right one."""
    async with standin() as discord:
        discord.login_statuses = [401]
        async with running(discord, folder, state) as bot:
            assert await bot.ends() == 2
    assert "DISCORD_TOKEN is not a token that Discord knows." in bot.output
    assert "Traceback" not in bot.output


async def test_a_missing_intent_is_one_sentence(folder: Path, state: Path) -> None:
    """A privileged intent that is not switched on ends the bot with exit code 2 and says where to switch it on."""
    async with standin() as discord:
        discord.close_code = 4014
        async with running(discord, folder, state) as bot:
            assert await bot.ends() == 2
    assert "Discord does not give this bot the message content intent." in bot.output
    assert "Traceback" not in bot.output


async def test_a_bot_that_must_be_divided_is_one_sentence(folder: Path, state: Path) -> None:
    """A bot in so many servers that Discord divides it ends with exit code 2 and says which settings do so."""
    async with standin() as discord:
        discord.close_code = 4011
        async with running(discord, folder, state) as bot:
            assert await bot.ends() == 2
    assert "SHARD_COUNT: Discord wants this bot divided" in bot.output
    assert "Traceback" not in bot.output


async def test_broken_facts_at_the_start_are_located(folder: Path, state: Path) -> None:
    """With no book to serve the bot does not start, and names every place to mend."""
    facts = folder / "herd.yaml"
    facts.write_text(facts.read_text("utf-8").replace("home: auroch", "home: aurox"), "utf-8")
    async with standin() as discord, running(discord, folder, state) as bot:
        assert await bot.ends() == 2
    assert "`home: aurox` is no organisation here. Did you mean `auroch`?" in bot.output
    assert "Traceback" not in bot.output


@pytest.mark.parametrize("fault", [{"login_statuses": [503]}, {"gateway_refusals": 1}])
async def test_tries_again_when_discord_is_away(folder: Path, state: Path, fault: dict[str, object]) -> None:
    """A 503 at login or a refused gateway is one calm line in the log, and another try."""
    async with standin() as discord:
        for name, value in fault.items():
            setattr(discord, name, value)
        async with running(discord, folder, state) as bot:
            await asyncio.wait_for(discord.ready.wait(), PATIENCE)
            await discord.say("!where bram")
            bot.signal(signal.SIGTERM)
            assert await bot.ends() == 0
    assert bot.output.count("Discord cannot be reached") == 1
    assert "Traceback" not in bot.output


async def test_each_wait_is_longer_than_the_one_before(folder: Path, state: Path) -> None:
    """While Discord is away each try is one calm line, and they come further and further apart."""
    async with standin() as discord:
        discord.login_statuses = [503, 503]
        async with running(discord, folder, state) as bot:
            await asyncio.wait_for(discord.ready.wait(), PATIENCE)
    first, second = (float(wait) for wait in re.findall(r"trying again in ([\d.]+) seconds", bot.output))
    assert 1 <= first <= 2 <= second <= 4


ASKING = {
    "message": lambda discord: discord.type("!where bram"),
    "command": lambda discord: discord.give("where", person="bram"),
}


@pytest.mark.parametrize("asking", ASKING)
async def test_an_answer_in_flight_is_finished(folder: Path, state: Path, asking: str) -> None:
    """At SIGTERM the gateway is closed at once, and what was asked before is answered."""
    async with standin() as discord, running(discord, folder, state, LOG_LEVEL="DEBUG") as bot:
        await asyncio.wait_for(discord.ready.wait(), PATIENCE)
        discord.taking = 2
        await ASKING[asking](discord)
        await asyncio.wait_for(discord.asked.wait(), PATIENCE)
        bot.signal(signal.SIGTERM)
        await asyncio.wait_for(discord.closed.wait(), 1.5)
        assert discord.posted.empty()
        assert await bot.ends() == 0
        assert discord.posted.qsize() == 1
    assert bot.output.count('"event": "answered"') == 1
    assert "could not be finished" not in bot.output


@pytest.mark.parametrize("asking", ASKING)
async def test_an_answer_that_takes_too_long_is_left(folder: Path, state: Path, asking: str) -> None:
    """After five seconds the bot ends all the same, and says that it left somebody without an answer."""
    async with standin() as discord, running(discord, folder, state) as bot:
        await asyncio.wait_for(discord.ready.wait(), PATIENCE)
        discord.taking = 30
        await ASKING[asking](discord)
        await asyncio.wait_for(discord.asked.wait(), PATIENCE)
        began = time.monotonic()
        bot.signal(signal.SIGTERM)
        assert await bot.ends() == 0
        assert 5 <= time.monotonic() - began < 9
    assert "1 answer could not be finished within 5 seconds" in bot.output
    assert "Traceback" not in bot.output
    assert '"error"' not in bot.output


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_second_signal_ends_at_once(folder: Path, state: Path, number: signal.Signals) -> None:
    """Whoever does not want to wait for the answers in flight signals once more."""
    async with standin() as discord, running(discord, folder, state) as bot:
        await asyncio.wait_for(discord.ready.wait(), PATIENCE)
        discord.taking = 30
        await discord.type("!where bram")
        await asyncio.wait_for(discord.asked.wait(), PATIENCE)
        bot.signal(number)
        await asyncio.wait_for(discord.closed.wait(), PATIENCE)
        began = time.monotonic()
        bot.signal(number)
        assert await bot.ends() == -number
        assert time.monotonic() - began < 1
    assert "Traceback" not in bot.output


async def test_what_is_wanted_is_kept_at_the_end(folder: Path, state: Path) -> None:
    """What was asked in vain just before the end is in the store behind it."""
    async with standin() as discord, running(discord, folder, state) as bot:
        await asyncio.wait_for(discord.ready.wait(), PATIENCE)
        await discord.say("!where zebulon")
        bot.signal(signal.SIGTERM)
        assert await bot.ends() == 0
    with closing(sqlite3.connect(state / "herdbook.sqlite3")) as store:
        assert store.execute("SELECT text FROM wanted").fetchall() == [("zebulon",)]


async def test_stopping_while_discord_is_away(folder: Path, state: Path) -> None:
    """Who waits for another try stops at once."""
    async with standin() as discord:
        discord.login_statuses = [503] * 9
        async with running(discord, folder, state) as bot:
            await bot.prints("trying again")
            bot.signal(signal.SIGTERM)
            assert await bot.ends() == 0
    assert bot.output.count("trying again") == 1


async def test_commands_are_registered_once(folder: Path, state: Path) -> None:
    """A second start with the same commands tells Discord nothing."""
    async with standin() as discord:
        for _ in range(2):
            discord.ready.clear()
            async with running(discord, folder, state) as bot:
                await asyncio.wait_for(discord.ready.wait(), PATIENCE)
                bot.signal(signal.SIGTERM)
                assert await bot.ends() == 0
        assert discord.calls["sync"] == 1


@pytest.mark.parametrize(
    ("fault", "told"),
    [({"sync_status": 503}, "slash commands could not be registered"), ({"nameless_commands": True}, "fault ")],
)
async def test_failing_to_register_is_not_fatal(folder: Path, state: Path, fault: dict[str, object], told: str) -> None:
    """Where Discord refuses the commands, or says what nobody understands, the bot answers and tries again at the next start."""
    async with standin() as discord:
        for name, value in fault.items():
            setattr(discord, name, value)
        async with running(discord, folder, state) as bot:
            await asyncio.wait_for(discord.ready.wait(), PATIENCE)
            assert await discord.say("!where bram")
    assert told in bot.output
    assert not (state / "commands.sha256").exists()


async def test_who_owns_the_bot_is_asked_at_the_login(folder: Path, state: Path) -> None:
    """A keeper's command waits for no further question to Discord."""
    async with standin() as discord, running(discord, folder, state):
        await asyncio.wait_for(discord.ready.wait(), PATIENCE)
        assert "keepers" in (await discord.say("!reload"))["embeds"][0]["description"]
        assert discord.calls["application"] == 1


async def test_a_hangup_reloads(folder: Path, state: Path) -> None:
    """SIGHUP does what `!reload` does, and logs what changed."""
    facts = folder / "herd.yaml"
    async with standin() as discord, running(discord, folder, state) as bot:
        await asyncio.wait_for(discord.ready.wait(), PATIENCE)
        facts.write_text(facts.read_text("utf-8").replace("role: co-founder", "role: sweeper"), "utf-8")
        bot.signal(signal.SIGHUP)
        await bot.prints("changed: people: bram-quill: stints 2 role: co-founder → sweeper")
        assert "as sweeper" in (await discord.say("!where bram"))["embeds"][0]["description"]
        facts.write_text("people: [", "utf-8")
        bot.signal(signal.SIGHUP)
        await bot.prints("herd/herd.yaml:")
        assert "as sweeper" in (await discord.say("!where bram"))["embeds"][0]["description"]
    assert "Traceback" not in bot.output


async def test_a_slow_folder_stops_no_answer(folder: Path, state: Path) -> None:
    """While a reload waits for the disk, questions are answered from the old book; then the new one is served."""
    async with standin() as discord, running(discord, folder, state) as bot:
        await asyncio.wait_for(discord.ready.wait(), PATIENCE)
        slow = folder / "slow.yaml"
        os.mkfifo(slow)
        bot.signal(signal.SIGHUP)
        assert "Bram Quill is at Byre" in (await discord.say("!where bram"))["embeds"][0]["description"]
        await asyncio.to_thread(slow.write_text, "organisations:\n  granary:\n    name: Granary\n", "utf-8")
        await bot.prints("changed: organisations: granary")
        assert "names nobody at Granary" in (await discord.say("!at granary"))["embeds"][0]["description"]


async def test_without_the_intent_the_start_says_so_once(folder: Path, state: Path) -> None:
    """Where the prefix cannot be seen, the log says what can be used instead, once."""
    async with standin() as discord, running(discord, folder, state, MESSAGE_CONTENT="false") as bot:
        await asyncio.wait_for(discord.ready.wait(), PATIENCE)
    assert bot.output.count("MESSAGE_CONTENT is off") == 1
    assert bot.output.count('"level": "warning"') == 1
