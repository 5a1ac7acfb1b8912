"""Which cell styles show a number as a date, a time or a percentage. Nothing else of the styles matters for reading."""

import re

from core.workbooks.markup import Attributes, Element
from core.workbooks.numbers import Moment

_BUILT_IN: dict[int, Moment] = {
    **dict.fromkeys((9, 10), Moment.PERCENT),
    **dict.fromkeys((14, 15, 16, 17), Moment.DATE),
    **dict.fromkeys((18, 19, 20, 21, 45, 47), Moment.TIME),
    22: Moment.DATE_AND_TIME,
    46: Moment.DURATION,
    # East Asian formats, which Excel applies whatever language it runs in
    **dict.fromkeys((*range(27, 32), 36, *range(50, 55), 57, 58), Moment.DATE),
    **dict.fromkeys((32, 33, 34, 35, 55, 56), Moment.TIME),
}
_GENERAL = frozenset({"general", "standard", "standardowy", "@"})
_LITERAL = re.compile(r'"[^"]*"?|\\.|[_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]?', re.IGNORECASE | re.DOTALL)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_AM_PM = re.compile(r"am/pm|a/p", re.IGNORECASE)
_LONGEST_CODE = 1_000
_MOST_STYLES = 65_536


class DateStyles:
    """Fills ``moments`` while the styles part is read: by the text of a cell's ``s``, so that no index is computed."""

    def __init__(self) -> None:
        self.moments: dict[str, Moment] = {}
        self._custom: dict[int, Moment | None] = {}
        self._styles = 0
        formats = Element({"numFmt": Element(start=self._format)})
        styles = Element({"xf": Element(start=self._style)})
        self.document = Element({"styleSheet": Element({"numFmts": formats, "cellXfs": styles})})

    def _format(self, attributes: Attributes) -> None:
        number = _identifier(attributes.get("numFmtId", ""))
        code = attributes.get("formatCode", "")
        if number is not None and len(code) <= _LONGEST_CODE:
            self._custom[number] = moment_of_format(code)

    def _style(self, attributes: Attributes) -> None:
        number = _identifier(attributes.get("numFmtId", "0"))
        if number is not None and self._styles < _MOST_STYLES:
            moment = self._custom[number] if number in self._custom else _BUILT_IN.get(number)
            if moment is not None:
                self.moments[str(self._styles)] = moment
        self._styles += 1


def _identifier(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 5 else None


def moment_of_format(code: str) -> Moment | None:
    """``dd.mm.yyyy`` shows a date, ``0.0%`` a percentage, ``0.00 "dni"`` none. Only the part for positive numbers counts."""
    if code.strip().lower() in _GENERAL:
        return None
    bare = _LITERAL.sub("", code).split(";", 1)[0].lower()
    if _ELAPSED.search(bare):
        return Moment.DURATION
    shows_time = bool(re.search("[hs]", bare)) or bool(_AM_PM.search(bare))
    shows_date = bool(re.search("[yd]", bare)) or ("m" in _AM_PM.sub("", bare) and not shows_time)
    if "%" in bare and not (shows_date or shows_time):
        return Moment.PERCENT
    if shows_date:
        return Moment.DATE_AND_TIME if shows_time else Moment.DATE
    return Moment.TIME if shows_time else None
