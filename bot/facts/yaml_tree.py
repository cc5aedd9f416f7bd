"""YAML as plain values that know where they stand, with YAML's surprises refused.

Read from events and not from composed nodes, so that nothing is built of a file that is too deep, and anchors, aliases
and tags are seen where they stand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import yaml
from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_FILE: Final = 2_000_000
"""Bytes; a book of 10,000 people fits, an accident does not."""
DEEPEST: Final = 12
"""Levels of nesting; a fact file has six."""
MOST_VALUES: Final = 150_000
"""Values of one file; the largest file of facts has fewer, at its twenty bytes for each."""
MOST_PROBLEMS: Final = 100
"""Problems of one file, behind which it is read no further; nobody makes so many by mistake."""

NO_CHARACTER: Final = "this character cannot stand in YAML; take it out"

_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"-?(0|[1-9]\d{0,17})", re.ASCII)
_DATE_LIKE = re.compile(r"\d{4}-\d\d?(-\d\d?)?([Tt ].*)?", re.ASCII)
_HALF: Final = re.compile("[\ud800-\udfff]")
"""Half of a character, which UTF-8 cannot write; PyYAML without libyaml makes them of escapes."""
_SURPRISES: Final = {"yes", "no", "on", "off", "y", "n", "null", "~", "nan", ".nan", ".inf"}

KeyPath = tuple[str | int, ...]


class Mark(Struct, frozen=True, order=True):
    """A place in a file; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        """As compilers write it: `facts/people.yaml:41:7`."""
        return f"{self.file}:{self.line}:{self.column}"


class Problem(Struct, frozen=True, order=True):
    """What is wrong, where, and what to do, in a sentence."""

    mark: Mark
    message: str

    def __str__(self) -> str:
        """One line: the place, then the sentence."""
        return f"{self.mark}: {self.message}"


class Tree:
    """A file's plain value (`str`, `int`, `bool`, `list`, `dict`), and the mark of every key and value in it."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.is_whole = True
        """Whether all of the file was read; the problems say why not."""
        self.value: Any = {}
        self.problems: list[Problem] = []
        self._values: dict[KeyPath, tuple[int, int]] = {(): (1, 1)}
        self._keys: dict[KeyPath, tuple[int, int]] = {}

    def mark(self, path: KeyPath, *, key: bool = False) -> Mark:
        """Where the value (or the key) at a path stands; where there is none, the nearest value around it."""
        if key and path in self._keys:
            return Mark(self.file, *self._keys[path])
        while path not in self._values:
            path = path[:-1]
        return Mark(self.file, *self._values[path])


def read_tree(data: bytes, shown: str) -> Tree:
    """Read one file's bytes; `shown` is how errors name it. What is wrong with it is in `Tree.problems`, never raised."""
    if len(data) > LARGEST_FILE:
        return _broken(shown, 1, 1, f"this file is larger than {LARGEST_FILE:,} bytes; split it into several")
    try:
        return parse_tree(data.decode("utf-8-sig"), shown)
    except UnicodeDecodeError as error:
        line, column = _place(error.object[: error.start].decode())
        return _broken(shown, line, column, "this is not UTF-8 text; save the file as UTF-8")


def parse_tree(text: str, shown: str) -> Tree:
    """Read YAML text; see `read_tree`."""
    if odd := yaml.reader.Reader.NON_PRINTABLE.search(text):
        return _broken(shown, *_place(text[: odd.start()]), NO_CHARACTER)
    tree = Tree(shown)
    try:
        _Builder(tree).build(yaml.parse(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark or error.context_mark
        line, column = (at.line + 1, at.column + 1) if at else (1, 1)
        return _broken(shown, line, column, f"this is not YAML: {error.problem or error.context}")
    except UnicodeDecodeError:  # of a tag with %-escapes; libyaml does not say which
        return _broken(shown, 1, 1, "a tag with `%` in this file is no text; take it out and write a plain value")
    except _HopelessError as error:
        tree.is_whole = False
        tree.problems.append(error.problem)
    return tree


def _place(before: str) -> tuple[int, int]:
    """The line and column of what stands behind some text."""
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _broken(file: str, line: int, column: int, message: str) -> Tree:
    tree = Tree(file)
    tree.is_whole = False
    tree.problems.append(Problem(Mark(file, line, column), message))
    return tree


class _HopelessError(Exception):
    """Behind this problem, reading on would tell nobody anything."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class _Builder:
    """Turns a stream of events into the value of a tree, noting marks and problems on the way."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    def build(self, events: Iterator[yaml.Event]) -> None:
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.complain(event, "a second YAML document begins here; keep one in a file")
                    return
            elif isinstance(event, yaml.NodeEvent):
                self.tree.value = self.node(event, events, ())

    def node(self, event: yaml.Event, events: Iterator[yaml.Event], path: KeyPath) -> Any:
        if len(path) > DEEPEST:
            raise self.hopeless(event, f"this is nested more than {DEEPEST} deep; a fact file never is")
        values = self.tree._values  # noqa: SLF001 - the builder is the tree's other half
        if len(values) > MOST_VALUES:
            many = f"there are more than {MOST_VALUES:,} values before this; split the file into several"
            raise self.hopeless(event, many)
        values[path] = _start(event)
        if isinstance(event, yaml.AliasEvent):
            self.complain(event, f"`*{event.anchor}` repeats another place; write the value out")
            return ""
        self.refuse_extras(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(events, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(events, path)
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        raise AssertionError(event)

    def mapping(self, events: Iterator[yaml.Event], path: KeyPath) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                self.complain(event, "a key must be a plain word")
                self.node(event, events, (*path, "?"))
                self.node(next(events), events, (*path, "?"))
                continue
            self.refuse_extras(event)
            key = event.value
            if key in found:
                first = self.tree.mark((*path, key), key=True)
                self.complain(event, f"`{key}` stands here a second time, first in line {first.line}; keep one")
            else:
                self.tree._keys[(*path, key)] = _start(event)  # noqa: SLF001
            found[key] = self.node(next(events), events, (*path, key))
        return found

    def sequence(self, events: Iterator[yaml.Event], path: KeyPath) -> list[Any]:
        found: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            found.append(self.node(event, events, (*path, len(found))))
        return found

    def scalar(self, event: yaml.ScalarEvent) -> str | int | bool:
        value: str = event.value
        if not event.implicit[0]:
            return value
        if value == "":
            self.complain(event, "nothing stands here; give a value, or take the key out")
        elif value.casefold() in _SURPRISES:
            self.complain(event, f'`{value}` means something else in YAML; write it in quotes: "{value}"')
        elif _DATE_LIKE.fullmatch(value):
            self.complain(event, f'put a date in quotes: "{value}"')
        elif value in {"true", "false"}:
            return value == "true"
        elif _INTEGER.fullmatch(value):
            return int(value)
        return value

    def refuse_extras(self, event: Any) -> None:
        """Of a scalar, or of the start of a collection."""
        if event.anchor:
            self.complain(event, f"`&{event.anchor}` names this place for repeating; take the anchor out")
        if event.tag:
            self.complain(event, f"`{event.tag}` is a tag; take it out and write a plain value")
        value = getattr(event, "value", "")
        if not value.isascii() and _HALF.search(value):
            raise self.hopeless(event, NO_CHARACTER)

    def complain(self, event: yaml.Event, message: str) -> None:
        if len(self.tree.problems) == MOST_PROBLEMS:
            raise self.hopeless(event, f"there are more than {MOST_PROBLEMS} errors before this; mend them first")
        self.tree.problems.append(Problem(Mark(self.tree.file, *_start(event)), message))

    def hopeless(self, event: yaml.Event, message: str) -> _HopelessError:
        return _HopelessError(Problem(Mark(self.tree.file, *_start(event)), message))


def _start(event: yaml.Event) -> tuple[int, int]:
    """The line and column where an event begins."""
    at = event.start_mark
    return (at.line + 1, at.column + 1) if at else (1, 1)
