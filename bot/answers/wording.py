"""Phrases that several answers use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.model import section
from bot.english import listed, plural
from bot.facts.book import is_current
from bot.facts.dates import Date
from bot.facts.model import UNKNOWN
from bot.facts.presence import current_stints

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.answers.model import Section
    from bot.facts.book import Book
    from bot.facts.model import Claim, Evidence, Person, Source, Stint
    from bot.facts.presence import Departure


def people(count: int) -> str:
    """A count of people: "nobody", "1 person", "3 people"."""
    return {0: "nobody", 1: "1 person"}.get(count, f"{count} people")


def place(book: Book, organisation_id: str) -> str:
    """An organisation, and what it is part of: "FAIR (part of Meta)"."""
    name, *wholes = (book.organisations[item].name for item in book.wholes(organisation_id))
    unsaid = [whole for whole in wholes if whole not in name]
    return f"{name} (part of {unsaid[0]})" if unsaid else name


def role(stint: Stint) -> str | None:
    """A role that the sources state."""
    return None if stint.role in (None, UNKNOWN) else stint.role


def position(book: Book, stint: Stint) -> str:
    """Where, and as what: "at Mistral, as Co-founder"."""
    words = f"at {place(book, stint.organisation)}"
    return f"{words}, as {role(stint)}" if role(stint) else words


def when(known: Date) -> str:
    """A date behind its preposition: "in June 2023", "on 3 June 2023", "between … and …"."""
    if known.imprecise and not known.wording:
        return str(known)
    return f"on {known}" if known.span.first == known.span.last else f"in {known}"


def left(book: Book, gone: Departure) -> str:
    """A departure: "left Meta in June 2023 after 5 years"."""
    length = f" after {gone.stint.lasted}" if gone.stint.lasted else ""
    return f"left {book.organisations[gone.stint.organisation].name} {when(gone.on)}{length}"


def now(book: Book, person: Person) -> str:
    """Where somebody is: "now at Acme, as engineer"; nothing where that is not stated."""
    known = [stint for stint in current_stints(person.stints) if stint.organisation != UNKNOWN]
    return f"now {listed([position(book, stint) for stint in known])}" if known else ""


def told(book: Book, stint: Stint) -> str:
    """One stint in a line: "Meta: role not stated; until February 2025, after 6 years, 7 months"."""
    where = "Place not stated" if stint.organisation == UNKNOWN else place(book, stint.organisation)
    times = [
        f"since {stint.start}" if stint.start else "",
        "now" if is_current(stint) else "",
        f"until {stint.end}" if stint.end else "",
        f"{'after' if stint.end else 'for'} {stint.lasted}" if stint.lasted else "",
        "end not stated" if stint.until == UNKNOWN else "",
    ]
    parts = [f"{where}: {role(stint) or 'role not stated'}", ", ".join(filter(None, times))]
    return "; ".join(filter(None, parts))


def what_they_say(book: Book, stints: Iterable[Stint], claims: Iterable[Claim] = ()) -> tuple[Section, ...]:
    """What is known instead, where the sources do not say what was asked."""
    return section("What they do say", [*(told(book, stint) for stint in stints), *(claim.text for claim in claims)])


def whereabouts(book: Book, person: Person) -> str:
    """Where somebody is now: "now at Acme", or that it is not stated."""
    names = places(book, person)
    return f"now at {listed(names)}" if names else "where to is not stated"


def places(book: Book, person: Person) -> list[str]:
    """The names of where somebody is now; none where that is not stated."""
    now = [stint.organisation for stint in person.stints if is_current(stint) and stint.organisation != UNKNOWN]
    return list(dict.fromkeys(book.organisations[organisation].name for organisation in now))


def as_of(book: Book, evidence: Iterable[Evidence]) -> str:
    """How far the sources see, to begin a sentence: "as of 26 May 2025, "; nothing where none is dated."""
    newest = book.as_of(evidence)
    return f"as of {newest}, " if newest else ""


def dated(source: Source) -> str:
    """A source with its date: "Business Insider, 26 May 2025"."""
    published = str(source.published) if isinstance(source.published, Date) else "undated"
    return f"{source.name}, {published}"


def sources_of(book: Book, claim: Claim) -> str:
    """The sources of a claim, with their dates."""
    return listed([dated(source) for source in book.cited(claim.evidence)])


def evidence_of(stints: Iterable[Stint]) -> tuple[Evidence, ...]:
    """What stints rest on, each piece once."""
    return tuple(dict.fromkeys(item for stint in stints for item in stint.evidence))


def all_evidence(stints: Iterable[Stint], claims: Iterable[Claim]) -> tuple[Evidence, ...]:
    """What stints and claims rest on, each piece once."""
    return tuple(dict.fromkeys([*evidence_of(stints), *(item for claim in claims for item in claim.evidence)]))


def precision_note(known: Date, *, sorted_by: bool = False) -> tuple[str, ...]:
    """What must be known of a date that the source leaves open."""
    if not known.imprecise or not known.wording:
        return ()
    order = ", and sorts it by its end" if sorted_by else ""
    span = Date(known.edtf, known.span)
    return (f"The source says “{known}” and no more; the book takes that to be {span}{order}.",)


def of_cohort(book: Book, count: int) -> str:
    """Some of the cohort: "3 of 14 authors"."""
    return f"{count} of {plural(len(book.cohort), book.frame.cohort.noun)}"


def names(members: Iterable[Person]) -> str:
    """People's names in a sentence."""
    return listed([person.name for person in members])
