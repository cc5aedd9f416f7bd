"""Busy and bad days at once, in a short form: `python -m bench.soak` is the long one."""

from __future__ import annotations

from bench.soak import soak


async def test_nothing_is_lost_and_nothing_said_twice() -> None:
    """900 questions while the gateway, the API and the book change under the bot's feet."""
    report = await soak(900, trouble=2, reload=4)
    assert len(report.asked) == 900, report
    assert report.faultless, report
    assert report.calls["identify"] > 1, report
    assert report.calls["resume"] > 1, report
    assert report.calls["reset"] > 1, report
    assert any(line.startswith("serving book") for line in report.lines), report
