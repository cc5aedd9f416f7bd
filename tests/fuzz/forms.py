"""What a member writes into the form behind “Wrong?”, and what keepers are shown and handed of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import pytest
import yaml
from hypothesis import strategies as st

from bot.chat.suggesting import report
from bot.facts.model import LONGEST_TEXT
from bot.facts.reading import BookError, read_files
from bot.keeping.suggestions import LONGEST_ADDRESS, LONGEST_ANSWER, Suggestion, SuggestionError, check_address, draft
from tests.fuzz.pieces import IDENTIFIERS, anything, hostile, repeated, sent, sentences
from tests.fuzz.trying import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.chat.text import Reply

WHEN: Final = datetime(2025, 6, 1, tzinfo=UTC)
_part: Final = st.sampled_from(["http", "https", "://", ":", "/", "@", "www.", "example.org", "[::1]", "[", "]", ".", "?", "#", "a" * 64, "xn--", ":99999", "%00"])  # fmt: skip
_text: Final = st.one_of(sentences, repeated(hostile), hostile, anything).map(sent)
_address: Final = st.one_of(
    st.lists(_part | hostile, max_size=8).map("".join), st.builds("https://example.org/{}".format, _text), _text
).map(lambda text: sent(text)[: LONGEST_ADDRESS + 1])


def answer(written: tuple[str, str, str, str]) -> Iterator[Reply]:
    """Take a suggestion, or refuse its address; show it to keepers, and draft its YAML."""
    text, address, about, shown = written
    try:
        checked = check_address(address)
    except SuggestionError:
        checked = "https://example.org"
    suggestion = Suggestion(2**63 - 1, text[:LONGEST_TEXT], checked, about, shown[:LONGEST_ANSWER], 7, WHEN)
    yield report([suggestion])
    drafted = draft(suggestion)
    assert yaml.safe_load(drafted)["claims"]["suggestion-7"]["text"].split() == text[:LONGEST_TEXT].split()
    with pytest.raises(BookError):  # until somebody put the evidence where a TODO stands
        read_files({"draft.yaml": drafted.encode()}, "facts")


KIND: Final = Kind(st.tuples(_text, _address, st.sampled_from(["", *IDENTIFIERS]) | hostile.map(sent), _text), answer)
