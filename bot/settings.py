"""The environment, read once into one frozen object."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, get_type_hints

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable

SHIPPED_FACTS: Final = next(
    (
        folder
        for folder in (Path(__file__).with_name("shipped"), Path(__file__).parents[1] / "facts")
        if folder.is_dir()
    ),
    Path("facts"),
)
"""The book that comes with the bot: beside the package in a checkout, inside it when installed."""


LONGEST_PREFIX: Final = 5
_TRUE: Final = {"true", "t", "yes", "y", "on", "1"}
_FALSE: Final = {"false", "f", "no", "n", "off", "0"}
_SIGNS: Final = {"Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So"}
"""The categories of Unicode that a prefix may have: punctuation and symbols, but nothing that joins words."""


class SettingsError(Exception):
    """A setting that cannot be used; the message says which, why, and what to write."""


class Secret:
    """A text that neither a repr nor a log shows; only `reveal` gives it."""

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text, for whoever it is meant for."""
        return self._text

    def __repr__(self) -> str:
        return "Secret('…')"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)


# How a setting's text is read: each gives the value, or raises ValueError with what is wrong and what to write.


def _unusable(text: str, hint: str) -> ValueError:
    return ValueError(f"`{text}` cannot be used; {hint}")


def _whole(lowest: int, highest: int, hint: str) -> Callable[[str], int]:
    def read(text: str) -> int:
        digits = re.fullmatch(r"\d{1,20}", text.strip(), re.ASCII)
        if not digits or not lowest <= int(digits[0]) <= highest:
            raise _unusable(text, hint)
        return int(digits[0])

    return read


def _truth(text: str) -> bool:
    word = text.strip().lower()
    if word not in _TRUE | _FALSE:
        raise _unusable(text, "write `true` or `false`")
    return word in _TRUE


def _prefix(text: str) -> str:
    kinds = {unicodedata.category(sign) for sign in text}
    if not 1 <= len(text) <= LONGEST_PREFIX or not kinds <= _SIGNS or set(text) & set("/@#<`"):
        raise _unusable(text, "write one to five signs such as `!` or `?`, no letters, digits or spaces")
    return text


def _level(text: str) -> str:
    if text not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise _unusable(text, "write DEBUG, INFO, WARNING or ERROR")
    return text


def _token(text: str) -> Secret:
    token = text.strip()
    if not re.fullmatch(r"[!-~]+", token):
        raise ValueError(
            "this is no token; copy it anew from the Bot page of your application in Discord's developer portal"
        )
    return Secret(token)


def _postgresql(text: str) -> Secret:
    if not re.fullmatch(r"postgres(ql)?://([^/@]*@)?([^/@:]*|\[[^\]/]*\])(:\d+)?/[^/?]+(\?.*)?", text):
        raise ValueError(
            "this is no address of a PostgreSQL database; write postgresql://user:password@host/database, "
            "or leave it out for SQLite in STATE_DIR"
        )
    return Secret(text)


def _identifiers(text: str) -> frozenset[int]:
    parts = re.split(r"[\s,]+", text.strip()) if text.strip() else []
    if wrong := [part for part in parts if not re.fullmatch(r"\d{15,20}", part, re.ASCII)]:
        raise ValueError(
            f"`{wrong[0]}` is no Discord identifier; write the numbers that “Copy ID” gives, with commas between"
        )
    return frozenset(map(int, parts))


def _shards(text: str) -> tuple[int, ...]:
    found: set[int] = set()
    for part in re.split(r"[\s,]+", text.strip()):
        span = re.fullmatch(r"(\d{1,5})(?:-(\d{1,5}))?", part, re.ASCII)
        if not span or not (numbers := range(int(span[1]), int(span[2] or span[1]) + 1)):
            raise ValueError(f"`{part}` is no shard; write numbers from 0 on, such as `0`, `0,1` or `0-3`")
        found.update(numbers)
    return tuple(sorted(found))


_CHANNEL: Final = _whole(10**14, 10**20 - 1, "write the number that “Copy ID” gives for a channel")
_SHARD_COUNT: Final = _whole(1, 16384, "write a whole number from 1 to 16384, or leave it out")
_COOLDOWN: Final = _whole(0, 1000, "write a whole number from 0 (no limit) to 1000")
_DAYS: Final = _whole(0, 3650, "write a whole number of days from 0 (nothing is kept) to 3650")
_PORT: Final = _whole(1, 65535, "write the number of a free port, from 1 to 65535, or leave it out")


class Settings(Struct, frozen=True, kw_only=True):
    """What an operator can set, in the environment or in `.env`. `.env.example` says what each is for."""

    discord_token: Annotated[Secret | None, _token] = None
    command_prefix: Annotated[str, _prefix] = "!"
    message_content: Annotated[bool, _truth] = True
    facts_dir: Annotated[Path, Path] = SHIPPED_FACTS
    documents_dir: Annotated[Path | None, Path] = None
    state_dir: Annotated[Path, Path] = Path("state")
    database_url: Annotated[Secret | None, _postgresql] = None
    shard_ids: Annotated[tuple[int, ...], _shards] = ()
    shard_count: Annotated[int | None, _SHARD_COUNT] = None
    admin_ids: Annotated[frozenset[int], _identifiers] = frozenset()
    admin_channel_id: Annotated[int | None, _CHANNEL] = None
    facts_watch: Annotated[bool, _truth] = False
    cooldown: Annotated[int, _COOLDOWN] = 5
    wanted_days: Annotated[int, _DAYS] = 90
    metrics_port: Annotated[int | None, _PORT] = None
    log_level: Annotated[str, _level] = "INFO"

    @property
    def share(self) -> float:
        """The part of the bot that runs in this process, above 0 and up to 1."""
        return len(self.shard_ids) / self.shard_count if self.shard_count else 1.0

    @property
    def is_first(self) -> bool:
        """Whether this process does what only one of a bot's processes must do."""
        return not self.shard_ids or 0 in self.shard_ids


_READERS: Final[dict[str, Callable[[str], Any]]] = {
    name: hint.__metadata__[0] for name, hint in get_type_hints(Settings, include_extras=True).items()
}
_SHARDING: Final = {"shard_ids", "shard_count", "database_url"}


def _written() -> dict[str, str | None]:
    """What `.env` says, where there is one."""
    if not Path(".env").exists():
        return {}
    from dotenv import dotenv_values  # noqa: PLC0415 - a bot in a container has none, and need not wait for it

    try:
        return dotenv_values(".env")
    except UnicodeDecodeError:
        raise SettingsError("`.env` is not UTF-8 text; save it as UTF-8.") from None


def load_settings(**given: Any) -> Settings:
    """Read the settings. Raises SettingsError with a sentence for each value that cannot be used."""
    found = {name.lower(): value for name, value in (*_written().items(), *os.environ.items()) if value} | given
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for name in _READERS.keys() & found.keys():
        try:
            values[name] = _READERS[name](found[name]) if isinstance(found[name], str) else found[name]
        except ValueError as error:
            wrong[name] = str(error)
    settings = Settings(**values)
    if not wrong.keys() & _SHARDING and (why := _undivided(settings)):
        wrong["shard_count"] = why
    if wrong:
        raise SettingsError("\n".join(f"{name.upper()}: {wrong[name]}." for name in _READERS if name in wrong))
    return settings


def _undivided(settings: Settings) -> str | None:
    """Why the shards that run here cannot be some of so many, with what they have in common with the others."""
    ids, count = settings.shard_ids, settings.shard_count
    if bool(ids) != bool(count):
        return "SHARD_IDS says which shards run in this process, and SHARD_COUNT of how many; set both or none"
    if count and ids[-1] >= count:
        return f"SHARD_IDS names shard {ids[-1]}, and {count} shards have the numbers from 0 to {count - 1}"
    if count and len(ids) < count and not settings.database_url:
        return "the other shards run in other processes, with one store for all; set DATABASE_URL"
    return None
