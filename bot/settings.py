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
    admin_ids: Annotated[frozenset[int], BeforeValidator(_identifiers)] = frozenset()
    admin_channel_id: Annotated[int, Field(ge=10**14, lt=10**20)] | None = None
    facts_watch: bool = False
    cooldown: Annotated[int, Field(ge=0, le=1000)] = 5
    wanted_days: Annotated[int, Field(ge=0, le=3650)] = 90
    metrics_port: Annotated[int, Field(ge=1, le=65535)] | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"


_HINTS: Final = {
    "command_prefix": "write one to five signs such as `!` or `?`, no letters, digits or spaces",
    "message_content": "write `true` or `false`",
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
    message = str(error["ctx"]["error"]) if error["type"] == "value_error" else f"`{error['input']}` cannot be used"
    hint = _HINTS.get(name)
    return f"{name.upper()}: {message}" + (f"; {hint}." if hint else ".")
