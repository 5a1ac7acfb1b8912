"""Reading XML nobody vouches for: streamed, without document types, and bounded in every direction.

A reader describes the few elements it wants as a tree; everything else is passed over without being kept.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from core.workbooks.errors import Reason, UnreadableWorkbook, damaged
from core.workbooks.limits import Limits
from core.workbooks.text import ESCAPED_LENGTH

SPREADSHEET = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",  # the strict variant
)
RELATIONSHIP_ATTRIBUTES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)

Attributes = Mapping[str, str]


class Element:
    """What to do with an element found at this place of the tree, and which of its children matter."""

    __slots__ = ("children", "end", "start", "text")

    def __init__(
        self,
        children: Mapping[str, "Element"] | None = None,
        *,
        start: Callable[[Attributes], None] | None = None,
        end: Callable[[], None] | None = None,
        text: Callable[[str], None] | None = None,
        namespaces: tuple[str, ...] = SPREADSHEET,
    ) -> None:
        self.children = {
            f"{namespace} {name}": child
            for namespace in namespaces
            for name, child in (children or {}).items()
        }
        self.start = start
        self.end = end
        self.text = text


_PASSED_OVER = Element()


@dataclass
class Budget:
    """What is left for the whole workbook, however it is divided into parts."""

    limits: Limits
    elements: int = field(init=False)
    attributes: int = field(init=False)

    def __post_init__(self) -> None:
        self.elements = self.limits.elements
        self.attributes = self.limits.attributes


def parse(chunks: Iterable[bytes], document: Element, budget: Budget) -> None:
    """Walk through one part. ``document`` has the expected root element as its only child."""
    Walk(document, budget).through(chunks)


class Walk:
    """One pass over one part; the handlers are its innermost loop, hence local names and few calls."""

    def __init__(self, document: Element, budget: Budget) -> None:
        self._budget = budget
        self._limits = budget.limits
        self._names: dict[str, str] = {}
        self._fed = 0
        self._elements = 0
        self._attributes = 0
        self._stack = [document]
        self._pieces: list[str] = []
        self._text_left = 0
        self._longest = budget.limits.cell_text * ESCAPED_LENGTH
        self._parser = self._hardened_parser()

    def through(self, chunks: Iterable[bytes]) -> None:
        try:
            for chunk in chunks:
                self._parser.Parse(chunk, False)
                self._fed += len(chunk)
                self._check_bounds()
            self._parser.Parse(b"", True)
        except (expat.ExpatError, UnicodeError, ValueError, LookupError) as fault:
            raise damaged(f"markup: {type(fault).__name__}") from fault

    def stands_in(self, element: Element) -> bool:
        """``element`` was begun last of all that are open."""
        return self._stack[-1] is element

    def count(self, *, elements: int, attributes: int) -> None:
        """What was read in another way than by the parser, out of the same budget."""
        self._elements += elements
        self._attributes += attributes

    def _hardened_parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate(None, " ", self._names)
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartNamespaceDeclHandler = _noted  # so that prefixes are counted among the names
        # Told by the parser itself, so it holds in every encoding, where a search for bytes would not.
        parser.StartDoctypeDeclHandler = _no_document_type
        parser.EntityDeclHandler = _no_document_type
        parser.ExternalEntityRefHandler = _no_document_type
        return parser

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = self._stack[-1].children.get(name, _PASSED_OVER)
        self._stack.append(element)
        self._elements += 1
        if attributes:
            self._attributes += len(attributes)
        if element.start is not None:
            element.start(attributes)
        elif element is _PASSED_OVER:
            self._check_passed_over()
        if element.text is not None:
            self._pieces.clear()
            self._text_left = self._longest

    def _check_passed_over(self) -> None:
        depth = len(self._stack)
        if depth == 2:  # the document and its root
            raise damaged("unexpected root element")
        if depth > self._limits.depth:
            raise damaged("nested too deeply")

    def _end(self, _: str) -> None:
        element = self._stack.pop()
        if element.text is not None:
            element.text("".join(self._pieces))
        if element.end is not None:
            element.end()

    def _text(self, piece: str) -> None:
        """Text of wanted elements only. Past the bound one piece more is kept, so that it shows as too long."""
        if self._stack[-1].text is not None and self._text_left >= 0:
            self._pieces.append(piece)
            self._text_left -= len(piece)

    def _check_bounds(self) -> None:
        limits, budget = self._limits, self._budget
        budget.elements -= self._elements
        budget.attributes -= self._attributes
        self._elements = self._attributes = 0
        if budget.elements < 0 or budget.attributes < 0:
            raise UnreadableWorkbook(Reason.TOO_MANY_CELLS, detail="elements")
        if len(self._names) > limits.names:
            raise damaged("too many different names")
        # A token that does not end is scanned again with every chunk.
        if self._fed - max(self._parser.CurrentByteIndex, 0) > limits.token_bytes:
            raise damaged("a tag or comment that does not end")


def _noted(*_: object) -> None:
    pass


def _no_document_type(*_: object) -> NoReturn:
    raise UnreadableWorkbook(Reason.ENTITIES)
