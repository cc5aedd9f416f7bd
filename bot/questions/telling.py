"""Words that no frame reads, as a question for the claims that hold every one of them."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Final

from bot.questions.clauses import CIVILITIES, IGNORED
from bot.questions.lexicon import Tag
from bot.questions.model import Audit, Told, Wanted
from bot.questions.retrieval import ALIKE, ClaimIndex, Term
from bot.questions.spans import NAMES, Span, Tagger
from bot.questions.stemming import stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.facts.book import Book
    from bot.questions.model import Question

FEWEST_TERMS: Final = 2
"""Words and names by which claims are found: one alone is too little to tell what is asked."""
ASKING: Final = {
    Tag.WHO: Wanted.WHO,
    Tag.WHEN: Wanted.WHEN,
    Tag.WHICH_YEAR: Wanted.WHEN,
    Tag.WHICH_MONTH: Wanted.MONTH,
    Tag.WHICH_DAY: Wanted.DAY,
    Tag.WHERE: Wanted.WHERE,
    Tag.COMPANY: Wanted.WHO,
    Tag.WHY: Wanted.WHY,
    Tag.HOW_MANY: Wanted.HOW_MANY,
    Tag.HOW_MUCH: Wanted.HOW_MANY,
    Tag.HOW_LONG: Wanted.HOW_LONG,
    Tag.NAMED: Wanted.NAME,
    Tag.WORK_ON: Wanted.TASK,
}
_UNSAID: Final = (
    IGNORED
    | CIVILITIES
    | {Tag.FROM, Tag.WITH}
    | frozenset(ASKING)
    | {Tag.WHAT, Tag.HOW, Tag.ABOUT, Tag.HAPPEN, Tag.SOMEBODY, Tag.LIST, Tag.DOCUMENT, Tag.SOURCE, Tag.DOES, Tag.OR}
    | {Tag.EVERYBODY, Tag.THERE, Tag.THEY, Tag.AUDIT, Tag.PEOPLE}
)
"""Tags of words that a claim need not hold."""
_PERSONS: Final = frozenset({Tag.MEMBER, Tag.PEOPLE, Tag.LEAVERS})


class Teller:
    """Finds claims by the words of a question. Made once for each book."""

    def __init__(self, book: Book, tagger: Tagger) -> None:
        self._tagger = tagger
        self._claims = ClaimIndex(book, tagger.tags)

    def audited(self, spans: Sequence[Span]) -> Question | None:
        """The claims to be checked that hold every word of a question whether something is right."""
        if not any(m.tag is Tag.AUDIT for span in spans for m in span.meanings):
            return None
        checked = frozenset({Tag.AUDIT, Tag.CLAIM, Tag.IT})
        terms = [term for span in spans if not checked & {m.tag for m in span.meanings} for term in self._terms(span)]
        claims = [claim.id for claim in self._claims.holding(terms) if claim.asserts]
        return Audit(tuple(claims)) if claims else None

    def told(self, spans: Sequence[Span]) -> Question | None:
        """The claims that hold every word; None where no claim holds them all."""
        named = any(m.tag is Tag.PERSON for span in spans for m in span.meanings)
        said = [span for span in spans if not (named and span.meanings[0].tag is Tag.HE)]
        terms = [term for span in said for term in self._terms(span)]
        wanted = _wanted(spans)
        tagged = {m.tag for span in spans for m in span.meanings}
        if Tag.FUTURE in tagged and wanted is not Wanted.WHO:
            return None
        from_whom = wanted is Wanted.WHO and Tag.FROM in tagged
        enough = from_whom or len(terms) - any(Tag.FUTURE in term.tags for term in terms) >= FEWEST_TERMS
        claims = self._claims.holding(terms) if enough else []
        if wanted in {Wanted.WHY, Wanted.WHERE, Wanted.WHEN}:
            claims = self._claims.holding([*terms, Term((stem(wanted),))]) or claims
        if not claims:
            return None
        return Told(tuple(claim.id for claim in claims), tuple(span.text for span in spans if is_content(span)), wanted)

    def _terms(self, span: Span) -> Iterator[Term]:
        if not is_content(span):
            return
        entities = [str(m.value[0]) for m in span.meanings if m.tag in NAMES]
        if entities:
            yield Term(tuple(map(stem, span.words)), entities[0] if len(entities) == 1 else None)
        else:
            tags = frozenset(m.tag for m in span.meanings) & (ALIKE | {Tag.FUTURE})
            words = [stem(word) for word in span.words if not self._tagger.is_filler(word)] or [stem(span.words[-1])]
            yield from [Term(tuple(words), None, tags)] if tags else [Term((word,)) for word in words]


def _wanted(spans: Sequence[Span]) -> Wanted:
    """What is asked for: "what happens when" asks for no time, "which researchers" for people."""
    what = next((at for at, span in enumerate(spans) if span.meanings[0].tag in {Tag.WHAT, Tag.HOW}), len(spans))
    asked = [
        ASKING[m.tag]
        for at, span in enumerate(spans)
        for m in span.meanings
        if m.tag in ASKING and not _is_noun(span, m.tag) and not (m.tag is Tag.WHEN and at > what)
    ]
    phrase = takewhile(lambda span: span.meanings[0].tag is not Tag.FILLER, spans[what + 1 :])
    if not asked and any(m.tag in _PERSONS for span in phrase for m in span.meanings):
        return Wanted.WHO
    return Wanted.WHY if Wanted.WHY in asked else next(iter(asked), Wanted.ANYTHING)


def _is_noun(span: Span, tag: Tag) -> bool:
    """Whether a company is spoken of, and not asked for."""
    return tag is Tag.COMPANY and span.words[0] not in {"which", "what"}


def is_content(span: Span) -> bool:
    """Whether a span means something that a claim must hold: it names something, or no meaning of it may go unsaid."""
    return any(m.tag in NAMES for m in span.meanings) or not any(m.tag in _UNSAID for m in span.meanings)
