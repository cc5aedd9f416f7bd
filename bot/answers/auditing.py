"""Holding what the sources claim against what the book's own dates and places come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bot.answers import wording
from bot.answers.judging import judge
from bot.answers.model import Answer, Section, Status
from bot.answers.restating import said
from bot.english import plural, sentence
from bot.facts.dates import Date, Duration
from bot.facts.presence import Truth, departure, matches
from bot.questions.conditions import Condition, Departed, IsAt, IsMember, Remains, all_of
from bot.questions.periods import Period

if TYPE_CHECKING:
    from bot.facts.book import Book
    from bot.facts.model import Assertion, Claim, Evidence, Person, Whom
    from bot.questions.model import Audit


class _Finding(Struct, frozen=True):
    """What the book comes to, and whether a claim agrees with it."""

    truth: Truth
    text: str


MOST_NAMED: Final = 5
"""People who are named behind their count."""
_VERDICTS = {Truth.YES: "Holds", Truth.NO: "Does not hold", Truth.CANNOT_TELL: "Cannot be decided"}


def audit(question: Audit, book: Book) -> Answer:
    """Each claim that can be computed: what was claimed, what the book's dates and places give, and whether it holds."""
    claims = [book.claims[claim] for claim in question.claims if claim in book.claims] or list(book.claims.values())
    checked = [(claim, _check(claim.asserts, book)) for claim in claims if claim.asserts]
    if not checked:
        return Answer(Status.NOT_STATED, "No claim in the book can be checked by computing.")
    evidence = (*(item for claim, _ in checked for item in claim.evidence), *_computed_from(book))
    sections = tuple(_shown(claim, finding, book) for claim, finding in checked)
    return Answer(
        Status.ANSWERED,
        _verdict([finding for _, finding in checked]),
        sections,
        evidence=tuple(dict.fromkeys(evidence)),
    )


def _verdict(findings: list[_Finding]) -> str:
    if len(findings) == 1:
        return f"{_VERDICTS[findings[0].truth]}: {findings[0].text}."
    counts = {truth: sum(finding.truth is truth for finding in findings) for truth in Truth}
    return (
        f"Of {plural(len(findings), 'claim')} that can be computed, {counts[Truth.YES]} hold, "
        f"{counts[Truth.NO]} {'does' if counts[Truth.NO] == 1 else 'do'} not, and {counts[Truth.CANNOT_TELL]} cannot be decided."
    )


def _shown(claim: Claim, finding: _Finding, book: Book) -> Section:
    return Section(
        f"{_VERDICTS[finding.truth]}: {claim.text}",
        (f"Claimed by {wording.sources_of(book, claim)}", f"The book's entries give: {finding.text}"),
    )


def _computed_from(book: Book) -> tuple[Evidence, ...]:
    return wording.evidence_of(stint for person in book.cohort for stint in person.stints)


def _check(asserts: Assertion, book: Book) -> _Finding:
    whole = [person for person in book.cohort if judge(_condition(asserts.of), person, book) is Truth.YES]
    condition = _condition(asserts.who)
    truths = {person.id: judge(condition, person, book) for person in whole}
    sure = [person for person in whole if truths[person.id] is Truth.YES]
    unsure = [person for person in whole if truths[person.id] is Truth.CANNOT_TELL]
    if asserts.average_over:
        return _average(asserts.average_over, sure, book)
    if asserts.first_in:
        return _first(asserts.first_in, sure, book)
    whom = f"{len(sure)} of {plural(len(whole), book.frame.cohort.noun)}"
    share = f" ({round(100 * len(sure) / len(whole))} %)" if len(sure) < len(whole) else ""
    holds = said(condition, book, many=len(sure) != 1)
    named = f": {wording.names(sure)}" if 0 < len(sure) <= MOST_NAMED else ""
    text = f"{whom}{share} {holds}{named}" if condition != IsMember() else _sum(book)
    return _count(asserts, range(len(sure), len(sure) + len(unsure) + 1), len(whole), text)


def _count(asserts: Assertion, possible: range, whole: int, text: str) -> _Finding:
    """Whether a count is as claimed, given those that are possible."""
    if asserts.many:
        return _Finding(Truth.CANNOT_TELL, f"{text}; whether that is many is for the reader to say")
    if asserts.count is not None:
        fitting = [count == asserts.count for count in possible]
    else:
        more_than = asserts.more_than if asserts.more_than is not None else whole / 2
        fitting = [count > more_than for count in possible]
    return _Finding(Truth.YES if all(fitting) else Truth.CANNOT_TELL if any(fitting) else Truth.NO, text)


def _sum(book: Book) -> str:
    """The cohort as the sum of those who stayed and those who left."""
    stayed, left = (
        sum(judge(kind, person, book) is Truth.YES for person in book.cohort) for kind in (Remains(), Departed())
    )
    return f"{plural(len(book.cohort), book.frame.cohort.noun)}: {stayed} still at {book.home.name} and {left} who left"


def _average(claimed: Duration, people: list[Person], book: Book) -> _Finding:
    lengths = [
        stint.lasted.months
        for person in people
        for stint in book.stints_within(person, book.frame.home)
        if stint.lasted
    ]
    if not lengths:
        return _Finding(Truth.CANNOT_TELL, "no length is stated")
    mean = sum(lengths) / len(lengths)
    text = f"{Duration(round(mean))} on average, from {plural(len(lengths), 'length')}"
    return _Finding(Truth.YES if mean > claimed.months else Truth.NO, text)


def _first(claimed: Date, people: list[Person], book: Book) -> _Finding:
    """Whether the first departure was then: those who may have been the first, as they are dated."""
    dated = [(gone.on, person) for person in people if (gone := departure(book, person))]
    soonest = min((on.span.last for on, _ in dated), default=None)
    first = [(on, person) for on, person in dated if soonest and on.span.first <= soonest]
    truths = {matches(claimed.span, on) for on, _ in first}
    truth = truths.pop() if len(truths) == 1 else Truth.CANNOT_TELL
    named = "; ".join(f"{person.name}, {on}" for on, person in sorted(first, key=lambda pair: pair[0].sort_key))
    return _Finding(
        truth if first else Truth.CANNOT_TELL,
        sentence(f"the earliest entries are {named}") if first else "no departure is dated",
    )


def _condition(whom: Whom) -> Condition:
    found: list[Condition] = []
    if whom.left:
        found.append(Departed(Period.of(whom.left) if isinstance(whom.left, Date) else None))
    if whom.still:
        found.append(Remains())
    if whom.at:
        found.append(IsAt(whom.at))
    return all_of(found or [IsMember()])
