"""What cannot be the same plan is told at its cell, and takes nothing away from the plan."""

from collections.abc import Callable

import pytest
from lxml import etree
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from core.personal_data import personal_kinds
from plans.content import difference, fingerprint
from plans.definitions import PlanContent, Value
from plans.finding_texts import describe
from plans.findings import Severity
from plans.workbooks.merge import merge_reading
from plans.workbooks.reading import PlanReading
from tests.plans.filled_plans import (
    ANNUAL,
    ANNUAL_CONTENT,
    ANNUAL_FILLING,
    CODE_LISTS,
    EXPECTED_ANNUAL,
    GENERAL,
    GENERAL_CONTENT,
    edited,
    read,
    written,
)
from tests.plans.real_files.parts import MAIN, Exported, after_cells, main, written_by

NEEDS, GROUPS, METADATA, TRAININGS = "2_Diagnoza", "4_Grupy_docelowe", "1_Metryka", "2_Szkolenia"
Edit = Callable[[Workbook], None]


def cell(sheet: Worksheet, key: str, row: int) -> str:
    return next(f"{one.column_letter}{row}" for one in sheet[4] if one.value == key)


def general(edit: Edit) -> PlanReading:
    return read(edited(written(), edit))


def told(reading: PlanReading) -> list[tuple[str, str | None, Severity]]:
    return [(one.reason, one.cell, one.severity) for one in reading.findings]


def changed(reading: PlanReading) -> list[tuple[str, str, Value | None]]:
    """Row, column and new value of each cell that an upload would change."""
    found = difference(GENERAL_CONTENT, merge_reading(GENERAL_CONTENT, reading), GENERAL)
    assert (found.added, found.removed, found.reordered) == ((), (), ())
    return [(one.row_uid, one.column_key, one.after) for one in found.changed]


# --- Cells over several rows -----------------------------------------------------------------------------


def test_a_cell_merged_over_two_rows_counts_for_both_and_is_pointed_out():
    reading = general(lambda workbook: workbook[NEEDS].merge_cells("D5:D6"))

    assert told(reading) == [("merged_cells", "D5", Severity.WARNING)]
    assert changed(reading) == [("123456789012", "need_area", "information")]
    text = describe(reading.findings[0], GENERAL, "en", code_lists=CODE_LISTS)
    assert text.problem == "The cells D5:D6 are merged. What stands in them was taken for each of their rows."


@pytest.mark.parametrize(
    "ranges", ["C5:E5", "B2:F2", "D7:D40", "C1:C2", "A1:XFD1048576", "D5:D1048576", "?:?"]
)
def test_cells_merged_for_the_looks_change_nothing(ranges: str):
    def change(exported: Exported) -> None:
        xml = f'<mergeCells xmlns="{MAIN}"><mergeCell ref="{ranges}"/></mergeCells>'
        after_cells(exported.sheet(NEEDS), xml, before=("dataValidations", "pageMargins"))

    reading = read(written_by(written(), change))

    assert (told(reading), changed(reading)) == ([], [])


def test_ids_and_codes_merged_over_rows_name_only_the_first():
    def merge(workbook: Workbook) -> None:
        workbook[NEEDS].merge_cells("A5:A6")
        workbook[NEEDS].merge_cells("B5:B6")

    first, second = general(merge).content.rows("needs")

    assert first == GENERAL_CONTENT.rows("needs")[0]
    assert second.row_uid not in {row.row_uid for row in GENERAL_CONTENT.rows("needs")}
    assert "need_code" not in second.values


# --- Formulas --------------------------------------------------------------------------------------------


def test_a_formula_without_its_result_is_told_and_the_plan_keeps_its_value():
    def calculate(workbook: Workbook) -> None:
        workbook[NEEDS]["F5"] = "=2-1"
        workbook[METADATA]["C18"] = '=CONCATENATE("a","b")'

    reading = general(calculate)

    assert told(reading) == [
        ("not_worked_out", "C18", Severity.ERROR),
        ("not_worked_out", "F5", Severity.ERROR),
    ]
    assert changed(reading) == []
    text = describe(reading.findings[1], GENERAL, "en", code_lists=CODE_LISTS)
    assert text.problem == "The result of the formula in this cell is not in the file."


@pytest.mark.parametrize(
    ("stored", "said", "after"),
    [
        ('<c r="F5" s="21"><f>2+2</f><v>4</v></c>', [], [("a1b2c3d4e5f6", "priority", 4)]),
        ('<c r="F5" t="str"><f>""</f><v></v></c>', [], [("a1b2c3d4e5f6", "priority", None)]),
        ('<c r="F5" t="e"><f>1/0</f><v>#DIV/0!</v></c>', [("cell_error", "F5", Severity.ERROR)], []),
        ('<c r="F5" t="e"><v>#N/A</v></c>', [("cell_error", "F5", Severity.ERROR)], []),
        ('<c r="F5" t="b"><v>1</v></c>', [("number", "F5", Severity.ERROR)], []),
    ],
    ids=["a result", "an empty text", "an error", "an error that was pasted", "a switch"],
)
def test_the_result_of_a_formula_counts(stored: str, said: list[object], after: list[object]):
    reading = read(written_by(written(), lambda exported: put(exported, NEEDS, "F5", stored)))

    assert (told(reading), changed(reading)) == (said, after)


def put(exported: Exported, sheet: str, reference: str, xml: str) -> None:
    node = next(one for one in exported.sheet(sheet).iter(main("c")) if one.get("r") == reference)
    node.getparent().replace(node, etree.fromstring(xml.replace("<c ", f'<c xmlns="{MAIN}" ')))


# --- Values that look one way and are stored another -----------------------------------------------------


def percent(sheet: str, reference: str, value: float, number_format: str = "0.0%") -> Edit:
    def edit(workbook: Workbook) -> None:
        workbook[sheet][reference] = value
        workbook[sheet][reference].number_format = number_format

    return edit


@pytest.mark.parametrize("number_format", ["0%", "0.00%", "0.0%", '0.0" "%', "#,##0.0 %;[Red]-0%"])
def test_a_percentage_is_what_people_see(number_format: str):
    reading = general(percent(NEEDS, "I5", 0.645, number_format))

    assert (told(reading), changed(reading)) == ([], [])


def test_a_percentage_where_none_fits_is_told_as_it_is_seen():
    reading = general(percent(GROUPS, "D5", 0.25, "0%"))

    assert (told(reading), changed(reading)) == ([("number", "D5", Severity.ERROR)], [])
    assert (reading.findings[0].params["found"], reading.findings[0].suggestion) == ("25%", "25")


def test_a_percentage_in_a_text_is_written_as_it_is_seen():
    assert changed(general(percent(NEEDS, "H5", 0.645))) == [("a1b2c3d4e5f6", "measure", "64,5%")]


def test_a_code_of_the_municipality_made_a_number_gets_its_zero_back():
    def edit(workbook: Workbook) -> None:
        workbook[METADATA]["C6"] = 699012

    reading = general(edit)

    assert (told(reading), changed(reading)) == ([], [])


@pytest.mark.parametrize("value", ["TAK", "Tak ", "t", "T", 1, True, "true", "yes", "tak\u00a0"], ids=repr)
def test_yes_is_yes_however_it_is_said(value: str | int):
    def edit(workbook: Workbook) -> None:
        workbook[NEEDS][cell(workbook[NEEDS], "at_risk", 5)] = value

    reading = general(edit)

    assert (told(reading), changed(reading)) == ([], [])


@pytest.mark.parametrize("value", ["I kw.", "I KW", "I kwartał", "i", "1", 1, "Q1", "q1", "I kw"], ids=repr)
def test_a_quarter_is_a_quarter_however_it_is_said(value: str | int):
    def edit(workbook: Workbook) -> None:
        sheet = workbook[TRAININGS]
        sheet[cell(sheet, "quarter", 8)] = value

    reading = read(edited(written(ANNUAL_FILLING, definition=ANNUAL), edit), EXPECTED_ANNUAL)

    assert reading.findings == ()
    assert fingerprint(merge_reading(PlanContent(), reading)) == fingerprint(ANNUAL_CONTENT)
    assert ANNUAL_CONTENT.rows("trainings")[3].values["quarter"] == "q1"


# --- Columns and sheets ----------------------------------------------------------------------------------


def test_a_column_that_nobody_can_tell_any_more_is_named_and_the_plan_keeps_it():
    def edit(workbook: Workbook) -> None:
        workbook[NEEDS]["C3"], workbook[NEEDS]["C4"] = "Czego brakuje mieszkańcom", None

    reading = general(edit)

    assert told(reading) == [("unknown_column", "C4", Severity.INFO)]
    assert reading.ignored == ("2_Diagnoza: Czego brakuje mieszkańcom",)
    assert changed(reading) == []


def test_a_column_that_is_gone_says_nothing():
    reading = general(lambda workbook: workbook[NEEDS].delete_cols(5))

    assert (told(reading), changed(reading)) == ([], [])


def test_a_sheet_of_ones_own_is_named_and_passed_over():
    def edit(workbook: Workbook) -> None:
        workbook.create_sheet("Lista zakupów", 0)["A1"] = "kawa"

    reading = general(edit)

    assert told(reading) == [("unknown_sheet", None, Severity.INFO)]
    assert changed(reading) == []


def test_a_threaded_comment_is_no_part_of_the_plan_but_is_looked_through():
    comment = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<threadedComment ref="C5" id="{1}"><text>%s</text></threadedComment></ThreadedComments>'
    )
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    said = {}
    for text in ("Do sprawdzenia", "Proszę dzwonić: 601 734 895"):

        def change(exported: Exported, words: str = text) -> None:
            part = exported.sheet_part(NEEDS)
            exported.add("xl/threadedComments/threadedComment1.xml", comment % words, link=kind, of=part)

        reading = read(written_by(written(), change))
        said[bool(list(personal_kinds(text)))] = (told(reading), changed(reading))

    assert said == {False: ([], []), True: ([("personal_in_comment", None, Severity.INFO)], [])}
