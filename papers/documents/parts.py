"""What both documents show of a paper, in words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.i18n import _, in_language
from papers.content import thawed
from papers.markup import Text
from papers.models import Paper
from programme.logo_copies import ON_PAPER, SmallLogo, small_logos
from programme.queries import the_programme

DOTS = re.compile(r"\.{4,}|…{4,}")
"""Somebody writes here by hand: a line, which nobody is read aloud dot by dot."""
ELLIPSIS = 3
LETTER_MM = 1.7
"""So wide is a dot as a piece of that line."""


@dataclass(frozen=True)
class Frame:
    """What stands around the words of every paper."""

    programme: str
    funding: str
    logos: Sequence[SmallLogo]
    code_words: str
    """What is said of the QR code to whoever does not see it."""
    page: str
    replaced: str


def frame_of(paper: Paper) -> Frame:
    """In the language of the paper, whoever opens it."""
    with in_language(paper.language):
        programme = the_programme()
        return Frame(
            programme.name,
            programme.funding_statement,
            small_logos(ON_PAPER),
            _("QR code: the page of paper %(number)s, where the signed scan is sent", number=paper.number),
            _("Page %(number)s of %(all)s", number="{number}", all="{all}"),
            _("□ stands for a sign that the font of this document does not have."),
        )


def text_of(paper: Paper) -> Text:
    return thawed(paper.content)


def pieces(words: str) -> list[tuple[str, int]]:
    """Words, and between them lines to write on by their number of dots: ``("Date: ", 0), ("", 20)``."""
    found: list[tuple[str, int]] = []
    end = 0
    for dots in DOTS.finditer(words):
        length = sum(ELLIPSIS if letter == "…" else 1 for letter in dots[0])
        found += [(words[end : dots.start()], 0), ("", length)]
        end = dots.end()
    return [piece for piece in [*found, (words[end:], 0)] if piece != ("", 0)]
