"""A paper as a tagged PDF (PDF/UA-1)."""

from typing import Any

from core.printing import Order
from core.records import foldable
from papers.documents.code import code_svg
from papers.documents.parts import LETTER_MM, frame_of, pieces, text_of
from papers.markup import Block, BlockKind, rows_of
from papers.models import Paper
from programme.logo_copies import on_paper

TEMPLATE = "paper.typ"


def paper_pdf(paper: Paper) -> Order:
    """Not printed yet. The same paper gives the same file whenever it is asked for."""
    text, frame = text_of(paper), frame_of(paper)
    data = {
        "language": paper.language,
        "number": paper.number,
        "title": foldable(text.title),
        "author": frame.programme,
        "funding": frame.funding,
        "logos": on_paper(frame.logos),
        "code": {"svg": code_svg(paper), "words": frame.code_words},
        "blocks": [_block(block) for block in text.blocks],
        "replaced": False,
        "words": {"page": frame.page, "replaced": frame.replaced},
    }
    return Order(TEMPLATE, data, moment=paper.made_at)


def _block(block: Block) -> dict[str, Any]:
    is_table = block.kind is BlockKind.TABLE
    return {
        "kind": str(block.kind),
        "texts": [_words(words) for words in block.texts],
        "lines": block.rows if block.kind is BlockKind.LINES else 0,
        "rows": [[foldable(cell) for cell in row] for row in rows_of(block)] if is_table else [],
    }


def _words(words: str) -> list[dict[str, Any]]:
    return [{"text": foldable(text), "gap": round(dots * LETTER_MM, 1)} for text, dots in pieces(words)]
