"""Dates as people type them: `2023`, `June 2023`, `2023-06`, `2023/06`, `06/2023`, `12 june 2023`, `12.6.2023`."""

from __future__ import annotations

import calendar
import re
from typing import Final

from bot.facts.dates import Date

_MONTHS: Final = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr, ["", "", "", "", "", "", "", "", "", "sept"])
    for number, name in enumerate(names)
    if name
}
_MONTH: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR: Final = r"(?P<year>[12]\d{3})"
_SPELLINGS: Final = tuple(
    re.compile(rf"(?<![\w./-]){pattern}(?![\w/-]|\.\d)", re.IGNORECASE | re.ASCII)
    for pattern in (
        rf"{_YEAR}(?P<mark>[-/.])(?P<month>\d\d?)(?:(?P=mark)(?P<day>\d\d?))?",
        rf"(?P<day>\d\d?)\.(?P<month>\d\d?)\.{_YEAR}",
        rf"(?P<day>\d\d?)(?:st|nd|rd|th)? +(?:of +)?(?P<word>{_MONTH})\.?,? +{_YEAR}",
        rf"(?P<word>{_MONTH})\.? +(?P<day>\d\d?)(?:st|nd|rd|th)?,? +{_YEAR}",
        rf"(?P<word>{_MONTH})\.?,? +(?:of +)?{_YEAR}",
        rf"(?P<month>\d\d?)[/.]{_YEAR}",
        _YEAR,
    )
)


def take_date(text: str) -> tuple[Date | None, str]:
    """The first date in a text, most precise spelling first, and the text without it; no date that no calendar has."""
    for spelling in _SPELLINGS:
        if found := spelling.search(text):
            try:
                date = Date.parse(_edtf({key: value for key, value in found.groupdict().items() if value}))
            except ValueError:
                continue
            return date, f"{text[: found.start()]} {text[found.end() :]}"
    return None, text


def _edtf(parts: dict[str, str]) -> str:
    month = _MONTHS[parts["word"].casefold()] if "word" in parts else parts.get("month")
    numbers = [f"{int(number):02}" for number in (month, parts.get("day")) if number is not None]
    return "-".join([parts["year"], *numbers])
