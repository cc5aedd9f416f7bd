"""The environment, read once into one frozen object."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from dotenv import dotenv_values
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    ValidationError,
    ValidationInfo,
)

SHIPPED_FACTS: Final = next(
    (
        folder
        for folder in (Path(__file__).with_name("shipped"), Path(__file__).parents[1] / "facts")
        if folder.is_dir()
    ),
    Path("facts"),
)
"""The book that comes with the bot: beside the package in a checkout, inside it when installed."""


class SettingsError(Exception):
    """A setting that cannot be used; the message says which, why, and what to write."""


def _identifiers(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    parts = re.split(r"[\s,]+", value.strip()) if value.strip() else []
    if wrong := [part for part in parts if not re.fullmatch(r"\d{15,20}", part, re.ASCII)]:
        raise ValueError(
            f"`{wrong[0]}` is no Discord identifier; write the numbers that “Copy ID” gives, with commas between"
        )
    return frozenset(map(int, parts))


def _token(token: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[!-~]+", token.get_secret_value().strip()):
        raise ValueError(
            "this is no token; copy it anew from the Bot page of your application in Discord's developer portal"
        )
    return token


def _postgresql(address: SecretStr) -> SecretStr:
    if not re.fullmatch(
        r"postgres(ql)?://([^/@]*@)?([^/@:]*|\[[^\]/]*\])(:\d+)?/[^/?]+(\?.*)?", address.get_secret_value()
    ):
        raise ValueError(
            "this is no address of a PostgreSQL database; write postgresql://user:password@host/database, "
            "or leave it out for SQLite in STATE_DIR"
        )
    return address


def _shards(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    found: set[int] = set()
    for part in re.split(r"[\s,]+", value.strip()):
        span = re.fullmatch(r"(\d{1,5})(?:-(\d{1,5}))?", part, re.ASCII)
        if not span or not (numbers := range(int(span[1]), int(span[2] or span[1]) + 1)):
            raise ValueError(f"`{part}` is no shard; write numbers from 0 on, such as `0`, `0,1` or `0-3`")
        found.update(numbers)
    return tuple(sorted(found))


def _divided(count: int | None, info: ValidationInfo) -> int | None:
    """Hold the count of shards against which of them run here, and what these have in common with the others."""
    if not {"shard_ids", "database_url"} <= info.data.keys():
        return count  # there is something to mend there first
    ids = info.data["shard_ids"]
    if bool(ids) != bool(count):
        raise ValueError(
            "SHARD_IDS says which shards run in this process, and SHARD_COUNT of how many; set both or none"
        )
    if count and ids[-1] >= count:
        raise ValueError(f"SHARD_IDS names shard {ids[-1]}, and {count} shards have the numbers from 0 to {count - 1}")
    if count and len(ids) < count and not info.data["database_url"]:
        raise ValueError("the other shards run in other processes, with one store for all; set DATABASE_URL")
    return count


class Settings(BaseModel):
    """What an operator can set, in the environment or in `.env`. `.env.example` says what each is for."""

    model_config = ConfigDict(frozen=True)

    discord_token: Annotated[SecretStr, AfterValidator(_token)] | None = None
    command_prefix: Annotated[str, StringConstraints(pattern=r"^[^\s\w\p{Cc}\p{Cf}/@#<`]{1,5}$")] = "!"
    message_content: bool = True
    facts_dir: Path = SHIPPED_FACTS
    documents_dir: Path | None = None
    state_dir: Path = Path("state")
    database_url: Annotated[SecretStr, AfterValidator(_postgresql)] | None = None
    shard_ids: Annotated[tuple[int, ...], BeforeValidator(_shards)] = ()
    shard_count: Annotated[int | None, Field(ge=1, le=16384, validate_default=True), AfterValidator(_divided)] = None
    admin_ids: Annotated[frozenset[int], BeforeValidator(_identifiers)] = frozenset()
    admin_channel_id: Annotated[int, Field(ge=10**14, lt=10**20)] | None = None
    facts_watch: bool = False
    cooldown: Annotated[int, Field(ge=0, le=1000)] = 5
    wanted_days: Annotated[int, Field(ge=0, le=3650)] = 90
    metrics_port: Annotated[int, Field(ge=1, le=65535)] | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @property
    def share(self) -> float:
        """The part of the bot that runs in this process, above 0 and up to 1."""
        return len(self.shard_ids) / self.shard_count if self.shard_count else 1.0

    @property
    def is_first(self) -> bool:
        """Whether this process does what only one of a bot's processes must do."""
        return not self.shard_ids or 0 in self.shard_ids


_HINTS: Final = {
    "command_prefix": "write one to five signs such as `!` or `?`, no letters, digits or spaces",
    "message_content": "write `true` or `false`",
    "shard_count": "write a whole number from 1 to 16384, or leave it out",
    "admin_channel_id": "write the number that “Copy ID” gives for a channel",
    "facts_watch": "write `true` or `false`",
    "cooldown": "write a whole number from 0 (no limit) to 1000",
    "wanted_days": "write a whole number of days from 0 (nothing is kept) to 3650",
    "metrics_port": "write the number of a free port, from 1 to 65535, or leave it out",
    "log_level": "write DEBUG, INFO, WARNING or ERROR",
}


def load_settings(**given: Any) -> Settings:
    """Read the settings. Raises SettingsError with a sentence for each value that cannot be used."""
    try:
        written = dotenv_values(".env")
    except UnicodeDecodeError:
        raise SettingsError("`.env` is not UTF-8 text; save it as UTF-8.") from None
    found = {name.lower(): value for name, value in (*written.items(), *os.environ.items()) if value}
    try:
        return Settings(**(found | given))
    except ValidationError as error:
        raise SettingsError("\n".join(map(_explain, error.errors(include_url=False)))) from None


def _explain(error: Any) -> str:
    name = str(error["loc"][0])
    if error["type"] == "value_error":
        return f"{name.upper()}: {error['ctx']['error']}."
    hint = _HINTS.get(name)
    return f"{name.upper()}: `{error['input']}` cannot be used" + (f"; {hint}." if hint else ".")
