"""The book: everything that a folder of facts says, read-only, and what can be looked up in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from bot.facts.dates import Date
from bot.facts.model import PRESENT, UNKNOWN, Claim, Entity, Evidence, Frame, Organisation, Person, Source, Stint, Topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHORT_VERSION = 7
"""Hexadecimal digits of a version that people are shown; git's habit."""


class Book(Struct, frozen=True, dict=True):
    """One complete, checked set of facts. Two books read from the same files are equal."""

    frame: Frame
    sources: Mapping[str, Source]
    people: Mapping[str, Person]
    organisations: Mapping[str, Organisation]
    topics: Mapping[str, Topic]
    claims: Mapping[str, Claim]
    version: str
    """SHA-256, hexadecimal, of the list of the files with their digests (as `sha256sum *.yaml` prints it in their folder)."""
    documents: Mapping[str, str] = {}
    """The text of each source whose document the operator has."""

    def __repr__(self) -> str:
        """Without the documents, which are their publishers'."""
        return f"Book({self.short_version})"

    @property
    def short_version(self) -> str:
        """What footers show."""
        return self.version[:SHORT_VERSION]

    @property
    def home(self) -> Organisation:
        """The organisation that this book follows people out of."""
        return self.organisations[self.frame.home]

    @property
    def cohort(self) -> tuple[Person, ...]:
        """The people whom this book follows."""
        return tuple(self.people[member] for member in self.frame.cohort.members)

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        """Everything with a name, by identifier; identifiers are unique over all kinds."""
        return {**self.people, **self.organisations, **self.topics, **self.sources}

    @cached_property
    def disputes(self) -> tuple[tuple[Claim, Claim], ...]:
        """The pairs of claims that say otherwise than each other, each pair once."""
        pairs: dict[frozenset[str], tuple[Claim, Claim]] = {}
        for claim in self.claims.values():
            for other in claim.disputes:
                pairs.setdefault(frozenset((claim.id, other)), (claim, self.claims[other]))
        return tuple(pairs.values())

    def disputing(self, claim: Claim) -> tuple[Claim, ...]:
        """The claims that dispute this one, whichever of the two says so."""
        return tuple(b if a is claim else a for a, b in self.disputes if claim in (a, b))

    def claims_about(self, entity_id: str) -> tuple[Claim, ...]:
        """The claims that name an entity as what they are about, in the file's order."""
        return tuple(claim for claim in self.claims.values() if entity_id in claim.about)

    def is_within(self, organisation_id: str, whole_id: str) -> bool:
        """Whether an organisation is another, or part of it at any depth."""
        return whole_id in self.wholes(organisation_id)

    def wholes(self, organisation_id: str) -> Iterator[str]:
        """An organisation, what it is part of, what that is part of, and so on."""
        next_id: str | None = organisation_id
        while next_id and next_id != UNKNOWN:
            yield next_id
            next_id = self.organisations[next_id].part_of

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {person: place for place, person in enumerate(self.people)}

    def in_order(self, people: Iterable[str]) -> tuple[Person, ...]:
        """Some people in the file's order."""
        return tuple(self.people[person] for person in sorted(people, key=self._places.__getitem__))

    @cached_property
    def _people_within(self) -> Mapping[str, tuple[Person, ...]]:
        found: dict[str, dict[str, Person]] = defaultdict(dict)
        for person in self.people.values():
            for place in {stint.organisation for stint in person.stints}:
                for whole in self.wholes(place):
                    found[whole][person.id] = person
        return {place: tuple(people.values()) for place, people in found.items()}

    def people_within(self, whole_id: str) -> tuple[Person, ...]:
        """The people who are or were at an organisation or a part of it, in the file's order."""
        return self._people_within.get(whole_id, ())

    def stints_within(self, person: Person, whole_id: str) -> tuple[Stint, ...]:
        """A person's stints at an organisation or a part of it, in the file's order."""
        return tuple(stint for stint in person.stints if self.is_within(stint.organisation, whole_id))

    def cited(self, evidence: Iterable[Evidence]) -> tuple[Source, ...]:
        """The sources that evidence names, each once, in order."""
        return tuple(self.sources[source] for source in dict.fromkeys(item.source for item in evidence))

    def as_of(self, evidence: Iterable[Evidence]) -> Date | None:
        """The newest date of publication among the sources of evidence; None where none is dated."""
        dates = [source.published for source in self.cited(evidence) if isinstance(source.published, Date)]
        return max(dates, key=lambda published: published.sort_key, default=None)

    def quote(self, evidence: Evidence) -> str | None:
        """The words that evidence points to; None where the operator does not have the document."""
        text = self.documents.get(evidence.source)
        return None if text is None else text[slice(*evidence.span)]


def is_current(stint: Stint) -> bool:
    """Whether the source says that a stint goes on."""
    return stint.until == PRESENT
