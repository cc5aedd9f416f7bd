"""What may be asked next, once something is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.answers import answer
from bot.questions.model import At, EvidenceFor, Timeline, Where
from tests.asking import ask, edited

if TYPE_CHECKING:
    from pathlib import Path

    from bot.facts.book import Book
    from bot.questions.reader import Reader

SOURCE = "Source"
TIMELINE = "Timeline"


def related(message: str, reader: Reader) -> tuple[str, ...]:
    """What is offered under the answer to a message."""
    return tuple(choice.label for choice in ask(message, reader).related)


@pytest.mark.parametrize(
    ("message", "labels"),
    [
        ("!where bram", (TIMELINE, SOURCE, "Who else is at Byre and Sons?")),
        ("when did luc leave", (TIMELINE, SOURCE, "Who else is at Byre and Sons?")),
        (
            "!where jo ng",
            (
                TIMELINE,
                SOURCE,
            ),
        ),
        (
            "!where tomas vale",
            (
                TIMELINE,
                SOURCE,
            ),
        ),
        (
            "!evidence bram",
            (
                TIMELINE,
                "Who else is at Byre and Sons?",
            ),
        ),
        ("!at byre", ()),
        ("!about byre", ("Who is at Byre and Sons?",)),
        ("!left to byre", ("Who is at Byre and Sons?",)),
        ("!about great bell", (SOURCE,)),
        ("!evidence great bell", ("What is said about Great Bell?",)),
        ("!disputed", ()),
        ("!tenure", (TIMELINE,)),
        ("!left", (TIMELINE,)),
        ("!timeline", ()),
        ("!help", ()),
        ("!where quill", ()),
        ("!where zebediah", ()),
        ("hello", ()),
    ],
)
def test_what_is_related(reader: Reader, message: str, labels: tuple[str, ...]) -> None:
    """Where it stands, who else is there and what is said: what has an answer, and what was not just asked."""
    assert related(message, reader) == labels


def test_what_is_offered_is_answered(shipped: Book) -> None:
    """No button leads to nothing, whomever it is about; a place is offered once."""
    for person in shipped.people:
        found = answer(Where(person), shipped).related
        assert len({choice.question for choice in found}) == len(found) <= 3
        for choice in found:
            assert answer(choice.question, shipped).evidence


def test_who_is_alone_at_a_part_has_others_at_the_whole(reader: Reader) -> None:
    """The smallest place that somebody shares is offered, and none that they share with nobody."""
    assert related("!where soren", reader) == (TIMELINE, SOURCE, "Who else is at Auroch Works?")


def test_two_posts_at_one_place_offer_it_once(folder: Path) -> None:
    """Discord refuses two buttons that are the same."""
    post = """      - organisation: byre
        role: co-founder
        until: present
        evidence:
          - {source: gazette, span: [332, 370], digest: sha256-cfeb1da0270a7fbc}
"""
    book = edited(folder, (post, post + post.replace("co-founder", "sweeper")))
    assert [choice.question for choice in answer(Where("bram-quill"), book).related] == [
        Timeline(),
        EvidenceFor("bram-quill"),
        At("byre"),
    ]
