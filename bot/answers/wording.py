"""Phrases that several answers use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.facts.book import is_current
from bot.facts.dates import Date, Duration, plural
from bot.facts.model import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.facts.book import Book
    from bot.facts.model import Claim, Evidence, Person, Source, Stint


def listed(items: Sequence[str], last: str = "and") -> str:
    """The items as a sentence has them: "a", "a and b", "a, b and c"."""
    return f" {last} ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))


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


def ended(book: Book, stint: Stint) -> str:
    """The end of a stint: "left Meta in June 2023 after 5 years"."""
    words = [f"left {book.organisations[stint.organisation].name}"]
    if isinstance(stint.until, Date):
        words.append(when(stint.until))
    if isinstance(stint.lasted, Duration):
        words.append(f"after {stint.lasted}")
    return " ".join(words)


def told(book: Book, stint: Stint) -> str:
    """One stint in a line: "Meta: role not stated; until February 2025, after 6 years, 7 months"."""
    where = "Place not stated" if stint.organisation == UNKNOWN else place(book, stint.organisation)
    times = [f"since {stint.since}"] if isinstance(stint.since, Date) else []
    if is_current(stint):
        times.append("now")
    if isinstance(stint.until, Date):
        times.append(f"until {stint.until}")
    if isinstance(stint.lasted, Duration):
        times.append(f"after {stint.lasted}" if isinstance(stint.until, Date) else f"for {stint.lasted}")
    return "; ".join(filter(None, [f"{where}: {role(stint) or 'role not stated'}", ", ".join(times)]))


def as_of(book: Book, evidence: Iterable[Evidence]) -> str:
    """How far the sources see, to begin a sentence: "as of 26 May 2025, "; nothing where none is dated."""
    newest = book.as_of(evidence)
    return f"as of {newest}, " if newest else ""


def sentence(text: str) -> str:
    """A text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


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
