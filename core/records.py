"""Plain records as tagged PDFs: headings, facts, texts and tables, made of data alone (``templates/documents/record.typ``)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.i18n import _, language
from core.printing import Order

TEMPLATE = "record.typ"
LONG_WORD, PIECE = 28, 12
BREAK_HERE = "\u200b"

Part = dict[str, Any]


@dataclass(frozen=True)
class Section:
    title: str
    parts: Sequence[Part]


def facts(pairs: Iterable[tuple[str, str]]) -> Part:
    """Label and value; what is empty is left out."""
    return {
        "kind": "facts",
        "pairs": [{"label": label, "text": foldable(text)} for label, text in pairs if text],
    }


def text(words: str) -> Part:
    return {"kind": "text", "text": foldable(words)}


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, widths: Sequence[int]) -> Part:
    """``widths`` are parts of the page's width."""
    shown = [[foldable(cell) for cell in row] for row in rows]
    return {"kind": "table", "heads": list(heads), "rows": shown, "widths": list(widths)}


def record_pdf(
    title: str,
    lead: str,
    sections: Sequence[Section],
    *,
    author: str,
    funding: str,
    moment: datetime,
    logos: Sequence[Part] = (),
) -> bytes:
    """PDF/UA-1, in the reader's language. Raises ``core.printing.NotPrinted``. ``logos``: bytes and words of each."""
    data = {
        "language": language(),
        "title": title,
        "lead": lead,
        "author": author,
        "funding": funding,
        "logos": list(logos),
        "replaced": False,
        "sections": [{"title": section.title, "parts": list(section.parts)} for section in sections],
        "words": {
            "page": _("Page %(number)s of %(all)s", number="{number}", all="{all}"),
            "replaced": _("□ stands for a sign that the font of this document does not have."),
        },
    }
    return Order(TEMPLATE, data, moment=moment).printed()


def foldable(words: str) -> str:
    """A long address or a text without spaces may be broken anywhere: else it would run off the page."""
    return re.sub(rf"\S{{{LONG_WORD},}}", _in_pieces, words)


def _in_pieces(word: re.Match[str]) -> str:
    letters = word[0]
    return BREAK_HERE.join(letters[start : start + PIECE] for start in range(0, len(letters), PIECE))
