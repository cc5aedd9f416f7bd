"""What keepers are told: what is served, what changed, and what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.model import Section
from bot.chat.text import Reply, counts
from bot.english import plural
from bot.keeping.shelf import summarise

if TYPE_CHECKING:
    import discord

    from bot.chat.client import Herdbook
    from bot.facts.book import Book
    from bot.facts.changes import Changes
    from bot.facts.reading import BookError

MOST_PROBLEMS = 50
"""Errors that are listed; whoever mends so many checks again."""


def named(user: discord.abc.User) -> str:
    """How somebody is named in the history and the log."""
    return f"{user.name} ({user.id})"


def served(bot: Herdbook) -> str:
    """What is being served: "book 0fb1d33, revision 4"."""
    number = f", revision {bot.shelf.revision.number}" if bot.shelf.revision else ""
    return f"book {bot.reader.book.short_version}{number}"


def status(bot: Herdbook) -> Reply:
    """What is served, and what stands in the way of serving the folder."""
    revision, broken = bot.shelf.revision, bot.shelf.broken
    how = (
        str(revision)
        if revision
        else "none: the store cannot be reached, and the folder is served as it was at the start"
    )
    sections = [Section("", counts(bot.reader.book)), Section("Revision", (how,))]
    if bot.is_away:
        sections.append(Section("The store is away", ("The book in memory is served, and nothing can be changed.",)))
    if broken:
        sections.append(Section("The folder is broken, and is not what is served", _problems(broken)))
    return Reply("status", f"Serving {served(bot)}.", tuple(sections))


def proposed(question: str, changes: Changes) -> Reply:
    """What would change, for a keeper to confirm."""
    return Reply("proposed", f"{question} That is {summarise(changes)}.", listing(changes))


def reloaded(changes: Changes, book: Book) -> Reply:
    """A new book is served, or the same."""
    text = (
        f"Now serving book {book.short_version}."
        if changes
        else f"Nothing changed: still serving book {book.short_version}."
    )
    return Reply("reloaded", text, listing(changes))


def listing(changes: Changes) -> tuple[Section, ...]:
    """What changed, line by line."""
    groups = {"Added": changes.added, "Changed": changes.changed, "Removed": changes.removed}
    return tuple(Section(f"{title} ({len(lines)})", lines) for title, lines in groups.items() if lines)


def refused(error: BookError, book: Book) -> Reply:
    """Files that are no book, with every error's place."""
    text = f"The facts have {plural(len(error.problems), 'error')}, so book {book.short_version} goes on being served."
    return Reply("refused", text, (Section("", _problems(error)),))


def _problems(error: BookError) -> tuple[str, ...]:
    shown = tuple(f"`{problem.mark}`: {problem.message}" for problem in error.problems[:MOST_PROBLEMS])
    more = len(error.problems) - len(shown)
    return (*shown, f"and {more:,} more") if more else shown
