"""Answers about where people went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.answers import wording
from bot.answers.cohort import evidence_about
from bot.answers.judging import judged
from bot.answers.model import Answer, Status, section
from bot.answers.picturing import by_place, footnotes, in_words, place
from bot.answers.restating import said
from bot.charts import Flow, Stream
from bot.english import plural, sentence
from bot.questions.conditions import Departed

if TYPE_CHECKING:
    from bot.facts.book import Book
    from bot.facts.model import Person
    from bot.questions.model import Destinations

MOST_STREAMS: Final = 12
"""Places in a picture that have a stream of their own."""


def destinations(question: Destinations, book: Book) -> Answer:
    """Where those who left are now, the places with the most people first."""
    left = judged(Departed(), book.cohort, book).sure
    whole = left if question.among is None else judged(question.among, left, book).sure
    found = by_place(whole, book)
    ranked = [name for name in found if name]
    evidence = evidence_about(whole, book)
    if not ranked:
        return Answer(Status.NOT_STATED, "The sources do not say where any of them is now.", evidence=evidence)
    most = [name for name in ranked if len(found[name]) == len(found[ranked[0]])]
    whom = (
        f"those who {said(question.among, book, many=True)}" if question.among else f"those who left {book.home.name}"
    )
    text = f"{whom} are at {plural(len(ranked), 'organisation')}."
    if len(most) == 1 and len(ranked) > 1:
        text = f"{whom} are at {len(ranked)} organisations, most of them at {most[0]}: {len(found[most[0]])} of {len(whole)}."
    text = sentence(wording.as_of(book, evidence) + text)
    sections = (
        *section("", [f"{name}: {wording.names(found[name])}" for name in ranked]),
        *section("Not stated", [wording.names(found[""])] if "" in found else []),
    )
    notes = _counted_twice(whole, book)
    picture = Flow(
        f"From {book.home.name} to where they are now",
        book.home.name,
        wording.of_cohort(book, len(whole)),
        _streams(found, book),
        footnotes(notes, book, evidence),
        in_words(text, sections),
    )
    return Answer(Status.ANSWERED, text, sections, notes, evidence, picture=picture)


def _counted_twice(whole: tuple[Person, ...], book: Book) -> tuple[str, ...]:
    """What must be known of counts where somebody is at several places."""
    several = [person for person in whole if len(wording.places(book, person)) > 1]
    return (
        (f"{wording.names(several)} {'is' if len(several) == 1 else 'are'} counted at each place.",) if several else ()
    )


def _streams(found: dict[str, list[Person]], book: Book) -> tuple[Stream, ...]:
    """A stream for each place; the narrowest in one, where there are too many to be told apart."""
    noun = book.frame.cohort.noun
    shown = dict([item for item in found.items() if item[0]][:MOST_STREAMS])
    rest = {name: people for name, people in found.items() if name and name not in shown}
    if rest:
        shown[f"{plural(len(rest), 'other organisation')}"] = [person for there in rest.values() for person in there]
    if "" in found:
        shown[""] = found[""]
    return tuple(Stream(place(name), len(there), plural(len(there), noun)) for name, there in shown.items())
