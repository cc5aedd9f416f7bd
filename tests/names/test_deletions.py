"""Words found by what is left of them."""

import subprocess
import sys

from bot.names.deletions import Deletions

WORDS = ("lacroix", "lample", "roziere")


def test_a_word_is_found_by_one_that_is_two_slips_away() -> None:
    """Each loses two letters at most, and then both are alike."""
    near = Deletions(WORDS, 2).near
    assert [WORDS[at] for typed in ("lampel", "rosieres", "lacrwax") for at in near(typed)] == [
        "lample",
        "roziere",
        "lacroix",
    ]
    assert not len(near("wexler"))


def test_every_process_finds_alike() -> None:
    """Python salts `hash(str)` anew in each: what met by chance would differ from one run to the next."""
    code = "from bot.names.deletions import _left; print(sorted(_left('lample', 2)))"
    told = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True, text=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
