"""Why a file was not read, each reason with a sentence that says what to do next."""

from enum import StrEnum

from core.errors import DomainError
from core.i18n import LazyString, _l


class Reason(StrEnum):
    """Stable keys: stored with a refused upload and counted."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    BOMB = "bomb"
    TOO_MANY_PARTS = "too_many_parts"
    ENCRYPTED = "encrypted"
    MACROS = "macros"
    EMBEDDED = "embedded"
    LIVE_LINKS = "live_links"
    EXTERNAL_PARTS = "external_parts"
    ENTITIES = "entities"
    LEGACY_XLS = "legacy_xls"
    LEGACY_XML = "legacy_xml"
    XLSB = "xlsb"
    ODS = "ods"
    NUMBERS = "numbers"
    CSV = "csv"
    HTML = "html"
    PDF = "pdf"
    WORD = "word"
    ARCHIVE = "archive"
    NOT_A_WORKBOOK = "not_a_workbook"
    OTHER_NAME = "other_name"
    DAMAGED = "damaged"
    TOO_MANY_SHEETS = "too_many_sheets"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_MANY_CELLS = "too_many_cells"
    TOO_MUCH_TEXT = "too_much_text"
    TEXT_TOO_LONG = "text_too_long"


SENTENCES: dict[Reason, LazyString] = {
    Reason.EMPTY: _l("The file is empty. Save the workbook again and upload it."),
    Reason.TOO_LARGE: _l(
        "The file is larger than %(limit)s MB. Delete pictures and sheets that are not needed, save it and upload it again."
    ),
    Reason.BOMB: _l(
        "The file unpacks to far more than a workbook needs, so it is not opened. "
        "Copy your values into a freshly downloaded template and upload that."
    ),
    Reason.TOO_MANY_PARTS: _l(
        "The file consists of more than %(limit)s parts, so it is not opened. "
        "Delete pictures and drawings, or copy your values into a freshly downloaded template."
    ),
    Reason.ENCRYPTED: _l(
        "The workbook is protected with a password. In Excel choose File > Info > Protect Workbook > "
        "Encrypt with Password, delete the password, save the file and upload it again."
    ),
    Reason.MACROS: _l(
        "The workbook contains macros, which are not accepted. Choose File > Save as, "
        "pick the type Excel workbook (.xlsx) and upload the new file."
    ),
    Reason.EMBEDDED: _l(
        "The workbook contains an embedded object, such as another document, which is not accepted. "
        "Click the object, press Delete, save the file and upload it again."
    ),
    Reason.LIVE_LINKS: _l(
        "The workbook contains a live link to another program (DDE or OLE), which is not accepted. "
        "In Excel choose Data > Edit Links > Break Link, save the file and upload it again."
    ),
    Reason.EXTERNAL_PARTS: _l(
        "A part of the workbook lies outside the file, so it is not opened. "
        "Copy your values into a freshly downloaded template and upload that."
    ),
    Reason.ENTITIES: _l(
        "The file contains XML definitions (DTD) that a workbook never has, so it is not opened. "
        "Copy your values into a freshly downloaded template and upload that."
    ),
    Reason.LEGACY_XLS: _l(
        "This is a workbook in the old format (.xls). Open it, choose File > Save as, "
        "pick the type Excel workbook (.xlsx) and upload the new file."
    ),
    Reason.LEGACY_XML: _l(
        "This is a workbook in the old XML format. Open it in Excel, choose File > Save as, "
        "pick the type Excel workbook (.xlsx) and upload the new file."
    ),
    Reason.XLSB: _l(
        "This is a binary workbook (.xlsb). Open it in Excel, choose File > Save as, "
        "pick the type Excel workbook (.xlsx) and upload the new file."
    ),
    Reason.ODS: _l(
        "This is an OpenDocument spreadsheet (.ods). Open it in LibreOffice, choose File > Save as, "
        "pick the type Excel 2007-365 (.xlsx) and upload the new file."
    ),
    Reason.NUMBERS: _l(
        "This is a Numbers spreadsheet. Open it in Numbers, choose File > Export To > Excel "
        "and upload the new file (.xlsx)."
    ),
    Reason.CSV: _l(
        "This is a text file (CSV), not a workbook. Open it in Excel or LibreOffice, choose File > Save as, "
        "pick the type Excel workbook (.xlsx) and upload the new file."
    ),
    Reason.HTML: _l(
        "This is a web page, not a workbook, even if its name ends in .xls or .xlsx. Open it in Excel, "
        "choose File > Save as, pick the type Excel workbook (.xlsx) and upload the new file."
    ),
    Reason.PDF: _l("This is a PDF document, not a workbook. Upload the workbook (.xlsx) it was made from."),
    Reason.WORD: _l(
        "This is a text document or a presentation, not a workbook. "
        "Copy its values into the template (.xlsx) and upload that."
    ),
    Reason.ARCHIVE: _l(
        "This is an archive, not a workbook. Unpack it and upload the workbook (.xlsx) inside."
    ),
    Reason.NOT_A_WORKBOOK: _l(
        "This is not a workbook that can be read here. Open it in the program it was made with, save it as "
        "Excel workbook (.xlsx) and upload the new file."
    ),
    Reason.OTHER_NAME: _l(
        "The file is a workbook, but its name ends in %(limit)s. Give it a name that ends in .xlsx and upload it again."
    ),
    Reason.DAMAGED: _l(
        "The file is damaged or incomplete. Open it in Excel or LibreOffice, choose File > Save as, "
        "pick the type Excel workbook (.xlsx) and upload the new file."
    ),
    Reason.TOO_MANY_SHEETS: _l(
        "The workbook has more than %(limit)s sheets. Delete those that are not needed and upload it again."
    ),
    Reason.TOO_MANY_ROWS: _l(
        "There is a value below row %(limit)s, the last that is read. Delete what stands there, "
        "or divide the table into several files, and upload it again."
    ),
    Reason.TOO_MANY_COLUMNS: _l(
        "There is a value to the right of column %(limit)s, the last that is read. "
        "Delete what stands there and upload the file again."
    ),
    Reason.TOO_MANY_CELLS: _l(
        "The workbook holds more than can be read at once. Delete sheets and rows that are not needed, "
        "or divide the table into several files, and upload it again."
    ),
    Reason.TOO_MUCH_TEXT: _l(
        "The texts of the workbook are longer than %(limit)s characters together. "
        "Shorten them, or divide the table into several files, and upload it again."
    ),
    Reason.TEXT_TOO_LONG: _l(
        "The text is longer than %(limit)s characters. Shorten it and upload the file again."
    ),
}

IN_SHEET = _l("Sheet “%(sheet)s”: %(sentence)s")
IN_CELL = _l("Sheet “%(sheet)s”, cell %(cell)s: %(sentence)s")


class UnreadableWorkbook(DomainError):
    """Nothing of the file was taken over. ``detail`` is for logs and holds no word of the file's content."""

    def __init__(
        self,
        reason: Reason,
        *,
        sheet: str | None = None,
        cell: str | None = None,
        limit: int | str | None = None,
        detail: str = "",
    ) -> None:
        super().__init__(LazyString(self._sentence))
        self.reason = reason
        self.sheet = sheet
        self.cell = cell
        self.limit = limit
        self.detail = detail

    def __reduce__(self) -> tuple[object, ...]:
        """Crosses from a separate reading process without its translated text."""
        return (
            UnreadableWorkbook,
            (self.reason,),
            {
                "sheet": self.sheet,
                "cell": self.cell,
                "limit": self.limit,
                "detail": self.detail,
            },
        )

    def _sentence(self) -> str:
        sentence = str(SENTENCES[self.reason]) % {"limit": self.limit}
        if self.sheet is None:
            return sentence
        place = IN_CELL if self.cell else IN_SHEET
        return str(place) % {"sheet": self.sheet, "cell": self.cell, "sentence": sentence}


def damaged(detail: str, *, cell: str | None = None) -> UnreadableWorkbook:
    return UnreadableWorkbook(Reason.DAMAGED, cell=cell, detail=detail)
