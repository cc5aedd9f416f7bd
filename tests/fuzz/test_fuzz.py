"""A short run of every kind of input; `uv run python -m tests.fuzz` is the long one."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from bot.chat.text import Reply
from tests.fuzz.custom_ids import answer
from tests.fuzz.kinds import KINDS
from tests.fuzz.trying import ANSWERING, READING, assert_sendable

SHORT = {ANSWERING: 400, READING: 100}
"""Inputs of a kind, by how long one may take."""


@pytest.mark.parametrize("name", KINDS)
def test_whatever_is_sent_is_answered_well(name: str) -> None:
    """Nothing that a member or a keeper sends raises, is answered beyond Discord's limits, pings, or takes too long."""
    kind = KINDS[name]

    @settings(max_examples=SHORT[kind.longest], deadline=None, suppress_health_check=[*HealthCheck])
    @given(kind.inputs)
    def attempt(value: object) -> None:
        assert kind.attempt(value) <= kind.longest

    attempt()


@pytest.mark.parametrize("text", ["@everyone", "<@123456789012345678>", "||x||", "[x](https://evil.example)"])
def test_what_would_ping_or_hide_is_seen(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The run finds a bot that repeats what was typed as it was typed."""
    assert_sendable(Reply("", text))
    monkeypatch.setattr("bot.chat.pages.escape", str)
    with pytest.raises(AssertionError):
        assert_sendable(Reply("", text))


def test_whose_stay_nobody_knows_comes_last() -> None:
    """An alternative to how long somebody stayed may hold of who has no length; a run found that this raised."""
    list(answer("7fffffffffffffff:7:9b60:R1,0,|Y11,)11,)1,)K);)352811,eric-hambro"))
