"""Files that a keeper uploads: zips of facts and of worse, whole, cut and written over, under any name."""

from __future__ import annotations

import io
import warnings
import zipfile
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from bot.facts.reading import BookError, load_files
from bot.keeping import archive
from tests.conftest import HERD
from tests.fuzz import books
from tests.fuzz.pieces import anything, hostile, sent
from tests.fuzz.trying import READING, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.chat.text import Reply

CURRENT: Final = load_files(HERD)
_file: Final = st.one_of(
    st.sampled_from(["herd.yaml", "facts/herd.yaml", "facts/", "../herd.yaml", "/herd.yaml", "C:\\herd.yaml", "a/b/c.yaml", "schema.json", ".yaml", "x.yml", "a:b.yaml"]),
    st.builds("{}{}".format, hostile | anything, st.sampled_from([".yaml", ".yml", ".zip", ""])),
)  # fmt: skip
_content: Final = st.one_of(
    st.just(CURRENT["herd.yaml"]),
    books.data,
    st.builds(lambda one, many: one * many, st.sampled_from([b"a", b"\0", b"- "]), st.sampled_from([1, 10_000, 3_000_000])),
    st.binary(max_size=40),
)  # fmt: skip
_attributes: Final = st.sampled_from([0, 0, 0, 0o100644 << 16, 0o040755 << 16, 0o120777 << 16, 0o020600 << 16, 0xFFFFFFFF])  # fmt: skip
_packing: Final = st.sampled_from([zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])  # fmt: skip
_entry: Final = st.tuples(_file, _content, _attributes, _packing)


def _zipped(entries: list[tuple[str, bytes, int, int]]) -> bytes:
    packed = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(packed, "w") as archived:
        warnings.simplefilter("ignore")  # zipfile warns of two entries of one name
        for name, content, attributes, compression in entries:
            entry = zipfile.ZipInfo(sent(name), (1980, 1, 1, 0, 0, 0))
            entry.external_attr = attributes
            archived.writestr(entry, content, compression)
    return packed.getvalue()


def _overwritten(data: bytes, slips: list[tuple[int, bytes]]) -> bytes:
    for place, written in slips:
        at = place % (len(data) + 1)
        data = data[:at] + written + data[at + len(written) :]
    return data


_zip: Final = st.lists(_entry, max_size=4).map(_zipped)
_sound: Final = st.sampled_from(["", "facts/"]).flatmap(
    lambda folder: books.data.map(lambda content: _zipped([(f"{folder}herd.yaml", content, 0, zipfile.ZIP_DEFLATED)]))
)
_slips: Final = st.lists(st.tuples(st.integers(-200, 3000), st.binary(min_size=1, max_size=8)), max_size=4)
data: Final = st.one_of(
    _sound,
    _zip,
    st.builds(_overwritten, _sound | _zip, _slips),
    st.builds(lambda zipped, cut: zipped[:cut], _sound | _zip, st.integers(-40, 400)),
    st.builds(bytes.__add__, st.binary(max_size=40), _sound | _zip),
    st.lists(st.just(("x.yaml", b"", 0, zipfile.ZIP_STORED)), min_size=99, max_size=103).map(_zipped),
    _content,
)
name: Final = st.sampled_from(["facts.zip", "facts.zip", "facts.zip", "herd.yaml", "new.yml"]) | _file


def answer(upload: tuple[str, bytes]) -> Iterator[Reply]:
    """Receive an upload, as the command does: it is refused with what is wrong where, or proposed."""
    try:
        files = archive.received(*upload, CURRENT)
    except BookError as error:
        yield books.located(error)
        return
    assert archive.unpack(archive.pack(files)) == files
    yield from books.received(files)


KIND: Final = Kind(st.tuples(name, data), answer, READING)
