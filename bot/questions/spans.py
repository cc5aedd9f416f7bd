"""A question cut into spans: names of the book, times, phrases of the lexicon, words of roles, and words that nothing explains."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import Struct

from bot.facts.model import UNKNOWN
from bot.facts.presence import departure
from bot.names.folding import fold, without_chat
from bot.names.index import Candidate, Decision, Kind, Named, NameIndex
from bot.names.model import By
from bot.names.words import lexicon
from bot.questions.bounds import MOST_REMEMBERED
from bot.questions.clauses import IGNORED
from bot.questions.lexicon import Lexicon, Tag, numbers, phrases
from bot.questions.periods import Calendar, find_periods

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.facts.book import Book

MOST_LOOKUPS: Final = 4
"""Runs of unknown words that are looked up as names, since each look-up of a large book takes milliseconds."""
LONGEST_NAME: Final = 3
"""Words of a mistyped name."""
COMMON: Final = "w"
"""A word of the language, which in a sentence is no mistyped name."""
LONGEST_NUMBER: Final = 5
"""Digits of a number; nothing in a book is counted in more, and a button carries the months of so many years."""
_MENTION: Final = re.compile(r"(?<!\S)@\w+")
TO_EVERYBODY: Final = re.compile(r"@(?:everyone|here)\b", re.IGNORECASE)
_DRAWN_OUT: Final = re.compile(r"(.)\1{2,}")
_PLUS: Final = re.compile(r"(?<=\d)\s*\+")
_BREAK: Final = re.compile(r"[?!]+1[?!1]*|[?!;\n]+|[.,:](?=\s|$)|\s[-–—]+\s")
_TAG_QUESTION: Final = re.compile(
    r",\s*(?:is|are|was|were|has|have|had|do|does|did)(?:n['’]?t| not)? (?:he|she|it|they)\W*$", re.IGNORECASE
)
"""As in "he left, didn't he?", behind what is asked already."""
_KINDS: Final = {
    Kind.PERSON: Tag.PERSON,
    Kind.ORGANISATION: Tag.ORGANISATION,
    Kind.TOPIC: Tag.TOPIC,
    Kind.SOURCE: Tag.SOURCE_NAME,
}


_SAYS_THE_ROLE: Final = frozenset({Tag.FOUND, Tag.MEMBER})
"""Tags of words that ask for more than a word of a role: a founder is who founded, under whatever title."""
NAMES: Final = frozenset(_KINDS.values())
"""Tags of names of the book."""


class Meaning(NamedTuple):
    """What a span may be: its tag, and what it names: identifiers, periods, a number."""

    tag: Tag
    value: tuple[object, ...] = ()


class Span(Struct, frozen=True):
    """Words of a question that belong together, and what they may mean, likeliest first."""

    words: tuple[str, ...]
    meanings: tuple[Meaning, ...]

    @property
    def text(self) -> str:
        """The words as they are shown."""
        return " ".join(self.words)

    def __str__(self) -> str:
        """As `bot ask --explain` prints it: `lampel: a person (guillaume-lample)`."""
        tags = [f"{m.tag} ({', '.join(map(str, m.value))})" if m.value else str(m.tag) for m in self.meanings]
        return f"{self.text}: {' or '.join(dict.fromkeys(tags))}"


class Tagger:
    """Cuts questions into spans, with the names and words of one book. Made once for each book."""

    def __init__(self, book: Book, names: NameIndex) -> None:
        self._names = names
        self.meant = lru_cache(maxsize=MOST_REMEMBERED)(self._look_up)
        frame = book.frame
        own: dict[Tag, list[str]] = {tag: list(found) for tag, found in phrases().items() if tag is not Tag.NUMBER}
        noun = frame.cohort.noun
        gone = sum(departure(book, person) is not None for person in book.cohort)
        self._counts = ((Tag.MEMBER, len(book.cohort)), (Tag.LEAVERS, gone))
        for tag, count in self._counts:
            words = [str(count), *(word for word, number in numbers().items() if number == count)]
            own[tag] += [f"{all_} {word}" for all_ in ("the", "these", "those", "all") for word in words]
        own[Tag.LEAVE] += [f"out of {form}" for form in (book.home.name, *book.home.aliases)]
        own[Tag.MEMBER] += [noun, f"{noun}s", frame.cohort.name, *frame.cohort.aliases]
        self._lexicon = Lexicon(own)
        known = (stint.role for person in book.people.values() for stint in person.stints if stint.role != UNKNOWN)
        roles = [fold(role or "").split() for role in known]
        places = {fold(form) for item in book.organisations.values() for form in (item.name, *item.aliases)}
        titles = {word for role in roles for word in role if word not in places and not self.is_filler(word)}
        self._titles = {form for word in titles for form in (word, f"{word}s")}
        self._pairs = {(first, form) for role in roles for first, last in pairwise(role) for form in (last, f"{last}s")}
        newest = book.as_of(item for claim in book.claims.values() for item in claim.evidence)
        ends = {stint.end.span.last.year for person in book.people.values() for stint in person.stints if stint.end}
        self._calendar = Calendar(newest.span.first if newest else None, sorted(ends))

    def spans(self, text: str, *, topics: bool = False) -> list[Span]:
        """The spans of a text, in order. No word is left out.

        Where the words of a topic's name mean something by themselves ("average tenure"), they do, unless `topics`.
        """
        text = _TAG_QUESTION.sub("", text)
        text = _PLUS.sub(" or more", _MENTION.sub(" ", without_chat(text)))
        text = text.replace("&", " and ").replace("+", " and ").replace("%", " percent ")
        found: list[Span] = []
        at = 0
        for time in find_periods(text, self._calendar):
            found += self._words(text[at : time.start], topics=topics)
            found.append(Span(tuple(text[time.start : time.end].split()), (Meaning(Tag.PERIOD, time.periods),)))
            at = time.end
        return self._with_mistyped(found + self._words(text[at:], topics=topics))

    def tags(self, text: str) -> frozenset[Tag]:
        """The tags of all phrases in a text."""
        words, at = fold(text).split(), 0
        found: set[Tag] = set()
        while at < len(words):
            end, tags = self._lexicon.at(words, at)
            found.update(tags)
            at = max(end, at + 1)
        return frozenset(found)

    def near(self, spans: Iterable[Span]) -> Iterator[str]:
        """Those whose last names look like words that nothing explains and that are none of the language."""
        unknown = [span.words[0] for span in spans if _is_unknown(span) and not is_common(span.words[0])]
        for word in unknown[:MOST_LOOKUPS]:
            for candidate in self._names.resolve(word, (Kind.PERSON,)).candidates:
                last = fold(candidate.named.name).split()[-1]
                if any(met.part == last and met.edits <= MOST_SLIPS for met in candidate.explanation.met):
                    yield candidate.named.id

    def is_filler(self, word: str) -> bool:
        """Whether a word means nothing by itself."""
        return not IGNORED.isdisjoint(self._lexicon.at((word,), 0)[1])

    def _words(self, text: str, *, topics: bool) -> list[Span]:
        """The spans of a text without times, cut at points."""
        found: list[Span] = []
        for stretch in _BREAK.split(text):
            words = fold(stretch).split()
            found += self._stretch(list(self._corrected(words)), topics=topics)
            found.append(Span((), (Meaning(Tag.BREAK),)))
        return found[:-1]

    def _stretch(self, words: Sequence[str], *, topics: bool) -> Iterator[Span]:
        mentions = {mention.start: mention for mention in self._names.find_in(" ".join(words))}
        at = 0
        while at < len(words):
            phrase, tags = self._lexicon.at(words, at)
            later = next(
                (start for start in range(at + 1, phrase) if start in mentions and mentions[start].end > phrase), 0
            )
            if later:
                phrase, tags = self._lexicon.at(words[:later], at)
            mention = mentions.get(at)
            if (
                mention
                and not topics
                and mention.named.kind is Kind.TOPIC
                and self._lexicon.explains(words[at : mention.end])
            ):
                mention = mention if mention.end == phrase else None
            end = max(phrase, mention.end if mention else at, at + 1)
            meanings = [Meaning(tag, self._place(tag, words[at:end])) for tag in tags] if phrase == end else []
            if words[at].isdigit():
                meanings = [*self._alone(words[at]), *meanings]
            if words[at] in self._titles and end == at + 1:
                meanings = self._with_title(words, at, meanings)
            if mention and mention.end == end:
                meanings.append(_naming(mention.named))
            yield Span(tuple(words[at:end]), tuple(meanings) or self._alone(words[at]))
            at = end

    def _with_title(self, words: Sequence[str], at: int, meanings: list[Meaning]) -> list[Meaning]:
        """What a word of a role may mean: that role alone, where it stands with its neighbour in one."""
        title = Meaning(Tag.TITLE, (words[at],))
        beside = words[max(at - 1, 0) : at + 2]
        if not self._pairs.isdisjoint(pairwise(beside)):
            return [title]
        if sum(word in self._titles for word in beside) > 1:
            return [title, *meanings]
        return meanings if any(meaning.tag in _SAYS_THE_ROLE for meaning in meanings) else [*meanings, title]

    def _place(self, tag: Tag, words: Sequence[str]) -> tuple[object, ...]:
        """The number of an ordinal, by its place in the lexicon."""
        if tag is not Tag.NTH:
            return ()
        return (2 + [*phrases()[Tag.NTH]].index(" ".join(words)) // 2,)

    def _alone(self, word: str) -> tuple[Meaning, ...]:
        if (word.isdigit() and len(word) <= LONGEST_NUMBER) or word in numbers():
            number = numbers().get(word) if word in numbers() else int(word)
            return (Meaning(Tag.NUMBER, (number,)), *(Meaning(tag) for tag, count in self._counts if count == number))
        return (Meaning(Tag.TITLE, (word,)) if word in self._titles else Meaning(Tag.WORD),)

    def _corrected(self, words: Iterable[str]) -> Iterator[str]:
        """The words, with those of the lexicon that were mistyped as they are written, unless a name was mistyped so."""
        lookups = 0
        for word in words:
            meant = self._spelled(word)
            if meant != word and lookups < MOST_LOOKUPS:
                lookups += 1
                meant = word if self.meant((word,)) else meant
            yield meant

    def _spelled(self, word: str) -> str:
        if word in self._titles or self._names.has_part(word):
            return word
        drawn_out = _DRAWN_OUT.sub(r"\1", word)
        return drawn_out if self._lexicon.at((drawn_out,), 0)[0] else self._lexicon.corrected(word) or word

    def _with_mistyped(self, spans: list[Span]) -> list[Span]:
        """Unknown words, alone or beside a name, as mistyped names of the book."""
        found: list[Span] = []
        at = lookups = 0
        while at < len(spans):
            end = at
            while end < min(len(spans), at + LONGEST_NAME) and self._may_be_named(spans, end):
                end += 1
            meant = None
            while any(map(_is_unknown, spans[at:end])) and not meant and lookups < MOST_LOOKUPS:
                lookups += 1
                meant = self.meant(tuple(word for span in spans[at:end] for word in span.words))
                end -= not meant
            found.append(meant or spans[at])
            at = max(end, at + 1) if meant else at + 1
        return found

    def _may_be_named(self, spans: Sequence[Span], at: int) -> bool:
        """Whether a span may be part of a mistyped name: a word of the language only beside a name, and no time or point."""
        if not _is_unknown(spans[at]):
            return spans[at].meanings[0].tag is Tag.PERSON
        word = spans[at].words[0]
        before, after = spans[max(at - 1, 0) : at], spans[at + 1 : at + 2]
        named = any(span.meanings[0].tag is Tag.PERSON for span in [*before, *after])
        behind_a_slip = any(_is_unknown(span) and not is_common(span.words[0]) for span in before)
        return named or behind_a_slip or self._names.has_part(word) or not is_common(word)

    def _look_up(self, words: tuple[str, ...]) -> Span | None:
        """Whom folded words of a sentence name, with slips: one, or several who share the name; None for nobody."""
        resolution = self._names.resolve(" ".join(words), offer=False)
        meant = [candidate.named for candidate in resolution.candidates if _is_named(candidate, words)]
        if resolution.decision is Decision.MATCH and meant:
            return Span(words, (_naming(meant[0]),))
        several = resolution.decision is Decision.AMBIGUOUS and len(meant) > 1
        return Span(words, tuple(map(_naming, meant))) if several else None


def _is_named(candidate: Candidate, words: Sequence[str]) -> bool:
    """Whether words in a sentence name a candidate: all of them, and a lone one that is mistyped by the last name.

    A word of the language beside a name belongs to it only where it is a slip in it.
    """
    if candidate.named.kind is not Kind.PERSON:
        return not candidate.explanation.left_typed
    met = candidate.explanation.met
    if met and {word for part in met for word in part.typed.split()} < set(words):
        return False
    if candidate.exact:
        return True
    if len(words) == 1:
        return any([part.part] == fold(candidate.named.name).split()[-1:] for part in met)
    common = [part for part in met if is_common(part.typed)]
    return all(part.edits <= MOST_SLIPS for part in met) and all(
        part.by in _SLIPS and part.edits <= 1 for part in common
    )


_SLIPS: Final = frozenset({By.EXACT, By.ACCENTS, By.SPELLING})
MOST_SLIPS: Final = 2
"""Slips in a word beside a name that belongs to it."""


def is_common(word: str) -> bool:
    """Whether a folded word is one of the language."""
    return COMMON in lexicon().get(word, "").casefold()


def _naming(named: Named) -> Meaning:
    return Meaning(_KINDS[named.kind], (named.id,))


def _is_unknown(span: Span) -> bool:
    return span.meanings[0].tag is Tag.WORD


def content(spans: Iterable[Span], ignored: frozenset[Tag]) -> list[Span]:
    """The spans that carry meaning: those with a meaning that may not be passed over."""
    return [span for span in spans if span.meanings[0].tag not in ignored]
