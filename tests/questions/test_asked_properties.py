"""What holds of every question that may be asked of the book that the bot comes with."""

from __future__ import annotations

import re
import shutil
import unicodedata
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.answers import answer
from bot.answers.model import Status
from bot.chat.pages import pages
from bot.chat.text import reply
from bot.facts.dates import Date
from bot.facts.model import PRESENT, UNKNOWN
from bot.facts.reading import read_book
from bot.names.folding import fold
from bot.questions.lexicon import Tag, phrases
from bot.questions.reader import Reader
from bot.questions.retrieval import stems
from tests.conftest import SHIPPED
from tests.questions.asked import DAY, questions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from bot.answers.model import Answer
    from bot.facts.book import Book

ANSWERABLE: Final = tuple(asked.text for asked in questions("answerable"))
TELLS: Final = frozenset({Status.ANSWERED, Status.DISPUTED})
NOUNS: Final = (
    *("salary", "breakfast", "umbrella", "piano", "violin", "passport", "garage", "kitchen", "bicycle", "tractor"),
    *("lawyer", "dentist", "wedding", "divorce", "pension", "mortgage", "allergy", "tattoo", "sandwich", "pizza"),
    *("coffee", "cheese", "banana", "tomato", "potato", "garden", "balcony", "window", "ceiling", "carpet"),
    *("blanket", "pillow", "mattress", "bathroom", "hamster", "puppy", "kitten", "parrot", "dolphin", "elephant"),
    *("penguin", "volcano", "glacier", "waterfall", "jungle", "island", "beach", "lighthouse", "submarine", "chess"),
    *("helicopter", "parachute", "skateboard", "football", "poker", "cucumber", "bakery", "tennis", "opera", "zebra"),
)
"""Words that no fact has and that mean nothing in a question."""
MISTAKEN: Final = (
    "how long was tim motorbike lacroix there",
    "how long was goldfish tim lacroix there",
    "how long was tim lacroix trampoline there",
    "is haircut rob fergus back at meta",
    "giraffe edouard left when",
    "“where is Édouard giraffe Grave now?”",
)
"""Questions with an unknown word beside a name, for a mistyped part of which it is taken."""
LONGEST: Final = 2000


def asked(text: str, reader: Reader) -> Answer | None:
    """The answer to a message; none where the bot keeps silent."""
    reading = reader.message(text)
    return answer(reading.question, reader.book) if reading else None


def test_the_nouns_are_in_no_fact_and_no_phrase(shipped: Book) -> None:
    """What the next test adds is unknown: no claim, role or name has it, and no list of words."""
    texts = [text for claim in shipped.claims.values() for text in (claim.text, *claim.keywords)]
    texts += [stint.role or "" for person in shipped.people.values() for stint in person.stints]
    texts += [form for entity in shipped.entities.values() for form in (entity.name, *entity.aliases)]
    known = frozenset().union(*map(stems, texts), *(stems(found) for listed in phrases().values() for found in listed))
    assert len(set(NOUNS)) == 60
    assert not [noun for noun in NOUNS if stems(noun) & known]


@settings(deadline=None, max_examples=400)
@given(st.sampled_from(ANSWERABLE), st.sampled_from(NOUNS), st.integers(0, 30))
def test_an_unknown_word_is_never_passed_over(shipped_reader: Reader, text: str, noun: str, place: int) -> None:
    """A question with a word more, anywhere in it, that nothing explains, gets no answer that tells something."""
    words = text.split()
    at = place % (len(words) + 1)
    found = asked(" ".join([*words[:at], noun, *words[at:]]), shipped_reader)
    assert found is None or found.status not in TELLS


@pytest.mark.parametrize("text", MISTAKEN)
def test_an_unknown_word_beside_a_name_is_no_part_of_it(shipped_reader: Reader, text: str) -> None:
    """No more than any other word is one beside a name passed over."""
    found = asked(text, shipped_reader)
    assert found is None or found.status not in TELLS


# Whoever is meant

INVENTED: Final = (
    *("Orvik Brandlemoor", "Hesper Quistofal", "Jorund Wexelby", "Plim-Odda Threnshaw", "Cassiver Umbrecht"),
    *("Dovrin Yarloop", "Fenwickor Stavrin", "Gwendrith Ostobar", "Ilmo Kresswyn", "Lutho Pernambuck"),
    *("Mirabo Zandervolt", "Nuvio Haxtonby", "Ruvo Chelmidor", "Sybor Ekwandu", "Tavish Lorrikeen", "Vorla Dunkwith"),
)
"""New names, one for each person, of as many words as the old ones."""


def plain(text: str) -> str:
    """A text without accents, in small letters."""
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)).casefold()


class Renamed:
    """A book whose people all have other names, and questions about them."""

    def __init__(self, book: Book, folder: Path) -> None:
        shutil.copytree(SHIPPED, folder)
        self.parts: dict[str, str] = {}
        for person, name in zip(book.people.values(), INVENTED, strict=True):
            new = re.split(r"[ -]", name)
            for form in (person.name, *person.aliases):
                old = re.split(r"[ -]", form)
                self.parts |= {plain(part): other for part, other in zip(old, new, strict=True)}
        self._part = re.compile(rf"(?<!\w)(?:{'|'.join(self.parts)})(?!\w)", re.IGNORECASE)
        for file in folder.glob("*.yaml"):
            text = file.read_text("utf-8")
            forms = sorted(
                {form for person in book.people.values() for form in self._forms(person.name, *person.aliases)},
                key=len,
                reverse=True,
            )
            pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!\w)")
            file.write_text(pattern.sub(lambda found: self._other(found.group()), text), "utf-8")
        self.reader = Reader(read_book(folder), "!")

    @staticmethod
    def _forms(*names: str) -> set[str]:
        """Names, their last parts, and their slugs."""
        return {form for name in names for form in (name, name.split()[-1], plain(name).replace(" ", "-"))}

    def _other(self, form: str) -> str:
        words = re.split(r"([ -])", form)
        other = "".join(self.parts.get(plain(word), word) for word in words)
        return other.casefold() if form.islower() else other

    def question(self, text: str) -> str:
        """A question about the people of the new names."""
        return self._part.sub(lambda found: self.parts[found.group().casefold()], plain(text))

    def names_all(self, text: str, reader: Reader) -> bool:
        """Whether all names in a text are typed as they are written, so that another name can stand in each place."""
        tagger = reader.understander._tagger  # noqa: SLF001 - what was read as a name is told nowhere else
        named = [span for span in tagger.spans(plain(text)) if any(m.tag is Tag.PERSON for m in span.meanings)]
        return all(self.parts.keys() >= set(span.words) for span in named)


@pytest.fixture(scope="module")
def renamed(shipped: Book, tmp_path_factory: pytest.TempPathFactory) -> Renamed:
    """The book that the bot comes with, with other names in it."""
    return Renamed(shipped, tmp_path_factory.mktemp("renamed") / "facts")


def test_all_names_are_other_ones(shipped: Book, renamed: Renamed) -> None:
    """Nothing in the renamed book has an old name."""
    text = " ".join(f"{entity.name} {' '.join(entity.aliases)}" for entity in renamed.reader.book.people.values())
    assert not set(renamed.parts) & set(fold(text).split())
    assert [len(person.stints) for person in renamed.reader.book.people.values()] == [
        len(person.stints) for person in shipped.people.values()
    ]
    claims = " ".join(claim.text for claim in renamed.reader.book.claims.values())
    surnames = {fold(person.name).split()[-1] for person in shipped.people.values()}
    assert not surnames & set(fold(claims).split())


def shape(found: Answer | None) -> object:
    """The kind of an answer, and how much it has of what."""
    if found is None or found.status is Status.NOT_UNDERSTOOD:
        return found and found.status  # whoever is spelled alike is offered, and that is another one by another name
    sections = [len(section.lines) for section in found.sections]
    return found.status, sections, len(found.notes), len(found.choices), len(found.evidence)


def test_who_is_called_what_makes_no_difference(shipped_reader: Reader, renamed: Renamed) -> None:
    """No rule serves a name: every answer has the same shape when all people have other names."""
    texts = [text for text in ANSWERABLE if renamed.names_all(text, shipped_reader)]
    assert len(texts) > 250
    shapes: Mapping[str, object] = {text: shape(asked(plain(text), shipped_reader)) for text in texts}
    others = {text: shape(asked(renamed.question(text), renamed.reader)) for text in texts}
    assert {
        text: (shapes[text], others[text], renamed.question(text)) for text in texts if shapes[text] != others[text]
    } == {}


# Both sides of "and"

CONDITIONS: Final = ("left in 2023", "went to mistral", "stayed longer than 5 years", "are at cohere", "left before june 2023", "founded mistral", "did not go to google")  # fmt: skip
PEOPLE: Final = ("lample", "lacroix", "goyal", "touvron", "azhar", "rozière", "marie-anne lachaux", "hambro")
ABOUT: Final = ("when did {} and {} leave", "where are {} and {}", "how long were {} and {} there", "who stayed longer, {} or {}", "{} and {}")  # fmt: skip


@settings(deadline=None)
@given(st.sampled_from(CONDITIONS), st.sampled_from(CONDITIONS), st.sampled_from(["who", "how many", "list those who"]))
def test_the_order_of_two_conditions_makes_no_difference(
    shipped_reader: Reader, one: str, other: str, ask: str
) -> None:
    """Who did this and that did that and this: the same people are meant, and the same cannot be told."""
    found = asked(f"{ask} {one} and {other}", shipped_reader)
    turned = asked(f"{ask} {other} and {one}", shipped_reader)
    assert found
    assert turned
    assert found.status is turned.status
    assert listed(found, shipped_reader.book) == listed(turned, shipped_reader.book)


def listed(found: Answer, book: Book) -> dict[str, set[str]]:
    """Who stands under each title of an answer."""
    names = [person.name for person in book.people.values()]
    people = {part.title: {name for name in names for line in part.lines if name in line} for part in found.sections}
    return {title: named for title, named in people.items() if named}


def test_what_is_said_once_is_told_once(shipped_reader: Reader) -> None:
    """“Those who left in 2023 and went to Mistral” left once, in 2023."""
    found = asked("list those who left in 2023 and went to mistral", shipped_reader)
    assert found
    assert found.text.count("2023") == 1


@settings(deadline=None)
@given(st.sampled_from(ABOUT), st.lists(st.sampled_from(PEOPLE), min_size=2, max_size=2, unique=True))
def test_the_order_of_two_people_makes_no_difference(shipped_reader: Reader, about: str, people: list[str]) -> None:
    """Of two people the same is said, whoever is named first."""
    one, other = asked(about.format(*people), shipped_reader), asked(about.format(*reversed(people)), shipped_reader)
    assert one
    assert other
    assert one.status is other.status is not Status.NOT_UNDERSTOOD
    assert said(one) == said(other)


def said(found: Answer) -> list[str]:
    """All that an answer says, in no order."""
    return sorted(
        [found.text, *found.notes, *(line for section in found.sections for line in (section.title, *section.lines))]
    )


# Dates and lengths, counted anew


@settings(deadline=None)
@given(
    st.sampled_from(["in", "before", "after", "since", "by"]),
    st.integers(2022, 2025),
    st.none() | st.integers(1, 12),
    st.none() | st.sampled_from(["mistral", "cohere", "google"]),
)
def test_who_left_in_any_time_is_who_the_book_has(
    shipped_reader: Reader, word: str, year: int, month: int | None, place: str | None
) -> None:
    """Whoever surely left in a time, and to a place, is listed, whoever may have is apart, and nobody else is."""
    book = shipped_reader.book
    when = f"{year}-{month:02}" if month else f"{year}"
    time = Date.parse(when).span
    first, last = {
        "in": (time.first, time.last),
        "before": (date.min, time.first - timedelta(days=1)),
        "after": (time.last + timedelta(days=1), date.max),
        "since": (time.first, date.max),
        "by": (date.min, time.last),
    }[word]
    if first > date(2025, 5, 26):
        return
    sure: set[str] = set()
    unsure: set[str] = set()
    for person in book.cohort:
        ends = [stint.end.span for stint in person.stints if stint.organisation == "meta" and stint.end]
        now = [stint.organisation for stint in person.stints if stint.until == PRESENT]
        there = place is None or any(place in org for org in now)
        if not ends or (not there and now and UNKNOWN not in now):
            continue
        if first <= ends[0].first and ends[0].last <= last:
            (sure if there else unsure).add(person.name)
        elif ends[0].first <= last and first <= ends[0].last:
            unsure.add(person.name)
    found = asked(f"who left {word} {when}{f' and went to {place}' if place else ''}", shipped_reader)
    assert found
    named = listed(found, book)
    assert (named.get("", set()), named.get("Cannot tell", set())) == (sure, unsure)


@settings(deadline=None)
@given(
    st.sampled_from(["more than", "at least", "less than", "at most", "longer than"]),
    st.integers(1, 9),
    st.none() | st.integers(1, 11),
)
def test_who_stayed_any_length_is_who_the_book_has(
    shipped_reader: Reader, word: str, years: int, months: int | None
) -> None:
    """Whoever stayed so long is listed, and whoever's length no source gives is apart."""
    book = shipped_reader.book
    asked_for = years * 12 + (months or 0)
    holds: Mapping[str, Callable[[int], bool]] = {
        "more than": lambda length: length > asked_for,
        "longer than": lambda length: length > asked_for,
        "at least": lambda length: length >= asked_for,
        "less than": lambda length: length < asked_for,
        "at most": lambda length: length <= asked_for,
    }
    lengths = {
        person.name: [stint.lasted.months for stint in person.stints if stint.organisation == "meta" and stint.lasted]
        for person in book.cohort
    }
    extra = f" and {months} months" if months else ""
    found = asked(f"who stayed {word} {years} years{extra}", shipped_reader)
    assert found
    named = listed(found, book)
    assert named.get("", set()) == {name for name, known in lengths.items() if known and holds[word](sum(known))}
    assert named.get("Cannot tell", set()) == {name for name, known in lengths.items() if not known}


# Any text

WORDS: Final = (
    *sorted({found for listed in phrases().values() for found in listed[:8]}),
    *("lample", "goyal", "mistral", "meta", "llama 4", "2023", "in june 2023", "between", "5", "14"),
    *("?", ".", ",", "@everyone", "<@1>", "**", "`"),
)


@settings(deadline=None, max_examples=200)
@given(
    st.text(max_size=LONGEST)
    | st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
    | st.tuples(st.text(min_size=1, max_size=40), st.integers(1, 400)).map(lambda pair: (pair[0] * pair[1])[:LONGEST])
    | st.lists(st.sampled_from(ANSWERABLE), max_size=30).map(lambda texts: " ".join(texts)[:LONGEST])
)
@example("and " * 500)
@example("lample " * 285)
@example("left 2023 " * 200)
@example("who left, " * 200)
@example("not " * 500)
def test_any_text_is_answered_within_discords_limits(shipped_reader: Reader, text: str) -> None:
    """No message of any words raises, pings or is too long in its answer."""
    reading = shipped_reader.message(text)
    if reading is None:
        return
    found = reply(reading, shipped_reader, DAY)
    assert found.text
    for page in pages(found, embeds=False):
        assert len(page["content"] or "") <= LONGEST
        assert not re.search(r"@(everyone|here)|<[@#]", page["content"] or "")
    for page in pages(found, embeds=True):
        embed = page["embed"]
        assert embed
        assert len(embed) <= 6000
        assert len(embed.fields) <= 25
    assert len(found.choices) <= 25
