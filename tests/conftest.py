"""What all tests share: the book that the bot comes with, and an invented one about other people elsewhere."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.facts.reading import read_book
from bot.pictures import studio
from bot.questions.reader import Reader

if TYPE_CHECKING:
    from bot.facts.book import Book

HERE = Path(__file__).parent
HERD = HERE / "herd"
TOLD = HERE / "told"
SHIPPED = HERE.parent / "facts"


@pytest.fixture(scope="session")
def shipped() -> Book:
    """The book that the bot comes with."""
    return read_book(SHIPPED)


@pytest.fixture(scope="session")
def herd() -> Book:
    """The invented book, with its documents."""
    return read_book(HERD, HERD / "documents")


@pytest.fixture(scope="session")
def reader(herd: Book) -> Reader:
    """How the invented book is read."""
    return Reader(herd, "!")


@pytest.fixture(scope="session")
def shipped_reader(shipped: Book) -> Reader:
    """How the book that the bot comes with is read."""
    return Reader(shipped, "!")


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """How the invented book is read with more that is said of it, and with other names for its cohort."""
    folder = shutil.copytree(HERD, tmp_path_factory.mktemp("told") / "herd")
    shutil.copytree(TOLD, folder, dirs_exist_ok=True)
    file = folder / "herd.yaml"
    noun = "    noun: smith\n"
    named = f"{noun}    aliases: [bell team]\n    topics: [great-bell]\n"
    file.write_text(file.read_text("utf-8").replace(noun, named), "utf-8")
    return Reader(read_book(folder, folder / "documents"), "!")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the invented book's folder, to be edited."""
    return shutil.copytree(HERD, tmp_path / "herd")


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine takes away no picture that a test looks at."""
    monkeypatch.setattr(studio, "PATIENCE", 60.0)
