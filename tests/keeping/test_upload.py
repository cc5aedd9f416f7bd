"""`/facts upload`: what is served, and what is refused before it can do harm."""

from __future__ import annotations

import io
import stat
import time
import tracemalloc
import zipfile
from typing import TYPE_CHECKING

import pytest

from bot.chat.errors import NOT_A_KEEPER
from bot.facts.reading import BookError, load_files, read_files
from bot.keeping import revisions
from bot.keeping.archive import LARGEST_UPLOAD, MOST_FILES, pack, received
from tests.conftest import HERD
from tests.keeping.talking import restart, said, slash

if TYPE_CHECKING:
    from collections.abc import Callable

    from simcord.results import InteractionResult

    from tests.chat.conftest import World

BOOK = (HERD / "herd.yaml").read_bytes()
SWEEPER = BOOK.replace(b"role: co-founder", b"role: sweeper")
SECOND, MEGABYTES = 1.0, 1_000_000


def zipped(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """A zip as it comes, with entries that may be no files of a book."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return packed.getvalue()


def entry(name: str, kind: int) -> zipfile.ZipInfo:
    """An entry of a zip that says that it is a link, a device or a folder."""
    found = zipfile.ZipInfo(name)
    found.external_attr = (kind | 0o777) << 16
    return found


def flagged(packed: bytes, *, bit: int = 0, method: int | None = None) -> bytes:
    """A zip of one entry whose directory says that it is encrypted, or compressed in another way."""
    changed = bytearray(packed)
    for signature, flags, compression in ((b"PK\3\4", 6, 8), (b"PK\1\2", 8, 10)):
        at = packed.index(signature)
        changed[at + flags] |= bit
        if method is not None:
            changed[at + compression] = method
    return bytes(changed)


def spoilt(packed: bytes) -> bytes:
    """A zip with a few bytes of its content exchanged."""
    return packed[:200] + b"????" + packed[204:]


HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a zip bomb": ("facts.zip", lambda: zipped(("herd.yaml", bytes(200 * MEGABYTES))), "facts.zip/herd.yaml:1:1: this file is larger than 2,000,000 bytes"),
    "a bomb of many files": ("facts.zip", lambda: zipped(*((f"{n}.yaml", bytes(1_900_000)) for n in range(50))), "facts.zip:1:1: unpacked this is larger than 4,000,000 bytes"),
    "a bomb that lies": ("facts.zip", lambda: zipped(("herd.yaml", bytes(20 * MEGABYTES))).replace((20 * MEGABYTES).to_bytes(4, "little"), (1000).to_bytes(4, "little")), "facts.zip:1:1: this is not a zip that can be read"),
    "many entries": ("facts.zip", lambda: zipped(*((f"{n}.yaml", b"") for n in range(7000))), f"facts.zip:1:1: this holds 7,000 entries, and a book {MOST_FILES} at most"),
    "a way out": ("facts.zip", lambda: zipped(("../herd.yaml", BOOK)), "facts.zip/../herd.yaml:1:1: this leads out of the folder"),
    "a way out in the middle": ("facts.zip", lambda: zipped(("a/../../herd.yaml", BOOK)), "facts.zip/a/../../herd.yaml:1:1: this leads out"),
    "the root": ("facts.zip", lambda: zipped(("/etc/herd.yaml", BOOK)), "facts.zip//etc/herd.yaml:1:1: this leads out"),
    "a drive": ("facts.zip", lambda: zipped(("C:\\herd.yaml", BOOK)), "facts.zip/C__herd.yaml:1:1: this leads out"),
    "a way out beside a book": ("facts.zip", lambda: zipped(("herd.yaml", BOOK), ("../../.bashrc", b"")), "facts.zip/../../.bashrc:1:1: this leads out"),
    "a link": ("facts.zip", lambda: zipped((entry("herd.yaml", stat.S_IFLNK), b"/etc/passwd")), "facts.zip/herd.yaml:1:1: this is a link or a device"),
    "a device": ("facts.zip", lambda: zipped((entry("herd.yaml", stat.S_IFCHR), b"")), "facts.zip/herd.yaml:1:1: this is a link or a device"),
    "a linked folder": ("facts.zip", lambda: zipped((entry("facts", stat.S_IFLNK), b"/etc"), ("facts/herd.yaml", BOOK)), "facts.zip/facts:1:1: this is a link"),
    "a password": ("facts.zip", lambda: flagged(zipped(("herd.yaml", BOOK)), bit=1), "facts.zip/herd.yaml:1:1: this is encrypted"),
    "another compression": ("facts.zip", lambda: flagged(zipped(("herd.yaml", BOOK)), method=14), "facts.zip/herd.yaml:1:1: this is compressed in a way"),
    "two of a name": ("facts.zip", lambda: zipped(("a.yaml", BOOK), ("b.yaml", BOOK)).replace(b"b.yaml", b"a.yaml"), "facts.zip:1:1: two of its files have the same name"),
    "several folders": ("facts.zip", lambda: zipped(("a/herd.yaml", BOOK), ("b/herd.yaml", BOOK)), "facts.zip:1:1: its YAML files are in several folders"),
    "no facts": ("facts.zip", lambda: zipped(("readme.txt", b"")), "facts.zip:1:1: no file here ends in .yaml"),
    "no zip": ("facts.zip", lambda: BOOK, "facts.zip:1:1: this is not a zip that can be read"),
    "half a zip": ("facts.zip", lambda: zipped(("herd.yaml", BOOK))[:-30], "facts.zip:1:1: this is not a zip that can be read"),
    "a spoilt zip": ("facts.zip", lambda: zipped(("herd.yaml", BOOK)).replace(b"PK\1\2", b"PK\1\3"), "facts.zip:1:1: this is not a zip that can be read"),
    "a spoilt entry": ("facts.zip", lambda: spoilt(zipped(("herd.yaml", BOOK))), "facts.zip:1:1: this is not a zip that can be read"),
    "another kind of file": ("facts.tar.gz", lambda: b"", "facts.tar.gz:1:1: this is neither a YAML file nor a zip"),
    "a name with signs": ("`@everyone`.exe", lambda: b"", "__everyone_.exe:1:1: this is neither"),
    "a line of 10 MB": ("herd.yaml", lambda: b"a: " + b"x" * 10 * MEGABYTES, "herd.yaml:1:1: this has 10,000,003 bytes, and 1,000,000 at most are read"),
    "a zipped line of 10 MB": ("facts.zip", lambda: zipped(("herd.yaml", b"a: " + b"x" * 10 * MEGABYTES)), "facts.zip/herd.yaml:1:1: this file is larger than"),
    "a line": ("herd.yaml", lambda: b"a: " + b"x" * 900_000, "upload/herd.yaml:1:1: `a` is no part of a fact file"),
    "nested lists": ("herd.yaml", lambda: b"a: " + b"[" * 10_000 + b"]" * 10_000, "upload/herd.yaml:1:16: this is nested more than 12 deep"),
    "nested blocks": ("herd.yaml", lambda: b"- " * 10_000, "upload/herd.yaml:1:27: this is nested more than 12 deep"),
    "nested mappings": ("herd.yaml", lambda: b"{a: " * 10_000, "upload/herd.yaml:1:53: this is nested more than 12 deep"),
    "an alias bomb": ("herd.yaml", lambda: b"a0: &a0 [x]\n" + b"".join(b"a%d: &a%d [%s]\n" % (n, n, b",".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 30)), "upload/herd.yaml:1:5: `&a0` names this place for repeating; take the anchor out"),
    "a large alias bomb": ("herd.yaml", lambda: b"a: &a [x]\nb: [" + b"*a," * 300_000 + b"]", "there are more than 100 errors before this"),
    "a list without end": ("herd.yaml", lambda: b"a: [" + b"x," * 490_000 + b"x]", "there are more than 150,000 values before this"),
    "Latin-1": ("herd.yaml", lambda: "a: é".encode("latin-1"), "upload/herd.yaml:1:4: this is not UTF-8 text"),
    "UTF-16": ("herd.yaml", lambda: BOOK.decode().encode("utf-16"), "upload/herd.yaml:1:1: this is not UTF-8 text"),
    "UTF-32": ("herd.yaml", lambda: BOOK.decode().encode("utf-32"), "upload/herd.yaml:1:1: this is not UTF-8 text"),
    "NUL": ("herd.yaml", lambda: BOOK + b"\0", "this character cannot stand in YAML"),
    "a tag": ("herd.yaml", lambda: b"people: !!python/object/apply:os.system [ls]", "upload/herd.yaml:1:9: `tag:yaml.org,2002:python/object/apply:os.system` is a tag"),
    "many tags": ("herd.yaml", lambda: b"a: [" + b"!a x," * 190_000 + b"]", "there are more than 100 errors before this"),
}  # fmt: skip


def receive(name: str, data: bytes) -> None:
    """What the bot does with an upload, but for Discord and the store."""
    read_files(received(name, data, load_files(HERD)), "upload")


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_uploads(kind: str) -> None:
    """What no keeper would send by intent is refused in a second and 100 MB, with a sentence that says where."""
    name, make, sentence = HOSTILE[kind]
    data = make()
    begun = time.process_time()
    with pytest.raises(BookError) as refused:
        receive(name, data)
    taken = time.process_time() - begun
    tracemalloc.start()
    with pytest.raises(BookError):
        receive(name, data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sentence in str(refused.value)
    assert all(problem.mark.line for problem in refused.value.problems)
    assert taken < SECOND
    assert peak < 100 * MEGABYTES


def test_a_zip_of_a_folder() -> None:
    """A zip may hold the folder or its files, and beside them what is no fact, as a folder may."""
    for prefix in ("", "facts/"):
        data = zipped((f"{prefix}herd.yaml", BOOK), ("facts/schema.json", b"{}"), (entry("facts/", stat.S_IFDIR), b""))
        assert received("facts.zip", data, {}) == {"herd.yaml": BOOK}
    assert received("export.zip", pack(load_files(HERD)), {}) == load_files(HERD)


def test_a_single_file() -> None:
    """A YAML file takes the place of its namesake, and is added where there is none."""
    current = {"a.yaml": b"a", "b.yaml": b"b"}
    assert received("b.yaml", b"new", current) == {"a.yaml": b"a", "b.yaml": b"new"}
    assert received("c.yml", b"new", current) == {**current, "c.yml": b"new"}


async def upload(world: World, data: bytes = SWEEPER, name: str = "herd.yaml") -> InteractionResult:
    """Send a file as a keeper does."""
    return await world.keeper.slash(world.channel, "facts upload", file=(name, data))


@pytest.mark.parametrize(
    ("name", "data"), [("herd.yaml", SWEEPER), ("facts.zip", zipped(("facts/herd.yaml", SWEEPER)))]
)
async def test_an_upload_is_confirmed_and_lasts(world: World, name: str, data: bytes) -> None:
    """An upload shows what would change, is served once confirmed, and goes on after a restart; the folder is untouched."""
    result = await upload(world, data, name)
    assert "Serve this book? That is 1 changed." in said(result)
    assert "people: bram-quill: stints 2 role: co-founder → sweeper" in said(result)
    assert "as co-founder" in await world.ask("!where bram")
    assert result.response
    await world.keeper.click(result.response, label="Serve it")
    assert "Now serving book" in said(result)
    assert "as sweeper" in await world.ask("!where bram")
    await restart(world)
    assert "as sweeper" in await world.ask("!where bram")
    assert " · upload: 1 changed" in await slash(world, "facts history")
    assert f"kim ({world.keeper.id}) · upload: revision 2, 1 changed" in await slash(world, "facts log")
    assert (world.folder / "herd.yaml").read_bytes() == BOOK
    assert "is being served" in said(await upload(world, data, name))


async def test_an_upload_by_prefix(world: World) -> None:
    """Where slash commands are not at hand, a file is sent with the message."""
    await world.keeper.send(world.channel, "!facts upload", attachments=[("herd.yaml", SWEEPER)])
    shown = world.channel.last_message
    assert shown
    await world.keeper.click(shown, label="Serve it")
    assert "as sweeper" in await world.ask("!where bram")


@pytest.mark.parametrize("kind", ["a zip bomb", "a way out", "a link", "a line of 10 MB", "nested lists", "a tag"])
async def test_a_hostile_upload_is_refused(world: World, kind: str) -> None:
    """The keeper is told where what is wrong, the log that it was refused, and the book stays."""
    name, make, sentence = HOSTILE[kind]
    answered = said(await upload(world, make(), name))
    assert "goes on being served" in answered
    assert sentence.replace("`", "") in answered.replace("`", "")
    assert " · upload: refused for " in await slash(world, "facts log")
    assert "as co-founder" in await world.ask("!where bram")
    assert (await revisions.find(world.bot.store, 1)) == await revisions.latest(world.bot.store)


async def test_a_broken_upload_is_located(world: World) -> None:
    """An upload is checked as a folder is."""
    answered = said(await upload(world, BOOK.replace(b"home: auroch", b"home: aurox")))
    assert "`home: aurox` is no organisation here. Did you mean `auroch`?" in answered
    assert "`upload/herd.yaml:" in answered


async def test_no_file(world: World) -> None:
    """A message without a file is answered by how the command is written."""
    assert "Write it as `!facts upload <file>`." in await world.ask("!facts upload", author=world.keeper)
    assert len(world.env.errors) == 1


async def test_a_member_may_not(world: World) -> None:
    """A member's file is not even read."""
    result = await world.member.slash(world.channel, "facts upload", file=("herd.yaml", SWEEPER))
    assert said(result) == f"**{NOT_A_KEEPER}**"
    assert len(world.env.errors) == 1


def test_the_size_is_known_before() -> None:
    """What is too large is refused by what Discord says of it."""
    with pytest.raises(BookError, match="at most are read"):
        received("herd.yaml", bytes(LARGEST_UPLOAD + 1), {})
