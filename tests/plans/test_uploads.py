"""Uploads: read, checked, shown; the plan changes only when they are applied."""

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from accounts.models import User
from core import storage
from core.database import db
from plans.definitions import PlanContent
from plans.downloads import plan_workbook
from plans.errors import BaseChanged, NotEditable, UploadIsOver
from plans.merging.journal import forget_steps
from plans.models import ImportStatus, PlanImport, PlanVersion
from plans.services import proposals, uploads, writing
from plans.workbooks.reading import PlanReading
from plans.workflow import PlanStatus
from tests.plan_content import row
from tests.plans.test_flow import leader_of


def filled(version: PlanVersion, **cells: str) -> bytes:
    """The plan's own workbook with some cells typed over, as ``needs_D7="5"``: sheet key and cell."""
    names = {
        "needs": "2_Diagnoza", "goals": "5_Cele_wskazniki", "lines": "6_Kierunki", "recommendations": "10_Rekomendacje",
    }  # fmt: skip
    workbook = load_workbook(BytesIO(plan_workbook(version, language="pl", short=True).data))
    for place, value in cells.items():
        sheet, cell = place.rsplit("_", 1)
        workbook[names[sheet]][cell] = value
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def send(version: PlanVersion, data: bytes, *, name: str = "plan.xlsx") -> PlanImport:
    file = uploads.SentFile(name, data)
    outcome = uploads.read_upload(file, uploads.expected_of(version))
    upload = uploads.receive(version, file, outcome, actor=leader_of(version))
    db.session.commit()
    return upload


def cell_of(version: PlanVersion, sheet: str, column: str, row_uid: str) -> str:
    """Where a value stands in the short workbook."""
    workbook = load_workbook(BytesIO(plan_workbook(version, language="pl", short=True).data))
    page = workbook[sheet]
    keys = {cell.value: cell.column_letter for cell in page[4]}
    numbers = {page.cell(number, 1).value: number for number in range(5, page.max_row + 1)}
    return f"{keys[column]}{numbers[row_uid]}"


def test_while_a_file_is_read_nobody_waits_for_the_database(make, count_queries):
    version = make.general_plan()
    data, other = filled(version), filled(make.general_plan())
    expected, rules = uploads.expected_of(version), uploads.Rules.of_today()
    db.session.rollback()

    with count_queries() as queries:
        reading = uploads.read_upload(uploads.SentFile("plan.xlsx", data), expected, rules)
        wrong = uploads.read_upload(uploads.SentFile("plan.xlsx", other), expected, rules)
        damaged = uploads.read_upload(uploads.SentFile("plan.xlsx", data[:500]), expected, rules)

    assert isinstance(reading, PlanReading)
    assert isinstance(wrong, uploads.Refusal)
    assert isinstance(damaged, uploads.Refusal)
    assert queries.count == 0, str(queries)
    assert not db.session().in_transaction()


def test_an_upload_is_written_once(make, count_queries):
    version = make.general_plan()
    data = filled(version)
    send(version, data)
    leader = leader_of(version)
    reading = uploads.read_upload(uploads.SentFile("plan.xlsx", data), uploads.expected_of(version))

    with count_queries() as queries:
        uploads.receive(version, uploads.SentFile("plan.xlsx", data), reading, actor=leader)
        db.session.commit()

    written = [
        one.split()[0]
        for one in queries.statements
        if one.startswith(("INSERT INTO plan_i", "UPDATE plan_i"))
    ]
    assert written == ["UPDATE", "INSERT"], "the one before it is put aside, and the new one is written"


def test_a_workbook_sent_back_unchanged_changes_nothing(make):
    version = make.general_plan()

    upload = send(version, filled(version))

    assert upload.status is ImportStatus.CHECKED
    assert proposals.change_of(upload).is_empty


def test_an_upload_changes_nothing_before_it_is_applied(make):
    version = make.general_plan()
    before = version.rows
    cell = cell_of(version, "2_Diagnoza", "need_text", "row-n1-0001")

    upload = send(version, filled(version, **{f"needs_{cell}": "Żółta Gęś chce się uczyć"}))

    assert version.rows == before
    (change,) = proposals.change_of(upload).changed
    assert (change.sheet_key, change.row_uid, change.column_key, change.after) == (
        "needs", "row-n1-0001", "need_text", "Żółta Gęś chce się uczyć",
    )  # fmt: skip


def test_applying_makes_the_plan_what_the_workbook_says(make):
    version = make.general_plan()
    cell = cell_of(version, "2_Diagnoza", "need_text", "row-n1-0001")
    upload = send(version, filled(version, **{f"needs_{cell}": "Żółta Gęś chce się uczyć"}))

    uploads.apply_upload(upload, actor=leader_of(version))

    db.session.commit()
    assert version.rows.rows("needs")[0].values["need_text"] == "Żółta Gęś chce się uczyć"
    assert (upload.status, upload.applied_by_id) == (ImportStatus.APPLIED, leader_of(version).id)


def test_every_wrong_cell_is_named_at_once(make):
    version = make.general_plan()
    priority = cell_of(version, "2_Diagnoza", "priority", "row-n1-0001")
    area = cell_of(version, "2_Diagnoza", "need_area", "row-n2-0001")

    upload = send(
        version, filled(version, **{f"needs_{priority}": "dużo", f"needs_{area}": "wykluczenie cyfrowee"})
    )

    found = {(finding.code.value[:3], finding.cell, finding.suggestion) for finding in upload.findings}
    assert found == {("F07", priority, None), ("F06", area, "wykluczenie cyfrowe")}


def test_a_cell_that_cannot_be_read_leaves_the_plan_as_it_is_there(make):
    version = make.general_plan()
    priority = cell_of(version, "2_Diagnoza", "priority", "row-n1-0001")

    upload = send(version, filled(version, **{f"needs_{priority}": "dużo"}))
    uploads.apply_upload(upload, actor=leader_of(version))

    assert version.rows.rows("needs")[0].values["priority"] == 1


def test_sheets_that_the_short_workbook_lacks_stay(make):
    version = make.general_plan()
    with_risks = PlanContent({**version.rows.sheets, "risks": (row("row-x1-0001", risk="Brak trenera"),)})
    writing.replace_rows(version, with_risks)
    db.session.commit()

    upload = send(version, filled(version))
    uploads.apply_upload(upload, actor=leader_of(version))

    assert version.rows.rows("risks") == (row("row-x1-0001", risk="Brak trenera"),)


def test_a_file_is_kept_whatever_is_wrong_with_its_cells(make):
    version = make.general_plan()
    data = filled(version, **{f"needs_{cell_of(version, '2_Diagnoza', 'priority', 'row-n1-0001')}": "dużo"})

    upload = send(version, data, name="mój plan.xlsx")

    assert upload.file is not None
    assert (storage.read(upload.file), upload.file.name) == (data, "mój plan.xlsx")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 not a workbook", "pdf"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"a;b\n1;2\n", "csv"),
    ],
)
def test_of_a_refused_file_only_name_size_hash_and_reason_are_kept(make, data, reason):
    version = make.general_plan()
    before = version.rows

    upload = send(version, data)

    assert (upload.status, upload.refusal, upload.file, upload.proposal) == (
        ImportStatus.REFUSED,
        reason,
        None,
        None,
    )
    assert upload.refusal_text
    assert version.rows == before
    assert db.session.scalars(select(storage.StoredFile)).all() == []


def test_another_municipalitys_workbook_is_refused_without_a_word_about_it(make):
    version = make.general_plan()
    other = make.general_plan(partnership=make.partnership("Tajne partnerstwo"))

    upload = send(version, filled(other))

    assert (upload.status, upload.refusal) == (ImportStatus.REFUSED, "wrong_municipality")
    names = ("Tajne", other.partnership.municipality.name, other.partnership.municipality.code)
    assert not any(name in (upload.refusal_text or "") for name in names)


def test_a_new_upload_replaces_the_one_that_waits(make):
    version = make.general_plan()
    first = send(version, filled(version))

    second = send(version, filled(version))

    assert (first.status, second.status) == (ImportStatus.DISCARDED, ImportStatus.CHECKED)
    with pytest.raises(UploadIsOver):
        uploads.apply_upload(first, actor=leader_of(version))


def test_an_upload_is_applied_once(make):
    version = make.general_plan()
    upload = send(version, filled(version))
    uploads.apply_upload(upload, actor=leader_of(version))

    with pytest.raises(UploadIsOver):
        uploads.apply_upload(upload, actor=leader_of(version))


def change_need(version: PlanVersion, text: str) -> None:
    (need, *others) = version.rows.rows("needs")
    changed = replace(need, values={**need.values, "need_text": text})
    writing.replace_rows(version, PlanContent({**version.rows.sheets, "needs": (changed, *others)}))
    db.session.commit()


def test_a_workbook_of_a_state_that_is_known_no_more_is_not_applied(make):
    version = make.general_plan()
    data = filled(version)
    change_need(version, "Somebody was faster")
    forget_steps(version)

    upload = send(version, data)

    with pytest.raises(BaseChanged):
        uploads.apply_upload(upload, actor=leader_of(version))
    assert version.rows.rows("needs")[0].values["need_text"] == "Somebody was faster"


def test_a_plan_changed_after_the_check_is_not_overwritten(make):
    version = make.general_plan()
    upload = send(version, filled(version))
    change_need(version, "Somebody was faster")

    with pytest.raises(BaseChanged):
        uploads.apply_upload(upload, actor=leader_of(version))


def test_nothing_is_uploaded_into_a_submitted_plan(make):
    version = make.general_plan()
    data = filled(version)
    submitted = make.general_plan(PlanStatus.SUBMITTED)
    leader: User = leader_of(submitted)

    with pytest.raises(NotEditable):
        uploads.receive(
            submitted, uploads.SentFile("x.xlsx", data), uploads.Refusal("damaged", "x"), actor=leader
        )


def test_a_personal_number_in_a_cell_is_neither_stored_nor_shown(make):
    version = make.general_plan()
    cell = cell_of(version, "2_Diagnoza", "need_text", "row-n1-0001")

    upload = send(version, filled(version, **{f"needs_{cell}": "Jan, PESEL 44051401359"}))

    (finding,) = upload.findings
    assert (finding.code.value, finding.cell) == ("F14_PERSONAL_DATA", cell)
    assert "44051401359" not in str((upload.proposal, finding.params, finding.suggestion))
    assert upload.file is None
