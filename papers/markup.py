"""The text of a paper: plain lines with a few marks that the office can write without learning a language.

``# Title`` once at the top, ``## Heading``, ``- point``, an empty line between paragraphs, ``{municipality}`` where
something is put in. Lines of their own: ``[signatures: Left | Right]``, ``[table 20: No. | Name]`` (so many empty
rows), ``[lines: 5]`` (room to write). Nothing is ever evaluated: what is put in is text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from core.errors import DomainError
from core.i18n import _

MOST_LETTERS, MOST_ROWS, MOST_COLUMNS = 20_000, 60, 8

_PLACE = re.compile(r"\{([a-z_]+)\}")
_SPECIAL = re.compile(r"\[(signatures|table|lines)(?:\s+(\d+))?\s*:\s*(.+)\]")


class BlockKind(StrEnum):
    HEADING = "heading"
    TEXT = "text"
    POINTS = "points"
    SIGNATURES = "signatures"
    TABLE = "table"
    LINES = "lines"


@dataclass(frozen=True)
class Block:
    kind: BlockKind
    texts: tuple[str, ...]
    """Of a heading or a paragraph one, of points several, of a table its heads."""
    rows: int = 0


@dataclass(frozen=True)
class Text:
    title: str
    blocks: tuple[Block, ...]


class Unreadable(DomainError):
    """The office wrote something that is no text of a paper; the sentence names the line."""

    field = "body"

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(_("Line %(line)s: %(problem)s", line=line, problem=problem))


def read_text(body: str, *, names: Sequence[str]) -> Text:
    """Raises ``Unreadable``, whatever is wrong with it."""
    if len(body) > MOST_LETTERS:
        raise Unreadable(1, _("the text is longer than %(most)s letters.", most=MOST_LETTERS))
    lines = body.replace("\r\n", "\n").split("\n")
    for number, line in enumerate(lines, 1):
        _check_places(number, line, names)
    title = ""
    blocks: list[Block] = []
    for number, block in _blocks(lines):
        if isinstance(block, str):
            if title or blocks:
                raise Unreadable(number, _("a title (# ) stands once, at the top."))
            title = block
        else:
            blocks.append(block)
    if not title:
        raise Unreadable(1, _("a title is missing. Begin with a line such as “# Agreement”."))
    return Text(title, tuple(blocks))


def filled(text: Text, values: Mapping[str, str], *, gap: str) -> Text:
    """With every place filled; ``gap`` stands where nothing is known, to be written in by hand."""

    def put(words: str) -> str:
        return _PLACE.sub(lambda found: values.get(found[1]) or gap, words)

    blocks = (replace(block, texts=tuple(put(words) for words in block.texts)) for block in text.blocks)
    return Text(put(text.title), tuple(blocks))


def _check_places(number: int, line: str, names: Sequence[str]) -> None:
    for name in _PLACE.findall(line):
        if name not in names:
            known = ", ".join(f"{{{one}}}" for one in names)
            raise Unreadable(
                number, _("{%(name)s} is not known here. Use one of: %(known)s", name=name, known=known)
            )
    if "{" in (rest := _PLACE.sub("", line)) or "}" in rest:
        raise Unreadable(number, _("a brace stands alone. Write a name in braces, such as {municipality}."))


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, Block | str]]:
    """Each with the number of its first line; a title as its words."""
    gathered: list[str] = []
    kind, began = BlockKind.TEXT, 1
    for number, written in enumerate([*lines, ""], 1):
        line = written.strip()
        lone = _lone(number, line)
        is_point = line.startswith("- ")
        wanted = BlockKind.POINTS if is_point else BlockKind.TEXT
        if gathered and (not line or lone is not None or wanted is not kind):
            yield began, _gathered(kind, gathered)
            gathered = []
        if lone is not None:
            yield number, lone
        elif line:
            began = began if gathered else number
            kind = wanted
            gathered.append(line[2:].strip() if is_point else line)


def _gathered(kind: BlockKind, lines: Sequence[str]) -> Block:
    return Block(kind, tuple(lines) if kind is BlockKind.POINTS else ("\n".join(lines),))


def _lone(number: int, line: str) -> Block | str | None:
    """What stands on a line of its own."""
    if line.startswith("## "):
        return Block(BlockKind.HEADING, (line[3:].strip(),))
    if line.startswith("# "):
        return line[2:].strip()
    if not line.startswith("["):
        return None
    found = _SPECIAL.fullmatch(line)
    if found is None:
        problem = _(
            "this is no mark. Write [signatures: Left | Right], [table 20: No. | Name] or [lines: 5]."
        )
        raise Unreadable(number, problem)
    return _special(number, found[1], int(found[2] or 0), found[3])


def _special(number: int, mark: str, rows: int, rest: str) -> Block:
    if mark == "lines":
        if not rest.strip().isdecimal() or not 0 < int(rest) <= MOST_ROWS:
            raise Unreadable(number, _("lines take a number from 1 to %(most)s.", most=MOST_ROWS))
        return Block(BlockKind.LINES, (), int(rest))
    texts = tuple(part.strip() for part in rest.split("|"))
    if not all(texts) or len(texts) > MOST_COLUMNS:
        raise Unreadable(
            number, _("between the strokes stands a text, at most %(most)s of them.", most=MOST_COLUMNS)
        )
    if mark == "signatures":
        return Block(BlockKind.SIGNATURES, texts)
    if not 0 < rows <= MOST_ROWS:
        raise Unreadable(number, _("a table takes a number of rows from 1 to %(most)s.", most=MOST_ROWS))
    return Block(BlockKind.TABLE, texts, rows)
