"""The commands that ask the book. Each only says which words it takes; `bot.questions` reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from discord import app_commands
from discord.ext import commands

from bot.questions.commands import ORGANISATIONS, PEOPLE, SOURCES, TOPICS

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    import discord

    from bot.chat.client import Herdbook
    from bot.chat.context import Context
    from bot.names.index import Kind
    from bot.questions.reader import Reader

LONGEST_DESCRIPTION: Final = 100

_OPTIONS: Final[dict[str, tuple[str, tuple[Kind, ...]]]] = {
    "question": ("Who, where, when, how long, how many …", ()),
    "person": ("A name as you remember it", PEOPLE),
    "organisation": ("An organisation as you remember it", ORGANISATIONS),
    "to": ("Where they went", ORGANISATIONS),
    "topic": ("A model, organisation, programme or person", TOPICS),
    "subject": ("A person, organisation or topic", TOPICS),
    "source": ("One source; leave it out for all", SOURCES),
    "when": ("A year or month: 2023, June 2023", ()),
    "on": ("A year, month or day: 2023, June 2023, 2023-06-12", ()),
    "command": ("A command's name", ()),
    "private": ("Only you see the answer, and it is remembered nowhere", ()),
}
"""What each option of a slash command says of itself, and the kinds of name that it completes."""


def hybrid(callback: Callable[..., Coroutine[Any, Any, None]]) -> commands.HybridCommand[Any, ..., None]:
    """A prefix and a slash command in one, to be named and described by the book.

    A function of its own, since mypy cannot solve discord.py's ParamSpec where it is used as a decorator.
    """
    return commands.hybrid_command()(callback)


class _Words(commands.Converter[str]):
    """Words as they are typed. Of `str` discord.py would find out at each command that it converts nothing."""

    async def convert(self, _ctx: commands.Context[Any], argument: str) -> str:
        """Give them back."""
        return argument


class Asking(commands.Cog):
    """Prefix and slash commands, one definition each, in the words of one book.

    Options behind the first are for slash commands: behind the prefix, the first takes all the words.
    """

    def __init__(self, reader: Reader) -> None:
        spoken = {command.name: name for name, command in reader.commands.items()}
        for command in self.get_commands():
            del command.params["private"]  # behind the prefix, "private" is a word like any other
            command.params = {name: option.replace(annotation=_Words) for name, option in command.params.items()}
            command.name = spoken[command.name]
            command.description = _within(reader.fill(reader.commands[command.name].summary))
            if isinstance(command, commands.HybridCommand) and command.app_command:
                _present(command.app_command, command.name, command.description)

    @hybrid
    async def ask(self, ctx: Context, *, question: str, private: bool = False) -> None:
        """Anything, in plain words."""
        await ctx.ask(question, private=private)

    @hybrid
    async def where(self, ctx: Context, *, person: str, private: bool = False) -> None:
        """Where somebody is now."""
        await ctx.ask(person, private=private)

    @hybrid
    async def who(self, ctx: Context, *, person: str, private: bool = False) -> None:
        """Everything about somebody."""
        await ctx.ask(person, private=private)

    @hybrid
    async def when(self, ctx: Context, *, person: str, private: bool = False) -> None:
        """When somebody left."""
        await ctx.ask(person, private=private)

    @hybrid
    async def tenure(self, ctx: Context, *, person: str = "", private: bool = False) -> None:
        """How long somebody stayed, or everybody."""
        await ctx.ask(person, private=private)

    @hybrid
    async def stillat(self, ctx: Context, *, person: str = "", on: str = "", private: bool = False) -> None:
        """Who is still there."""
        await ctx.ask(f"{person} {on}", private=private)

    @hybrid
    async def left(self, ctx: Context, *, when: str = "", to: str = "", private: bool = False) -> None:
        """Who left."""
        await ctx.ask(f"{when} to {to}" if to else when, private=private)

    @hybrid
    async def at(self, ctx: Context, *, organisation: str, private: bool = False) -> None:
        """Who is at an organisation."""
        await ctx.ask(organisation, private=private)

    @hybrid
    async def timeline(self, ctx: Context, *, organisation: str = "", private: bool = False) -> None:
        """When everybody was there."""
        await ctx.ask(organisation, private=private)

    @hybrid
    async def flow(self, ctx: Context, *, private: bool = False) -> None:
        """Where they went."""
        await ctx.ask(private=private)

    @hybrid
    async def about(self, ctx: Context, *, topic: str, private: bool = False) -> None:
        """What is said about something."""
        await ctx.ask(topic, private=private)

    @hybrid
    async def disputed(self, ctx: Context, *, private: bool = False) -> None:
        """Where sources disagree."""
        await ctx.ask(private=private)

    @hybrid
    async def audit(self, ctx: Context, *, private: bool = False) -> None:
        """Whether claims that can be computed hold."""
        await ctx.ask(private=private)

    @hybrid
    async def sources(self, ctx: Context, *, source: str = "", private: bool = False) -> None:
        """What the book was made from."""
        await ctx.ask(source, private=private)

    @hybrid
    async def evidence(self, ctx: Context, *, subject: str, private: bool = False) -> None:
        """Where it stands."""
        await ctx.ask(subject, private=private)

    @hybrid
    async def help(self, ctx: Context, *, command: str = "", private: bool = False) -> None:
        """What can be asked."""
        await ctx.ask(command, private=private)


def _within(description: str) -> str:
    """A description as long as Discord allows, however long the book's names are."""
    return description if len(description) <= LONGEST_DESCRIPTION else description[: LONGEST_DESCRIPTION - 1] + "…"


def _present(command: app_commands.Command[Any, ..., Any], name: str, description: str) -> None:
    command.name, command.description = name, description
    options = {parameter.name: _OPTIONS[parameter.name] for parameter in command.parameters}
    app_commands.describe(**{option: text for option, (text, _) in options.items()})(command)
    for option, (_, kinds) in options.items():
        if kinds:
            command.autocomplete(option)(_completing(kinds))


def _completing(
    kinds: tuple[Kind, ...],
) -> Callable[[discord.Interaction[Any], str], Coroutine[Any, Any, list[app_commands.Choice[str]]]]:
    async def complete(interaction: discord.Interaction[Herdbook], current: str) -> list[app_commands.Choice[str]]:
        found = interaction.client.reader.names.complete(current, kinds)
        return [app_commands.Choice(name=named.name, value=named.id) for named in found]

    return complete
