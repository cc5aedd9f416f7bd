"""Frames of questions about people whom the question does not name, but what holds of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.questions.conditions import Departed, IsMember, IsOne, Remains
from bot.questions.frames.clause import ASKING_WHEN, CONDITIONS, SOME, STAYING, Clause, tags
from bot.questions.frames.filters import condition_of, simplest
from bot.questions.lexicon import Tag
from bot.questions.model import (
    Average,
    Destinations,
    Left,
    Measure,
    Proportion,
    Quantifier,
    Ranking,
    Statistic,
    Tenure,
    Those,
    Timeline,
)

if TYPE_CHECKING:
    from bot.questions.model import Question

_QUANTIFIERS: Final = {
    Tag.SHARE: Quantifier.SHARE,
    Tag.EVERYBODY: Quantifier.ALL,
    Tag.MAJORITY: Quantifier.MOST,
    Tag.HALF: Quantifier.HALF,
}
_STATISTICS: Final = {Tag.AVERAGE: Statistic.MEAN, Tag.MEDIAN: Statistic.MEDIAN, Tag.TOTAL: Statistic.TOTAL}
_RANKS: Final = {
    Tag.LONGEST: (Measure.TENURE, True),
    Tag.SHORTEST: (Measure.TENURE, False),
    Tag.LONGER: (Measure.TENURE, True),
    Tag.SHORTER: (Measure.TENURE, False),
    Tag.FIRST: (Measure.DEPARTURE, False),
    Tag.LATEST: (Measure.DEPARTURE, True),
    Tag.SOONER: (Measure.DEPARTURE, False),
    Tag.LATER: (Measure.DEPARTURE, True),
}
"""What each superlative and comparative ranks by, and whether the most of it comes first."""
_COMPARATIVES: Final = tags("longer shorter sooner later")
_TWO: Final = 2


def members(clause: Clause) -> Question | None:
    """As in "List all authors", "how many authors", "who wrote the paper"."""
    around = SOME | tags("how_many everybody total about number author work")
    if clause.fits(tags("happen"), tags("member what they leavers")) and clause.tags & tags("member leavers"):
        return Left()
    if clause.fits(tags("member"), around | clause.topics_of_the_cohort) and not clause.tags & tags(
        "they nobody number"
    ):
        return Those(IsMember())
    wrote = clause.fits(tags("author"), around | tags("topic who"))
    return Those(IsMember()) if wrote and clause.topics_of_the_cohort else None


_ONLY_BESIDE: Final = (
    (Tag.TENURE, tags("lasting")),
    (Tag.WHEN, tags("leave departure")),
    (Tag.WHAT, tags("member people they leavers")),
    (Tag.WHERE, tags("unknown")),
    (Tag.DOES, tags("they people member title")),
    (Tag.STAY, SOME | tags("how_many everybody")),
    (Tag.PERIOD, CONDITIONS - tags("period") | tags("who list somebody people how_many stay")),
)
"""Tags that ask for a list only where one of others stands beside them."""


def those(clause: Clause) -> Question | None:
    """As in "Who left in 2023 and went to Mistral", "how many are at Mistral", "anyone at Cohere?"."""
    around = (
        SOME
        | CONDITIONS
        | tags(
            "how_many go join work stay role does when everybody there or total rank timeline where person tenure number staff"
        )
    )
    if not clause.fits(CONDITIONS | tags("stay"), around) or clause.people or clause.tags == tags("organisation"):
        return None
    if Tag.NUMBER in clause.tags and Tag.FOUNDING not in clause.tags:
        return None
    if (
        {Tag.HOW_MANY, Tag.STAFF} <= clause.tags
        or _is_about_all(clause)
        or ({Tag.STAY} == clause.tags & tags("stay lasting") and clause.tags & tags("leave departure"))
        or any(tag in clause.tags and not clause.tags & beside for tag, beside in _ONLY_BESIDE)
    ):
        return None
    found = condition_of(clause)
    return simplest(found, clause.book) if found else None


def _is_about_all(clause: Clause) -> bool:
    """Whether "all" asks if something holds of all, and does not ask to list all of whom it holds."""
    does = clause.tags & tags("leave go join moved stay still work they")
    return Tag.EVERYBODY in clause.tags and bool(does) and not clause.tags & tags("list who how_many except")


def proportion(clause: Clause) -> Question | None:
    """As in "What share left", "are most of them at Mistral", "did everyone leave"."""
    around = SOME | CONDITIONS | tags("go join work stay how_many there most")
    if Tag.EVERYBODY in clause.tags and not _is_about_all(clause):
        return None
    if clause.people or not clause.fits(frozenset(_QUANTIFIERS), around):
        return None
    quantifier = next(quantifier for tag, quantifier in _QUANTIFIERS.items() if tag in clause.tags)
    found = condition_of(clause)
    of = Departed() if clause.tags & tags("leavers they") and found not in {Departed(), Remains()} else None
    return Proportion(found, quantifier, of) if found else None


def ranking(clause: Clause) -> Question | None:
    """As in "Who stayed longest", "who left first, Hambro or Lavril", "the three shortest tenures"."""
    ranks = _RANKS.keys() & clause.tags
    if ranks == tags("sooner later"):  # "before or after"
        ranks = ranks - tags("later")
    around = (
        SOME
        | CONDITIONS
        | STAYING
        | tags("when where go join than or number person more most which_month which_year everybody he how_much nth")
    )
    compared = clause.people
    if len(ranks) != 1 or not clause.fits(frozenset(_RANKS), around):
        return None
    by, most = _RANKS[next(iter(ranks))]
    if by is Measure.DEPARTURE and not clause.tags & tags("leave departure leavers go"):
        return None
    if ranks & _COMPARATIVES and len(compared) != _TWO:
        return None
    among = condition_of(clause, *([IsOne(frozenset(compared))] if len(compared) > 1 else []), without=Departed())
    places = next(iter((*clause.values(Tag.NUMBER), *clause.values(Tag.NTH))), 1)
    supposed = compared[0] if len(compared) in {1, _TWO} and not clause.tags & tags("who or") else None
    if len(compared) == 1 and (not supposed or clause.tags & ASKING_WHEN):
        return None
    return Ranking(by, most, among, int(places), supposed)


def average(clause: Clause) -> Question | None:
    """As in "Average tenure", "the median stay of those at Mistral"."""
    around = SOME | CONDITIONS | STAYING | tags("everybody")
    if clause.people or not clause.fits(frozenset(_STATISTICS), around):
        return None
    asks = tags("stay work tenure how_long year month lasting")
    if not clause.tags & (asks if Tag.TOTAL in clause.tags else asks | tags("leave leavers")):
        return None
    statistic = next(statistic for tag, statistic in _STATISTICS.items() if tag in clause.tags)
    among = None if Tag.LASTING in clause.tags else condition_of(clause, without=Departed())
    return Average(statistic, among)


def timeline(clause: Clause) -> Question | None:
    """As in "Timeline", "a timeline of those at Mistral"."""
    around = SOME | STAYING | tags("everybody about place moved organisation")
    if not clause.fits(tags("timeline"), around - tags("nobody leavers")) or len(clause.elsewhere) > 1:
        return None
    return Timeline(next(iter(clause.elsewhere), None))


def everybodys_tenure(clause: Clause) -> Question | None:
    """As in "How long did they stay", "tenure ranking"."""
    around = SOME | STAYING | tags("everybody rank leave about") | tags("place moved organisation")
    if clause.fits(tags("how_long tenure"), around) and not clause.elsewhere and not clause.is_timed:
        return Tenure()
    return None


def everybodys_departure(clause: Clause) -> Question | None:
    """As in "When did they leave", "departures in order", "timeline of departures"."""
    around = SOME | tags("everybody when rank timeline about which_month which_year")
    asks = tags("when rank timeline which_month which_year leavers")
    if not clause.fits(tags("leave departure leavers"), around) or not clause.tags & asks:
        return None
    found = condition_of(clause)
    return simplest(found, clause.book) if found else None


def _asks_who_won(clause: Clause, around: frozenset[Tag]) -> bool:
    """As in "Who poached the most authors"."""
    who_went = clause.tags & tags("who") and clause.tags & tags("go join")
    return bool(who_went) and clause.fits(tags("most majority"), around)


def destinations(clause: Clause) -> Question | None:
    """As in "Where did they go", "which company got the most", "where are those who left in 2023"."""
    around = SOME | CONDITIONS | tags("go join work most everybody role majority there how_many rank")
    if clause.people or clause.elsewhere or Tag.UNKNOWN in clause.tags:
        return None
    if not clause.fits(tags("where"), around) and not _asks_who_won(clause, around):
        return None
    if not clause.tags & (SOME | tags("go join leave everybody most leavers majority")) - tags("what"):
        return None
    return Destinations(condition_of(clause, without=Departed()))
