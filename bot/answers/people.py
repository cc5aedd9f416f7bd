"""Answers about where people are, and who they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.answers import wording
from bot.answers.judging import FOUNDER
from bot.answers.model import Answer, Status, section
from bot.english import listed, sentence
from bot.facts.book import is_current
from bot.facts.model import UNKNOWN
from bot.facts.presence import current_stints, departure, derived_start
from bot.questions.model import Precision

if TYPE_CHECKING:
    from bot.facts.book import Book
    from bot.facts.dates import Date
    from bot.facts.model import Person, Stint
    from bot.questions.model import At, Role, Since, When, Where, Who

ROLE: Final = "role"
"""The keyword of claims that say something of somebody's role, or that none is given."""


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


def role(question: Role, book: Book) -> Answer:
    """What somebody does now, or did, anywhere or at one organisation; and where the sources say that they give no role."""
    person = book.people[question.person]
    within = book.stints_within(person, question.organisation) if question.organisation else person.stints
    if question.organisation and not within:
        return never_there(person, question.organisation, book)
    stints = current_stints(within) or within
    named = [stint for stint in stints if stint.organisation != UNKNOWN]
    evidence = wording.evidence_of(stints)
    titled = [stint for stint in named if wording.role(stint)]
    where = f" at {book.organisations[question.organisation].name}" if question.organisation else " now"
    if not titled:
        said = wording.what_they_say(book, person.stints)
        text = f"The sources do not say what the role of {person.name} is{where}."
        return Answer(Status.NOT_STATED, text, said, evidence=wording.evidence_of(person.stints))
    places = listed([wording.position(book, stint) for stint in titled])
    claims = [claim for claim in book.claims_about(person.id) if ROLE in claim.keywords]
    be = "is" if all(is_current(stint) for stint in titled) else "was"
    limit = wording.as_of(book, evidence) if be == "is" else ""
    text = sentence(f"{limit}{person.name} {be} {places}.")
    also = section("The sources also say", [claim.text for claim in claims])
    return Answer(Status.ANSWERED, text, also, evidence=wording.all_evidence(titled, claims))


def since(question: Since, book: Book) -> Answer:
    """When somebody came to an organisation: as stated, or derived from when they left and how long they had been there."""
    person, place = book.people[question.person], question.organisation or book.frame.home
    stints = [stint for stint in book.stints_within(person, place) if not question.as_founder or _is_founder(stint)]
    if not stints:
        return never_there(person, place, book)
    name, evidence = book.organisations[place].name, wording.evidence_of(stints)
    came = "founded" if question.as_founder else "came to"
    if stated := [stint.start for stint in stints if stint.start]:
        text = f"{person.name} {came} {name} {listed([wording.when(start) for start in stated])}."
        return Answer(Status.ANSWERED, text, evidence=evidence)
    if derived := [(start, stint) for stint in stints if (start := derived_start(stint))]:
        start, stint = derived[0]
        first, last = f"{start.first:%B %Y}", f"{start.last:%B %Y}"
        about = f"in about {first}" if first == last else f"between {first} and {last}"
        text = (
            f"The sources do not state when {person.name} came to {name}: about {first} to {last} is derived"
            if first != last
            else f"The sources do not state when {person.name} came to {name}: {about} is derived"
        )
        left = (
            f"{text} from the departure {wording.when(stint.end) if stint.end else ''} and the length, {stint.lasted}."
        )
        return Answer(Status.NOT_STATED, left, evidence=evidence)
    text = f"The sources do not say when {person.name} {came} {name}."
    return Answer(
        Status.NOT_STATED, text, wording.what_they_say(book, person.stints), evidence=wording.evidence_of(person.stints)
    )


def never_there(person: Person, place: str, book: Book) -> Answer:
    """Somebody was never at a place, as far as the book goes, which names the places that it knows of."""
    text = f"The sources do not say that {person.name} was ever at {book.organisations[place].name}."
    places = dict.fromkeys(wording.place(book, s.organisation) for s in person.stints if s.organisation != UNKNOWN)
    note = (f"The book has {person.name} at {listed(list(places))}.",) if places else ()
    return Answer(Status.NOT_STATED, text, notes=note, evidence=wording.evidence_of(person.stints))


def _is_founder(stint: Stint) -> bool:
    return FOUNDER in (stint.role or "").casefold()


def when(question: When, book: Book) -> Answer:
    """When somebody left an organisation, as precisely as the sources say, and that they do not say it more precisely."""
    if question.organisation and not book.is_within(question.organisation, book.frame.home):
        return _when_elsewhere(question, question.organisation, book)
    person, home = book.people[question.person], book.home
    stints = book.stints_within(person, home.id)
    evidence = wording.evidence_of(stints)
    gone = departure(book, person)
    if gone and not _is_precise(gone.on, question.precision):
        unit = {Precision.DAY: "day", Precision.MONTH: "month"}[question.precision]
        text = (
            f"The sources do not say on which {unit}"
            if question.precision is Precision.DAY
            else f"The sources do not say in which {unit}"
        )
        text = f"{text} {person.name} left {home.name}: no more than {gone.on} is given."
        return Answer(Status.NOT_STATED, text, notes=wording.precision_note(gone.on), evidence=evidence)
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


def _is_precise(known: Date, precision: Precision) -> bool:
    return precision is Precision.YEAR or (not known.imprecise and len(known.edtf.rstrip("~?")) >= precision)


def _when_elsewhere(question: When, place: str, book: Book) -> Answer:
    person, name = book.people[question.person], book.organisations[place].name
    stints = book.stints_within(person, place)
    if not stints:
        return never_there(person, place, book)
    ends = [stint.end for stint in stints if stint.end]
    evidence = wording.evidence_of(stints)
    if ends:
        return Answer(
            Status.ANSWERED,
            f"{person.name} left {name} {listed([wording.when(end) for end in ends])}.",
            evidence=evidence,
        )
    text = f"The sources do not say when {person.name} left {name}."
    if current_stints(stints):
        text = f"The sources do not say that {person.name} left {name}."
    return Answer(Status.NOT_STATED, text, wording.what_they_say(book, person.stints), evidence=evidence)


def at(question: At, book: Book) -> Answer:
    """Who is at an organisation according to the book."""
    organisation = book.organisations[question.organisation]
    found = [
        (person, stint)
        for person in book.people_within(organisation.id)
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
