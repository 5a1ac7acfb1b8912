"""Corrections cell by cell: read as a workbook would be, all checked again, nobody's work overwritten."""

from typing import Any

import pytest
from sqlalchemy import select

from core.audit import AuditEvent
from core.database import db
from plans.corrections import Cell
from plans.definitions import PlanContent
from plans.errors import BaseChanged, ChangedMeanwhile, NotEditable, UploadIsOver
from plans.models import PlanImport, PlanVersion
from plans.services import corrections, proposals, uploads, writing
from plans.workbooks.order import NEW_ROW
from plans.workflow import PlanStatus
from tests.plan_content import general_content
from tests.plans.test_flow import leader_of
from tests.plans.test_uploads import cell_of, change_need, filled, send

PRIORITY = Cell("needs", "row-n1-0001", "priority")
EVIDENCE = Cell("needs", "row-n1-0001", "evidence")
PESEL = "Jan, PESEL 44051401359"


def upload_with(version: PlanVersion, **texts: str) -> PlanImport:
    """The plan's workbook with some cells of its first need typed over."""
    cells = {cell_of(version, "2_Diagnoza", key, "row-n1-0001"): text for key, text in texts.items()}
    return send(version, filled(version, **{f"needs_{cell}": text for cell, text in cells.items()}))


def correct(upload: PlanImport, texts: dict[Cell, str], *, seen: str = "") -> None:
    corrections.correct_upload(
        upload,
        texts,
        seen=seen or corrections.state_of(upload),
        actor=leader_of(upload.version),
        language="pl",
    )
    db.session.commit()


def correct_draft(version: PlanVersion, texts: dict[Cell, str], **more: Any) -> list[str]:
    problems = corrections.correct_draft(
        version,
        texts,
        **{"seen": version.row_version, "actor": leader_of(version), "language": "pl", **more},
    )
    db.session.commit()
    return [problem.reason for problem in problems]


def left(upload: PlanImport) -> list[tuple[str, str | None]]:
    return [(one.reason, one.typed) for one in upload.findings if one.corrected_at is None]


# --- In an upload ----------------------------------------------------------------------------------------


def test_a_corrected_cell_of_an_upload_is_checked_at_once(make):
    version = make.general_plan()
    upload = upload_with(version, priority="dużo")

    correct(upload, {PRIORITY: "3"})

    (finding,) = upload.findings
    assert (left(upload), upload.findings_count, finding.corrected_at is not None) == ([], 0, True)
    (change,) = proposals.change_of(upload).changed
    assert (change.column_key, change.before, change.after) == ("priority", 1, 3)


def test_a_correction_that_cannot_be_read_is_found_like_any_other_cell(make):
    version = make.general_plan()
    upload = upload_with(version, priority="dużo")

    correct(upload, {PRIORITY: "bardzo dużo"})

    assert left(upload) == [("number", "bardzo dużo")]
    assert proposals.change_of(upload).is_empty


def test_a_correction_may_bring_up_something_new(make):
    version = make.general_plan()
    upload = upload_with(version, priority="dużo")

    correct(upload, {Cell("goals", "row-c1-0001", "need_codes"): "N1"})

    assert left(upload) == [("number", "dużo"), ("need_without_goal", None)]


def test_personal_data_in_a_correction_leave_no_trace(make):
    version = make.general_plan()
    upload = upload_with(version, priority="dużo")

    correct(upload, {EVIDENCE: PESEL})

    assert left(upload) == [("number", "dużo"), ("pesel", None)]
    events = [event.data for event in db.session.scalars(select(AuditEvent))]
    kept = [(one.params, one.suggestion, one.typed) for one in upload.findings]
    assert "44051401359" not in str((upload.proposal, kept, events))


def test_what_was_refused_stays_refused_when_another_cell_is_corrected(make):
    version = make.general_plan()
    upload = upload_with(version, priority="dużo", evidence=PESEL)

    correct(upload, {PRIORITY: "3"})

    assert left(upload) == [("pesel", None)]


def test_of_two_who_correct_one_upload_the_second_is_told(make):
    version = make.general_plan()
    upload = upload_with(version, priority="dużo")
    seen = corrections.state_of(upload)
    correct(upload, {PRIORITY: "3"}, seen=seen)

    with pytest.raises(ChangedMeanwhile):
        correct(upload, {PRIORITY: "4"}, seen=seen)

    db.session.rollback()
    assert proposals.proposed(upload).rows("needs")[0].values["priority"] == 3


def test_an_upload_of_a_plan_that_moved_on_is_not_corrected(make):
    version = make.general_plan()
    upload = upload_with(version, priority="dużo")
    change_need(version, "Somebody was faster")

    with pytest.raises(BaseChanged):
        correct(upload, {PRIORITY: "3"})


def test_an_applied_upload_is_not_corrected(make):
    version = make.general_plan()
    upload = upload_with(version, priority="dużo")
    uploads.apply_upload(upload, actor=leader_of(version))
    db.session.commit()

    with pytest.raises(UploadIsOver):
        correct(upload, {PRIORITY: "3"})


# --- In the draft ----------------------------------------------------------------------------------------


def without_recommendation(make: Any) -> PlanVersion:
    version: PlanVersion = make.general_plan(content=general_content(2026, recommendations=()))
    return version


def test_a_cell_of_the_draft_is_written_and_told_in_the_history(make):
    version = make.general_plan()

    assert correct_draft(version, {PRIORITY: "3"}) == []

    assert version.rows.rows("needs")[0].values["priority"] == 3
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "plan.cells_corrected")).one()
    assert event.data == {"number": 1, "cells": ["needs.priority"]}


def test_a_missing_row_is_written_with_its_code(make):
    version = without_recommendation(make)
    texts = {
        Cell("recommendations", NEW_ROW, "rec_text"): "Udostępnić salę",
        Cell("recommendations", NEW_ROW, "rec_addressee"): "mayor",
    }

    assert correct_draft(version, texts) == []

    (row,) = version.rows.rows("recommendations")
    assert row.values == {"rec_code": "R1", "rec_text": "Udostępnić salę", "rec_addressee": "mayor"}
    assert row.row_uid != NEW_ROW


def test_an_empty_new_row_is_none(make):
    version = without_recommendation(make)

    assert correct_draft(version, {Cell("recommendations", NEW_ROW, "rec_text"): ""}) == []

    assert version.rows.rows("recommendations") == ()


def test_of_several_cells_all_are_written_or_none(make):
    version = make.general_plan()
    before = version.rows

    assert correct_draft(version, {PRIORITY: "3", EVIDENCE: PESEL}) == ["pesel"]

    assert version.rows == before


def test_names_that_together_are_a_list_are_refused(make):
    version = make.general_plan()
    needs = version.rows.rows("needs")
    named = tuple(
        type(need)(need.row_uid, {**need.values, "evidence": name})
        for need, name in zip(needs, ("Anna Nowak", "Jan Kowalski"), strict=True)
    )
    third = type(needs[0])("row-n3-0001", {**needs[1].values, "need_code": "N3"})
    writing.replace_rows(version, PlanContent({**version.rows.sheets, "needs": (*named, third)}))
    db.session.commit()

    assert correct_draft(version, {Cell("needs", "row-n3-0001", "evidence"): "Maria Lis"}) == ["name_list"]


def test_of_two_who_correct_one_draft_the_second_is_told(make):
    version = make.general_plan()
    seen = version.row_version
    correct_draft(version, {PRIORITY: "3"}, seen=seen)

    with pytest.raises(ChangedMeanwhile):
        correct_draft(version, {PRIORITY: "4"}, seen=seen)


def test_a_submitted_plan_is_not_corrected(make):
    version = make.general_plan(PlanStatus.SUBMITTED)

    with pytest.raises(NotEditable):
        correct_draft(version, {PRIORITY: "3"})
