"""The papers of a partnership as its page shows them: to be signed, signed, replaced by a newer one, void."""

from collections.abc import Sequence
from dataclasses import dataclass

from papers.models import Paper, PaperState


@dataclass(frozen=True)
class PapersPage:
    to_sign: Sequence[Paper]
    signed: Sequence[Paper]
    outdated: Sequence[Paper]
    """Never signed, and made anew since with other words."""
    void: Sequence[Paper]


def papers_page(papers: Sequence[Paper]) -> PapersPage:
    """``papers``: the latest first."""
    to_sign: list[Paper] = []
    outdated: list[Paper] = []
    newest: dict[tuple[object, ...], str] = {}
    for paper in papers:
        key = (paper.kind, paper.language, *paper.place)
        if paper.state is PaperState.TO_SIGN:
            has_other_words = newest.get(key, paper.content_hash) != paper.content_hash
            (outdated if has_other_words else to_sign).append(paper)
        newest.setdefault(key, paper.content_hash)
    signed = [paper for paper in papers if paper.state is PaperState.SIGNED]
    void = [paper for paper in papers if paper.state is PaperState.VOID]
    return PapersPage(to_sign, signed, outdated, void)
