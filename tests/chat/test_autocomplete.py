"""Completing names in slash commands."""

from __future__ import annotations

import pytest

from tests.chat.conftest import World, flat


@pytest.mark.parametrize(
    ("command", "option", "typed", "expected"),
    [
        ("where", "person", "zof", "Žofie Łuc"),
        ("where", "person", "zfoi", "Žofie Łuc"),
        ("who", "person", "aero", "Søren Ærø"),
        ("at", "organisation", "by", "Byre and Sons"),
        ("left", "to", "hyalo", "Hayloft"),
        ("about", "topic", "litle", "Little Bell"),
        ("sources", "source", "alm", "The Almanac"),
    ],
)
async def test_forgives_typos_and_accents(world: World, command: str, option: str, typed: str, expected: str) -> None:
    """What is typed completes to a name of the right kind."""
    offered = await world.member.autocomplete(world.channel, command, option, typed)
    assert offered[0]["name"] == expected


async def test_offers_everybody_before_anything_is_typed(world: World) -> None:
    """An empty option lists all of its kind, in the book's order, at most 25."""
    offered = await world.member.autocomplete(world.channel, "where", "person", "")
    assert [choice["name"] for choice in offered] == [person.name for person in world.bot.reader.book.people.values()]


async def test_an_offered_name_is_exactly_understood(world: World) -> None:
    """Choosing what was offered names that one and asks nothing back, though a namesake is in the book."""
    (offered, *_) = await world.member.autocomplete(world.channel, "where", "person", "bram")
    result = await world.member.slash(world.channel, "where", person=offered["value"])
    assert result.response
    assert "Bram Quill is at Byre and Sons" in flat(result.response)
    assert "→" not in flat(result.response)
