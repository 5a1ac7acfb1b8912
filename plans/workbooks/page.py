"""What every sheet of a plan workbook has: title, help, columns of a fixed look, a page to print."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from openpyxl.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import Outline, PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from core.workbooks.headings import quoted
from core.workbooks.writer import put_text
from plans.workbooks import styles
from plans.workbooks.layout import FIRST_ROW, HELP_ROW, KEY_ROW, LABEL_ROW, TITLE_ROW

LINE_HEIGHT = 15
ROW_PADDING = 3
HIGHEST_ROW = 409
HELP_LINE_HEIGHT = 14
NARROW = 20
HELP_WIDTH = 110.0
PAGE_WIDTH = 220.0
LETTERS_PER_WIDTH = 1.2
BOLD = 0.9
HEADER_PADDING = 6


class Page:
    """One sheet while it is written. A first column too narrow for the title leaves it to the second."""

    def __init__(self, sheet: Worksheet, widths: Sequence[float]) -> None:
        self.sheet = sheet
        self._widths = widths
        for position, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(position)].width = width

    def head(self, title: str, help_text: str, *, tab: str) -> None:
        start = 1 if self._widths[0] > NARROW else 2
        for row in (TITLE_ROW, HELP_ROW):
            styles.dress(self.sheet.row_dimensions[row], styles.BODY)
        self.put(TITLE_ROW, start, title, styles.TITLE)
        self.put(HELP_ROW, start, help_text, styles.HELP)
        end, width = self._span(start)
        if end > start:
            self.sheet.merge_cells(start_row=HELP_ROW, end_row=HELP_ROW, start_column=start, end_column=end)
        self.sheet.row_dimensions[TITLE_ROW].height = 30
        self.sheet.row_dimensions[HELP_ROW].height = 6 + HELP_LINE_HEIGHT * _lines(help_text, width)
        self.sheet.sheet_properties.tabColor = tab
        self.sheet.sheet_view.showGridLines = False

    def _span(self, start: int) -> tuple[int, float]:
        """As many columns as the help needs to be read in a line or two."""
        total, end = self._widths[start - 1], start
        while total < HELP_WIDTH and end < len(self._widths):
            total += self._widths[end]
            end += 1
        return end, total

    def styled(self, row: int, column: int, style: str) -> Cell:
        cell = self.sheet.cell(row, column)
        cell.style = style
        return cell  # type: ignore[return-value]  # only the help row has merged cells, and it is written before

    def put(self, row: int, column: int, text: str, style: str) -> Cell:
        cell = self.styled(row, column, style)
        put_text(cell, text)
        return cell

    def formula(self, row: int, column: int, formula: str, style: str) -> None:
        self.styled(row, column, style).value = formula

    def fit_rows(self, first_row: int = FIRST_ROW) -> None:
        """Rows as high as their longest text needs: LibreOffice does not work that out by itself."""
        for row, cells in enumerate(self.sheet.iter_rows(min_row=first_row), start=first_row):
            lines = max(_lines_in(cell, width) for cell, width in zip(cells, self._widths, strict=False))
            height = min(HIGHEST_ROW, ROW_PADDING + LINE_HEIGHT * lines)
            self.sheet.row_dimensions[row] = _Fitted(self.sheet, index=row, ht=height)

    def freeze(self, cell: str) -> None:
        """What stands above and left of this cell stays in sight."""
        self.sheet.freeze_panes = cell
        labels = zip(self.sheet[LABEL_ROW], self._widths, strict=False)
        lines = max(_lines_in(cell, width * BOLD) for cell, width in labels)
        self.sheet.row_dimensions[LABEL_ROW].height = HEADER_PADDING + LINE_HEIGHT * max(2, lines)
        self.sheet.row_dimensions[KEY_ROW].height = 11

    def fold(self, first: int, last: int, *, folded: bool) -> None:
        """Group columns under a button that stands before them."""
        self.sheet.sheet_properties.outlinePr = Outline(summaryRight=False)
        self.sheet.column_dimensions.max_outline = 1  # without it Excel shows no button
        for position in range(first, last + 1):
            dimension = self.sheet.column_dimensions[get_column_letter(position)]
            dimension.outlineLevel = 1
            dimension.hidden = folded
        self.sheet.column_dimensions[get_column_letter(first - 1)].collapsed = folded

    def print_setup(self, footer: str, *, repeat_header: bool = True) -> None:
        self.sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        self.sheet.page_setup.orientation = "landscape"
        self.sheet.page_setup.paperSize = 9
        self.sheet.page_setup.fitToWidth = max(1, round(sum(self._shown_widths()) / PAGE_WIDTH))
        self.sheet.page_setup.fitToHeight = 0 if repeat_header else 1
        margins = self.sheet.page_margins
        margins.left = margins.right = margins.top = 0.4
        margins.bottom, margins.footer = 0.8, 0.4
        below = HeaderFooterItem()
        below.left.text = footer.replace("&", "&&")
        below.right.text = "&P / &N"
        self.sheet.HeaderFooter.oddFooter = below
        if repeat_header:
            self.sheet.print_title_rows = f"{LABEL_ROW}:{LABEL_ROW}"

    def _shown_widths(self) -> Iterator[float]:
        for dimension in self.sheet.column_dimensions.values():
            if not dimension.hidden:
                yield dimension.width


def link(cell: Cell, sheet_name: str, to: str = "A1") -> None:
    """Lead to another place in the workbook; the cell keeps its text and look."""
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quoted(sheet_name)}!{to}")


class _Fitted(RowDimension):
    """A height worked out, not chosen: the row may grow with what somebody types into it."""

    @property
    def customHeight(self) -> bool:  # noqa: N802 (openpyxl's name)
        return False


def _lines_in(cell: Cell | MergedCell, width: float) -> int:
    return _lines(cell.value, width) if isinstance(cell.value, str) and cell.alignment.wrap_text else 1


def _lines(text: str, width: float) -> int:
    """In how many lines a text of this column's width breaks, about; fonts differ from one computer to the next."""
    letters = max(1, int(width * LETTERS_PER_WIDTH) - 1)
    return sum(1 if len(line) <= letters else len(wrap(line, letters)) for line in text.split("\n"))
