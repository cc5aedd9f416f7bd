"""Every kind of input that a member or a keeper can send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.fuzz import books, custom_ids, dates, evidence, forms, messages, names, uploads

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.fuzz.trying import Kind

KINDS: Final[Mapping[str, Kind]] = {
    "messages": messages.KIND,
    "names": names.KIND,
    "dates": dates.KIND,
    "custom_ids": custom_ids.KIND,
    "forms": forms.KIND,
    "books": books.KIND,
    "uploads": uploads.KIND,
    "evidence": evidence.KIND,
}
