"""The text of a paper: plain lines with a few marks that the office can write without learning a language.

``# Title`` once at the top, ``## Heading``, ``- point``, an empty line between paragraphs, ``{municipality}`` where
something is put in. Lines of their own: ``[signatures: Left | Right]``, ``[table 20: No. | Name]`` (so many empty
rows), ``[members: No. | Partner | Signs | Signature]`` (a row for each member), ``[lines: 5]`` (room to write; left out
where the text above it, a lone ``{summary}``, is known), ``[information clause]`` (what stands below it tells what
happens with the data of whoever signs: ``papers/clause.py``). Nothing is ever evaluated: what is put in is text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import zip_longest

from core.errors import DomainError
from core.i18n import _

MOST_LETTERS, MOST_ROWS, MOST_COLUMNS = 20_000, 60, 8
SPARE_ROWS = 2
"""Below the members there is room for who joins on the spot."""
NUMBERED = frozenset({"No.", "Lp."})
"""A first column with this head counts its rows."""

CLAUSE = "[information clause]"

_PLACE = re.compile(r"\{([a-z_]+)\}")
_INNER_QUOTES = {"„": str.maketrans("„“”", "«»»"), "“": str.maketrans("„“”", "‘‘’")}
"""By the mark that opens before a place, in Polish and in English: how quotes look inside quotes."""
_SPECIAL = re.compile(r"\[(signatures|table|members|lines)(?:\s+(\d+))?\s*:\s*(.+)\]")


class BlockKind(StrEnum):
    HEADING = "heading"
    TEXT = "text"
    POINTS = "points"
    SIGNATURES = "signatures"
    TABLE = "table"
    MEMBERS = "members"
    LINES = "lines"
    CLAUSE = "clause"
    """Where it begins. It leaves no trace on the paper."""


@dataclass(frozen=True)
class Block:
    kind: BlockKind
    texts: tuple[str, ...]
    """Of a heading or a paragraph one, of points several, of a table its heads."""
    rows: int = 0
    """Of a table those that are empty, below those with cells."""
    cells: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Text:
    title: str
    blocks: tuple[Block, ...]


class Unreadable(DomainError):
    """The office wrote something that is no text of a paper; the sentence names the line."""

    field = "body"

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(_("Line %(line)s: %(problem)s", line=line, problem=problem))


def names_in(text: Text) -> list[str]:
    """Every name that stands in braces, in its order; that of a table of members is ``members``."""
    parts = [text.title, *(words for block in text.blocks for words in block.texts)]
    found = [name for words in parts for name in _PLACE.findall(words)]
    return list(dict.fromkeys(found))


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


def filled(
    text: Text, values: Mapping[str, str], *, members: Sequence[tuple[str, str]] = (), gap: str
) -> Text:
    """With every place filled; ``gap`` stands where nothing is known, to be written in by hand.

    ``members``: name and who signs, for a table of them.
    """

    def put(words: str) -> str:
        def value(found: re.Match[str]) -> str:
            inner = _INNER_QUOTES.get(words[found.start() - 1 : found.start()], {})
            return (values.get(found[1]) or gap).translate(inner)

        return _PLACE.sub(value, words)

    blocks = []
    for block in _without_needless_lines(text.blocks, values):
        if block.kind is BlockKind.CLAUSE:
            continue
        if block.kind is BlockKind.MEMBERS:
            blocks.append(_members_table(block, members))
        elif block.kind is BlockKind.POINTS:
            points = (point for words in block.texts for point in _points(words, values) or (put(words),))
            blocks.append(replace(block, texts=tuple(points)))
        else:
            blocks.append(replace(block, texts=tuple(put(words) for words in block.texts)))
    return Text(put(text.title), tuple(blocks))


def _points(words: str, values: Mapping[str, str]) -> list[str]:
    """A point that is nothing but a place becomes as many as its value has lines."""
    lone = _PLACE.fullmatch(words)
    known = values.get(lone[1], "") if lone else ""
    return [line.strip().removeprefix("- ") for line in known.splitlines() if line.strip()]


def _without_needless_lines(blocks: Sequence[Block], values: Mapping[str, str]) -> Iterator[Block]:
    """Where a lone place has room to write below it, either its words stand there or the room."""
    needless: Block | None = None
    for block, after in zip_longest(blocks, blocks[1:]):
        lone = _PLACE.fullmatch(block.texts[0]) if block.kind is BlockKind.TEXT else None
        if lone and after and after.kind is BlockKind.LINES:
            is_known = bool(values.get(lone[1]))
            needless = after if is_known else block
        if block is not needless:
            yield block


def _members_table(block: Block, members: Sequence[tuple[str, str]]) -> Block:
    is_numbered = block.texts[0] in NUMBERED
    known = [("",) * is_numbered + member for member in members]
    width = len(block.texts)
    cells = tuple((*row, *("",) * width)[:width] for row in known)
    return Block(BlockKind.TABLE, block.texts, SPARE_ROWS, cells)


def rows_of(block: Block) -> list[tuple[str, ...]]:
    """Every row of a table as it is printed: filled ones first, numbers where they are wanted."""
    rows = [*block.cells, *(("",) * len(block.texts) for _ in range(block.rows))]
    if block.texts[0] not in NUMBERED:
        return rows
    return [(f"{number}.", *row[1:]) for number, row in enumerate(rows, 1)]


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
    if line == CLAUSE:
        return Block(BlockKind.CLAUSE, ())
    found = _SPECIAL.fullmatch(line)
    if found is None:
        problem = _(
            "this is no mark. Write [signatures: Left | Right], [table 20: No. | Name], [members: No. | Partner] "
            "or [lines: 5]."
        )
        raise Unreadable(number, problem)
    return _special(number, found[1], _count(found[2] or ""), found[3])


def _count(digits: str) -> int:
    """Zero where it is no number of rows; one with thousands of digits is none that Python would read."""
    digits = digits.lstrip("0")
    return int(digits) if digits.isdecimal() and len(digits) <= len(str(MOST_ROWS)) else 0


def _special(number: int, mark: str, rows: int, rest: str) -> Block:
    if mark == "lines":
        lines = _count(rest.strip())
        if not 0 < lines <= MOST_ROWS:
            raise Unreadable(number, _("lines take a number from 1 to %(most)s.", most=MOST_ROWS))
        return Block(BlockKind.LINES, (), lines)
    texts = tuple(part.strip() for part in rest.split("|"))
    if not all(texts) or len(texts) > MOST_COLUMNS:
        raise Unreadable(
            number, _("between the strokes stands a text, at most %(most)s of them.", most=MOST_COLUMNS)
        )
    if mark == "signatures":
        return Block(BlockKind.SIGNATURES, texts)
    if mark == "members":
        return Block(BlockKind.MEMBERS, texts)
    if not 0 < rows <= MOST_ROWS:
        raise Unreadable(number, _("a table takes a number of rows from 1 to %(most)s.", most=MOST_ROWS))
    return Block(BlockKind.TABLE, texts, rows)
