"""Frames of questions about the sources and what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.questions.frames.clause import ASKING_WHEN, CONDITIONS, Clause, tags
from bot.questions.lexicon import Tag
from bot.questions.model import About, Audit, Disputed, EvidenceFor, Sources

if TYPE_CHECKING:
    from bot.questions.model import Question


def sources(clause: Clause) -> Question | None:
    """As in "What is your source", "when was the article published"."""
    around = tags("what when who they about list how_many where source_name document everybody work role publish from")
    around |= ASKING_WHEN
    if clause.fits(tags("source"), around) or clause.fits(tags("source_name"), around):
        named = clause.values(Tag.SOURCE_NAME)
        return Sources(named[0] if len(named) == 1 else None)
    if Tag.PUBLISH in clause.tags and clause.tags <= tags("publish what who") | ASKING_WHEN:
        return Sources()
    asks = tags("what list how_many role publish who") | ASKING_WHEN - tags("when")
    around = asks | tags("when work publish about departure leavers leave")
    if clause.fits(tags("document"), around) and clause.tags & asks:
        return Sources()
    return None


def evidence(clause: Clause) -> Question | None:
    """As in "Which source says that Lavril is at Mistral", "evidence for Behemoth"."""
    around = CONDITIONS | tags("person topic what it go work still where")
    if not clause.fits(tags("source"), around):
        return None
    named = (*clause.people, *clause.values(Tag.TOPIC), *clause.values(Tag.ORGANISATION))
    return EvidenceFor(named[0]) if named else None


def disputed(clause: Clause) -> Question | None:
    """As in "Where do the documents disagree"."""
    around = tags(
        "where what document source about it they somebody claim everybody how does there how_many list topic"
    )
    of_sources = clause.tags & tags("document source claim they") or Tag.TOPIC not in clause.tags
    return Disputed() if of_sources and clause.fits(tags("disagree"), around) else None


def about(clause: Clause) -> Question | None:
    """A topic or an organisation by itself, "what is going on at FAIR"."""
    around = tags("about happen what who at place moved organisation document source somebody everybody")
    named = (*clause.values(Tag.TOPIC), *clause.places)
    if len(named) != 1 or not clause.fits(tags("topic organisation place moved"), around):
        return None
    if Tag.WHO in clause.tags and clause.tags & tags("place moved organisation"):
        return None
    return About(named[0])


def audit(clause: Clause) -> Question | None:
    """As in "Does the list add up", "is the average tenure claim right"."""
    around = CONDITIONS | tags(
        "what claim topic document source source_name it they there about list how how_many number does than"
        " everybody somebody majority most member people average tenure stay go first length"
    )
    if not clause.fits(tags("audit"), around):
        return None
    named = {*clause.values(Tag.TOPIC), *clause.elsewhere}
    every = [claim for claim in clause.book.claims.values() if claim.asserts]
    computed = [claim for claim in every if named <= set(claim.about)]
    if not named and clause.tags & tags("average tenure"):
        computed = [claim for claim in computed if claim.asserts and claim.asserts.average_over]
    if not computed:
        return None
    return Audit() if computed == every else Audit(tuple(claim.id for claim in computed))
