from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.facts.dates import Date, Duration
from bot.facts.model import FactFile
from bot.facts.schema import schema_text
from bot.facts.yaml_tree import read_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

FACTS = Path(__file__).parents[2] / "facts"
HERD = Path(__file__).parents[1] / "herd"
SCHEMA = json.loads(schema_text())
KEYWORDS = {
    *("$defs", "$ref", "title", "description", "type", "properties", "patternProperties", "additionalProperties"),
    *("required", "items", "prefixItems", "minItems", "maxItems", "pattern", "minLength", "maxLength"),
    *("enum", "const", "anyOf"),
}
"""The keywords that `misfits` knows; any other would go unchecked here."""
TYPES = {"object": dict, "array": list, "string": str, "integer": int}

dates = st.text("0123456789-/~?", max_size=22) | st.dates().map(str)
durations = st.text("0123456789PYM", max_size=9) | st.builds("P{}Y{}M".format, st.integers(0, 99), st.integers(0, 11))


def misfits(value: Any, schema: dict[str, Any], path: str = "") -> Iterator[str]:
    """Where a value is not what the schema says, by the keywords of JSON Schema that ours uses."""
    schema = SCHEMA["$defs"].get(schema.get("$ref", "").rpartition("/")[2], schema)
    if "anyOf" in schema:
        if all(any(misfits(value, choice)) for choice in schema["anyOf"]):
            yield f"{path} fits nothing"
    elif not isinstance(value, TYPES.get(schema.get("type", ""), object)):
        yield f"{path} is no {schema['type']}"
    elif value not in schema.get("enum", [value]) or value != schema.get("const", value):
        yield f"{path} is no such word"
    elif isinstance(value, str):
        if not re.search(schema.get("pattern", ""), value):
            yield f"{path} does not match"
        if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
            yield f"{path} has no such length"
    elif isinstance(value, list):
        yield from _in_list(value, schema, path)
    elif isinstance(value, dict):
        yield from _in_mapping(value, schema, path)


def _in_list(value: list[Any], schema: dict[str, Any], path: str) -> Iterator[str]:
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        yield f"{path} has no such length"
    kinds = [*schema.get("prefixItems", []), *[schema.get("items", {})] * len(value)]
    for index, item in enumerate(value):
        yield from misfits(item, kinds[index], f"{path}/{index}")


def _in_mapping(value: dict[str, Any], schema: dict[str, Any], path: str) -> Iterator[str]:
    yield from (f"{path} lacks {key}" for key in schema.get("required", []) if key not in value)
    for key, item in value.items():
        kinds = [kind for name, kind in schema.get("properties", {}).items() if name == key]
        kinds += [kind for pattern, kind in schema.get("patternProperties", {}).items() if re.search(pattern, key)]
        if not kinds and schema.get("additionalProperties") is False:
            yield f"{path} has {key}"
        for kind in kinds:
            yield from misfits(item, kind, f"{path}/{key}")


def keywords(schema: Any) -> Iterator[str]:
    """Every keyword in a schema."""
    match schema:
        case list():
            for item in schema:
                yield from keywords(item)
        case dict():
            for key, item in schema.items():
                yield key
                yield from keywords(
                    list(item.values()) if key in {"properties", "patternProperties", "$defs"} else item
                )


def test_current() -> None:
    """The schema that editors use is the one that the model gives; write it anew with `bot facts schema`."""
    assert (FACTS / "schema.json").read_text("utf-8") == schema_text()


def test_every_file_names_it() -> None:
    """Every shipped file names the schema in its first line, where editors look for it."""
    for file in sorted(FACTS.glob("*.yaml")):
        assert file.read_text("utf-8").startswith("# yaml-language-server: $schema=schema.json\n"), file.name


@pytest.mark.parametrize("file", [*sorted(FACTS.glob("*.yaml")), HERD / "herd.yaml"], ids=lambda file: str(file.name))
def test_files_fit(file: Path) -> None:
    """What the bot reads as a book fits the schema too."""
    tree = read_tree(file.read_bytes(), file.name)
    assert tree.problems == []
    assert list(misfits(tree.value, SCHEMA)) == []


@pytest.mark.parametrize(
    ("value", "misfit"),
    [
        ([], " is no object"),
        ({"peple": {}}, " has peple"),
        ({"people": {"jo": {}}}, "/people/jo lacks name"),
        ({"people": {"jo": {"name": "Jo", "id": "jo"}}}, "/people/jo has id"),
        ({"people": {"jo": {"name": ""}}}, "/people/jo/name has no such length"),
        ({"people": {"jo": {"name": None}}}, "/people/jo/name is no string"),
        ({"people": {"jo": {"name": "Jo", "aliases": "J"}}}, "/people/jo/aliases is no array"),
        (
            {"people": {"jo": {"name": "Jo", "stints": [{"organisation": "unknown"}]}}},
            "/people/jo/stints/0 lacks evidence",
        ),
        ({"topics": {"x": {"name": "X", "kind": "bell"}}}, "/topics/x/kind is no such word"),
        ({"organisations": {"x": {"name": "X", "part_of": "A B"}}}, "/organisations/x/part_of does not match"),
        (
            {"sources": {"x": {"name": "X", "title": "X", "publisher": "X", "published": "present"}}},
            "/sources/x/published fits nothing",
        ),
    ],
)
def test_wrong_values_do_not_fit(value: Any, misfit: str) -> None:
    """An editor marks what the bot would refuse."""
    assert list(misfits(value, SCHEMA)) == [misfit]


def test_no_null() -> None:
    """What may be left out is left out: nothing may be null, and nothing has a default."""
    assert '"null"' not in schema_text()
    assert set(keywords(SCHEMA)) <= KEYWORDS


@settings(deadline=None)
@given(dates)
def test_dates_fit(text: str) -> None:
    """Every date that the bot reads fits the schema."""
    try:
        Date.parse(text)
    except ValueError:
        return
    assert not list(misfits(text, SCHEMA["$defs"]["Claim"]["properties"]["date"]))


@settings(deadline=None)
@given(durations)
def test_durations_fit(text: str) -> None:
    """The schema and the bot have the same durations."""
    fits = not list(misfits(text, SCHEMA["$defs"]["Stint"]["properties"]["lasted"]))
    try:
        Duration.parse(text)
    except ValueError:
        assert not fits
    else:
        assert fits


def test_every_section() -> None:
    """The schema has every part that a fact file may have, in the order of the model."""
    assert list(SCHEMA["properties"]) == list(FactFile.__struct_fields__)


def test_a_bad_identifier_is_refused() -> None:
    """An editor marks an entry under an identifier that is none."""
    sections = json.loads(schema_text())["properties"]
    assert all(section["additionalProperties"] is False for name, section in sections.items() if name != "book")
