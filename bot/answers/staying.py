"""Answers about who is still at the book's home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot.answers import wording
from bot.answers.cohort import after_all_sources, at_home, counted, home_evidence, reason
from bot.answers.model import Answer, Status, section
from bot.english import sentence
from bot.facts.presence import Truth, current_stints, departure, was_there_partly

if TYPE_CHECKING:
    from bot.facts.book import Book
    from bot.facts.model import Evidence, Person
    from bot.questions.model import StillAt
    from bot.questions.periods import Period


def still_at(question: StillAt, book: Book) -> Answer:
    """Who of the cohort is still at the book's home; or whether one person is."""
    if question.person:
        return _one(book.people[question.person], question.on, book)
    on, evidence = question.on, home_evidence(book, book.cohort)
    if too_new := after_all_sources(on, book, evidence):
        return too_new
    judged = [(person, at_home(book, person, on)) for person in book.cohort]
    there = [person for person, truth in judged if truth is Truth.YES]
    partly = [person for person, truth in judged if truth is Truth.CANNOT_TELL and _partly(book, person, on)]
    unsure = [person for person, truth in judged if truth is Truth.CANNOT_TELL and person not in partly]
    return Answer(
        Status.ANSWERED if there or partly or not unsure else Status.CANNOT_TELL,
        _how_many(there + partly, unsure, on, book, evidence),
        (
            *section("", [person.name if on else _with_role(book, person) for person in there]),
            *section("For a part of it at least", [f"{person.name}: {reason(book, person)}" for person in partly]),
            *section("Cannot tell", [f"{person.name}: {reason(book, person)}" for person in unsure]),
        ),
        evidence=(*book.frame.cohort.evidence, *evidence),
    )


def _partly(book: Book, person: Person, on: Period | None) -> bool:
    return on is not None and was_there_partly(book, person, book.frame.home, on.span)


def _how_many(
    there: list[Person], unsure: list[Person], on: Period | None, book: Book, evidence: tuple[Evidence, ...]
) -> str:
    one, several, where = ("was", "were", _was_at(book, on)) if on else ("is", "are", f"still at {book.home.name}")
    if unsure and not there:
        return f"It cannot be told whether anybody {one} {where}."
    limit = "" if on else wording.as_of(book, evidence)
    return sentence(f"{limit}{counted(book, there, unsure)} {one if len(there) == 1 else several} {where}.")


def _one(person: Person, on: Period | None, book: Book) -> Answer:
    stints = book.stints_within(person, book.frame.home)
    evidence = wording.evidence_of(stints or person.stints)
    if not stints:
        text = f"The sources do not say that {person.name} was ever at {book.home.name}."
        return Answer(Status.NOT_STATED, text, evidence=evidence)
    if too_new := after_all_sources(on, book, evidence):
        return too_new
    truth = at_home(book, person, on)
    if on:
        return _on(person, on, truth, book, evidence)
    if truth is Truth.CANNOT_TELL:
        text = f"The sources do not say whether {person.name} is still at {book.home.name}: {reason(book, person)}."
        return Answer(Status.NOT_STATED, text, evidence=evidence)
    if truth is Truth.YES:
        (now, *_) = current_stints(stints)
        still = "still " if len(current_stints(stints)) == len(stints) else ""
        text = f"Yes: {wording.as_of(book, evidence)}{person.name} is {still}{wording.position(book, now)}."
        return Answer(Status.ANSWERED, text, evidence=evidence)
    gone = departure(book, person)
    left = wording.left(book, gone) if gone else f"is no longer at {book.home.name}"
    notes = wording.precision_note(gone.on) if gone else ()
    return Answer(Status.ANSWERED, f"No: {person.name} {left}.", notes=notes, evidence=evidence)


def has_left(person: Person, book: Book) -> Answer:
    """Whether somebody has left the book's home: the same as whether they are still there, said the other way round."""
    found = _one(person, None, book)
    word, colon, rest = found.text.partition(":")
    other = {"Yes": "No", "No": "Yes"}.get(word)
    return replace(found, text=f"{other}{colon}{rest}") if other else found


def _on(person: Person, on: Period, truth: Truth, book: Book, evidence: tuple[Evidence, ...]) -> Answer:
    """Whether somebody was at home on a date: throughout, for a part of it, not at all, or it cannot be told."""
    asked, why = f"{person.name} was {{}}{_was_at(book, on)}", reason(book, person)
    gone = departure(book, person)
    notes = wording.precision_note(gone.on) if gone else ()
    match truth:
        case Truth.YES:
            text = f"Yes: {asked.format('')}; {why}."
        case Truth.NO:
            text = f"No: {asked.format('not ')}; {why}."
        case _ if _partly(book, person, on):
            text = f"For a part of it at least: {asked.format('')}; {why}."
        case _ if gone or current_stints(book.stints_within(person, book.frame.home)):
            text = f"The dates are not precise enough to tell whether {asked.format('')}: {why}."
            return Answer(Status.CANNOT_TELL, text, notes=notes, evidence=evidence)
        case _:
            text = f"The sources do not say whether {asked.format('')}: {why}."
            return Answer(Status.NOT_STATED, text, evidence=evidence)
    return Answer(Status.ANSWERED, text, notes=notes, evidence=evidence)


def _was_at(book: Book, on: Period) -> str:
    return f"at {book.home.name} {on.text}"


def _with_role(book: Book, person: Person) -> str:
    stint = current_stints(book.stints_within(person, book.frame.home))[0]
    return f"{person.name}, {wording.role(stint)}" if wording.role(stint) else person.name
