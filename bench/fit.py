"""Fit `bot/names/weights.json`: `uv run --group bench python -m bench.fit`.

Books of people who are nobody, queries by a model of errors, and a plain logistic regression. Each book has a seed of its
own, so that a run comes out like the last. Two free cores take about a quarter of an hour.
"""

from __future__ import annotations

import argparse
import json
import random
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zlib import crc32

import numpy as np

from bench.cases import Queries, Query
from bench.populations import People
from bot.names.features import features, known
from bot.names.index import Kind, Named, NameIndex
from bot.names.judging import GAINS, OUTCOMES
from bot.names.model import Decision
from bot.names.typed import Typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

WEIGHTS: Final = Path(__file__).parent.parent / "bot" / "names" / "weights.json"
SIZES: Final = (
    (8, 64, 10000, 24),
    (64, 400, 600, 100),
    (1000, 1000, 70, 900),
    (10000, 10000, 12, 3000),
    (100000, 100000, 4, 4000),
)
"""Books: fewest and most people, how many books, and queries to each."""
UNKNOWN: Final = 25
"""Of a hundred names, those that are taken out of the lexicon while fitting: it does not know every name."""
RIDGE: Final = 2.0
"""How much large weights are held back."""
STEPS: Final = 25
COST: Final = 2.0
"""What a wrong person costs."""
CAUTION: Final = (2.0, 2.5, 3.0, 4.0)
"""What a wrong person may be held to cost in deciding."""

Row = tuple[dict[str, float], int, str, str]
"""Features, the place of the outcome, what kind of query, and its text."""


def masked(book: int) -> Callable[[str], str]:
    """The lexicon without some names, others for each book."""

    def some(word: str) -> str:
        return "" if crc32(f"{book} {word}".encode()) % 100 < UNKNOWN else known(word)

    return some


def outcome(query: Query, owners: list[int]) -> int:
    """The place of the outcome of a query whose candidates have these owners."""
    if query.meant < 0:
        return OUTCOMES.index("nobody")
    if query.ask:
        return OUTCOMES.index("open")
    if owners[0] == query.meant:
        return OUTCOMES.index("right")
    return OUTCOMES.index("open" if query.meant in owners[:5] else "nobody")


def rows(job: tuple[int, int, int, int]) -> list[Row]:
    """The cases of one book."""
    seed, fewest, most, count = job
    chance = random.Random(seed)
    people = _people(chance)
    book = people.book(round(fewest * (most / fewest) ** chance.random()), people.country())
    named = [Named(str(at), Kind.PERSON, " ".join(person)) for at, person in enumerate(book)]
    index = NameIndex(named)
    queries, found = Queries(book, people, chance), []
    for _ in range(count):
        query = queries.query()
        typed = index.read(query.text)
        typed = Typed(typed.tokens, query.foreign)
        case = index.case(typed, masked(seed))
        if case is None or index.as_written(typed):
            continue
        owners = [int(index.owner(alignment).id) for alignment in case.alignments]
        found.append((features(case), outcome(query, owners), query.what, query.text))
    return found


_PEOPLE: list[People] = []


def _people(chance: random.Random) -> People:
    if not _PEOPLE:
        _PEOPLE.append(People(chance))
    _PEOPLE[0].chance = chance
    return _PEOPLE[0]


def fit(x: NDArray[np.float64], y: NDArray[np.int64], start: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
    """Weights of features (rows) for outcomes (columns), by Newton's method; there is one best, wherever it starts."""
    kinds, size = len(OUTCOMES), x.shape[1]
    found = np.zeros((size, kinds)) if start is None else start.copy()
    target = np.eye(kinds)[y]
    for _ in range(STEPS):
        odds = softmax(x @ found)
        slope = x.T @ (odds - target) + RIDGE * found
        curve = np.zeros((size * kinds, size * kinds))
        for a in range(kinds):
            for b in range(a + 1):
                share = odds[:, a] * ((a == b) - odds[:, b])
                block = x.T @ (x * share[:, None])
                curve[a * size : (a + 1) * size, b * size : (b + 1) * size] = block
                curve[b * size : (b + 1) * size, a * size : (a + 1) * size] = block
        curve += RIDGE * np.eye(size * kinds)
        step = np.linalg.solve(curve, slope.T.reshape(-1)).reshape(kinds, size).T
        found -= step
        if np.abs(step).max() < 1e-4:
            break
    return found


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rows of scores as shares of 1."""
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: NDArray[np.float64] = shares / shares.sum(axis=1, keepdims=True)
    return result


def report(name: str, odds: NDArray[np.float64], y: NDArray[np.int64]) -> None:
    """How often each decision is made for each outcome."""
    gains = np.array([GAINS[decision] for decision in Decision])
    chosen = np.argmax(odds @ gains.T, axis=1)
    table = [[int(((chosen == at) & (y == kind)).sum()) for at in range(3)] for kind in range(3)]
    wrong = sum(table[kind][0] for kind in (1, 2))
    print(
        name,
        len(y),
        {OUTCOMES[kind]: table[kind] for kind in range(3)},
        f"wrong {100 * wrong / len(y):.2f} %",
        flush=True,
    )


def report_caution(odds: NDArray[np.float64], y: NDArray[np.int64]) -> None:
    """What it brings to hold a wrong person dearer than the 2 that it costs, where nobody is meant."""
    gains = np.array([GAINS[decision] for decision in Decision])
    worth = gains.copy()
    worth[0, 2] = -COST
    for cost in CAUTION:
        gains[0, 2] = -cost
        chosen = np.argmax(odds @ gains.T, axis=1)
        wrong = 100 * ((chosen == 0) & (y != 0)).mean()
        right = 100 * ((chosen == 0) & (y == 0)).sum() / (y == 0).sum()
        print(f"held dear at {cost}: worth {worth[chosen, y].mean():.4f}, wrong {wrong:.2f} %, right {right:.1f} %")


def main() -> None:
    """Make cases, fit, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the books")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    jobs = [
        (1000 * kind + 7 + at * 100_000, *shape[:2], shape[3])
        for kind, shape in enumerate(SIZES)
        for at in range(max(1, round(shape[2] * options.scale)))
    ]
    People(random.Random(0))
    with ProcessPoolExecutor(options.jobs) as pool:
        made = list(pool.map(rows, jobs))
    cases = [row for book in made for row in book]
    print(f"{len(cases)} cases of {len(jobs)} books", flush=True)
    sizes = np.array([job[2] for job, book in zip(jobs, made, strict=True) for _ in book])
    names = sorted({name for row in cases for name in row[0]})
    x = np.array([[row[0].get(name, 0.0) for name in names] for row in cases])
    y = np.array([row[1] for row in cases])
    held = np.random.default_rng(1).random(len(y)) < 0.15
    weights = fit(x[~held], y[~held])
    odds = softmax(x @ weights)
    for size in sorted(set(sizes.tolist())):
        report(f"up to {size}, held out", odds[held & (sizes == size)], y[held & (sizes == size)])
    report_caution(odds[held], y[held])
    gains = np.array([GAINS[decision] for decision in Decision])
    chosen = np.argmax(odds @ gains.T, axis=1)
    faults = [
        (odds[at, 0].round(3), row[2], row[3]) for at, row in enumerate(cases) if chosen[at] == 0 and y[at] and held[at]
    ]
    for fault in faults[:40]:
        print("   ", *fault)
    weights = fit(x, y, weights)
    table = {
        name: dict(zip(OUTCOMES, (round(float(value), 3) for value in row), strict=True))
        for name, row in zip(names, weights, strict=True)
    }
    lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(row)}" for name, row in table.items())
    WEIGHTS.write_text("{\n" + lines + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()
