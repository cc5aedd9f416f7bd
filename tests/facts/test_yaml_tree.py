from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.facts import yaml_tree
from bot.facts.yaml_tree import DEEPEST, LARGEST_FILE, MOST_PROBLEMS, MOST_VALUES, Mark, Problem, parse_tree, read_tree

NOTHING = "nothing stands here; give a value, or take the key out"
NO_CHARACTER = "this character cannot stand in YAML; take it out"
TOO_DEEP = f"this is nested more than {DEEPEST} deep; a fact file never is"

plain = st.recursive(
    st.booleans() | st.integers(-(10**17), 10**17) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)


def lines(text: str) -> list[str]:
    return [str(problem) for problem in parse_tree(text, "a.yaml").problems]


def depth(value: Any) -> int:
    """How many keys and places in lists lead to the innermost value."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return max((1 + depth(item) for item in inner), default=0)


def as_flow(value: Any) -> str:
    """A plain value as YAML on one line."""
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case list():
            return "[" + ", ".join(map(as_flow, value)) + "]"
        case dict():
            return "{" + ", ".join(f"? {as_flow(key)} : {as_flow(item)}" for key, item in value.items()) + "}"
    escaped = "".join(f"\\U{ord(sign):08x}" for sign in value)
    return f'"{escaped}"'


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", {}),
        ("# only a comment\n", {}),
        ("a: b", {"a": "b"}),
        ("- a\n- b\n", ["a", "b"]),
        ("a: 5", {"a": 5}),
        ("a: -5", {"a": -5}),
        ("a: 0", {"a": 0}),
        ("a: 007", {"a": "007"}),
        ("a: 1_000", {"a": "1_000"}),
        ("a: 1.5", {"a": "1.5"}),
        ("a: 12345678901234567890", {"a": "12345678901234567890"}),
        ("a: true", {"a": True}),
        ("a: false", {"a": False}),
        ("a: 'no'", {"a": "no"}),
        ('a: "2025-02-03"', {"a": "2025-02-03"}),
        ('a: ""', {"a": ""}),
        ("a: >-\n  one\n  two\n", {"a": "one two"}),
        ("no: a", {"no": "a"}),
        ("a: [b, {c: d}]", {"a": ["b", {"c": "d"}]}),
        ("a: 2023-01/2023-04", {"a": "2023-01/2023-04"}),
    ],
)
def test_plain_values(text: str, value: Any) -> None:
    """YAML becomes text, whole numbers, true and false, lists and mappings, and nothing else."""
    tree = parse_tree(text, "a.yaml")
    assert tree.value == value
    assert type(tree.value) is type(value)
    assert tree.problems == []


@pytest.mark.parametrize("word", ["yes", "no", "Yes", "NO", "on", "Off", "y", "N", "null", "Null", "~", ".nan", ".inf"])
def test_surprises(word: str) -> None:
    """A bare word that YAML would not keep as text is refused, wherever it is a value."""
    message = f'`{word}` means something else in YAML; write it in quotes: "{word}"'
    assert lines(f"a: {word}") == [f"a.yaml:1:4: {message}"]
    assert lines(f"a:\n  - b\n  - {word}\n") == [f"a.yaml:3:5: {message}"]


@pytest.mark.parametrize(
    "word", ["2025-02", "2025-02-03", "2025-2-3", "2025-02-03T10:00:00Z", "2025-02-03 10:00:00", "0000-00-00"]
)
def test_unquoted_dates(word: str) -> None:
    """A date stands in quotes, so that no reader of YAML makes something else of it."""
    assert lines(f"a: {word}") == [f'a.yaml:1:4: put a date in quotes: "{word}"']


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("a:", [f"1:3: {NOTHING}"]),
        ("a:\nb: c", [f"1:3: {NOTHING}"]),
        ("a: [b, ]\nc: {d: }", [f"2:8: {NOTHING}"]),
        ("a: 1\nb: 2\na: 3", ["3:1: `a` stands here a second time, first in line 1; keep one"]),
        ("a:\n  b: 1\n  b: 2", ["3:3: `b` stands here a second time, first in line 2; keep one"]),
        ('{a: 1, "a": 2}', ["1:8: `a` stands here a second time, first in line 1; keep one"]),
        ("a: &b c", ["1:4: `&b` names this place for repeating; take the anchor out"]),
        ("&b a: c", ["1:1: `&b` names this place for repeating; take the anchor out"]),
        ("a: &b [c]", ["1:4: `&b` names this place for repeating; take the anchor out"]),
        (
            "a: &b c\nd: *b",
            [
                "1:4: `&b` names this place for repeating; take the anchor out",
                "2:4: `*b` repeats another place; write the value out",
            ],
        ),
        ("a: *b", ["1:4: `*b` repeats another place; write the value out"]),
        ("a:\n  <<: *b", ["2:7: `*b` repeats another place; write the value out"]),
        ("a: !b c", ["1:4: `!b` is a tag; take it out and write a plain value"]),
        ("a: !!str c", ["1:4: `tag:yaml.org,2002:str` is a tag; take it out and write a plain value"]),
        ("!!str a: c", ["1:1: `tag:yaml.org,2002:str` is a tag; take it out and write a plain value"]),
        (
            "a: !!python/object/apply:os.system [ls]",
            [
                "1:4: `tag:yaml.org,2002:python/object/apply:os.system` is a tag; take it out and write a plain value",
            ],
        ),
        ("a: !%c0%80 b", ["1:1: a tag with `%` in this file is no text; take it out and write a plain value"]),
        ("? [a]\n: b", ["1:3: a key must be a plain word"]),
        ("{? {a: b} : c}", ["1:4: a key must be a plain word"]),
        (
            "*a : b",
            ["1:1: a key must be a plain word", "1:1: `*a` repeats another place; write the value out"],
        ),
        ("a: b\n---\nc: d", ["2:1: a second YAML document begins here; keep one in a file"]),
        ("a: b\n---\nc: [", ["2:1: a second YAML document begins here; keep one in a file"]),
        ("a: b: c", ["1:5: this is not YAML: mapping values are not allowed in this context"]),
        ("a: [b", ["2:1: this is not YAML: did not find expected ',' or ']'"]),
        ("a: 'b", ["1:6: this is not YAML: found unexpected end of stream"]),
        ("a: 1\n\tb: 2", ["2:1: this is not YAML: found a tab character that violates indentation"]),
        ("a:\n  - b\n c: d", ["3:2: this is not YAML: did not find expected key"]),
        ('a: "\\ud800"', ["1:7: this is not YAML: found invalid Unicode character escape code"]),
        ("%YAML 3.0\n---\na: 1", ["1:1: this is not YAML: found incompatible YAML document"]),
        ("a: b\x00", [f"1:5: {NO_CHARACTER}"]),
        ("é: ü\nñ: é\x07", [f"2:5: {NO_CHARACTER}"]),
        ("a: 𝄞\ud800", [f"1:5: {NO_CHARACTER}"]),
        ("a: \ufffe", [f"1:4: {NO_CHARACTER}"]),
        (
            "a: no\nb: 2025-02\na: &c d",
            [
                '1:4: `no` means something else in YAML; write it in quotes: "no"',
                '2:4: put a date in quotes: "2025-02"',
                "3:1: `a` stands here a second time, first in line 1; keep one",
                "3:4: `&c` names this place for repeating; take the anchor out",
            ],
        ),
    ],
)
def test_refused(text: str, problems: list[str]) -> None:
    """What a fact file has no use for is refused where it stands, each with a sentence, all at once."""
    assert lines(text) == [f"a.yaml:{problem}" for problem in problems]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[" * (DEEPEST + 1), None),
        ("[" * (DEEPEST + 2) + "]" * (DEEPEST + 2), f"1:{DEEPEST + 2}"),
        ("[" * 100_000, f"1:{DEEPEST + 2}"),
        ("{a: " * 100_000, f"1:{4 * (DEEPEST + 1) + 1}"),
        ("- " * 100_000, f"1:{2 * (DEEPEST + 1) + 1}"),
        ("? " * 100_000, f"1:{2 * (DEEPEST + 1) + 1}"),
        ("\n".join(" " * step + "a:" for step in range(40)), f"{DEEPEST + 2}:{DEEPEST + 2}"),
    ],
    ids=["not too deep", "flow", "open lists", "open mappings", "dashes", "keys of keys", "block"],
)
def test_too_deep(text: str, place: str | None) -> None:
    """What is nested deeper than any fact file is refused where it becomes too deep, however deep it goes on."""
    assert (f"a.yaml:{place}: {TOO_DEEP}" in lines(text)) == (place is not None)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=())) | st.text("ab01-:?[]{}\"'&*!%|>#,~ \n\t", max_size=60))
@example("a: \ud800")
@example("!%ed%a0%80 x")
@example("[" * 1000)
def test_any_text(text: str) -> None:
    """Any text at all gives a value of bounded depth, and problems that stand within it, and never an exception."""
    tree = parse_tree(text, "a.yaml")
    assert depth(tree.value) <= DEEPEST
    for problem in tree.problems:
        assert 1 <= problem.mark.line <= len(text.splitlines()) + 1
        assert 1 <= problem.mark.column <= len(text) + 1
        assert problem.message


@settings(deadline=None)
@given(plain)
def test_round_trip(value: Any) -> None:
    """A plain value written as YAML is read back as it was."""
    tree = parse_tree(as_flow(value), "a.yaml")
    assert tree.problems == []
    assert tree.value == value


@pytest.mark.parametrize(
    ("path", "key", "place"),
    [
        (("people", "jo", "name"), False, "3:11"),
        (("people", "jo", "name"), True, "3:5"),
        (("people", "jo"), False, "3:5"),
        (("people", "jo"), True, "2:3"),
        (("people", "jo", "aliases", 1), False, "4:18"),
        (("people", "jo", "aliases", 1), True, "4:18"),
        (("people", "jo", "born"), True, "3:5"),
        (("people", "ada", "name"), False, "2:3"),
        (("claims",), False, "1:1"),
        ((), False, "1:1"),
    ],
)
def test_marks(path: tuple[str | int, ...], key: bool, place: str) -> None:  # noqa: FBT001 - a column of the table
    """Every key and value has its place; what is not there has the place of the nearest value around it."""
    tree = parse_tree("people:\n  jo:\n    name: Jo\n    aliases: [a, b]\n", "a.yaml")
    assert str(tree.mark(path, key=key)) == f"a.yaml:{place}"


def test_order() -> None:
    """Problems sort by file, then line as a number, then column."""
    marks = [Mark("b", 1, 1), Mark("a", 10, 1), Mark("a", 9, 20), Mark("a", 9, 3)]
    problems = sorted(Problem(mark, "wrong") for mark in marks)
    assert [str(problem) for problem in problems] == ["a:9:3: wrong", "a:9:20: wrong", "a:10:1: wrong", "b:1:1: wrong"]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"\xff", "1:1: this is not UTF-8 text; save the file as UTF-8"),
        (b"a: b\nc: d\xe9\n", "2:5: this is not UTF-8 text; save the file as UTF-8"),
        ("é: é".encode() + b"\xe9", "1:5: this is not UTF-8 text; save the file as UTF-8"),
        ("\ufeffé: ".encode() + b"\xff", "1:4: this is not UTF-8 text; save the file as UTF-8"),
        ("a: b".encode("utf-16"), "1:1: this is not UTF-8 text; save the file as UTF-8"),
        (b"#" * (LARGEST_FILE + 1), "1:1: this file is larger than 2,000,000 bytes; split it into several"),
    ],
    ids=["first byte", "Latin-1", "behind an accent", "behind a byte order mark", "UTF-16", "too large"],
)
def test_files_refused(data: bytes, problem: str) -> None:
    """A file that is no UTF-8 text, or too large, is refused, at the first wrong character as people count."""
    tree = read_tree(data, "facts/a.yaml")
    assert [str(found) for found in tree.problems] == [f"facts/a.yaml:{problem}"]
    assert tree.value == {}


def test_largest_file() -> None:
    """A file of exactly the largest size is read."""
    tree = read_tree(b"a: b #".ljust(LARGEST_FILE, b"#"), "a.yaml")
    assert (tree.value, tree.problems) == ({"a": "b"}, [])


def test_a_file_full_of_errors() -> None:
    """A file with more errors than anybody makes is read no further, so that it costs nobody anything."""
    tree = parse_tree("".join(f"k{number}: *a\n" for number in range(100_000)), "a.yaml")
    assert len(tree.problems) == MOST_PROBLEMS + 1
    assert str(tree.problems[-1]) == "a.yaml:101:7: there are more than 100 errors before this; mend them first"
    assert not tree.is_whole


def test_a_file_full_of_values() -> None:
    """A file with more values than facts can be is read no further, so that it fills no memory."""
    tree = parse_tree("a: [" + "x," * MOST_VALUES + "x]", "a.yaml")
    (problem,) = tree.problems
    assert "there are more than 150,000 values before this; split the file into several" in str(problem)
    assert parse_tree("a: [" + "x," * (MOST_VALUES - 10) + "x]", "a.yaml").problems == []


@pytest.mark.parametrize("text", ['a: "\\ud800"', '"\\udfff": a', '- "x\\ud83d\\ude00"'])
def test_half_a_character(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """What no file can hold is no text, also where libyaml, which refuses it, is not there."""
    monkeypatch.setattr(yaml_tree, "_Loader", yaml.SafeLoader)
    (problem,) = parse_tree(text, "a.yaml").problems
    assert (problem.message, problem.mark.line) == (NO_CHARACTER, 1)
