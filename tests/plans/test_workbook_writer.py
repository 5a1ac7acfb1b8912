import re
from io import BytesIO
from zipfile import ZipFile

import pytest

from core.i18n import _, in_language
from plans.definitions import Layout, PlanContent
from plans.workbooks.order import Filling
from tests.plans.filled_plans import (
    ANNUAL,
    ANNUAL_FILLING,
    GENERAL,
    GENERAL_CONTENT,
    GENERAL_FILLING,
    REMARKS,
    opened,
    written,
)


def parts(data: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def row(data: bytes, sheet: str, number: int) -> list[object]:
    return [cell.value for cell in opened(data)[sheet][number]]


def test_the_full_workbook_has_every_sheet_and_the_guide_first():
    assert opened(written()).sheetnames == [
        "Instrukcja",
        "1_Metryka",
        "2_Diagnoza",
        "3_Partnerzy",
        "4_Grupy_docelowe",
        "5_Cele_wskazniki",
        "6_Kierunki",
        "7_Zasoby",
        "8_Finansowanie",
        "9_Ryzyka",
        "9_Monitoring",
        "10_Rekomendacje",
        "Słowniki",
        "Meta",
    ]


def test_the_short_workbook_has_what_somebody_has_to_fill_in():
    data = written(short=True)

    assert opened(data).sheetnames == [
        "Instrukcja",
        "1_Metryka",
        "2_Diagnoza",
        "4_Grupy_docelowe",
        "5_Cele_wskazniki",
        "6_Kierunki",
        "10_Rekomendacje",
        "Słowniki",
        "Meta",
    ]
    assert row(data, "2_Diagnoza", 4) == [
        "row_uid",
        "need_code",
        "need_text",
        "need_area",
        "evidence",
        "priority",
    ]


def test_labels_are_in_the_readers_language_and_keys_in_none():
    polish, english = written(short=True), written(short=True, language="en")

    assert row(polish, "4_Grupy_docelowe", 3)[1:] == ["Kod", "Grupa *", "Liczebność *", "Poziom docelowy *"]
    assert row(english, "4_Grupy_docelowe", 3)[1:] == ["Code", "Group *", "Size *", "Target level *"]
    assert row(polish, "4_Grupy_docelowe", 4) == row(english, "4_Grupy_docelowe", 4)


def test_an_example_row_shows_how_to_fill_in_the_short_workbook():
    assert row(written(short=True), "2_Diagnoza", 5) == [
        "PRZYKŁAD",
        "N1",
        "Seniorzy nie potrafią umówić wizyty u lekarza przez internet.",
        "informacje i dane",
        "ankieta w bibliotece, 82 osoby",
        "1",
    ]
    assert row(written(short=True, language="en"), "2_Diagnoza", 5)[0] == "EXAMPLE"


def test_the_plans_rows_follow_with_their_ids():
    assert row(written(), "2_Diagnoza", 5)[:6] == [
        "a1b2c3d4e5f6",
        "N1",
        '=HYPERLINK("http://zle.example";"kliknij")',
        "informacje i dane",
        "+ankieta, 82 osoby",
        1,
    ]


def test_codes_wait_in_the_empty_rows():
    sheet = opened(written())["2_Diagnoza"]

    assert [sheet.cell(number, 2).value for number in range(5, 9)] == ["N1", "N2", "N3", "N4"]
    assert sheet.cell(7, 1).value is None


def test_no_text_of_a_person_becomes_a_formula():
    general, annual = (
        parts(written(Filling(GENERAL_CONTENT, remarks=REMARKS))),
        parts(written(ANNUAL_FILLING, definition=ANNUAL)),
    )

    sheets = [text for name, text in (*general.items(), *annual.items()) if name.startswith("xl/worksheets/")]
    with_formulas = [text for text in sheets if "<f>" in text]
    assert len(with_formulas) == 1
    assert "Podsumowanie roku" in with_formulas[0]


def test_the_summary_follows_what_is_typed_in_the_other_sheets():
    sheet = opened(written(ANNUAL_FILLING, definition=ANNUAL))["4_Podsumowanie"]

    rows = {sheet.cell(number, 1).value: sheet.cell(number, 5).value for number in range(5, 30)}
    with in_language("pl"):
        all_together = _("All together")
    assert rows[all_together] == (
        "=SUMIFS('2_Szkolenia'!$F$5:$F$2004,'2_Szkolenia'!$B$5:$B$2004,\"?*\",'2_Szkolenia'!$I$5:$I$2004,\"<>odwołane\")"
    )
    assert rows["I"] == (
        "=SUMIFS('2_Szkolenia'!$F$5:$F$2004,'2_Szkolenia'!$H$5:$H$2004,$A8,'2_Szkolenia'!$I$5:$I$2004,\"<>odwołane\")"
    )
    assert "Seniorzy 60+" in rows


def test_lists_point_at_defined_names_without_an_equals_sign():
    workbook = opened(written())

    lists = {
        (sheet.title, str(rule.sqref)): rule.formula1
        for sheet in workbook
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    }
    assert lists["2_Diagnoza", "D5:D2004"] == "list_need_area"
    assert lists["5_Cele_wskazniki", "D5:D2004"] == "codes_needs"
    assert set(lists.values()) <= set(workbook.defined_names)
    assert workbook.defined_names["list_yes_no"].attr_text.startswith("'Słowniki'!$")
    assert workbook.defined_names["codes_needs"].attr_text == (
        "'2_Diagnoza'!$B$5:INDEX('2_Diagnoza'!$B$5:$B$2004,MAX(1,COUNTA('2_Diagnoza'!$C$5:$C$2004)))"
    )


def test_rows_that_stand_elsewhere_are_offered_with_their_text():
    workbook = opened(written(short=True))

    name = workbook.defined_names["codes_partners"].attr_text
    column = re.fullmatch(r"'Słowniki'!\$([A-Z]+)\$5:\$\1\$6", name)
    assert column is not None
    cells = workbook["Słowniki"][column[1]][4:6]
    assert [cell.value for cell in cells] == ["P1 · Biblioteka Publiczna", "P2 · Klub seniora, UTW"]
    assert row(written(short=True), "6_Kierunki", 6)[-1] == "P1 · Biblioteka Publiczna"


def test_no_message_is_longer_than_excel_takes():
    for language in ("pl", "en"):
        for definition, filling in ((GENERAL, GENERAL_FILLING), (ANNUAL, ANNUAL_FILLING)):
            for sheet in opened(written(filling, definition=definition, language=language)):
                for rule in sheet.data_validations.dataValidation:
                    assert len(rule.promptTitle or "") <= 32
                    assert len(rule.prompt or "") <= 255
                    assert len(rule.error or "") <= 225


def test_what_nobody_has_to_fill_in_lies_folded_unless_somebody_did():
    empty = opened(written(Filling()))["2_Diagnoza"]
    filled = opened(written())["2_Diagnoza"]

    def keys(sheet, *, folded):
        columns = sheet.column_dimensions
        return [cell.value for cell in sheet[4] if columns[cell.column_letter].hidden is folded]

    assert empty.sheet_format.outlineLevelCol == 1
    assert keys(empty, folded=True) == [
        "evidence_year",
        "measure",
        "measure_value",
        "measure_unit",
        "at_risk",
    ]
    assert keys(filled, folded=True) == ["measure_unit"]
    assert keys(filled, folded=False)[-4:] == ["evidence_year", "measure", "measure_value", "at_risk"]


def test_meta_says_whose_workbook_it_is():
    sheet = opened(written())["Meta"]

    assert {sheet.cell(number, 2).value: sheet.cell(number, 3).value for number in range(5, 13)} == {
        "template_code": "PLAN-OGOLNY",
        "template_version": "1",
        "plan_uid": "4f2a9c1b77de",
        "municipality_code": "0699012",
        "programme": "mocarze",
        "base_version": "3",
        "base_hash": "ab" * 32,
        "language": "pl",
    }


def test_what_the_register_knows_is_filled_in_where_the_plan_is_empty():
    filling = Filling(PlanContent(), prefill={"municipality_name": "Łódź", "year_from": 2027})
    sheet = opened(written(filling))["1_Metryka"]

    values = {sheet.cell(number, 2).value: sheet.cell(number, 3).value for number in range(5, 21)}
    assert (values["municipality_name"], values["year_from"], values["summary"]) == ("Łódź", 2027, None)


def test_a_public_file_leaves_private_columns_empty():
    texts = " ".join(parts(written(public=True)).values())

    assert "czytelnia@zolta-ges.example" in " ".join(parts(written()).values())
    for private in ("Barbara", "wymyslona@", "czytelnia@"):
        assert private not in texts
    assert "Biblioteka Publiczna" in texts


def test_remarks_say_where_they_point():
    sheet = opened(written(Filling(GENERAL_CONTENT, remarks=REMARKS), short=True))["11_Uwagi"]

    rows = [[cell.value for cell in line][:5] for line in sheet.iter_rows(min_row=5, max_row=7)]
    assert rows == [
        ["u-1", "2_Diagnoza", "E7", "=Proszę dopisać źródło.", "animator"],
        ["u-2", "1_Metryka", "C18", "Streszczenie jest za krótkie.", "animator"],
        ["u-3", "5_Cele_wskazniki", None, "Brakuje drugiego celu.", "animator"],
    ]
    assert sheet["C5"].hyperlink.location == "'2_Diagnoza'!E7"


def test_the_same_plan_gives_the_same_bytes():
    assert written() == written()


@pytest.mark.parametrize("definition", [GENERAL, ANNUAL], ids=["general", "annual"])
def test_every_sheet_of_a_template_can_be_written_empty(definition):
    workbook = opened(written(Filling(), definition=definition))

    names = [sheet.name for sheet in definition.sheets if sheet.layout is not Layout.REMARKS]
    assert workbook.sheetnames == ["Instrukcja", *names, "Słowniki", "Meta"]
