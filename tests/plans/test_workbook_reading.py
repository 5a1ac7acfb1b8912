import unicodedata
from dataclasses import replace

import pytest

from core.workbooks.reader import read_workbook
from plans.definitions import PlanContent, PlanRow
from plans.findings import Finding, FindingCode, Severity
from plans.workbooks.merge import merge_reading
from plans.workbooks.order import Filling
from plans.workbooks.reading import Answer, Limits, PlanReading, read_plan_workbook
from programme.labels import Labels
from tests.plans.filled_plans import (
    CODE_LISTS,
    EXPECTED_GENERAL,
    GENERAL,
    GENERAL_CONTENT,
    REMARKS,
    edited,
    read,
    written,
)


def row(reading: PlanReading, sheet: str, position: int) -> PlanRow:
    return reading.content.rows(sheet)[position]


# --- Cells ----------------------------------------------------------------------------------------------


def test_every_wrong_cell_is_told_at_once_and_the_rest_goes_on():
    def edit(workbook):
        needs = workbook["2_Diagnoza"]
        needs["D5"], needs["F5"] = "informacje i dana", "dwa"
        needs["C6"] = "Dzwonić: 601 602 603"
        workbook["4_Grupy_docelowe"]["D5"] = "#REF!"
        workbook["4_Grupy_docelowe"]["D5"].data_type = "e"
        workbook["1_Metryka"]["C10"] = "dawno"

    reading = read(edited(written(), edit))

    assert [
        (finding.code, finding.sheet_key, finding.cell, finding.reason) for finding in reading.findings
    ] == [
        (FindingCode.UNREADABLE, "metadata", "C10", "date"),
        (FindingCode.NOT_IN_LIST, "needs", "D5", "not_in_list"),
        (FindingCode.UNREADABLE, "needs", "F5", "number"),
        (FindingCode.PERSONAL_DATA, "needs", "C6", "phone"),
        (FindingCode.UNREADABLE, "groups", "D5", "cell_error"),
    ]
    assert reading.findings[1].suggestion == "informacje i dane"
    assert "601" not in str(reading)
    assert row(reading, "needs", 1).values.keys() == {"need_code", "need_area", "evidence", "priority"}


def test_a_cell_that_cannot_be_taken_over_changes_nothing_in_the_plan():
    def edit(workbook):
        workbook["2_Diagnoza"]["F5"] = "dwa"
        workbook["1_Metryka"]["C10"] = "dawno"

    assert merge_reading(GENERAL_CONTENT, read(edited(written(), edit))) == GENERAL_CONTENT


def test_numbers_dates_and_labels_count_however_people_write_them():
    def edit(workbook):
        line = workbook["6_Kierunki"]
        headers = {cell.value: cell.column for cell in line[4]}
        for key, value in {
            "hours_y1": "1\u00a0224,50",
            "trainings_y1": "4,0",
            "form": " Online ",
            "group_codes": "T1",
            "goal_code": "C1 · Seniorzy załatwiają",
        }.items():
            line.cell(5, headers[key]).value = value
        workbook["1_Metryka"]["C10"] = "16 marca 2026 r."
        workbook["2_Diagnoza"]["C5"] = unicodedata.normalize("NFD", "Żółta Gęś")

    reading = read(edited(written(), edit))

    assert reading.findings == ()
    line = row(reading, "lines", 0).values
    assert [line[key] for key in ("hours_y1", "trainings_y1", "form", "group_codes", "goal_code")] == [
        "1224.5",
        4,
        "online",
        ["T1"],
        "C1",
    ]
    assert row(reading, "metadata", 0).values["established_on"] == "2026-03-16"
    assert row(reading, "needs", 0).values["need_text"] == "Żółta Gęś"


def test_labels_of_another_language_count_as_well():
    def edit(workbook):
        workbook["2_Diagnoza"]["D5"] = "communication and collaboration"
        workbook["2_Diagnoza"]["D6"] = "exclusion"

    reading = read(edited(written(), edit))

    assert [need.values["need_area"] for need in reading.content.rows("needs")] == [
        "communication",
        "exclusion",
    ]


def test_every_cell_can_be_named():
    reading = read(written())

    assert reading.cell_of("needs", "123456789012", "evidence") == "E6"
    assert reading.cell_of("metadata", "whatever it is called", "summary") == "C18"
    assert reading.cell_of("needs", "123456789012", "no such column") is None
    assert reading.cell_of("no such sheet", "123456789012", "evidence") is None


def test_findings_of_later_checks_get_their_cells():
    missing = Finding(
        FindingCode.REQUIRED,
        Severity.ERROR,
        "required",
        "needs",
        row_uid="123456789012",
        column_key="need_text",
    )
    whole_plan = Finding(FindingCode.NO_RECOMMENDATION, Severity.WARNING, "no_recommendation")

    located = list(read(written()).located([missing, whole_plan]))

    assert located == [replace(missing, cell="C6"), whole_plan]


# --- Rows -----------------------------------------------------------------------------------------------


def test_a_row_without_an_id_is_new():
    def edit(workbook):
        workbook["10_Rekomendacje"]["C6"] = "Kupić laptopy"

    reading = read(edited(written(), edit))

    kept, new = reading.content.rows("recommendations")
    assert kept == GENERAL_CONTENT.rows("recommendations")[0]
    assert new.values == {"rec_code": "R2", "rec_text": "Kupić laptopy"}
    assert new.row_uid not in ("", kept.row_uid)


def test_what_people_number_their_rows_with_is_no_id():
    def edit(workbook):
        workbook["10_Rekomendacje"]["A6"] = 2
        workbook["10_Rekomendacje"]["C6"] = "Kupić laptopy"

    new = row(read(edited(written(), edit)), "recommendations", 1)

    assert len(new.row_uid) == 12


def test_a_copied_row_is_a_new_row_and_said_so():
    def edit(workbook):
        needs = workbook["2_Diagnoza"]
        for column in range(1, 7):
            needs.cell(7, column).value = needs.cell(6, column).value

    reading = read(edited(written(), edit))

    first, second, copy = reading.content.rows("needs")
    assert copy.values == second.values
    assert copy.row_uid not in (first.row_uid, second.row_uid)
    assert reading.findings == (
        Finding(
            FindingCode.DUPLICATE,
            Severity.WARNING,
            "duplicate_row",
            "needs",
            "A7",
            copy.row_uid,
            params={"row": "6"},
        ),
    )


def test_the_example_row_is_no_part_of_the_plan():
    for language in ("pl", "en"):
        reading = read(written(Filling(), short=True, language=language))

        assert reading.findings == ()
        assert {sheet for sheet, rows in reading.content.sheets.items() if rows} == {"metadata"}


def test_an_example_row_somebody_wrote_over_counts_once_its_mark_is_gone():
    def edit(workbook):
        workbook["10_Rekomendacje"]["A5"] = None

    reading = read(edited(written(Filling(), short=True), edit))

    assert [dict(rec.values) for rec in reading.content.rows("recommendations")] == [
        {
            "rec_code": "R1",
            "rec_text": str(GENERAL.sheet("recommendations").column("rec_text").example.in_language("pl")),
            "rec_addressee": "council",
        }
    ]


def test_rows_with_nothing_but_a_waiting_code_are_empty():
    assert [row.values["need_code"] for row in read(written()).content.rows("needs")] == ["N1", "N2"]


def test_a_row_that_is_gone_or_emptied_is_taken_out():
    def delete(workbook):
        workbook["2_Diagnoza"].delete_rows(6)

    def empty(workbook):
        for column in range(3, 12):
            workbook["2_Diagnoza"].cell(6, column).value = None

    for edit in (delete, empty):
        merged = merge_reading(GENERAL_CONTENT, read(edited(written(), edit)))

        assert merged.rows("needs") == GENERAL_CONTENT.rows("needs")[:1]
        assert merged.rows("lines") == GENERAL_CONTENT.rows("lines")


def test_a_row_whose_only_values_stand_in_columns_not_shown_stays():
    content = PlanContent({"needs": (PlanRow("a1b2c3d4e5f6", {"need_code": "N1", "measure": "osoby"}),)})

    assert merge_reading(content, read(written(Filling(content), short=True))) == content


def test_rows_far_below_the_others_are_left_out_and_said_so():
    def edit(workbook):
        workbook["2_Diagnoza"]["C106"] = "bliżej"
        workbook["2_Diagnoza"]["C207"] = "za daleko"

    reading = read(edited(written(), edit))

    assert [str(need.values.get("need_text", "")) for need in reading.content.rows("needs")][2:] == ["bliżej"]
    assert reading.findings == (
        Finding(
            FindingCode.EXTRA, Severity.WARNING, "rows_after_gap", "needs", "B207", params={"rows": "100"}
        ),
    )


def test_no_more_rows_are_read_than_agreed():
    reading = read(written(), limits=Limits(rows=1))

    assert [len(rows) for rows in reading.content.sheets.values() if rows] == [1] * 8
    assert [(finding.cell, finding.reason, finding.severity) for finding in reading.findings] == [
        ("B6", "too_many_rows", Severity.ERROR),
        ("B6", "too_many_rows", Severity.ERROR),
    ]


# --- Columns and sheets ---------------------------------------------------------------------------------


def test_columns_may_be_moved_and_hidden():
    def edit(workbook):
        needs = workbook["2_Diagnoza"]
        needs.move_range("A3:F30", cols=20)
        needs.column_dimensions["V"].hidden = True
        workbook["4_Grupy_docelowe"].sheet_state = "hidden"

    reading = read(edited(written(), edit))

    assert reading.cell_of("needs", "a1b2c3d4e5f6", "need_text") == "W5"
    assert merge_reading(GENERAL_CONTENT, reading) == GENERAL_CONTENT


def test_the_fields_of_a_record_may_be_moved_apart():
    data = edited(written(), lambda workbook: workbook["1_Metryka"].insert_cols(3, amount=2))

    reading = read(data)

    assert reading.cell_of("metadata", "metadata", "summary") == "E18"
    assert merge_reading(GENERAL_CONTENT, reading) == GENERAL_CONTENT


def test_rows_may_be_put_above_the_header():
    data = edited(written(), lambda workbook: workbook["2_Diagnoza"].insert_rows(1, amount=3))

    assert merge_reading(GENERAL_CONTENT, read(data)) == GENERAL_CONTENT


@pytest.mark.parametrize("language", ["pl", "en"])
def test_without_the_row_of_keys_labels_of_any_language_tell(language):
    def edit(workbook):
        for sheet in workbook.worksheets[1:-2]:
            sheet.delete_rows(4)

    reading = read(edited(written(language=language), edit))

    assert reading.findings == ()
    assert merge_reading(GENERAL_CONTENT, reading) == GENERAL_CONTENT


def test_a_column_without_its_key_is_known_by_its_label():
    def edit(workbook):
        workbook["2_Diagnoza"]["E4"] = None
        workbook["1_Metryka"]["B18"] = None

    assert merge_reading(GENERAL_CONTENT, read(edited(written(), edit))) == GENERAL_CONTENT


def test_tabs_may_be_renamed():
    def edit(workbook):
        workbook["2_Diagnoza"].title = "Potrzeby"
        workbook["1_Metryka"].title = "O planie"

    reading = read(edited(written(), edit))

    assert reading.ignored == ()
    assert merge_reading(GENERAL_CONTENT, reading) == GENERAL_CONTENT


def test_what_belongs_to_no_plan_is_listed_and_passed_over():
    def edit(workbook):
        workbook.create_sheet("Notatki")["A1"] = "kupić kawę"
        workbook.create_sheet("Pusty")
        needs = workbook["2_Diagnoza"]
        needs["Z3"], needs["AA7"] = "Moje uwagi", "bez nagłówka"

    reading = read(edited(written(), edit))

    assert reading.ignored == ("Notatki", "2_Diagnoza: Moje uwagi", "2_Diagnoza: AA")
    assert [(finding.severity, finding.cell, finding.params) for finding in reading.findings] == [
        (Severity.INFO, None, {"sheet": "Notatki"}),
        (Severity.INFO, "Z4", {"column": "Moje uwagi"}),
        (Severity.INFO, "AA4", {"column": "AA"}),
    ]
    assert merge_reading(GENERAL_CONTENT, reading) == GENERAL_CONTENT


def test_names_given_to_sheets_and_columns_are_not_repeated_when_they_hold_personal_data():
    def edit(workbook):
        workbook.create_sheet("tel. 601602603")["A1"] = "x"
        workbook["2_Diagnoza"]["Z3"] = "jan.kowalski@gmail.com"

    reading = read(edited(written(), edit))

    assert reading.ignored == ("15", "2_Diagnoza: Z")
    assert "601602603" not in str(reading)
    assert "kowalski" not in str(reading)


def test_a_column_that_is_there_twice_counts_once():
    def edit(workbook):
        needs = workbook["2_Diagnoza"]
        needs["Z4"], needs["Z5"] = "evidence", "drugie źródło"

    reading = read(edited(written(), edit))

    assert row(reading, "needs", 0).values["evidence"] == "+ankieta, 82 osoby"
    assert [(finding.code, finding.reason, finding.cell) for finding in reading.findings] == [
        (FindingCode.DUPLICATE, "repeated_column", "Z4")
    ]


def test_a_sheet_without_headings_is_told_and_the_plan_keeps_its_own():
    data = edited(written(), lambda workbook: workbook["2_Diagnoza"].delete_rows(1, 4))

    reading = read(data)

    assert reading.findings == (Finding(FindingCode.UNREADABLE, Severity.ERROR, "no_header", "needs"),)
    assert merge_reading(GENERAL_CONTENT, reading) == GENERAL_CONTENT


def test_a_sheet_that_is_gone_says_nothing_about_the_plan():
    def edit(workbook):
        del workbook["8_Finansowanie"]

    assert merge_reading(GENERAL_CONTENT, read(edited(written(), edit))) == GENERAL_CONTENT


# --- Answers --------------------------------------------------------------------------------------------


def test_answers_to_remarks_come_back_and_the_remarks_do_not():
    def edit(workbook):
        remarks = workbook["11_Uwagi"]
        remarks["H5"], remarks["I5"] = "poprawiono", "Dopisano źródło"
        remarks["I6"] = "Streszczenie wystarczy."
        remarks["D7"] = "Zadzwonić do biblioteki"

    reading = read(edited(written(Filling(GENERAL_CONTENT, remarks=REMARKS)), edit))

    assert reading.findings == ()
    assert reading.answers == (
        Answer("u-1", "changed", "Dopisano źródło"),
        Answer("u-2", None, "Streszczenie wystarczy."),
    )
    assert merge_reading(GENERAL_CONTENT, reading) == GENERAL_CONTENT


# --- Older templates ------------------------------------------------------------------------------------


def test_a_workbook_of_an_older_template_is_brought_up_to_the_one_in_force():
    needs = GENERAL.sheet("needs")
    columns = tuple(
        replace(column, key="source", label=Labels({"pl": "Skąd to wiemy"}))
        if column.key == "evidence"
        else column
        for column in needs.columns
        if column.key != "measure"
    )
    sheets = tuple(replace(needs, columns=columns) if sheet is needs else sheet for sheet in GENERAL.sheets)
    newer = replace(GENERAL, version=2, sheets=sheets, renamed_keys={"needs.evidence": "needs.source"})

    def edit(workbook):
        workbook["2_Diagnoza"]["F5"] = "dwa"

    reading = read_plan_workbook(
        read_workbook(edited(written(), edit)),
        lambda _code, version: {1: GENERAL, 2: newer}.get(version),
        code_lists=CODE_LISTS,
        expected=replace(EXPECTED_GENERAL, template_version=2),
    )

    assert row(reading, "needs", 0).values == {
        "need_code": "N1",
        "need_text": '=HYPERLINK("http://zle.example";"kliknij")',
        "need_area": "information",
        "source": "+ankieta, 82 osoby",
        "measure_value": "64.5",
        "evidence_year": 2025,
        "at_risk": "yes",
    }
    assert reading.definition == newer
    assert reading.cell_of("needs", "a1b2c3d4e5f6", "source") == "E5"
    assert reading.not_taken == {("needs", "a1b2c3d4e5f6", "priority")}
    assert [(finding.code, finding.reason, finding.params) for finding in reading.findings] == [
        (FindingCode.OLD_TEMPLATE, "older_template", {"found": "1", "current": "2"}),
        (FindingCode.UNREADABLE, "number", {"found": "dwa"}),
        (
            FindingCode.OLD_TEMPLATE,
            "column_gone",
            {"column": "needs.measure", "column_pl": "2_Diagnoza, Miara", "column_en": "2_Diagnoza, Measure"},
        ),
        (
            FindingCode.OLD_TEMPLATE,
            "column_renamed",
            {
                "before": "needs.evidence",
                "before_pl": "Źródło danych",
                "before_en": "Source",
                "column": "needs.source",
                "column_pl": "2_Diagnoza, Skąd to wiemy",
                "column_en": "2_Diagnoza, Skąd to wiemy",
            },
        ),
    ]
    assert reading.ignored == ("needs.measure",)
