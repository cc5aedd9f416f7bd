"""People that nobody is: names as they are borne in 38 countries, from names-dataset (Apache-2.0)."""

from __future__ import annotations

import json
import os
import re
import tempfile
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.names.folding import fold

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

CACHE: Final = Path(os.environ.get("HERDBOOK_BENCH_CACHE", Path(tempfile.gettempdir()) / "herdbook-bench"))
"""Where names are kept after the first time, which takes 2 GB of memory and half a minute."""
COUNTRIES: Final = {
    "US": 15, "FR": 11, "GB": 8, "IN": 10, "DE": 6, "IT": 6, "ES": 5, "BR": 6, "MX": 4, "RU": 4, "PL": 3, "TR": 4, "EG": 3, "MA": 3,
    "DZ": 3, "TN": 2, "NG": 3, "CN": 4, "JP": 3, "KR": 3, "PH": 2, "ID": 3, "IR": 3, "SA": 2, "NL": 3, "SE": 2, "CA": 3, "PT": 2,
    "BE": 2, "CH": 2, "GR": 1, "IL": 1, "IE": 1, "ZA": 2, "CO": 2, "AR": 2, "HU": 1, "CZ": 1,
}  # fmt: skip
"""How often each country is drawn."""
FIRST_NAMES: Final = 4000
"""The rank in a country up to which first names are drawn."""
SURNAMES: Final = 20000
_LATIN: Final = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ'’\- ]{2,22}")

Person = tuple[str, str]
"""First names and surname."""


def countries() -> dict[str, dict[str, list[str]]]:
    """For each country its first names (`f`) and surnames (`l`), the most frequent first."""
    cached = CACHE / "countries.json"
    if not cached.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        cached.write_text(json.dumps(_from_dataset()))
    found: dict[str, dict[str, list[str]]] = json.loads(cached.read_text())
    return found


def _from_dataset() -> dict[str, dict[str, list[str]]]:
    from names_dataset import NameDataset  # noqa: PLC0415 - loading it takes 2 GB

    dataset = NameDataset()
    return {
        country: {
            "f": _ranked(dataset.first_names, country, FIRST_NAMES),
            "l": _ranked(dataset.last_names, country, SURNAMES),
        }
        for country in COUNTRIES
    }


def _ranked(names: dict[str, dict[str, dict[str, float]]], country: str, last: int) -> list[str]:
    found = []
    for name, known in names.items():
        rank = (known.get("rank") or {}).get(country)
        share = (known.get("country") or {}).get(country, 0)
        if rank and rank <= last and share >= 0.02 and _LATIN.fullmatch(name) and len(fold(name)) > 1:
            found.append((rank, name))
    return [name for _, name in sorted(found)]


class People:
    """Draws people from countries, a name of rank r with a weight of 1 / (r + 20), as surnames are borne."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self._names = countries()
        self._weights = {
            (country, kind): list(accumulate(1 / (rank + 20) for rank in range(len(names))))
            for country, kinds in self._names.items()
            for kind, names in kinds.items()
        }
        self._countries = tuple(COUNTRIES)
        self._country_weights = list(accumulate(COUNTRIES.values()))

    def country(self) -> str:
        """A country, the greater ones more often."""
        (found,) = self.chance.choices(self._countries, cum_weights=self._country_weights)
        return found

    def name(self, country: str, kind: str) -> str:
        """A first name (`f`) or surname (`l`)."""
        names, weights = self._names[country][kind], self._weights[country, kind]
        (found,) = self.chance.choices(names, cum_weights=weights)
        return found

    def person(self, country: str | None = None) -> Person:
        """Somebody, with two first names or surnames now and then."""
        country = country or self.country()
        first, last = self.name(country, "f"), self.name(country, "l")
        kind = self.chance.random()
        if kind < 0.07:
            first += " " + self.name(country, "f")
        elif kind < 0.11:
            first += "-" + self.name(country, "f")
        elif kind < 0.15:
            last += self.chance.choice("- ") + self.name(country, "l")
        elif kind < 0.18:
            first += f" {self.name(country, 'f')[0]}."
        elif kind < 0.19:
            first = f"{first[0]}."
        elif kind < 0.20:
            first = f"{first[0]}. {self.name(country, 'f')}"
        return first, last

    def book(self, size: int, home: str | None = None) -> list[Person]:
        """So many different people, half of them of one country where one is given."""
        return list(self._different(size, home))

    def _different(self, size: int, home: str | None) -> Iterator[Person]:
        seen: set[str] = set()
        while len(seen) < size:
            person = self.person(home if self.chance.random() < 0.5 else None)
            key = " ".join(sorted(fold(" ".join(person)).split()))
            if key not in seen and len(key) > 4:
                seen.add(key)
                yield person
