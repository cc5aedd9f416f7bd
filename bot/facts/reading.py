"""A folder of YAML, read and checked as a whole: a book, or every problem in it with file, line and column."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from bot.facts.book import Book
from bot.facts.checking import checked, did_you_mean, kind_of
from bot.facts.evidence import digest, read_document
from bot.facts.model import (
    UNKNOWN,
    Claim,
    Described,
    Evidence,
    FactFile,
    Frame,
    Model,
    Organisation,
    Person,
    Source,
    Topic,
)
from bot.facts.yaml_tree import LARGEST_FILE, KeyPath, Mark, Problem, Tree, read_tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_SECTIONS: Final[Mapping[str, type[Model]]] = {
    "sources": Source,
    "people": Person,
    "organisations": Organisation,
    "topics": Topic,
    "claims": Claim,
}
_SINGULAR: Final = {"sources": "source", "people": "person", "organisations": "organisation", "topics": "topic"}


class BookError(Exception):
    """A folder of facts that is no book; `problems` holds every reason, in the order of files and lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class _Entry(Struct, frozen=True):
    """An entry of a section: where it stands, and what it says if it is valid."""

    tree: Tree
    path: KeyPath
    model: Model | None

    @property
    def mark(self) -> Mark:
        return self.tree.mark(self.path, key=True)


Files = Mapping[str, bytes]
"""The content of a book: what its files are called, without a folder, and their bytes."""


def read_book(folder: Path, documents: Path | None = None) -> Book:
    """Read every `*.yaml` of a folder as one book.

    With a folder of documents, each evidence's digest is held against the words at its span. Raises BookError.
    """
    return read_files(load_files(folder), folder.absolute().name, documents)


def load_files(folder: Path) -> Files:
    """The files of a folder that make a book, each no further than what is too large. Raises BookError."""
    paths = sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")])
    if not paths:
        raise BookError([Problem(Mark(str(folder), 1, 1), "no file here ends in .yaml; name a folder of facts")])
    files, problems = {}, []
    for path in paths:
        try:
            with path.open("rb") as file:
                files[path.name] = file.read(LARGEST_FILE + 1)
        except OSError as error:
            mark = Mark(f"{folder.absolute().name}/{path.name}", 1, 1)
            problems.append(Problem(mark, f"this file cannot be read: {error.strerror}"))
    if problems:
        raise BookError(problems)
    return files


def read_files(files: Files, shown: str, documents: Path | None = None) -> Book:
    """Read files as one book; `shown` is what errors call the folder that they are in. Raises BookError."""
    trees = [read_tree(data, f"{shown}/{name}") for name, data in sorted(files.items())]
    reading = _Reading(trees)
    texts = reading.check(documents)
    if reading.problems:
        raise BookError(reading.problems)
    return reading.book(version_of(files), texts)


def version_of(files: Files) -> str:
    """SHA-256 of what `sha256sum *.yaml` prints in a folder of these files: the same wherever they are."""
    listing = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    return hashlib.sha256(listing.encode()).hexdigest()


class _Reading:
    """One pass over a folder; collects problems instead of stopping at the first."""

    def __init__(self, trees: list[Tree]) -> None:
        self.problems = [problem for tree in trees for problem in tree.problems]
        self.is_whole = all(tree.is_whole for tree in trees)
        self.frames: list[_Entry] = []
        self.entries: dict[str, dict[str, _Entry]] = {section: {} for section in _SECTIONS}
        for tree in trees:
            self._collect(tree)
        if not self.frames and not self.problems:
            self.complain(
                Mark(trees[0].file, 1, 1), "no file of this folder has `book:`; say there what the book is about"
            )
        for frame in self.frames[1:]:
            self.complain(frame.mark, f"`book` stands here a second time, first at {self.frames[0].mark}; keep one")

    def book(self, version: str, documents: Mapping[str, str]) -> Book:
        """The book, once there are no problems."""
        frame = self.frames[0].model
        assert isinstance(frame, Frame)  # noqa: S101 - tells mypy what `check` has seen to
        sections: dict[str, Any] = {
            section: {id_: entry.model for id_, entry in entries.items()} for section, entries in self.entries.items()
        }
        return Book(frame=frame, version=version, documents=documents, **sections)

    def complain(self, mark: Mark, message: str) -> None:
        self.problems.append(Problem(mark, message))

    # What each entry is

    def _collect(self, tree: Tree) -> None:
        if not isinstance(tree.value, dict):
            self.complain(tree.mark(()), f"a fact file holds keys such as `people:`, not {kind_of(tree.value)}")
            return
        for section, content in tree.value.items():
            if section == "book":
                self.frames.append(self._entry(Frame, tree, ("book",), content))
            elif section not in _SECTIONS:
                hint = did_you_mean(section, FactFile.__struct_fields__)
                self.complain(tree.mark((section,), key=True), f"`{section}` is no part of a fact file.{hint}")
            elif not isinstance(content, dict):
                self.complain(
                    tree.mark((section,)), f"`{section}` holds identifiers with their facts, not {kind_of(content)}"
                )
            else:
                self._collect_section(tree, section, content)

    def _collect_section(self, tree: Tree, section: str, content: dict[str, Any]) -> None:
        for id_, value in content.items():
            entry = self._entry(_SECTIONS[section], tree, (section, id_), value, id_)
            for other_section, entries in self.entries.items():
                if id_ in entries and ("claims" not in (section, other_section) or section == other_section):
                    self.complain(entry.mark, f"`{id_}` is taken, by {entries[id_].mark}; choose another identifier")
            if id_ == UNKNOWN:
                self.complain(entry.mark, f"`{UNKNOWN}` means that the sources do not say; choose another identifier")
            self.entries[section].setdefault(id_, entry)

    def _entry(self, model: type[Model], tree: Tree, path: KeyPath, value: Any, id_: str | None = None) -> _Entry:
        if not isinstance(value, dict):
            self.complain(tree.mark(path), f"`{path[-1]}` holds keys with values, not {kind_of(value)}")
            return _Entry(tree, path, None)
        if id_ is not None and "id" in value:
            self.complain(tree.mark((*path, "id"), key=True), "`id` is the key above; take this line out")
        found, faults = checked(model, value if id_ is None else {**value, "id": id_}, path)
        said = {problem.mark for problem in tree.problems}
        for fault in faults:
            whole = fault.path == path or (id_ is not None and fault.path == (*path, "id"))
            mark = tree.mark(path if whole else fault.path, key=whole or fault.at_key)
            if mark not in said:
                self.complain(mark, fault.message)
        return _Entry(tree, path, found)

    # How entries fit together

    def check(self, documents: Path | None) -> dict[str, str]:
        """Check what entries say of each other, and evidence against documents; returns the documents' texts."""
        texts = self._read_documents(documents) if documents else {}
        for frame in self.frames:
            self._check_frame(frame)
            self._check_evidence(frame, texts)
        for entries in self.entries.values():
            for entry in entries.values():
                self._check_entry(entry)
                self._check_evidence(entry, texts)
        return texts

    def _check_frame(self, entry: _Entry) -> None:
        frame = entry.model
        if not isinstance(frame, Frame):
            return
        self._refer(entry, ("home",), frame.home, "organisations")
        if frame.departures:
            self._refer(entry, ("departures",), frame.departures, "topics")
        for index, claim in enumerate(frame.milestones):
            self._refer(entry, ("milestones", index), claim, "claims")
            told = self.entries["claims"].get(claim)
            if told and isinstance(told.model, Claim) and not told.model.date:
                self.complain(
                    entry.tree.mark((*entry.path, "milestones", index)),
                    f"`milestones: {claim}` has no date; give the claim one, or take it out here",
                )
        for index, member in enumerate(frame.cohort.members):
            self._refer(entry, ("cohort", "members", index), member, "people")
        for index, topic in enumerate(frame.cohort.topics):
            self._refer(entry, ("cohort", "topics", index), topic, "topics")
        for member, times in Counter(frame.cohort.members).items():
            if times > 1:
                self.complain(
                    entry.tree.mark((*entry.path, "cohort", "members")),
                    f"`{member}` is listed {times} times; once is enough",
                )

    def _check_entry(self, entry: _Entry) -> None:
        match entry.model:
            case Person(stints=stints):
                for index, stint in enumerate(stints):
                    if stint.organisation != UNKNOWN:
                        self._refer(entry, ("stints", index, "organisation"), stint.organisation, "organisations")
            case Organisation(part_of=str(whole)) if whole != UNKNOWN:
                self._refer(entry, ("part_of",), whole, "organisations")
                self._check_no_circle(entry)
            case Claim():
                self._check_claim(entry, entry.model)

    def _check_claim(self, entry: _Entry, claim: Claim) -> None:
        for index, entity in enumerate(claim.about):
            self._refer(entry, ("about", index), entity, "people", "organisations", "topics")
        for index, other in enumerate(claim.disputes):
            self._refer(entry, ("disputes", index), other, "claims")
            if other == claim.id:
                self.complain(entry.tree.mark((*entry.path, "disputes", index)), "a claim cannot dispute itself")
        for key, whom in (("who", claim.asserts.who), ("of", claim.asserts.of)) if claim.asserts else ():
            if whom.at:
                self._refer(entry, ("asserts", key, "at"), whom.at, "organisations")

    def _check_no_circle(self, entry: _Entry) -> None:
        seen = [str(entry.path[-1])]
        organisations = self.entries["organisations"]
        while isinstance(model := getattr(organisations.get(seen[-1]), "model", None), Organisation) and model.part_of:
            if model.part_of == seen[0]:
                circle = " → ".join([*seen, seen[0]])
                self.complain(
                    entry.tree.mark((*entry.path, "part_of")), f"an organisation cannot be part of itself: {circle}"
                )
            if model.part_of in seen:
                return
            seen.append(model.part_of)

    def _refer(self, entry: _Entry, path: KeyPath, id_: str, *sections: str) -> None:
        if not self.is_whole or any(id_ in self.entries[section] for section in sections):
            return
        wanted = " or ".join(_SINGULAR.get(section, "claim") for section in sections)
        key = next(str(step) for step in reversed(path) if isinstance(step, str))
        hint = did_you_mean(id_, [known for section in sections for known in self.entries[section]])
        self.complain(entry.tree.mark((*entry.path, *path)), f"`{key}: {id_}` is no {wanted} here.{hint}")

    # What the facts rest on

    def _read_documents(self, folder: Path) -> dict[str, str]:
        texts = {}
        for id_, entry in self.entries["sources"].items():
            if isinstance(entry.model, Source) and entry.model.document:
                try:
                    texts[id_] = read_document(entry.model, folder)
                except ValueError as error:
                    self.complain(entry.tree.mark((*entry.path, "document")), str(error))
        return texts

    def _check_evidence(self, entry: _Entry, texts: Mapping[str, str]) -> None:
        for path, evidence in _evidence_of(entry.model):
            self._refer(entry, (*path, "source"), evidence.source, "sources")
            text = texts.get(evidence.source)
            if text is not None and digest(text[slice(*evidence.span)]) != evidence.digest:
                self.complain(
                    entry.tree.mark((*entry.path, *path)),
                    f"the words at this span of `{evidence.source}` are not those of the digest; "
                    'cite them again with `bot facts cite "…"`',
                )


def _evidence_of(model: Model | None) -> Iterator[tuple[KeyPath, Evidence]]:
    match model:
        case Person(stints=stints):
            for stint_index, stint in enumerate(stints):
                yield from (((("stints", stint_index, "evidence", i)), found) for i, found in enumerate(stint.evidence))
        case Frame(cohort=cohort):
            yield from ((("cohort", "evidence", i), found) for i, found in enumerate(cohort.evidence))
        case Described(evidence=evidence) | Claim(evidence=evidence):
            yield from ((("evidence", i), found) for i, found in enumerate(evidence))
