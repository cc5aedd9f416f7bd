"""Answers about who left the book's home, when and where to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from bot.answers import wording
from bot.answers.cohort import after_all_sources, at_home, counted, home_evidence, reason
from bot.answers.model import Answer, Status, section
from bot.english import listed, sentence
from bot.facts.model import UNKNOWN, Person
from bot.facts.presence import Departure, Truth, current_stints, departure, matches

if TYPE_CHECKING:
    from bot.facts.book import Book
    from bot.facts.model import Claim
    from bot.questions.model import Left


class _Leaver(Struct, frozen=True):
    """Somebody who left, and whether that was when and where to as asked."""

    person: Person
    departure: Departure
    then: Truth
    there: Truth

    @property
    def truth(self) -> Truth:
        return self.then & self.there

    def doubt(self) -> str:
        """Why it cannot be told."""
        reasons = []
        if self.then is Truth.CANNOT_TELL:
            reasons.append(f"left {wording.when(self.departure.on)}, no more precisely")
        if self.there is Truth.CANNOT_TELL:
            reasons.append("where to is not stated")
        return f"{self.person.name}: {listed(reasons)}"


def left(question: Left, book: Book) -> Answer:
    """Who of the cohort left the book's home, in order; those of whom it cannot be told apart."""
    leavers = _leavers(question, book)
    sure = [leaver for leaver in leavers if leaver.truth is Truth.YES]
    # Of whoever's place is not stated, nothing makes one likelier than another, unless the time narrows them down.
    unsure = [leaver for leaver in leavers if leaver.truth is Truth.CANNOT_TELL] if question.when else []
    undated = [person for person in book.cohort if _may_have_left(book, person, question.to)]
    evidence = home_evidence(book, [*(leaver.person for leaver in sure + unsure), *undated] or book.cohort)
    if too_new := after_all_sources(question.when, book, evidence):
        return too_new
    doubts = [leaver.doubt() for leaver in unsure]
    doubts += [f"{person.name}: {reason(book, person)}" for person in undated]
    claims = _dated_claims(question, book)
    notes = (wording.precision_note(leaver.departure.on, sorted_by=len(sure) > 1) for leaver in sure + unsure)
    return Answer(
        Status.CANNOT_TELL if doubts and not sure else Status.ANSWERED,
        _how_many(sure, doubts, question, book),
        (
            *section("", [_line(book, leaver) for leaver in sure]),
            *section("Cannot tell", doubts),
            *section("The sources also say", [claim.text for claim in claims]),
        ),
        tuple(dict.fromkeys(note for found in notes for note in found)),
        (*evidence, *wording.all_evidence((), claims)),
    )


def _dated_claims(question: Left, book: Book) -> list[Claim]:
    """What the sources say of departures in the time asked, beyond who left."""
    topic, when = book.frame.departures, question.when
    if not topic or not when:
        return []
    return [claim for claim in book.claims_about(topic) if claim.date and claim.date.span.meets(when.span)]


def _leavers(question: Left, book: Book) -> list[_Leaver]:
    found = [(person, gone) for person in book.cohort if (gone := departure(book, person))]
    found.sort(key=lambda pair: pair[1].on.sort_key)
    return [
        _Leaver(
            person,
            gone,
            matches(question.when.span, gone.on) if question.when else Truth.YES,
            _went_to(book, person, question.to),
        )
        for person, gone in found
    ]


def _how_many(sure: list[_Leaver], doubts: list[str], question: Left, book: Book) -> str:
    asked = f"left {book.home.name}"
    if question.when:
        asked += f" {question.when.text}"
    if question.to:
        asked += f" and went to {book.organisations[question.to].name}"
    if sure:
        return sentence(f"{counted(book, sure, doubts)} {asked}.")
    return f"It cannot be told who {asked}." if doubts else f"The book has nobody who {asked}."


def _went_to(book: Book, person: Person, organisation_id: str | None) -> Truth:
    if organisation_id is None:
        return Truth.YES
    now = [stint.organisation for stint in current_stints(person.stints)]
    if any(book.is_within(organisation, organisation_id) for organisation in now):
        return Truth.YES
    return Truth.NO if now and UNKNOWN not in now else Truth.CANNOT_TELL


def _may_have_left(book: Book, person: Person, to: str | None) -> bool:
    """Whether it cannot be told that somebody left at all, since no end is given, or only an unknown one."""
    return at_home(book, person, None) is Truth.CANNOT_TELL and _went_to(book, person, to) is not Truth.NO


def _line(book: Book, leaver: _Leaver) -> str:
    """A leaver in a line: "June 2023: Jane Doe, now at Acme"."""
    return f"{sentence(str(leaver.departure.on))}: {leaver.person.name}, {wording.whereabouts(book, leaver.person)}"
