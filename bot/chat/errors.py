"""The one place where errors become words.

In order:
1. A command without the name, number or file that it needs is answered by how it is written.
2. Too many commands in a row: how long to wait, once; then silence until the wait is over.
3. A keepers' command given by somebody else: one plain sentence.
4. What a keeper asked for cannot be done, and nothing was changed: why, and of facts, where each error is.
5. Discord refuses what the bot does (a permission is missing, the channel is gone) or cannot be reached: logged in one line.
6. Anything else is a fault of the bot: logged with its traceback under a short number, which the member is told.
"""

from __future__ import annotations

import logging
import math
import secrets
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.reports import refused
from bot.chat.sending import UnsentError
from bot.chat.text import Reply
from bot.english import plural
from bot.facts.reading import BookError
from bot.keeping.revisions import NoRevisionError, OutdatedError
from bot.keeping.store import StoreError
from bot.keeping.suggestions import SuggestionError

if TYPE_CHECKING:
    from bot.chat.context import Context

log = logging.getLogger(__name__)

NOT_A_KEEPER = "Only the keepers of this book can do that; they are named by whoever runs the bot."


class RefusedError(Exception):
    """What a click asks for cannot be done; the message is a sentence for who clicked."""


class NotAKeeperError(commands.CheckFailure):
    """Somebody who may not change the book tried to."""


async def explain(ctx: Context, error: Exception) -> None:
    """Say what went wrong, to whom it concerns. Never raises."""
    try:
        await _explain(ctx, _root(error))
    except commands.CommandOnCooldown as another:
        await explain(ctx, another)
    except (discord.HTTPException, UnsentError) as another:
        unsent(another)


async def _explain(ctx: Context, error: Exception) -> None:
    match error:
        case commands.MissingRequiredArgument() if ctx.command and ctx.command.name in ctx.bot.reader.commands:
            await ctx.ask()
        case commands.MissingRequiredArgument() | commands.MissingRequiredAttachment() | commands.BadArgument() if (
            ctx.command
        ):
            usage = f"{ctx.bot.settings.command_prefix}{ctx.command.qualified_name} {ctx.command.signature}"
            await _refuse(ctx, f"Write it as `{usage}`.")
        case commands.CommandOnCooldown():
            if ctx.interaction or ctx.bot.may_warn(ctx.message):
                await _refuse(ctx, _words(error))
        case NotAKeeperError():
            await _refuse(ctx, NOT_A_KEEPER)
        case BookError():
            await ctx.say(refused(error, ctx.bot.reader.book), private=True)
        case discord.HTTPException() | UnsentError():
            unsent(error)
        case _:
            await _refuse(ctx, _words(error))


async def explain_click(interaction: discord.Interaction[Any], error: Exception) -> None:
    """Say privately what went wrong with a button or a slash command. Never raises."""
    if isinstance(error, discord.HTTPException | UnsentError):
        unsent(error)
        return
    text = NOT_A_KEEPER if isinstance(error, NotAKeeperError) else _words(error)
    try:
        if interaction.response.is_done():
            await interaction.followup.send(text, ephemeral=True)
        else:
            await interaction.response.send_message(text, ephemeral=True)
    except (discord.HTTPException, UnsentError) as another:
        unsent(another)


class Tree(app_commands.CommandTree[Any]):
    """Slash commands whose errors do not come by way of a hybrid command: those that Discord knows and the bot does not."""

    async def on_error(self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /) -> None:
        """Say so privately; autocompletion cannot be answered in words."""
        if interaction.type is discord.InteractionType.autocomplete:
            fault(_root(error))
        elif isinstance(error, app_commands.CommandNotFound):
            text = "This command is not here any more; Discord will forget it within the hour."
            await interaction.response.send_message(text, ephemeral=True)
        else:
            await explain_click(interaction, _root(error))


def _root(error: Exception) -> Exception:
    wrappers = commands.HybridCommandError | commands.CommandInvokeError | app_commands.CommandInvokeError
    while isinstance(error, wrappers):
        error = error.original
    return error


def unsent(error: Exception) -> None:
    """Log that somebody goes without an answer, which cannot be said to them either."""
    what = "Discord refused an answer" if isinstance(error, discord.HTTPException) else "an answer was given up"
    log.warning("%s: %s", what, reason(error))


def reason(error: Exception) -> str:
    """What the log is told of a request that failed; what Discord says of one that it refuses may quote a member."""
    return f"status {error.status}, code {error.code}" if isinstance(error, discord.HTTPException) else str(error)


def fault(error: Exception) -> str:
    """Log a fault of the bot under a short number; the sentence that tells a member the number."""
    number = secrets.token_hex(3)
    log.error("fault %s", number, exc_info=error)
    return f"Something went wrong on my side; it is in the log as {number}."


def _words(error: Exception) -> str:
    """What is said of an error that no member can help."""
    match error:
        case StoreError():
            log.warning("the store cannot be used: %s", error.reason)
            return str(error)
        case OutdatedError() | NoRevisionError() | SuggestionError() | RefusedError():
            return str(error)
        case commands.CommandOnCooldown(retry_after=wait):
            return f"That was quick! Ask again in {plural(math.ceil(wait), 'second')}."
        case _:
            return fault(error)


async def _refuse(ctx: Context, text: str) -> None:
    await ctx.say(Reply("refused", text), private=True)
