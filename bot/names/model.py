"""What is looked up, and what a look-up comes to."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Kind(StrEnum):
    """What sort of thing a name belongs to."""

    PERSON = "person"
    ORGANISATION = "organisation"
    TOPIC = "topic"
    SOURCE = "source"


class Decision(StrEnum):
    """What a look-up comes to."""

    MATCH = "match"
    AMBIGUOUS = "ambiguous"
    NONE = "none"


class By(StrEnum):
    """By what a part of a query met a part of a name."""

    EXACT = "exact"
    ACCENTS = "accents"
    SPELLING = "spelling"
    SOUND = "sound"
    SCRIPT = "script"
    INITIAL = "initial"
    BEGINNING = "beginning"
    NICKNAME = "nickname"
    JOINED = "joined"


class Named(Struct, frozen=True):
    """Something that can be found by its name, its aliases or its identifier."""

    id: str
    kind: Kind
    name: str
    aliases: tuple[str, ...] = ()


class Met(Struct, frozen=True):
    """A part of the query, the part of the name that it met, and by what. `edits` are the slips between them."""

    typed: str
    part: str
    by: By
    edits: float = 0.0


class Explanation(Struct, frozen=True):
    """Which parts met, whether their order is turned round, and what was left over of the query and of the name."""

    met: tuple[Met, ...] = ()
    left_typed: tuple[str, ...] = ()
    left_name: tuple[str, ...] = ()
    reversed: bool = False

    @property
    def ways(self) -> tuple[str, ...]:
        """By what parts met that were not typed as they are written, each once, and what no part explains."""
        by = [str(met.by) for met in self.met if met.by not in {By.EXACT, By.ACCENTS}]
        left = [f"without “{' '.join(self.left_typed)}”"] if self.left_typed else []
        return tuple(dict.fromkeys([*by, *left]))

    def __str__(self) -> str:
        """One line: `lampel = lample (spelling); left over: guillaume`."""
        said = [f"{met.typed} = {met.part} ({met.by})" for met in self.met]
        if self.reversed:
            said.append("reversed")
        if self.left_typed:
            said.append(f"not explained: {' '.join(self.left_typed)}")
        if self.left_name:
            said.append(f"left over: {' '.join(self.left_name)}")
        return "; ".join(said)


class Candidate(Struct, frozen=True):
    """Somebody who may be meant. `score`, from 0 to 1, rises with how sure that is; 1 is for the name as it is written."""

    named: Named
    score: float
    explanation: Explanation = Explanation()

    @property
    def exact(self) -> bool:
        """Whether all that was typed stands in the name as it is written, but for case and accents."""
        found = self.explanation
        return not found.left_typed and all(met.by in {By.EXACT, By.ACCENTS} for met in found.met)


class Resolution(Struct, frozen=True):
    """The decision, and the candidates best first.

    `MATCH` begins with the one who is meant; `AMBIGUOUS` holds those who may be; `NONE` those who look near, to be
    offered as a question.
    """

    decision: Decision
    candidates: tuple[Candidate, ...] = ()


class Mention(Struct, frozen=True):
    """A name found in a sentence: the words from `start` to before `end` of the folded text."""

    named: Named
    start: int
    end: int
