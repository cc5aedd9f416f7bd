"""Answers about where people are, and who they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers import wording
from bot.answers.model import Answer, Status, section
from bot.english import listed, sentence
from bot.facts.book import is_current
from bot.facts.model import UNKNOWN
from bot.facts.presence import current_stints, departure

if TYPE_CHECKING:
    from bot.facts.book import Book
    from bot.facts.model import Person, Stint
    from bot.questions.model import At, When, Where, Who


def where(question: Where, book: Book) -> Answer:
    """Where somebody is now, and in what role."""
    person = book.people[question.person]
    known = _known_places(person)
    if not known:
        past = [stint for stint in person.stints if not is_current(stint)]
        claims = book.claims_about(person.id)
        said = wording.what_they_say(book, past, claims)
        return Answer(Status.NOT_STATED, _now(book, person), said, evidence=wording.all_evidence(person.stints, claims))
    silent = [book.organisations[stint.organisation].name for stint in known if not wording.role(stint)]
    notes = tuple(f"The sources give no role at {name}." for name in silent)
    return Answer(Status.ANSWERED, _now(book, person), notes=notes, evidence=wording.evidence_of(known))


def who(question: Who, book: Book) -> Answer:
    """Everything that the book says of somebody."""
    person = book.people[question.person]
    claims = book.claims_about(person.id)
    stints = [stint for stint in person.stints if stint.organisation != UNKNOWN]
    notes = (wording.precision_note(stint.end) for stint in stints if stint.end)
    return Answer(
        Status.ANSWERED if stints or claims else Status.NOT_STATED,
        _now(book, person),
        section("Positions", [wording.told(book, stint) for stint in stints])
        + section("The sources also say", [claim.text for claim in claims]),
        tuple(dict.fromkeys(note for found in notes for note in found)),
        wording.all_evidence(person.stints, claims),
    )


def when(question: When, book: Book) -> Answer:
    """When somebody left the book's home."""
    person, home = book.people[question.person], book.home
    stints = book.stints_within(person, home.id)
    evidence = wording.evidence_of(stints)
    if gone := departure(book, person):
        text = f"{person.name} left {home.name} {wording.when(gone.on)}."
        return Answer(Status.ANSWERED, text, notes=wording.precision_note(gone.on), evidence=evidence)
    now = current_stints(stints)
    if now and len(now) == len(stints):
        text = f"{wording.as_of(book, evidence)}{person.name} has not left: still {wording.position(book, now[0])}."
        return Answer(Status.NOT_STATED, sentence(text), evidence=evidence)
    text = f"The sources do not say whether {person.name} left {home.name}, or when."
    if now:
        text = sentence(f"{wording.as_of(book, evidence)}{person.name} is {wording.position(book, now[0])}.")
    said = wording.what_they_say(book, person.stints)
    return Answer(Status.NOT_STATED, text, said, evidence=wording.evidence_of(person.stints))


def at(question: At, book: Book) -> Answer:
    """Who is at an organisation according to the book."""
    organisation = book.organisations[question.organisation]
    found = [
        (person, stint)
        for person in book.people.values()
        for stint in current_stints(book.stints_within(person, organisation.id))
    ]
    if not found:
        claims = book.claims_about(organisation.id)
        said = section("The sources do say", [claim.text for claim in claims])
        evidence = tuple(item for claim in claims for item in claim.evidence)
        return Answer(Status.NOT_STATED, f"The book names nobody at {organisation.name}.", said, evidence=evidence)
    evidence = wording.evidence_of(stint for _, stint in found)
    count = wording.people(len(found))
    return Answer(
        Status.ANSWERED,
        sentence(f"{wording.as_of(book, evidence)}the book has {count} at {organisation.name}."),
        section("", [_member(book, person, stint, organisation.id) for person, stint in found]),
        evidence=evidence,
    )


def _known_places(person: Person) -> list[Stint]:
    return [stint for stint in current_stints(person.stints) if stint.organisation != UNKNOWN]


def _now(book: Book, person: Person) -> str:
    """Where somebody is: "As of 26 May 2025, Jane Doe is still at Acme, as engineer."."""
    known = _known_places(person)
    if not known:
        return f"The sources do not say where {person.name} is now."
    places = listed([wording.position(book, stint) for stint in known])
    since = f", since {known[0].start}" if known[0].start and len(known) == 1 else ""
    never_left = all(
        book.is_within(stint.organisation, book.frame.home) and is_current(stint) for stint in person.stints
    )
    still = "still " if never_left else ""
    return sentence(f"{wording.as_of(book, wording.evidence_of(known))}{person.name} is {still}{places}{since}.")


def _member(book: Book, person: Person, stint: Stint, organisation_id: str) -> str:
    inside = "" if stint.organisation == organisation_id else f" at {book.organisations[stint.organisation].name}"
    return f"{person.name}, {wording.role(stint) or 'role not stated'}{inside}"
