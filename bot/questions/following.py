"""What a question has from the one before it: "and Lavril?", "when did he leave", "where are they now?", "why?"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot.questions.conditions import Condition, Departed, IsAt, Remains, WasThere, all_of
from bot.questions.frames.clause import ASKING_WHEN, tags
from bot.questions.lexicon import Tag
from bot.questions.model import (
    At,
    Destinations,
    Left,
    Question,
    Role,
    Several,
    Since,
    StillAt,
    Tenure,
    Those,
    When,
    Where,
    Whether,
    Why,
)
from bot.questions.spans import Meaning, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.facts.book import Book
    from bot.questions.frames import Clause


def people_in(parts: Sequence[Sequence[Span]]) -> tuple[str, ...]:
    """Those who are named, each once."""
    named = [str(m.value[0]) for part in parts for span in part for m in span.meanings if m.tag is Tag.PERSON]
    return tuple(dict.fromkeys(named))


def with_person(spans: Sequence[Span], people: Sequence[str]) -> Sequence[Span]:
    """The spans with "he" as who was named before, or one of several, where nobody else is named."""
    if not people or any(m.tag is Tag.PERSON for span in spans for m in span.meanings):
        return spans
    he = tuple(Meaning(Tag.PERSON, (person,)) for person in people)
    return [replace(span, meanings=he) if span.meanings[0].tag is Tag.HE else span for span in spans]


def about_person(spans: Sequence[Span], people: Sequence[str]) -> Sequence[Span]:
    """The spans with whoever was named before, where a part of a message names nobody."""
    return [Span((), tuple(Meaning(Tag.PERSON, (person,)) for person in people)), *spans]


def following(clause: Clause, previous: Question | None) -> Question | None:  # noqa: PLR0911 - a table of what may follow on what
    """A question that leans on the one before: "and Lavril?", "and in 2024?", "where are they now?"."""
    if previous is None:
        return None
    around = tags("how_many who what about when")
    periods, places = clause.periods, clause.places
    another_person = len(clause.people) == 1 and clause.tags <= tags("person what about")
    other_time = len(periods) == 1 and clause.tags <= tags("period") | around
    other_place = len(places) == 1 and clause.tags <= tags("organisation place moved") | around
    if asked := _asked_of_it(clause, previous):
        return asked
    if another_person and (found := _of_another(previous, clause.people[0])):
        return found
    match previous:
        case Left() if other_time:
            return replace(previous, when=periods[0])
        case StillAt() if other_time:
            return replace(previous, on=periods[0])
        case Left(when, str()) if other_place:
            return Left(when, places[0])
        case At() if other_place:
            return At(places[0])
        case At() | Those() if clause.fits(tags("role"), tags("there they what he")):
            return previous
        case Left() | Those() | StillAt(None) if clause.fits(tags("where"), tags("they go work join")):
            return Destinations(_condition_of(previous, clause.book))
        case _:
            return None


def _asked_of_it(clause: Clause, previous: Question) -> Question | None:
    """What is asked of the answer itself: "why?", "how many?", "and when?"."""
    if clause.tags == {Tag.WHY}:
        return Why(previous)
    if clause.tags == {Tag.HOW_MANY} and isinstance(previous, Left | At | Those):
        return previous
    match previous:
        case Whether(person, Departed()) | StillAt(str(person)) if clause.fits(ASKING_WHEN, tags("person he")):
            return When(person, None, clause.precision)
        case _:
            return None


def _of_another(question: Question, person: str) -> Question | None:
    """The same question about another person; None where it is about none."""
    match question:
        case Where() | When() | Since() | Role() | Tenure(str()) | StillAt(str()) | Whether():
            return replace(question, person=person)
        case Several(questions):
            found = [other for each in questions if (other := _of_another(each, person))]
            return Several(tuple(found)) if len(found) == len(questions) else None
        case _:
            return None


def _condition_of(question: Question, book: Book) -> Condition | None:
    """What holds of those whom a question lists."""
    match question:
        case Those(condition):
            return condition
        case Left(when, to):
            return all_of([Departed(when), *([IsAt(to)] if to else [])])
        case StillAt(None, on):
            return WasThere(book.frame.home, on) if on else Remains()
        case _:
            return None
