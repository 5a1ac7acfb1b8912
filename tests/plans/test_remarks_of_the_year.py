"""Where the programme has annual plans approved, remarks on them travel in their workbooks as those on general plans do."""

from io import BytesIO
from pathlib import Path

import pytest
from flask import g
from openpyxl import load_workbook

from core.database import db
from core.i18n import in_language
from plans.coloured import coloured_upload
from plans.models import AnswerKind, CommentState, PlanVersion
from plans.services import flow, review, uploads
from plans.services.offline_answers import Kept, answers_in, choose_answers
from plans.services.proposals import change_of
from tests.make import Make
from tests.plans.test_flow import animator_of, leader_of
from tests.plans.test_offline_answers import answered, changed, outcome, remark, workbook_of
from tests.plans.test_uploads import send
from tests.support.spreadsheets import saved_by_libreoffice

REMARKS, TRAININGS = "5_Uwagi", "2_Szkolenia"
TRAINING = {"sheet": "trainings", "row_uid": "row-s1-0001"}
PLACES = {"hours": {**TRAINING, "column_key": "hours_planned"}, "row": TRAINING, "plan": {}}
PHONE = "601 734 895"


@pytest.fixture
def year(make: Make) -> PlanVersion:
    """A returned annual plan that its leader has begun to change."""
    make.programme.settings = {"annual_plan_requires_approval": True}
    db.session.commit()
    g.pop("programme", None)
    plan = make.annual_plan()
    flow.submit_plan(plan, actor=leader_of(plan))
    review.start_review(plan, actor=animator_of(plan))
    for text, place in PLACES.items():
        make.comment(plan, f"About the {text}", **place)
    review.return_plan(plan, note="", actor=animator_of(plan))
    version: PlanVersion = flow.revise_plan(plan, actor=leader_of(plan))
    db.session.commit()
    return version


def test_each_stands_at_its_place_and_on_a_sheet_that_names_the_place(year: PlanVersion):
    workbook = load_workbook(BytesIO(workbook_of(year)))

    rows = [[cell.value for cell in cells] for cells in workbook[REMARKS].iter_rows(min_row=5)]
    notes = {
        (sheet.title, cell.coordinate): cell.comment.text.splitlines()[-1]
        for sheet in workbook
        for cells in sheet.iter_rows()
        for cell in cells
        if cell.comment
    }
    assert [(row[1], row[3]) for row in rows] == [
        (TRAININGS, "About the hours"), (TRAININGS, "About the row"), (None, "About the plan"),
    ]  # fmt: skip
    assert notes == {
        (TRAININGS, rows[0][2]): "About the hours",
        (TRAININGS, rows[1][2]): "About the row",
        ("Instrukcja", "A1"): "About the plan",
    }
    assert workbook[TRAININGS][str(rows[0][2])].value == 8


def test_an_annual_workbook_without_remarks_has_no_such_sheet(make: Make):
    assert REMARKS not in load_workbook(BytesIO(workbook_of(make.annual_plan(), short=False))).sheetnames


@pytest.mark.parametrize("program", ["openpyxl", "libreoffice"])
@pytest.mark.parametrize("short", [True, False])
def test_nothing_typed_there_changes_nothing(year: PlanVersion, tmp_path: Path, program: str, short: bool):
    review.answer_comment(
        remark(year, "row"), answer="Zażółć\ngęślą", kind=AnswerKind.CHANGED, actor=leader_of(year)
    )

    upload = send(year, through(program, workbook_of(year, short=short, language="pl"), tmp_path))

    assert (outcome(upload), [one for one in upload.findings if one.sheet_key == "remarks"]) == ([], [])
    assert change_of(upload).is_empty


@pytest.mark.parametrize("program", ["openpyxl", "libreoffice"])
def test_answers_typed_there_come_back_beside_a_changed_cell(year: PlanVersion, tmp_path: Path, program: str):
    data = workbook_of(year, language="pl")
    place = load_workbook(BytesIO(data))[REMARKS]["C5"].value
    data = answered(data, remark(year, "hours").uid, REMARKS, answer="Teraz dwanaście")
    data = answered(data, remark(year, "row").uid, REMARKS, answer_kind="bez zmian", answer="Tak ma być")
    data = changed(data, lambda book: book[TRAININGS].__setitem__(place, 12))

    upload = send(year, through(program, data, tmp_path))
    shown = outcome(upload)
    uploads.apply_upload(upload, actor=leader_of(year))
    db.session.commit()

    assert shown == [
        ("About the hours", "changed", "Teraz dwanaście", False),
        ("About the row", "not_changed", "Tak ma być", False),
    ]
    assert [(one.state, one.answer) for one in (remark(year, "hours"), remark(year, "row"))] == [
        (CommentState.ANSWERED, "Teraz dwanaście"), (CommentState.ANSWERED, "Tak ma być"),
    ]  # fmt: skip
    assert str(year.rows.rows("trainings")[0].values["hours_planned"]) == "12"


def test_an_answer_given_online_meanwhile_is_chosen_from(year: PlanVersion):
    data = answered(workbook_of(year), remark(year, "row").uid, REMARKS, answer="From the workbook")
    review.answer_comment(
        remark(year, "row"), answer="Online", kind=AnswerKind.CHANGED, actor=leader_of(year)
    )
    db.session.commit()

    upload = send(year, data)
    to_choose = [one.is_to_choose for one in answers_in(upload)]
    choose_answers(upload, {remark(year, "row").uid: Kept.BOTH}, actor=leader_of(year))
    uploads.apply_upload(upload, actor=leader_of(year))
    db.session.commit()

    assert to_choose == [True]
    assert remark(year, "row").answer == "Online\n\nFrom the workbook"


def test_the_coloured_workbook_keeps_the_answers_and_empties_what_was_refused(year: PlanVersion):
    data = answered(workbook_of(year), remark(year, "hours").uid, REMARKS, answer=f"Tel. {PHONE}")
    data = answered(data, remark(year, "row").uid, REMARKS, answer_kind="changed", answer="Corrected")
    upload = send(year, data)

    with in_language("en"):
        back = coloured_upload(upload, [one.as_finding for one in upload.findings], language="en").data

    rows = list(load_workbook(BytesIO(back))[REMARKS].iter_rows(min_row=5, max_row=6))
    assert [(row[0].value, row[8].value) for row in rows] == [
        (remark(year, "hours").uid, None), (remark(year, "row").uid, "Corrected"),
    ]  # fmt: skip
    assert "telephone" in rows[0][8].comment.text
    assert upload.file is None


def through(program: str, data: bytes, folder: Path) -> bytes:
    """As the program saves it again."""
    if program == "openpyxl":
        return changed(data, lambda _workbook: None)
    (folder / "plan.xlsx").write_bytes(data)
    return saved_by_libreoffice(folder / "plan.xlsx", folder) or pytest.skip("LibreOffice is not installed")
