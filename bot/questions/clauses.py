"""Spans put together: what belongs to what in a clause, by rules over neighbouring tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from msgspec.structs import replace

from bot.facts.dates import MONTHS_A_YEAR, Date, Duration
from bot.facts.presence import departure
from bot.questions.conditions import Stayed
from bot.questions.lexicon import Tag
from bot.questions.periods import Period, after, before

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from bot.facts.book import Book

IGNORED: Final = frozenset({Tag.FILLER, Tag.NOW, Tag.AND, Tag.BUT, Tag.BREAK, Tag.AT, Tag.TO, Tag.IT, Tag.NAMED})
"""Tags of words that a question may have or not have without meaning anything else."""


CIVILITIES: Final = frozenset({Tag.GREETING, Tag.THANKS, Tag.FAREWELL})
"""Tags of words that mean nothing beside a question."""


class Leaving(Struct, frozen=True):
    """What belongs to a leaving: the times of it, where to, and what was left, where that is not the book's home."""

    when: tuple[Period, ...] = ()
    to: tuple[str, ...] = ()
    of: str | None = None


class Item(Struct, frozen=True):
    """A span, or several put together: one tag, what it names, and whether the contrary is meant."""

    tag: Tag
    value: tuple[Any, ...] = ()
    negated: bool = False
    either: bool = False
    """Whether the things named are joined by "or"."""


Rule = tuple[tuple[frozenset[Tag], ...], "Callable[[Sequence[Item], Book], Item | None]"]


def put_together(items: Iterable[Item], book: Book) -> list[Item]:
    """The items of a clause after every rule was applied, from left to right and from the first rule to the last."""
    found = list(_asking_where(item for item in items if item.tag not in {Tag.FILLER, Tag.NOW}))
    if any(item.tag not in IGNORED | CIVILITIES for item in found):
        found = [item for item in found if item.tag not in CIVILITIES]
    if any(item.tag is Tag.PERSON for item in found):  # whether it is true of somebody is whether it holds
        found = [item for item in found if item.tag is not Tag.AUDIT]
    present = {item.tag for item in found}
    for pattern, make in RULES:
        if any(present.isdisjoint(tags) for tags in pattern):
            continue
        at = 0
        while at + len(pattern) <= len(found):
            if found[at].tag not in pattern[0]:
                at += 1
                continue
            window = found[at : at + len(pattern)]
            fits = all(item.tag in tags for item, tags in zip(window, pattern, strict=True))
            made = make(window, book) if fits else None
            if made:
                found[at : at + len(pattern)] = [made]
                present.add(made.tag)
            else:
                at += 1
    return found


def _asking_where(items: Iterable[Item]) -> Iterator[Item]:
    """The items with a company as what is asked for, as in "Which company is he at", but for "Google's lab"."""
    before: Tag | None = None
    for item in items:
        if item.tag is not Tag.COMPANY:
            yield item
        elif before is not Tag.ORGANISATION:
            yield replace(item, tag=Tag.WHERE)
        before = item.tag


def _rule(pattern: str, make: Callable[[Sequence[Item], Book], Item | None]) -> Rule:
    """A rule for neighbours: `"number year|month"`."""
    return tuple(frozenset(Tag[name.upper()] for name in part.split("|")) for part in pattern.split()), make


def _length(items: Sequence[Item], _: Book) -> Item:
    number, unit = items
    grain = MONTHS_A_YEAR if unit.tag is Tag.YEAR else 1
    return Item(Tag.LENGTH, (Duration(int(number.value[0]) * grain, grain),))


def _sum(items: Sequence[Item], _: Book) -> Item:
    lengths = [item.value[0] for item in items if item.tag is Tag.LENGTH]
    return Item(
        Tag.LENGTH, (Duration(sum(length.months for length in lengths), min(length.grain for length in lengths)),)
    )


def _lasting(items: Sequence[Item], _: Book) -> Item:
    """Longer or shorter than a length, whichever of the two stands first."""
    length = next(item.value[0] for item in items if item.tag is Tag.LENGTH)
    limit = next(item.tag for item in items if item.tag is not Tag.LENGTH)
    or_equal = limit in {Tag.AT_LEAST, Tag.AT_MOST}
    over = limit in {Tag.MORE, Tag.AT_LEAST, Tag.LONGER}
    return Item(Tag.LASTING, (Stayed(length if over else None, None if over else length, or_equal),))


def _joined(items: Sequence[Item], _: Book) -> Item | None:
    """Two of a kind as one, by "and", by "or" or by nothing."""
    first, last = items[0], items[-1]
    if first.tag is not last.tag:
        return None
    either = first.either or last.either or any(item.tag is Tag.OR for item in items)
    return replace(first, value=(*first.value, *last.value), either=either)


def _members(items: Sequence[Item], book: Book) -> Item | None:
    """The cohort, as in "authors of the paper", if it is that paper, or "the 14 authors", if there are so many."""
    cohort = book.frame.cohort
    for item in items:
        if item.tag is Tag.TOPIC and not set(item.value) <= set(cohort.topics):
            return None
        if item.tag is Tag.ORGANISATION and item.value != (book.frame.home,):
            return None
        if item.tag is Tag.NUMBER and item.value[0] != len(cohort.members):
            return None
    return Item(Tag.MEMBER)


def _leaving(item: Item) -> Leaving:
    return item.value[0] if item.value else Leaving()


def _left_home(items: Sequence[Item], book: Book) -> Item | None:
    leave, last = items[0], items[-1]
    if last.tag is Tag.TOPIC and not set(last.value) <= set(book.frame.cohort.topics):
        return None
    if last.tag is Tag.ORGANISATION and not all(book.is_within(book.frame.home, org) for org in last.value):
        return None
    return leave


def _left_for(items: Sequence[Item], _: Book) -> Item:
    leave, place = items[0], items[-1]
    return replace(leave, value=(replace(_leaving(leave), to=place.value),))


def _left_another(items: Sequence[Item], _: Book) -> Item:
    leave, place = items[0], items[-1]
    return replace(leave, value=(replace(_leaving(leave), of=place.value[0]),))


def _left_when(items: Sequence[Item], _: Book) -> Item:
    leave = next(item for item in items if item.tag in {Tag.LEAVE, Tag.DEPARTURE})
    times = next(item for item in items if item.tag is Tag.PERIOD)
    return replace(leave, value=(replace(_leaving(leave), when=times.value),))


def _relative(items: Sequence[Item], _: Book) -> Item:
    """Before or after a time, where the time was not written so."""
    relate = before if items[0].tag is Tag.SOONER else after
    return replace(items[1], value=tuple(relate(period) for period in items[1].value))


def _same_time(items: Sequence[Item], book: Book) -> Item | None:
    """The time in which somebody left, or its year; nothing where that is not known to the month."""
    same, person = items
    gone = departure(book, book.people[person.value[0]])
    if len(person.value) > 1 or gone is None or gone.on.imprecise:
        return None
    known = gone.on if same.tag is Tag.SAME_TIME else Date.parse(str(gone.on.span.last.year))
    return Item(Tag.PERIOD, (Period.of(known),))


def _left_beside(items: Sequence[Item], book: Book) -> Item | None:
    """As in "Who left before Lample"."""
    time = _same_time((Item(Tag.SAME_TIME), items[-1]), book)
    return _left_when((items[1], _relative((items[2], time), book)), book) if time else None


def _place(items: Sequence[Item], _: Book) -> Item:
    place = next(item for item in reversed(items) if item.tag in {Tag.ORGANISATION, Tag.PLACE})
    moved = any(item.tag in {Tag.GO, Tag.JOIN, Tag.GOING, Tag.TO} for item in items)
    return Item(Tag.MOVED if moved else Tag.PLACE, place.value, any(item.negated for item in items), place.either)


def _came_home(items: Sequence[Item], book: Book) -> Item | None:
    """Joining the book's home is to begin there."""
    return Item(Tag.START) if items[-1].value == (book.frame.home,) else None


def _moved(items: Sequence[Item], book: Book) -> Item | None:
    """Going from the book's home to somewhere."""
    if items[-3].value != (book.frame.home,):
        return None
    return Item(Tag.MOVED, items[-1].value, either=items[-1].either)


def _founding(items: Sequence[Item], _: Book) -> Item:
    place = next((item for item in items if item.tag in {Tag.ORGANISATION, Tag.PLACE}), Item(Tag.ORGANISATION))
    return Item(Tag.FOUNDING, place.value, any(item.negated for item in items))


def _title(items: Sequence[Item], _: Book) -> Item:
    return Item(Tag.TITLE, tuple(word for item in items for word in item.value))


def _staying_at(items: Sequence[Item], book: Book) -> Item:
    """Staying at the book's home is staying; staying elsewhere is about that place, and not about who is there now."""
    place = items[-1]
    return items[0] if place.value == (book.frame.home,) else Item(Tag.STAYING_AT, place.value)


def _first(items: Sequence[Item], _: Book) -> Item:
    return items[0]


def _last(items: Sequence[Item], _: Book) -> Item:
    return items[-1]


def _contrary(items: Sequence[Item], _: Book) -> Item:
    return replace(items[-1], negated=not items[-1].negated)


def _still_there(items: Sequence[Item], book: Book) -> Item | None:
    still, place = items[0], items[-1]
    return still if place.tag is Tag.THERE or place.value == (book.frame.home,) else None


def _left_behind(items: Sequence[Item], book: Book) -> Item | None:
    """Coming from another organisation is having left it; from the book's home, what is asked of anyway."""
    home = items[1].value == (book.frame.home,)
    return Item(Tag.AT) if home else Item(Tag.LEAVE, (Leaving(of=items[1].value[0]),))


def _after_home(items: Sequence[Item], book: Book) -> Item | None:
    return Item(Tag.AT) if items[1].value == (book.frame.home,) else None


def _to_in_digits(items: Sequence[Item], _: Book) -> Item | None:
    """As in "Went 2 Cohere"."""
    return _place(items, _) if items[1].value[0] in {2, 4} else None


def _excepted(items: Sequence[Item], _: Book) -> Item:
    return Item(Tag.EXCEPTED, (items[-1],))


def _between(items: Sequence[Item], _: Book) -> Item:
    low, high, unit = items[0], items[2], items[3]
    least, most = (_length((number, unit), _).value[0] for number in (low, high))
    return Item(Tag.LASTING, (Stayed(least, most, or_equal=True),))


def _home(items: Sequence[Item], book: Book) -> Item:
    return Item(Tag.PLACE, (book.frame.home,), any(item.negated for item in items))


RULES: Final = (
    _rule("most leavers|member|they|people", lambda *_: Item(Tag.MAJORITY)),
    _rule("number and|to number year|month", _between),
    _rule("number year|month", _length),
    _rule("length and length", _sum),
    _rule("length length", _sum),
    _rule("more|less|at_least|at_most|longer|shorter length", _lasting),
    _rule("longer|shorter than length", lambda items, book: _lasting((items[0], items[2]), book)),
    _rule("length at_least|at_most", _lasting),
    _rule("title title", _title),
    _rule("leave or still|stay", _first),
    _rule("leave or he still|stay", _first),
    _rule("still or leave", _first),
    _rule("still or he leave", _first),
    _rule("topic people", _members),
    _rule("what organisation people", _place),
    _rule("organisation people", _place),
    _rule("person and|or|break person", _joined),
    _rule("person break and|or person", _joined),
    _rule("person person", _joined),
    _rule("same_time|same_year person", _same_time),
    _rule("who|member|people|list leave sooner|later person", _left_beside),
    _rule("organisation and|or organisation", _joined),
    _rule("organisation or at organisation", _joined),
    _rule("period and|or period", _joined),
    _rule("member|people at topic|organisation", _members),
    _rule("topic|organisation|number member", _members),
    _rule("author at|to topic", _members),
    _rule("author topic", _members),
    _rule("work_on topic", _members),
    _rule("member member", _members),
    _rule("member people", _members),
    _rule("topic member", _members),
    _rule("leave|departure from|at|to|with|member organisation|member|there|it|topic", lambda items, book: _left_home(items, book) if items[1].tag is not Tag.TO else None),
    _rule("leave|departure organisation|member|there|it", _left_home),
    _rule("leave to organisation", _left_for),
    _rule("leave|departure at organisation", _left_another),
    _rule("leave|departure organisation", _left_another),
    _rule("leave|departure from organisation", _left_another),
    _rule("go period", lambda items, _: Item(Tag.LEAVE, (Leaving(when=items[1].value),))),
    _rule("more|less|at_least|at_most number", lambda *_: Item(Tag.HOW_MANY)),
    _rule("organisation leave|departure", lambda items, book: _left_home((items[1], items[0]), book)),
    _rule("sooner|later period", _relative),
    _rule("leave|departure period", _left_when),
    _rule("period leave|departure", _left_when),
    _rule("leave to organisation", _left_for),
    _rule("go|join from organisation to organisation", _moved),
    _rule("from organisation to organisation", _moved),
    _rule("going leave|go|join|stay|lead|start|found|work", lambda *_: Item(Tag.FUTURE)),
    _rule("from topic", _members),
    _rule("from member|leavers|people|they|there", _last),
    _rule("with it|tenure|lasting|title|role|number|length|longest|shortest|unknown", _last),
    _rule("number at_least|at_most year|month", lambda items, book: _lasting((_length((items[0], items[2]), book), items[1]), book)),
    _rule("join|go at|to organisation", _came_home),
    _rule("join|go organisation", _came_home),
    _rule("going organisation", _place),
    _rule("leave organisation|place|there", _left_home),
    _rule("leave work organisation|there", _left_home),
    _rule("leave work at organisation|there", _left_home),
    _rule("later organisation|place|moved", _after_home),
    _rule("from organisation", _left_behind),
    _rule("found to|at|from organisation", _founding),
    _rule("found organisation", _founding),
    _rule("organisation found", _founding),
    _rule("found where", _founding),
    _rule("found", _founding),
    _rule("go|join|start number organisation", _to_in_digits),
    _rule("go|join|work|staff at|to|with organisation", _place),
    _rule("go|join|work organisation", _place),
    _rule("organisation staff", _place),
    _rule("at|to|with organisation", _place),
    _rule("organisation go|join|work", lambda items, book: None if items[0].value == (book.frame.home,) else _place(items, book)),
    _rule("work at there", _home),
    _rule("work there", _home),
    _rule("stay|tenure place|organisation", _staying_at),
    _rule("still work|at|stay|with place|there", _still_there),
    _rule("still work|stay", _first),
    _rule("still organisation|place|there", _still_there),
    _rule("still organisation|place", _last),
    _rule("except people|they|member|who|leavers|somebody person|place|moved|organisation|period|title|lasting|still|leave", _excepted),
    _rule("except person|place|moved|organisation|period|title|lasting|still|leavers|leave|founding", _excepted),
    _rule("not person|period", _excepted),
    _rule("not go|join|at place|moved", _contrary),
    _rule("not leave|place|moved|still|founding|lasting|title|stay", _contrary),
)  # fmt: skip
"""The grammar of neighbours. The first rules make the parts that later ones put together."""
