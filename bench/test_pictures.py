"""How long a picture takes: drawn by the studio, kept by it, and beside it a plain matplotlib bar chart in a process of its own."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from bot.answers import answer
from bot.facts.reading import read_book
from bot.pictures.drawing import draw
from bot.pictures.studio import Studio
from bot.pictures.themes import Theme
from bot.questions.model import Destinations, Tenure, Timeline

if TYPE_CHECKING:
    from bot.charts import Chart
    from bot.facts.book import Book
    from bot.questions.model import Question

PLAIN: Final = """
import sys
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
figure = Figure(figsize=(4, 3.7), dpi=300)
FigureCanvasAgg(figure)
figure.add_subplot().barh([f"Somebody {at}" for at in range(14)], range(14))
figure.savefig(sys.stdout.buffer, format="png")
"""
ROUNDS: Final = 10
FACTS: Final = Path("facts")


def chart(question: Question, book: Book) -> Chart:
    """What a book has drawn for a question."""
    found = answer(question, book).picture
    if found is None:
        raise LookupError("the book has nothing to draw")
    return found


@pytest.mark.benchmark(group="a picture")
@pytest.mark.parametrize("question", [Timeline(), Destinations(), Tenure()], ids=["timeline", "flow", "tenure"])
def test_cold(benchmark: Any, question: Question) -> None:
    """A picture that nobody asked for before."""
    wanted = chart(question, read_book(FACTS))
    benchmark.pedantic(lambda: asyncio.run(Studio().picture(wanted, Theme.DARK)), rounds=ROUNDS)


@pytest.mark.benchmark(group="a picture")
def test_drawing_alone(benchmark: Any) -> None:
    """What of it is drawing, and not the start of a process."""
    wanted = chart(Timeline(), read_book(FACTS))
    benchmark.pedantic(lambda: draw(wanted, Theme.DARK), rounds=ROUNDS)


@pytest.mark.benchmark(group="a picture")
def test_kept(benchmark: Any) -> None:
    """The question answered anew, and a picture that was drawn before."""
    studio, book = Studio(), read_book(FACTS)
    asyncio.run(studio.picture(chart(Timeline(), book), Theme.DARK))
    benchmark.pedantic(lambda: studio.kept(chart(Timeline(), book), Theme.DARK), rounds=100)


@pytest.mark.benchmark(group="a picture")
def test_plain_matplotlib(benchmark: Any) -> None:
    """The peer: a bar chart as matplotlib's guide has it."""
    command = [sys.executable, "-c", PLAIN]
    benchmark.pedantic(lambda: subprocess.run(command, capture_output=True, check=True), rounds=ROUNDS)
