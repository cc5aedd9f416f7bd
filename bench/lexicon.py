"""Make `lexicon.txt.gz`, `rarer.txt.gz` and `nicknames.txt` of `bot/names`: `uv run --group bench python -m bench.lexicon`.

Names come from names-dataset (Apache-2.0), English words from symspellpy's frequency list (MIT), nicknames from nicknames
(Apache-2.0). It takes about 2 GB of memory and a minute.
"""

from __future__ import annotations

import csv
import gzip
import importlib.metadata
from collections import defaultdict
from pathlib import Path
from typing import Final

from names_dataset import NameDataset

from bot.names.folding import fold

DATA: Final = Path(__file__).parent.parent / "bot" / "names"
FIRST_NAMES: Final = 2500
"""The rank in any one country up to which a first name is kept."""
SURNAMES: Final = 3000
"""The same of a surname."""
COMMON: Final = 300
"""The rank in any one country up to which a name is common: its kind is written in capitals."""
WORDS: Final = 20000
"""As many of the most frequent English words are in the lexicon; the others are rarer."""
SHARE: Final = 0.01
"""Of all bearers of a name, the share that must live in the country whose rank counts: fewer are noise."""


def ranked(names: dict[str, dict[str, dict[str, float]]], last: int) -> dict[str, int]:
    """Each folded name of one word with its best rank in any country, up to `last`."""
    best: dict[str, int] = {}
    for name, known in names.items():
        shares = known.get("country") or {}
        ranks = [
            int(rank) for country, rank in (known.get("rank") or {}).items() if rank and shares.get(country, 0) >= SHARE
        ]
        folded = fold(name)
        if ranks and min(ranks) <= last and folded.isalpha() and len(folded) > 1:
            best[folded] = min(best.get(folded, last), *ranks)
    return best


def words() -> tuple[list[str], list[str]]:
    """English words of three letters and more: the most frequent ones, and those that are rarer."""
    files = importlib.metadata.files("symspellpy") or []
    (path,) = (file.locate() for file in files if file.name == "frequency_dictionary_en_82_765.txt")
    counted = (line.split() for line in Path(str(path)).read_text("utf-8-sig").splitlines())
    by_count = sorted(((int(count), word) for word, count in counted if word.isalpha()), reverse=True)
    by_rank = [word for _, word in by_count]
    frequent, rarer = ([word for word in part if len(word) > 2] for part in (by_rank[:WORDS], by_rank[WORDS:]))
    return frequent, rarer


def written(entries: dict[str, str]) -> bytes:
    """A line for each word, with a space and its kinds, sorted, after an empty line: what `Lexicon` reads, packed."""
    lines = [f"{word} {entries[word]}" for word in sorted(entries)]
    return gzip.compress("\n".join(["", *lines, ""]).encode(), mtime=0)


def nicknames() -> list[str]:
    """Lines of a name and its short forms."""
    files = importlib.metadata.files("nicknames") or []
    (path,) = (file.locate() for file in files if file.name == "names.csv")
    short: dict[str, list[str]] = defaultdict(list)
    with Path(str(path)).open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["relationship"] == "has_nickname":
                short[fold(row["name1"])].append(fold(row["name2"]))
    return [" ".join([name, *sorted(set(short[name]))]) for name in sorted(short)]


def main() -> None:
    """Write the three files."""
    dataset = NameDataset()
    kinds: dict[str, str] = defaultdict(str)
    for kind, best in (("f", ranked(dataset.first_names, FIRST_NAMES)), ("l", ranked(dataset.last_names, SURNAMES))):
        for name, rank in best.items():
            kinds[name] += kind.upper() if rank <= COMMON else kind
    frequent, rarer = words()
    for word in frequent:
        kinds[word] += "w"
    DATA.joinpath("lexicon.txt.gz").write_bytes(written(kinds))
    DATA.joinpath("rarer.txt.gz").write_bytes(written({word: "w" for word in rarer if word not in kinds}))
    head = "# Names and their short forms, from nicknames (Apache-2.0), made by bench/lexicon.py. One name a line.\n"
    DATA.joinpath("nicknames.txt").write_text(head + "\n".join(nicknames()) + "\n", "utf-8")
    print(len(kinds), "entries")


if __name__ == "__main__":
    main()
