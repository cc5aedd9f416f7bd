"""Questions and conditions in plain words: how a question was understood, and what a button says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.english import listed, sentence
from bot.questions import model as ask
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
    Not,
    Remains,
    Stayed,
    Unplaced,
    Untitled,
    WasThere,
)

if TYPE_CHECKING:
    from datetime import date

    from bot.facts.book import Book
    from bot.questions.periods import Period


def restated(question: ask.Question, book: Book) -> str:  # noqa: C901, PLR0911, PLR0912 - a table of kinds, one line each
    """What is asked, as the end of "this is about …": "who left Meta in 2023 and is at Mistral"."""
    home, name = book.home.name, book.entities
    match question:
        case ask.Where(person):
            return f"where {name[person].name} is now"
        case ask.Who(person):
            return f"everything about {name[person].name}"
        case ask.When(person, organisation):
            return f"when the time of {name[person].name} at {name[organisation].name if organisation else home} ended"
        case ask.Since(person, organisation):
            return f"when {name[person].name} came to {name[organisation].name if organisation else home}"
        case ask.Role(person, organisation):
            return f"the role of {name[person].name}{f' at {name[organisation].name}' if organisation else ''}"
        case ask.Tenure(str(person), organisation):
            return f"how long {name[person].name} was at {name[organisation].name if organisation else home}"
        case ask.Tenure():
            return f"how long everybody was at {home}"
        case ask.StillAt(str(person), on):
            return f"whether this holds of {name[person].name}: {f'was at {home} {on.text}' if on else f'is still at {home}'}"
        case ask.StillAt(None, on):
            return f"who was at {home} {on.text}" if on else f"who is still at {home}"
        case ask.Left(when, to):
            to_ = f" and is at {name[to].name}" if to else ""
            return f"who left {home}{f' {when.text}' if when else ''}{to_}"
        case ask.At(organisation):
            return f"who is at {name[organisation].name}"
        case ask.Those(condition):
            return f"who {said(condition, book)}"
        case ask.Whether(person, condition):
            return f"whether this holds of {name[person].name}: {said(condition, book)}"
        case ask.Proportion(condition, quantifier, of):
            share = {"share": "what share", "all": "whether all", "most": "whether most", "half": "whether half"}
            whom = f"of those who {said(of, book, many=True)}" if of else f"of the {book.frame.cohort.name}"
            return f"{share[quantifier]} {whom} {said(condition, book, many=True)}"
        case ask.Ranking():
            return _ranking(question, book)
        case ask.Average(statistic, condition):
            whom = f" of those who {said(condition, book, many=True)}" if condition else ""
            return f"the {statistic} time at {home}{whom}"
        case ask.Destinations(condition):
            whom = f"those who {said(condition, book, many=True)}" if condition else f"those who left {home}"
            return f"where {whom} are now"
        case ask.Timeline(organisation):
            whom = f"the {book.frame.cohort.name}"
            now = f" who are at {name[organisation].name}" if organisation else ""
            return f"when each of {whom}{now} was at {home}"
        case ask.Told(_, words):
            return f"what the sources say with “{' '.join(words)}”"
        case ask.Why(ask.Whether(person, condition)):
            return f"why this holds of {name[person].name}: {said(condition, book)}"
        case ask.Why(about):
            return f"why: {restated(about, book)}"
        case ask.Audit():
            return "whether what the sources claim agrees with the book's own dates and places"
        case ask.About(entity):
            return f"what is said about {name[entity].name}"
        case ask.Mentioned():
            return "who and what is named"
        case ask.EvidenceFor(entity):
            return f"where the facts about {name[entity].name} stand"
        case ask.Disputed():
            return "where the sources contradict each other"
        case ask.Sources(str(source)):
            return name[source].name
        case ask.Sources():
            return "what this book was made from"
        case ask.Several(questions):
            return "; and ".join(restated(each, book) for each in questions)
        case _:
            return ""


def _ranking(question: ask.Ranking, book: Book) -> str:
    many = question.places > 1
    was = "were" if many else "was"
    did = {
        (ask.Measure.TENURE, True): f"{was} at {book.home.name} for the longest time",
        (ask.Measure.TENURE, False): f"{was} at {book.home.name} for the shortest time",
        (ask.Measure.DEPARTURE, True): f"left {book.home.name} last",
        (ask.Measure.DEPARTURE, False): f"left {book.home.name} first",
    }[question.by, question.most]
    whom = f", among those who {said(question.among, book, many=True)}" if question.among else ""
    return f"{f'which {question.places}' if many else 'who'} {did}{whom}"


def said(condition: Condition, book: Book, *, many: bool = False, negated: bool = False) -> str:  # noqa: C901, PLR0911, PLR0912 - a table of kinds, one line each
    """A condition behind its subject: "left Meta in 2023", "is not at Mistral"; `many` for several subjects."""
    no = " not" if negated else ""
    be, was = (f"{'are' if many else 'is'}{no}", f"{'were' if many else 'was'}{no}")
    did = "did not " if negated else ""
    have = f"{'do' if many else 'does'} not have" if negated else "have" if many else "has"
    match condition:
        case Departed(when, organisation):
            left = book.organisations[organisation] if organisation else book.home
            text = f"{did}{'leave' if negated else 'left'} {left.name}"
            return f"{text} {when.text}" if when else text
        case Remains():
            return f"{'are' if many else 'is'} {'no longer' if negated else 'still'} at {book.home.name}"
        case WasThere(organisation, on):
            return f"{was} at {book.organisations[organisation].name} {on.text}"
        case IsAt(organisation):
            return f"{be} at {book.organisations[organisation].name}"
        case Stayed(over, under, or_equal):
            stay = f"{did}{'stay' if negated else 'stayed'}"
            if over and under:
                return f"{stay} {over} to {under}"
            if over:
                return f"{stay} {'at least' if or_equal else 'longer than'} {over}"
            return f"{stay} {'at most' if or_equal else 'less than'} {under}"
        case Holds(words, organisation):
            where = f" at {book.organisations[organisation].name}" if organisation else ""
            return f"{have} a role with “{' '.join(words)}”{where}"
        case Founded(organisation):
            what = book.organisations[organisation].name if organisation else "an organisation"
            return f"{did}{'found' if negated else 'founded'} {what}"
        case Unplaced():
            return f"{be} at a place that is not stated"
        case Untitled():
            return f"{have} a role that is not stated"
        case IsMember():
            return f"{be} one of the {book.frame.cohort.name}"
        case IsOne(people):
            names = sorted(book.people[person].name for person in people)
            if negated and len(names) > 1:
                return f"{'are' if many else 'is'} neither {listed(names, 'nor')}"
            return f"{be} {listed(names, 'or')}"
        case Not(inner):
            return said(inner, book, many=many, negated=not negated)
        case AnyOf(inner) if not negated and all(isinstance(each, IsAt) for each in inner):
            names = [book.organisations[each.organisation].name for each in inner if isinstance(each, IsAt)]
            return f"{be} at {listed(names, 'or')}"
        case AnyOf(inner) if not negated and all(isinstance(each, Departed) and each.when for each in inner):
            times = sorted((each.when for each in inner if isinstance(each, Departed) and each.when), key=_first_day)
            return f"left {book.home.name} {listed([time.text for time in times], 'or')}"
        case AllOf(inner) | AnyOf(inner):
            word = "and" if isinstance(condition, AllOf) != negated else "or"
            return listed([said(each, book, many=many, negated=negated) for each in inner], word)


def _first_day(period: Period) -> date:
    return period.span.first


def asked(question: ask.Question, book: Book) -> str:
    """A question as a line of its own, with a capital at its beginning."""
    return sentence(restated(question, book))
