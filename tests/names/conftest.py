"""Names of people who are in no book."""

from __future__ import annotations

import pytest

from bot.names.index import Kind, Named, NameIndex

PEOPLE = (
    "Žofie Łuc", "Søren Ærø", "Ada Quill", "Bram Quill", "Jo Ng", "Tomas Vale", "Marie-Claire Desrosiers", "Katarzyna Wójcik",
    "Étienne Beauchamp", "Robert Whitaker", "Mehmet Yıldız", "Nikolai Petrenko", "Anne van der Berg", "Giulia Ferrante",
)  # fmt: skip
OTHERS = (
    ("works", Kind.ORGANISATION, "Auroch Works", ("Auroch",)),
    ("bell", Kind.TOPIC, "Great Bell", ()),
    ("almanac", Kind.SOURCE, "The Almanac", ()),
    ("fair", Kind.ORGANISATION, "FAIR", ()),
)


def people(*names: str) -> list[Named]:
    """People of these names."""
    return [Named(f"#{place}", Kind.PERSON, name) for place, name in enumerate(names)]


@pytest.fixture(scope="session")
def index() -> NameIndex:
    """People, organisations, topics and sources of one book."""
    return NameIndex([*people(*PEOPLE), *(Named(*other) for other in OTHERS)])
