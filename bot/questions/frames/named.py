"""Frames of questions about people who are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.questions.conditions import IsMember
from bot.questions.frames.clause import ASKING_WHEN, CONDITIONS, STAYING, Clause, each, tags
from bot.questions.frames.filters import condition_of
from bot.questions.lexicon import Tag
from bot.questions.model import Role, Since, StillAt, Tenure, When, Where, Whether, Who

if TYPE_CHECKING:
    from bot.questions.model import Question


def where(clause: Clause) -> Question | None:
    """As in "Where is Lample", "who hired Hambro", "Azhar's employer"."""
    around = tags("go join work leave start there person he what who does stay with")
    hired = clause.fits(tags("go join work"), tags("who person nobody")) and Tag.WHO in clause.tags
    asked = clause.fits(tags("where"), around | tags("place moved organisation")) and not clause.elsewhere
    did = clause.fits(tags("go join work"), tags("person what"))
    return each(clause.people, Where) if asked or hired or did else None


def role(clause: Clause) -> Question | None:
    """As in "What does Azhar do", "Rodriguez's job at Cohere"."""
    around = tags("person he what work place moved organisation there does go join how lead")
    if clause.tags & tags("does lead title") and not clause.tags & tags("what role"):
        return None
    is_what = clause.tags <= tags("person what place moved") and tags("what place moved") <= clause.tags
    if not is_what and not clause.fits(tags("role does lead title"), around):
        return None
    return each(clause.people, lambda person: Role(person, next(iter(clause.places), None)))


def when_left(clause: Clause) -> Question | None:
    """As in "When did Goyal leave", "which month did Lample leave", "Rodriguez's departure?"."""
    if not clause.tags & (ASKING_WHEN | tags("departure")) or Tag.FIRST in clause.tags:
        return None
    around = tags("person what he there year month") | ASKING_WHEN
    if clause.places:
        return None
    if not clause.fits(tags("leave departure go"), around) or any(item.negated for item in clause.all(Tag.LEAVE)):
        return None
    if clause.leaving.when:
        return None
    return each(clause.people, lambda person: When(person, clause.leaving.of, clause.precision))


def since(clause: Clause) -> Question | None:
    """As in "When did Joulin start", "when did Fergus rejoin Meta", "when did Fergus found FAIR"."""
    around = tags("person place moved organisation he what work there founding start join go lead")
    comes = tags("start join founding place moved go lead")
    if not (clause.fits(ASKING_WHEN, around) or clause.fits(tags("start"), around)) or not clause.tags & comes:
        return None
    place = next(iter(clause.places), None)
    if not place and not clause.tags & tags("start join"):
        return None
    return each(clause.people, lambda person: Since(person, place, as_founder=Tag.FOUNDING in clause.tags))


def how_long(clause: Clause) -> Question | None:
    """As in "How long was Joulin there", "Lachaux's tenure", "years Lavril spent there"."""
    around = tags("person he what place moved organisation staying_at leave total join lead than latest") | STAYING
    if not clause.fits(tags("how_long tenure year month length"), around) or clause.is_timed:
        return None
    return each(clause.people, lambda person: Tenure(person, next(iter(clause.elsewhere), None)))


def still(clause: Clause) -> Question | None:
    """As in "Is Touvron still there", "has Martinet quit yet", "was Hambro at Meta in 2021"."""
    around = tags("person he work stay staff there place moved organisation still period")
    if clause.elsewhere or not clause.fits(tags("still place moved work stay there organisation"), around):
        return None
    if len(clause.periods) > 1:
        return None
    return each(clause.people, lambda person: StillAt(person, next(iter(clause.periods), None)))


def whether(clause: Clause) -> Question | None:
    """As in "Did Lacroix go to Mistral", "was Lample an author", "did Joulin leave in 2023"."""
    around = CONDITIONS | tags("person he go join work stay member there author people or") - tags("excepted")
    belongs = tags("member author") | clause.topics_of_the_cohort
    if not clause.people or not clause.fits(CONDITIONS | belongs, around):
        return None
    found = condition_of(clause, *([IsMember()] if clause.tags & belongs else []))
    return each(clause.people, lambda person: Whether(person, found)) if found else None


def who(clause: Clause) -> Question | None:
    """A name alone, "who is Lample", "what about Lacroix"."""
    if clause.fits(tags("person"), tags("who what about happen")):
        return each(clause.people, Who)
    return None
