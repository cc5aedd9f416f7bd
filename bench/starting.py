"""How soon a start listens and answers, and what memory it then holds, beside a bare discord.py bot: `python -m bench.starting`.

Both start in turn, each as a process of its own on one core, against the small Discord of `tests.wire` on another. The
store is there, as at every start but the first.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.wire.standin import PATIENCE, standin

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.wire.standin import Discord

STARTS: Final = 9
REST: Final = 2.0
"""Seconds after an answer until memory is looked at."""
BOTS: Final = {"bare discord.py": "bench.bare", "Herdbook": "bot"}
_START: Final = """
import discord, runpy, yarl
discord.http.Route.BASE = "http://127.0.0.1:{port}/api/v10"
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL("ws://127.0.0.1:{port}/gateway")
runpy.run_module("{module}", run_name="__main__")
"""


class Start(NamedTuple):
    """Seconds until it listens and until its first answer, those that the processor worked, and megabytes held after REST."""

    ready: float
    answered: float
    cpu: float
    memory: float


@asynccontextmanager
async def started(
    module: str, discord: Discord, state: Path, **settings: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a bot on one core, with this process on another."""
    own, other = sorted(os.sched_getaffinity(0))[:2]
    settings |= {"PATH": os.environ["PATH"], "DISCORD_TOKEN": "token.of.nobody", "STATE_DIR": str(state)}
    bot = await asyncio.create_subprocess_exec(
        "taskset", "--cpu-list", str(other), sys.executable, "-c", _START.format(port=discord.port, module=module),
        env=settings, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    os.sched_setaffinity(0, {own})
    try:
        await asyncio.wait_for(discord.ready.wait(), PATIENCE)
        yield bot
    finally:
        os.sched_setaffinity(0, {own, other})
        bot.terminate()
        await bot.wait()


async def start(module: str, state: Path) -> Start:
    """Start a bot, ask it something, and stop it."""
    async with standin() as discord:
        began = time.perf_counter()
        async with started(module, discord, state) as bot:
            ready = time.perf_counter() - began
            await discord.say("!where lample")
            answered, cpu = time.perf_counter() - began, processor(bot.pid)
            await asyncio.sleep(REST)
            return Start(ready, answered, cpu, memory(bot.pid))


def processor(pid: int) -> float:
    """Seconds of the processor that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> float:
    """Megabytes that a process holds now."""
    return int(Path(f"/proc/{pid}/statm").read_text("utf-8").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


async def compare(starts: int) -> None:
    """Print the medians of so many starts of each, in turn, and how they differ."""
    found: dict[str, list[Start]] = {name: [] for name in BOTS}
    with tempfile.TemporaryDirectory() as folder:
        for round_ in range(starts + 1):
            for name, module in BOTS.items():
                one = await start(module, Path(folder))
                if round_:  # the first start makes the store, and the bytecode where there is none
                    found[name].append(one)
    print(f"{'':16} {'ready s':>8} {'answers s':>9} {'cpu s':>6} {'MB':>6}   medians of {starts}")
    bare, ours = (Start(*map(statistics.median, zip(*runs, strict=True))) for runs in found.values())
    for name, row in zip(BOTS, (bare, ours), strict=True):
        print(f"{name:16} {row.ready:8.2f} {row.answered:9.2f} {row.cpu:6.2f} {row.memory:6.1f}")
    ratios = (ours.ready / bare.ready, ours.answered / bare.answered, ours.cpu / bare.cpu)
    print("{:16} {:7.2f}x {:8.2f}x {:5.2f}x {:+6.1f}".format("", *ratios, ours.memory - bare.memory))


def main() -> None:
    """Compare as often as is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--starts", type=int, default=STARTS, help="of each bot; more than %(default)s tell little more"
    )
    asyncio.run(compare(parser.parse_args().starts))


if __name__ == "__main__":
    main()
