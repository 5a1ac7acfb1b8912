"""Finding a municipality by what people type: a name without accents, an old name, a code or its beginning."""

import re
from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, false, literal, true

from core.text import words
from municipalities.models import Municipality

LONGEST = 400
"""Of the column."""


def search_text(names: Sequence[str], codes: Sequence[str]) -> str:
    """``bielsko biala 2461011``: every word of every name and code that it has or had, today's first."""
    texts = (*names[:1], *codes[:1], *names, *codes)
    found = " ".join(dict.fromkeys(word for text in texts for word in words(text)))
    return found if len(found) <= LONGEST else found[:LONGEST].rpartition(" ")[0]


def matching(text: str) -> ColumnElement[bool]:
    """Every word typed begins a word of the municipality: ``lodz`` finds Łódź, but not Włodzimierz."""
    if not text.strip():
        return true()
    wanted = wanted_words(text)
    from_a_space = literal(" ").concat(Municipality.search_text)
    parts = [from_a_space.contains(f" {word}", autoescape=True) for word in wanted]
    return and_(*parts) if parts else false()


def wanted_words(text: str) -> list[str]:
    """What the words of a municipality have to begin with."""
    code = _typed_code(text)
    return [code] if code else words(text)


def _typed_code(text: str) -> str:
    """``02 01 01 1`` and ``020101-1`` are codes too."""
    return re.sub(r"[\s-]", "", text) if re.fullmatch(r"[0-9][0-9\s-]*", text.strip()) else ""
