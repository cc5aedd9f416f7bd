import pytest

from bot.names.slips import slip


@pytest.mark.parametrize(
    ("typed", "meant", "sort"),
    [
        ("fergs", "fergus", "a letter lost"),
        ("ergus", "fergus", "the first letter lost"),
        ("ferguss", "fergus", "a letter doubled"),
        ("fergust", "fergus", "a letter put in"),
        ("freguss", "fergus", "two slips"),
        ("fregus", "fergus", "letters swapped"),
        ("efrgus", "fergus", "letters swapped"),
        ("dergus", "fergus", "another first letter"),
        ("fergas", "fergus", "another vowel"),
        ("fervus", "fergus", "another letter"),
        ("ferguson", "fergus", "two slips"),
        ("margaret", "fergus", "more slips"),
    ],
)
def test_a_slip_is_told_by_what_it_did_to_the_letters(typed: str, meant: str, sort: str) -> None:
    assert slip(typed, meant) == sort
