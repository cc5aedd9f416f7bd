"""Answers about where people went."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from bot.answers import wording
from bot.answers.cohort import evidence_about
from bot.answers.judging import judged
from bot.answers.model import Answer, Status, section
from bot.answers.restating import said
from bot.english import listed, plural, sentence
from bot.facts.model import UNKNOWN
from bot.facts.presence import current_stints
from bot.questions.conditions import Departed

if TYPE_CHECKING:
    from bot.facts.book import Book
    from bot.questions.model import Destinations


def destinations(question: Destinations, book: Book) -> Answer:
    """Where those who left are now, the places with the most people first."""
    left = judged(Departed(), book.cohort, book).sure
    whole = left if question.among is None else judged(question.among, left, book).sure
    places: dict[str, list[str]] = defaultdict(list)
    for person in whole:
        for stint in current_stints(person.stints) or (None,):
            known = stint and stint.organisation != UNKNOWN
            places[book.organisations[stint.organisation].name if stint and known else ""].append(person.name)
    ranked = sorted((name for name in places if name), key=lambda name: -len(places[name]))
    evidence = evidence_about(whole, book)
    if not ranked:
        return Answer(Status.NOT_STATED, "The sources do not say where any of them is now.", evidence=evidence)
    most = [name for name in ranked if len(places[name]) == len(places[ranked[0]])]
    whom = (
        f"those who {said(question.among, book, many=True)}" if question.among else f"those who left {book.home.name}"
    )
    text = f"{whom} are at {plural(len(ranked), 'organisation')}."
    if len(most) == 1 and len(ranked) > 1:
        text = f"{whom} are at {len(ranked)} organisations, most of them at {most[0]}: {len(places[most[0]])} of {len(whole)}."
    lines = [f"{name}: {listed(places[name])}" for name in ranked]
    unstated = section("Not stated", [listed(places[""])] if places.get("") else [])
    return Answer(
        Status.ANSWERED,
        sentence(wording.as_of(book, evidence) + text),
        (*section("", lines), *unstated),
        evidence=evidence,
    )
