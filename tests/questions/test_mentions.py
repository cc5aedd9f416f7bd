"""Who is named in a text that asks nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import answer
from bot.answers.mentions import MOST_CARDS
from bot.answers.model import Status
from bot.questions.model import Mentioned

if TYPE_CHECKING:
    from bot.questions.reader import Reader


def named(text: str, reader: Reader) -> tuple[str, ...]:
    """The identifiers of those who are named in a text."""
    question = reader.mentioned(text).question
    assert isinstance(question, Mentioned)
    return question.entities


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("Guillaume Lample left Meta for Mistral.", ("guillaume-lample", "meta", "mistral")),
        ("Hambro’s team (with Rozière) met TOUVRON", ("eric-hambro", "baptiste-roziere", "hugo-touvron")),
        ("went to cohere, like lample", ("cohere", "guillaume-lample")),
        ("lampel and lacroiks are at mistrl", ("guillaume-lample", "timothee-lacroix", "mistral")),
        ("armnad jouin too", ("armand-joulin",)),
        ("He asked Grave about FAIR", ("edouard-grave", "fair")),
        ("Mistral and Armand Joulin", ("armand-joulin", "mistral")),
        ("jouin wrote to Lample", ("guillaume-lample", "armand-joulin")),
    ],
)
def test_who_is_named_as_written_or_with_slips(text: str, entities: tuple[str, ...], shipped_reader: Reader) -> None:
    """People and organisations are found however they are written, whole names first and slips last."""
    assert named(text, shipped_reader) == entities


@pytest.mark.parametrize(
    "text",
    [
        "that was a grave mistake, will you fix it? fair enough",
        "Grave concerns were raised. Fair point. Meta question!",
        "THAT IS A FAIR POINT AND A GRAVE ONE",
        "just google it: Google said no",
        "the lama is ok, and so are the palms",
        "Hugo said hi to Marie and Tim",
        "Eric Smith and Robert Jones met a Frenchman",
        "https://example.org/lample <@123456789012345678> <:lample:123456789012345678>",
        "",
    ],
)
def test_common_words_and_first_names_name_nobody(text: str, shipped_reader: Reader) -> None:
    """A word of the language is no name, unless it is written as one; nor is a first name that anybody may have."""
    assert named(text, shipped_reader) == ()


NAMING: Final = [
    ("Mr. Grave smiled thinly.", {"edouard-grave"}),
    ("Meta said yes. he left meta, Grave said", {"edouard-grave", "meta"}),
    ("Meta loses three authors to a rival.", {"meta"}),
    ("Microsoft hired another of the team.", {"microsoft-ai"}),
    ("Grave left in February.", {"edouard-grave"}),
    ("Meta's Llama was the work of fourteen people.", {"meta"}),
    ("Mr. Grave left the company after seven years.", {"edouard-grave"}),
    ("According to Dr. Grave, nothing has changed.", {"edouard-grave"}),
    ("The company (Meta) did not reply.", {"meta"}),
    ("Mistral raised money again in June.", {"mistral"}),
    ("Cohere announced a new office.", {"cohere"}),
    ("Anthropic has more staff than ever.", {"anthropic"}),
    ("Grave’s new employer is Kyutai.", {"edouard-grave", "kyutai"}),
    ("Google is said to be looking for more.", {"google"}),
    ("The researcher joined Cohere in July.", {"cohere"}),
    ("A spokesman for Meta declined to comment.", {"meta"}),
    ("Neither Google nor Microsoft would say more.", {"google", "microsoft-ai"}),
    ("Meta will not say how many stayed.", {"meta"}),
    ("Fourteen people wrote it; Meta employs three of them.", {"meta"}),
    ("Why Grave Left Meta", {"edouard-grave", "meta"}),
    ("Meta Hires Again", {"meta"}),
    ("He asked Microsoft. Google hired him instead.", {"google", "microsoft-ai"}),
    ("Three of them, Grave among them, have gone.", {"edouard-grave"}),
    ("The group is called FAIR.", {"fair"}),
    ("The group (FAIR) is ten years old.", {"fair"}),
    ("Mr. Joulin and Ms. Lachaux spoke first.", {"armand-joulin", "marie-anne-lachaux"}),
    (
        "In 2023 Edouard Grave went to Kyutai, and Eric Hambro to Anthropic.",
        {"anthropic", "edouard-grave", "eric-hambro", "kyutai"},
    ),
    ("Meta and Google compete for the same people.", {"google", "meta"}),
    ("Those who left Meta: Lavril, Izacard, Grave.", {"edouard-grave", "gautier-izacard", "meta", "thibaut-lavril"}),
    ("Google, DeepMind and Kyutai have one each.", {"google", "google-deepmind", "kyutai"}),
    ("The bridge is shut. Grave has gone home.", {"edouard-grave"}),
    ("Microsoft told reporters that it was pleased.", {"microsoft-ai"}),
    ("- Grave", {"edouard-grave"}),
    ("* Meta\n* Google", {"google", "meta"}),
    ("he left meta for google", {"google", "meta"}),
    ("eduard grave", {"edouard-grave"}),
    ("didnt he go from meta to anthropic?", {"anthropic", "meta"}),
    ("works at cohere now", {"cohere"}),
    ("she joined mistral last year", {"mistral"}),
    ("they poached him from google lol", {"google"}),
    ("lample and grave are both out", {"edouard-grave", "guillaume-lample"}),
    ("mr grave is in paris", {"edouard-grave"}),
    ("anyone still at meta?", {"meta"}),
    ("quit google, moved to openai", {"google", "openai"}),
    ("meta hired him in 2016", {"meta"}),
    ("is kyutai hiring", {"kyutai"}),
    ("joulins old boss", {"armand-joulin"}),
    ("touvrn is still there i think", {"hugo-touvron"}),
    (
        "i heard lacroix went to mistral and hambro to anthropic",
        {"anthropic", "eric-hambro", "mistral", "timothee-lacroix"},
    ),
    ("antropic got him", {"anthropic"}),
    ("@someone did you see that Meta thing", {"meta"}),
    ("He left for Google. Google said yes.", {"google"}),
    ("went from meta to google to mistral", {"google", "meta", "mistral"}),
    ("LAMPLE LEFT META FOR GOOGLE", {"google", "guillaume-lample", "meta"}),
    ("Lample (Meta) and Grave (FAIR)", {"edouard-grave", "fair", "guillaume-lample", "meta"}),
    ("Meanwhile, Google has doubled its offers.", {"google"}),
    ("Cohere's chief said the firm would grow.", {"cohere"}),
    ("Prof. Grave was at FAIR first.", {"edouard-grave", "fair"}),
    ("rodriguez moved to cohere in july", {"aurelien-rodriguez", "cohere"}),
    ("he used to work for google", {"google"}),
    ("idk anyone from microsoft", {"microsoft-ai"}),
    ("gautier izacrd went to microsft", {"gautier-izacard", "microsoft-ai"}),
]
"""What newspapers and chats say of people and organisations of the shipped book, with those whom it names."""
NAMING_NOBODY: Final = [
    "im going to google",
    "ask eduard. grave news though",
    "Grave doubts remain about the bridge.",
    "It was a grave moment for the village.",
    "Fair weather is expected. The mistral will drop.",
    "The mistral is blowing hard.",
    "Mistral winds closed the port.",
    "The anthropic principle is much debated.",
    "The parts must cohere, said the architect.",
    "For the plan to cohere, both halves are needed.",
    "The judge declared a mistrial.",
    "A retrial follows the mistrial of June.",
    "The door was open. AI is coming.",
    "We go deep. Seek help if you must.",
    "The shop stays open, AI or not.",
    "Fair trade is growing. Fair prices matter.",
    "Graves were opened in the old churchyard.",
    "Her work is on the grave of a poet.",
    "The meta level of the essay is its weakest.",
    "A Grave Mistake",
    "Fair Play Wins Again",
    "Meta analysis is a method of statistics.",
    "Hugo and Marie won the doubles at the fair.",
    "The accent is grave, not acute.",
    "He left fair winds behind him.",
    "Armand Lopez met Xavier Petit in Lyon.",
    "From grave to cradle: a life in reverse.",
    "make your argument cohere",
    "and we cohere as a team",
    "I googled him",
    "googling it now",
    "that is so meta",
    "just google the name",
    "i had to google that",
    "lol FAIR ENOUGH",
    "THAT IS FAIR",
    "fair",
    "Fair.",
    "to be fair, he did",
    "fair's fair",
    "that coheres nicely",
    "it cohered in the end",
    "turning in his grave",
    "dancing on my grave lol",
    "at grave risk of losing",
    "see you at the fair",
    "going to google it",
    "anthropic reasoning again",
    "we began to cohere",
    "one foot in the grave",
    "meta question: who runs this server",
    "is the mistral a wind or a train",
    "not a fair fight",
    "the new meta in this game is boring",
    "whats the current meta for archers",
    "fair and square",
    "It was GRAVE.",
    "hugo grave",
    "google?",
    "Google it yourself",
    "he is open. ai",
    "I fear that Robert. Fergusson won.",
    "The strategy does not cohere with the budget.",
    "a science fair in lyon",
    "i keep googling things",
    "what a grave and fair man",
    "Mistral gusts hit Marseille.",
    "Is it fair or not? Or grave?",
]
"""The same words, said of nobody."""


@pytest.mark.parametrize(("text", "entities"), NAMING)
def test_a_word_of_the_language_is_a_name_by_what_is_beside_it(
    text: str, entities: set[str], shipped_reader: Reader
) -> None:
    """A title, a possessive, what somebody does, a place to be at, go to or leave, another name, or a capital in a sentence."""
    assert set(named(text, shipped_reader)) == entities


@pytest.mark.parametrize("text", NAMING_NOBODY)
def test_a_word_of_the_language_is_no_name_by_itself(text: str, shipped_reader: Reader) -> None:
    """Nor are its forms slips in a name, nor is a name made of two sentences."""
    assert named(text, shipped_reader) == ()


def test_those_who_share_a_name_are_both_told(reader: Reader) -> None:
    """Whoever may be meant is told, since nothing is asked that could be answered wrongly."""
    assert set(named("ask qiull about it", reader)) >= {"ada-quill", "bram-quill"}


def test_a_card_tells_where_somebody_is_and_who_is_at_an_organisation(reader: Reader) -> None:
    """Each card stands under its name."""
    found = answer(reader.mentioned("Žofie Łuc went to Byre and Sons").question, reader.book)
    assert found.status is Status.ANSWERED
    assert found.text == "Named here: Žofie Łuc and Byre and Sons."
    assert [part.title for part in found.sections] == ["Žofie Łuc", "Byre and Sons"]
    assert "Left Auroch Works in June 2029 after 4 years, 2 months." in found.sections[0].lines
    assert "Žofie Łuc, master founder" in found.sections[1].lines
    assert found.evidence


def test_at_most_five_cards(shipped_reader: Reader) -> None:
    """More than a person reads are only named."""
    text = "Lample, Lacroix, Hambro, Joulin, Izacard, Lavril and Touvron"
    found = answer(shipped_reader.mentioned(text).question, shipped_reader.book)
    assert len(found.sections) == MOST_CARDS
    assert found.notes == ("Named too: Thibaut Lavril and Hugo Touvron.",)


def test_nobody_is_named(reader: Reader) -> None:
    """That nobody is named is said, and nothing is asserted."""
    found = answer(reader.mentioned("nothing here").question, reader.book)
    assert (found.status, found.sections, found.evidence) == (Status.NOT_IN_BOOK, (), ())


@given(st.text(max_size=300))
def test_any_text_can_be_read(reader: Reader, text: str) -> None:
    """Whatever a message holds, it is answered."""
    question = reader.mentioned(text).question
    assert set(named(text, reader)) <= reader.book.entities.keys()
    assert answer(question, reader.book).text
