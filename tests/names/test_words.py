"""The lists that ship with the bot."""

from __future__ import annotations

import pytest

from bot.names.words import Lexicon, lexicon

FEW = {"ada": "f", "adam": "flw", "bell": "lW"}
MANY = {
    f"{first}{second}{third}o": first + second + third
    for first in "abcdefghij"
    for second in "klmnopqrstuvwxyz"
    for third in "aeiou"
}


@pytest.mark.parametrize("words", [FEW, MANY])
def test_a_lexicon_is_the_dictionary_that_it_was_made_of(words: dict[str, str]) -> None:
    """However many words it has: what is no word of it, but begins or goes on like one, has no kinds."""
    text = "\n".join(["", *(f"{word} {words[word]}" for word in sorted(words)), ""])
    made = Lexicon(text.encode())
    assert dict(made) == words
    assert len(made) == len(words)
    others = {"", " ", "a", "z", "{", "0", *(word[:-1] for word in words), *(word + "z" for word in words)} - set(words)
    assert not [word for word in others if word in made]


def test_the_shipped_lexicon_knows_names_and_words() -> None:
    """In order, as it is searched; a capital is for what is common."""
    words = list(lexicon())
    assert words == sorted(set(words))
    assert "F" in lexicon()["maria"]
    assert "w" in lexicon()["table"]
    assert "xqzzt" not in lexicon()
