"""The terminal: run, ask, check, invite, and the curator's tools."""

from __future__ import annotations

import asyncio
import base64
import gc
import importlib.util
import json
import logging
import sys
from pathlib import Path  # noqa: TC003 - typer reads it at run time
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from bot.answers.restating import restated
from bot.chat.text import Reply, counts, plain, reply, today
from bot.facts.evidence import as_yaml, cite
from bot.facts.reading import BookError, read_book
from bot.facts.schema import schema_text
from bot.invite import to_server, to_user
from bot.questions.reader import Reader
from bot.settings import Settings, SettingsError, load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.facts.book import Book
    from bot.questions.reader import Reading
    from bot.questions.understanding import Understanding


class _Command(TyperCommand):
    """A command that a start runs, without pydantic: see `_unset`."""

    def get_help_option(self, ctx: Any) -> TyperOption | None:
        return _unset(super().get_help_option(ctx))


class _Group(TyperGroup):
    """What holds such commands, and does without pydantic too."""

    def get_help_option(self, ctx: Any) -> TyperOption | None:
        return _unset(super().get_help_option(ctx))


def _unset(option: TyperOption | None) -> TyperOption | None:
    """`--help` with a value where nobody wrote it: typer imports pydantic, a tenth of a start, to make one of nothing."""
    if option:
        option.default = False
    return option


app = typer.Typer(cls=_Group, add_completion=False, pretty_exceptions_enable=False)
facts = typer.Typer(help="Tools for who curates the facts.", no_args_is_help=True)
app.add_typer(facts, name="facts")

FAULT = 1
WRONG_FACTS = 1
WRONG_SETUP = 2
MOST_UNCOLLECTED = 50_000
"""Objects after which the collector looks for cycles: an answer leaves hardly any, and looking took a fifth of its time."""

log = logging.getLogger(__name__)


@app.callback(invoke_without_command=True)
def main(context: typer.Context) -> None:
    """A Discord bot that answers from a curated fact file.

    Without a command it runs, as `run` does.
    """
    if context.invoked_subcommand is None:
        run()


@app.command(cls=_Command)
def run() -> None:
    """Run the bot on Discord, or, without DISCORD_TOKEN, show it on a page of this machine."""
    settings = _settings()
    try:
        if settings.discord_token:
            _run(settings, settings.discord_token.reveal())
        else:
            _preview(settings)
    except BookError as error:
        _fail(f"The facts in {settings.facts_dir} are no book yet:\n{error}", WRONG_SETUP)


@app.command()
def ask(
    words: Annotated[list[str] | None, typer.Argument(help="A command such as !where, or a question.")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line: text, status, sources.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show how the words were read, and how a name was looked up.")
    ] = False,
) -> None:
    """Answer here in the terminal. Without words, answers each line of standard input; with --json it may be {"text": …}."""
    settings = _settings()
    reader = Reader(_book(settings), settings.command_prefix)
    for message in [" ".join(words)] if words else _messages(as_json=as_json):
        reading = reader.message(message)
        said = reply(reading, reader, today()) if reading else None
        if as_json:
            text, status, sources = (plain(said), said.status, said.sources) if said else ("", "silent", ())
            print(json.dumps({"text": text, "status": status, "sources": sources}, ensure_ascii=False), flush=True)  # noqa: T201 - for other programs, not for rich
        else:
            _show(said)
            if explain and reading:
                _explain(reading, reader.book)


@app.command()
def check(
    folder: Annotated[Path | None, typer.Argument(help="A folder of facts; FACTS_DIR by default.")] = None,
) -> None:
    """Read a folder of facts, and count what it holds or list every error in it."""
    settings = _settings()
    book = _book(settings, folder)
    _say(f"Book {book.short_version} is sound.")
    for line in counts(book):
        _say(f"  {line}")


@app.command()
def invite(
    application: Annotated[
        int | None, typer.Argument(help="The application's identifier; that of DISCORD_TOKEN by default.")
    ] = None,
) -> None:
    """Print the links that add the bot to a server, with the least permissions, and to somebody's own account."""
    token = _settings().discord_token
    application = application or (application_of(token.reveal()) if token else None)
    if application is None:
        _fail("Name the application's identifier, from the developer portal, or set DISCORD_TOKEN.", WRONG_SETUP)
    _say(f"Into a server: {to_server(application)}")
    _say(f"For yourself, wherever you write: {to_user(application)}")


def application_of(token: str) -> int | None:
    """The identifier of the application that a token is of: its first part, in base64. None where it is no token."""
    try:
        head = token.partition(".")[0]
        return int(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)).decode("ascii"))
    except ValueError:
        return None


@facts.command("cite")
def cite_words(words: Annotated[str, typer.Argument(help="Words exactly as they stand in a document.")]) -> None:
    """Print the evidence that a curator pastes under a fact."""
    settings = _settings()
    if settings.documents_dir is None:
        _fail("DOCUMENTS_DIR is not set; name the folder that holds the sources' documents.", WRONG_SETUP)
    found = cite(words, _book(settings).documents)
    if not found:
        _fail("These words stand in no document; copy them from there, as they are.", WRONG_FACTS)
    for evidence in found:
        _say(as_yaml(evidence))


@facts.command("schema")
def print_schema() -> None:
    """Print the JSON Schema that editors check fact files with: `bot facts schema > facts/schema.json`."""
    print(schema_text(), end="")  # noqa: T201 - for a file, not for rich


def _run(settings: Settings, token: str) -> None:
    import discord  # noqa: PLC0415 - only a running bot waits for Discord's library

    from bot import logs  # noqa: PLC0415 - as above
    from bot.chat import running  # noqa: PLC0415 - as above

    logs.set_up(settings.log_level, token)
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # a bot without voice needs no word of it
    gc.freeze()  # what was imported stays, and need not be looked through for garbage
    gc.set_threshold(MOST_UNCOLLECTED)
    try:
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            runner.run(running.run(settings, token))
    except SettingsError as error:
        _fail(str(error), WRONG_SETUP)
    except BookError:
        raise
    except Exception:
        log.exception("the bot ends by a fault of its own")
        raise typer.Exit(FAULT) from None


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """The quicker event loop, where the extra `fast` is installed."""
    if not importlib.util.find_spec("uvloop"):
        return None
    import uvloop  # noqa: PLC0415 - it need not be there

    return uvloop.new_event_loop


def _preview(settings: Settings) -> None:
    if not importlib.util.find_spec("simcord"):
        _fail(
            "DISCORD_TOKEN is not set, and the page that shows the bot without one is not installed: run `uv sync`.",
            WRONG_SETUP,
        )
    from bot.chat.preview import preview  # noqa: PLC0415 - only the page needs simcord

    def announce(address: str) -> None:
        _say("Herdbook is answering on this machine, without Discord. Open this page:\n")
        _say(f"  {address}\n", "bold cyan")
        _say("Stop it with Ctrl-C. Set DISCORD_TOKEN to run it on Discord (see README).")

    asyncio.run(preview(settings, announce))
    _say("Stopped.")


def _settings() -> Settings:
    try:
        return load_settings()
    except SettingsError as error:
        _fail(str(error), WRONG_SETUP)


def _book(settings: Settings, folder: Path | None = None) -> Book:
    try:
        return read_book(folder or settings.facts_dir, settings.documents_dir)
    except BookError as error:
        _fail(str(error), WRONG_FACTS)


def _messages(*, as_json: bool) -> Iterator[str]:
    if sys.stdin.isatty():
        _say("One message a line; Ctrl-D ends.", "dim", stderr=True)
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
        _say("(the bot keeps silent)", "dim")
        return
    for line in said.understood:
        _say(line, "dim")
    _say(said.text.replace("`", ""), "bold")
    for section in said.sections:
        if section.title:
            _say(f"\n{section.title}", "underline")
        for line in section.lines:
            _say(f"- {line}".replace("`", ""))
    for note in said.notes:
        _say(note.replace("`", ""), "italic")
    for source in said.sources:
        _say(f"Source: {source}", "dim")


def _explain(reading: Reading, book: Book) -> None:
    """How a message was read: its spans and whether they explain every word; or how the name in a command was looked up."""
    if reading.understanding:
        for line in _spans(reading.understanding, book):
            _say(line, "cyan")
        return
    if not reading.resolution:
        _say("No name was looked up.", "cyan")
        return
    _say(f"“{reading.typed.strip()}”: {reading.resolution.decision}", "cyan")
    for candidate in reading.resolution.candidates:
        _say(f"  {candidate.score:.3f} {candidate.named.name}: {candidate.explanation}", "cyan")


def _spans(understanding: Understanding, book: Book) -> Iterator[str]:
    yield from (f"  {span}" for span in understanding.spans if span.words)
    read = restated(understanding.question, book)
    yield f"Read as: {read}" if read else "Not read as a question to the book."
    yield f"Not explained: {', '.join(understanding.left)}" if understanding.left else "Every word is explained."
    yield from (f"Or: {restated(other, book)}" for other in understanding.others)


def _fail(message: str, code: int) -> NoReturn:
    _say(message, "red", stderr=True)
    raise typer.Exit(code)


def _say(text: str, style: str = "", *, stderr: bool = False) -> None:
    """Show a person some lines as they are."""
    from rich.console import Console  # noqa: PLC0415 - a running bot shows nothing, and does not wait for it

    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True, stderr=stderr)
    console.print(text, style=style)
