"""Answers about what the sources say, where they contradict each other, and where it stands in them."""

from __future__ import annotations

import re
import textwrap
from itertools import chain
from typing import TYPE_CHECKING, Final

from bot.answers import wording
from bot.answers.model import Answer, Section, Status, section
from bot.english import listed, plural, sentence
from bot.facts.dates import Date
from bot.facts.model import UNKNOWN, Described, Entity, Organisation, Person, Topic
from bot.facts.presence import current_stints
from bot.names.folding import fold
from bot.questions.model import Precision, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.facts.book import Book
    from bot.facts.model import Claim, Evidence, Source
    from bot.questions.model import About, EvidenceFor, Sources, Told

LONGEST_QUOTE: Final = 500
"""Characters of a document that one answer repeats of a span; the place says where the rest stands."""


def about(question: About, book: Book) -> Answer:
    """What the sources claim about something, disputes side by side."""
    entity = book.entities[question.entity]
    claims = book.claims_about(entity.id)
    described = entity if isinstance(entity, Described) and entity.description else None
    if not claims and not described:
        return _nothing_said(entity, book)
    disputed = [pair for pair in book.disputes if pair[0] in claims or pair[1] in claims]
    quiet = [claim for claim in claims if not book.disputing(claim)]
    lead = (
        f"{entity.name}: {described.description}" if described else f"This is what the sources say about {entity.name}."
    )
    text = f"The sources disagree about {entity.name}." if disputed else lead
    told = [Section("", (lead,))] if disputed and described else []
    sections = [*told, *_sides(book, disputed), *_by_source(book, quiet)]
    said = [item for pair in disputed for item in pair] + quiet
    evidence = (*(described.evidence if described else ()), *(item for claim in said for item in claim.evidence))
    return Answer(Status.DISPUTED if disputed else Status.ANSWERED, text, tuple(sections), evidence=evidence)


def told(question: Told, book: Book) -> Answer:
    """The claims that hold the words of a question; and that the sources do not say what was asked of them, where so."""
    claims = [book.claims[claim] for claim in question.claims if claim in book.claims]
    pairs = [pair for pair in book.disputes if pair[0] in claims or pair[1] in claims]
    quiet = [claim for claim in claims if not book.disputing(claim)]
    said = [item for pair in pairs for item in pair] + quiet
    evidence = tuple(dict.fromkeys(item for claim in said for item in claim.evidence))
    answering = [claim for claim in claims if _tells(claim, question, book)]
    if not answering:
        text = f"The sources do not say {_MISSING[question.wanted]}."
        return Answer(
            Status.NOT_STATED, text, section("What they do say", [claim.text for claim in said]), evidence=evidence
        )
    if pairs:
        return Answer(
            Status.DISPUTED,
            "The sources disagree about this.",
            (*_sides(book, pairs), *_by_source(book, quiet)),
            evidence=evidence,
        )
    first, *rest = answering
    others = [claim for claim in quiet if claim not in answering]
    return Answer(
        Status.ANSWERED, first.text, section("", [claim.text for claim in [*rest, *others]]), evidence=evidence
    )


_MISSING: Final = {
    Wanted.ANYTHING: "more",
    Wanted.WHO: "who",
    Wanted.WHEN: "when",
    Wanted.MONTH: "in which month",
    Wanted.DAY: "on which day",
    Wanted.WHERE: "where",
    Wanted.WHY: "why",
    Wanted.HOW_MANY: "how many or how much",
    Wanted.HOW_LONG: "how long",
    Wanted.NAME: "what it is called",
    Wanted.TASK: "what anybody works on",
}
_PRECISION: Final = {Wanted.WHEN: Precision.YEAR, Wanted.MONTH: Precision.MONTH, Wanted.DAY: Precision.DAY}


def _tells(claim: Claim, question: Told, book: Book) -> bool:
    """Whether a claim holds what is asked of it, and not only the words of the question."""
    wanted = question.wanted
    if wanted is Wanted.WHO:
        asked = set(fold(" ".join(question.words)).split())
        named = [book.entities[id_].name for id_ in claim.about if id_ in book.people or id_ in book.organisations]
        named += [source.name for source in book.cited(claim.evidence) if source.name in claim.text]
        return any(asked.isdisjoint(fold(name).split()) for name in named)
    if wanted is Wanted.NAME:
        return _names_another(book.entities[claim.about[0]], question)
    if wanted is Wanted.ANYTHING or str(wanted) in claim.keywords:
        return True
    if precision := _PRECISION.get(wanted):
        return claim.date is not None and not claim.date.imprecise and len(claim.date.edtf) >= precision
    if wanted is Wanted.HOW_MANY:
        return bool(_NUMBER.search(_without_names(claim, book)))
    return False


def _names_another(first: Entity, question: Told) -> bool:
    """Whether what a claim is about first has a name, and one that the question does not say."""
    is_theme = isinstance(first, Topic) and first.kind == "theme"
    return not is_theme and not set(fold(first.name).split()) <= set(fold(" ".join(question.words)).split())


def _without_names(claim: Claim, book: Book) -> str:
    """A claim's folded text without the names of what it is about, whose numbers count nothing."""
    names = sorted((fold(book.entities[entity].name) for entity in claim.about), key=len, reverse=True)
    return re.sub("|".join(rf"\b{re.escape(name)}\b" for name in names), " ", fold(claim.text))


_NUMBER: Final = re.compile(
    r"\b(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|single|billions?|millions?)\b"
)


def disputed(book: Book) -> Answer:
    """Every pair of claims that say otherwise than each other."""
    if not book.disputes:
        return Answer(Status.ANSWERED, "No claim in the book is disputed by another.")
    evidence = tuple(item for pair in book.disputes for claim in pair for item in claim.evidence)
    text = f"The sources disagree in {plural(len(book.disputes), 'place')}."
    return Answer(Status.DISPUTED, text, tuple(_sides(book, book.disputes)), evidence=evidence)


def sources(question: Sources, book: Book) -> Answer:
    """What the book was made from."""
    asked = [book.sources[question.source]] if question.source else list(book.sources.values())
    sections = tuple(Section(source.title, tuple(_about_source(book, source))) for source in asked)
    text = f"This book was made from {plural(len(book.sources), 'source')}."
    if question.source:
        text = f"{asked[0].name} is one of {plural(len(book.sources), 'source')} of this book."
    return Answer(Status.ANSWERED, text, sections, evidence=tuple(_one_each(book, asked)))


def evidence_for(question: EvidenceFor, book: Book) -> Answer:
    """Where in the sources the facts about somebody or something stand."""
    entity = book.entities[question.entity]
    facts = list(_facts(book, question.entity))
    if not facts:
        return _nothing_said(entity, book)
    found = tuple(item for _, evidence in facts for item in evidence)
    sections = tuple(Section(text, tuple(_located(book, item) for item in evidence)) for text, evidence in facts)
    quoted = any(book.quote(item) for item in found)
    notes = () if quoted else ("This bot does not have the documents, so it names the place and not the words.",)
    text = f"The book has {plural(len(facts), 'fact')} about {entity.name}, read here:"
    return Answer(Status.ANSWERED, text, sections, notes, found)


def _nothing_said(entity: Entity, book: Book) -> Answer:
    """Nothing is claimed about an entity; say where somebody is, or who is there, if it is a place to be."""
    text = (
        f"The sources name {entity.name} and say nothing more about {'them' if isinstance(entity, Person) else 'it'}."
    )
    if isinstance(entity, Person):
        said = wording.what_they_say(book, entity.stints)
        return Answer(Status.NOT_STATED, text, said, evidence=wording.evidence_of(entity.stints))
    if not isinstance(entity, Organisation):
        return Answer(Status.NOT_STATED, text)
    stints = {person.name: current_stints(book.stints_within(person, entity.id)) for person in book.people.values()}
    there = [name for name, found in stints.items() if found]
    lines = [f"In the book at {entity.name}: {listed(there)}"] if there else []
    return Answer(
        Status.NOT_STATED, text, section("", lines), evidence=wording.evidence_of(chain.from_iterable(stints.values()))
    )


def _facts(book: Book, entity_id: str) -> Iterator[tuple[str, tuple[Evidence, ...]]]:
    entity = book.entities[entity_id]
    match entity:
        case Person(stints=stints):
            for stint in stints:
                where = wording.position(book, stint) if stint.organisation != UNKNOWN else "now at a place not stated"
                yield f"{entity.name} {where}", stint.evidence
        case Described(description=str(text), evidence=evidence):
            yield text, evidence
    for claim in book.claims_about(entity_id):
        yield claim.text, claim.evidence


def _located(book: Book, evidence: Evidence) -> str:
    start, end = evidence.span
    words = book.quote(evidence)
    place = f"{book.sources[evidence.source].name}, characters {start:,} to {end:,}"
    return f"{place}: “{textwrap.shorten(words, LONGEST_QUOTE, placeholder=' …')}”" if words else place


def _sides(book: Book, pairs: Iterable[tuple[Claim, Claim]]) -> Iterator[Section]:
    for pair in pairs:
        stances = " or ".join(claim.stance or "otherwise" for claim in pair)
        yield Section(
            f"Disputed: {stances}?",
            tuple(f"{wording.sources_of(book, claim)}: {claim.text}" for claim in pair),
        )


def _by_source(book: Book, claims: Iterable[Claim]) -> Iterator[Section]:
    grouped: dict[str, list[str]] = {}
    for claim in claims:
        grouped.setdefault(wording.sources_of(book, claim), []).append(claim.text)
    for names, texts in grouped.items():
        yield Section(names, tuple(texts))


def _about_source(book: Book, source: Source) -> Iterator[str]:
    publisher = "publisher not stated" if source.publisher == UNKNOWN else source.publisher
    published = f"published {wording.when(source.published)}" if isinstance(source.published, Date) else "undated"
    yield sentence(f"{publisher}, {published}")
    if source.note:
        yield source.note
    claims = [claim for claim in book.claims.values() if source in book.cited(claim.evidence)]
    people = [person for person in book.people.values() if source in book.cited(wording.evidence_of(person.stints))]
    counts = [plural(len(claims), "claim"), *([wording.people(len(people))] if people else [])]
    yield f"In the book from here: {listed(counts)}"
    if source.url:
        yield source.url


def _one_each(book: Book, asked: list[Source]) -> Iterator[Evidence]:
    """A piece of evidence from each source, so that the answer cites it with its age."""
    every = [item for claim in book.claims.values() for item in claim.evidence]
    every += [item for person in book.people.values() for stint in person.stints for item in stint.evidence]
    for source in asked:
        yield from [item for item in every if item.source == source.id][:1]
