"""A bot's keeping without its Discord, to be killed: `python -m tests.keeping.crashing STORE FOLDER`.

Each line on standard input forks a process that starts on the store and the folder as a bot does, prints what it serves,
and then reloads, uploads and rolls back without end. Whoever started this kills it whenever they like.

FOLDER is a link to a folder whose files all end in the same mark, so that a mixture of two books can be told.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import secrets
import signal
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bot.answers import answer
from bot.facts.reading import read_book
from bot.keeping import revisions
from bot.keeping.revisions import Origin
from bot.keeping.shelf import Shelf
from bot.keeping.store import Store
from bot.questions.reader import Reader

if TYPE_CHECKING:
    from bot.facts.reading import Files
    from bot.keeping.shelf import Draft


def say(event: str, what: object) -> None:
    """Print a line in one write, so that it is told whole or not at all."""
    os.write(sys.stdout.fileno(), f"{event} {json.dumps(what)}\n".encode())


async def live(shelf: Shelf) -> None:
    """Start, answer, and change the book for ever."""
    draft = await shelf.open()
    reading = Reader(draft.book, "!").message("!where Lample")
    assert reading
    assert shelf.revision
    marks = {name: data.splitlines()[-1].decode() for name, data in draft.files.items()}
    text = answer(reading.question, draft.book).text
    say("serving", {"number": shelf.revision.number, "marks": marks, "answer": text})
    while True:
        await random.choice([reload, upload, roll_back])(shelf, marked(draft.files))


def marked(files: Files) -> Files:
    """The same book with another mark at the end of each file."""
    mark = f"# {secrets.token_hex()}\n".encode()
    return {name: data[: data.rindex(b"#")] + mark for name, data in files.items()}


async def reload(shelf: Shelf, files: Files) -> None:
    """Edit the folder, all at once, and serve it."""
    edited = Path(tempfile.mkdtemp(dir=shelf.folder.parent))
    for name, data in files.items():
        (edited / name).write_bytes(data)
    (edited / "link").symlink_to(edited)
    (edited / "link").replace(shelf.folder)
    await append(shelf, await asyncio.to_thread(shelf.read_folder), Origin.FOLDER)


async def upload(shelf: Shelf, files: Files) -> None:
    """Serve files that are in no folder."""
    await append(shelf, shelf.read(files, "upload"), Origin.UPLOAD)


async def roll_back(shelf: Shelf, _files: Files) -> None:
    """Serve one of the last revisions again."""
    known = await revisions.history(shelf.store, 10)
    await append(shelf, await shelf.read_revision(random.choice(known)), Origin.ROLLBACK)


async def append(shelf: Shelf, draft: Draft, origin: Origin) -> None:
    """Serve a draft, and say before and after that it is done."""
    say("appending", origin)
    revision = await shelf.append(draft, origin, "kim", "another mark")
    say("appended", revision.number)


def main(place: str, folder: str) -> None:
    """Fork a process for each line, so that none waits for Python to start."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    Reader(read_book(Path(folder)), "!")  # what is loaded once is loaded before the fork
    store = place if place.startswith("postgresql:") else Path(place)
    for _ in sys.stdin:
        if os.fork() == 0:
            random.seed()
            say("process", os.getpid())
            asyncio.run(live(Shelf(Store(store), Path(folder), None)))


if __name__ == "__main__":
    main(*sys.argv[1:])
