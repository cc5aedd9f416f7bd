"""Frames of what is no question to the book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.questions.frames.clause import Clause, tags
from bot.questions.lexicon import Tag
from bot.questions.model import SmallTalk, Talk

if TYPE_CHECKING:
    from bot.questions.model import Question

_TALKS: Final = {
    Tag.INSTRUCTION: Talk.INSTRUCTION,
    Tag.INSULT: Talk.INSULT,
    Tag.IDENTITY: Talk.IDENTITY,
    Tag.THANKS: Talk.THANKS,
    Tag.FAREWELL: Talk.FAREWELL,
    Tag.GREETING: Talk.GREETING,
    Tag.PRAISE: Talk.PRAISE,
}


def small_talk(clause: Clause) -> Question | None:
    """Greetings, thanks, insults, instructions and questions to the bot about itself."""
    if Tag.INSTRUCTION in clause.tags:
        return SmallTalk(Talk.INSTRUCTION)
    if clause.fits(frozenset(_TALKS), tags("it he somebody people everybody")):
        return SmallTalk(next(talk for tag, talk in _TALKS.items() if tag in clause.tags))
    return None


def who_is_meant(clause: Clause) -> Question | None:
    """A question about "him" or "it" with nobody named."""
    asks = tags("who where when how_long what why how about happen there they does")
    pointing = Tag.HE in clause.tags or (clause.tags <= asks and bool(clause.tags))
    return SmallTalk(Talk.WHO_IS_MEANT) if pointing and not clause.people else None
