"""The papers of a partnership as its page shows them: to be signed, signed, replaced by a newer one, void."""

from collections.abc import Sequence
from dataclasses import dataclass

from papers.kinds import FORMS
from papers.models import Paper, PaperState


@dataclass(frozen=True)
class PapersPage:
    to_sign: Sequence[Paper]
    signed: Sequence[Paper]
    outdated: Sequence[Paper]
    """Never signed, and made anew since: with other words, or with these once more after others."""
    void: Sequence[Paper]


def papers_page(papers: Sequence[Paper]) -> PapersPage:
    """``papers``: the latest first."""
    to_sign: list[Paper] = []
    outdated: list[Paper] = []
    newest: dict[tuple[object, ...], str] = {}
    for paper in papers:
        key = (paper.kind, paper.language, *paper.place)
        is_repeated = FORMS[paper.kind].is_repeated
        if paper.state is PaperState.TO_SIGN:
            is_in_force = key not in newest or (is_repeated and newest[key] == paper.content_hash)
            (to_sign if is_in_force else outdated).append(paper)
        if not (is_repeated and paper.scan_id):  # that of another use takes no paper's place
            newest.setdefault(key, paper.content_hash)
    signed = [paper for paper in papers if paper.state is PaperState.SIGNED]
    void = [paper for paper in papers if paper.state is PaperState.VOID]
    return PapersPage(to_sign, signed, outdated, void)
