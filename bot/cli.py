"""The terminal: run, ask, check, invite, and the curator's tools."""

from __future__ import annotations

import asyncio
import base64
import gc
import importlib.util
import json
import logging
import os
import re
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from bot.answers.restating import restated
from bot.chat.text import Reply, counts, plain, reply, today
from bot.facts.evidence import as_yaml, cite
from bot.facts.reading import BookError, read_book
from bot.facts.schema import schema_text
from bot.invite import to_server, to_user
from bot.questions.reader import Reader
from bot.settings import Settings, SettingsError, load_settings
from bot.terminal import Style, say, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from bot.facts.book import Book
    from bot.questions.reader import Reading
    from bot.questions.understanding import Understanding

ABOUT = "A Discord bot that answers from a curated fact file. Without a command it runs, as `run` does."
FAULT = 1
WRONG_FACTS = 1
WRONG_SETUP = 2
INTERRUPTED = 130

log = logging.getLogger(__name__)


def run() -> None:
    """Run the bot on Discord, or, without DISCORD_TOKEN, show it on a page of this machine."""
    settings = load_settings()
    try:
        if settings.discord_token:
            _run(settings, settings.discord_token.reveal())
        else:
            _preview(settings)
    except BookError as error:
        raise SettingsError(f"The facts in {settings.facts_dir} are no book yet:\n{error}") from error


def ask(words: Sequence[str], *, as_json: bool, explain: bool) -> None:
    """Answer here in the terminal. Without words, answers each line of standard input; with --json it may be {"text": …}."""
    settings = load_settings()
    reader = Reader(_book(settings), settings.command_prefix)
    for message in [" ".join(words)] if words else _messages(as_json=as_json):
        reading = reader.message(message)
        said = reply(reading, reader, today()) if reading else None
        if as_json:
            text, status, sources = (plain(said), said.status, said.sources) if said else ("", "silent", ())
            print(json.dumps({"text": text, "status": status, "sources": sources}, ensure_ascii=False), flush=True)  # noqa: T201 - for other programs, as it is
        else:
            _show(said)
            if explain and reading:
                _explain(reading, reader.book)


def check(folder: Path | None) -> None:
    """Read a folder of facts, and count what it holds or list every error in it."""
    settings = load_settings()
    book = _book(settings, folder)
    say(f"Book {book.short_version} is sound.")
    for line in counts(book):
        say(f"  {line}")


def invite(application: int | None) -> None:
    """Print the links that add the bot to a server, with the least permissions, and to somebody's own account."""
    token = load_settings().discord_token
    application = application or (application_of(token.reveal()) if token else None)
    if application is None:
        raise SettingsError("Name the application's identifier, from the developer portal, or set DISCORD_TOKEN.")
    say(f"Into a server: {to_server(application)}")
    say(f"For yourself, wherever you write: {to_user(application)}")


def application_of(token: str) -> int | None:
    """The identifier of the application that a token is of: its first part, in base64. None where it is no token."""
    try:
        head = token.partition(".")[0]
        return int(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)).decode("ascii"))
    except ValueError:
        return None


def identifier(text: str) -> int:
    """What Discord calls somebody or something. Raises ValueError."""
    if not re.fullmatch(r"\d{15,20}", text, re.ASCII):
        raise ValueError(text)
    return int(text)


def cite_words(words: str) -> None:
    """Print the evidence that a curator pastes under a fact."""
    settings = load_settings()
    if settings.documents_dir is None:
        raise SettingsError("DOCUMENTS_DIR is not set; name the folder that holds the sources' documents.")
    found = cite(words, _book(settings).documents)
    if not found:
        _fail("These words stand in no document; copy them from there, as they are.", WRONG_FACTS)
    for evidence in found:
        say(as_yaml(evidence))


def print_schema() -> None:
    """Print the JSON Schema that editors check fact files with: `bot facts schema > facts/schema.json`."""
    print(schema_text(), end="", flush=True)  # noqa: T201 - for a file, as it is


COMMANDS: Final[Mapping[str, tuple[Callable[..., None], Mapping[str, Mapping[str, Any]]]]] = {
    "run": (run, {}),
    "ask": (
        ask,
        {
            "words": {"nargs": "*", "help": "a command such as !where, or a question"},
            "--json": {
                "dest": "as_json",
                "action": "store_true",
                "help": "one JSON object a line: text, status, sources",
            },
            "--explain": {
                "action": "store_true",
                "help": "show how the words were read, and how a name was looked up",
            },
        },
    ),
    "check": (
        check,
        {"folder": {"nargs": "?", "type": Path, "help": "a folder of facts; FACTS_DIR by default"}},
    ),
    "invite": (
        invite,
        {
            "application": {
                "nargs": "?",
                "type": identifier,
                "help": "the application's identifier; that of DISCORD_TOKEN by default",
            }
        },
    ),
    "facts cite": (cite_words, {"words": {"help": "words exactly as they stand in a document"}}),
    "facts schema": (print_schema, {}),
}
"""What each command does, and the options and arguments that argparse reads for it. One of two words is in a group."""

GROUPS: Final = {"facts": "Tools for who curates the facts."}


def main(words: Sequence[str] | None = None) -> None:
    """Do what the words say, by default those of the command line, and exit with a sentence if that cannot be done."""
    chosen, words = _chooser().parse_known_args(words)
    function, arguments = COMMANDS[chosen.command]
    parser = _Parser(f"bot {chosen.command}", description=function.__doc__, allow_abbrev=False)
    for name, options in arguments.items():
        parser.add_argument(name, **options)
    # Only the latter takes options amid words, and in Python 3.11 it takes them behind `--` too.
    given = parser.parse_args(words) if "--" in words else parser.parse_intermixed_args(words)
    try:
        function(**vars(given))
    except SettingsError as error:
        _fail(error, WRONG_SETUP)
    except BookError as error:
        _fail(error, WRONG_FACTS)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:  # who was reading has read enough, and nothing more is flushed at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAULT)


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say what is wrong with what was typed, which the sentence may quote, and where to read what is right."""
        super().error(f"{visible(message)}; `{self.prog} --help` tells what there is")


def _chooser() -> _Parser:
    """What finds out which command is given, and leaves the words behind it."""
    chooser = _Parser("bot", description=ABOUT, allow_abbrev=False)
    chooser.set_defaults(command="run")
    groups = {"": chooser.add_subparsers(title="commands", metavar="COMMAND")}
    for command, (function, _) in COMMANDS.items():
        group, _, name = command.rpartition(" ")
        if group not in groups:
            parser = groups[""].add_parser(group, help=GROUPS[group], description=GROUPS[group])
            groups[group] = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
        groups[group].add_parser(name, help=function.__doc__, add_help=False).set_defaults(command=command)
    return chooser


def _run(settings: Settings, token: str) -> None:
    import discord  # noqa: PLC0415 - only a running bot waits for Discord's library

    from bot import logs  # noqa: PLC0415 - as above
    from bot.chat import running  # noqa: PLC0415 - as above

    logs.set_up(settings.log_level, token)
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # a bot without voice needs no word of it
    gc.freeze()  # what was imported stays, and need not be looked through for garbage
    try:
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            runner.run(running.run(settings, token))
    except (SettingsError, BookError):
        raise
    except Exception:
        log.exception("the bot ends by a fault of its own")
        sys.exit(FAULT)


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """The quicker event loop, where the extra `fast` is installed."""
    if not importlib.util.find_spec("uvloop"):
        return None
    import uvloop  # noqa: PLC0415 - it need not be there

    return uvloop.new_event_loop


def _preview(settings: Settings) -> None:
    if not importlib.util.find_spec("simcord"):
        raise SettingsError(
            "DISCORD_TOKEN is not set, and the page that shows the bot without one is not installed: run `uv sync`."
        )
    from bot.chat.preview import preview  # noqa: PLC0415 - only the page needs simcord

    def announce(address: str) -> None:
        say("Herdbook is answering on this machine, without Discord. Open this page:\n")
        say(f"  {address}\n", Style.BOLD, Style.CYAN)
        say("Stop it with Ctrl-C. Set DISCORD_TOKEN to run it on Discord (see README).")

    asyncio.run(preview(settings, announce))
    say("Stopped.")


def _book(settings: Settings, folder: Path | None = None) -> Book:
    return read_book(folder or settings.facts_dir, settings.documents_dir)


def _messages(*, as_json: bool) -> Iterator[str]:
    if sys.stdin.isatty():
        say("One message a line; Ctrl-D ends.", Style.DIM, stderr=True)
    for line in sys.stdin:
        message = line.rstrip("\n")
        if as_json:
            try:
                found = json.loads(message)
            except (ValueError, RecursionError):
                found = message
            message = found["text"] if isinstance(found, dict) and isinstance(found.get("text"), str) else message
        yield message


def _show(said: Reply | None) -> None:
    if said is None:
        say("(the bot keeps silent)", Style.DIM)
        return
    for line in said.understood:
        say(line, Style.DIM)
    say(said.text.replace("`", ""), Style.BOLD)
    for section in said.sections:
        if section.title:
            say(f"\n{section.title}", Style.UNDERLINE)
        for line in section.lines:
            say(f"- {line}".replace("`", ""))
    for note in said.notes:
        say(note.replace("`", ""), Style.ITALIC)
    for source in said.sources:
        say(f"Source: {source}", Style.DIM)


def _explain(reading: Reading, book: Book) -> None:
    """How a message was read: its spans and whether they explain every word; or how the name in a command was looked up."""
    if reading.understanding:
        for line in _spans(reading.understanding, book):
            say(line, Style.CYAN)
        return
    if not reading.resolution:
        say("No name was looked up.", Style.CYAN)
        return
    say(f"“{reading.typed.strip()}”: {reading.resolution.decision}", Style.CYAN)
    for candidate in reading.resolution.candidates:
        say(f"  {candidate.score:.3f} {candidate.named.name}: {candidate.explanation}", Style.CYAN)


def _spans(understanding: Understanding, book: Book) -> Iterator[str]:
    yield from (f"  {span}" for span in understanding.spans if span.words)
    read = restated(understanding.question, book)
    yield f"Read as: {read}" if read else "Not read as a question to the book."
    yield f"Not explained: {', '.join(understanding.left)}" if understanding.left else "Every word is explained."
    yield from (f"Or: {restated(other, book)}" for other in understanding.others)


def _fail(sentence: object, code: int) -> NoReturn:
    say(str(sentence), Style.RED, stderr=True)
    sys.exit(code)
