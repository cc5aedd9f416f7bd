"""What a book is made of. The fields are the fact file's keys, so these classes are its schema too.

The terms are Wikidata's (statement, reference) and W3C Web Annotation's (a text position selector, here `span`), dates
are EDTF, durations ISO 8601. `unknown` is a value: somebody looked, and the sources do not say. A missing key says that
nobody looked.

Annotations are read at every start, so that they are no strings here, which would have to be evaluated first.
"""

import re
from collections.abc import Callable
from typing import Annotated, Any, ClassVar, Final, Literal

from msgspec import Meta, Struct

from bot.facts.dates import Date, Duration

UNKNOWN: Final = "unknown"
PRESENT: Final = "present"

_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_EDTF = r"^\d{4}(-\d\d(-\d\d)?)?[~?]?(/\d{4}(-\d\d(-\d\d)?)?[~?]?)?$"

_STILL = r"^still[a-z0-9_-]{0,27}$"

LONGEST_NAME = 80
LONGEST_TEXT = 400


def _slug(text: str) -> str:
    if len(text) > LONGEST_NAME:
        raise ValueError(f"`{text[:20]}…` is longer than {LONGEST_NAME} characters; choose a shorter identifier")
    if not re.fullmatch(_SLUG, text):
        raise ValueError(f"`{text}` is no identifier; write small letters, digits and single hyphens, as in `jane-doe`")
    return text


def _sayable(text: str) -> str:
    if not any(char.isalnum() for char in text):
        raise ValueError(f"`{text}` has no letter or digit, so that nobody could ask for it")
    return text


def _still(text: str) -> str:
    if not re.fullmatch(_STILL, text):
        raise ValueError(
            f"`{text}` cannot be this command's name; begin it with `still`, and add small letters or digits, 32 at most"
        )
    return text


def _date(value: Any) -> Date:
    if isinstance(value, str):
        return Date.parse(value)
    if (
        isinstance(value, dict)
        and value.keys() == {"edtf", "wording"}
        and all(isinstance(v, str) for v in value.values())
    ):
        return Date.parse(value["edtf"], value["wording"])
    raise ValueError('a date is text in quotes, such as "2025-02", or {edtf: "2023-01/2023-04", wording: early 2023}')


def _date_or(*words: str) -> Callable[[Any], Any]:
    return lambda value: value if isinstance(value, str) and value in words else _date(value)


def _date_or_truth(value: Any) -> Date | bool:
    return value if isinstance(value, bool) else _date(value)


def _date_schema(*others: dict[str, str]) -> dict[str, Any]:
    edtf = {"type": "string", "pattern": _EDTF}
    spelled = {
        "type": "object",
        "properties": {"edtf": edtf, "wording": {"type": "string"}},
        "required": ["edtf", "wording"],
        "additionalProperties": False,
    }
    return {"anyOf": [edtf, spelled, *others]}


def _duration(value: Any) -> Duration:
    if not isinstance(value, str):
        raise ValueError('a duration is text in quotes, such as "P6Y7M"')  # noqa: TRY004 - the checker collects ValueErrors
    return Duration.parse(value)


# What `extra` tells the checker: `strip` white space around a text, then hold it against a `check`; `parse` any value;
# say `otherwise` of every value that does not fit.
Slug = Annotated[str, Meta(extra_json_schema={"pattern": _SLUG}, extra={"check": _slug})]
Name = Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME, extra={"strip": True, "check": _sayable})]
FileName = Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME)]
Text = Annotated[str, Meta(min_length=1, max_length=LONGEST_TEXT, extra={"strip": True})]
AnyDate = Annotated[Date, Meta(extra_json_schema=_date_schema(), extra={"parse": _date})]
DateOrUnknown = Annotated[
    Date | Literal["unknown"],
    Meta(extra_json_schema=_date_schema({"const": UNKNOWN}), extra={"parse": _date_or(UNKNOWN)}),
]
DateOrPresent = Annotated[
    Date | Literal["unknown", "present"],
    Meta(
        extra_json_schema=_date_schema({"const": UNKNOWN}, {"const": PRESENT}),
        extra={"parse": _date_or(UNKNOWN, PRESENT)},
    ),
]
DateOrTruth = Annotated[
    Date | bool, Meta(extra_json_schema=_date_schema({"type": "boolean"}), extra={"parse": _date_or_truth})
]
AnyDuration = Annotated[
    Duration,
    Meta(
        extra_json_schema={"type": "string", "pattern": r"^P(?=\d)(\d{1,3}Y)?(\d{1,2}M)?$"}, extra={"parse": _duration}
    ),
]
Characters = Annotated[
    tuple[int, int],
    Meta(
        description="The first character, and the one behind the last.",
        extra={"otherwise": "`span` takes two whole numbers: the first character, and the one behind the last"},
    ),
]


class Model(Struct, frozen=True):
    """A mapping of the fact file."""


class Evidence(Model, frozen=True):
    """Where in which source a fact is read: a span of characters of the source's document, and a digest of the words."""

    source: Slug
    span: Characters
    digest: Annotated[str, Meta(pattern=r"^sha256-[0-9a-f]{16}$")]

    def __post_init__(self) -> None:
        start, end = self.span
        if not 0 <= start < end:
            raise ValueError(f"`span: [{start}, {end}]` holds no character; the second number must be the larger")


EvidenceList = Annotated[tuple[Evidence, ...], Meta(min_length=1)]
SlugList = Annotated[tuple[Slug, ...], Meta(min_length=1)]


class Entity(Model, frozen=True, kw_only=True):
    """Something with a name that people ask about."""

    kind_name: ClassVar[str]
    id: Slug
    name: Name
    aliases: tuple[Name, ...] = ()


class Source(Entity, frozen=True, kw_only=True):
    """A document that facts are read in."""

    kind_name: ClassVar[str] = "source"
    title: Text
    publisher: Name
    published: DateOrUnknown
    document: FileName | None = None
    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")] | None = None
    url: Annotated[str, Meta(pattern=r"^https?://\S+$")] | None = None
    note: Text | None = None


class Stint(Model, frozen=True, kw_only=True):
    """A person's time at an organisation. `until: present` holds as of the source's date."""

    organisation: Slug
    role: Name | None = None
    since: DateOrUnknown | None = None
    until: DateOrPresent | None = None
    lasted: AnyDuration | None = None
    evidence: EvidenceList

    def __post_init__(self) -> None:
        if self.start and self.end and self.start.span.first > self.end.span.last:
            raise ValueError(
                f"`since: {self.start.edtf}` is later than `until: {self.end.edtf}`; exchange or mend them"
            )

    @property
    def start(self) -> Date | None:
        """When it began, where the sources say."""
        return self.since if isinstance(self.since, Date) else None

    @property
    def end(self) -> Date | None:
        """When it ended, where the sources say."""
        return self.until if isinstance(self.until, Date) else None


class Person(Entity, frozen=True, kw_only=True):
    """Somebody whom the sources name."""

    kind_name: ClassVar[str] = "person"
    stints: tuple[Stint, ...] = ()


class Described(Entity, frozen=True, kw_only=True):
    """An entity that a source may say what it is of."""

    description: Text | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def needs_evidence(self) -> bool:
        """Whether something is said here that a source must be named for."""
        return self.description is not None

    def __post_init__(self) -> None:
        if self.needs_evidence and not self.evidence:
            raise ValueError(f"`{self.id}` says something and names no evidence; add `evidence:` or take it out")


class Organisation(Described, frozen=True, kw_only=True):
    """A company, laboratory or group."""

    kind_name: ClassVar[str] = "organisation"
    part_of: Slug | None = None

    @property
    def needs_evidence(self) -> bool:
        """Being part of another is something that a source must say."""
        return super().needs_evidence or self.part_of is not None


class Topic(Described, frozen=True, kw_only=True):
    """Anything else that claims are about."""

    kind_name: ClassVar[str] = "topic"
    kind: Literal["model", "programme", "publication", "theme"]


class Whom(Model, frozen=True):
    """Those of the cohort whom an assertion is about: by where they are, and when they left the book's home."""

    left: DateOrTruth | None = None
    still: bool = False
    at: Slug | None = None


class Assertion(Model, frozen=True):
    """What a claim comes to in numbers, so that it can be held against the book's own dates and places."""

    who: Whom = Whom()
    of: Whom = Whom()
    count: int | None = None
    more_than: int | None = None
    most: bool = False
    many: bool = False
    average_over: AnyDuration | None = None
    first_in: AnyDate | None = None

    def __post_init__(self) -> None:
        stated = [self.count is not None, self.more_than is not None, self.most, self.many]
        if sum([*stated, self.average_over is not None, self.first_in is not None]) != 1:
            raise ValueError(
                "`asserts:` needs one of `count`, `more_than`, `most`, `many`, `average_over` and `first_in`"
            )


class Claim(Model, frozen=True, kw_only=True):
    """Anything that a source says beyond a stint, in our own words."""

    id: Slug
    about: SlugList
    text: Text
    date: AnyDate | None = None
    stance: Name | None = None
    disputes: tuple[Slug, ...] = ()
    keywords: tuple[Name, ...] = ()
    """Words by which people ask for this, and that its text does not have."""
    asserts: Assertion | None = None
    evidence: EvidenceList


class Cohort(Model, frozen=True, kw_only=True):
    """The people whom a book follows."""

    name: Name
    noun: Name
    aliases: tuple[Name, ...] = ()
    topics: tuple[Slug, ...] = ()
    """What they have in common, so that "authors of the paper" are they."""
    members: SlugList
    evidence: EvidenceList


class CommandNames(Model, frozen=True):
    """What this book calls a command whose name depends on what it is about."""

    stillat: Annotated[str, Meta(extra_json_schema={"pattern": _STILL}, extra={"check": _still})] = "stillat"


class Frame(Model, frozen=True):
    """What the book as a whole is about."""

    title: Name
    home: Slug
    cohort: Cohort
    departures: Slug | None = None
    """The topic whose dated claims are told beside who left."""
    milestones: tuple[Slug, ...] = ()
    """Dated claims that a timeline shows."""
    commands: CommandNames = CommandNames()


class FactFile(Model, frozen=True):
    """One file of a folder of facts; what the files of a folder hold is put together."""

    book: Frame | None = None
    sources: dict[Slug, Source] = {}
    people: dict[Slug, Person] = {}
    organisations: dict[Slug, Organisation] = {}
    topics: dict[Slug, Topic] = {}
    claims: dict[Slug, Claim] = {}
