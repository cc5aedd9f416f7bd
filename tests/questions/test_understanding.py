"""Names and words that nothing explains: how far a plain sentence is understood."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot.answers import answer
from bot.answers.model import Status
from bot.facts.dates import Date
from bot.questions.conditions import (
    Departed,
    Founded,
    Holds,
    IsAt,
    IsMember,
    IsOne,
    Not,
    Remains,
    all_of,
    any_of,
    parts,
)
from bot.questions.model import (
    About,
    At,
    Destinations,
    Left,
    Measure,
    NotUnderstood,
    Precision,
    Proportion,
    Question,
    Ranking,
    Role,
    Several,
    StillAt,
    Tenure,
    Those,
    Told,
    When,
    Where,
    Whether,
    WhichOne,
    Who,
    identifiers,
)
from bot.questions.periods import Period, after, before

if TYPE_CHECKING:
    from bot.facts.book import Book
    from bot.questions.reader import Reader

YEAR = Period.of(Date.parse("2029"))
LUC, JO, ADA, BRAM = "zofie-luc", "jo-ng", "ada-quill", "bram-quill"


def read(text: str, reader: Reader, previous: Question | None = None) -> Question:
    """The question that plain words are read as, behind another one."""
    return reader.understander.read(text, previous).question


# Names


@pytest.mark.parametrize(
    "typed", ["where is quill", "when did quill leave", "how long was quill there", "did quill go to byre", "quill"]
)
def test_a_name_that_two_have_is_asked_about(told: Reader, typed: str) -> None:
    """Each choice is the whole question about one of them."""
    question = read(typed, told)
    assert isinstance(question, WhichOne)
    kinds = {type(choice) for choice in question.choices}
    assert len(kinds) == 1
    assert [identifiers(choice) & {ADA, BRAM} for choice in question.choices] == [{ADA}, {BRAM}]
    assert answer(question, told.book).status is Status.WHICH_ONE


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("where is zofei luc", Where(LUC)),
        ("where is ŁUC", Where(LUC)),
        ("where is zofie", Where(LUC)),
        ("when did luc's colleague jo ng leave", None),
        ("wher is luc", Where(LUC)),
        ("when did luc leav", When(LUC)),
        ("whos at byre", At("byre")),
        ("luc — where?", Where(LUC)),
    ],
)
def test_people_are_named_as_people_type(told: Reader, typed: str, question: Question | None) -> None:
    """A slip, small letters, no accents and a first name name somebody; a second name beside it is not passed over."""
    found = read(typed, told)
    assert found == question if question else found != When(JO)


# Words that nothing explains


@pytest.mark.parametrize(
    ("typed", "understood", "leftover"),
    [
        ("where is luc's motorbike", ("Žofie Łuc",), "motorbike"),
        ("how much salary does luc get", ("Žofie Łuc",), "salary"),
        ("who left in 2029 by motorbike", (), "motorbike"),
        ("did luc go to byre by motorbike", ("Žofie Łuc", "Byre and Sons"), "motorbike"),
        ("does jo ng like blue cheese", ("Jo Ng",), "blue cheese"),
        ("furnace breakfast", ("Furnace",), "breakfast"),
    ],
)
def test_a_word_that_nothing_explains_is_named(
    told: Reader, typed: str, understood: tuple[str, ...], leftover: str
) -> None:
    """What was understood and what was not are told, and nothing else is."""
    question = read(typed, told)
    assert isinstance(question, NotUnderstood)
    assert question.understood == understood
    assert leftover in question.leftover
    found = answer(question, told.book)
    assert found.status is Status.NOT_UNDERSTOOD
    assert (found.sections, found.evidence) == ((), ())


@pytest.mark.parametrize(
    "typed",
    [
        "purple hamsters juggle frozen teapots beside velvet oceans",
        "luc juggles purple hamsters beside frozen velvet teapots",
        "my card is 4111111111111111",
        "luc motorbike7 plate44",
        "call 5551234 about umbrella",
    ],
)
def test_many_words_and_figures_are_never_echoed(told: Reader, typed: str) -> None:
    """More than a few words are another's text, and figures may be private: the bot repeats neither."""
    question = read(typed, told)
    assert isinstance(question, NotUnderstood)
    text = answer(question, told.book).text
    assert not any(char.isdigit() for char in text)
    assert not {"purple", "hamsters", "juggle", "juggles", "velvet", "teapots", "motorbike7"} & set(text.split())


def test_too_many_words_are_not_read(told: Reader) -> None:
    """A message of more words than a question has is answered by a word on that, and nothing of it is."""
    for text in ("where is luc " * 60, "luc " * 400, "who left and " * 100):
        question = read(text, told)
        assert isinstance(question, NotUnderstood)
        assert (question.understood, question.leftover, question.near) == ((), "", ())
        assert "words at most" in question.hint


@pytest.mark.parametrize(
    "typed",
    ["where is tomas vale fnord", "where is fnord tomas vale", "where is tomsa vale brix", "where is tomas brix vale"],
)
def test_a_word_beside_a_name_is_no_part_of_it(told: Reader, typed: str) -> None:
    """A name is found with all the words that are typed as one; a word more is told, and nobody is meant by it."""
    assert not isinstance(read(typed, told), Where)


def test_a_claim_that_says_why_comes_before_one_that_does_not(told: Reader) -> None:
    """Of the claims that hold all words, those that are known by what is asked for are told."""
    both, why = read("had the old yard flooded", told), read("why had the old yard flooded", told)
    assert isinstance(both, Told)
    assert isinstance(why, Told)
    assert set(both.claims) == {"furnace-moved", "yard-flooded"}
    assert why.claims == ("furnace-moved",)


def test_a_claim_is_told_only_with_all_words(told: Reader) -> None:
    """One word more than a claim holds, and it is not told."""
    assert isinstance(read("who lit the furnace", told), Told)
    assert not isinstance(read("who lit the purple furnace", told), Told)


@pytest.mark.parametrize(
    ("typed", "people"),
    [
        ("who left except luc", {LUC}),
        ("all who left except luc and jo ng", {LUC, JO}),
        ("all smiths without ada quill", {ADA}),
    ],
)
def test_an_exception_leaves_out_whom_it_names(told: Reader, typed: str, people: set[str]) -> None:
    """“Except” and “without” take people out of a list."""
    question = read(typed, told)
    assert isinstance(question, Those)
    assert IsOne(frozenset(people)) in parts(question.condition)
    found = answer(question, told.book)
    names = {told.book.people[person].name for person in people}
    assert not any(name in line for name in names for section in found.sections for line in section.lines)


# What was once understood amiss


@pytest.mark.parametrize(
    "typed",
    [
        "who works with lample",
        "did lample work with lacroix",
        "where is lample from",
        "who joined meta in 2023",
        "who joined meta",
        "who was at fair in 2020",
        "did lample want to leave",
        "should lample leave mistral",
        "who was asked to leave",
        "who left because of llama 4",
        ("is lample nice"),
        "who named llama",
        "how many left per year",
        "who is no longer at mistral",
    ],
)
def test_another_question_is_not_answered_in_its_place(shipped_reader: Reader, typed: str) -> None:
    """What the book cannot answer is not answered by what a question without one of its words would ask."""
    found = answer(read(typed, shipped_reader), shipped_reader.book)
    assert found.status not in {Status.ANSWERED, Status.DISPUTED}


def test_who_is_still_elsewhere_is_there(shipped_reader: Reader) -> None:
    """Being still at another place is being there."""
    for typed in ("is lample still at mistral", "does lample still work at mistral", "who is still at mistral"):
        assert not re.match("No:|The book has nobody", answer(read(typed, shipped_reader), shipped_reader.book).text)


def test_whether_all_went_somewhere_is_told_by_yes_or_no(shipped_reader: Reader) -> None:
    assert answer(read("did everyone go to mistral", shipped_reader), shipped_reader.book).text.startswith("No:")


@pytest.mark.parametrize("typed", ["was lample at mistral in 2024", "was fergus at google deepmind in 2018"])
def test_having_been_elsewhere_in_a_year_is_no_leaving_in_that_year(shipped_reader: Reader, typed: str) -> None:
    """Somebody may be at a place in a year without having left the book's home in it."""
    question = read(typed, shipped_reader)
    assert isinstance(question, Whether)
    assert not any(isinstance(part, Departed) for part in parts(question.condition))


def test_a_month_beside_one_of_a_year_that_the_book_never_names_is_of_that_year(shipped_reader: Reader) -> None:
    """“Between May and August 2022” is four months of 2022, whatever the book knows of that year."""
    question = read("who left between may and august 2022", shipped_reader)
    assert isinstance(question, Left)
    assert question.when
    assert (question.when.span.first.isoformat(), question.when.span.last.isoformat()) == ("2022-05-01", "2022-08-31")


def test_who_left_and_came_back_is_not_denied_to_have_left(shipped: Book, shipped_reader: Reader) -> None:
    """An end that is not stated is no reason to say no."""
    for typed in ("did fergus leave fair", "has fergus ever left fair"):
        assert not answer(read(typed, shipped_reader), shipped).text.startswith("No:")


def test_the_sum_of_all_stays_can_be_asked_for(told: Reader) -> None:
    assert read("total tenure", told) != NotUnderstood(leftover="tenure")


def test_a_plus_behind_a_number_of_years_is_at_least_so_many(told: Reader) -> None:
    assert read("who stayed 3+ years", told) == read("who stayed at least 3 years", told)


def test_two_readings_that_explain_as_many_words_are_asked_about(told: Reader) -> None:
    """Where two readings explain every word and differ in answer, the bot asks which is meant."""
    question = read("what about zephyr", told)
    assert question == WhichOne((About("zephyr-house"), About("ledger")))
    assert answer(question, told.book).status is Status.WHICH_ONE


def test_two_readings_that_come_to_one_answer_are_not_asked_about(told: Reader) -> None:
    """Nobody is asked to choose between the same and the same."""
    question = WhichOne((Left(), Those(Departed())))
    assert answer(question, told.book).text == answer(Left(), told.book).text


def test_one_that_may_be_meant_is_asked_about(told: Reader) -> None:
    """A single choice is a guess, and no answer."""
    assert answer(WhichOne((Left(),)), told.book).status is Status.WHICH_ONE


@pytest.mark.parametrize(
    ("typed", "near"),
    [("wich company did rodrigues join", (Who("aurelien-rodriguez"),)), ("what does the canteen of meta serve", ())],
)
def test_who_is_spelled_alike_is_offered_and_not_taken(
    typed: str, near: tuple[Question, ...], shipped_reader: Reader
) -> None:
    """Another name that looks like one of the book is no slip of it, and may have been one."""
    question = read(typed, shipped_reader)
    assert isinstance(question, NotUnderstood)
    assert tuple(each for each in question.near if isinstance(each, Who)) == near


# What chat leaves out

JUNE = Period.of(Date.parse("2029-06"))
DEPARTED = Departed()


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("bram works for", Where(BRAM)),
        ("bram moved to?", Where(BRAM)),
        ("bram is with who now", Where(BRAM)),
        ("bram still with auroch, isn't he?", StillAt(BRAM)),
        ("luc hasnt left right?", StillAt(LUC)),
        ("is luc gone or is she still there", Whether(LUC, DEPARTED)),
        ("is it true that luc left", Whether(LUC, DEPARTED)),
        ("june 2029, who was it?", Left(JUNE)),
        ("who left in june 29", Left(JUNE)),
        ("who was out of auroch in june 2029", Left(JUNE)),
        ("who left in the same month as luc", Left(JUNE)),
        ("who left in the same year as luc", Left(YEAR)),
        ("who left before jo ng", Left(before(Period.of(Date.parse("2031-01"))))),
        ("who left after luc", Left(after(JUNE))),
        ("did jo ng leave last", Ranking(Measure.DEPARTURE, most=True, supposed=JO)),
        ("top 2 by years of service", Ranking(Measure.TENURE, most=True, places=2)),
        ("what percentage of them stayed", Proportion(Remains())),
        ("who poached the most smiths", Destinations()),
        ("did more than one smith leave in 2029? how many", Left(YEAR)),
        ("total departures", Left()),
        ("so how many left in total", Left()),
        ("who left in 2029? how many", Left(YEAR)),
        ("which of them is in byre's lab", At("byre")),
        ("who is a master founder", Those(Holds(("master", "founder")))),
        ("name the smiths that auroch kept", StillAt()),
        ("who else is at byre besides the founders", Those(all_of([IsAt("byre"), Not(Founded())]))),
        ("bram is a co-founder or a tuner?", Whether(BRAM, any_of([Founded(), Holds(("tuner",))]))),
        ("is bram on the great bell", Whether(BRAM, IsMember())),
        ("ok cool, and bram", Who(BRAM)),
        ("bram's tenure and new employer", Several((Tenure(BRAM), Where(BRAM)))),
        ("tenure and the current role of bram", Several((Tenure(BRAM), Role(BRAM)))),
        ("bram: left when, works where", Several((When(BRAM), Where(BRAM)))),
        (
            "did luc leave in 2029? and in which month?",
            Several((Whether(LUC, Departed(YEAR)), When(LUC, None, Precision.MONTH))),
        ),
    ],
)
def test_what_chat_leaves_out_is_understood(told: Reader, typed: str, question: Question) -> None:
    """People leave out verbs, ask of two things at once, add a "right?", and point at others for a time."""
    assert read(typed, told) == question


@pytest.mark.parametrize("typed", ["who left before bram", "what does luc work on at byre", "spending of auroch"])
def test_what_looks_like_a_known_question_is_none(told: Reader, typed: str) -> None:
    """A time that is not precise is no limit, a task is no employer, and what is spent is no time."""
    assert isinstance(read(typed, told), NotUnderstood)


@pytest.mark.parametrize("typed", ["where is quil", "when did quill leav", "what does jo nh do"])
def test_a_slip_in_a_name_is_no_word_of_the_grammar(told: Reader, typed: str) -> None:
    """What may be a name or a verb with a slip is the name."""
    assert identifiers(read(typed, told)) & {ADA, BRAM, JO}
