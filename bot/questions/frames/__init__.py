"""From a clause to a question: each frame says which tags it needs and which it allows beside them.

A frame is taken only where it explains every item of the clause, so that no word which means something is passed over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.questions.frames import groups, named, said, talk
from bot.questions.frames.clause import Clause

if TYPE_CHECKING:
    from bot.questions.model import Question

__all__ = ["FRAMES", "Clause", "read_clause"]

FRAMES: Final = (
    talk.small_talk, said.audit,
    named.where, named.role, named.when_left, named.since, named.how_long,
    groups.ranking, named.still, named.whether, named.who,
    groups.timeline, groups.members, groups.average, groups.destinations, groups.proportion, groups.those,
    groups.everybodys_tenure, groups.everybodys_departure,
    said.sources, said.evidence, said.disputed, said.about,
    talk.who_is_meant,
)  # fmt: skip
"""In order: the first that explains a clause is taken."""


def read_clause(clause: Clause) -> Question | None:
    """The question that a clause asks; None where no frame explains all of it."""
    return next((question for frame in FRAMES if (question := frame(clause))), None)
