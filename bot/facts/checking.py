"""Plain values made into the model's objects. What is wrong is collected, each with its place, as a sentence."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from msgspec.inspect import (
    BoolType,
    IntType,
    LiteralType,
    Metadata,
    NoneType,
    StrType,
    StructType,
    TupleType,
    Type,
    UnionType,
    VarTupleType,
    type_info,
)

from bot.english import listed, plural
from bot.facts.model import Model

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.facts.yaml_tree import KeyPath

M = TypeVar("M", bound=Model)


class Fault(NamedTuple):
    """What is wrong with the value at a path, or, `at_key`, with the key there."""

    path: KeyPath
    message: str
    at_key: bool = False


Reader = Callable[[Any, "KeyPath", list[Fault]], Any]
"""Gives what a value at a path is in the model. Raises ValueError where it is nothing there; faults inside it are collected."""


class _KindError(ValueError):
    """A value of another kind than the model has in its place."""


def checked(model: type[M], value: Any, path: KeyPath = ()) -> tuple[M | None, list[Fault]]:
    """The object that a value (`str`, `int`, `bool`, `list`, `dict`) at a path says, or None with all that is wrong."""
    faults: list[Fault] = []
    made = _collecting(_reader_of(model), value, path, faults)
    return (None if faults else made), faults


@cache
def _reader_of(model: type[Model]) -> Reader:
    return _reader(type_info(model))


def _collecting(read: Reader, value: Any, path: KeyPath, faults: list[Fault]) -> Any:
    try:
        return read(value, path, faults)
    except ValueError as error:
        faults.append(Fault(path, str(error)))


def _reader(kind: Type) -> Reader:
    match kind:
        case UnionType(types=(inner, NoneType())):
            return _reader(inner)
        case Metadata(type=inner):
            return _annotated(inner, **(kind.extra or {}))
        case StructType():
            return _object(kind)
        case VarTupleType(item_type=item):
            return _list(_reader(item), kind.min_length or 0)
        case TupleType(item_types=items):
            return _row([_reader(item) for item in items])
        case _:
            return _plain(kind)


def _annotated(
    inner: Type,
    *,
    parse: Callable[[Any], Any] | None = None,
    otherwise: str = "",
    strip: bool = False,
    check: Callable[[str], str] | None = None,
) -> Reader:
    """Reads a type with what `Meta.extra` says of it."""
    if parse:
        return lambda value, _path, _faults: parse(value)
    read_inner = _reader(inner)

    def read(value: Any, path: KeyPath, faults: list[Fault]) -> Any:
        if strip and isinstance(value, str):
            value = value.strip()
        made = read_inner(value, path, faults)
        return check(made) if check else made

    def read_or(value: Any, path: KeyPath, faults: list[Fault]) -> Any:
        inside: list[Fault] = []
        made = _collecting(read, value, path, inside)
        faults += [fault._replace(message=otherwise) for fault in inside]
        return made

    return read_or if otherwise else read


def _object(kind: StructType) -> Reader:
    readers = {field.name: _reader(field.type) for field in kind.fields}
    required = [field.name for field in kind.fields if field.required]

    def read(value: Any, path: KeyPath, faults: list[Fault]) -> Any:
        if not isinstance(value, dict):
            raise _KindError(f"`{_name(path)}` holds keys with values, not {kind_of(value)}")
        before, made = len(faults), {}
        faults += [Fault(path, f"`{key}` is missing here; add it", at_key=True) for key in required if key not in value]
        for key, each in value.items():
            if key in readers:
                made[key] = _collecting(readers[key], each, (*path, key), faults)
            else:
                hint = did_you_mean(key, readers.keys() - {"id"})
                faults.append(Fault((*path, key), f"`{key}` is no key here.{hint}", at_key=True))
        return kind.cls(**made) if len(faults) == before else None

    return read


def _list(read_item: Reader, least: int) -> Reader:
    def read(value: Any, path: KeyPath, faults: list[Fault]) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise _KindError(f"`{_name(path)}` must be a list, not {kind_of(value)}; put it in brackets: [ ]")
        if len(value) < least:
            raise ValueError(f"`{_name(path)}` is empty; a fact needs at least one")
        return tuple([_collecting(read_item, each, (*path, at), faults) for at, each in enumerate(value)])

    return read


def _row(readers: list[Reader]) -> Reader:
    def read(value: Any, path: KeyPath, faults: list[Fault]) -> tuple[Any, ...]:
        if not isinstance(value, list) or len(value) != len(readers):
            raise ValueError(f"`{_name(path)}` must have {plural(len(readers), 'value')} in brackets")
        pairs = enumerate(zip(readers, value, strict=True))
        return tuple([_collecting(read_item, each, (*path, at), faults) for at, (read_item, each) in pairs])

    return read


def _plain(kind: Type) -> Reader:
    """Reads a text, number, truth or word, which stays as it is."""
    match kind:
        case StrType():
            return _text(kind)
        case LiteralType(values=words):
            return _one(words.__contains__, listed([repr(word) for word in words], "or"))
        case IntType():
            return _one(lambda value: type(value) is int, "a valid integer")
        case BoolType():
            return _one(lambda value: type(value) is bool, "a valid boolean")
    raise TypeError(kind)


def _one(fits: Callable[[Any], bool], wanted: str) -> Reader:
    def read(value: Any, path: KeyPath, _faults: list[Fault]) -> Any:
        if not fits(value):
            raise ValueError(f"`{_name(path)}`: input should be {wanted}")
        return value

    return read


def _text(kind: StrType) -> Reader:
    least, most = kind.min_length or 0, kind.max_length or sys.maxsize
    pattern = re.compile(kind.pattern) if kind.pattern else None

    def read(value: Any, path: KeyPath, _faults: list[Fault]) -> str:
        if isinstance(value, dict | list):
            raise _KindError(f"`{_name(path)}` must be text, not {kind_of(value)}")
        if not isinstance(value, str):
            raise _KindError(f'`{_name(path)}` must be text; write it in quotes: "{str(value).lower()}"')
        if len(value) < least:
            raise ValueError(f"`{_name(path)}`: string should have at least {plural(least, 'character')}")
        if len(value) > most:
            raise ValueError(f"`{_name(path)}`: string should have at most {plural(most, 'character')}")
        if pattern and not pattern.fullmatch(value):
            raise ValueError(f"`{_name(path)}`: string should match pattern '{pattern.pattern}'")
        return value

    return read


def _name(path: KeyPath) -> str:
    """The key that a value at a path is under, at whatever depth of lists."""
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question, with a space before it, for whoever mistyped a word that is known; else nothing."""
    import difflib  # noqa: PLC0415 - milliseconds, for which no start of a sound book need wait

    near = difflib.get_close_matches(word, list(known), n=1)
    return f" Did you mean `{near[0]}`?" if near else ""


def kind_of(value: Any) -> str:
    """What a value of a file is, in words."""
    return {dict: "keys with values", list: "a list", str: "text", int: "a number", bool: "true or false"}[type(value)]
