"""Plain values made into the model's objects. What is wrong is collected, each with its place, as a sentence."""

from __future__ import annotations

import difflib
import re
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

_type_of = cache(type_info)


class _KindError(ValueError):
    """A value of another kind than the model has in its place."""


class Fault(NamedTuple):
    """What is wrong with the value at a path, or, `at_key`, with the key there."""

    path: KeyPath
    message: str
    at_key: bool = False


def checked(model: type[M], value: Any, path: KeyPath = ()) -> tuple[M | None, list[Fault]]:
    """The object that a value (`str`, `int`, `bool`, `list`, `dict`) at a path says, or None with all that is wrong."""
    checker = _Checker()
    made = checker.make(_type_of(model), value, path)
    return (None if checker.faults else made), checker.faults


class _Checker:
    """One pass over a value; collects faults instead of stopping at the first."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def make(self, kind: Type, value: Any, path: KeyPath) -> Any:
        """What a value is in the model; of no use where it is among the faults."""
        try:
            return self._made(kind, value, path)
        except ValueError as error:
            self.faults.append(Fault(path, str(error)))

    def _made(self, kind: Type, value: Any, path: KeyPath) -> Any:
        match kind:
            case UnionType(types=(inner, NoneType())):
                return self._made(inner, value, path)
            case Metadata(type=inner):
                return self._annotated(inner, kind.extra or {}, value, path)
            case StructType():
                return self._object(kind, value, path)
            case VarTupleType() | TupleType():
                return self._list(kind, value, path)
            case _:
                return _plain(kind, value, _name(path))

    def _annotated(self, inner: Type, extra: dict[str, Any], value: Any, path: KeyPath) -> Any:
        if "parse" in extra:
            return extra["parse"](value)
        if "otherwise" in extra:
            checker = _Checker()
            made = checker.make(inner, value, path)
            self.faults += [fault._replace(message=extra["otherwise"]) for fault in checker.faults]
            return made
        if "strip" in extra and isinstance(value, str):
            value = value.strip()
        made = self._made(inner, value, path)
        return extra["check"](made) if "check" in extra else made

    def _object(self, kind: StructType, value: Any, path: KeyPath) -> Any:
        if not isinstance(value, dict):
            raise _KindError(f"`{_name(path)}` holds keys with values, not {kind_of(value)}")
        before = len(self.faults)
        fields = {field.name: field for field in kind.fields}
        for key, field in fields.items():
            if field.required and key not in value:
                self.faults.append(Fault(path, f"`{key}` is missing here; add it", at_key=True))
        for key in value.keys() - fields.keys():
            hint = did_you_mean(key, fields.keys() - {"id"})
            self.faults.append(Fault((*path, key), f"`{key}` is no key here.{hint}", at_key=True))
        made = {key: self.make(fields[key].type, each, (*path, key)) for key, each in value.items() if key in fields}
        return kind.cls(**made) if len(self.faults) == before else None

    def _list(self, kind: VarTupleType | TupleType, value: Any, path: KeyPath) -> Any:
        name = _name(path)
        if not isinstance(value, list):
            raise _KindError(f"`{name}` must be a list, not {kind_of(value)}; put it in brackets: [ ]")
        if isinstance(kind, VarTupleType):
            if kind.min_length and not value:
                raise ValueError(f"`{name}` is empty; a fact needs at least one")
            kinds = (kind.item_type,) * len(value)
        elif len(value) == len(kind.item_types):
            kinds = kind.item_types
        else:
            raise ValueError(f"`{name}` must have {plural(len(kind.item_types), 'value')}")
        return tuple(
            self.make(item, each, (*path, at)) for at, (item, each) in enumerate(zip(kinds, value, strict=True))
        )


def _plain(kind: Type, value: Any, name: str) -> Any:
    """A text, number, truth or word as it is. Raises ValueError with what it should be."""
    match kind:
        case StrType():
            return _text(kind, value, name)
        case LiteralType(values=words):
            fits, wanted = value in words, listed([repr(word) for word in words], "or")
        case IntType():
            fits, wanted = type(value) is int, "a valid integer"
        case BoolType():
            fits, wanted = type(value) is bool, "a valid boolean"
        case _:
            raise TypeError(kind)
    if not fits:
        raise ValueError(f"`{name}`: input should be {wanted}")
    return value


def _text(kind: StrType, value: Any, name: str) -> str:
    if isinstance(value, dict | list):
        raise _KindError(f"`{name}` must be text, not {kind_of(value)}")
    if not isinstance(value, str):
        raise _KindError(f'`{name}` must be text; write it in quotes: "{str(value).lower()}"')
    if kind.min_length and len(value) < kind.min_length:
        raise ValueError(f"`{name}`: string should have at least {plural(kind.min_length, 'character')}")
    if kind.max_length and len(value) > kind.max_length:
        raise ValueError(f"`{name}`: string should have at most {plural(kind.max_length, 'character')}")
    if kind.pattern and not re.fullmatch(kind.pattern, value):
        raise ValueError(f"`{name}`: string should match pattern '{kind.pattern}'")
    return value


def _name(path: KeyPath) -> str:
    """The key that a value at a path is under, at whatever depth of lists."""
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question, with a space before it, for whoever mistyped a word that is known; else nothing."""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f" Did you mean `{near[0]}`?" if near else ""


def kind_of(value: Any) -> str:
    """What a value of a file is, in words."""
    return {dict: "keys with values", list: "a list", str: "text", int: "a number", bool: "true or false"}[type(value)]
