"""The shelf: which book is served, and how it comes to be another.

The store's current revision is what is served; the folder is where edits come from. At the start:
1. A folder that changed since its last reload, and is sound, becomes a new revision.
2. One that changed and is broken does not; the current revision goes on, and the shelf remembers the errors.
3. One that did not change leaves the current revision, be it an upload or a rollback.
Where a current revision can no longer be read (its documents changed, say), the newest one that can is served.
Where the store is away, the folder is served as it is until the store is back.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from typing import TYPE_CHECKING

from msgspec import Struct

from bot.facts.book import Book
from bot.facts.changes import compare
from bot.facts.reading import BookError, Files, load_files, read_files, version_of
from bot.keeping import revisions
from bot.keeping.revisions import Change, Origin
from bot.keeping.store import StoreError

if TYPE_CHECKING:
    from pathlib import Path

    from bot.facts.changes import Changes
    from bot.keeping.revisions import Revision
    from bot.keeping.store import Store

log = logging.getLogger(__name__)

START = "start"
"""Who is said to have served a folder that had changed when the bot started."""


class Draft(Struct, frozen=True):
    """Files that are a sound book, and that book: what may be served."""

    files: Files
    book: Book


class Shelf:
    """What one bot serves out of a store, with the folder and the documents that it has at hand."""

    def __init__(self, store: Store, folder: Path, documents: Path | None) -> None:
        self.store = store
        self.folder = folder
        self.documents = documents
        self.revision: Revision | None = None
        """The revision being served; None while the store was never reached."""
        self.broken: BookError | None = None
        """What was wrong with the folder when it was last read to be served."""
        self.added: Revision | None = None
        """The revision that this bot made when it last served something new, unless another had made it already."""
        self._seen = ""
        self._unreadable = 0

    @property
    def place(self) -> str:
        """What the store calls this bot's folder; of a shared store, other machines have folders at the same path."""
        machine = f"{socket.gethostname()}:" if self.store.is_shared else ""
        return f"{machine}{self.folder.absolute()}"

    async def open(self) -> Draft:
        """What to serve first. Raises BookError when neither the store nor the folder has a book."""
        folder = await asyncio.to_thread(self._try_folder)
        try:
            return await self._start(folder)
        except StoreError as error:
            if isinstance(folder, BookError):
                raise folder from error
            log.warning("the store cannot be used, so the folder is served as it is: %s", error.reason)
            return folder

    def check_folder(self) -> Draft:
        """The folder as it now stands. Slow; keep it off the event loop. Raises BookError."""
        return self._read_folder(load_files(self.folder))

    def read_folder(self) -> Draft:
        """The folder as `check_folder` finds it, to be served: what is wrong with it is remembered."""
        try:
            files = load_files(self.folder)
            self._seen = version_of(files)
            draft = self._read_folder(files)
        except BookError as error:
            self.broken = error
            raise
        self.broken = None
        return draft

    def _read_folder(self, files: Files) -> Draft:
        return self.read(files, self.folder.absolute().name)

    def has_news(self) -> bool:
        """Whether the folder is not as it was last read to be served. Slow; keep it off the event loop."""
        try:
            return version_of(load_files(self.folder)) != self._seen
        except BookError:
            return True

    def forget(self) -> None:
        """Let the folder be news, since what was read of it was not served."""
        self._seen = ""

    def read(self, files: Files, shown: str) -> Draft:
        """Files as a book, checked as a folder is; `shown` is what errors call their folder. Raises BookError."""
        return Draft(files, read_files(files, shown, self.documents))

    async def read_revision(self, revision: Revision) -> Draft:
        """A revision as it was served. Raises StoreError, or BookError when it is no book here any more."""
        files = await revisions.files_of(self.store, revision.sha256)
        return await asyncio.to_thread(self.read, files, f"revision-{revision.number}")

    async def follow(self) -> Draft | None:
        """What another bot, or this one before the store was away, made current; None where nothing did.

        Raises StoreError.
        """
        if self.revision is None:
            return await self._start(await asyncio.to_thread(self._try_folder))
        latest = await revisions.latest(self.store)
        if latest is None or latest.number in {self.revision.number, self._unreadable}:
            return None
        try:
            draft = await self.read_revision(latest)
        except BookError as error:
            self._unreadable = latest.number
            log.error("revision %d cannot be served here:\n%s", latest.number, error)  # noqa: TRY400 - the facts' fault
            return None
        self.revision = latest
        return draft

    async def append(self, draft: Draft, origin: Origin, by: str, summary: str, after: int | None = None) -> Revision:
        """Make a draft the current revision; see `revisions.append`. Raises StoreError or OutdatedError."""
        place = self.place if origin is Origin.FOLDER else None
        change = Change(draft.files, origin, by, summary, place, after)
        self.revision, is_new = await revisions.append(self.store, change)
        self.added = self.revision if is_new else None
        return self.revision

    def _try_folder(self) -> Draft | BookError:
        try:
            return self.read_folder()
        except BookError as error:
            return error

    async def _start(self, folder: Draft | BookError) -> Draft:
        """Choose by the rules of this module. Raises StoreError or BookError."""
        await self.store.upgrade()
        current = await self._newest_sound(folder)
        if isinstance(folder, BookError):
            if current is None:
                raise folder
            log.error(
                "the facts in %s are broken, and the last revision goes on being served:\n%s", self.folder, folder
            )
        elif current is None or await revisions.is_news(self.store, self.place, folder.book.version):
            summary = summarise(compare(current[1].book, folder.book)) if current else "the first book"
            await self.append(folder, Origin.FOLDER, START, summary)
            return folder
        self.revision, draft = current
        return draft

    async def _newest_sound(self, folder: Draft | BookError) -> tuple[Revision, Draft] | None:
        """The newest revision that is still a book, by the documents of today; none where none was served yet."""
        for revision in await revisions.history(self.store):
            if isinstance(folder, Draft) and folder.book.version == revision.sha256:
                return revision, folder
            try:
                return revision, await self.read_revision(revision)
            except BookError as error:
                self._unreadable = max(self._unreadable, revision.number)
                log.error("revision %d is no book any more:\n%s", revision.number, error)  # noqa: TRY400 - the facts' fault
        return None


def summarise(changes: Changes) -> str:
    """What changed, in short: "2 added, 1 removed"."""
    counted = {"added": changes.added, "changed": changes.changed, "removed": changes.removed}
    return ", ".join(f"{len(lines)} {word}" for word, lines in counted.items() if lines) or "the same facts"
