"""What an answer costs on the wire, beside a bare discord.py bot: `uv run --extra fast python -m bench.answering`.

Both run in turn, each as a process of its own on one core, against the small Discord of `tests.wire` on another.
At saturation there are always 64 questions open, which tells the processor's time for an answer; then they come at 100 a
second, which tells how long one waits. Ours is asked for everybody in the book, as they are written and with a slip; the
peer answers each time the same.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from bench.soak import FACTS, slip
from bench.starting import BOTS, processor, started
from bot.facts.reading import read_book
from tests.wire.shapes import channel_ids
from tests.wire.standin import standin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.wire.standin import Discord

ROUNDS: Final = 5
OPEN: Final = 64
ANSWERS: Final = 4000
"""Answers of a round at saturation."""
RATE: Final = 100.0
SECONDS: Final = 8.0
"""How long a round at that rate is."""
CHANNELS: Final = 50
WARM: Final = 1500
"""Answers before a round that do not count: meanwhile ours reads what a start leaves for later."""


class Cost(NamedTuple):
    """Milliseconds of the processor for an answer at saturation, and from question to answer at RATE."""

    cpu: float
    median: float
    p99: float


def questions(chance: random.Random) -> Iterator[str]:
    """Questions without end."""
    people = [person.name for person in read_book(FACTS).people.values()]
    while True:
        name = chance.choice(people)
        yield f"!where {chance.choice((name, name.lower(), name.split()[-1], slip(name, chance)))}"


class Load:
    """Who asks, in all channels in turn."""

    def __init__(self, discord: Discord, seed: int) -> None:
        self._discord = discord
        self._questions = questions(random.Random(seed))
        self._rooms = deque(channel_ids(CHANNELS))
        self._typed: dict[str, float] = {}
        self.milliseconds: list[float] = []

    async def ask(self) -> None:
        """Ask the next question."""
        self._rooms.rotate()
        typed = time.perf_counter()
        self._typed[await self._discord.type(next(self._questions), self._rooms[0])] = typed

    async def hear(self) -> None:
        """Wait for the next answer."""
        posted: dict[str, Any] = await self._discord.posted.get()
        typed = self._typed.pop(str(posted["message_reference"]["message_id"]))
        self.milliseconds.append(1000 * (time.perf_counter() - typed))


async def saturate(discord: Discord, pid: int, answers: int) -> float:
    """Milliseconds of the processor for an answer, with OPEN questions always open."""
    load = Load(discord, seed=1)
    for _ in range(OPEN):
        await load.ask()
    began = 0.0
    for number in range(WARM + answers):
        if number == WARM:
            began = processor(pid)
        await load.hear()
        await load.ask()
    spent = processor(pid) - began
    for _ in range(OPEN):
        await load.hear()
    return 1000 * spent / answers


async def pace(discord: Discord, seconds: float) -> list[float]:
    """Milliseconds from question to answer, at RATE."""
    load, asked = Load(discord, seed=2), int(RATE * seconds)
    hearing = asyncio.create_task(_hear(load, asked))
    began = time.perf_counter()
    for number in range(asked):
        await load.ask()
        await asyncio.sleep(began + (number + 1) / RATE - time.perf_counter())
    await hearing
    return load.milliseconds


async def _hear(load: Load, answers: int) -> None:
    for _ in range(answers):
        await load.hear()


async def measure(module: str, state: Path, answers: int, seconds: float) -> Cost:
    """One round of a bot."""
    async with standin(CHANNELS) as discord, started(module, discord, state, COOLDOWN="0") as bot:
        cpu = await saturate(discord, bot.pid, answers)
        waits = statistics.quantiles(await pace(discord, seconds), n=100)
        return Cost(cpu, waits[49], waits[98])


async def compare(rounds: int, answers: int, seconds: float) -> None:
    """Print the medians of so many rounds of each, in turn, and how they differ."""
    found: dict[str, list[Cost]] = {name: [] for name in BOTS}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds):
            for name, module in BOTS.items():
                found[name].append(await measure(module, Path(folder), answers, seconds))
    print(f"{'':16} {'cpu ms':>7} {'p50 ms':>7} {'p99 ms':>7}   medians of {rounds}")
    bare, ours = (Cost(*map(statistics.median, zip(*costs, strict=True))) for costs in found.values())
    for name, row in zip(BOTS, (bare, ours), strict=True):
        print(f"{name:16} {row.cpu:7.3f} {row.median:7.2f} {row.p99:7.2f}")
    print(f"{'':16} {ours.cpu / bare.cpu:6.2f}x {ours.median - bare.median:+7.2f} {ours.p99 - bare.p99:+7.2f}")


def main() -> None:
    """Compare as often as is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--answers", type=int, default=ANSWERS, help="of a round at saturation")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of a round at the rate")
    asked = parser.parse_args()
    asyncio.run(compare(asked.rounds, asked.answers, asked.seconds))


if __name__ == "__main__":
    main()
