"""The terminal: what each command prints, and how it ends."""

from __future__ import annotations

import base64
import http.client
import json
import os
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from bot.invite import PERMISSIONS
from tests.conftest import HERD

if TYPE_CHECKING:
    from pathlib import Path


def bot(*words: str, cwd: Path, stdin: str | None = None, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run `bot` in an empty folder, over the invented book."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=cwd, env=environment(**settings), input=stdin, capture_output=True, text=True, encoding="utf-8", check=False, timeout=60,
    )  # fmt: skip


def environment(**settings: str) -> dict[str, str]:
    """An environment that holds no setting but these."""
    return {"PATH": os.environ["PATH"], "PYTHONUTF8": "1", "FACTS_DIR": str(HERD), **settings}


def test_ask_answers_a_command(tmp_path: Path) -> None:
    """A command is answered as in a channel, with its source."""
    done = bot("ask", "!where bram", cwd=tmp_path)
    assert done.returncode == 0
    assert "Bram Quill is at Byre and Sons, as co-founder." in done.stdout
    assert "Source: The Meadow Gazette, 10 March 2031" in done.stdout


def test_ask_answers_words_without_quotes(tmp_path: Path) -> None:
    """The words of a question need no quotes."""
    assert "Bram Quill is at Byre and Sons" in bot("ask", "where", "is", "bram", cwd=tmp_path).stdout


def test_ask_answers_each_line_of_a_pipe(tmp_path: Path) -> None:
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
    done = bot("ask", "--json", cwd=tmp_path, stdin="\n".join(lines) + "\n")
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


def test_ask_answers_a_pipe_in_words_too(tmp_path: Path) -> None:
    """Without --json each line is answered in words."""
    done = bot("ask", cwd=tmp_path, stdin="!where bram\n!\n!at byre\n")
    assert (
        done.stdout.index("Bram Quill is at")
        < done.stdout.index("keeps silent")
        < done.stdout.index("2 people at Byre")
    )


def test_ask_explains_how_a_name_was_looked_up(tmp_path: Path) -> None:
    """With --explain each candidate stands with what met what, by what, and what was left over."""
    done = bot("ask", "--explain", "!where brma quill", cwd=tmp_path)
    assert "“brma quill”: match" in done.stdout
    assert "Bram Quill: brma = bram (spelling); quill = quill (exact)" in done.stdout
    assert "No name was looked up." in bot("ask", "--explain", "!disputed", cwd=tmp_path).stdout


def test_check_counts(tmp_path: Path) -> None:
    """A sound folder is counted by kind, with the documents that it is checked against."""
    done = bot("check", str(HERD), cwd=tmp_path)
    assert done.returncode == 0
    assert "6 people, 5 of them smiths of the Great Bell" in done.stdout
    assert "no source's document at hand" in done.stdout
    done = bot("check", str(HERD), cwd=tmp_path, DOCUMENTS_DIR=str(HERD / "documents"))
    assert "the documents of 2 sources at hand" in done.stdout


def test_check_lists_every_error(folder: Path, tmp_path: Path) -> None:
    """Every error is a line with file, line and column, and the exit code is 1."""
    facts = folder / "herd.yaml"
    facts.write_text(facts.read_text("utf-8").replace("organisation: byre", "organisation: bire"), "utf-8")
    done = bot("check", str(folder), cwd=tmp_path)
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert len(lines) == 2
    assert all(re.fullmatch(r"herd/herd\.yaml:\d+:\d+: .* Did you mean `byre`\?", line) for line in lines)


def test_a_bad_setting_is_one_sentence(tmp_path: Path) -> None:
    """A setting that cannot be used is named with what to write, and the exit code is 2."""
    done = bot("check", cwd=tmp_path, COOLDOWN="often")
    assert done.returncode == 2
    assert done.stderr.strip() == "COOLDOWN: `often` cannot be used; write a whole number from 0 (no limit) to 1000."


def test_settings_may_stand_in_a_file(tmp_path: Path) -> None:
    """`.env` in the working folder is read like the environment."""
    (tmp_path / ".env").write_text("COMMAND_PREFIX=?\n")
    assert "Bram Quill" in bot("ask", "?where bram", cwd=tmp_path).stdout


def test_invite_prints_the_link(tmp_path: Path) -> None:
    """The link asks for the permissions that the bot uses, and for nothing else."""
    done = bot("invite", "123456789012345678", cwd=tmp_path)
    server = "client_id=123456789012345678&integration_type=0&scope=bot+applications.commands"
    assert f"{server}&permissions={PERMISSIONS}" in done.stdout
    assert "client_id=123456789012345678&integration_type=1&scope=applications.commands" in done.stdout
    assert PERMISSIONS == 117760 + (1 << 38)


def test_invite_knows_the_application_of_the_token(tmp_path: Path) -> None:
    """A token begins with its application's identifier, so that nobody has to look it up."""
    token = base64.b64encode(b"123456789012345678").decode().rstrip("=") + ".time.secret"
    done = bot("invite", cwd=tmp_path, DISCORD_TOKEN=token)
    assert "client_id=123456789012345678&" in done.stdout
    assert "secret" not in done.stdout


@pytest.mark.parametrize("token", [None, "no.token"])
def test_invite_needs_an_application(tmp_path: Path, token: str | None) -> None:
    """Without an identifier or a token that holds one, it says what is missing."""
    done = bot("invite", cwd=tmp_path, **({"DISCORD_TOKEN": token} if token else {}))
    assert done.returncode == 2
    assert "Name the application's identifier" in done.stderr


def test_cite_prints_what_a_curator_pastes(tmp_path: Path) -> None:
    """Words of a document give the evidence that the book itself has for them."""
    done = bot(
        "facts",
        "cite",
        "two are still at Auroch Works: bell founder Ada Quill",
        cwd=tmp_path,
        DOCUMENTS_DIR=str(HERD / "documents"),
    )
    assert done.returncode == 0
    assert done.stdout.strip() in (HERD / "herd.yaml").read_text("utf-8")


def test_cite_says_when_words_stand_nowhere(tmp_path: Path) -> None:
    """Words that no document has are no evidence."""
    done = bot("facts", "cite", "the moon is made of cheese", cwd=tmp_path, DOCUMENTS_DIR=str(HERD / "documents"))
    assert done.returncode == 1
    assert "stand in no document" in done.stderr


def test_cite_needs_documents(tmp_path: Path) -> None:
    """Without documents there is nothing to cite from."""
    done = bot("facts", "cite", "anything", cwd=tmp_path)
    assert done.returncode == 2
    assert "DOCUMENTS_DIR is not set" in done.stderr


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
