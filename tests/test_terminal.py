"""What a person is shown in the terminal."""

from __future__ import annotations

import io

import pytest

from bot.terminal import Style, say, visible


class Terminal(io.StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def shown(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, text: str = "two\n\nlines", **environment: str) -> str:
    """What a stream gets of a text in two styles."""
    for name in ("TERM", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdout", stream)
    say(text, Style.BOLD, Style.CYAN)
    return stream.getvalue()


@pytest.mark.parametrize("no_color", [{}, {"NO_COLOR": ""}])
def test_a_terminal_shows_styles(monkeypatch: pytest.MonkeyPatch, no_color: dict[str, str]) -> None:
    """Each line in its own, and nothing around an empty one."""
    bold = "\x1b[1;36mtwo\x1b[0m\n\n\x1b[1;36mlines\x1b[0m\n"
    assert shown(monkeypatch, Terminal(), TERM="xterm", **no_color) == bold


@pytest.mark.parametrize("asked", [{"TERM": "xterm", "NO_COLOR": "1"}, {"TERM": "dumb"}, {}])
def test_a_terminal_that_wants_no_styles(monkeypatch: pytest.MonkeyPatch, asked: dict[str, str]) -> None:
    """Such is one without a name, too."""
    assert shown(monkeypatch, Terminal(), **asked) == "two\n\nlines\n"


def test_a_file_gets_no_styles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does a pipe."""
    assert shown(monkeypatch, io.StringIO(), TERM="xterm") == "two\n\nlines\n"


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()])
def test_text_cannot_steer_a_terminal(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO) -> None:
    """Its control characters are seen, in a pipe too, which may lead to one."""
    assert r"\x1b[31mred\x07" in shown(monkeypatch, stream, "\x1b[31mred\x07", TERM="xterm")


def test_control_characters_are_written_out() -> None:
    """All but ends of lines and tabs, those of eight bits too, and what is no character; letters of any script stay."""
    for code in (*range(0x20), *range(0x7F, 0xA0), 0xD800, 0xDFFF):
        if chr(code) not in "\n\t":
            assert visible(f"a{chr(code)}b").isprintable()
    assert visible("\x9b5m\r\udcff") == r"\x9b5m\r\udcff"
    assert visible("Žofie\n\tŁuc “…” 名") == "Žofie\n\tŁuc “…” 名"
