"""Finding who is meant by what was typed, among the names of a book.

People are found by a view of the parts and one of the whole, weighed by a fitted probability (`features`, `judging`);
organisations, topics and sources nearly exactly (`strict`). Naming a wrong person is worse than naming nobody.
"""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from bot.names.alignment import Alignment, Comparison
from bot.names.explaining import explain
from bot.names.features import Case, features, known
from bot.names.few import FEW, FewForms
from bot.names.folding import fold
from bot.names.judging import judge
from bot.names.model import Candidate, Decision, Explanation, Kind, Mention, Named, Resolution
from bot.names.strict import StrictNames
from bot.names.typed import Typed, read, sides
from bot.names.words import fillers, lexicon, nicknames, rarer

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from bot.names.forms import Forms

__all__ = ["Candidate", "Decision", "Explanation", "Kind", "Mention", "NameIndex", "Named", "Resolution"]

Words = tuple[str, ...]

MOST_CANDIDATES: Final = 5
"""As many as a person reads, and as many buttons as fit in a row in Discord."""
COMPARED: Final = 10
"""Forms that are compared closely with a query."""
MOST_SURE: Final = 0.999
"""The score of anything but a name as it is written."""
ASKED: Final = 1.0
"""Edits by which candidates may be worse than the best and still be asked about."""
NEAR: Final = 0.45
"""The cost a letter up to which somebody is offered as "did you mean"."""
LONGEST_NAME: Final = 5
"""Words of a name that is found inside a sentence."""
LONGEST_TYPED: Final = 100
"""Characters of a name that is being typed; no name has more."""
SHORTEST_PREFIX: Final = 2
MOST_WORDS: Final = 10
"""Words of a typed name that are looked at: more than a name has, so that none of more words than these can fit."""


class NameIndex:
    """All names of a book, ready to be searched. Changes in nothing but what it remembers: any thread may ask it."""

    def __init__(self, named: Iterable[Named]) -> None:
        self._by_id: dict[str, Named] = {item.id: item for item in named}
        self._people = [item for item in self._by_id.values() if item.kind is Kind.PERSON]
        self._forms = _gathered(_forms(self._people))
        self._fillers = frozenset(word for word in fillers() if word not in self._forms.vocabulary.places)
        others = (item for item in self._by_id.values() if item.kind is not Kind.PERSON)
        self._others = StrictNames(others, self._fillers)

    def warm(self) -> None:
        """Load the data that ships, for which the first names that are not typed as they are written would wait."""
        if self._people:
            lexicon()
            rarer()
            nicknames()
            judge()

    def resolve(self, text: str, kinds: Collection[Kind] = tuple(Kind), *, offer: bool = True) -> Resolution:
        """Decide who is meant by a typed name, among some kinds; `offer` what only begins so or looks near, too."""
        if (found := self._by_id.get(text.strip().casefold())) and found.kind in kinds:
            return Resolution(Decision.MATCH, (Candidate(found, 1.0),))
        others = self._other(text, kinds, offer=offer) if self._others.forms else Resolution(Decision.NONE)
        written = others.decision is Decision.MATCH and others.candidates[0].exact
        if Kind.PERSON not in kinds or written:
            return others
        people = self._person(text)
        if Decision.NONE not in (people.decision, others.decision):
            both = sorted((*people.candidates, *others.candidates), key=lambda candidate: -candidate.score)
            return Resolution(Decision.AMBIGUOUS, tuple(both[:MOST_CANDIDATES]))
        if people.decision is others.decision:
            return Resolution(Decision.NONE, (*people.candidates, *others.candidates)[:MOST_CANDIDATES])
        return others if people.decision is Decision.NONE else people

    def complete(self, text: str, kinds: Collection[Kind] = tuple(Kind), limit: int = 25) -> list[Named]:
        """Those whose name may go on as typed, likeliest first; all, in the book's order, when nothing is typed yet."""
        text = text[:LONGEST_TYPED]
        words = self.content_words(text)
        if not words:
            return [named for named in self._by_id.values() if named.kind in kinds][:limit]
        found = [candidate.named for candidate in self._others.begun(words, kinds)]
        if Kind.PERSON in kinds:
            found += [self._people[owner] for owner in self._forms.begun(words, limit)]
        found += [candidate.named for candidate in self.resolve(text, kinds).candidates]
        found += [candidate.named for candidate in self._others.beginning_like(words, kinds)]
        return list(dict.fromkeys(found))[:limit]

    def find_in(self, text: str) -> list[Mention]:
        """The names that stand in a sentence as they are written, the longer first where two begin at the same word."""
        words = fold(text).split()
        content = [at for at, word in enumerate(words) if word not in self._fillers]
        found: list[Mention] = []
        for start, at in enumerate(content):
            if (found and at < found[-1].end) or not self.has_part(words[at]):
                continue
            for end in range(min(len(content), start + LONGEST_NAME), start, -1):
                written = self._written(tuple(words[inner] for inner in content[start:end]))
                if written and _stands_together(written, words[at : content[end - 1] + 1]):
                    found.append(Mention(written, at, content[end - 1] + 1))
                    break
        return found

    def has_part(self, word: str) -> bool:
        """Whether a folded word is a part of a name."""
        return word in self._forms.vocabulary.places or word in self._others.words

    def content_words(self, text: str) -> Words:
        """The folded words of a text without those that people put around a name."""
        return tuple(word for word in fold(text).split() if word not in self._fillers)[:MOST_WORDS]

    def read(self, text: str) -> Typed:
        """The parts of a person's name in a text."""
        return read(text, self._forms.vocabulary.places.__contains__, self._forms.stand_together)

    def case(self, typed: Typed, known: Callable[[str], str] = known) -> Case | None:
        """What is weighed about a query for a person. None where nothing typed may be a name, or nobody is like it."""
        if not typed.tokens:
            return None
        forms = self._forms
        written = [(form, forms.words[form]) for form in forms.likely(typed, COMPARED)]
        if not written:
            return None
        likes = forms.likes(typed, dict.fromkeys([word for _, words in written for word in words]))
        best: dict[int, Alignment] = {}
        for alignment in Comparison(typed, likes).alignments(written):
            best.setdefault(forms.owners[alignment.form], alignment)
        return Case(typed, tuple(best.values()), len(self._people), known, forms.vocabulary.places.__contains__)

    def as_written(self, typed: Typed) -> bool:
        """Whether somebody's whole name was typed, in whatever order, so that nothing needs weighing."""
        return bool(self._forms.exact(typed.tokens))

    def owner(self, alignment: Alignment) -> Named:
        """Whose name was aligned."""
        return self._people[self._forms.owners[alignment.form]]

    def _person(self, text: str) -> Resolution:
        typed = self.read(text)
        written = self._as_written(typed.all, typed, text) or self._as_written(typed.tokens, typed, text)
        if written:
            return written
        case = self.case(typed)
        if case is None:
            return Resolution(Decision.NONE)
        found = self._judged(case, text)
        sure = found.decision is Decision.MATCH and not case.alignments[0].left
        return found if sure else self._two_people(text) or found

    def _as_written(self, words: Words, typed: Typed, text: str) -> Resolution | None:
        """Those whose name is just these words, in whatever order."""
        forms = self._forms.exact(words) if words else []
        if not forms:
            return None
        comparison = Comparison(Typed(words, typed.foreign), [{}] * len(words))  # each part meets itself
        form_of: dict[int, int] = {}
        for form in forms:
            form_of.setdefault(self._forms.owners[form], form)
        written = [(form, self._forms.words[form]) for form in list(form_of.values())[:MOST_CANDIDATES]]
        candidates = tuple(
            [
                Candidate(self.owner(alignment), 1.0, explain(alignment, words, text, self.owner(alignment)))
                for alignment in comparison.alignments(written)
            ]
        )
        decision = Decision.MATCH if len(candidates) == 1 else Decision.AMBIGUOUS
        return Resolution(decision, candidates)

    def _judged(self, case: Case, text: str) -> Resolution:
        odds = judge().odds(features(case))
        decision = odds.decide()
        best = case.alignments[0]
        if decision is Decision.MATCH:
            chosen = case.alignments[:1]
        elif decision is Decision.AMBIGUOUS:
            chosen = [alignment for alignment in case.alignments if alignment.cost <= best.cost + ASKED]
        else:
            letters = len(case.typed.joined)
            chosen = [alignment for alignment in case.alignments if alignment.cost <= NEAR * letters]
        candidates = [
            Candidate(
                self.owner(a),
                min(odds.right, MOST_SURE) / (1 + a.cost - best.cost),
                explain(a, case.typed.tokens, text, self.owner(a)),
            )
            for a in chosen[:MOST_CANDIDATES]
        ]
        return Resolution(decision, tuple(candidates))

    def _two_people(self, text: str) -> Resolution | None:
        """Two people, one on each side of a comma or an `and`."""
        found = [self._person(side) for side in sides(text)]
        if not found or any(side.decision is not Decision.MATCH for side in found):
            return None
        both = tuple({side.candidates[0].named.id: side.candidates[0] for side in found}.values())
        surnames = all(side.explanation.met and _has_surname(side) for side in both)
        return Resolution(Decision.AMBIGUOUS, both) if len(both) > 1 and surnames else None

    def _other(self, text: str, kinds: Collection[Kind], *, offer: bool) -> Resolution:
        words = self.content_words(text)
        fitting = self._others.fitting(words, kinds)
        if len(fitting) == 1:
            return Resolution(Decision.MATCH, tuple(fitting))
        if not fitting and not offer:
            return Resolution(Decision.NONE)
        asked = fitting or (
            self._others.begun(words, kinds) if words and min(map(len, words)) >= SHORTEST_PREFIX else []
        )
        if asked:
            return Resolution(Decision.AMBIGUOUS, tuple(asked[:MOST_CANDIDATES]))
        return Resolution(Decision.NONE, tuple(self._others.near(words, kinds)[:MOST_CANDIDATES]))

    def _written(self, words: Words) -> Named | None:
        """The one thing that is written so: a whole name, or a person's last one."""
        owners = [self._forms.owners[form] for form in self._forms.exact(words) if self._forms.words[form] == words]
        items = [*self._others.forms.get(words, []), *(self._people[owner] for owner in owners)]
        if not items and len(words) == 1:
            items = [self._people[owner] for owner in self._forms.with_last(words[0], 2)]
        return items[0] if len(items) == 1 else None


def _gathered(forms: Iterator[tuple[int, Words]]) -> Forms:
    """The forms of a book."""
    few = list(islice(forms, FEW + 1))
    if len(few) <= FEW:
        return FewForms(few)
    from bot.names.many import ManyForms  # noqa: PLC0415 - only a large book waits for numpy

    return ManyForms(chain(few, forms))


def _forms(people: Iterable[Named]) -> Iterator[tuple[int, Words]]:
    """The distinct forms of everybody's names, each with the place of its bearer."""
    for place, item in enumerate(people):
        forms = (item.name, *item.aliases)
        for words in dict.fromkeys(tuple(fold(form).split()) for form in forms):
            if words:
                yield place, words


def _stands_together(named: Named, words: Sequence[str]) -> bool:
    """Whether every word from a name's first to its last is of the name, small words such as "and" included."""
    return set(words) <= {word for form in (named.name, *named.aliases) for word in fold(form).split()}


def _has_surname(candidate: Candidate) -> bool:
    last = fold(candidate.named.name).split()[-1:]
    return any([met.part] == last for met in candidate.explanation.met)
