"""How well names are found, and how fast, beside plain rapidfuzz: `uv run --group bench python -m bench.names`.

Books of 16 to 100,000 people who are nobody (`--million` for the largest), each in a process of its own. With a folder as
argument, the benchmark in it (`bench.py`) is run too: its adapter is `python -m bench.names --adapter`.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bench.cases import Queries, Query
from bench.populations import People
from bot.names.folding import fold
from bot.names.index import Candidate, Decision, Kind, Named, NameIndex, Resolution

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES: Final = {16: 40, 1000: 2, 10_000: 1, 100_000: 1, 1_000_000: 1}
"""People in a book, and how many books are made of that size."""
QUERIES: Final = 1000
"""Queries to all books of a size."""
PLAIN_QUERIES: Final = {1_000_000: 20, 100_000: 150}
"""Fewer, where plain rapidfuzz takes long."""
PLAIN: Final = 0.78
"""The likeness from which plain rapidfuzz names somebody: the best of 0.6 to 0.95 at 16 people."""
SEED: Final = 20_300_101
"""Of other books and queries than those on which the weights were fitted."""
GAIN: Final = {
    "right": 1.0, "asked": 1.0, "refused": 1.0, "asked though clear": 0.5, "asked at a stranger": 0.25, "missed": 0.0,
    "asked without the right one": -0.5, "guessed": -0.5, "wrong": -2.0,
}  # fmt: skip
"""What each outcome is worth."""


class Plain:
    """`rapidfuzz.process.extractOne` over whole folded names: the usual way."""

    def __init__(self, named: list[Named]) -> None:
        self._named = named
        self._names = [fold(item.name) for item in named]

    def resolve(self, text: str) -> Resolution:
        """The likeliest name, or nobody."""
        found = process.extractOne(fold(text), self._names, scorer=OSA.normalized_similarity, score_cutoff=PLAIN)
        if not found:
            return Resolution(Decision.NONE)
        return Resolution(Decision.MATCH, (Candidate(self._named[found[2]], found[1]),))


def outcome(query: Query, found: Resolution) -> str:
    """What came of a query."""
    ids = [candidate.named.id for candidate in found.candidates]
    meant = str(query.meant)
    if query.meant < 0:
        return {Decision.NONE: "refused", Decision.AMBIGUOUS: "asked at a stranger", Decision.MATCH: "wrong"}[
            found.decision
        ]
    if found.decision is Decision.NONE:
        return "missed"
    if found.decision is Decision.MATCH:
        return "wrong" if ids[0] != meant and not query.ask else "guessed" if query.ask else "right"
    if meant not in ids[:5] and not query.ask:
        return "asked without the right one"
    return "asked" if query.ask else "asked though clear"


def memory() -> float:
    """Megabytes that this process holds at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(resolve: Callable[[str], Resolution], queries: list[Query]) -> dict[str, float]:
    """Outcomes in per cent, their mean worth, and milliseconds."""
    resolve("warm up")
    times, outcomes = [], []
    for query in queries:
        began = time.perf_counter()
        found = resolve(query.text)
        times.append(1e3 * (time.perf_counter() - began))
        outcomes.append(outcome(query, found))
    times.sort()
    clear = [came for query, came in zip(queries, outcomes, strict=True) if query.meant >= 0 and not query.ask]
    strangers = [came for query, came in zip(queries, outcomes, strict=True) if query.meant < 0]
    return {
        "U": sum(GAIN[came] for came in outcomes) / len(outcomes),
        "resolved": 100 * clear.count("right") / max(len(clear), 1),
        "wrong": 100 * outcomes.count("wrong") / len(outcomes),
        "refused": 100 * strangers.count("refused") / max(len(strangers), 1),
        "p50": times[len(times) // 2],
        "p95": times[int(len(times) * 0.95)],
    }


def one_size(size: int) -> dict[str, dict[str, float]]:
    """Both ways on books of a size."""
    books = SIZES[size]
    chance = random.Random(SEED + size)
    people = People(chance)
    rows: dict[str, list[dict[str, float]]] = {"herdbook": [], "rapidfuzz": []}
    for _ in range(books):
        book = people.book(size, people.country())
        maker = Queries(book, people, chance)
        queries = [query for query in (maker.query() for _ in range(QUERIES // books)) if not query.foreign]
        named = [Named(str(at), Kind.PERSON, " ".join(person)) for at, person in enumerate(book)]
        before, began = memory(), time.perf_counter()
        index = NameIndex(named)
        built = {"build": time.perf_counter() - began, "MB": memory() - before}
        rows["herdbook"].append(measured(index.resolve, queries) | built)
        began = time.perf_counter()
        plain = Plain(named)
        built = {"build": time.perf_counter() - began, "MB": 0.0}
        rows["rapidfuzz"].append(measured(plain.resolve, queries[: PLAIN_QUERIES.get(size, QUERIES)]) | built)
    return {way: {key: sum(row[key] for row in found) / len(found) for key in found[0]} for way, found in rows.items()}


def table(sizes: list[int]) -> None:
    """Print a row for each size and way, and how many times as good, or as fast, ours is."""
    print(
        f"{'people':>9} {'way':10} {'U':>6} {'resolved':>8} {'wrong':>6} {'refused':>7} {'p50 ms':>8} {'p95 ms':>8} {'build s':>8} {'MB':>6}"
    )
    for size in sizes:
        run = subprocess.run(
            [sys.executable, "-m", "bench.names", "--one", str(size)], check=True, capture_output=True, text=True
        )
        found: dict[str, dict[str, float]] = json.loads(run.stdout)
        for way, row in found.items():
            print(
                f"{size:9,} {way:10} {row['U']:6.3f} {row['resolved']:8.1f} {row['wrong']:6.2f} {row['refused']:7.1f}"
                f" {row['p50']:8.3f} {row['p95']:8.3f} {row['build']:8.2f} {row['MB']:6.0f}"
            )
        ours, plain = found["herdbook"], found["rapidfuzz"]
        wrong = f"{ours['wrong'] / plain['wrong']:.2f}" if plain["wrong"] else "-"
        print(
            f"{'':9} {'ratio':10} {ours['U'] / plain['U']:6.2f} {'':8} {wrong:>6} {'':7} {ours['p50'] / plain['p50']:8.2f} {ours['p95'] / plain['p95']:8.2f}",
            flush=True,
        )


def adapter() -> None:
    """Answer people and queries in JSON lines."""
    index = NameIndex([])
    for line in sys.stdin:
        asked = json.loads(line)
        if "people" in asked:
            index = NameIndex(
                Named(item["id"], Kind.PERSON, item["name"], tuple(item["aliases"])) for item in asked["people"]
            )
            continue
        began = time.perf_counter()
        found = index.resolve(asked["q"])
        answer = {
            "ids": [candidate.named.id for candidate in found.candidates],
            "decision": found.decision,
            "ms": 1e3 * (time.perf_counter() - began),
            "score": found.candidates[0].score if found.candidates else 0,
        }
        print(json.dumps(answer), flush=True)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("benchmark", nargs="?", type=Path, help="a folder with bench.py")
    parser.add_argument("--tasks", default="all", help="of that benchmark")
    parser.add_argument("--python", default=sys.executable, help="an interpreter with what that benchmark needs")
    parser.add_argument("--million", action="store_true", help="a book of 1,000,000 people too")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--adapter", action="store_true", help="speak JSON lines, as a benchmark asks")
    options = parser.parse_args()
    if options.adapter:
        adapter()
    elif options.one:
        print(json.dumps(one_size(options.one)))
    else:
        table([size for size in SIZES if size < 1_000_000 or options.million])
        if options.benchmark:
            command = f"{sys.executable} -m bench.names --adapter"
            script = str(options.benchmark / "bench.py")
            subprocess.run([options.python, script, "--adapter", command, "--tasks", options.tasks], check=True)


if __name__ == "__main__":
    main()
