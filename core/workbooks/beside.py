"""Texts of a workbook that stand in none of its cells: comments, properties of the document, headers, text boxes.

Nothing is made of them; they are read to know what a file holds before the file is kept.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from core.workbooks.limits import Limits
from core.workbooks.markup import Attributes, Element
from core.workbooks.package import Package
from core.workbooks.strings import RichText, TextBudget
from core.workbooks.text import clean_text

_PROPERTIES = ("core-properties", "extended-properties", "custom-properties")
_CELL_NAME = re.compile(r"[A-Z]{1,3}[0-9]{1,7}")


class Beside(StrEnum):
    COMMENT = "comment"
    PAGE = "page"
    """A header, a footer or a text box of a sheet."""
    PROPERTY = "property"


@dataclass(frozen=True, slots=True)
class SideText:
    kind: Beside
    text: str
    sheet: str = ""
    cell: str | None = None


class EveryText(Element):
    """Takes the text of every element below, whatever it is called."""

    def __init__(self, take: Callable[[str], None]) -> None:
        super().__init__(text=lambda text: take(clean_text(text)))
        self.children = _Always(self)


class _Always(dict[str, Element]):
    def __init__(self, element: Element) -> None:
        super().__init__()
        self._element = element

    def get(self, _name: str, _default: object = None, /) -> Element:
        return self._element


def texts_of_document(package: Package, budget: TextBudget) -> Iterator[SideText]:
    for kind in _PROPERTIES:
        for part in package.related("", kind).values():
            yield from (SideText(Beside.PROPERTY, text) for text in _texts_in(package, part, budget))


def texts_of_sheet(
    package: Package, part: str, sheet: str, *, limits: Limits, budget: TextBudget
) -> Iterator[SideText]:
    for comments in package.related(part, "comments").values():
        for text in _comments(package, comments, sheet, limits):
            budget.spend(text.text)
            yield text
    for kind, beside in (("threadedComment", Beside.COMMENT), ("drawing", Beside.PAGE)):
        for found in package.related(part, kind).values():
            yield from (SideText(beside, text, sheet) for text in _texts_in(package, found, budget))


def _texts_in(package: Package, part: str, budget: TextBudget) -> Iterable[str]:
    """Each once; a part that a relationship names and that is not there holds none."""
    texts: dict[str, None] = {}

    def take(text: str) -> None:
        if text.strip() and text not in texts:
            budget.spend(text)
            texts[text] = None

    if package.holds(part):
        package.parse(part, EveryText(take))
    return texts


def _comments(package: Package, part: str, sheet: str, limits: Limits) -> list[SideText]:
    found: list[SideText] = []
    cell: list[str | None] = [None]

    def begin(attributes: Attributes) -> None:
        name = attributes.get("ref", "")
        cell[0] = name if _CELL_NAME.fullmatch(name) else None

    def take(text: str | None) -> None:
        if text:
            found.append(SideText(Beside.COMMENT, text, sheet, cell[0]))

    author = Element(text=lambda name: found.append(SideText(Beside.COMMENT, clean_text(name), sheet)))
    comment = Element({"text": RichText(limits, take).element}, start=begin)
    children = {"authors": Element({"author": author}), "commentList": Element({"comment": comment})}
    if package.holds(part):
        package.parse(part, Element({"comments": Element(children)}))
    return found
