"""What inputs are put together of: the words of the grammar and the names of the book, slips in both, and signs that mean ill."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from bot.questions.lexicon import phrases
from tests.fuzz.trying import shipped
from tests.questions.asked import KINDS, questions

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

LONGEST: Final = 6000
"""Characters of an option of a slash command; a message has 4,000 at most."""

_BOOK: Final = shipped().book
IDENTIFIERS: Final = (*_BOOK.entities, *_BOOK.claims)
NAMES: Final = tuple(
    dict.fromkeys(
        form for item in _BOOK.entities.values() for form in (item.name, *item.aliases, *item.name.split(), item.id)
    )
)
PHRASES: Final = tuple(sorted({phrase for listed in phrases().values() for phrase in listed}))
ASKED: Final = tuple(asked.text for kind in KINDS for asked in questions(kind))

HOSTILE: Final = (
    *("@everyone", "@here", "<@123456789012345678>", "<@&123456789012345678>", "<#123456789012345678>", "<@", "@"),
    *("<:bell:123456789012345678>", "</where:123456789012345678>", "<t:0:R>", "<id:home>", "<https://evil.example>"),
    *("[text](https://evil.example)", "https://evil.example/a_b*c||d](e", "https://", "discord.gg/evil"),
    *("`", "``", "```", "```py\nx", "*", "**", "_", "__", "~~", "||", "> ", ">>> ", "# ", "-# ", "- ", "1. ", "\\", "\\\\"),
    *("!", "!where", "!ask", "!help", "!left", "!stillat", "/where", "!!", "help", "ask"),
    *("\0", "\x1b[31m", "\n", "\r\n", "\t", "\u2028", "\u200b", "\u200d", "\u202e", "\ufeff", "\ufffe", "\ud800", "\udc00"),
    *("ß", "İ", "ﬃ", "﷽", "ﷺ", "e\u0301\u0301\u0301", "ʼ", "´", "’", "“", "”", "—", "–", "…", "‰", "𝒻", "Ⓐ", "½", "①"),
    *("😀", "👩‍👩‍👧", "🇫🇷", "漢字", "ラマ", "Ламп", "ლამპლ", "أحمد", "लामा", "٢٠٢٣", "²⁰²³", "２０２３", "ᚠ"),
    *("", " ", ",", ";", ".", ":", "?", "!?", "(", ")", "[", "]", "{", "}", "{home}", "{0}", "%", "%s", "%2c", "&", "|", "+"),
    *("0", "-1", "1e9", "nan", "null", "true", "99999999999999999999", "0000", "9999", "١", "' OR 1=1 --", "../..", "$(ls)"),
)  # fmt: skip
"""What pings, formats, links, hides, turns or breaks something somewhere."""

MONTHS: Final = ("january", "Feb", "mar.", "june", "Sept", "décembre", "may", "13", "0", "00", "6", "12")
YEARS: Final = ("2023", "23", "'23", "1", "0000", "0001", "9999", "10000", "2025", "٢٠٢٣", "1000", "2999", "02023")
DAYS: Final = ("1", "1st", "31", "30th", "29", "0", "00", "32", "3rd")
BEFORE: Final = ("in", "before", "after", "since", "between", "by the end of", "until", "from", "early", "the first half of", "q1", "last", "this", "prior to the", "summer of", "as of")  # fmt: skip
MARKS: Final = ("-", "/", ".", " ", ", ", "–", " to ", " and ", "~", "?", " of ", "", "T", ":")

names: SearchStrategy[str] = st.sampled_from(NAMES)
hostile: SearchStrategy[str] = st.sampled_from(HOSTILE)
anything: SearchStrategy[str] = st.text(max_size=20) | st.text(st.characters(), max_size=6)
"""Any characters, and any half of a surrogate pair."""
times: SearchStrategy[str] = st.lists(
    st.one_of(*map(st.sampled_from, (BEFORE, MONTHS, YEARS, DAYS, MARKS))) | hostile, min_size=1, max_size=8
).flatmap(lambda parts: st.sampled_from(["", " "]).map(lambda mark: mark.join(parts)))


def sent(text: str) -> str:
    """A text as Discord sends it: without halves of surrogate pairs."""
    return text.encode("utf-8", "replace").decode()


def slipped(text: str, slips: list[tuple[int, int, str]]) -> str:
    """A text in which, at each of some places, so many characters are written over."""
    for place, length, written in slips:
        at = place % (len(text) + 1)
        text = text[:at] + written + text[at + length :]
    return text


def mostly(usual: SearchStrategy[str], *others: SearchStrategy[str]) -> SearchStrategy[str]:
    """Texts of which two in three are as usual."""
    return st.sampled_from([True, True, False]).flatmap(lambda is_usual: usual if is_usual else st.one_of(*others))


def with_slips(texts: SearchStrategy[str], most: int = 3) -> SearchStrategy[str]:
    """Texts with letters left out, put in, doubled or written over, some of them by what means ill."""
    written = st.sampled_from([*"aeiouylrnts -'", ""]) | hostile | anything
    slips = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 3), written), max_size=most)
    return st.builds(slipped, texts, slips)


def repeated(parts: SearchStrategy[str]) -> SearchStrategy[str]:
    """Texts as long as Discord lets them be, of the same few parts again and again."""
    return st.builds(
        lambda few, mark, many: mark.join(few * many)[:LONGEST],
        st.lists(parts, min_size=1, max_size=3),
        st.sampled_from(["", " ", ", ", "\n", " and ", "-", "."]),
        st.sampled_from([2, 5, 20, 61, 200, 1000]),
    )


def _shuffled(words: list[Any]) -> SearchStrategy[str]:
    return st.permutations(words).map(" ".join)


pieces: SearchStrategy[str] = st.one_of(names, st.sampled_from(PHRASES), with_slips(names, 2), times, hostile, anything)
sentences: SearchStrategy[str] = st.one_of(
    with_slips(st.sampled_from(ASKED)),
    st.lists(pieces, max_size=12).map(" ".join),
    st.sampled_from(ASKED).map(str.split).flatmap(_shuffled),
    st.lists(st.sampled_from(ASKED), min_size=2, max_size=4).map(" and ".join),
    repeated(pieces),
    anything,
).map(lambda text: text[:LONGEST])
