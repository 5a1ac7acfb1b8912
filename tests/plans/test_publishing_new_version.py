"""A final file that differs is offered as a new draft; the approved version stays as it is."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from core.audit import AuditEvent
from core.database import db
from plans.errors import NotEditable, UploadIsOver
from plans.models import ImportStatus
from plans.services import final_file, flow, uploads
from plans.workflow import PlanStatus
from tests.plans.final_files import ONE_DIGIT, final, send
from tests.plans.test_flow import leader_of


def test_a_new_version_begins_with_what_the_file_says(make, outbox):
    version = make.general_plan(PlanStatus.APPROVED)
    approved, rows = version.content_hash, version.rows
    upload = send(version, final(version, ONE_DIGIT))

    draft = final_file.begin_draft_from(upload, reason="One hour more", actor=leader_of(version))

    db.session.commit()
    (line,) = draft.rows.rows("lines")
    assert (draft.number, draft.status, draft.base_version) == (2, PlanStatus.DRAFT, version)
    assert line == replace(rows.rows("lines")[0], values={**rows.rows("lines")[0].values, "hours_y1": "17"})
    assert {**draft.rows.sheets, "lines": ()} == {**rows.sheets, "lines": ()}
    assert (version.status, version.content_hash, version.rows) == (PlanStatus.APPROVED, approved, rows)
    assert (upload.status, upload.applied_by_id) == (ImportStatus.APPLIED, leader_of(version).id)
    assert "One hour more" in outbox()[-1].body
    told = db.session.scalars(select(AuditEvent.event).order_by(AuditEvent.id)).all()
    assert told[-3:] == ["plan.final_file", "plan.reopened", "plan.changed"]


def test_names_taken_out_of_the_file_stay_in_the_new_version(make):
    version = make.general_plan(PlanStatus.APPROVED)
    upload = send(version, final(version, ONE_DIGIT, kind="public"))

    draft = final_file.begin_draft_from(upload, reason="One hour more", actor=leader_of(version))

    assert draft.rows.rows("metadata") == version.rows.rows("metadata")


def test_a_draft_begins_once(make):
    version = make.general_plan(PlanStatus.APPROVED)
    upload = send(version, final(version, ONE_DIGIT))
    final_file.begin_draft_from(upload, reason="One hour more", actor=leader_of(version))

    with pytest.raises(UploadIsOver):
        final_file.begin_draft_from(upload, reason="One hour more", actor=leader_of(version))


def test_after_the_publication_the_file_begins_nothing(make):
    version = make.general_plan(PlanStatus.APPROVED)
    upload = send(version, final(version, ONE_DIGIT))
    flow.publish_plan(version, actor=leader_of(version))

    with pytest.raises(UploadIsOver):
        final_file.begin_draft_from(upload, reason="One hour more", actor=leader_of(version))


def test_the_new_version_can_be_submitted_and_published_in_turn(make):
    version = make.general_plan(PlanStatus.APPROVED)
    upload = send(version, final(version, ONE_DIGIT))
    draft = final_file.begin_draft_from(upload, reason="One hour more", actor=leader_of(version))

    flow.submit_plan(draft, actor=leader_of(version))

    assert (draft.status, draft.round) == (PlanStatus.SUBMITTED, 2)
    assert draft.content_hash != version.content_hash


def test_a_final_file_is_not_applied_like_an_upload_to_a_draft(make):
    version = make.general_plan(PlanStatus.APPROVED)
    upload = send(version, final(version, ONE_DIGIT))
    rows = version.rows

    with pytest.raises(NotEditable):
        uploads.apply_upload(upload, actor=leader_of(version))

    assert version.rows == rows
