"""The official register as XML: ``<row><WOJ>02</WOJ>...`` today, ``<row><col name="WOJ">02</col>...`` before 2016."""

from collections.abc import Sequence
from typing import Any
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import Locator

from defusedxml import DefusedXmlException
from defusedxml.sax import parseString

from core.i18n import _
from municipalities.errors import UnusableFile, UnusableLine
from municipalities.text_file import Line, require_columns

ROW = "row"
CHANGE = "zmiana"
"""What the rows of a file of changes are called."""

_BEGINNINGS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\x00<")


def is_xml(content: bytes) -> bool:
    return content[:200].lstrip().startswith(_BEGINNINGS)


def xml_lines(content: bytes, columns: Sequence[str]) -> list[Line]:
    """Every row with the number of the line on which it begins. No entity or document type is followed."""
    rows = _Rows(columns)
    try:
        parseString(content, rows, forbid_dtd=True)
    except SAXParseException as error:
        raise UnusableLine(error.getLineNumber() or 1, _("The XML is broken or cut off here.")) from error
    except (DefusedXmlException, SAXException, ValueError, LookupError) as error:
        raise UnusableFile(_("This XML holds what the official file never does. It was not read.")) from error
    return rows.lines


class _Rows(ContentHandler):
    def __init__(self, columns: Sequence[str]) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self._columns = columns
        self._place: Locator | None = None
        self._begun_on = 0
        self._values: dict[str, str] | None = None
        self._column = ""
        self._text: list[str] = []

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802 - the name the parser calls
        self._place = locator

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 - the name the parser calls
        if name == CHANGE:
            require_columns(["TYPKOREKTY"], self._columns, line=self._line)
        if name == ROW:
            self._begun_on, self._values = self._line, {}
        elif self._values is not None:
            self._column = str(attrs.get("name", name)).upper()
            self._text = []

    def characters(self, content: str) -> None:
        self._text.append(content)

    def endElement(self, name: str) -> None:  # noqa: N802 - the name the parser calls
        if self._values is None:
            return
        if name == ROW:
            require_columns(list(self._values), self._columns, line=self._begun_on)
            self.lines.append(Line(self._begun_on, self._values))
            self._values = None
        else:
            self._values[self._column] = "".join(self._text).strip()

    @property
    def _line(self) -> int:
        return int(self._place.getLineNumber() or 1) if self._place else 1
