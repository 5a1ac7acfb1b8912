"""What people do to a workbook without meaning to change the plan, and what they type where a program would not."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from tests.plans.real_files.parts import Cell, Change, Exported

Edit = Callable[[Workbook], None]

_STAR = re.compile(r" \(?\*\)?$")
NO_BREAK_SPACE, NARROW_SPACE, THIN_SPACE = "\u00a0", "\u202f", "\u2009"


# --- Values written another way --------------------------------------------------------------------------


def numbers_as(written: Callable[[str], str]) -> Change:
    """Each number a text, as somebody types it into a cell for texts."""

    def change(exported: Exported) -> None:
        for cell in list(exported.filled()):
            if not cell.is_text and not cell.is_day and "f" not in {_name(child) for child in cell.node}:
                cell.put_text(written(cell.text))

    return change


def _name(node: object) -> str:
    return str(getattr(node, "tag", "")).rpartition("}")[2]


def with_comma(text: str) -> str:
    return text.replace(".", ",")


def in_groups(space: str) -> Callable[[str], str]:
    def written(text: str) -> str:
        whole, _, rest = text.partition(".")
        grouped = f"{int(whole):,}".replace(",", space) if len(whole) > 4 else whole
        return f"{grouped},{rest}" if rest else grouped

    return written


def days_as(written: Callable[[date], str]) -> Change:
    def change(exported: Exported) -> None:
        for cell in list(exported.filled()):
            if cell.is_day:
                cell.put_text(written(_day(cell)))

    return change


def _day(cell: Cell) -> date:
    return date(1899, 12, 30) + timedelta(days=int(Decimal(cell.text)))


MONTHS = [
    "stycznia",
    "lutego",
    "marca",
    "kwietnia",
    "maja",
    "czerwca",
    "lipca",
    "sierpnia",
    "września",
    "października",
    "listopada",
    "grudnia",
]


def in_polish(day: date) -> str:
    return f"{day.day}{NO_BREAK_SPACE}{MONTHS[day.month - 1]} {day.year} r."


def days_without_format(exported: Exported) -> None:
    """Only the number of the day is left, as after pasting values."""
    for cell in exported.every_cell():
        if cell.is_day:
            cell.node.attrib.pop("s")


def texts_as(written: Callable[[str], str]) -> Change:
    def change(exported: Exported) -> None:
        for cell in list(exported.every_cell()):
            if cell.is_text:
                cell.put_text(written(cell.text))

    return change


def decomposed(text: str) -> str:
    """As a Mac stores letters."""
    return unicodedata.normalize("NFD", text)


def spaced(text: str) -> str:
    """With the spaces of a text pasted from a page, and one too many around."""
    return f" {text.replace(' ', NO_BREAK_SPACE)} " if "\n" not in text and "·" not in text else text


WAYS: dict[str, Change] = {
    "numbers as texts": numbers_as(str),
    "a decimal comma": numbers_as(with_comma),
    "spaces between thousands": numbers_as(in_groups(" ")),
    "no-break spaces between thousands": numbers_as(in_groups(NO_BREAK_SPACE)),
    "narrow spaces between thousands": numbers_as(in_groups(NARROW_SPACE)),
    "thin spaces between thousands": numbers_as(in_groups(THIN_SPACE)),
    "days as texts": days_as(lambda day: f"{day:%d.%m.%Y}"),
    "days with the year first": days_as(date.isoformat),
    "days with slashes": days_as(lambda day: f"{day.day}/{day.month}/{day.year}"),
    "days in words": days_as(in_polish),
    "days with a time": days_as(lambda day: f"{day:%d.%m.%Y} 00:00:00"),
    "days as bare numbers": days_without_format,
    "letters composed of two": texts_as(decomposed),
    "spaces from a web page": texts_as(spaced),
}


# --- The workbook rearranged -----------------------------------------------------------------------------


def tables_of(workbook: Workbook) -> list[Worksheet]:
    """The plan's sheets but for the first, which holds one record."""
    names = [
        name
        for name in workbook.sheetnames
        if name[0].isdigit() and name not in {"1_Metryka", "4_Podsumowanie"}
    ]
    return [workbook[name] for name in names]


def move_columns(workbook: Workbook) -> None:
    """The columns of each table from the last to the first."""
    for sheet in tables_of(workbook):
        width = sheet.max_column
        for row in sheet.iter_rows(min_row=3):
            values = [cell.value for cell in row][::-1]
            formats = [cell.number_format for cell in row][::-1]
            for cell, value, number_format in zip(row, values, formats, strict=True):
                cell.value, cell.number_format = value, number_format
                if isinstance(value, str):
                    cell.data_type = "s"  # a text that begins with = is no formula
        assert sheet.max_column == width


def hide(workbook: Workbook) -> None:
    for sheet in tables_of(workbook):
        for letter in "CDF":
            sheet.column_dimensions[letter].hidden = True
        sheet.row_dimensions[5].hidden = True
        sheet.auto_filter.ref = f"A4:{sheet.cell(4, sheet.max_column).coordinate}"
    for sheet in tables_of(workbook)[1:]:
        sheet.sheet_state = "hidden"


def unhide(workbook: Workbook) -> None:
    """As LibreOffice and Numbers leave it."""
    for sheet in workbook.worksheets:
        sheet.sheet_state = "visible"
        sheet.freeze_panes = None
        for dimension in sheet.column_dimensions.values():
            dimension.hidden = False


def without_keys(workbook: Workbook) -> None:
    for sheet in tables_of(workbook):
        sheet.delete_rows(4)


def without_labels(workbook: Workbook) -> None:
    for sheet in tables_of(workbook):
        sheet.delete_rows(1, 3)


def rename_headings(workbook: Workbook) -> None:
    """Written in capitals, with a line break and a star of one's own."""
    for sheet in tables_of(workbook):
        for cell in sheet[3]:
            if isinstance(cell.value, str):
                cell.value = f" {_STAR.sub('', cell.value).upper().replace(' ', chr(10))} *"


def rename_headings_without_keys(workbook: Workbook) -> None:
    rename_headings(workbook)
    without_keys(workbook)


def rename_tabs(workbook: Workbook) -> None:
    for number, sheet in enumerate(tables_of(workbook)):
        sheet.title = f"Arkusz {number}"


def turn_order(workbook: Workbook) -> None:
    workbook._sheets.reverse()  # type: ignore[attr-defined]  # openpyxl has no other way to set the order


def protect(workbook: Workbook) -> None:
    for sheet in workbook.worksheets:
        sheet.protection.enable()
        sheet.protection.password = "tajne"
    workbook.security.lockStructure = True


def decorate(workbook: Workbook) -> None:
    """Comments, names, colours by condition, frozen panes, headings across: all for the looks."""
    for sheet in tables_of(workbook):
        sheet["C5"].comment = Comment("Do sprawdzenia w bibliotece", "Biuro")
        fill = PatternFill("solid", bgColor="FFC7CE")
        sheet.conditional_formatting.add(
            "A5:Z2004", CellIsRule(operator="greaterThan", formula=["5"], fill=fill)
        )
        sheet.freeze_panes = "D6"
        sheet.merge_cells("B1:F1")
        sheet.sheet_properties.tabColor = "00FF00"
    workbook.defined_names["moje"] = DefinedName("moje", attr_text="'1_Metryka'!$C$5")


def leave_gaps(workbook: Workbook) -> None:
    """Empty rows between those that are filled."""
    for sheet in tables_of(workbook):
        for row in range(min(sheet.max_row, 30), 5, -1):
            sheet.insert_rows(row, amount=2)


ARRANGEMENTS: dict[str, Edit] = {
    "columns from last to first": move_columns,
    "columns, rows and sheets hidden": hide,
    "nothing hidden any more": unhide,
    "the row of keys gone": without_keys,
    "the rows above the keys gone": without_labels,
    "headings in other letters": rename_headings,
    "headings in other letters without their keys": rename_headings_without_keys,
    "tabs renamed": rename_tabs,
    "tabs in another order": turn_order,
    "sheets protected": protect,
    "colours, comments and names": decorate,
    "empty rows between": leave_gaps,
}
