from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from core.workbooks.headings import quoted
from core.workbooks.reader import read_workbook
from core.workbooks.safe_text import LONGEST_TEXT, safe_text
from core.workbooks.writer import add_validation, put_text, to_bytes


def cell_read_back(text: str) -> object:
    workbook = Workbook()
    put_text(workbook.worksheets[0]["A1"], text)
    rows = read_workbook(to_bytes(workbook)).sheets[0].rows
    return rows[0].value(1) if rows else None


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+48 22 000 00 00", "-2", "@SUM(A1)", "\t=1", "#N/A", "TRUE", "0012", "1e5", "2027-03-15"),
        *("Żółta Gęś", "🐄", "two\nlines", "_x0041_", "_x005F_x0041_", "<b>&amp;</b>", "'=1", " spaces "),
    ],
)
def test_text_comes_back_as_the_text_it_was(text):
    assert cell_read_back(text) == text


def test_what_a_file_cannot_hold_is_left_out():
    assert safe_text("a\x00b\x0bc\ud800d\uffffe") == "abcde"
    assert cell_read_back("\x00\x01") is None


def test_text_is_no_longer_than_a_cell():
    assert len(safe_text("x" * 40_000)) == LONGEST_TEXT


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_like_a_formula_is_marked_as_text_and_stored_as_such(start):
    workbook = Workbook()
    put_text(workbook.worksheets[0]["A1"], f"{start}1+1")

    with ZipFile(BytesIO(to_bytes(workbook))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        styles = archive.read("xl/styles.xml").decode()

    assert "<f" not in sheet
    assert 't="inlineStr"' in sheet
    assert 'quotePrefix="1"' in styles


def test_messages_are_cut_to_what_excel_takes():
    workbook = Workbook()
    rule = DataValidation(promptTitle="t" * 50, prompt="p" * 300, errorTitle="e" * 50, error="e" * 300)

    add_validation(workbook.worksheets[0], "A1:A9", rule)

    lengths = [len(text or "") for text in (rule.promptTitle, rule.prompt, rule.errorTitle, rule.error)]
    assert lengths == [32, 255, 32, 225]
    assert (rule.prompt or "").endswith("p…")


def test_sheet_names_are_quoted_as_formulas_need_it():
    assert quoted("Rock 'n' roll") == "'Rock ''n'' roll'"


def test_neither_clock_nor_chance_shows_in_the_file():
    def made() -> bytes:
        workbook = Workbook()
        put_text(workbook.worksheets[0]["A1"], "always the same")
        return to_bytes(workbook)

    assert made() == made()
