"""The JSON Schema of a fact file, for editors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pydantic.json_schema import GenerateJsonSchema

from bot.facts.model import FactFile

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import core_schema


class _WithoutNull(GenerateJsonSchema):
    """A key that need not be there is left out of a fact file; it is never null."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        return {**super().dict_schema(schema), "additionalProperties": False}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])


def schema_text() -> str:
    """The schema as it stands in `facts/schema.json`."""
    schema = FactFile.model_json_schema(schema_generator=_WithoutNull)
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
