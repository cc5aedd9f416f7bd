"""The bot as it is seen from outside: its health, its metrics, and its log."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot.settings import Settings
from tests.wire.shapes import USER, channel_ids
from tests.wire.standin import PATIENCE, running, standin

if TYPE_CHECKING:
    from tests.wire.standin import Discord, Process

WORDS = "sesame zanzibar"


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """The bot's state folder."""
    return tmp_path / "state"


@pytest.fixture
def port() -> int:
    """A port that is free."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


async def get(port: int, path: str) -> tuple[int, str]:
    """What the bot says of itself."""
    async with aiohttp.ClientSession() as client, client.get(f"http://127.0.0.1:{port}{path}") as response:
        return response.status, await response.text()


async def turns(port: int, status: int, text: str = "") -> None:
    """Wait until the bot is ready, or is not for a reason."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                if await get(port, "/readyz") == (status, f"{text or 'ready'}\n"):
                    return
            except aiohttp.ClientConnectorError:
                pass
            await asyncio.sleep(0.05)


async def metrics(port: int) -> dict[str, float]:
    """Every sample by its name and labels, as Prometheus' own parser reads it."""
    _, text = await get(port, "/metrics")
    return {
        sample.name + "".join(f" {value}" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_ready_or_not(folder: Path, state: Path, port: int) -> None:
    """It lives from the start on, is ready once it is connected and serves a book, and says what is missing until then."""
    async with standin() as discord:
        discord.login_statuses = [503]
        async with running(discord, folder, state, METRICS_PORT=str(port)) as bot:
            await turns(port, 503, "no book is served yet")
            assert await get(port, "/livez") == (200, "live\n")
            await turns(port, 200)
            discord.gateway_refusals = 1
            await discord.drop()
            await turns(port, 503, "Discord's gateway is not connected")
            assert await get(port, "/livez") == (200, "live\n")
            await turns(port, 200)
            bot.signal(signal.SIGTERM)
            assert await bot.ends() == 0
    assert bot.output.count("Attempting a reconnect") == 1
    assert '"error"' not in bot.output
    assert "exception" not in bot.output


async def test_ready_with_every_shard(folder: Path, state: Path, port: int) -> None:
    """With several shards it is ready while all are connected; one that is lost resumes, and misses no question."""
    shards = {"SHARD_IDS": "0-1", "SHARD_COUNT": "2", "METRICS_PORT": str(port)}
    async with standin(guilds=2) as discord, running(discord, folder, state, **shards) as bot:
        await turns(port, 200)
        discord.gateway_refusals = 1
        await discord.drop(1)
        await turns(port, 503, "Discord's gateway is not connected")
        for guild_id in discord.guilds:
            (channel,) = channel_ids(1, guild_id)
            await discord.type("!where bram", channel, guild_id=guild_id)
        said = [await asyncio.wait_for(discord.posted.get(), PATIENCE) for _ in discord.guilds]
        discord.asked.clear()
        assert {each["channel_id"] for each in said} == {channel_ids(1, guild_id)[0] for guild_id in discord.guilds}
        await turns(port, 200)
        found = await metrics(port)
        discord.taking = 1
        discord.closed.clear()
        await discord.type("!where bram")
        await asyncio.wait_for(discord.asked.wait(), PATIENCE)
        bot.signal(signal.SIGTERM)
        await asyncio.wait_for(discord.closed.wait(), PATIENCE)
        assert discord.posted.empty(), "nothing more is heard while the last answer is given"
        assert await bot.ends() == 0
        assert not discord.posted.empty()
    assert sorted(shard for _, shard in discord.identifies) == [0, 1]
    assert (found["herdbook_guilds"], found["herdbook_gateway_resumes_total"]) == (2, 1)
    assert 0 <= found["herdbook_gateway_latency_seconds"] < 1
    assert '"error"' not in bot.output
    assert "exception" not in bot.output


async def test_what_is_counted(folder: Path, state: Path, port: int) -> None:
    """Answers, requests, retries, resumes, reloads, lines of the log, the book and its age."""
    facts = folder / "herd.yaml"
    async with standin() as discord:
        discord.login_statuses = [503]
        async with running(discord, folder, state, METRICS_PORT=str(port)) as bot:
            await turns(port, 200)
            version = (await discord.say("!where bram"))["embeds"][0]["footer"]["text"].removeprefix("book ")
            await discord.say(f"!where {WORDS}")
            await discord.drop()
            await bot.prints("successfully RESUMED")
            facts.write_text(facts.read_text("utf-8").replace("role: co-founder", "role: sweeper"), "utf-8")
            bot.signal(signal.SIGHUP)
            await bot.prints("changed: people")
            (folder / "more.yaml").write_text("people: [", "utf-8")
            bot.signal(signal.SIGHUP)
            await bot.prints("were not reloaded")
            found = await metrics(port)
    expected = {
        "herdbook_answers_total Where answered": 1,
        "herdbook_answers_total NotInBook not_in_book": 1,
        "herdbook_answer_seconds_count": 2,
        "herdbook_gateway_connected": 1,
        "herdbook_gateway_resumes_total": 1,
        "herdbook_start_retries_total": 1,
        "herdbook_discord_requests_total 503": 1,
        "herdbook_reloads_total served": 1,
        "herdbook_reloads_total refused": 1,
        "herdbook_log_lines_total error": 1,
        "herdbook_pictures_total drawn": 0,
        "herdbook_guilds": 1,
        "herdbook_store_away": 0,
    }
    assert {name: found.get(name) for name in expected} == expected
    assert found["herdbook_answer_seconds_sum"] < 5
    assert found["herdbook_discord_requests_total 200"] >= 4
    assert 0 <= found["herdbook_book_age_seconds"] < 60
    assert found["process_resident_memory_bytes"] > 1e7
    (served,) = [name for name in found if name.startswith("herdbook_book_info")]
    assert version not in served, "the book before the reload"


async def test_a_pod_asks_from_within(folder: Path, state: Path, port: int) -> None:
    """What the manifest for Kubernetes asks in a pod fails until the bot is ready; what it sets are settings, a shard a pod."""
    pods = yaml.safe_load((Path(__file__).parents[2] / "deploy" / "kubernetes.yaml").read_text("utf-8"))["spec"]
    (container,) = pods["template"]["spec"]["containers"]
    given = {each["name"]: each.get("value") for each in container["env"]}
    assert {name.lower() for name in given} <= {*Settings.__struct_fields__, "mplconfigdir"}
    assert given["SHARD_COUNT"] == str(pods["replicas"])

    async def succeeds(probe: str) -> bool:
        command = [each.replace(str(given["METRICS_PORT"]), str(port)) for each in container[probe]["exec"]["command"]]
        process = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.DEVNULL)
        return await process.wait() == 0

    async with standin() as discord:
        discord.login_statuses = [503] * 2
        async with running(discord, folder, state, METRICS_PORT=str(port)):
            await turns(port, 503, "no book is served yet")
            assert await succeeds("livenessProbe")
            assert not await succeeds("readinessProbe")
            await turns(port, 200)
            assert await succeeds("readinessProbe")


async def test_only_this_machine_may_look(folder: Path, state: Path, port: int) -> None:
    """The port is open at 127.0.0.1 and at no other address, such as that machine's next."""
    async with standin() as discord, running(discord, folder, state, METRICS_PORT=str(port)):
        await turns(port, 200)
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.2", port)


async def test_a_port_that_is_taken_is_one_sentence(folder: Path, state: Path) -> None:
    """A port that somebody else has ends the bot with exit code 2, and it is said which setting that is."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        async with standin() as discord, running(discord, folder, state, METRICS_PORT=str(port)) as bot:
            assert await bot.ends() == 2
    assert bot.output == f"METRICS_PORT: 127.0.0.1:{port} cannot be had (Address already in use); set another port."


async def refused(discord: Discord, bot: Process, _state: Path) -> None:
    """Discord refuses the answer, and quotes it."""
    discord.echo = "refused"
    await discord.type(f"!where {WORDS}")
    await bot.prints("Discord refused an answer: status 400, code 50035")


async def mangled(discord: Discord, bot: Process, _state: Path) -> None:
    """Discord takes the answer, and what it says of it cannot be read: the fault quotes the answer."""
    discord.echo = "mangled"
    await discord.type(f"!where {WORDS}")
    await bot.prints("ValueError")


async def unstored(discord: Discord, bot: Process, state: Path) -> None:
    """The store cannot take what was asked in vain, and what it says quotes that."""
    with closing(sqlite3.connect(state / "herdbook.sqlite3")) as store:
        store.execute("DROP TABLE wanted")
    await discord.say(f"!where {WORDS}")
    await bot.prints("OperationalError: no such table: wanted")


async def garbled(discord: Discord, bot: Process, _state: Path) -> None:
    """The gateway says what nobody understands: the bot ends, and its fault quotes the gateway."""
    await discord.dispatch(
        "MESSAGE_CREATE",
        {"id": WORDS, "author": USER, "channel_id": "1", "attachments": [], "embeds": [], "content": WORDS},
    )
    await bot.prints("the bot ends by a fault of its own")
    assert await bot.ends() == 1


async def asked(discord: Discord, bot: Process, _state: Path) -> None:
    """All goes well."""
    await discord.say(f"!ask why is {WORDS} not here, <@{discord.port}>?")
    await discord.give("where", person=WORDS)
    await bot.prints('"kind": "NotInBook"')


@pytest.mark.parametrize("happening", [refused, mangled, unstored, garbled, asked])
async def test_no_members_words_in_the_log(folder: Path, state: Path, happening: object) -> None:
    """Whatever happens, and however talkative the log is, it holds neither the token nor what members write."""
    async with standin() as discord, running(discord, folder, state, LOG_LEVEL="DEBUG") as bot:
        await asyncio.wait_for(discord.ready.wait(), PATIENCE)
        await happening(discord, bot, state)  # type: ignore[operator]  # pytest hands over what stands above
        bot.signal(signal.SIGTERM) if bot.process.returncode is None else None
        await bot.ends()
    for word in (*WORDS.split(), "token.of.nobody", "once.for.this"):
        assert word not in bot.output.lower()
    for line in bot.lines:
        assert {"event", "level", "logger", "timestamp"} <= json.loads(line).keys()


@pytest.mark.parametrize("token", ["token.of.nobody", 'no"token\\at-all'])
async def test_a_wrong_token_is_not_logged(folder: Path, state: Path, token: str) -> None:
    """A token that is refused may be somebody else's, or a password: it is not shown either."""
    async with standin() as discord:
        discord.login_statuses = [401]
        async with running(discord, folder, state, LOG_LEVEL="DEBUG", DISCORD_TOKEN=token) as bot:
            assert await bot.ends() == 2
    assert token not in bot.output
    assert "DISCORD_TOKEN is not a token that Discord knows." in bot.output
