"""A reply as Discord shows it: within Discord's limits, whole, and with no sign that means something to Discord."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.answers.model import Section, Status
from bot.chat.pages import BLOCK, MOST_SOURCES, Page, escape, pages
from bot.chat.text import Reply, reply
from bot.questions.reader import Reader
from tests.limits import assert_within_limits

if TYPE_CHECKING:
    from bot.facts.book import Book

DAY = date(2032, 4, 9)
ZERO_WIDTH = "\u200b"

LINE = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=300).filter(str.strip)
SIGNS = st.text(alphabet="*_~|`<>@#&:[](){}\\/-.0aé€😀 ", min_size=1, max_size=1500).filter(str.strip)


@pytest.fixture(scope="module")
def readers(reader: Reader, shipped: Book) -> tuple[Reader, Reader]:
    """How both books are read."""
    return reader, Reader(shipped, "!")


def texts(page: Page) -> list[str]:
    """What a page shows, part by part, but for its footer."""
    embed = page["embed"]
    if embed is None:
        return [page["content"] or ""]
    return [
        embed.description or "",
        *(text for field in embed.fields for text in (field.name or "", field.value or "")),
    ]


def shown(whole: Reply, *, embeds: bool) -> str:
    """What all pages of a reply show."""
    return "\n".join(text for page in pages(whole, embeds=embeds) for text in texts(page))


def long_reply() -> Reply:
    """A reply longer than any that a book gives: more lines, longer lines, longer titles and more sources."""
    return Reply(
        Status.DISPUTED,
        "word " * 500,
        (
            Section("", tuple(f"first {number}" for number in range(200))),
            *(Section(f"Title {number}", (f"line of {number}",)) for number in range(100)),
            Section("t_" * 300, tuple(f"{'w*rd ' * 60}{number}" for number in range(50))),
            Section("Long lines", ("l" * 5000, "\\" * 3000, "*" * 3000, "`" * 3000, "`" + "c" * 3000 + "`")),
            Section("Short lines", ("x",) * 900),
            *(Section(f"Of its own {number:09}", (f"{'x' * 28}{number:09}",)) for number in range(100)),
            Section("Empty", ()),
            Section(" ", ("under a blank title",)),
        ),
        ("a note " * 300, "another note"),
        ("typed → understood",),
        tuple(f"{'_*' * 40}{number}, 10 March 2031 (1 year, 2 months old)" for number in range(40)),
        "abcdef0",
    )


@pytest.mark.parametrize("embeds", [True, False])
def test_a_long_reply_is_cut_into_pages(*, embeds: bool) -> None:
    """However long a reply, each of its pages is within Discord's limits, and counted."""
    whole = pages(long_reply(), embeds=embeds)
    assert len(whole) > 20
    for number, page in enumerate(whole, 1):
        assert_within_limits(page)
        footer = page["embed"].footer.text if page["embed"] else (page["content"] or "").splitlines()[-1]
        assert f"page {number} of {len(whole)}" in (footer or "")


@pytest.mark.parametrize("embeds", [True, False])
def test_no_line_of_a_long_reply_is_lost(*, embeds: bool) -> None:
    """The pages of one reply together hold every line, in order; a line longer than a page has its beginning."""
    found = shown(long_reply(), embeds=embeds)
    ordered = [f"• first {number}\n" for number in range(199)]
    ordered += [f"• line of {number}" for number in range(100)]
    ordered += [f"w\\*rd {number}" for number in range(50)]
    ordered += ["• " + "l" * (BLOCK - 10), "another note"]
    at = 0
    for line in ordered:
        at = found.find(line, at)
        assert at >= 0, line
    assert "typed → understood" in found


def test_lines_that_go_on_keep_their_title() -> None:
    """On each page, lines stand under the title of their section."""
    whole = pages(Reply("", "text", (Section("Title", tuple(f"{'x' * 90} {n}" for n in range(60))),)), embeds=True)
    assert len(whole) > 3
    for page in whole:
        assert page["embed"]
        assert {field.name for field in page["embed"].fields} == {"Title"}


def test_many_short_sections_are_no_more_than_discord_takes() -> None:
    """More sections than an embed has fields go on over the page."""
    whole = pages(Reply("", "text", tuple(Section(f"{n}", ("x",)) for n in range(100))), embeds=True)
    for page in whole:
        assert_within_limits(page)
    assert sum(len(page["embed"].fields) for page in whole if page["embed"]) == 100


def test_a_cut_line_keeps_its_marks() -> None:
    """A line that is too long ends in dots, and leaves nothing half escaped or open."""
    answer, note, code = ("a" * 2000, "\\" * 2000, f"see `{'c' * 2000}`")
    whole = shown(Reply("", answer, (Section("", (code,)),), (note,)), embeds=True)
    assert f"**{'a' * 900}" in whole
    assert "a…**" in whole
    assert "c`…" in whole
    assert whole.endswith("…*")
    assert "\\…" not in whole


def test_a_cut_title_stays_a_title() -> None:
    """A title that is too long ends in dots, and no sign of it stays half escaped."""
    (page,) = pages(Reply("", "text", (Section("x" + "_" * 251, ("line",)),)), embeds=False)
    title = (page["content"] or "").split("\n\n")[1].splitlines()[0]
    assert title.startswith("__x\\_\\_")
    assert title.endswith("_…__")


@pytest.mark.parametrize(
    ("count", "footer"),
    [
        (0, "book abcdef0"),
        (1, "S0 · book abcdef0"),
        (2, "S0 and S1 · book abcdef0"),
        (MOST_SOURCES, "S0, S1, S2 and S3 · book abcdef0"),
        (9, "S0, S1, S2, S3 and 5 more · book abcdef0"),
    ],
)
def test_the_footer_cites(count: int, footer: str) -> None:
    """The first few sources and the book's version stand under each page; of more, how many."""
    whole = Reply("", "text", sources=tuple(f"S{number}" for number in range(count)), version="abcdef0")
    (page,) = pages(whole, embeds=True)
    assert page["embed"]
    assert page["embed"].footer.text == footer
    (page,) = pages(whole, embeds=False)
    assert page["content"] == f"**text**\n\n-# {footer}"


@pytest.mark.parametrize("embeds", [True, False])
def test_a_report_without_sources_needs_no_footer(*, embeds: bool) -> None:
    """Where there is nothing to cite there is no footer."""
    (page,) = pages(Reply("check", "text"), embeds=embeds)
    assert page["content"] == (None if embeds else "**text**")
    assert page["embed"] is None or page["embed"].footer.text is None


def test_how_a_reply_looks() -> None:
    """The answer is bold and first, sections are fields, notes and what was understood slanted."""
    whole = Reply(
        Status.ANSWERED,
        "Yes.",
        (Section("", ("one",)), Section("More", ("two", "three"))),
        ("A note.",),
        ("lcu → Luc",),
    )
    (page,) = pages(whole, embeds=True)
    assert page["embed"]
    assert page["embed"].description == "*lcu → Luc*\n**Yes.**\n• one"
    assert [(field.name, field.value) for field in page["embed"].fields] == [
        ("More", "• two\n• three"),
        (ZERO_WIDTH, "*A note.*"),
    ]
    (page,) = pages(whole, embeds=False)
    assert page["content"] == "*lcu → Luc*\n**Yes.**\n• one\n\n__More__\n• two\n• three\n\n*A note.*"


def test_a_list_that_fits_a_page_is_not_torn() -> None:
    """An answer's list is in one piece where a page holds it, and a note under it is set off by one empty line."""
    lines = tuple(f"{'x' * 90} {number}" for number in range(10, 23))
    (page,) = pages(Reply("", "text", (Section("", lines),), ("A note.",)), embeds=True)
    assert page["embed"]
    assert page["embed"].description == "\n• ".join(["**text**", *lines]) + "\n\n*A note.*"
    assert not page["embed"].fields


def test_each_kind_of_answer_has_its_colour() -> None:
    """The kinds of answer are told apart at a glance; a report has no colour."""
    colours = [pages(Reply(status, "text"), embeds=True)[0]["embed"] for status in (*Status, "check")]
    assert len({embed.colour for embed in colours if embed}) == len(Status) + 1


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("*bold* and __under__", r"\*bold\* and \_\_under\_\_"),
        ("~~gone~~ ||spoiler||", r"\~\~gone\~\~ \|\|spoiler\|\|"),
        ("<@123>", f"<{ZERO_WIDTH}@123>"),
        ("<@&1> <#1> <:bell:1> <t:1>", r"<@&1> <\#1> <:bell:1> <t:1>".replace("<", f"<{ZERO_WIDTH}")),
        ("<@123456789012345678>", f"<{ZERO_WIDTH}@{ZERO_WIDTH}123456789012345678>"),
        ("https://example.org<:bell:1>", f"https://example.org<{ZERO_WIDTH}:bell:1>"),
        ("@everyone @here", f"@{ZERO_WIDTH}everyone @{ZERO_WIDTH}here"),
        ("[text](https://evil.example)", r"\[text](https://evil.example)"),
        ("# heading", r"\# heading"),
        ("> quote", r"\> quote"),
        ("see `!left [year] <to>`, *now*", r"see `!left [year] <to>`, \*now\*"),
        ("`*code*`", "`*code*`"),
        ("*a* `b` *c*", r"\*a\* `b` \*c\*"),
        ("`*open*", r"\`*open*".replace("*", r"\*")),
        ("``*none*``", r"\``*none*`\`"),
        ("back\\slash", r"back\\slash"),
        ("https://example.org/a_b_c", "https://example.org/a_b_c"),
        ("https://example.org>`<@1>` `*a*`", "https://example.org> `<@1>` `*a*`"),
        ("Žofie Łuc, 10 March 2031", "Žofie Łuc, 10 March 2031"),
    ],
)
def test_signs_in_facts_mean_nothing_to_discord(text: str, escaped: str) -> None:
    """What a fact says is shown as it is written: only code between backticks and addresses stay what they are."""
    assert escape(text) == escaped


@pytest.mark.parametrize("embeds", [True, False])
def test_every_part_of_a_reply_is_escaped(*, embeds: bool) -> None:
    """Neither answer, titles, lines, notes nor what was understood can format or ping."""
    sly = "*x* <@123> @everyone"
    whole = shown(Reply("", sly, (Section("", (sly,)), Section(sly, (sly,))), (sly,), (sly,)), embeds=embeds)
    assert whole.count(escape(sly)) == 6
    assert "<@" not in whole
    assert "@everyone" not in whole
    assert "*x" not in whole.replace("\\*x", "")


def test_a_footer_of_text_is_escaped() -> None:
    """In text, where the footer may format, its signs mean nothing either."""
    (page,) = pages(Reply("", "text", sources=("*S*",)), embeds=False)
    assert page["content"] == "**text**\n\n-# \\*S\\*"
    (page,) = pages(Reply("", "text", sources=("*S*",)), embeds=True)
    assert page["embed"]
    assert page["embed"].footer.text == "*S*"


@settings(deadline=None)
@given(
    st.builds(
        Reply,
        st.sampled_from(Status),
        LINE,
        st.lists(st.builds(Section, LINE | st.just(""), st.lists(LINE, max_size=9).map(tuple)), max_size=9).map(tuple),
        st.lists(LINE, max_size=3).map(tuple),
        st.lists(LINE, max_size=2).map(tuple),
    ),
    st.booleans(),
)
def test_pages_together_hold_every_line(whole: Reply, embeds: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    """Nothing that is said is lost between pages."""
    found = shown(whole, embeds=embeds)
    lines = [
        whole.text,
        *whole.notes,
        *whole.understood,
        *(line for section in whole.sections for line in section.lines),
    ]
    for line in lines:
        assert escape(line)[: BLOCK - 10].rstrip("\\") in found
    for section in whole.sections:
        assert not section.lines or escape(section.title).strip()[:240].rstrip("\\") in found


@settings(deadline=None)
@given(
    st.builds(
        Reply,
        st.sampled_from(Status),
        SIGNS,
        st.lists(st.builds(Section, SIGNS | st.just(""), st.lists(SIGNS, max_size=9).map(tuple)), max_size=9).map(
            tuple
        ),
        st.lists(SIGNS, max_size=3).map(tuple),
        st.lists(SIGNS, max_size=2).map(tuple),
        st.lists(SIGNS, max_size=6).map(tuple),
        st.just("abcdef0"),
    )
)
def test_any_reply_is_within_limits(whole: Reply) -> None:
    """Whatever a book says, Discord takes every page of it."""
    for embeds in (True, False):
        for page in pages(whole, embeds=embeds):
            assert_within_limits(page)


@settings(deadline=None)
@given(st.data())
def test_any_message_gets_a_reply_that_discord_takes(readers: tuple[Reader, Reader], data: st.DataObject) -> None:
    """Any text at all is read and answered or left alone, never raises, and its answer is within Discord's limits."""
    reader = data.draw(st.sampled_from(readers))
    names = [form for item in reader.book.entities.values() for form in (item.id, item.name, *item.name.split())]
    known = st.sampled_from(
        [*names, *reader.commands, "to", "in", "2023", "june 2029", "2029-06-31", "is", "the", "-1"]
    )
    words = st.lists(known | st.text(max_size=20), max_size=5).map(" ".join)
    command = st.builds(
        "{}{}{}{}".format,
        st.sampled_from(["!", ""]),
        st.sampled_from([*reader.commands]),
        st.sampled_from([" ", "\n", "  ", ""]),
        words,
    )
    reading = reader.message(data.draw(command | words | st.text()))
    if reading is not None:
        said = reply(reading, reader, DAY)
        assert said.text
        for embeds in (True, False):
            for page in pages(said, embeds=embeds):
                assert_within_limits(page)


@pytest.mark.parametrize("embeds", [True, False])
def test_where_pages_part_is_the_same_however_it_was_asked(*, embeds: bool) -> None:
    """A page that is turned to goes on where the first one ended, though only that one says what was understood."""
    lines = tuple(f"{'x' * 44}{number:02}" for number in range(90))
    sources = tuple("S" * 90 for _ in range(MOST_SOURCES))
    whole = Reply("", "text", (Section("", lines),), sources=sources, version="abcdef0")
    first, *others = pages(replace(whole, understood=("y_" * 200, "z" * 400)), embeds=embeds)
    assert_within_limits(first)
    assert tuple(others) == pages(whole, embeds=embeds)[1:]
    assert "*y\\_y" in str(first["content"] or (first["embed"] and first["embed"].description))


def test_no_link_hides_where_it_leads() -> None:
    """Every masked link of a text shows its address, and not only the first."""
    text = "[one](https://a.example) and [two](https://b.example)"
    (page,) = pages(Reply("answered", text), embeds=False)
    assert page["content"]
    assert page["content"].count("\\[") == text.count("[")
