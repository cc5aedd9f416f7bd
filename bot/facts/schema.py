"""The JSON Schema of a fact file, for editors."""

from __future__ import annotations

import inspect
import json
from typing import Any

from msgspec.inspect import (
    BoolType,
    DictType,
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

from bot.facts.model import FactFile


def schema_text() -> str:
    """The schema as it stands in `facts/schema.json`."""
    definitions: dict[str, Any] = {}
    _schema(type_info(FactFile), definitions)
    schema = {**definitions.pop(FactFile.__name__), "$defs": definitions}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _schema(kind: Type, definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of a type; that of each object in it is put among the definitions."""
    match kind:
        case UnionType(types=(inner, NoneType())):  # a key that need not be there is left out; it is never null
            found = _schema(inner, definitions)
        case Metadata(extra={"parse": _}, extra_json_schema=dict(found)):
            pass
        case Metadata(type=inner, extra_json_schema=more):
            found = _schema(inner, definitions) | (more or {})
        case StructType(cls=cls):
            if cls.__name__ not in definitions:
                definitions[cls.__name__] = {}
                definitions[cls.__name__] = _object(kind, definitions)
            found = {"$ref": f"#/$defs/{cls.__name__}"}
        case DictType():
            pattern = _schema(kind.key_type, definitions)["pattern"]
            entries = {pattern: _schema(kind.value_type, definitions)}
            found = {"type": "object", "patternProperties": entries, "additionalProperties": False}
        case VarTupleType():
            found = {"type": "array", "items": _schema(kind.item_type, definitions), "minItems": kind.min_length}
        case TupleType(item_types=items):
            found = {"type": "array", "prefixItems": [_schema(item, definitions) for item in items]}
            found |= {"minItems": len(items), "maxItems": len(items)}
        case _:
            found = _plain(kind)
    return {keyword: value for keyword, value in found.items() if value is not None}


def _plain(kind: Type) -> dict[str, Any]:
    match kind:
        case LiteralType(values=words):
            return {"type": "string", "enum": list(words)}
        case StrType():
            limits = {"minLength": kind.min_length, "maxLength": kind.max_length, "pattern": kind.pattern}
            return {"type": "string", **limits}
        case IntType():
            return {"type": "integer"}
        case BoolType():
            return {"type": "boolean"}
    raise TypeError(kind)


def _object(kind: StructType, definitions: dict[str, Any]) -> dict[str, Any]:
    fields = [field for field in kind.fields if field.name != "id"]  # which is the key that the object stands under
    return {
        "title": kind.cls.__name__,
        "description": inspect.getdoc(kind.cls),
        "type": "object",
        "properties": {field.name: _schema(field.type, definitions) for field in fields},
        "required": [field.name for field in fields if field.required],
        "additionalProperties": False,
    }
