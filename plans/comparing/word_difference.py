"""Two texts of one cell, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

MOST_WORDS = 3000
"""Of both texts together: longer ones are shown whole, as comparing them would keep the page waiting."""
ALIKE = 0.3
"""Texts with less in common are two texts: shown whole, not as a patchwork of single words."""

_WORDS = re.compile(r"\s+|[^\W_]+|[\W_]", re.UNICODE)


class Change(StrEnum):
    SAME = "same"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True)
class Piece:
    text: str
    change: Change


def word_difference(before: str, after: str) -> tuple[Piece, ...]:
    """Read in order: what stayed, what went, what came. All of either text is in it."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if not old or not new or len(old) + len(new) > MOST_WORDS:
        return _whole(before, after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < ALIKE:
        return _whole(before, after)
    return tuple(_joined(_pieces(matcher, old, new)))


def before_of(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The old text alone, with what went marked in it."""
    return tuple(piece for piece in pieces if piece.change is not Change.IN)


def after_of(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    return tuple(piece for piece in pieces if piece.change is not Change.OUT)


def _whole(before: str, after: str) -> tuple[Piece, ...]:
    if before == after:
        return (Piece(before, Change.SAME),) if before else ()
    both = (Piece(before, Change.OUT), Piece(after, Change.IN))
    return tuple(piece for piece in both if piece.text)


def _pieces(matcher: "SequenceMatcher[str]", old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    for what, start, stop, begin, end in matcher.get_opcodes():
        if what == "equal":
            yield Piece("".join(old[start:stop]), Change.SAME)
            continue
        if start < stop:
            yield Piece("".join(old[start:stop]), Change.OUT)
        if begin < end:
            yield Piece("".join(new[begin:end]), Change.IN)


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """A single space between two changed words is changed with them: two marks would read as two changes."""
    run: list[Piece] = []
    for piece in pieces:
        if piece.change is Change.SAME and not (run and piece.text.isspace()):
            yield from _run(run)
            run = []
            yield piece
        else:
            run.append(piece)
    yield from _run(run)


def _run(run: list[Piece]) -> Iterator[Piece]:
    spaces: list[Piece] = []
    while run and run[-1].change is Change.SAME:
        spaces.insert(0, run.pop())
    gone = "".join(piece.text for piece in run if piece.change is not Change.IN)
    come = "".join(piece.text for piece in run if piece.change is not Change.OUT)
    yield from _whole(gone, come)
    yield from spaces
