"""Personal data never land: whatever place of a workbook they stand in, the rest of it goes on and nothing tells them."""

import logging
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from flask import current_app
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from sqlalchemy import select

from core.database import db
from core.storage import StoredFile
from plans.definitions import PlanContent
from plans.models import ImportStatus, PlanImport, PlanVersion
from plans.services import proposals, uploads, writing
from plans.workbooks.order import Filling
from tests.plans.filled_plans import GENERAL_CONTENT, REMARKS, edited, read, written
from tests.plans.test_coloured_workbook import coloured, place
from tests.plans.test_flow import leader_of
from tests.plans.test_uploads import cell_of, change_need, filled, send
from tests.support.forms import Upload
from tests.support.spreadsheets import saved_by_libreoffice

NEEDS = "2_Diagnoza"
PESEL = "44051401359"
PHONE = "601 734 895"
SECRETS = ("44051401359", "02070803628", "601 734 895", "601734895", "Gąska", "gaska", "Trzmiel")

Edit = Callable[[Workbook], None]


def edit_of(data: bytes, edit: Edit) -> bytes:
    workbook = load_workbook(BytesIO(data))
    edit(workbook)
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def in_comment(workbook: Workbook) -> None:
    workbook[NEEDS]["C5"].comment = Comment(f"Gąska mówi: {PHONE}", "Zofia")


def in_sheet_name(workbook: Workbook) -> None:
    workbook.create_sheet(f"Gąska {PESEL}")


def in_renamed_sheet(workbook: Workbook) -> None:
    workbook[NEEDS].title = f"2_Diagnoza {PESEL}"


def in_properties(workbook: Workbook) -> None:
    workbook.properties.description = "Kontakt: boleslawa.gaska@gmail.com"


def in_custom_property(workbook: Workbook) -> None:
    workbook.properties.keywords = f"Gąska, tel. {PHONE}"


def in_header(workbook: Workbook) -> None:
    workbook[NEEDS].oddHeader.center.text = f"Gąska {PESEL}"


def in_unknown_column(workbook: Workbook) -> None:
    workbook[NEEDS]["Z4"], workbook[NEEDS]["Z6"] = "Notatki", f"Gąska, {PHONE}"


def in_unknown_sheet(workbook: Workbook) -> None:
    workbook.create_sheet("Notatki")["B2"] = "Jan Gąska, Ewa Gąska, Piotr Trzmiel"


def as_number(workbook: Workbook) -> None:
    workbook.create_sheet("Notatki")["B2"] = int("02070803628")


def as_row_id(workbook: Workbook) -> None:
    workbook[NEEDS]["A6"] = PESEL


def in_title(workbook: Workbook) -> None:
    workbook[NEEDS]["B1"] = f"Diagnoza, Gąska {PHONE}"


PLACES = {
    "personal_in_comment": (in_comment, "C5"),
    "personal_in_sheet_name": (in_sheet_name, None),
    "personal_in_properties": (in_properties, None),
    "personal_on_page": (in_header, None),
    "personal_beside": (in_unknown_column, "Z6"),
}


@pytest.mark.parametrize(("reason", "edit", "cell"), [(key, *place) for key, place in PLACES.items()])
def test_each_place_beside_the_plan_is_told_without_its_text(reason: str, edit: Edit, cell: str | None):
    reading = read(edited(written(), edit))

    found = [(one.reason, one.cell) for one in reading.findings if one.code.value == "F14_PERSONAL_DATA"]
    assert found == [(reason, cell)]
    assert not any(secret in str(reading) for secret in SECRETS)


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (in_renamed_sheet, "personal_in_sheet_name"),
        (in_custom_property, "personal_in_properties"),
        (in_unknown_sheet, "personal_beside"),
        (as_number, "personal_beside"),
        (in_title, "personal_beside"),
        (as_row_id, "personal_beside"),
    ],
)
def test_neither_a_number_nor_an_id_nor_a_title_nor_a_known_sheet_hides_them(edit: Edit, reason: str):
    reading = read(edited(written(), edit))

    assert reason in {one.reason for one in reading.findings}
    assert not any(secret in str(reading) for secret in SECRETS)


@pytest.mark.parametrize("remarks", [(), REMARKS])
def test_the_workbook_itself_holds_none(remarks):
    reading = read(written(Filling(GENERAL_CONTENT, remarks=remarks)))

    assert [one for one in reading.findings if one.code.value == "F14_PERSONAL_DATA"] == []


def test_what_libreoffice_saves_tells_the_same(tmp_path: Path):
    def everywhere(workbook: Workbook) -> None:
        for edit, _cell in PLACES.values():
            edit(workbook)

    path = tmp_path / "plan.xlsx"
    path.write_bytes(edit_of(written(), everywhere))
    saved = saved_by_libreoffice(path, tmp_path) or pytest.skip("no LibreOffice on this machine")

    reading = read(saved)

    assert {one.reason for one in reading.findings} >= PLACES.keys()


def with_secrets_everywhere(version: PlanVersion) -> bytes:
    cells = {
        cell_of(version, NEEDS, "evidence", "row-n1-0001"): f"Rozmowa: Bolesława Gąska, {PESEL}",
        cell_of(version, NEEDS, "need_text", "row-n2-0001"): "Uczyć się chcą mieszkańcy trzech wsi",
    }
    data = filled(version, **{f"needs_{cell}": text for cell, text in cells.items()})

    def everywhere(workbook: Workbook) -> None:
        for edit, _cell in PLACES.values():
            edit(workbook)

    return edit_of(data, everywhere)


def change_recommendation(version: PlanVersion, text: str) -> None:
    (old,) = version.rows.rows("recommendations")
    new = replace(old, values={**old.values, "rec_text": text})
    writing.replace_rows(version, PlanContent({**version.rows.sheets, "recommendations": (new,)}))
    db.session.commit()


def everything_kept() -> str:
    """Every row of every table, and every file of the data folder."""
    rows = [
        str(row) for table in db.metadata.sorted_tables for row in db.session.execute(select(table)).all()
    ]
    files = [path for path in current_app.config["GROMADA"].data_dir.rglob("*") if path.is_file()]
    return "\n".join([*rows, *(path.read_bytes().decode("utf-8", "ignore") for path in files)])


def test_an_upload_full_of_them_leaves_no_trace_and_all_else_is_applied(
    make, visit, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    version = make.general_plan()
    data = with_secrets_everywhere(version)
    page = visit(as_=leader_of(version)).open(f"/plans/{version.id}/upload")

    outcome = page.submit(
        "Check the workbook", file=Upload(data, f"Gaska {PESEL} tel {PHONE}.xlsx", uploads.XLSX)
    )
    applied = outcome.submit("Apply the rest to the plan")

    db.session.expire_all()
    upload = db.session.scalars(select(PlanImport)).one()
    kept = everything_kept() + caplog.text + outcome.text + applied.text
    assert [secret for secret in SECRETS if secret in kept] == []
    assert (upload.status, upload.file, upload.file_name) == (ImportStatus.APPLIED, None, "plan.xlsx")
    assert version.rows.rows("needs")[1].values["need_text"] == "Uczyć się chcą mieszkańcy trzech wsi"
    assert db.session.scalars(select(StoredFile)).all() == []


def test_the_same_workbook_is_offered_at_once_with_those_cells_emptied_and_coloured(make, visit):
    version = make.general_plan()
    data = with_secrets_everywhere(version)
    visitor = visit(as_=leader_of(version))
    page = visitor.open(f"/plans/{version.id}/upload")

    outcome = page.submit("Check the workbook", file=Upload(data, "plan.xlsx", uploads.XLSX))

    back = visitor.client.get(outcome.links["Download the workbook without them"]).data
    workbook = load_workbook(BytesIO(back))
    cell = workbook[NEEDS][place(workbook, "evidence", "row-n1-0001")]
    assert "Personal data stood in 6 places" in outcome.text
    assert (cell.value, cell.fill.fgColor.rgb[2:]) == (None, "FBE4E1")
    again = send(version, back)
    assert [one.reason for one in again.findings if one.code.value == "F14_PERSONAL_DATA"] == []


def test_a_refused_cell_leaves_the_plan_as_it_is_there(make):
    version = make.general_plan()
    cell = cell_of(version, NEEDS, "evidence", "row-n1-0001")
    before = version.rows

    upload = send(version, filled(version, **{f"needs_{cell}": f"Gąska {PHONE}"}))

    assert proposals.change_of(upload).is_empty
    uploads.apply_upload(upload, actor=leader_of(version))
    assert version.rows == before


def test_a_name_that_is_only_warned_of_keeps_the_original(make):
    version = make.general_plan()
    cell = cell_of(version, NEEDS, "evidence", "row-n1-0001")

    upload = send(version, filled(version, **{f"needs_{cell}": "Jan Trzmielewicz"}))

    assert [one.reason for one in upload.findings] == ["person_name"]
    assert upload.file is not None


def with_names_down_a_column(version: PlanVersion) -> bytes:
    """Two in the rows of the plan, one in a new row."""
    names = ("Jan Gąska", "Ewa Gąska", "Piotr Trzmiel")

    def list_people(workbook: Workbook) -> None:
        sheet = workbook[NEEDS]
        column = place(workbook, "evidence", "row-n1-0001")[0]
        first = int(cell_of(version, NEEDS, "evidence", "row-n1-0001").lstrip("ABCDEFGH"))
        for number, name in enumerate(names, start=first):
            sheet[f"{column}{number}"] = name
            sheet[f"{place(workbook, 'need_text', 'row-n1-0001')[0]}{number}"] = f"Potrzeba {number}"

    return edit_of(filled(version), list_people)


def evidence_of(content: PlanContent) -> list[tuple[object, object]]:
    return [(one.values["need_text"], one.values.get("evidence")) for one in content.rows("needs")]


@pytest.mark.parametrize("is_overtaken", [False, True], ids=["the plan as downloaded", "a plan that went on"])
def test_names_down_a_column_leave_what_the_plan_had_there(make, *, is_overtaken: bool):
    version = make.general_plan()
    first, second = (evidence for _text, evidence in evidence_of(version.rows))
    data = with_names_down_a_column(version)
    if is_overtaken:
        change_recommendation(version, "Somebody was faster")

    upload = send(version, data)
    uploads.apply_upload(upload, actor=leader_of(version))

    assert (first, second) == ("Ankieta biblioteki, 64 odpowiedzi", "Rozmowy w kole gospodyń")
    assert evidence_of(version.rows) == [("Potrzeba 6", first), ("Potrzeba 7", second), ("Potrzeba 8", None)]


def test_names_down_a_column_put_right_elsewhere_still_leave_what_the_plan_had_there(make, visit):
    version = make.general_plan()
    before = [evidence for _text, evidence in evidence_of(version.rows)]
    upload = send(version, with_names_down_a_column(version))
    new = proposals.proposed(upload).rows("needs")[2].row_uid
    page = visit(as_=leader_of(version)).open(f"/uploads/{upload.id}")

    page.submit("Save", **{f"needs.{new}.evidence": "Ankieta w szkole"})

    db.session.expire_all()
    assert [evidence for _text, evidence in evidence_of(proposals.proposed(upload))] == [
        *before,
        "Ankieta w szkole",
    ]


def test_names_down_a_column_are_not_kept_among_what_is_brought_together(make):
    version = make.general_plan()
    data = with_names_down_a_column(version)
    change_need(version, "Somebody was faster")

    upload = send(version, data)

    reasons = [one.reason for one in upload.findings if proposals.is_about_people(one)]
    kept = str((upload.theirs, upload.proposal, [one.typed for one in upload.findings]))
    assert (reasons, upload.merge_base is not None) == (["name_list"] * 3, True)
    assert not any(secret in kept for secret in SECRETS)


def test_where_both_changed_something_the_workbook_comes_back_as_it_was_sent(make):
    version = make.general_plan()
    text = cell_of(version, NEEDS, "need_text", "row-n1-0001")
    evidence = cell_of(version, NEEDS, "evidence", "row-n2-0001")
    data = filled(version, **{f"needs_{text}": "Moja zmiana", f"needs_{evidence}": f"Gąska {PHONE}"})
    change_need(version, "Somebody was faster")

    upload = send(version, data)

    workbook = load_workbook(BytesIO(coloured(upload)))
    texts = [str(cell.value) for row in workbook[NEEDS].iter_rows() for cell in row]
    assert upload.open_conflicts == 1
    assert ("Moja zmiana" in texts, any(PHONE in one for one in texts)) == (True, False)


def test_too_long_a_text_is_looked_through_all_the_same(make):
    version = make.general_plan()
    cell = cell_of(version, NEEDS, "evidence", "row-n1-0001")

    upload = send(version, filled(version, **{f"needs_{cell}": "Rozmowa. " * 2_500 + PESEL}))

    assert ([one.reason for one in upload.findings], upload.file) == (["pesel"], None)


def test_rows_pasted_on_a_page_leave_no_trace_of_them_either(make, visit, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    version = make.general_plan()
    pasted = f"Młodzież nie zna e-usług\tinformacje i dane\tGąska, {PESEL}\t2\nTrzmiel {PHONE}\tbezpieczeństwo\tAnkieta\t1"
    page = visit(as_=leader_of(version)).open(f"/plans/{version.id}/edit/needs/paste")

    page.submit("Check what would be added", expect=200, cells=pasted).submit("Add 2 rows")

    db.session.expire_all()
    texts = [row.values.get("need_text") for row in version.rows.rows("needs")]
    kept = everything_kept() + caplog.text
    assert ("Młodzież nie zna e-usług" in texts, len(texts)) == (True, 4)
    assert [secret for secret in SECRETS if secret in kept] == []


def test_a_cell_put_right_with_them_on_the_outcome_page_leaves_no_trace(make, visit):
    version = make.general_plan()
    cell = cell_of(version, NEEDS, "evidence", "row-n1-0001")
    upload = send(version, filled(version, **{f"needs_{cell}": f"Gąska {PHONE}"}))
    page = visit(as_=leader_of(version)).open(f"/uploads/{upload.id}")
    field = "needs.row-n1-0001.evidence"

    after = page.submit("Save", **{field: f"Trzmiel {PESEL}"})

    kept = everything_kept() + after.text
    assert "One thing to correct" in after.text
    assert [secret for secret in SECRETS if secret in kept] == []
