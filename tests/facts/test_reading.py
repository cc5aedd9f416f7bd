from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.facts.dates import Date
from bot.facts.reading import BookError, read_book
from bot.facts.yaml_tree import LARGEST_FILE

if TYPE_CHECKING:
    from bot.facts.book import Book

HERD = Path(__file__).parents[1] / "herd"
HERD_YAML = (HERD / "herd.yaml").read_text("utf-8")

ADA = "people:\n  ada-quill:"
SHED = "  clapper-shed:\n    name: The Clapper Shed\n    aliases: [Clapper Shed]\n"
SHED_EVIDENCE = "    evidence:\n      - {source: gazette, span: [586, 602], digest: sha256-05359f4d0fed05a6}\n"
NOTHING = "nothing stands here; give a value, or take the key out"
NO_SLUG = "is no identifier; write small letters, digits and single hyphens, as in `jane-doe`"
NO_DATE = 'is no date; write "2025", "2025-02" or "2025-02-03", or two of them with "/" between for an interval'
NO_DATE_KIND = 'a date is text in quotes, such as "2025-02", or {edtf: "2023-01/2023-04", wording: early 2023}'
NO_SPAN = "`span` takes two whole numbers: the first character, and the one behind the last"
NO_EVIDENCE = "`clapper-shed` says something and names no evidence; add `evidence:` or take it out"
OTHER_WORDS = (
    'the words at this span of `gazette` are not those of the digest; cite them again with `bot facts cite "…"`'
)


def edited(folder: Path, old: str, new: str) -> str:
    """Replace the first of some words in the book's file; gives the text as it then stands."""
    file = folder / "herd.yaml"
    before = file.read_text("utf-8")
    assert old in before, "this test and tests/herd/herd.yaml have parted ways"
    file.write_text(before.replace(old, new, 1), "utf-8")
    return file.read_text("utf-8")


def place(text: str, needle: str, file: str = "herd/herd.yaml") -> str:
    """Where in a text the ▸ of a needle stands; without one, where the needle begins."""
    before, _, after = needle.rpartition("▸")
    assert text.count(before + after) == 1, f"{needle!r} must say one place"
    ahead = text[: text.index(before + after) + len(before)]
    return f"{file}:{ahead.count(chr(10)) + 1}:{len(ahead) - ahead.rfind(chr(10))}"


def said(text: str, needle: str, message: str, file: str = "herd/herd.yaml") -> str:
    """A problem as it is reported, at the place of a needle."""
    return f"{place(text, needle, file)}: {message}"


def problems(folder: Path, *, documents: bool = False) -> list[str]:
    """What is said of a folder that is no book."""
    with pytest.raises(BookError) as error:
        read_book(folder, folder / "documents" if documents else None)
    assert str(error.value) == "\n".join(map(str, error.value.problems))
    return [str(problem) for problem in error.value.problems]


# What YAML would allow, and a fact file does not: (what is replaced, by what, where the error stands, what it says)
SURPRISES = [
    ("name: Hayloft", "name: no", "name: ▸no\n", '`no` means something else in YAML; write it in quotes: "no"'),
    ("name: Hayloft", "name: On", "name: ▸On\n", '`On` means something else in YAML; write it in quotes: "On"'),
    ("aliases: [Byre]", "aliases: [yes]", "[▸yes]", '`yes` means something else in YAML; write it in quotes: "yes"'),
    ("role: tuner", "role: null", "role: ▸null", '`null` means something else in YAML; write it in quotes: "null"'),
    ("role: tuner", "role: ~", "role: ▸~", '`~` means something else in YAML; write it in quotes: "~"'),
    ("role: tuner", "role:", "role:▸\n        since", NOTHING),
    ('"2031-03-10"', "2031-03-10", "published: ▸2031-03-10", 'put a date in quotes: "2031-03-10"'),
    ('"2029-06"', "2029-06", "until: ▸2029-06\n", 'put a date in quotes: "2029-06"'),
    ("name: Hayloft", "name: !!str Hayloft", "!!str", "`tag:yaml.org,2002:str` is a tag; take it out and write a plain value"),
    ("name: Hayloft", "name: &hay Hayloft", "&hay", "`&hay` names this place for repeating; take the anchor out"),
    ("name: Hayloft", "name: *hay", "*hay", "`*hay` repeats another place; write the value out"),
    ("claims:\n", "? [claims]\n: none\nclaims:\n", "? ▸[claims]", "a key must be a plain word"),
    ("topics:", "---\ntopics:", "---", "a second YAML document begins here; keep one in a file"),
]  # fmt: skip

# Keys and values that a fact file does not know
SHAPES = [
    ("topics:", "topcs: {}\ntopics:", "topcs", "`topcs` is no part of a fact file. Did you mean `topics`?"),
    ("topics:", "weather: {}\ntopics:", "weather", "`weather` is no part of a fact file."),
    ("topics:", "version: 1\ntopics:", "version", "`version` is no part of a fact file."),
    ("role: tuner", "rol: tuner", "▸rol: tuner", "`rol` is no key here. Did you mean `role`?"),
    ("name: Hayloft", "name: Hayloft\n    partof: byre", "partof", "`partof` is no key here. Did you mean `part_of`?"),
    ("stillat:", "stilat:", "stilat:", "`stilat` is no key here. Did you mean `stillat`?"),
    ("noun: smith", "noun: smith\n    nouns: smiths", "nouns", "`nouns` is no key here. Did you mean `noun`?"),
    ("stance: iron", "colour: grey", "colour", "`colour` is no key here."),
    ("stance: iron", "asserts: {most: 1}", "most: ▸1", "`most`: input should be a valid boolean"),
    ("stance: iron", "asserts: {count: true}", "count: ▸true", "`count`: input should be a valid integer"),
    ("stance: iron", "asserts: {most: true, who: {left: 1}}", "left: ▸1", NO_DATE_KIND),
    ("book:\n", "book:\n  id: herd\n", "id: herd", "`id` is no key here."),
    ("name: Hayloft", "name: Hayloft\n    i: x", "▸i: x", "`i` is no key here."),
    ("span: [28, 58],", "span: [28, 58], note: x,", "note: x", "`note` is no key here."),
    ("name: Hayloft", "aliases: [Hay]", "▸hayloft:\n    aliases", "`name` is missing here; add it"),
    ("  title: Who cast the Great Bell\n", "", "▸book:\n", "`title` is missing here; add it"),
    ("    noun: smith\n", "", "▸cohort:\n", "`noun` is missing here; add it"),
    ("    kind: publication\n    description", "    description", "▸little-bell:\n", "`kind` is missing here; add it"),
    ("    about: [little-bell]\n", "", "little-late", "`about` is missing here; add it"),
    ("{source: almanac, span: [28, 58], ", "{span: [28, 58], ", "{span", "`source` is missing here; add it"),
    ("- organisation: clapper-shed\n        role: tuner", "- role: tuner", "- ▸role: tuner", "`organisation` is missing here; add it"),
    ("name: Hayloft", "name: 5", "name: ▸5", '`name` must be text; write it in quotes: "5"'),
    ("name: Hayloft", "name: true", "name: ▸true", '`name` must be text; write it in quotes: "true"'),
    ("name: Hayloft", "name: [Hay, Loft]", "[Hay", "`name` must be text, not a list"),
    ("name: Hayloft", "name: {en: Hayloft}", "{en", "`name` must be text, not keys with values"),
    ("name: Hayloft", 'name: ""', 'name: ▸""', "`name`: string should have at least 1 character"),
    ("name: Hayloft", f"name: {'x' * 81}", "name: ▸xxx", "`name`: string should have at most 80 characters"),
    ("aliases: [Byre]", "aliases: [Byre, 5]", "[Byre, ▸5]", '`aliases` must be text; write it in quotes: "5"'),
    ("aliases: [Byre]", "aliases: Byre", "aliases: ▸Byre\n", "`aliases` must be a list, not text; put it in brackets: [ ]"),
    ("about: [little-bell]", "about: []", "about: ▸[]", "`about` is empty; a fact needs at least one"),
    ("  commands:\n    stillat: stillatauroch", "  commands: none", "none\n", "`commands` holds keys with values, not text"),
    ("stillat: stillatauroch", "stillat: Still At", "Still At", "`Still At` cannot be this command's name; begin it with `still`, and add small letters or digits, 32 at most"),
    ("stillat: stillatauroch", "stillat: reload", "reload", "`reload` cannot be this command's name; begin it with `still`, and add small letters or digits, 32 at most"),
    ("  hayloft:\n    name: Hayloft", '  hayloft:\n    name: "..."', '"..."', "`...` has no letter or digit, so that nobody could ask for it"),
    ("kind: publication\n    description", "kind: bell\n    description", "kind: ▸bell\n", "`kind`: input should be 'model', 'programme', 'publication' or 'theme'"),
    ("\n    name: Hayloft", " Hayloft", "hayloft: ▸Hayloft", "`hayloft` holds keys with values, not text"),
    ("\n    name: Hayloft", " [Hayloft]", "[Hayloft]", "`hayloft` holds keys with values, not a list"),
    ("\n    name: Hayloft", " 7", "hayloft: ▸7", "`hayloft` holds keys with values, not a number"),
    ("\n    name: Hayloft", " false", "hayloft: ▸false", "`hayloft` holds keys with values, not true or false"),
    ("name: Hayloft", "id: hayloft\n    name: Hayloft", "▸id: hayloft", "`id` is the key above; take this line out"),
    ("little-late:", "Little_Late:", "Little_Late", f"`Little_Late` {NO_SLUG}"),
    ("  hayloft:", "  hay--loft:", "hay--loft", f"`hay--loft` {NO_SLUG}"),
    ("part_of: auroch", "part_of: Auroch", "part_of: ▸Auroch", f"`Auroch` {NO_SLUG}"),
    ('"7e93', '"93', '▸"93', "`sha256`: string should match pattern '^[0-9a-f]{64}$'"),
    ("document: almanac.txt", "url: almanac.example", "almanac.example", r"`url`: string should match pattern '^https?://\S+$'"),
]  # fmt: skip

# Dates and durations
TIMES = [
    ('"2031-03-10"', '"10 March 2031"', '"10 March', f"`10 March 2031` {NO_DATE}"),
    ('"2031-03-10"', "present", "published: ▸present", f"`present` {NO_DATE}"),
    ('"2029-06"', '"2029-13"', '"2029-13', "`2029-13` is not in the calendar: month must be in 1..12"),
    ('"2029-06"', "2029", "until: ▸2029\n", NO_DATE_KIND),
    ('"2029-06"', "Present", "until: ▸Present", f"`Present` {NO_DATE}"),
    ('"2029-06"', '["2029-06"]', '["2029-06', NO_DATE_KIND),
    (", wording: summer of 2029", "", "{edtf", NO_DATE_KIND),
    ("wording: summer of 2029", "wording: 2029", "{edtf", NO_DATE_KIND),
    ('"2029-06/2029-08"', '"2029-08/2029-06"', "{edtf", "`2029-08/2029-06` ends before it begins; put the earlier date first"),
    ('"2028"', '"2028-02-30"', '"2028-02-30"', "`2028-02-30` is not in the calendar: day is out of range for month"),
    ('"P4Y2M"', '"four years"', '"four', '`four years` is no duration; write years and months as in "P6Y7M", "P5Y" or "P8M"'),
    ('"P4Y2M"', "4", "lasted: ▸4", 'a duration is text in quotes, such as "P6Y7M"'),
]  # fmt: skip

# What entries say of each other
REFERENCES = [
    ("home: auroch", "home: aurock", "aurock", "`home: aurock` is no organisation here. Did you mean `auroch`?"),
    ("home: auroch", "home: unknown", "home: ▸unknown", "`home: unknown` is no organisation here."),
    ("home: auroch", "home: ada-quill", "home: ▸ada", "`home: ada-quill` is no organisation here."),
    ("[ada-quill, soren", "[ida-quill, soren", "ida-quill", "`members: ida-quill` is no person here. Did you mean `ada-quill`?"),
    ("organisation: byre", "organisation: bire", "bire", "`organisation: bire` is no organisation here. Did you mean `byre`?"),
    ("part_of: auroch", "part_of: zzz", "zzz", "`part_of: zzz` is no organisation here."),
    ("about: [little-bell]", "about: [litle-bell]", "litle", "`about: litle-bell` is no person or organisation or topic here. Did you mean `little-bell`?"),
    ("about: [little-bell]", "about: [little-bell, almanac]", "little-bell, ▸almanac", "`about: almanac` is no person or organisation or topic here."),
    ("disputes: [iron]", "disputes: [irn]", "irn", "`disputes: irn` is no claim here. Did you mean `iron`?"),
    ("disputes: [iron]", "disputes: [iron, bronze]", "iron, ▸bronze", "a claim cannot dispute itself"),
    ("source: almanac, span: [28", "source: almanack, span: [28", "almanack", "`source: almanack` is no source here. Did you mean `almanac`?"),
    ("source: gazette, span: [137", "source: gazete, span: [137", "gazete,", "`source: gazete` is no source here. Did you mean `gazette`?"),
    ("source: gazette, span: [35", "source: gazete, span: [35", "gazete,", "`source: gazete` is no source here. Did you mean `gazette`?"),
    ("  commands:", "  milestones: [little-lat]\n  commands:", "▸little-lat]", "`milestones: little-lat` is no claim here. Did you mean `little-late`?"),
    ("  commands:", "  milestones: [little-late]\n  commands:", "▸little-late]", "`milestones: little-late` has no date; give the claim one, or take it out here"),
    ("part_of: auroch", "part_of: clapper-shed", "part_of: ▸clapper", "an organisation cannot be part of itself: clapper-shed → clapper-shed"),
    ("zofie-luc, bram", "ada-quill, bram", "▸[ada-quill", "`ada-quill` is listed 2 times; once is enough"),
    ("  hayloft:", "  unknown:", "▸unknown:\n", "`unknown` means that the sources do not say; choose another identifier"),
    ("  little-late:", "  unknown:", "▸unknown:\n", "`unknown` means that the sources do not say; choose another identifier"),
]  # fmt: skip

# What stands there already: (what is replaced, by what, where the error stands, where it stood first)
TAKEN = [
    ("  silent-bell:", "  hayloft:", "▸hayloft:\n    name: Silent", "▸hayloft:\n    name: Hayloft"),
    ("  silent-bell:", "  almanac:", "▸almanac:\n    name: Silent", "▸almanac:\n    name: The"),
    ("  silent-bell:", "  jo-ng:", "▸jo-ng:\n    name: Silent", "▸jo-ng:\n    name: Jo"),
    ("  hayloft:", "  jo-ng:", "▸jo-ng:\n    name: Hayloft", "▸jo-ng:\n    name: Jo"),
]

# What facts rest on
EVIDENCE = [
    ("span: [28, 58]", "span: [58, 28]", "▸{source: almanac, span: [58", "`span: [58, 28]` holds no character; the second number must be the larger"),
    ("span: [28, 58]", "span: [28, 28]", "▸{source: almanac, span: [28", "`span: [28, 28]` holds no character; the second number must be the larger"),
    ("span: [28, 58]", "span: [-1, 58]", "▸{source: almanac, span: [-1", "`span: [-1, 58]` holds no character; the second number must be the larger"),
    ("span: [28, 58]", "span: [28]", "[28]", NO_SPAN),
    ("span: [28, 58]", "span: [28, 58, 59]", "[28, 58, 59]", NO_SPAN),
    ("span: [28, 58]", "span: [28, end]", "end]", NO_SPAN),
    ("span: [28, 58]", "span: [true, 58]", "true", NO_SPAN),
    ("span: [28, 58]", "span: 28", "span: ▸28", NO_SPAN),
    ("sha256-f9261f6a696e9232", '"sha256-f9261f6a696e9232\\n"', '▸"sha256', "`digest`: string should match pattern '^sha256-[0-9a-f]{16}$'"),
    ("{source: almanac, span: [28, 58], ", "{source: almanac, ", "▸{source: almanac, d", "`span` is missing here; add it"),
    ("digest: sha256-f926", "digest: f926", "digest: ▸f926", "`digest`: string should match pattern '^sha256-[0-9a-f]{16}$'"),
    (SHED_EVIDENCE, "", "▸clapper-shed:\n    name", NO_EVIDENCE),
    (SHED + "    part_of: auroch\n" + SHED_EVIDENCE, SHED + "    description: A shed.\n", "▸clapper-shed:\n    name", NO_EVIDENCE),
    (SHED + "    part_of: auroch\n" + SHED_EVIDENCE, SHED + "    description: A shed.\n    evidence: []\n", "▸clapper-shed:\n    name", NO_EVIDENCE),
    ("    evidence:\n      - {source: almanac, span: [28, 58], digest: sha256-f9261f6a696e9232}\n", "", "▸iron:\n    about", "`evidence` is missing here; add it"),
    ("\n      - {source: almanac, span: [28, 58], digest: sha256-f9261f6a696e9232}", " []", "evidence: ▸[]", "`evidence` is empty; a fact needs at least one"),
    ("\n          - {source: gazette, span: [137, 152], digest: sha256-ef2c1c92fbb6a50d}", " []", "evidence: ▸[]", "`evidence` is empty; a fact needs at least one"),
    ("        evidence:\n          - {source: gazette, span: [137, 152], digest: sha256-ef2c1c92fbb6a50d}\n", "", "▸organisation: clapper-shed\n        role: tuner", "`evidence` is missing here; add it"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "needle", "message"), [*SURPRISES, *SHAPES, *TIMES, *REFERENCES, *EVIDENCE])
def test_errors(folder: Path, old: str, new: str, needle: str, message: str) -> None:
    """What is wrong with a book is said in one sentence, at the line and column where it stands, and nothing else is."""
    text = edited(folder, old, new)
    assert problems(folder) == [said(text, needle, message)]


@pytest.mark.parametrize(("old", "new", "needle", "first"), TAKEN)
def test_taken(folder: Path, old: str, new: str, needle: str, first: str) -> None:
    """An identifier is unique over people, organisations, topics and sources, and the error says who has it."""
    text = edited(folder, old, new)
    id_ = needle.removeprefix("▸").partition(":")[0]
    message = f"`{id_}` is taken, by {place(text, first)}; choose another identifier"
    assert problems(folder) == [said(text, needle, message)]


@pytest.mark.parametrize(
    ("old", "new", "needle", "first"),
    [
        ("name: Hayloft", "name: Hay\n    name: Loft", "▸name: Loft", "▸name: Hay\n"),
        ("  hayloft:", "  byre:", "▸byre:\n    name: Hayloft", "▸byre:\n    name: Byre"),
        ("claims:", "topics: {}\nclaims:", "▸topics: {}", "▸topics:\n"),
        (
            "{source: almanac, span: [28",
            "{source: almanac, source: gazette, span: [28",
            "▸source: gazette, span: [28",
            "▸source: almanac, source",
        ),
    ],
)
def test_doubled_keys(folder: Path, old: str, new: str, needle: str, first: str) -> None:
    """A key stands once in a mapping; the error says in which line it stood first."""
    text = edited(folder, old, new)
    key = needle.removeprefix("▸").partition(":")[0]
    line = place(text, first).split(":")[1]
    message = f"`{key}` stands here a second time, first in line {line}; keep one"
    assert problems(folder)[0] == said(text, needle, message)


@pytest.mark.parametrize(
    ("old", "new", "needle", "message"),
    [
        ("[28, 58]", "[28, 59]", "▸{source: almanac, span: [28, 59]", OTHER_WORDS.replace("gazette", "almanac")),
        ("[28, 58]", "[900, 958]", "▸{source: almanac, span: [900", OTHER_WORDS.replace("gazette", "almanac")),
        ("digest: sha256-ef", "digest: sha256-00", "▸{source: gazette, span: [137", OTHER_WORDS),
        ("span: [35, 108]", "span: [35, 109]", "▸{source: gazette, span: [35", OTHER_WORDS),
        ("span: [586, 602]", "span: [586, 603]", "▸{source: gazette, span: [586", OTHER_WORDS),
        (
            '"7e93',
            '"0000',
            "document: ▸almanac.txt",
            "`document: almanac.txt` is not the file that this source's `sha256` is of",
        ),
        (
            "document: almanac.txt",
            "document: gazette.txt",
            'document: ▸gazette.txt\n    sha256: "7e93',
            "`document: gazette.txt` is not the file that this source's `sha256` is of",
        ),
        (
            "document: almanac.txt",
            'document: "\\0"',
            'document: ▸"',
            "`document` is no file's name; write it without signs that cannot be seen",
        ),
    ],
)
def test_documents(folder: Path, old: str, new: str, needle: str, message: str) -> None:
    """Where the operator has the documents, every digest is held against the words at its span; else none is."""
    text = edited(folder, old, new)
    assert problems(folder, documents=True) == [said(text, needle, message)]
    assert read_book(folder).documents == {}


def test_missing_document(folder: Path) -> None:
    """A document that is not in the operator's folder is an error of its source, with the system's reason."""
    (folder / "documents" / "almanac.txt").unlink()
    message = f"`document: almanac.txt` cannot be read in {folder / 'documents'}: No such file or directory"
    assert problems(folder, documents=True) == [said(HERD_YAML, "▸almanac.txt", message)]


def test_no_document(folder: Path) -> None:
    """A source without a document is cited without its words, even where the operator has the other documents."""
    edited(folder, "    document: almanac.txt\n", "")
    book = read_book(folder, folder / "documents")
    assert list(book.documents) == ["gazette"]
    assert book.quote(book.claims["iron"].evidence[0]) is None


def test_circle(folder: Path) -> None:
    """Organisations that are parts of each other are each told of the circle."""
    text = edited(
        folder, "    name: Auroch Works\n", "    name: Auroch Works\n    part_of: clapper-shed\n" + SHED_EVIDENCE
    )
    assert problems(folder) == [
        said(
            text, "part_of: ▸clapper-shed", "an organisation cannot be part of itself: auroch → clapper-shed → auroch"
        ),
        said(
            text, "part_of: ▸auroch", "an organisation cannot be part of itself: clapper-shed → auroch → clapper-shed"
        ),
    ]


def test_circle_ahead(folder: Path) -> None:
    """An organisation that is part of a circle further up is not in the circle itself."""
    edited(folder, "    name: Hayloft\n", "    name: Hayloft\n    part_of: clapper-shed\n" + SHED_EVIDENCE)
    text = edited(folder, "part_of: auroch", "part_of: clapper-shed")
    message = "an organisation cannot be part of itself: clapper-shed → clapper-shed"
    assert problems(folder) == [said(text, "aliases: [Clapper Shed]\n    part_of: ▸clapper-shed", message)]


def test_section_of_another_kind(folder: Path) -> None:
    """A section that holds no identifiers is an error, as is one of another name."""
    text = edited(folder, "topics:\n", "topics: none\nbells:\n")
    assert problems(folder)[:2] == [
        said(text, "topics: ▸none", "`topics` holds identifiers with their facts, not text"),
        said(text, "▸bells:", "`bells` is no part of a fact file."),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("- a\n- b\n", "1:1: a fact file holds keys such as `people:`, not a list"),
        ("only words\n", "1:1: a fact file holds keys such as `people:`, not text"),
        ("# a comment\n\n5\n", "3:1: a fact file holds keys such as `people:`, not a number"),
        ("true", "1:1: a fact file holds keys such as `people:`, not true or false"),
    ],
)
def test_other_top_level(folder: Path, text: str, problem: str) -> None:
    """A file that is no mapping is refused, beside files that are."""
    (folder / "more.yaml").write_text(text, "utf-8")
    assert problems(folder) == [f"herd/more.yaml:{problem}"]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"people:\n  jo: {name: caf\xe9}\n", "2:17: this is not UTF-8 text; save the file as UTF-8"),
        (b"people:\n  jo: {name: Jo\n", "3:1: this is not YAML: did not find expected ',' or '}'"),
        (b"people:\n  jo: a: b\n", "2:8: this is not YAML: mapping values are not allowed in this context"),
        (b"people:\n\tjo:\n", "2:1: this is not YAML: found character that cannot start any token"),
        (b"people:\n  jo: \x01\n", "2:7: this character cannot stand in YAML; take it out"),
        (b"#" * (LARGEST_FILE + 1), "1:1: this file is larger than 2,000,000 bytes; split it into several"),
        (b"people: " + b"[" * 50, "1:21: this is nested more than 12 deep; a fact file never is"),
    ],
    ids=["not UTF-8", "open bracket", "two colons", "tab", "control", "too large", "too deep"],
)
def test_broken_files(folder: Path, data: bytes, problem: str) -> None:
    """A file that cannot be read as YAML is refused where it breaks."""
    (folder / "more.yaml").write_bytes(data)
    assert problems(folder) == [f"herd/more.yaml:{problem}"]


@pytest.mark.parametrize(
    ("more", "needle", "message"),
    [
        (
            "topics:\n  hayloft: {name: Hay, kind: theme}\n",
            "hayloft",
            f"`hayloft` is taken, by {place(HERD_YAML, '▸hayloft:')}; choose another identifier",
        ),
        (
            "people:\n  tomas-vale: {name: Tomas}\n",
            "tomas-vale",
            f"`tomas-vale` is taken, by {place(HERD_YAML, '▸tomas-vale:')}; choose another identifier",
        ),
        (
            "claims:\n  iron: {about: [auroch], text: Iron, evidence: [{source: gazette, span: [1, 2], digest: sha256-0000000000000000}]}\n",
            "▸iron:",
            f"`iron` is taken, by {place(HERD_YAML, '▸iron:')}; choose another identifier",
        ),
        (
            HERD_YAML[HERD_YAML.index("book:\n") : HERD_YAML.index("sources:")],
            "▸book:",
            f"`book` stands here a second time, first at {place(HERD_YAML, '▸book:' + chr(10))}; keep one",
        ),
    ],
    ids=["another kind", "the same kind", "claim", "book"],
)
def test_two_files(folder: Path, more: str, needle: str, message: str) -> None:
    """What is in one file of a folder already cannot be in another, and both places are named."""
    (folder / "more.yaml").write_text(more, "utf-8")
    assert problems(folder) == [said(more, needle, message, "herd/more.yaml")]


def test_white_space_around_words(folder: Path) -> None:
    """Names and texts are read without the white space around them, which nobody sees in a file."""
    edited(folder, "name: Hayloft", 'name: " Hayloft\\t"')
    assert read_book(folder).organisations["hayloft"].name == "Hayloft"


@pytest.mark.parametrize(("left", "found"), [("true", True), ("false", False), ('"2029"', Date.parse("2029"))])
def test_left(folder: Path, left: str, found: object) -> None:
    """A claim may be about those who left on a date, ever or never."""
    edited(folder, "stance: iron", f"asserts: {{most: true, who: {{left: {left}}}}}")
    asserts = read_book(folder).claims["iron"].asserts
    assert asserts
    assert asserts.who.left == found


def test_claims_have_names_of_their_own(folder: Path) -> None:
    """A claim may share its identifier with what it is about, for nothing is looked up in both."""
    edited(folder, "  little-late:", "  little-bell:")
    book = read_book(folder)
    assert book.claims["little-bell"].about == ("little-bell",)


def test_no_book(folder: Path) -> None:
    """A folder whose files nowhere say what the book is about is no book."""
    (folder / "herd.yaml").write_text("people:\n  jo: {name: Jo}\n", "utf-8")
    (folder / "zero.yaml").write_text("", "utf-8")
    assert problems(folder) == [
        "herd/herd.yaml:1:1: no file of this folder has `book:`; say there what the book is about"
    ]


def test_broken_book_is_no_missing_book(folder: Path) -> None:
    """Where a file is broken, nothing is said of a `book:` that may stand in it."""
    (folder / "herd.yaml").write_text("book: [\n", "utf-8")
    assert problems(folder) == ["herd/herd.yaml:2:1: this is not YAML: did not find expected node content"]


@pytest.mark.parametrize("name", ["empty", "nowhere"])
def test_no_files(tmp_path: Path, name: str) -> None:
    """A folder without YAML, or none at all, is no book."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "people.txt").write_text("people:", "utf-8")
    assert problems(tmp_path / name) == [f"{tmp_path / name}:1:1: no file here ends in .yaml; name a folder of facts"]


def test_all_errors_at_once(folder: Path) -> None:
    """Every error of every file is reported in one go, by file, then by line as a number, and each once."""
    edited(folder, "home: auroch", "home: aurock")
    edited(folder, '"P4Y2M"', '"P4Y2W"')
    text = edited(folder, "span: [28", "span: [59")
    (folder / "zebra.yaml").write_text("topics:\n  zebra: {name: no, kind: beast}\n", "utf-8")
    (folder / "ant.yml").write_text("people:\n" + "".join(f"  p{n}: {{}}\n" for n in range(1, 11)), "utf-8")
    assert problems(folder) == [
        *(f"herd/ant.yml:{line}:3: `name` is missing here; add it" for line in range(2, 12)),
        said(text, "▸aurock", "`home: aurock` is no organisation here. Did you mean `auroch`?"),
        said(text, '▸"P4Y2W', '`P4Y2W` is no duration; write years and months as in "P6Y7M", "P5Y" or "P8M"'),
        said(
            text,
            "▸{source: almanac, span: [59",
            "`span: [59, 58]` holds no character; the second number must be the larger",
        ),
        'herd/zebra.yaml:2:17: `no` means something else in YAML; write it in quotes: "no"',
        "herd/zebra.yaml:2:27: `kind`: input should be 'model', 'programme', 'publication' or 'theme'",
    ]


def test_several_errors_of_one_entry(folder: Path) -> None:
    """An entry with a misspelt key is told of the key and of what is now missing."""
    text = edited(folder, "source: almanac, span: [28, 58]", "sorce: almanac, span: [28, 58]")
    assert problems(folder) == [
        said(text, "▸{sorce", "`source` is missing here; add it"),
        said(text, "{▸sorce", "`sorce` is no key here. Did you mean `source`?"),
    ]


def test_wrong_entries_are_still_there(folder: Path) -> None:
    """What refers to an entry with an error is not told that the entry is missing."""
    text = edited(folder, "name: Ada Quill", "nam: Ada Quill")
    assert problems(folder) == [
        said(text, "▸ada-quill:", "`name` is missing here; add it"),
        said(text, "▸nam: Ada", "`nam` is no key here. Did you mean `name`?"),
    ]


def test_folder_here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A book in the working directory has the version, and its errors the file names, that it has from elsewhere."""
    monkeypatch.chdir(folder)
    assert read_book(Path()) == read_book(folder)
    text = edited(folder, "home: auroch", "home: aurock")
    assert problems(Path()) == [said(text, "▸aurock", "`home: aurock` is no organisation here. Did you mean `auroch`?")]


def test_read_twice(herd: Book, shipped: Book) -> None:
    """Two books read from the same files are equal, and share nothing."""
    for folder, book in ((HERD, herd), (HERD.parents[1] / "facts", shipped)):
        first, second = read_book(folder), read_book(folder)
        assert first == second
        assert first.people is not second.people
        assert first.version == book.version


def test_version(folder: Path) -> None:
    """A book's version is the digest of what `sha256sum *.yaml` prints in its folder: any change to a file changes it."""
    (folder / "more.yml").write_text("# nothing yet\n", "utf-8")
    listing = "".join(
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in ("herd.yaml", "more.yml")
    )
    book = read_book(folder)
    assert book.version == hashlib.sha256(listing.encode()).hexdigest()
    (folder / "more.yml").write_text("# nothing at all yet\n", "utf-8")
    assert read_book(folder).version != book.version


def test_version_is_the_contents(folder: Path, herd: Book) -> None:
    """The same files have the same version in whatever folder, so that what is exported can be told from what is served."""
    assert read_book(folder.rename(folder.with_name("elsewhere"))).version == herd.version


def test_unreadable_files(folder: Path) -> None:
    """A file that cannot be opened is told of, with the system's reason."""
    (folder / "more.yaml").mkdir()
    assert problems(folder) == ["herd/more.yaml:1:1: this file cannot be read: Is a directory"]


def test_split_book(folder: Path, herd: Book) -> None:
    """A book says the same in one file and in several, whatever the order of its sections."""
    sections = HERD_YAML.split("\n\n")
    (folder / "herd.yaml").unlink()
    starts = [index for index, part in enumerate(sections) if not part.startswith("  ")]
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], None], strict=True)):
        (folder / f"{9 - number}.yaml").write_text("\n\n".join(sections[start:end]) + "\n", "utf-8")
    book = read_book(folder, folder / "documents")
    assert len(list(folder.glob("*.yaml"))) == 6
    assert (book.frame, book.people, book.claims) == (herd.frame, herd.people, herd.claims)
    assert (book.entities, book.documents) == (herd.entities, herd.documents)


def reads(data: bytes) -> bool:
    """Whether bytes as a folder's only file give a book, or else a BookError that says why not."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "herd.yaml").write_bytes(data)
        try:
            book = read_book(Path(folder))
        except BookError as error:
            return bool(error.problems) and all(problem.mark.line >= 1 for problem in error.problems)
        return bool(book.home.name)


@settings(deadline=None, max_examples=150)
@given(st.binary() | st.text("ab: -[]{}\"'\n#&*!", max_size=80).map(str.encode))
@example(b"\xef\xbb\xbfpeople: \xff")
@example(b"people: !%ed%a0%80 x")
def test_any_bytes(data: bytes) -> None:
    """Any bytes as a file give a book or a BookError, and no other exception."""
    assert reads(data)


VALUES = [
    "",
    "[]",
    "{}",
    "5",
    "true",
    "no",
    '"x"',
    "unknown",
    "present",
    "[{}]",
    "[[1]]",
    "*a",
    "2029-06",
    '"\\0"',
    "-1",
]


@settings(deadline=None, max_examples=150)
@given(
    st.integers(0, len(HERD_YAML)),
    st.integers(0, 40),
    st.sampled_from(VALUES) | st.text("ab: -[]{}\"'\n", max_size=12),
)
def test_any_slip(start: int, length: int, slip: str) -> None:
    """A book with some of its text written over is a book or a BookError."""
    assert reads((HERD_YAML[:start] + slip + HERD_YAML[start + length :]).encode())


@pytest.mark.parametrize("value", VALUES)
def test_any_value(value: str) -> None:
    """A book with any one of its values exchanged for another kind of value is a book or a BookError."""
    lines = HERD_YAML.splitlines()
    for number, line in enumerate(lines):
        key, colon, _ = line.partition(":")
        if colon:
            slipped = [*lines[:number], f"{key}: {value}", *lines[number + 1 :]]
            assert reads("\n".join(slipped).encode())


def test_folder_is_only_read(folder: Path) -> None:
    """Reading a book changes nothing in its folder."""
    before = {path: path.read_bytes() for path in folder.rglob("*.*")}
    read_book(folder, folder / "documents")
    assert {path: path.read_bytes() for path in folder.rglob("*.*")} == before


def test_a_broken_file_is_the_only_problem(folder: Path) -> None:
    """Where a file is no YAML, what others refer to in it is not reported as missing."""
    text = (folder / "herd.yaml").read_text("utf-8")
    start, end = text.index("organisations:"), text.index("topics:")
    (folder / "herd.yaml").write_text(text[:start] + text[end:], "utf-8")
    (folder / "places.yaml").write_text(text[start:end] + "  - [", "utf-8")
    with pytest.raises(BookError) as refused:
        read_book(folder)
    (problem,) = refused.value.problems
    assert "herd/places.yaml" in str(problem)
    assert "this is not YAML" in str(problem)


def test_identifiers_fit_into_discord(folder: Path) -> None:
    """An identifier is the value of a slash command's choice, which Discord limits to 100 characters."""
    text = (folder / "herd.yaml").read_text("utf-8")
    (folder / "herd.yaml").write_text(text.replace("  hayloft:", f"  {'h' * 81}:"), "utf-8")
    with pytest.raises(BookError, match="is longer than 80 characters; choose a shorter identifier"):
        read_book(folder)
