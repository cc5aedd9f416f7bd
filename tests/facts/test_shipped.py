from __future__ import annotations

from statistics import mean
from typing import TYPE_CHECKING

import pytest

from bot.facts.book import is_current
from bot.facts.dates import Date, Duration
from bot.facts.model import UNKNOWN, Described
from bot.facts.presence import Truth, current_stints, departure, derived_start, matches, was_there

if TYPE_CHECKING:
    from bot.facts.book import Book
    from bot.facts.model import Stint

STILL_THERE = {"hugo-touvron", "xavier-martinet", "faisal-azhar"}
LEFT = {
    "naman-goyal": ("2025-02", "P6Y7M"),
    "baptiste-roziere": ("2024-08", "P5Y1M"),
    "aurelien-rodriguez": ("2024-07", "P2Y7M"),
    "eric-hambro": ("2023-11", "P3Y3M"),
    "timothee-lacroix": ("2023-06", "P8Y5M"),
    "marie-anne-lachaux": ("2023-06", "P5Y"),
    "thibaut-lavril": ("2023-06", "P4Y5M"),
    "armand-joulin": ("2023-05", "P8Y8M"),
    "gautier-izacard": ("2023-03", "P3Y2M"),
    "edouard-grave": ("2023-02", "P7Y2M"),
    "guillaume-lample": ("2023-01/2023-04", "P7Y"),
}
NOW_AT = {
    "mistral": {
        "guillaume-lample",
        "timothee-lacroix",
        "baptiste-roziere",
        "marie-anne-lachaux",
        "thibaut-lavril",
    },
    "cohere": {"aurelien-rodriguez"},
    "anthropic": {"eric-hambro"},
    "google-deepmind": {"armand-joulin"},
    "microsoft-ai": {"gautier-izacard"},
    "kyutai": {"edouard-grave"},
    "meta": STILL_THERE,
    "unknown": {"naman-goyal"},
    "fair": {"robert-fergus"},
}


def left(book: Book, who: str) -> Stint:
    """The stint with which somebody left."""
    gone = departure(book, book.people[who])
    assert gone is not None
    return gone.stint


def test_fourteen_authors(shipped: Book) -> None:
    """Of the fourteen authors, three are still at Meta and eleven left, and nobody is both or neither."""
    assert shipped.frame.home == "meta"
    assert len(shipped.cohort) == len(set(shipped.frame.cohort.members)) == 14
    assert {person.id for person in shipped.cohort if departure(shipped, person)} == LEFT.keys()
    assert {
        person.id for person in shipped.cohort if current_stints(shipped.stints_within(person, "meta"))
    } == STILL_THERE
    assert set(shipped.frame.cohort.members) == STILL_THERE | LEFT.keys()


@pytest.mark.parametrize(("who", "until", "lasted"), [(who, *times) for who, times in LEFT.items()])
def test_leavers(shipped: Book, who: str, until: str, lasted: str) -> None:
    """Each leaver has the month and the length that the list gives, at Meta itself, and no start written down."""
    stint = left(shipped, who)
    assert isinstance(stint.until, Date)
    assert (stint.organisation, stint.until.edtf, stint.lasted) == ("meta", until, Duration.parse(lasted))
    assert stint.since is None
    assert derived_start(stint) is not None


def test_now_at(shipped: Book) -> None:
    """Everybody has one present place, the one that the sources name, or the unknown."""
    found = {
        place: {p.id for p in shipped.people.values() if [s.organisation for s in current_stints(p.stints)] == [place]}
        for place in (*shipped.organisations, UNKNOWN)
    }
    assert {place: people for place, people in found.items() if people} == NOW_AT


@pytest.mark.parametrize(
    ("who", "role"),
    [
        ("guillaume-lample", "co-founder"),
        ("timothee-lacroix", "co-founder"),
        ("baptiste-roziere", "AI Scientist"),
        ("marie-anne-lachaux", "Founding Member and AI Research Engineer"),
        ("thibaut-lavril", "AI Research Engineer"),
        ("aurelien-rodriguez", "Director, Foundation Model Training"),
        ("eric-hambro", "Member of Technical Staff"),
        ("armand-joulin", "Distinguished Scientist"),
        ("gautier-izacard", "Technical Staff"),
        ("edouard-grave", "Research Scientist"),
        ("hugo-touvron", "research scientist"),
        ("xavier-martinet", "research engineer"),
        ("faisal-azhar", "technical program leader"),
        ("naman-goyal", UNKNOWN),
    ],
)
def test_roles(shipped: Book, who: str, role: str) -> None:
    """Each author's present role is the source's, word for word as a title is."""
    assert [stint.role for stint in current_stints(shipped.people[who].stints)] == [role]


def test_lample_left_early(shipped: Book) -> None:
    """Lample left in "early 2023", which is surely 2023, and surely no month of it."""
    until = left(shipped, "guillaume-lample").until
    assert isinstance(until, Date)
    assert (str(until), until.imprecise) == ("early 2023", True)
    assert matches(Date.parse("2023").span, until) is Truth.YES
    months = [matches(Date.parse(f"2023-{month:02}").span, until) for month in range(1, 13)]
    assert months == [Truth.CANNOT_TELL] * 4 + [Truth.NO] * 8
    assert [p.id for p in shipped.cohort if (gone := departure(shipped, p)) and gone.on.imprecise] == [
        "guillaume-lample"
    ]


def test_nobody_left_in_january(shipped: Book) -> None:
    """The first exits are put at January 2023, and no author is said to be one of them."""
    assert str(shipped.claims["exits-from-january-2023"].date) == "January 2023"
    ends = [left(shipped, who).until for who in LEFT]
    january = Date.parse("2023-01").span
    assert [end for end in ends if isinstance(end, Date) and matches(january, end) is Truth.YES] == []


def test_goyal(shipped: Book) -> None:
    """Goyal left in February 2025, on a day that is not said, for a place that is not said."""
    goyal = shipped.people["naman-goyal"]
    assert [(stint.organisation, stint.role) for stint in current_stints(goyal.stints)] == [(UNKNOWN, UNKNOWN)]
    truths = [
        was_there(shipped, goyal, "meta", Date.parse(on).span) for on in ("2025-01", "2025-02", "2025-02-14", "2025-03")
    ]
    assert truths == [Truth.YES, Truth.CANNOT_TELL, Truth.CANNOT_TELL, Truth.NO]


@pytest.mark.parametrize("who", ["joelle-pineau", "robert-fergus"])
def test_heads_of_fair(shipped: Book, who: str) -> None:
    """The heads of FAIR are in the book and no authors, and nobody says that either has left Meta."""
    person = shipped.people[who]
    assert person not in shipped.cohort
    assert departure(shipped, person) is None
    assert shipped.stints_within(person, "meta")


def test_pineau(shipped: Book) -> None:
    """Pineau led FAIR for eight years and announced in April 2025 that she steps down; from when is not said."""
    (stint,) = shipped.people["joelle-pineau"].stints
    assert (stint.organisation, stint.until, stint.lasted) == ("fair", UNKNOWN, Duration.parse("P8Y"))
    assert str(shipped.claims["pineau-steps-down"].date) == "April 2025"


def test_fergus(shipped: Book) -> None:
    """Fergus co-founded FAIR in 2014, was at DeepMind for five years, and came back in May 2025."""
    told = [(s.organisation, str(s.since), str(s.until), str(s.lasted)) for s in shipped.people["robert-fergus"].stints]
    assert told == [
        ("fair", "2014", UNKNOWN, "None"),
        ("google-deepmind", UNKNOWN, UNKNOWN, "5 years"),
        ("fair", "May 2025", "present", "None"),
    ]


def test_whole_and_parts(shipped: Book) -> None:
    """FAIR is part of Meta and DeepMind part of Google; nothing else is part of anything."""
    parts = {o.id: o.part_of for o in shipped.organisations.values() if o.part_of}
    assert parts == {"fair": "meta", "google-deepmind": "google"}


def test_open_or_closed(shipped: Book) -> None:
    """Whether Llama is open is disputed: one source says closed, the other says open."""
    closed = shipped.claims["llama-closed-source"]
    assert closed.stance == "closed"
    assert {(claim.id, claim.stance) for claim in shipped.disputing(closed)} == {("llama-open-source", "open")}
    sides = [pair for pair in shipped.disputes if any("openness" in claim.about for claim in pair)]
    assert all(closed in pair for pair in sides)
    assert [source.id for source in shipped.cited(closed.evidence)] == ["llama-rivalry"]
    assert [source.id for source in shipped.cited(shipped.claims["llama-open-source"].evidence)] == ["business-insider"]


def test_disputes_have_sides(shipped: Book) -> None:
    """Claims that dispute each other have different stances, share a topic, and rest on different passages."""
    assert shipped.disputes
    for one, other in shipped.disputes:
        assert one.stance
        assert other.stance
        assert one.stance != other.stance
        assert set(one.about) & set(other.about)
        assert not set(one.evidence) & set(other.evidence)


def test_undated_source(shipped: Book) -> None:
    """The source without a date names no person: nothing that rests on it alone is about one, and no stint cites it."""
    source = shipped.sources["llama-rivalry"]
    assert (source.published, source.publisher) == (UNKNOWN, UNKNOWN)
    cited = {
        s.id for person in shipped.people.values() for stint in person.stints for s in shipped.cited(stint.evidence)
    }
    assert cited == {"business-insider"}
    for claim in shipped.claims.values():
        if source in shipped.cited(claim.evidence):
            assert not set(claim.about) & shipped.people.keys(), claim.id
            assert claim.date is None, claim.id


def test_dated_source(shipped: Book) -> None:
    """Everything that goes on does so as of 26 May 2025; what comes after, no source can know."""
    for person in shipped.people.values():
        for stint in current_stints(person.stints):
            assert str(shipped.as_of(stint.evidence)) == "26 May 2025"
    published = shipped.sources["business-insider"].published
    assert isinstance(published, Date)
    dates = [claim.date for claim in shipped.claims.values() if claim.date]
    dates += [
        when for p in shipped.people.values() for s in p.stints for when in (s.since, s.until) if isinstance(when, Date)
    ]
    assert all(when.span.first <= published.span.last for when in dates)


def test_everything_has_evidence(shipped: Book) -> None:
    """Every stint and claim, the cohort, and whatever is said of an organisation or topic has evidence."""
    stints = [stint.evidence for person in shipped.people.values() for stint in person.stints]
    claims = [claim.evidence for claim in shipped.claims.values()]
    entities = [e.evidence for e in shipped.entities.values() if isinstance(e, Described) and e.needs_evidence]
    assert len(stints + claims + entities) > 100
    assert all(stints + claims + entities)
    assert shipped.frame.cohort.evidence


def test_same_span_same_digest(shipped: Book) -> None:
    """A passage that is cited in several places has one digest in all of them."""
    digests: dict[tuple[str, tuple[int, int]], set[str]] = {}
    stints = [stint.evidence for person in shipped.people.values() for stint in person.stints]
    claims = [claim.evidence for claim in shipped.claims.values()]
    for cited in (*stints, *claims, shipped.frame.cohort.evidence):
        for evidence in cited:
            digests.setdefault((evidence.source, evidence.span), set()).add(evidence.digest)
    assert {len(found) for found in digests.values()} == {1}


def test_everybody_has_stints(shipped: Book) -> None:
    """Nobody is in the book without a stint at its home or a part of it."""
    for person in shipped.people.values():
        assert shipped.stints_within(person, "meta"), person.id


def test_nothing_computed(shipped: Book) -> None:
    """What can be computed is not written down: no stint has start, end and length at once."""
    for person in shipped.people.values():
        for stint in person.stints:
            known = [stint.since, None if is_current(stint) else stint.until, stint.lasted]
            assert sum(isinstance(value, Date | Duration) for value in known) < 3, person.id


def test_average_tenure(shipped: Book) -> None:
    """The leavers' lengths bear out what the source says of their average."""
    lengths = [lasted.months for who in LEFT if (lasted := left(shipped, who).lasted)]
    assert len(lengths) == 11
    assert 5 * 12 < mean(lengths) < 6 * 12


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("timothee-lacroix", "Timothée Lacroix"),
        ("baptiste-roziere", "Baptiste Rozière"),
        ("aurelien-rodriguez", "Aurélien Rodriguez"),
        ("edouard-grave", "Edouard Grave"),
        ("joelle-pineau", "Joelle Pineau"),
    ],
)
def test_accents(shipped: Book, who: str, name: str) -> None:
    """Names carry the accents that the source gives them, and no others."""
    assert shipped.people[who].name == name


def test_claims_are_found(shipped: Book) -> None:
    """Every topic is described or has claims, so that whoever asks about it is told something."""
    for topic in shipped.topics.values():
        assert topic.description or shipped.claims_about(topic.id), topic.id


def test_without_documents(shipped: Book) -> None:
    """The book comes without the articles, and names the file of each for who has it."""
    assert shipped.documents == {}
    assert all(source.document and source.sha256 for source in shipped.sources.values())
