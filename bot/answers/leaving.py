"""Answers about the cohort and its home: who is still there, who left, who is where, how long they stayed."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from bot.answers import wording
from bot.answers.model import Answer, Section, Status
from bot.facts.book import is_current
from bot.facts.dates import Date, Duration, plural
from bot.facts.model import UNKNOWN
from bot.facts.presence import Truth, current_stints, departure, matches, was_there

if TYPE_CHECKING:
    from collections.abc import Iterable, Sized

    from bot.facts.book import Book
    from bot.facts.model import Evidence, Person, Stint
    from bot.questions.model import At, Left, StillAt


def still_at(question: StillAt, book: Book) -> Answer:
    """Who of the cohort is still at the book's home; or whether one person is."""
    if question.person:
        return _is_still_at(book.people[question.person], question.on, book)
    judged = {person.id: _still(person, question.on, book) for person in book.cohort}
    there, unsure = (
        [person for person in book.cohort if judged[person.id] is truth] for truth in (Truth.YES, Truth.CANNOT_TELL)
    )
    evidence = _home_evidence(book, book.cohort)
    if too_new := _after_all_sources(question.on, book, evidence):
        return too_new
    at_home = f"at {book.home.name} {wording.when(question.on)}" if question.on else f"still at {book.home.name}"
    one, several = ("was", "were") if question.on else ("is", "are")
    limit = "" if question.on else wording.as_of(book, evidence)
    text = f"{limit}{_counted(book, there, unsure)} {one if len(there) == 1 else several} {at_home}."
    if unsure and not there:
        text = f"it cannot be told whether anybody {one} {at_home}."
    return Answer(
        Status.ANSWERED if there or not unsure else Status.CANNOT_TELL,
        wording.sentence(text),
        (
            *_lines("", [_with_role(book, person) if not question.on else person.name for person in there]),
            *_lines("Cannot tell", [f"{person.name}: {_reason(book, person)}" for person in unsure]),
        ),
        evidence=(*book.frame.cohort.evidence, *evidence),
    )


def left(question: Left, book: Book) -> Answer:
    """Who of the cohort left the book's home, in order; those of whom it cannot be told apart."""
    leavers = [(person, stint) for person in book.cohort if (stint := departure(book, person))]
    leavers.sort(key=lambda leaver: _end(leaver[1]).sort_key)
    judged = [
        (person, stint, _both(_left_when(stint, question.when), _went_to(book, person, question.to)))
        for person, stint in leavers
    ]
    sure = [(person, stint) for person, stint, truth in judged if truth is Truth.YES]
    unsure = [(person, stint) for person, stint, truth in judged if truth is Truth.CANNOT_TELL]
    undated = [person for person in book.cohort if _may_have_left(book, person, question.to)]
    asked = f"left {book.home.name}{_within(question, book)}"
    evidence = _home_evidence(book, [*(person for person, _ in sure + unsure), *undated] or book.cohort)
    if too_new := _after_all_sources(question.when, book, evidence):
        return too_new
    doubts = [_undecided(book, person, stint, question) for person, stint in unsure]
    doubts += [f"{person.name}: {_reason(book, person)}" for person in undated]
    if not sure:
        text = f"It cannot be told whether anybody {asked}." if doubts else f"The book has nobody who {asked}."
    else:
        text = wording.sentence(f"{_counted(book, sure, doubts)} {asked}.")
    notes = dict.fromkeys(
        note for _, stint in sure + unsure for note in wording.precision_note(_end(stint), sorted_by=len(sure) > 1)
    )
    return Answer(
        Status.CANNOT_TELL if doubts and not sure else Status.ANSWERED,
        text,
        (
            *_lines("", [f"{wording.sentence(str(stint.until))}: {_to_where(book, person)}" for person, stint in sure]),
            *_lines("Cannot tell", doubts),
        ),
        tuple(notes),
        evidence,
    )


def at(question: At, book: Book) -> Answer:
    """Who is at an organisation according to the book."""
    organisation = book.organisations[question.organisation]
    found = [
        (person, stint)
        for person in book.people.values()
        for stint in current_stints(book.stints_within(person, organisation.id))
    ]
    if not found:
        text = f"The book names nobody at {organisation.name}."
        claims = book.claims_about(organisation.id)
        said = Section("The sources do say", tuple(claim.text for claim in claims))
        evidence = tuple(item for claim in claims for item in claim.evidence)
        return Answer(Status.NOT_STATED, text, (said,) if claims else (), evidence=evidence)
    evidence = wording.evidence_of(stint for _, stint in found)
    return Answer(
        Status.ANSWERED,
        wording.sentence(
            f"{wording.as_of(book, evidence)}the book has {wording.people(len(found))} at {organisation.name}."
        ),
        (Section("", tuple(_member(book, person, stint, organisation.id) for person, stint in found)),),
        evidence=evidence,
    )


def tenures(book: Book) -> Answer:
    """How long each of the cohort was at the book's home: a ranking, the average and the median."""
    timed = [
        (stint.lasted, person, stint)
        for person in book.cohort
        for stint in book.stints_within(person, book.frame.home)
        if isinstance(stint.lasted, Duration)
    ]
    silent = [person for person in book.cohort if person.id not in {timed_person.id for _, timed_person, _ in timed}]
    if not timed:
        return Answer(Status.NOT_STATED, f"The sources do not say how long anybody was at {book.home.name}.")
    timed.sort(key=lambda row: -row[0].months)
    months = [lasted.months for lasted, _, _ in timed]
    mean, median = (Duration(round(of(months))) for of in (statistics.mean, statistics.median))
    notes = [f"Average and median are derived from these {plural(len(timed), 'length')}, and rounded to a month."]
    if silent:
        notes.append(f"The sources give no length for {wording.names(silent)}.")
    return Answer(
        Status.ANSWERED,
        f"On average {mean} at {book.home.name}; the median is {median}.",
        (Section("", tuple(f"{person.name}: {lasted}" for lasted, person, _ in timed)),),
        tuple(notes),
        wording.evidence_of(stint for _, _, stint in timed),
    )


def _is_still_at(person: Person, on: Date | None, book: Book) -> Answer:
    home, stints = book.home, book.stints_within(person, book.frame.home)
    evidence = wording.evidence_of(stints or person.stints)
    truth = _still(person, on, book)
    time = f" {wording.when(on)}" if on else ""
    if not stints:
        return Answer(
            Status.NOT_STATED, f"The sources do not say that {person.name} was ever at {home.name}.", evidence=evidence
        )
    if truth is Truth.CANNOT_TELL:
        dated = any(isinstance(stint.until, Date) for stint in stints) or (on and current_stints(stints))
        known = dated and not _after_all_sources(on, book, evidence)
        text = (
            f"whether {person.name} was at {home.name}{time}"
            if on
            else f"whether {person.name} is still at {home.name}"
        )
        said = f"The dates are not precise enough to tell {text}: {_reason(book, person)}."
        if not known:
            said = f"The sources do not say {text}: {_reason(book, person)}."
        return Answer(Status.CANNOT_TELL if known else Status.NOT_STATED, said, evidence=evidence)
    now, gone = current_stints(stints), departure(book, person)
    if on:
        said = f"{'Yes' if truth is Truth.YES else 'No'}: {person.name} {'was' if truth is Truth.YES else 'was not'} at {home.name}{time}"
        return Answer(Status.ANSWERED, f"{said}; {_reason(book, person)}.", evidence=evidence)
    if truth is Truth.YES:
        text = f"Yes: {wording.as_of(book, evidence)}{person.name} is {wording.position(book, now[0])}."
        return Answer(Status.ANSWERED, text, evidence=evidence)
    notes = wording.precision_note(_end(gone)) if gone else ()
    left_home = f" {wording.ended(book, gone)}" if gone else f" is no longer at {home.name}"
    return Answer(Status.ANSWERED, f"No: {person.name}{left_home}.", notes=notes, evidence=evidence)


def _still(person: Person, on: Date | None, book: Book) -> Truth:
    if on:
        return was_there(book, person, book.frame.home, on.span)
    if current_stints(book.stints_within(person, book.frame.home)):
        return Truth.YES
    return Truth.NO if departure(book, person) else Truth.CANNOT_TELL


def _after_all_sources(asked: Date | None, book: Book, evidence: tuple[Evidence, ...]) -> Answer | None:
    """The answer about a time later than the newest of the sources; None where the time is no later."""
    newest = book.as_of(evidence)
    if not asked or not newest or asked.span.first <= newest.span.last:
        return None
    text = f"The sources say nothing about {asked}: the newest of them is of {newest}."
    return Answer(Status.NOT_STATED, text, evidence=evidence)


def _counted(book: Book, sure: Sized, unsure: Sized) -> str:
    """How many of the cohort: "3 of 14 authors", "at least 3 of 14 authors" where others cannot be told."""
    return f"{'at least ' if unsure else ''}{wording.of_cohort(book, len(sure))}"


def _reason(book: Book, person: Person) -> str:
    """What the sources say of somebody's time at home, as the end of a sentence."""
    stints = book.stints_within(person, book.frame.home)
    if not stints:
        return "the sources do not say"
    stint = stints[-1]
    where = book.organisations[stint.organisation].name
    if isinstance(stint.until, Date):
        start = f", after {stint.lasted}" if isinstance(stint.lasted, Duration) else ""
        return f"the source puts the departure {wording.when(stint.until)}{start}"
    if not is_current(stint):
        return f"no end is given for the time at {where}"
    start = f"since {stint.since}" if isinstance(stint.since, Date) else "with no start given"
    return f"{wording.as_of(book, stint.evidence)}at {where}, {start}"


def _left_when(stint: Stint, asked: Date | None) -> Truth:
    return matches(asked.span, _end(stint)) if asked else Truth.YES


def _went_to(book: Book, person: Person, organisation_id: str | None) -> Truth:
    if organisation_id is None:
        return Truth.YES
    now = [stint.organisation for stint in current_stints(person.stints)]
    if any(book.is_within(organisation, organisation_id) for organisation in now):
        return Truth.YES
    return Truth.NO if now and UNKNOWN not in now else Truth.CANNOT_TELL


def _may_have_left(book: Book, person: Person, to: str | None) -> bool:
    """Whether it cannot be told that somebody left at all, since no end is given, or only an unknown one."""
    return _still(person, None, book) is Truth.CANNOT_TELL and _went_to(book, person, to) is not Truth.NO


def _both(one: Truth, other: Truth) -> Truth:
    if Truth.NO in (one, other):
        return Truth.NO
    return Truth.CANNOT_TELL if Truth.CANNOT_TELL in (one, other) else Truth.YES


def _within(question: Left, book: Book) -> str:
    time = f" {wording.when(question.when)}" if question.when else ""
    return time + (f" and went to {book.organisations[question.to].name}" if question.to else "")


def _undecided(book: Book, person: Person, stint: Stint, question: Left) -> str:
    reasons = []
    if _left_when(stint, question.when) is Truth.CANNOT_TELL:
        reasons.append(f"left {wording.when(_end(stint))}, no more precisely")
    if _went_to(book, person, question.to) is Truth.CANNOT_TELL:
        reasons.append("where to is not stated")
    return f"{person.name}: {wording.listed(reasons)}"


def _to_where(book: Book, person: Person) -> str:
    now = [stint for stint in current_stints(person.stints) if stint.organisation != UNKNOWN]
    places = wording.listed([book.organisations[stint.organisation].name for stint in now])
    return f"{person.name}, now at {places}" if now else f"{person.name}, where to is not stated"


def _with_role(book: Book, person: Person) -> str:
    stint = current_stints(book.stints_within(person, book.frame.home))[0]
    return f"{person.name}, {wording.role(stint)}" if wording.role(stint) else person.name


def _member(book: Book, person: Person, stint: Stint, organisation_id: str) -> str:
    inside = "" if stint.organisation == organisation_id else f" at {book.organisations[stint.organisation].name}"
    return f"{person.name}, {wording.role(stint) or 'role not stated'}{inside}"


def _home_evidence(book: Book, people: Iterable[Person]) -> tuple[Evidence, ...]:
    return wording.evidence_of(stint for person in people for stint in book.stints_within(person, book.frame.home))


def _end(stint: Stint) -> Date:
    if not isinstance(stint.until, Date):
        raise TypeError("only stints with a dated end are departures")
    return stint.until


def _lines(title: str, lines: list[str]) -> tuple[Section, ...]:
    return (Section(title, tuple(lines)),) if lines else ()
