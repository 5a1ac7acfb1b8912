"""Which paper a file is the scan of: it says so by the code on its pages, by its name or by its words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

from core.pdf_words import words_of
from core.picture_codes import codes_of
from papers.models import Paper

_IN_WORDS = re.compile(r"(?<![A-Za-z0-9])GP\s?/\s?(\d{4})\s?/\s?(\d{4,9})(?!\d)")
_IN_NAME = re.compile(r"(?<![a-z0-9])gp[-_. ]?(\d{4})[-_. ](\d{4,9})(?!\d)", re.IGNORECASE)
_IN_CODE = re.compile(r"/p/([A-Za-z0-9_-]{16,40})")
"""Whatever the address of the installation was when the paper was printed."""
_PICTURES = (".pdf", ".jpg", ".jpeg", ".png")

SECONDS = 12.0
"""For all the files that come at once; what was not looked at by then is chosen by hand."""


@dataclass(frozen=True)
class Carried:
    """What a file says itself."""

    numbers: frozenset[str]
    tokens: frozenset[str]

    def is_of(self, paper: Paper) -> bool:
        return paper.token in self.tokens or paper.number in self.numbers

    def is_only_of(self, paper: Paper) -> bool:
        return self.is_of(paper) and self.tokens <= {paper.token} and self.numbers <= {paper.number}


NOTHING = Carried(frozenset(), frozenset())


def carried_by(name: str, data: bytes, *, seconds: float = SECONDS) -> Carried:
    """Read apart from the application, as it is a stranger's file."""
    pairs = _IN_NAME.findall(name)
    ending = name.casefold()
    if ending.endswith(".pdf"):
        pairs += _IN_WORDS.findall(words_of(data))
    codes = codes_of(data, seconds=seconds) if ending.endswith(_PICTURES) and seconds > 0 else []
    return Carried(
        frozenset(f"GP/{year}/{int(serial):04d}" for year, serial in pairs),
        frozenset(found[1] for found in map(_IN_CODE.search, codes) if found),
    )


def carried_by_each(files: Sequence[tuple[str, bytes]]) -> list[Carried]:
    """Of many files, within a time that somebody can wait."""
    end = monotonic() + SECONDS
    return [carried_by(name, data, seconds=end - monotonic()) for name, data in files]


def told_by(papers: Sequence[Paper], carried: Carried) -> Paper | None:
    """Which of these papers it is; None where the file says nothing, names several or one of somebody else."""
    return next((paper for paper in papers if carried.is_only_of(paper)), None)
