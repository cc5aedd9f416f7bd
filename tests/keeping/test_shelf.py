"""Which book is served: at the start, after a change, and when something is broken or away."""

from __future__ import annotations

import asyncio
import hashlib
import io
import logging
import shutil
import zipfile
from typing import TYPE_CHECKING

import pytest

from bot.facts.reading import BookError, load_files
from bot.keeping import log, revisions
from bot.keeping.archive import pack, unpack
from bot.keeping.revisions import Change, NoRevisionError, Origin, OutdatedError
from bot.keeping.shelf import Draft, Shelf
from bot.keeping.store import Store, StoreError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.keeping.conftest import Server

ROLE = "role: co-founder"


def edit(folder: Path, old: str, new: str) -> None:
    """Change the facts as a keeper does, in an editor."""
    facts = folder / "herd.yaml"
    text = facts.read_text("utf-8")
    assert old in text
    facts.write_text(text.replace(old, new), "utf-8")


def role(draft: Draft) -> str | None:
    """What tells the books of these tests apart."""
    return draft.book.people["bram-quill"].stints[1].role


async def put(shelf: Shelf, new: str, origin: Origin = Origin.UPLOAD) -> Draft:
    """Serve the book with another role in it, without its folder."""
    files = {
        name: data.replace(ROLE.encode(), f"role: {new}".encode()) for name, data in load_files(shelf.folder).items()
    }
    draft = shelf.read(files, "upload")
    await shelf.append(draft, origin, "kim", f"now {new}")
    return draft


async def restarted(shelf: Shelf, documents: Path | None = None) -> tuple[Shelf, Draft]:
    """The shelf and the book of a bot that starts on the same store and folder."""
    again = Shelf(shelf.store, shelf.folder, documents)
    return again, await again.open()


async def summary(store: Store) -> list[tuple[int, str, str]]:
    """The history in short, the newest first."""
    return [(one.number, str(one.origin), one.by) for one in await revisions.history(store)]


async def test_the_first_start(shelf: Shelf, folder: Path) -> None:
    """The first book is revision 1, from the folder, with its content as it is."""
    (first,) = await revisions.history(shelf.store)
    assert (first.number, first.origin, first.by, first.summary) == (1, "folder", "start", "the first book")
    assert await revisions.files_of(shelf.store, first.sha256) == load_files(folder)
    assert shelf.revision == first


async def test_a_first_start_with_a_broken_folder(store: Store, folder: Path) -> None:
    """With neither a revision nor a sound folder there is nothing to serve, and every error is told."""
    edit(folder, "home: auroch", "home: aurox")
    with pytest.raises(BookError, match="is no organisation here"):
        await Shelf(store, folder, None).open()


async def test_a_changed_folder_is_a_new_revision(shelf: Shelf) -> None:
    """At a start, a folder that changed and is sound is served."""
    edit(shelf.folder, ROLE, "role: sweeper")
    again, draft = await restarted(shelf)
    assert role(draft) == "sweeper"
    assert await summary(shelf.store) == [(2, "folder", "start"), (1, "folder", "start")]
    assert again.revision
    assert again.revision.summary == "1 changed"


async def test_a_broken_folder_changes_nothing(shelf: Shelf, caplog: pytest.LogCaptureFixture) -> None:
    """At a start, a folder that changed and is broken is told of, and the last revision is served."""
    await put(shelf, "sweeper")
    edit(shelf.folder, "home: auroch", "home: aurox")
    again, draft = await restarted(shelf)
    assert role(draft) == "sweeper"
    assert again.broken
    assert "`home: aurox` is no organisation here" in caplog.text
    assert [number for number, *_ in await summary(shelf.store)] == [2, 1]
    edit(shelf.folder, "home: aurox", "home: auroch")
    again, draft = await restarted(shelf)
    assert (role(draft), again.broken) == ("sweeper", None)


@pytest.mark.parametrize("origin", [Origin.UPLOAD, Origin.ROLLBACK])
async def test_an_unchanged_folder_leaves_the_current_revision(shelf: Shelf, origin: Origin) -> None:
    """At a start, an upload or a rollback goes on being served until the folder changes, any number of times."""
    await put(shelf, "sweeper", origin)
    for _ in range(2):
        _, draft = await restarted(shelf)
        assert role(draft) == "sweeper"
    edit(shelf.folder, ROLE, "role: ringer")
    _, draft = await restarted(shelf)
    assert role(draft) == "ringer"


async def test_a_folder_may_go_back(shelf: Shelf) -> None:
    """A folder that is as it was before its last reload has changed since, and is served."""
    edit(shelf.folder, ROLE, "role: sweeper")
    shelf, _ = await restarted(shelf)
    edit(shelf.folder, "role: sweeper", ROLE)
    _, draft = await restarted(shelf)
    assert role(draft) == "co-founder"
    assert [number for number, *_ in await summary(shelf.store)] == [3, 2, 1]


async def test_a_folder_that_comes_to_hold_what_is_served(shelf: Shelf) -> None:
    """An upload that is then put into the folder is no new revision, and a later rollback holds."""
    await put(shelf, "sweeper")
    edit(shelf.folder, ROLE, "role: sweeper")
    shelf, _ = await restarted(shelf)
    assert [number for number, *_ in await summary(shelf.store)] == [2, 1]
    (_, first) = await revisions.history(shelf.store)
    await shelf.append(await shelf.read_revision(first), Origin.ROLLBACK, "kim", "back")
    _, draft = await restarted(shelf)
    assert role(draft) == "co-founder"


async def test_another_bots_folder_that_is_behind(shelf: Shelf, tmp_path: Path) -> None:
    """A bot whose own folder did not change serves what the others serve, however old its folder is."""
    behind = Shelf(shelf.store, shutil.copytree(shelf.folder, tmp_path / "behind"), None)
    await behind.open()
    edit(shelf.folder, ROLE, "role: sweeper")
    await restarted(shelf)
    _, draft = await restarted(behind)
    assert role(draft) == "sweeper"
    shutil.copytree(behind.folder, tmp_path / "new")
    assert role(await Shelf(shelf.store, tmp_path / "new", None).open()) == "sweeper"


async def test_same_content_is_no_new_revision(shelf: Shelf) -> None:
    """What is current already is not served a second time."""
    draft = await asyncio.to_thread(shelf.read_folder)
    assert (await shelf.append(draft, Origin.UPLOAD, "kim", "nothing")).number == 1
    assert len(await revisions.history(shelf.store)) == 1


async def test_confirmed_too_late(shelf: Shelf) -> None:
    """Who confirms a change of a book that is not current any more is refused, and nothing happens."""
    draft = await asyncio.to_thread(shelf.read_folder)
    await put(shelf, "sweeper")
    with pytest.raises(OutdatedError):
        await shelf.append(draft, Origin.ROLLBACK, "kim", "back", after=1)
    assert [number for number, *_ in await summary(shelf.store)] == [2, 1]
    assert (await shelf.append(draft, Origin.ROLLBACK, "kim", "back", after=2)).number == 3


async def test_a_content_is_stored_once(shelf: Shelf) -> None:
    """Going back and forth costs a row each time, not a copy of the book."""
    first = await asyncio.to_thread(shelf.read_folder)
    second = await put(shelf, "sweeper")
    for draft in (first, second, first):
        await shelf.append(draft, Origin.ROLLBACK, "kim", "back and forth")
    assert len(await revisions.history(shelf.store)) == 5
    assert len({one.sha256 for one in await revisions.history(shelf.store)}) == 2


async def test_what_was_done_is_logged_with_it(shelf: Shelf) -> None:
    """A revision and the log's line about it are one."""
    await put(shelf, "sweeper")
    entries = await log.entries(shelf.store, 10)
    assert [(entry.by, entry.action, entry.outcome) for entry in entries] == [
        ("kim", "upload", "revision 2, now sweeper"),
        ("start", "folder", "revision 1, the first book"),
    ]


async def test_no_such_revision(store: Store) -> None:
    """A number that no revision has is told in a sentence."""
    with pytest.raises(NoRevisionError, match="There is no revision 7; the history lists them"):
        await revisions.find(store, 7)


async def test_many_changes_at_once_end_in_one_order(shelf: Shelf) -> None:
    """Of changes that many bots make at once each gets a number of its own, and all see the same last one."""
    files = load_files(shelf.folder)
    changes = [
        Change({name: data + f"# {n}\n".encode() for name, data in files.items()}, Origin.UPLOAD, f"bot {n}", "")
        for n in range(6)
    ]
    done = await asyncio.gather(*(revisions.append(Store(shelf.store.place), change) for change in changes))
    assert sorted(revision.number for revision, is_new in done if is_new) == [2, 3, 4, 5, 6, 7]
    current = await revisions.latest(shelf.store)
    assert current == max((revision for revision, _ in done), key=lambda revision: revision.number)


async def test_news_of_the_folder(shelf: Shelf) -> None:
    """A folder is news until it was read to be served, sound or broken; a check takes nothing of that away."""
    assert not shelf.has_news()
    edit(shelf.folder, ROLE, "role: sweeper")
    shelf.check_folder()
    assert shelf.has_news()
    shelf.read_folder()
    assert not shelf.has_news()
    edit(shelf.folder, "home: auroch", "home: aurox")
    with pytest.raises(BookError):
        shelf.read_folder()
    assert not shelf.has_news()
    shelf.forget()
    assert shelf.has_news()


async def test_following(shelf: Shelf, tmp_path: Path) -> None:
    """What one bot serves, another finds, once; what it cannot read, it tells of once and leaves."""
    other = Shelf(shelf.store, shutil.copytree(shelf.folder, tmp_path / "other"), None)
    await other.open()
    assert await other.follow() is None
    await put(shelf, "sweeper")
    draft = await other.follow()
    assert draft
    assert role(draft) == "sweeper"
    assert other.revision == shelf.revision
    assert await other.follow() is None


async def test_a_revision_that_is_no_book_here(shelf: Shelf, caplog: pytest.LogCaptureFixture) -> None:
    """What others serve and this bot cannot read is told of once, and the book in memory stays."""
    broken = {name: data.replace(b"home: auroch", b"home: aurox") for name, data in load_files(shelf.folder).items()}
    await revisions.append(shelf.store, Change(broken, Origin.UPLOAD, "a newer bot", "what only it can read"))
    assert await shelf.follow() is None
    assert await shelf.follow() is None
    assert caplog.text.count("`home: aurox` is no organisation here") == 1
    again, draft = await restarted(shelf)
    assert role(draft) == "co-founder"
    assert again.revision
    assert again.revision.number == 1


async def test_documents_are_checked_at_every_start(shelf: Shelf, tmp_path: Path) -> None:
    """A stored book is checked like a folder: against the documents of today."""
    documents = shutil.copytree(shelf.folder / "documents", tmp_path / "documents")
    _, draft = await restarted(shelf, documents)
    assert draft.book.documents
    (documents / "gazette.txt").write_text("Other words.", "utf-8")
    with pytest.raises(BookError, match=r"herd/herd\.yaml"):
        await restarted(shelf, documents)


async def test_a_store_that_is_away_at_the_start(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Without its store the bot serves the folder, and says so; once the store is back, by the usual rules."""
    (tmp_path / "state").write_text("in the way", "utf-8")
    shelf = Shelf(Store(tmp_path / "state" / "herdbook.sqlite3"), folder, None)
    with caplog.at_level(logging.WARNING):
        assert role(await shelf.open()) == "co-founder"
    assert "the store cannot be used, so the folder is served as it is" in caplog.text
    assert shelf.revision is None
    with pytest.raises(StoreError):
        await put(shelf, "sweeper")
    with pytest.raises(StoreError):
        await shelf.follow()
    assert caplog.text.count("the folder is served as it is") == 1
    (tmp_path / "state").unlink()
    assert await shelf.follow()
    assert shelf.revision
    assert shelf.revision.number == 1


async def test_neither_store_nor_folder(folder: Path, tmp_path: Path) -> None:
    """With its store away and its folder broken there is nothing to serve, and the folder's errors are told."""
    (tmp_path / "state").write_text("in the way", "utf-8")
    edit(folder, "home: auroch", "home: aurox")
    with pytest.raises(BookError, match="is no organisation here"):
        await Shelf(Store(tmp_path / "state" / "herdbook.sqlite3"), folder, None).open()


async def test_a_restarted_database(server: Server, folder: Path) -> None:
    """A database that goes away and comes back loses nothing, and what was current is."""
    shelf = Shelf(Store(await server.create()), folder, None)
    await shelf.open()
    await put(shelf, "sweeper")
    server.stop()
    try:
        with pytest.raises(StoreError):
            await put(shelf, "ringer")
        assert shelf.revision
        assert shelf.revision.number == 2
    finally:
        server.start()
    _, draft = await restarted(shelf)
    assert role(draft) == "sweeper"


def test_a_zip_of_the_same_files_is_the_same(folder: Path) -> None:
    """An export can be compared byte by byte, and holds the files as they were."""
    files = {**load_files(folder), "more.yaml": b"# nothing yet\n"}
    assert pack(files) == pack(dict(sorted(files.items(), reverse=True)))
    assert unpack(pack(files)) == files
    with zipfile.ZipFile(io.BytesIO(pack(files))) as archive:
        assert archive.testzip() is None
        assert hashlib.sha256(archive.read("herd.yaml")).digest() == hashlib.sha256(files["herd.yaml"]).digest()
