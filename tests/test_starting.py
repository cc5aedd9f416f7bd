"""What a start waits for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROGRAM = """
import contextlib, json, os, sys
from pathlib import Path
import bot.cli, bot.logs, bot.chat.running, bot.chat.client
from bot.answers import answer
from bot.facts.reading import read_book
from bot.questions.reader import Reader
os.environ["COOLDOWN"] = "five"  # with which `bot run` comes as far as its settings
with contextlib.suppress(SystemExit):
    bot.cli.main(["run"])
reader = Reader(read_book(Path("facts")), "!")
def status(message):
    return answer(reader.message(message).question, reader.book).status
said = [status("!where lample"), status("!left 2023")]
before = sorted(sys.modules)
said += [status("!where lampel"), status("where is rozière now?"), status("!where Лампль")]
reader.names.complete("guil lam")
print(json.dumps([said, before, sorted(sys.modules)]))
"""
UNUSED = {
    "asyncpg": "a store in a file",
    "matplotlib": "a process of its own draws",
    "numpy": "the book is small",
    "prometheus_client": "nobody looks at the bot",
    "watchfiles": "the folder is not watched",
}
"""Libraries that a plain bot needs none of, and why. Each would cost milliseconds and megabytes of every start."""


def test_a_plain_bot_waits_for_nothing_that_it_does_not_use() -> None:
    """Neither by being started nor by being asked, and for what reads plain words no command waits."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], check=True, cwd=ROOT, stdout=subprocess.PIPE)
    said, commanded, asked = json.loads(done.stdout)
    assert said == ["answered"] * 5
    assert not UNUSED.keys() & set(asked)
    assert "bot.questions.understanding" in set(asked) - set(commanded)
