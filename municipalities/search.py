"""Finding a municipality by what people type: a name without accents, an old name, a code or its beginning."""

import re
from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_

from core.text import words
from municipalities.models import Municipality

LONGEST = 400
"""Of the column."""


def search_text(names: Iterable[str], codes: Iterable[str]) -> str:
    """`` bielsko biala 2461011``: every word of every name and code it has or had, a space before each."""
    found = dict.fromkeys(word for text in (*names, *codes) for word in words(text))
    text = "".join(f" {word}" for word in found)
    return text if len(text) <= LONGEST else text[:LONGEST].rpartition(" ")[0]


def matching(text: str) -> ColumnElement[bool]:
    """Every word typed begins a word of the municipality: ``lodz`` finds Łódź, but not Włodzimierz."""
    wanted = [_typed_code(text)] if _typed_code(text) else words(text)
    return and_(True, *(Municipality.search_text.contains(f" {word}", autoescape=True) for word in wanted))


def _typed_code(text: str) -> str:
    """``02 01 01 1`` and ``020101-1`` are codes too."""
    return re.sub(r"[\s-]", "", text) if re.fullmatch(r"[0-9][0-9\s-]*", text.strip()) else ""
