"""The peer: the least bot that discord.py makes. It answers `!where` with always the same embed, and does nothing else."""

from __future__ import annotations

import os

import discord
from discord.ext import commands


class Bare(commands.Bot):
    """A bot of one command, by prefix and slash."""

    def __init__(self) -> None:
        intents = discord.Intents.default()
        intents.message_content = True
        super().__init__(command_prefix="!", intents=intents, help_command=None)

    async def setup_hook(self) -> None:
        """Make the command, and register it."""
        self.add_command(where)
        await self.tree.sync()


@commands.hybrid_command()
async def where(ctx: commands.Context[Bare], *, name: str) -> None:  # noqa: ARG001 - discord.py parses it as for ours; the answer is constant
    """Say where somebody is."""
    embed = discord.Embed(description="They are at Byre and Sons.").set_footer(text="The Meadow Gazette")
    await ctx.reply(embed=embed, mention_author=False)


if __name__ == "__main__":
    Bare().run(os.environ["DISCORD_TOKEN"])
