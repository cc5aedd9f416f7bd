"""A clause as frames see it: its items, and what they name."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bot.facts.book import Book
from bot.questions.clauses import IGNORED, Item, Leaving
from bot.questions.lexicon import Tag
from bot.questions.model import Precision, Question, Several

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.questions.periods import Period


@cache
def tags(names: str) -> frozenset[Tag]:
    """The tags of some names: `tags("who where")`."""
    return frozenset(Tag[name.upper()] for name in names.split())


SOME: Final = tags("who people member leavers somebody they list nobody what it")
"""Tags that stand for people whom the question does not name."""
MEASURED: Final = tags("lasting longest shortest longer shorter average median total how_long tenure")
"""Tags of a question about lengths, beside which being at the book's home is no condition of its own."""
CONDITIONS: Final = tags(
    "leave departure place moved organisation founding title lasting still leavers excepted period unknown"
)
ASKING_WHEN: Final = tags("when which_day which_month which_year")
STAYING: Final = tags("stay work there tenure how_long year month")


class Clause(Struct, frozen=True, dict=True):
    """The items of a clause that mean something, and the book that it is read with."""

    items: tuple[Item, ...]
    book: Book

    @cached_property
    def tags(self) -> frozenset[Tag]:
        """The tags of all items."""
        return frozenset(item.tag for item in self.items) - IGNORED

    def all(self, tag: Tag) -> tuple[Item, ...]:
        """The items of a tag."""
        return tuple(item for item in self.items if item.tag is tag)

    def values(self, tag: Tag) -> tuple[str, ...]:
        """What the items of a tag name."""
        return tuple(dict.fromkeys(value for item in self.all(tag) for value in item.value))

    def fits(self, needs: frozenset[Tag], allows: frozenset[Tag]) -> bool:
        """Whether one of the needed tags is here, and no tag but these and the allowed."""
        return bool(self.tags & needs) and self.tags <= needs | allows

    @property
    def periods(self) -> tuple[Period, ...]:
        """The times that belong to no leaving yet."""
        return tuple(dict.fromkeys(period for item in self.all(Tag.PERIOD) for period in item.value))

    @property
    def leaving(self) -> Leaving:
        """What belongs to the leaving that is spoken of."""
        leavings = [item.value[0] for tag in (Tag.LEAVE, Tag.DEPARTURE) for item in self.all(tag) if item.value]
        return leavings[0] if leavings else Leaving()

    @property
    def is_timed(self) -> bool:
        """Whether a time is named."""
        return bool(self.periods or self.leaving.when)

    @property
    def precision(self) -> Precision:
        """How precisely a time is asked for."""
        precisions = {Tag.WHICH_DAY: Precision.DAY, Tag.WHICH_MONTH: Precision.MONTH}
        return max((precisions[tag] for tag in precisions.keys() & self.tags), default=Precision.YEAR)

    @property
    def people(self) -> tuple[str, ...]:
        """Those who are named, each once."""
        return self.values(Tag.PERSON)

    @property
    def topics_of_the_cohort(self) -> frozenset[Tag]:
        """The tag of topics, where some are named and all of them are what the cohort has in common."""
        topics = set(self.values(Tag.TOPIC))
        return tags("topic") if topics and topics <= set(self.book.frame.cohort.topics) else frozenset()

    @property
    def home(self) -> str:
        """The book's home."""
        return self.book.frame.home

    @property
    def places(self) -> tuple[str, ...]:
        """The organisations that are named, each once."""
        tags = (Tag.PLACE, Tag.MOVED, Tag.STAYING_AT, Tag.FOUNDING, Tag.ORGANISATION)
        return tuple(dict.fromkeys(place for tag in tags for place in self.values(tag)))

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """The organisations that are named beside the book's home."""
        return tuple(place for place in self.places if place != self.home)


def each(people: Sequence[str], ask: Callable[[str], Question]) -> Question | None:
    """One question for each of several people."""
    asked = tuple(map(ask, people))
    return asked[0] if len(asked) == 1 else Several(asked) if asked else None
