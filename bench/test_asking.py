"""How long a question takes to be read and answered: `uv run --group bench pytest bench/test_asking.py`.

Questions of 30 words, each with a name mistyped anew, since the reader keeps what it looked up; and 2,000 characters of
anything. Asked of the book that ships, and of one with 100,000 people who are nobody. The peer in the same run is one
look-up of a name by plain rapidfuzz.
"""

from __future__ import annotations

import random
import string
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bench.populations import People
from bot.answers import answer
from bot.facts.model import Person
from bot.facts.reading import read_book
from bot.names.folding import fold
from bot.questions.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.facts.book import Book

QUESTIONS: Final = (
    (
        "hey there bot, i was just wondering if you could please tell me when exactly {name} left meta and also where"
        " {name} is working now, thanks a lot for your help with this"
    ),
    (
        "could you please list for me everyone of the llama authors who left meta between march 2023 and june 2024 and"
        " went to mistral or cohere or anthropic, but of course not {name}, thank you"
    ),
    (
        "so do you happen to know whether {name} stayed at meta for longer than {other}, or was it the other way round,"
        " i would really like to know that, if that is possible"
    ),
)
ROUNDS: Final = 500
SEED: Final = 20_310_101


@pytest.fixture(scope="module", params=[0, 100_000], ids=["shipped", "shipped and 100,000 more"])
def book(request: pytest.FixtureRequest) -> Book:
    """The book that ships, with so many people more."""
    shipped = read_book(Path("facts"))
    chance = random.Random(SEED)
    more = {
        f"person-{at}": Person(id=f"person-{at}", name=" ".join(name))
        for at, name in enumerate(People(chance).book(request.param))
    }
    return replace(shipped, people={**shipped.people, **more})


def questions(book: Book) -> Iterator[str]:
    """Questions of 30 words, without end."""
    chance = random.Random(SEED)
    names = [person.name for person in book.cohort]
    while True:
        yield chance.choice(QUESTIONS).format(name=mistyped(chance, names), other=mistyped(chance, names))


def anything() -> Iterator[str]:
    """2,000 characters of anything, without end."""
    chance = random.Random(SEED)
    while True:
        yield "".join(chance.choices(string.printable + "äöüßéèñ漢字👀" + " " * 20, k=2000))


def mistyped(chance: random.Random, names: list[str]) -> str:
    """A name with a letter left out or doubled."""
    name = chance.choice(names)
    at = chance.randrange(1, len(name))
    return name[:at] + chance.choice(["", name[at - 1]]) + name[at + 1 :]


@pytest.mark.benchmark(group="asking")
@pytest.mark.parametrize("kind", ["30 words", "2,000 characters"])
def test_ask(benchmark: Any, book: Book, kind: str) -> None:
    """Reading and answering a message."""
    reader = Reader(book, "!")
    messages = questions(book) if kind == "30 words" else anything()

    def ask(message: str) -> None:
        if reading := reader.message(message):
            answer(reading.question, book)

    measure(benchmark, ask, messages)


@pytest.mark.benchmark(group="asking")
def test_plain_rapidfuzz(benchmark: Any, book: Book) -> None:
    """The peer: one look-up of a mistyped name among all names."""
    names = [fold(person.name) for person in book.people.values()]
    chance = random.Random(SEED)
    typed = iter(lambda: mistyped(chance, names), None)
    measure(benchmark, lambda name: process.extractOne(name, names, scorer=OSA.normalized_similarity), typed)


def measure(benchmark: Any, ask: Callable[[str], object], messages: Iterator[Any]) -> None:
    """Run with a new message each time, and note the 99th percentile, in milliseconds."""
    benchmark.pedantic(ask, setup=lambda: ((next(messages),), {}), rounds=ROUNDS, warmup_rounds=20)
    benchmark.extra_info["p99 ms"] = round(1000 * sorted(benchmark.stats.stats.data)[int(0.99 * ROUNDS)], 2)
    print(f"\n{benchmark.name}: p99 {benchmark.extra_info['p99 ms']} ms")
