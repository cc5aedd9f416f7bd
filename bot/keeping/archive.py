"""The files of a book as one zip, and what keepers send: checked before anything of it is unpacked."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from bot.facts.reading import BookError
from bot.facts.yaml_tree import LARGEST_FILE, Mark, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.facts.reading import Files

LARGEST_UPLOAD: Final = 1_000_000
"""Bytes of what is sent; a zip of the largest book is less than that."""
LARGEST_BOOK: Final = 4_000_000
"""Bytes of all files of a zip together."""
MOST_FILES: Final = 100
LONGEST_SHOWN: Final = 80
YAML: Final = (".yaml", ".yml")

_ANY_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""A zip dates its entries; one and the same day makes the same files the same zip."""


def pack(files: Files) -> bytes:
    """Files as a zip, the same for the same files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, _ANY_DAY), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def unpack(packed: bytes) -> Files:
    """The files of a zip that `pack` made."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def received(name: str, data: bytes, current: Files) -> Files:
    """The files of a book that a keeper sent.

    A YAML file takes the place of the current one of its name, or is added; a zip holds all files of a book, in one
    folder or none. Raises BookError with what is wrong with it, where; nothing is unpacked before that is known.
    """
    name = _shown(name)
    check_size(name, len(data))
    if name.endswith(YAML):
        return {**current, name: data}
    if not name.endswith(".zip"):
        raise _refusal(name, "this is neither a YAML file nor a zip of them; send people.yaml, or facts.zip")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_FILES:
                raise _refusal(name, f"this holds {len(entries):,} entries, and a book {MOST_FILES} at most")
            if problems := sorted(set(_problems(name, entries))):
                raise BookError(problems)
            return {PurePosixPath(entry.filename).name: archive.read(entry) for entry in entries if _is_facts(entry)}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError) as error:
        raise _refusal(name, "this is not a zip that can be read; pack the folder anew") from error


def check_size(name: str, size: int) -> None:
    """Refuse what is too large to be read at all; `size` is in bytes. Raises BookError."""
    if size > LARGEST_UPLOAD:
        raise _refusal(
            _shown(name), f"this has {size:,} bytes, and {LARGEST_UPLOAD:,} at most are read; zip the folder"
        )


def _problems(name: str, entries: list[zipfile.ZipInfo]) -> Iterator[Problem]:
    """What is wrong with a zip, by its directory alone."""
    facts = [entry for entry in entries if _is_facts(entry)]
    for entry in entries:
        if message := _problem(entry):
            yield Problem(Mark(f"{name}/{_shown(entry.filename)}", 1, 1), message)
    if not facts:
        yield Problem(Mark(name, 1, 1), "no file here ends in .yaml; zip a folder of facts")
    if sum(entry.file_size for entry in facts) > LARGEST_BOOK:
        yield Problem(Mark(name, 1, 1), f"unpacked this is larger than {LARGEST_BOOK:,} bytes; a book never is")
    if len({PurePosixPath(entry.filename).parent for entry in facts}) > 1:
        yield Problem(Mark(name, 1, 1), "its YAML files are in several folders; zip one folder")
    elif len({entry.filename for entry in facts}) < len(facts):
        yield Problem(Mark(name, 1, 1), "two of its files have the same name; keep one")


def _problem(entry: zipfile.ZipInfo) -> str:
    """What is wrong with an entry of a zip, if something is."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    path = PurePosixPath(entry.filename)
    facts = _is_facts(entry)
    checks = {
        "this leads out of the folder; zip the folder itself": (
            path.is_absolute() or ".." in path.parts or bool(re.search(r"[\\:]", entry.orig_filename))
        ),
        "this is a link or a device, and no file; zip the files themselves": (
            kind not in {0, stat.S_IFREG, stat.S_IFDIR}
        ),
        "this is encrypted; zip it without a password": facts and bool(entry.flag_bits & 1),
        "this is compressed in a way that is not read here; zip it the usual way": (
            facts and entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
        ),
        f"this file is larger than {LARGEST_FILE:,} bytes; split it into several": (
            facts and entry.file_size > LARGEST_FILE
        ),
    }
    return next((message for message, wrong in checks.items() if wrong), "")


def _is_facts(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.endswith(YAML) and not entry.is_dir()


def _shown(name: str) -> str:
    """A file's name as errors show it, with nothing in it that means something to Discord or to a file system."""
    return re.sub(r"[^\w./-]", "_", name)[-LONGEST_SHOWN:]


def _refusal(name: str, message: str) -> BookError:
    return BookError([Problem(Mark(name, 1, 1), message)])
