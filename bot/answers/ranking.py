"""Answers about who comes first among people, and about all of them in one number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.answers import wording
from bot.answers.cohort import evidence_about
from bot.answers.judging import among, judged
from bot.answers.measuring import Row, measured, value
from bot.answers.model import Answer, Status, section
from bot.answers.restating import said
from bot.answers.selecting import those
from bot.english import listed, plural, sentence
from bot.facts.dates import Duration
from bot.facts.presence import departure
from bot.questions.model import Measure, Statistic, Those

if TYPE_CHECKING:
    from bot.facts.book import Book
    from bot.questions.model import Average, Ranking

MOST_COMPARED: Final = 5
"""People compared with each other whose measures are all told."""


def ranking(question: Ranking, book: Book) -> Answer:
    """Who comes first by a measure, as far as the sources are precise enough to say."""
    whole = book.cohort if question.among is None else judged(question.among, among(question.among, book), book).sure
    ranked = sorted(measured(question.by, whole, book), key=lambda row: row.least, reverse=question.most)
    if not ranked and question.among:
        return those(Those(question.among), book)
    if not ranked:
        return Answer(
            Status.NOT_STATED,
            "The sources do not say: they give no such date or length.",
            evidence=evidence_about(whole, book),
        )
    first = _contenders(ranked, question.places, most=question.most)
    silent = [person for person in whole if person not in {row.person for row in ranked}] if question.among else []
    text = _first(first, question, book)
    told = len(first) <= question.places
    if question.supposed:
        may_be = question.supposed in {row.person.id for row in first}
        text = f"{'No' if not may_be else 'Yes' if len(first) == 1 else 'It cannot be told'}: {text}"
        told = not may_be or len(first) == 1
    rest = ranked if question.among and len(ranked) <= MOST_COMPARED else first
    lines = [_measure(row, question.by, book) for row in rest] if len(rest) > 1 else []
    notes = [f"The sources give no such date or length for {wording.names(silent)}."] if silent else []
    if question.by is Measure.DEPARTURE:
        notes += [
            note for row in first if (gone := departure(book, row.person)) for note in wording.precision_note(gone.on)
        ]
    status = Status.ANSWERED if told else Status.CANNOT_TELL
    return Answer(status, text, section("", lines), tuple(notes), evidence_about([row.person for row in rest], book))


def _contenders(ranked: list[Row], places: int, *, most: bool) -> list[Row]:
    """Those who may be among the first, since nobody for so many places surely comes before them."""
    found = []
    for row in ranked:
        before = [other for other in ranked if (other.least > row.most if most else other.most < row.least)]
        if len(before) < places:
            found.append(row)
    return found


def _first(first: list[Row], question: Ranking, book: Book) -> str:
    named = listed([row.person.name for row in first])
    what = {
        (Measure.TENURE, True): ("was", "were", "for the longest time"),
        (Measure.TENURE, False): ("was", "were", "for the shortest time"),
        (Measure.DEPARTURE, True): ("left", "left", "last"),
        (Measure.DEPARTURE, False): ("left", "left", "first"),
    }[question.by, question.most]
    one, several, how = what
    place = f"at {book.home.name}" if question.by is Measure.TENURE else book.home.name
    if len(first) == 1:
        now = "" if question.supposed else wording.now(book, first[0].person)
        return f"{named} {one} {place} {how}: {'; '.join(filter(None, [value(first[0], question.by, book), now]))}."
    if len(first) > question.places and question.by is Measure.DEPARTURE:
        return f"{sentence(listed([row.person.name for row in first], 'or'))} {one} {place} {how}; the sources are not precise enough to tell which."
    return f"{named} {several} {place} {how}."


def _measure(row: Row, by: Measure, book: Book) -> str:
    return f"{row.person.name}: {value(row, by, book)}"


def average(question: Average, book: Book) -> Answer:
    """One number for several lengths, rounded to a month."""
    whole = book.cohort if question.among is None else judged(question.among, book.cohort, book).sure
    rows = measured(Measure.TENURE, whole, book)
    if not rows:
        return Answer(
            Status.NOT_STATED,
            f"The sources do not say how long any of them was at {book.home.name}.",
            evidence=evidence_about(whole, book),
        )
    length = Duration(round(_one_number(question.statistic, [row.least for row in rows])))
    silent = [person for person in whole if person not in {row.person for row in rows}]
    notes = [f"Derived from {plural(len(rows), 'length')}, and rounded to a month."]
    notes += [f"The sources give no length for {wording.names(silent)}."] if silent else []
    name = {Statistic.MEAN: "average", Statistic.MEDIAN: "median", Statistic.TOTAL: "total"}[question.statistic]
    whom = f" of those who {said(question.among, book, many=True)}" if question.among else ""
    return Answer(
        Status.ANSWERED,
        f"The {name} time at {book.home.name}{whom} is {length}.",
        notes=tuple(notes),
        evidence=evidence_about([row.person for row in rows], book),
    )


def _one_number(statistic: Statistic, months: list[int]) -> float:
    import statistics  # noqa: PLC0415 - milliseconds, for which no start need wait

    match statistic:
        case Statistic.MEAN:
            return statistics.mean(months)
        case Statistic.MEDIAN:
            return statistics.median(months)
        case Statistic.TOTAL:
            return sum(months)
