"""A reply: all that is said in answer, and its plain text, for the terminal and for channels without embeds."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from bot.answers import answer, wording
from bot.answers.model import Choice, Section, Status
from bot.answers.restating import asked
from bot.charts import Chart
from bot.english import in_words, plural
from bot.facts.dates import MONTHS_A_YEAR, Date, age
from bot.questions.bounds import MOST_REMEMBERED
from bot.questions.model import NotUnderstood, Question, Several, SmallTalk, WhichOne, subject

if TYPE_CHECKING:
    from datetime import date

    from bot.facts.book import Book
    from bot.facts.model import Source
    from bot.questions.reader import Reader, Reading


class Reply(Struct, frozen=True):
    """What is said: an answer with what depends on the book and the day, or a report to a keeper of the book."""

    status: str
    text: str
    sections: tuple[Section, ...] = ()
    notes: tuple[str, ...] = ()
    understood: tuple[str, ...] = ()
    """How plain words were read, and each name not typed as it is written: "lampel → Guillaume Lample (spelling)"."""
    sources: tuple[str, ...] = ()
    version: str = ""
    choices: tuple[Choice, ...] = ()
    others: tuple[Choice, ...] = ()
    """Other questions that may have been meant."""
    picture: Chart | None = None
    related: tuple[Choice, ...] = ()
    """Questions that may be asked next."""
    question: Question | None = None
    """What is answered; None where a report is no answer."""

    @property
    def about(self) -> str:
        """The identifier of the entity that an answer is about, if it is about one."""
        return (subject(self.question) if self.question else None) or ""

    @property
    def can_be_wrong(self) -> bool:
        """Whether it tells of the book's facts, or of their lack."""
        lacking = {Status.NOT_STATED, Status.CANNOT_TELL, Status.NOT_IN_BOOK}
        return bool(self.sources) or self.status in lacking


def reply(reading: Reading, reader: Reader, today: date) -> Reply:
    """Answer what was read, from the book that it was read with."""
    understood = tuple(filter(None, [_read_as(reading, reader.book), reading.understood]))
    return _reply(reading.question, reading.others, understood, reader, today)


@lru_cache(maxsize=MOST_REMEMBERED)  # not by the reading: a sentence comes hardly again, and is nobody's to keep
def _reply(
    question: Question, others: tuple[Question, ...], understood: tuple[str, ...], reader: Reader, today: date
) -> Reply:
    book = reader.book
    found = answer(question, book)
    return Reply(
        found.status,
        found.text,
        found.sections,
        found.notes,
        understood,
        tuple(cite(source, today) for source in book.cited(found.evidence)),
        book.short_version,
        found.choices,
        tuple(Choice(asked(other, book), other) for other in others),
        found.picture,
        found.related,
        question,
    )


def _read_as(reading: Reading, book: Book) -> str:
    """How plain words were read, where the answer does not say so itself."""
    told = reading.understanding and not isinstance(reading.question, SmallTalk | NotUnderstood | WhichOne | Several)
    return asked(reading.question, book) if told else ""


def forget() -> None:
    """Keep no reply of a book that is served no longer."""
    _reply.cache_clear()


def today() -> date:
    """The day by which the age of a source is told."""
    return datetime.now(UTC).date()


def cite(source: Source, today: date) -> str:
    """A source with its date and age: "Business Insider, 26 May 2025 (over a year old)"."""
    if not isinstance(source.published, Date):
        return wording.dated(source)
    years, months = divmod(age(source.published.span.last, today).months, MONTHS_A_YEAR)
    old = in_words(years, "year") if years else in_words(months, "month")
    return f"{wording.dated(source)} ({f'over {old}' if years or months else 'less than a month'} old)"


def counts(book: Book) -> tuple[str, ...]:
    """How many of each kind a book holds."""
    return (
        plural(len(book.sources), "source"),
        f"{len(book.people):,} people, {len(book.cohort)} of them {book.frame.cohort.name}",
        plural(sum(len(person.stints) for person in book.people.values()), "stint"),
        plural(len(book.organisations), "organisation"),
        plural(len(book.topics), "topic"),
        f"{plural(len(book.claims), 'claim')}, {plural(len(book.disputes), 'dispute')}",
        f"the documents of {plural(len(book.documents), 'source')} at hand"
        if book.documents
        else "no source's document at hand",
    )


def plain(reply: Reply) -> str:
    """The whole reply as text without markup."""
    parts = [*reply.understood, reply.text]
    for section in reply.sections:
        parts += ["", section.title] if section.title else []
        parts += [f"- {line}" for line in section.lines]
    if reply.notes:
        parts += ["", *reply.notes]
    if reply.sources:
        parts += ["", *(f"Source: {source}" for source in reply.sources)]
    return "\n".join(parts).replace("`", "")
