from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import asdict

from bot.settings import SHIPPED_FACTS, Secret, Settings, SettingsError, load_settings

ROOT = Path(__file__).parents[1]
PREFIX = "write one to five signs such as `!` or `?`, no letters, digits or spaces"
LEVELS = "write DEBUG, INFO, WARNING or ERROR"
COOLDOWN = "write a whole number from 0 (no limit) to 1000"
CHANNEL = "write the number that “Copy ID” gives for a channel"
DAYS = "write a whole number of days from 0 (nothing is kept) to 3650"
PORT = "write the number of a free port, from 1 to 65535, or leave it out"
NO_DATABASE = (
    "DATABASE_URL: this is no address of a PostgreSQL database; write postgresql://user:password@host/database, "
    "or leave it out for SQLite in STATE_DIR."
)
MISPASTED = (
    "DISCORD_TOKEN: this is no token; copy it anew from the Bot page of your application in Discord's developer portal."
)
BOTH = "SHARD_IDS says which shards run in this process, and SHARD_COUNT of how many; set both or none"
SHARDS = "write a whole number from 1 to 16384, or leave it out"
NO_SHARD = "is no shard; write numbers from 0 on, such as `0`, `0,1` or `0-3`"
NO_ID = "is no Discord identifier; write the numbers that “Copy ID” gives, with commas between"


@pytest.fixture(autouse=True)
def _nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting comes from the machine that the tests run on."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.lower() in Settings.__struct_fields__]:
        monkeypatch.delenv(name)


def test_defaults() -> None:
    """Nothing need be set: without a token, with the shipped facts, `!` and five commands in ten seconds."""
    found = load_settings()
    assert asdict(found) == {
        "discord_token": None,
        "command_prefix": "!",
        "message_content": True,
        "facts_dir": SHIPPED_FACTS,
        "documents_dir": None,
        "state_dir": Path("state"),
        "database_url": None,
        "shard_ids": (),
        "shard_count": None,
        "admin_ids": frozenset(),
        "admin_channel_id": None,
        "facts_watch": False,
        "cooldown": 5,
        "wanted_days": 90,
        "metrics_port": None,
        "log_level": "INFO",
    }


def test_shipped_facts() -> None:
    """The shipped facts are those of the checkout, wherever the bot is started."""
    assert SHIPPED_FACTS == ROOT / "facts"
    assert list(SHIPPED_FACTS.glob("*.yaml"))


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("COMMAND_PREFIX", "?", "?"),
        ("COMMAND_PREFIX", "!!", "!!"),
        ("COMMAND_PREFIX", "$%&.+", "$%&.+"),
        ("command_prefix", "?", "?"),
        ("MESSAGE_CONTENT", "false", False),
        ("MESSAGE_CONTENT", "0", False),
        ("MESSAGE_CONTENT", "OFF", False),
        ("MESSAGE_CONTENT", "yes", True),
        ("MESSAGE_CONTENT", "True", True),
        ("FACTS_DIR", "elsewhere/facts", Path("elsewhere/facts")),
        ("FACTS_DIR", "", SHIPPED_FACTS),
        ("DOCUMENTS_DIR", "/srv/documents", Path("/srv/documents")),
        ("DOCUMENTS_DIR", "", None),
        ("STATE_DIR", "/var/lib/bot", Path("/var/lib/bot")),
        ("ADMIN_IDS", "123456789012345678", {123456789012345678}),
        ("ADMIN_IDS", " 123456789012345, 12345678901234567890 ", {123456789012345, 12345678901234567890}),
        ("ADMIN_IDS", "123456789012345 123456789012346", {123456789012345, 123456789012346}),
        ("ADMIN_IDS", "  ", set()),
        ("ADMIN_IDS", "", set()),
        ("COOLDOWN", "0", 0),
        ("COOLDOWN", "1000", 1000),
        ("COOLDOWN", "", 5),
        ("WANTED_DAYS", "0", 0),
        ("ADMIN_CHANNEL_ID", "123456789012345678", 123456789012345678),
        ("ADMIN_CHANNEL_ID", "", None),
        ("FACTS_WATCH", "true", True),
        ("METRICS_PORT", "9464", 9464),
        ("METRICS_PORT", "", None),
        ("LOG_LEVEL", "DEBUG", "DEBUG"),
        ("DISCORD_TOKEN", "", None),
        ("DISCORD_TOKEN", "a.b.c", Secret("a.b.c")),
        ("DATABASE_URL", "", None),
        ("DATABASE_URL", "postgres://host/herdbook", Secret("postgres://host/herdbook")),
        (
            "DATABASE_URL",
            "postgresql://a:b%2F@[::1]:5432/c?sslmode=require",
            Secret("postgresql://a:b%2F@[::1]:5432/c?sslmode=require"),
        ),
        ("DATABASE_URL", "postgresql:///c?host=/run/pg", Secret("postgresql:///c?host=/run/pg")),
        ("SHARD_IDS", "", ()),
        ("SHARD_COUNT", "", None),
    ],
)
def test_environment(monkeypatch: pytest.MonkeyPatch, name: str, text: str, value: object) -> None:
    """A setting is read from the environment; an empty one is as good as none."""
    monkeypatch.setenv(name, text)
    assert getattr(load_settings(), name.lower()) == value


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("COMMAND_PREFIX", "a", f"COMMAND_PREFIX: `a` cannot be used; {PREFIX}."),
        ("COMMAND_PREFIX", "!a", f"COMMAND_PREFIX: `!a` cannot be used; {PREFIX}."),
        ("COMMAND_PREFIX", "! ", f"COMMAND_PREFIX: `! ` cannot be used; {PREFIX}."),
        ("COMMAND_PREFIX", "!\n", f"COMMAND_PREFIX: `!\n` cannot be used; {PREFIX}."),
        ("COMMAND_PREFIX", "\x1f", f"COMMAND_PREFIX: `\x1f` cannot be used; {PREFIX}."),
        ("COMMAND_PREFIX", "_", f"COMMAND_PREFIX: `_` cannot be used; {PREFIX}."),
        ("COMMAND_PREFIX", "\u200b", f"COMMAND_PREFIX: `\u200b` cannot be used; {PREFIX}."),
        ("COMMAND_PREFIX", "/", f"COMMAND_PREFIX: `/` cannot be used; {PREFIX}."),
        ("COMMAND_PREFIX", "@", f"COMMAND_PREFIX: `@` cannot be used; {PREFIX}."),
        ("COMMAND_PREFIX", "!!!!!!", f"COMMAND_PREFIX: `!!!!!!` cannot be used; {PREFIX}."),
        ("MESSAGE_CONTENT", "maybe", "MESSAGE_CONTENT: `maybe` cannot be used; write `true` or `false`."),
        ("COOLDOWN", "-1", f"COOLDOWN: `-1` cannot be used; {COOLDOWN}."),
        ("COOLDOWN", "1001", f"COOLDOWN: `1001` cannot be used; {COOLDOWN}."),
        ("COOLDOWN", "1.5", f"COOLDOWN: `1.5` cannot be used; {COOLDOWN}."),
        ("COOLDOWN", "٥", f"COOLDOWN: `٥` cannot be used; {COOLDOWN}."),
        ("COOLDOWN", "five", f"COOLDOWN: `five` cannot be used; {COOLDOWN}."),
        ("ADMIN_CHANNEL_ID", "#keepers", f"ADMIN_CHANNEL_ID: `#keepers` cannot be used; {CHANNEL}."),
        ("ADMIN_CHANNEL_ID", "12345", f"ADMIN_CHANNEL_ID: `12345` cannot be used; {CHANNEL}."),
        ("FACTS_WATCH", "often", "FACTS_WATCH: `often` cannot be used; write `true` or `false`."),
        ("WANTED_DAYS", "-1", f"WANTED_DAYS: `-1` cannot be used; {DAYS}."),
        ("WANTED_DAYS", "ever", f"WANTED_DAYS: `ever` cannot be used; {DAYS}."),
        ("METRICS_PORT", "0", f"METRICS_PORT: `0` cannot be used; {PORT}."),
        ("METRICS_PORT", "0.0.0.0:80", f"METRICS_PORT: `0.0.0.0:80` cannot be used; {PORT}."),
        ("LOG_LEVEL", "debug", f"LOG_LEVEL: `debug` cannot be used; {LEVELS}."),
        ("LOG_LEVEL", "LOUD", f"LOG_LEVEL: `LOUD` cannot be used; {LEVELS}."),
        ("DATABASE_URL", "mysql://secret@host/herdbook", NO_DATABASE),
        ("DATABASE_URL", "postgresql://secret@host", NO_DATABASE),
        ("DATABASE_URL", "postgresql://secret@host:port/herdbook", NO_DATABASE),
        ("DISCORD_TOKEN", "sesame zanzibar", MISPASTED),
        ("DISCORD_TOKEN", "sesame\nzanzibar", MISPASTED),
        ("DISCORD_TOKEN", "töken", MISPASTED),
        ("ADMIN_IDS", "12345678901234", f"ADMIN_IDS: `12345678901234` {NO_ID}."),
        ("ADMIN_IDS", "123456789012345678901", f"ADMIN_IDS: `123456789012345678901` {NO_ID}."),
        ("ADMIN_IDS", "123456789012345, ada", f"ADMIN_IDS: `ada` {NO_ID}."),
        ("ADMIN_IDS", "<@123456789012345>", f"ADMIN_IDS: `<@123456789012345>` {NO_ID}."),
        ("ADMIN_IDS", "[123456789012345]", f"ADMIN_IDS: `[123456789012345]` {NO_ID}."),
        ("ADMIN_IDS", "١٢٣٤٥٦٧٨٩٠١٢٣٤٥", f"ADMIN_IDS: `١٢٣٤٥٦٧٨٩٠١٢٣٤٥` {NO_ID}."),
    ],
)
def test_refused(monkeypatch: pytest.MonkeyPatch, name: str, text: str, message: str) -> None:
    """A value that cannot be used is refused, with its name, what it is, and what to write."""
    monkeypatch.setenv(name, text)
    with pytest.raises(SettingsError, match=f"^{re.escape(message)}$"):
        load_settings()


@pytest.mark.parametrize(
    ("ids", "count", "found"),
    [("0", "1", (0,)), ("1,0", "2", (0, 1)), ("0-3", "4", (0, 1, 2, 3)), ("0, 2-3 1", "4", (0, 1, 2, 3))],
)
def test_shards(monkeypatch: pytest.MonkeyPatch, ids: str, count: str, found: tuple[int, ...]) -> None:
    """Shards are numbers and spans of numbers; a process that runs all of them needs no database."""
    monkeypatch.setenv("SHARD_IDS", ids)
    monkeypatch.setenv("SHARD_COUNT", count)
    settings = load_settings()
    assert (settings.shard_ids, settings.shard_count, settings.share) == (found, int(count), 1)


@pytest.mark.parametrize(("ids", "share", "is_first"), [("0", 0.25, True), ("2", 0.25, False), ("2-3", 0.5, False)])
def test_a_share(monkeypatch: pytest.MonkeyPatch, ids: str, share: float, *, is_first: bool) -> None:
    """A process that runs some shards has that part of the bot, and the one with shard 0 is the first."""
    monkeypatch.setenv("SHARD_IDS", ids)
    monkeypatch.setenv("SHARD_COUNT", "4")
    monkeypatch.setenv("DATABASE_URL", "postgresql://host/herdbook")
    assert (load_settings().share, load_settings().is_first) == (share, is_first)


@pytest.mark.parametrize(
    ("ids", "count", "message"),
    [
        ("0", "", f"SHARD_COUNT: {BOTH}."),
        ("", "3", f"SHARD_COUNT: {BOTH}."),
        ("3", "3", "SHARD_COUNT: SHARD_IDS names shard 3, and 3 shards have the numbers from 0 to 2."),
        ("0", "3", "SHARD_COUNT: the other shards run in other processes, with one store for all; set DATABASE_URL."),
        ("0", "0", f"SHARD_COUNT: `0` cannot be used; {SHARDS}."),
        ("0", "16385", f"SHARD_COUNT: `16385` cannot be used; {SHARDS}."),
        ("0", "three", f"SHARD_COUNT: `three` cannot be used; {SHARDS}."),
        ("-1", "3", f"SHARD_IDS: `-1` {NO_SHARD}."),
        ("2-1", "3", f"SHARD_IDS: `2-1` {NO_SHARD}."),
        ("0,", "3", f"SHARD_IDS: `` {NO_SHARD}."),
        ("all", "3", f"SHARD_IDS: `all` {NO_SHARD}."),
        ("٠", "3", f"SHARD_IDS: `٠` {NO_SHARD}."),
    ],
)
def test_shards_that_cannot_be(monkeypatch: pytest.MonkeyPatch, ids: str, count: str, message: str) -> None:
    """Which shards, and of how many, belong together, and a process that runs but some of them shares its store."""
    monkeypatch.setenv("SHARD_IDS", ids)
    monkeypatch.setenv("SHARD_COUNT", count)
    with pytest.raises(SettingsError, match=f"^{re.escape(message)}$"):
        load_settings()


def test_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every wrong value is told of in one go, one a line."""
    monkeypatch.setenv("COOLDOWN", "five")
    monkeypatch.setenv("LOG_LEVEL", "LOUD")
    monkeypatch.setenv("COMMAND_PREFIX", "a")
    monkeypatch.setenv("SHARD_COUNT", "2")
    with pytest.raises(SettingsError) as error:
        load_settings()
    told = [line.partition(":")[0] for line in str(error.value).splitlines()]
    assert told == ["COMMAND_PREFIX", "SHARD_COUNT", "COOLDOWN", "LOG_LEVEL"]


def test_token_is_kept_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """A token or a database's password shows neither in the settings nor in what is said of other settings."""
    monkeypatch.setenv("DISCORD_TOKEN", "a-secret")
    monkeypatch.setenv("DATABASE_URL", "postgresql://herdbook:a-secret@host/herdbook")
    assert "a-secret" not in f"{load_settings()!r} {load_settings()} {asdict(load_settings())}"
    monkeypatch.setenv("COOLDOWN", "five")
    with pytest.raises(SettingsError) as error:
        load_settings()
    assert "a-secret" not in str(error.value)
    assert error.value.__cause__ is None
    assert error.value.__context__ is None


def test_dotenv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`.env` of the working directory is read; the environment wins; what is no setting is passed over."""
    (tmp_path / ".env").write_text("COMMAND_PREFIX='?'\nCOOLDOWN=7\nSOMETHING_ELSE=1\nADMIN_IDS=\n# é\n", "utf-8")
    monkeypatch.setenv("COOLDOWN", "8")
    found = load_settings()
    assert (found.command_prefix, found.cooldown, found.admin_ids) == ("?", 8, frozenset())


def test_dotenv_of_another_encoding(tmp_path: Path) -> None:
    """A `.env` that is not UTF-8 is refused with a sentence."""
    (tmp_path / ".env").write_bytes(b"STATE_DIR=caf\xe9\n")
    with pytest.raises(SettingsError, match=r"^`\.env` is not UTF-8 text; save it as UTF-8\.$"):
        load_settings()


def test_given_values_win(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the command line gives goes before the environment."""
    monkeypatch.setenv("COOLDOWN", "8")
    assert load_settings(cooldown=9).cooldown == 9


def test_frozen() -> None:
    """Settings are read once and never changed."""
    with pytest.raises(AttributeError, match="immutable"):
        load_settings().cooldown = 6  # type: ignore[misc]


def test_example(tmp_path: Path) -> None:
    """The example file has every setting, each with its default, and can be used as it is."""
    example = (ROOT / ".env.example").read_text("utf-8")
    assert re.findall(r"^([A-Z_]+)=", example, re.MULTILINE) == [name.upper() for name in Settings.__struct_fields__]
    (tmp_path / ".env").write_text(example, "utf-8")
    assert load_settings() == Settings()


@settings(deadline=None)
@given(st.sets(st.integers(10**14, 10**20 - 1)), st.sampled_from([",", ", ", " ", "\n", " ,, "]))
def test_any_identifiers(ids: set[int], between: str) -> None:
    """Any identifiers of Discord's length are read, whatever stands between them."""
    assert load_settings(admin_ids=between.join(map(str, ids))).admin_ids == ids


@settings(deadline=None)
@given(st.text())
def test_any_prefix(text: str) -> None:
    """Any text is a prefix of one to five signs that no word begins with, or is refused with a SettingsError."""
    try:
        prefix = load_settings(command_prefix=text).command_prefix
    except SettingsError:
        return
    assert prefix == text
    assert 1 <= len(prefix) <= 5
    assert not any(sign.isalpha() or sign.isdecimal() or sign.isspace() for sign in prefix)
    assert not {unicodedata.category(sign) for sign in prefix} & {"Cc", "Cf"}
