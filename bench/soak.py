"""Busy and bad days at once: `uv run python -m bench.soak`, about five minutes; `--messages 900` for half a minute.

People ask in 50 channels, 40 questions a second, of the bot in a process of its own. Meanwhile the gateway loses the
connection, asks to reconnect or ends the session, the API fails, resets connections before and after a message has been
posted, and refuses for limits that were not reached; those that Discord has are enforced. The book is edited and reloaded.
Nobody asks while there is no session: Discord would not tell a bot of that later either.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import shutil
import signal
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from bot.facts.reading import read_book
from tests.wire.rest import Fault
from tests.wire.shapes import channel_ids
from tests.wire.standin import running, standin

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from tests.wire.standin import Discord, Process

FACTS: Final = Path(__file__).parents[1] / "facts"
CHANNELS: Final = 50
MEMBERS: Final = 2000
RATE: Final = 40.0
"""Questions a second."""
TROUBLE: Final = 5.0
"""Seconds between two troubles of the gateway."""
RELOAD: Final = 10.0
"""Seconds between two reloads."""
QUIET: Final = 75.0
"""Seconds without an answer after which none is waited for: more than a bot holds one back."""
AFTERWARDS: Final = 10.0
"""Seconds in which answers that come twice are waited for, once there is one to each question."""
FAULTS: Final = (
    (0.01 / 3, Fault(500)),
    (0.01 / 3, Fault(502)),
    (0.01 / 3, Fault(503)),
    (0.01 / 2, Fault(reset=True)),
    (0.01 / 2, Fault(reset=True, effect=True)),
    (0.002, Fault(429, retry_after=0.5)),
    (0.0005, Fault(429, retry_after=0.5, is_global=True)),
    (0.0005, Fault(429, retry_after=0.5, by_cloudflare=True)),
)
"""The share of the requests that go wrong, and how."""


@dataclass
class Report:
    """What became of the questions."""

    asked: dict[str, tuple[str, float]] = field(default_factory=dict)
    """The name that must be in the answer to each message, and when that was typed."""
    answers: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    """The bot's resident memory, each second."""
    errors: list[str] = field(default_factory=list)
    """Lines of its log above a warning."""
    calls: Counter[str] = field(default_factory=Counter)
    lines: Counter[str] = field(default_factory=Counter)

    @property
    def lost(self) -> int:
        """Questions without an answer."""
        return len(self.asked) - len(self.answers)

    @property
    def twice(self) -> int:
        """Answers to questions that had one."""
        return self.answers.total() - len(self.answers)

    @property
    def faultless(self) -> bool:
        """Whether each question has one answer, the right one, and the bot had no fault of its own."""
        return not (self.lost or self.twice or self.wrong or self.errors)

    @property
    def growth(self) -> float:
        """The memory of the last quarter of the time, as a ratio to that of the second."""
        quarter = len(self.megabytes) // 4
        return statistics.mean(self.megabytes[-quarter:]) / statistics.mean(self.megabytes[quarter : 2 * quarter])

    def __str__(self) -> str:
        slowest, megabytes = statistics.quantiles(self.seconds, n=100), self.megabytes
        return "\n".join(
            (
                f"{len(self.asked):,} asked, {len(self.answers):,} answered",
                f"{self.lost} lost, {self.twice} twice, {len(self.wrong)} wrong, {len(self.errors)} unhandled errors",
                f"answered after {slowest[49]:.3f} s at p50, {slowest[94]:.2f} s at p95, {max(self.seconds):.1f} s at most",
                f"{megabytes[0]:.0f} MB at first, {megabytes[-1]:.0f} MB at last; the last quarter to the second: {self.growth:.3f}",
                f"what happened: {', '.join(f'{number} {what}' for what, number in sorted(self.calls.items()))}",
                f"what the log says: {', '.join(f'{number} {what}' for what, number in self.lines.most_common(12))}",
                *self.wrong[:3],
                *self.errors[:3],
            )
        )


async def soak(messages: int, trouble: float = TROUBLE, reload: float = RELOAD, seed: int = 7) -> Report:
    """Ask so many questions; trouble and reloads come every so many seconds."""
    chance, report = random.Random(seed), Report()
    with TemporaryDirectory() as folder:
        facts = Path(shutil.copytree(FACTS, Path(folder) / "facts"))
        async with standin(CHANNELS) as discord, running(discord, facts, Path(folder) / "state") as bot:
            await discord.ready.wait()
            discord.limited, discord.faults, report.calls = True, _faults(chance), discord.calls
            async with asyncio.TaskGroup() as tasks:
                hearing = tasks.create_task(_hear(discord, report, messages))
                background = [
                    tasks.create_task(_trouble(discord, trouble)),
                    tasks.create_task(_reload(bot, facts, reload)),
                    tasks.create_task(_weigh(bot, report)),
                ]
                await _ask(discord, report, messages, chance)
                for task in background:
                    task.cancel()
                await hearing
        _read(bot.lines, report)
    return report


async def _ask(discord: Discord, report: Report, messages: int, chance: random.Random) -> None:
    """Ask where people are, as they write it, at a steady rate while there is a session."""
    people = [person.name for person in read_book(FACTS).people.values()]
    rooms, begun = channel_ids(CHANNELS), time.monotonic()
    for number in range(messages):
        before = time.monotonic()
        name = chance.choice(people)
        words = f"!where {chance.choice((name, name.upper(), slip(name, chance)))}"
        await discord.live()
        begun += time.monotonic() - before
        typed = time.monotonic()
        message = await discord.type(words, chance.choice(rooms), str(2 * 10**17 + chance.randrange(MEMBERS)))
        report.asked[message] = name, typed
        await asyncio.sleep(begun + (number + 1) / RATE - time.monotonic())


def slip(name: str, chance: random.Random) -> str:
    """A name with one letter left out of its longest part."""
    part = max(name.split(), key=len)
    place = chance.randrange(1, len(part) - 1)
    return name.replace(part, part[:place] + part[place + 1 :])


async def _hear(discord: Discord, report: Report, messages: int) -> None:
    """Note what is posted, until nothing comes any more."""
    while True:
        try:
            async with asyncio.timeout(AFTERWARDS if len(report.answers) == messages else QUIET):
                posted = await discord.posted.get()
        except TimeoutError:
            return
        message = str(posted["message_reference"]["message_id"])
        name, typed = report.asked[message]
        report.answers[message] += 1
        report.seconds.append(time.monotonic() - typed)
        if name not in json.dumps(posted, ensure_ascii=False):
            report.wrong.append(f"{name}: {posted['embeds']}")


async def _trouble(discord: Discord, every: float) -> None:
    """Give the gateway one trouble after the other."""

    async def reset() -> None:
        discord.reset()

    troubles: tuple[Callable[[], Awaitable[None]], ...] = (
        reset,
        discord.ask_to_reconnect,
        discord.drop,
        discord.invalidate,
    )
    for trouble in cycle(troubles):
        await discord.live()
        await asyncio.sleep(every)
        await trouble()


async def _reload(bot: Process, facts: Path, every: float) -> None:
    """Change the book and let it be read anew."""
    file, roles = facts / "people.yaml", cycle(("researcher", "scientist"))
    text = file.read_text("utf-8")
    while True:
        await asyncio.sleep(every)
        next_text = re.sub(r"role: (?:researcher|scientist)\b", f"role: {next(roles)}", text, count=1)
        file.with_suffix(".new").write_text(next_text, "utf-8")
        file.with_suffix(".new").replace(file)
        bot.signal(signal.SIGHUP)


async def _weigh(bot: Process, report: Report) -> None:
    """Note the memory of the process."""
    statm = Path(f"/proc/{bot.process.pid}/statm")
    while True:
        await asyncio.sleep(1)
        pages = int(statm.read_text("ascii").split()[1])  # noqa: ASYNC240 - of /proc, which is no disk
        report.megabytes.append(pages * os.sysconf("SC_PAGE_SIZE") / 1e6)


def _faults(chance: random.Random) -> Iterator[Fault | None]:
    shares, faults = zip(*FAULTS, strict=True)
    while True:
        yield from chance.choices((*faults, None), (*shares, 1 - sum(shares)), k=1000)


def _read(lines: list[str], report: Report) -> None:
    """Count what the log says, with numbers left out."""
    for line in lines:
        try:
            said: dict[str, Any] = json.loads(line)
        except ValueError:
            said = {"level": "error", "event": line}
        report.lines[re.sub(r"[\d.]+|0x\w+", "…", said["event"])[:70]] += 1
        if said["level"] not in {"debug", "info", "warning"}:
            report.errors.append(line)


def main() -> None:
    """Print the report; exit code 1 where anything was lost, twice, wrong, or a fault, or memory grew by more than 3 %."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--messages", type=int, default=10_000)
    report = asyncio.run(soak(arguments.parse_args().messages))
    print(report)
    sys.exit(0 if report.faultless and report.growth <= 1.03 else 1)


if __name__ == "__main__":
    main()
