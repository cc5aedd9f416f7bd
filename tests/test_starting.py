"""What a start waits for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROGRAM = """
import json, sys
from pathlib import Path
import bot.cli, bot.logs, bot.chat.running, bot.chat.client
from bot.answers import answer
from bot.facts.reading import read_book
from bot.questions.reader import Reader
reader = Reader(read_book(Path("facts")), "!")
said = [
    answer(reader.message(message).question, reader.book).status
    for message in ("!where lampel", "where is rozière now?", "!where Лампль")
]
reader.names.complete("guil lam")
print(json.dumps([said, sorted(sys.modules)]))
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
    """Neither by being started nor by being asked."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], check=True, cwd=ROOT, stdout=subprocess.PIPE)
    said, modules = json.loads(done.stdout)
    assert said == ["answered"] * 3
    assert not UNUSED.keys() & set(modules)
