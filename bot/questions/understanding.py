"""Plain words -> a question: by frames where they explain every word, else by claims that hold every word."""

from __future__ import annotations

from itertools import groupby, islice, product
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bot.names.folding import fold
from bot.questions.bounds import MOST_WORDS, TOO_LONG
from bot.questions.clauses import CIVILITIES, IGNORED, Item, put_together
from bot.questions.following import about_person, following, people_in, with_person
from bot.questions.frames import Clause, read_clause
from bot.questions.lexicon import Tag
from bot.questions.mentions import mentioned
from bot.questions.model import (
    About,
    NotUnderstood,
    Question,
    Several,
    SmallTalk,
    Sources,
    Talk,
    WhichOne,
    Who,
    Why,
    subjects,
)
from bot.questions.spans import NAMES, TO_EVERYBODY, Meaning, Span, Tagger
from bot.questions.telling import ASKING, Teller, is_content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from bot.facts.book import Book
    from bot.names.index import NameIndex
    from bot.questions.model import Mentioned

MOST_READINGS: Final = 16
"""Ways of taking ambiguous words that are tried."""
MOST_TOLD: Final = 4
"""Words that were not understood which are told: more are another's text, and the bot repeats no such thing."""
MOST_OTHERS: Final = 4
"""Other readings that are offered."""
_CARDS: Final[Mapping[Tag, Callable[[str], Question]]] = {
    Tag.PERSON: Who,
    Tag.ORGANISATION: About,
    Tag.TOPIC: About,
    Tag.SOURCE_NAME: Sources,
}
"""What a name alone asks for."""
_SLIGHT: Final = IGNORED | CIVILITIES | {Tag.FILLER, Tag.NOW, Tag.ABOUT}
"""Tags of words that a reading does not explain so much as pass over."""
_STARTS: Final = frozenset(
    {*ASKING, Tag.ROLE, Tag.WHAT, Tag.HOW, Tag.LIST, Tag.STILL, Tag.SHARE, Tag.HE, Tag.THEY, Tag.DEPARTURE, Tag.TENURE}
)
"""What a second question in a message begins with."""
_PEOPLE: Final = frozenset(
    {Tag.HE, Tag.THEY, Tag.WHO, Tag.MEMBER, Tag.LEAVERS, Tag.PEOPLE, Tag.SOMEBODY, Tag.EVERYBODY}
)
"""Tags of words that stand for people."""
_JOINING: Final = frozenset({Tag.AND, Tag.BUT})
_LEADING_IN: Final = frozenset({Tag.FILLER, Tag.NOW, Tag.AT})
"""What may stand before that, as in "and in which month"."""


class Understanding(Struct, frozen=True):
    """How words were read: their spans, the question, other readings that explain every word too, and what is left over."""

    spans: tuple[Span, ...]
    question: Question
    others: tuple[Question, ...] = ()
    left: tuple[str, ...] = ()


class Understander:
    """Reads plain words with one book in hand."""

    def __init__(self, book: Book, names: NameIndex) -> None:
        self._book = book
        self._names = names
        self._tagger = Tagger(book, names)
        self._teller = Teller(book, self._tagger)

    def mentioned(self, text: str) -> Mentioned:
        """Read a text that asks nothing, for whom and what it names."""
        return mentioned(text, self._names, self._tagger)

    def read(self, text: str, previous: Question | None = None) -> Understanding:
        """Read a message, with the question before it, where there was one."""
        if len(fold(text).split()) > MOST_WORDS:
            return Understanding((), TOO_LONG)
        spans = tuple(self._tagger.spans(text))
        if TO_EVERYBODY.search(text):
            return Understanding(spans, SmallTalk(Talk.TO_EVERYBODY))
        found = (
            self._in_parts(_split(spans, at_points=False), previous)
            or (self._told(text, spans) if _is_about_gaps(spans) else [])
            or self._structured(spans, previous)
            or self._in_parts(_split(spans, at_points=True), previous)
            or _opinions(spans)
            or self._told(text, spans)
            or self._reason(spans, previous)
        )
        if found:
            return Understanding(spans, found[0], self._others(found, spans))
        if talk := _beyond_the_book(spans):
            return Understanding(spans, SmallTalk(talk))
        left = tuple(span.text for span in spans if _is_left_over(span))
        unknown = [span.text for span in spans if span.meanings[0].tag is Tag.WORD] or left
        shown = " ".join(unknown) if len(unknown) <= MOST_TOLD and not any(map(str.isdigit, "".join(unknown))) else ""
        cards = tuple(dict.fromkeys([*_cards(spans), *map(Who, self._tagger.near(spans))]))[:MOST_OTHERS]
        return Understanding(spans, NotUnderstood(self._understood(spans), shown, near=cards), left=left)

    def _told(self, text: str, spans: Sequence[Span]) -> list[Question]:
        """What is claimed with all the words of a text, and whether what can be computed of it holds."""
        told = self._teller.audited(spans) or self._teller.told(tuple(self._tagger.spans(text, topics=True)))
        return [told] if told else []

    def _reason(self, spans: Sequence[Span], previous: Question | None) -> list[Question]:
        """The reason of what the other words ask about."""
        said = [span for span in spans if span.meanings[0].tag not in IGNORED]
        if not said or said[0].meanings[0].tag is not Tag.WHY:
            return []
        rest = [span for span in spans if span is not said[0]]
        return [Why(question) for question in self._structured(rest, previous) if not isinstance(question, SmallTalk)]

    def _others(self, found: list[Question], spans: Sequence[Span]) -> tuple[Question, ...]:
        """The next best readings: of other frames, of claims, and all that is said of whoever and whatever is named."""
        told = self._teller.told(spans)
        others = dict.fromkeys([*found[1:], *([told] if told else []), *_cards(spans)])
        return tuple(other for other in others if other != found[0])[:MOST_OTHERS]

    def _in_parts(self, parts: list[tuple[Span, ...]], previous: Question | None) -> list[Question]:
        """Several questions, each read after the one before it; none where one of them cannot be read."""
        asked, asides = list[Question](), list[Question]()
        for at, part in enumerate(parts if len(parts) > 1 else []):
            people = people_in(parts[:at]) or people_in(parts[at + 1 :])
            spans, before = with_person(part, people), asked[-1] if asked else previous
            read = self._structured(about_person(part, people), before) if people and not _is_about_others(part) else []
            read = read or self._structured(spans, before)
            question = read[0] if read else self._teller.told(spans)
            if question is None:
                return []
            (asides if _is_aside(part, question) else asked).append(question)
        named = [aside for aside in asides if not isinstance(aside, SmallTalk)]
        distinct = tuple(dict.fromkeys(asked or named[-1:]))
        return [*distinct] if len(distinct) < 2 else [Several(distinct)]  # noqa: PLR2004 - one is itself

    def _structured(self, spans: Sequence[Span], previous: Question | None) -> list[Question]:
        """The questions that frames read, the likeliest first, each explaining every word."""
        instructed = any(span.meanings[0].tag is Tag.INSTRUCTION for span in spans)
        if not instructed and any(span.meanings[0].tag is Tag.WORD for span in spans):
            return []
        spans = with_person(spans, subjects(previous) if previous else ())
        found: dict[Question, int] = {}
        for way in _ways(spans):
            read = [question for meanings in product(*way) if (question := self._read(meanings, previous))]
            distinct = tuple(dict.fromkeys(read))
            if distinct:
                question = distinct[0] if len(distinct) == 1 else WhichOne(distinct)
                found.setdefault(question, sum(same[0].tag not in _SLIGHT for same in way))
        return _asked_back(found)

    def _read(self, meanings: Sequence[Meaning], previous: Question | None) -> Question | None:
        items = put_together((Item(meaning.tag, meaning.value) for meaning in meanings), self._book)
        clause = Clause(tuple(items), self._book)
        if not clause.tags:
            return None
        return following(clause, previous) or read_clause(clause)

    def _understood(self, spans: Sequence[Span]) -> tuple[str, ...]:
        ids = [str(m.value[0]) for span in spans for m in span.meanings[:1] if m.tag in NAMES]
        return tuple(self._book.entities[id_].name for id_ in dict.fromkeys(ids))


def _is_about_gaps(spans: Sequence[Span]) -> bool:
    """Whether it is asked what is not stated: a claim that says so comes before what the book leaves open."""
    return any(span.meanings[0].tag is Tag.UNKNOWN for span in spans)


def _opinions(spans: Sequence[Span]) -> list[Question]:
    """The answer to who asks what the bot thinks."""
    asked = any(span.meanings[0].tag is Tag.OPINION and len(span.words) > 1 for span in spans)
    return [SmallTalk(Talk.OPINION)] if asked else []


def _beyond_the_book(spans: Sequence[Span]) -> Talk | None:
    """What no book says: what will be, and what is good."""
    talks = {Tag.FUTURE: Talk.FUTURE, Tag.OPINION: Talk.OPINION}
    return next((talks[span.meanings[0].tag] for span in spans if span.meanings[0].tag in talks), None)


def _cards(spans: Sequence[Span]) -> dict[Question, None]:
    """All that is said of whoever and whatever is named, each once."""
    named = [m for span in spans for m in span.meanings if m.tag in _CARDS]
    return dict.fromkeys(_CARDS[m.tag](str(m.value[0])) for m in named)


def _is_about_others(part: Sequence[Span]) -> bool:
    """Whether a part of a message speaks of people itself, so that nobody named beside it is meant."""
    return any(m.tag is Tag.PERSON or m.tag in _PEOPLE for span in part for m in span.meanings)


def _is_aside(part: Sequence[Span], question: Question) -> bool:
    """Whether a part of a message only leads to what is asked beside it: a name, a "right?", a word of thanks."""
    said = {span.meanings[0].tag for span in part} - IGNORED
    return isinstance(question, SmallTalk) or said in ({Tag.PERSON}, {Tag.AUDIT})


def _is_left_over(span: Span) -> bool:
    return is_content(span) and not any(m.tag in NAMES for m in span.meanings)


def _asked_back(found: Mapping[Question, int]) -> list[Question]:
    """Readings, likeliest first, each with how many words it explains; which one is meant, where others explain as many."""
    if not found:
        return []
    first, *others = found
    rivals = [other for other in others if found[other] >= found[first] and not isinstance(other, SmallTalk)]
    return [WhichOne((first, *rivals[:MOST_OTHERS])), *found] if rivals else [first, *others]


def _ways(spans: Sequence[Span]) -> Iterator[tuple[tuple[Meaning, ...], ...]]:
    """The ways of taking ambiguous words, the likeliest first; those who share a name are one way of taking it."""
    choices = [[tuple(same) for _, same in groupby(span.meanings, key=lambda meaning: meaning.tag)] for span in spans]
    return islice(product(*choices), MOST_READINGS)


def _split(spans: Sequence[Span], *, at_points: bool) -> list[tuple[Span, ...]]:
    """The parts of a message: where an "and" is followed by a word that asks, and between points if so wanted."""
    parts: list[list[Span]] = [[]]
    for at, span in enumerate(spans):
        tag = span.meanings[0].tag
        after = next(
            (later.meanings[0].tag for later in spans[at + 1 :] if later.meanings[0].tag not in _LEADING_IN), None
        )
        if (at_points and tag is Tag.BREAK) or (any(m.tag in _JOINING for m in span.meanings) and after in _STARTS):
            parts.append([])
        else:
            parts[-1].append(span)
    return [tuple(part) for part in parts if any(span.meanings[0].tag not in IGNORED for span in part)]
