"""The terminal: what each command prints, and how it ends."""

from __future__ import annotations

import base64
import http.client
import io
import json
import os
import re
import signal
import subprocess
import sys
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, NamedTuple, Protocol
from urllib.parse import urlsplit

import pytest

from bot import __main__
from bot.cli import COMMANDS, main
from bot.invite import PERMISSIONS
from tests.conftest import HERD, SHIPPED

if TYPE_CHECKING:
    from pathlib import Path


class Done(NamedTuple):
    """How a command ended, and what it printed."""

    returncode: object
    stdout: str
    stderr: str


class Bot(Protocol):
    """`bot`, as a function."""

    def __call__(self, *words: str, stdin: str = "", **settings: str) -> Done:
        """Give it words, what it reads, and settings."""


@pytest.fixture
def bot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Bot:
    """`bot` in an empty folder, over the invented book."""

    def given(*words: str, stdin: str = "", **settings: str) -> Done:
        with monkeypatch.context() as patched:
            patched.chdir(tmp_path)
            patched.setattr(os, "environ", environment(**settings))
            patched.setattr(sys, "stdin", io.StringIO(stdin))
            code: object = 0
            try:
                main(words)
            except SystemExit as end:
                code = end.code
        return Done(code, *capsys.readouterr())

    return given


def environment(**settings: str) -> dict[str, str]:
    """An environment that holds no setting but these."""
    return {"PATH": os.environ["PATH"], "PYTHONUTF8": "1", "FACTS_DIR": str(HERD), **settings}


def test_each_command_is_in_the_help_with_what_it_does(bot: Bot) -> None:
    """`--help` lists the commands, that of a group its own, and that of a command its options and arguments."""
    for command, (function, arguments) in COMMANDS.items():
        *group, name = command.split()
        offered = bot(*group, "--help")
        assert offered.returncode == 0
        said = " ".join(offered.stdout.split())
        assert f" {name} {function.__doc__}" in said
        done = bot(*command.split(), "--help")
        assert done.stdout.startswith(f"usage: bot {command} [-h]")
        said = " ".join(done.stdout.split())
        assert str(function.__doc__) in said
        for argument, options in arguments.items():
            assert f" {argument} {options['help']}" in said


def test_the_installed_program_is_main() -> None:
    """`bot` does what `python -m bot` does."""
    (program,) = entry_points(group="console_scripts", name="bot")
    assert program.load() is __main__.main


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["asc"], "'asc' (choose from"),
        (["--json"], "`bot run --help` tells what there is"),
        (["ask", "--jso", "where"], "[--json] [--explain]"),
        (["ask", "-x", "where"], "[--json] [--explain]"),
        (["run", "fast"], "usage: bot run"),
        (["check", "here", "there"], "[folder]"),
        (["invite", "me"], "argument application"),
        (["invite", "-3"], "argument application"),
        (["facts"], "required: COMMAND; `bot facts --help` tells what there is"),
        (["facts", "cit"], "'cit' (choose from"),
        (["facts", "cite"], "required: words"),
    ],
)
def test_what_is_no_command_gets_a_hint(bot: Bot, words: list[str], hint: str) -> None:
    """A wrong command or option does nothing, says what would be right, and ends with exit code 2."""
    done = bot(*words)
    assert done.returncode == 2
    assert hint in done.stderr
    assert not done.stdout


@pytest.mark.parametrize("words", [["--\x1b[31mred"], ["\x1b[31mred"], ["check", "/no\x1b[31mred"]])
def test_an_error_cannot_steer_the_terminal(bot: Bot, words: list[str]) -> None:
    """What was typed is quoted with its control characters written out."""
    assert r"\x1b[31mred" in bot(*words).stderr


@pytest.mark.parametrize(
    "words",
    [
        ["--json", "where", "bram"],
        ["where", "bram", "--json"],
        ["where", "--json", "bram"],
        ["--json", "--", "where", "bram"],
        ["--json", "where", "--", "bram"],
    ],
)
def test_options_stand_anywhere(bot: Bot, words: list[str]) -> None:
    """Before, behind and among the words of a question."""
    assert "Bram Quill is at Byre and Sons" in json.loads(bot("ask", *words).stdout)["text"]


@pytest.mark.parametrize(
    "words", [["--", "--json", "bram"], ["--", "!who", "--json", "bram"], ["!who", "--", "--json", "bram"]]
)
def test_two_dashes_end_the_options(bot: Bot, words: list[str]) -> None:
    """Whatever stands behind them is asked."""
    done = bot("ask", *words)
    assert done.returncode == 0
    assert not done.stdout.startswith("{")


@pytest.mark.parametrize("word", ["!where", "- where", "-5", "-", "'where", "@where", "/where", ""])
def test_words_begin_with_anything(bot: Bot, word: str) -> None:
    """What is no option is asked."""
    assert json.loads(bot("ask", "--json", word, "bram").stdout)["status"]


def test_ask_answers_a_command(bot: Bot) -> None:
    """A command is answered as in a channel, with its source."""
    done = bot("ask", "!where bram")
    assert done.returncode == 0
    assert "Bram Quill is at Byre and Sons, as co-founder." in done.stdout
    assert "Source: The Meadow Gazette, 10 March 2031" in done.stdout


def test_ask_answers_words_without_quotes(bot: Bot) -> None:
    """The words of a question need no quotes."""
    assert "Bram Quill is at Byre and Sons" in bot("ask", "where", "is", "bram").stdout


def test_ask_answers_each_line_of_a_pipe(bot: Bot) -> None:
    """One message a line in, one JSON object a line out, in order; silence is an object too."""
    lines = [
        "[" * 100_000,
        "!where bram",
        "",
        "!",
        '{"text": "!where\\nzofie luc"}',
        "!where nobody at all",
        "!where quill",
    ]
    done = bot("ask", "--json", stdin="\n".join(lines) + "\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert answers.pop(0)["status"] == "silent"
    assert [answer["status"] for answer in answers] == [
        "answered",
        "silent",
        "silent",
        "answered",
        "not in the book",
        "which one?",
    ]
    assert answers[0].keys() == {"text", "status", "sources"}
    assert "The Meadow Gazette, 10 March 2031" in answers[0]["sources"][0]
    assert "Žofie Łuc is at Byre and Sons" in answers[3]["text"]


def test_ask_answers_a_pipe_in_words_too(bot: Bot) -> None:
    """Without --json each line is answered in words."""
    done = bot("ask", stdin="!where bram\n!\n!at byre\n")
    assert (
        done.stdout.index("Bram Quill is at")
        < done.stdout.index("keeps silent")
        < done.stdout.index("2 people at Byre")
    )


def test_ask_explains_how_a_name_was_looked_up(bot: Bot) -> None:
    """With --explain each candidate stands with what met what, by what, and what was left over."""
    done = bot("ask", "--explain", "!where brma quill")
    assert "“brma quill”: match" in done.stdout
    assert "Bram Quill: brma = bram (spelling); quill = quill (exact)" in done.stdout
    assert "No name was looked up." in bot("ask", "--explain", "!disputed").stdout


def test_check_counts(bot: Bot) -> None:
    """A sound folder is counted by kind, with the documents that it is checked against."""
    done = bot("check", str(HERD))
    assert done.returncode == 0
    assert "6 people, 5 of them smiths of the Great Bell" in done.stdout
    assert "no source's document at hand" in done.stdout
    done = bot("check", str(HERD), DOCUMENTS_DIR=str(HERD / "documents"))
    assert "the documents of 2 sources at hand" in done.stdout


def test_check_lists_every_error(bot: Bot, folder: Path) -> None:
    """Every error is a line with file, line and column, and the exit code is 1."""
    facts = folder / "herd.yaml"
    facts.write_text(facts.read_text("utf-8").replace("organisation: byre", "organisation: bire"), "utf-8")
    done = bot("check", str(folder))
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert len(lines) == 2
    assert all(re.fullmatch(r"herd/herd\.yaml:\d+:\d+: .* Did you mean `byre`\?", line) for line in lines)


def test_a_bad_setting_is_one_sentence(bot: Bot) -> None:
    """A setting that cannot be used is named with what to write, and the exit code is 2."""
    done = bot("check", COOLDOWN="often")
    assert done.returncode == 2
    assert done.stderr.strip() == "COOLDOWN: `often` cannot be used; write a whole number from 0 (no limit) to 1000."


def test_settings_may_stand_in_a_file(bot: Bot, tmp_path: Path) -> None:
    """`.env` in the working folder is read like the environment."""
    (tmp_path / ".env").write_text("COMMAND_PREFIX=?\n")
    assert "Bram Quill" in bot("ask", "?where bram").stdout


def test_invite_prints_the_link(bot: Bot) -> None:
    """The link asks for the permissions that the bot uses, and for nothing else."""
    done = bot("invite", "123456789012345678")
    server = "client_id=123456789012345678&integration_type=0&scope=bot+applications.commands"
    assert f"{server}&permissions={PERMISSIONS}" in done.stdout
    assert "client_id=123456789012345678&integration_type=1&scope=applications.commands" in done.stdout
    assert PERMISSIONS == 117760 + (1 << 38)


def test_invite_knows_the_application_of_the_token(bot: Bot) -> None:
    """A token begins with its application's identifier, so that nobody has to look it up."""
    token = base64.b64encode(b"123456789012345678").decode().rstrip("=") + ".time.secret"
    done = bot("invite", DISCORD_TOKEN=token)
    assert "client_id=123456789012345678&" in done.stdout
    assert "secret" not in done.stdout


@pytest.mark.parametrize("token", [None, "no.token"])
def test_invite_needs_an_application(bot: Bot, token: str | None) -> None:
    """Without an identifier or a token that holds one, it says what is missing."""
    done = bot("invite", **({"DISCORD_TOKEN": token} if token else {}))
    assert done.returncode == 2
    assert "Name the application's identifier" in done.stderr


def test_cite_prints_what_a_curator_pastes(bot: Bot) -> None:
    """Words of a document give the evidence that the book itself has for them."""
    done = bot(
        "facts",
        "cite",
        "two are still at Auroch Works: bell founder Ada Quill",
        DOCUMENTS_DIR=str(HERD / "documents"),
    )
    assert done.returncode == 0
    assert done.stdout.strip() in (HERD / "herd.yaml").read_text("utf-8")


def test_cite_says_when_words_stand_nowhere(bot: Bot) -> None:
    """Words that no document has are no evidence."""
    done = bot("facts", "cite", "the moon is made of cheese", DOCUMENTS_DIR=str(HERD / "documents"))
    assert done.returncode == 1
    assert "stand in no document" in done.stderr


def test_cite_needs_documents(bot: Bot) -> None:
    """Without documents there is nothing to cite from."""
    done = bot("facts", "cite", "anything")
    assert done.returncode == 2
    assert "DOCUMENTS_DIR is not set" in done.stderr


def test_schema_prints_what_editors_read(bot: Bot) -> None:
    """The file beside the facts is what the command prints, and nothing else."""
    assert bot("facts", "schema").stdout == (SHIPPED / "schema.json").read_text("utf-8")


@pytest.mark.parametrize("words", [[], ["run"]])
def test_a_bot_without_a_book_does_not_run(bot: Bot, tmp_path: Path, words: list[str]) -> None:
    """Facts that are broken at the start are a wrong setup: exit code 2, and where they are broken."""
    done = bot(*words, FACTS_DIR=str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.startswith(f"The facts in {tmp_path} are no book yet:\n{tmp_path}:1:1: ")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_without_a_token_a_page_is_served(tmp_path: Path, number: signal.Signals) -> None:
    """`bot` alone prints the address of a page on loopback and how to stop; Ctrl-C ends it with exit code 0."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "bot"], cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )  # fmt: skip
    try:
        assert process.stdout
        lines: list[str] = []
        while not any("Ctrl-C" in line for line in lines):
            lines.append(process.stdout.readline())
            assert lines[-1], "".join(lines)
        address = next(urlsplit(found[0]) for line in lines if (found := re.findall(r"http://\S+", line)))
        assert address.hostname == "127.0.0.1"
        connection = http.client.HTTPConnection("127.0.0.1", address.port or 0, timeout=20)
        connection.request("GET", "/")
        assert connection.getresponse().status == 200
        connection.close()
        process.send_signal(number)
        rest, _ = process.communicate(timeout=20)
        assert process.returncode == 0
        assert "Traceback" not in "".join(lines) + rest
    finally:
        process.kill()
        process.wait()


def process(*words: str, cwd: Path) -> subprocess.Popen[str]:
    """`bot` as a process, that can be written to and read from."""
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *words], cwd=cwd, env=environment(),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.mark.parametrize("words", [["ask"], ["ask", "--json"]])
def test_ctrl_c_ends_ask(tmp_path: Path, words: list[str]) -> None:
    """With exit code 130, as of whatever was interrupted, and without a word."""
    with process(*words, cwd=tmp_path) as asking:
        assert asking.stdin
        assert asking.stdout
        print("!where bram", file=asking.stdin, flush=True)
        assert "Bram Quill" in asking.stdout.readline()
        asking.send_signal(signal.SIGINT)
        _, said = asking.communicate(timeout=20)
    assert (asking.returncode, said) == (130, "")


@pytest.mark.parametrize("words", [["ask"], ["ask", "--json"]])
def test_who_has_read_enough_may_leave(tmp_path: Path, words: list[str]) -> None:
    """As `head` does: the answers end with exit code 1, and without a word."""
    with process(*words, cwd=tmp_path) as asking:
        assert asking.stdout
        asking.stdout.close()
        _, said = asking.communicate("!where bram\n", timeout=20)
    assert (asking.returncode, said) == (1, "")
