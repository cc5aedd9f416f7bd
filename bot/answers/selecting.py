"""Answers about the people of whom a condition holds: who they are, how many, who comes first, and on average."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from bot.answers import wording
from bot.answers.cohort import evidence_about, reason
from bot.answers.judging import Judged, among, judge, judged
from bot.answers.measuring import measured, value
from bot.answers.model import Answer, Status, section
from bot.answers.restating import said
from bot.answers.staying import has_left
from bot.english import plural, sentence
from bot.facts.model import UNKNOWN
from bot.facts.presence import Truth, current_stints, departure
from bot.questions.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Departed,
    Founded,
    Holds,
    IsAt,
    IsMember,
    IsOne,
    Remains,
    Stayed,
    WasThere,
    parts,
)
from bot.questions.model import Measure, Quantifier

if TYPE_CHECKING:
    from bot.facts.book import Book
    from bot.facts.model import Person
    from bot.questions.model import Proportion, Those, Whether


def those(question: Those, book: Book) -> Answer:
    """The people of whom a condition holds; those of whom it cannot be told apart."""
    condition = question.condition
    found = judged(condition, among(condition, book), book)
    if _is_about_places_alone(condition):  # whoever's place is not stated may be anywhere, and here no likelier
        found = replace(found, unsure=())
    sure = _in_order(found.sure, condition, book)
    if not sure and not found.unsure and _is_beyond_the_book(condition):
        text = f"The sources do not say that anybody {said(condition, book)}."
        return Answer(Status.NOT_STATED, text, evidence=evidence_about((), book))
    evidence = evidence_about(found.sure + found.unsure or found.all, book)
    return Answer(
        Status.CANNOT_TELL if found.unsure and not sure else Status.ANSWERED,
        _how_many(found, condition, book),
        (
            *section("", [_line(person, condition, book) for person in sure]),
            *section("Cannot tell", [_doubt(person, book) for person in found.unsure]),
        ),
        evidence=evidence,
    )


def _is_about_places_alone(condition: Condition) -> bool:
    """Whether it is asked who is somewhere, or who left and is somewhere, and nothing more of them."""
    each = condition.conditions if isinstance(condition, AllOf | AnyOf) else (condition,)
    return all(isinstance(one, IsAt) or one == Departed() for one in each) and condition != Departed()


def _is_beyond_the_book(condition: Condition) -> bool:
    """Whether a book that names nobody is merely silent: it follows who left its home, and not who left or founded others."""
    return any(
        isinstance(part, Founded | Holds | WasThere) or (isinstance(part, Departed) and part.organisation)
        for part in parts(condition)
    )


def whether(question: Whether, book: Book) -> Answer:
    """Whether a condition holds of somebody, with what the sources say of them."""
    person = book.people[question.person]
    if question.condition == Departed():
        return has_left(person, book)
    truth = judge(question.condition, person, book)
    evidence = wording.evidence_of(person.stints)
    facts = section("", [wording.told(book, stint) for stint in person.stints])
    holds = said(question.condition, book)
    if truth is Truth.CANNOT_TELL:
        text = f"That cannot be told of {person.name} from what the sources say."
        return Answer(Status.CANNOT_TELL, text, facts, evidence=evidence)
    if truth is Truth.YES:
        return Answer(Status.ANSWERED, f"Yes: {person.name} {holds}.", facts, evidence=evidence)
    if any(isinstance(part, Founded | Holds) for part in parts(question.condition)):
        text = f"The sources do not say that {person.name} {holds}."
        return Answer(Status.NOT_STATED, text, facts, evidence=evidence)
    if isinstance(question.condition, IsAt) and book.stints_within(person, question.condition.organisation):
        where = book.organisations[question.condition.organisation].name
        text = f"Not now: {person.name} was at {where} before."
        return Answer(Status.ANSWERED, text, facts, evidence=evidence)
    not_so = said(question.condition, book, negated=True)
    return Answer(Status.ANSWERED, f"No: {person.name} {not_so}.", facts, evidence=evidence)


def proportion(question: Proportion, book: Book) -> Answer:
    """What share a condition holds of, and whether that is all, most or half."""
    whole = book.cohort if question.of is None else judged(question.of, book.cohort, book).sure
    found = judged(question.condition, whole, book)
    all_of_them = question.quantifier is Quantifier.ALL
    truth = _verdict(question.quantifier, len(found.sure), len(found.sure + found.unsure), len(whole))
    verdict = "" if question.quantifier is Quantifier.SHARE else _VERDICTS[truth]
    rest = [person for person in whole if person not in found.sure + found.unsure]
    return Answer(
        Status.CANNOT_TELL if truth is Truth.CANNOT_TELL else Status.ANSWERED,
        sentence(f"{verdict}{'at least ' if found.unsure else ''}{_share(question, found, book)}."),
        (
            *section("", [_line(person, question.condition, book) for person in found.sure]),
            *section("Not so", [_line(person, question.condition, book) for person in rest if all_of_them]),
            *section("Cannot tell", [_doubt(person, book) for person in found.unsure]),
        ),
        evidence=evidence_about(whole, book),
    )


_VERDICTS: Final = {Truth.YES: "yes: ", Truth.NO: "no: ", Truth.CANNOT_TELL: "it cannot be told: "}


def _share(question: Proportion, found: Judged, book: Book) -> str:
    """A count of all with its share: "5 of 11 authors who left Acme (45 %) are at Mistral"."""
    count, whole = len(found.sure), len(found.all)
    if not whole:
        return f"of {plural(0, book.frame.cohort.noun)}, nobody"
    whom = f" who {said(question.of, book, many=True)}" if question.of else ""
    share = f" ({round(100 * count / whole)} %)"
    holds = said(question.condition, book, many=count != 1)
    return f"{count} of {plural(whole, book.frame.cohort.noun)}{whom}{share} {holds}"


def _verdict(quantifier: Quantifier, least: int, most: int, whole: int) -> Truth:
    """Whether so many are all, most, or half, given the least and the most that it may be."""
    needed = {Quantifier.ALL: whole, Quantifier.HALF: whole / 2, Quantifier.MOST: whole / 2 + 0.5}.get(quantifier, 0)
    if least >= needed:
        return Truth.YES
    return Truth.NO if most < needed else Truth.CANNOT_TELL


def _in_order(people: tuple[Person, ...], condition: Condition, book: Book) -> list[Person]:
    """By the date of leaving or the length of the stay, where that is asked; else as the book has them."""
    kinds = {type(part) for part in parts(condition)}
    if Departed in kinds:
        return sorted(people, key=lambda person: gone.on.sort_key if (gone := departure(book, person)) else ())
    if Stayed in kinds:
        return sorted(
            people, key=lambda person: -max((row.least for row in measured(Measure.TENURE, [person], book)), default=0)
        )
    return list(people)


def _how_many(found: Judged, condition: Condition, book: Book) -> str:
    holds = said(condition, book, many=len(found.sure) != 1)
    if isinstance(condition, IsMember):
        return f"The {book.frame.cohort.name} are {len(found.sure)}."
    if not found.sure:
        nobody = "It cannot be told whether anybody" if found.unsure else "The book has nobody who"
        return f"{nobody} {said(condition, book)}."
    whom = (
        f"{len(found.sure)} of {plural(len(book.cohort), book.frame.cohort.noun)}"
        if found.all == book.cohort
        else wording.people(len(found.sure))
    )
    now = all(isinstance(part, Remains | Founded | Holds | IsOne) for part in parts(condition))
    limit = wording.as_of(book, evidence_about(found.sure, book)) if now else ""
    return sentence(f"{limit}{'at least ' if found.unsure else ''}{whom} {holds}.")


def _line(person: Person, condition: Condition, book: Book) -> str:
    """Somebody in a line, with what the condition is about."""
    kinds = {type(part) for part in parts(condition)}
    gone = departure(book, person)
    lengths = measured(Measure.TENURE, [person], book)
    details = [
        f"left {wording.when(gone.on)}" if gone and Departed in kinds else "",
        str(value(lengths[0], Measure.TENURE, book)) if lengths and Stayed in kinds else "",
        (wording.now(book, person) or "where to is not stated") if kinds != {IsMember} else "",
    ]
    return f"{person.name}: {'; '.join(filter(None, details))}" if any(details) else person.name


def _doubt(person: Person, book: Book) -> str:
    now = current_stints(person.stints)
    where = "" if now and all(stint.organisation != UNKNOWN for stint in now) else "; where to is not stated"
    return f"{person.name}: {reason(book, person)}{where}"
