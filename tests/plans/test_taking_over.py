"""A workbook of a state of the plan that is known no more: what is ticked of it goes beside the plan as it is now."""

import pytest
from sqlalchemy import select

from core.audit import AuditEvent
from core.database import db
from plans.definitions import PlanContent
from plans.errors import ChangedMeanwhile, UploadIsOver
from plans.merging.journal import forget_steps
from plans.models import ImportStatus, PlanImport, PlanVersion
from plans.services import proposals, rebasing, uploads, writing
from tests.plan_content import row
from tests.plans.final_files import NEEDS, put
from tests.plans.test_correction_decisions import copy_of_the_first_need, open_upload, saved_after
from tests.plans.test_flow import leader_of
from tests.plans.test_uploads import change_need, send

THEIRS = "Somebody was faster"
NEW_NEED = row(
    "row-n3-0001", need_code="N3", need_text="Brak sprzętu", need_area="exclusion", evidence="x", priority=3
)
PRIORITY = "needs.row-n1-0001.priority"


def overtaken(version: PlanVersion, *edits) -> PlanImport:
    """The workbook was downloaded long ago, then somebody else changed the first need's text, then it was uploaded."""
    data = saved_after(version, *(edits or (put(NEEDS, "row-n1-0001", "priority", 4),)))
    change_need(version, THEIRS)
    forget_steps(version)
    return send(version, data)


def texts(content: PlanContent) -> list[tuple[object, object]]:
    return [(need.values["need_text"], need.values["priority"]) for need in content.rows("needs")]


def test_what_is_ticked_goes_beside_what_somebody_else_changed_and_is_applied(make, visit):
    version = make.general_plan()
    upload = overtaken(version)
    page = open_upload(visit, upload)
    assert "The plan was changed after you downloaded this workbook" in page.text

    after = page.submit("Take over what is ticked", take=[PRIORITY])

    db.session.expire_all()
    (change,) = proposals.change_of(upload).changed
    assert (change.column_key, change.before, change.after) == ("priority", 1, 4)
    after.submit("Apply and send to the animator")
    db.session.expire_all()
    assert upload.status is ImportStatus.APPLIED
    assert texts(version.rows)[0] == (THEIRS, 4)
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "plan.upload_taken_over")).one()
    assert event.data == {"number": 1, "added": 0, "removed": 0, "changed": 1}


def test_every_difference_has_its_own_box_and_none_is_ticked_beforehand(make, visit):
    version = make.general_plan()
    page = open_upload(visit, overtaken(version))

    boxes = page.tree.xpath("//input[@name='take']")

    assert [(box.get("value"), box.get("checked"), box.get("aria-label")) for box in boxes] == [
        ("needs.row-n1-0001.need_text", None, f"Take over: N1 {THEIRS} Need"),
        (PRIORITY, None, f"Take over: N1 {THEIRS} Priority (1–5)"),
    ]


def test_without_a_tick_nothing_is_taken_over(make, visit):
    version = make.general_plan()
    upload = overtaken(version)

    after = open_upload(visit, upload).submit("Take over what is ticked")

    assert "Nothing was ticked, so nothing was taken over." in after.text
    assert proposals.base_has_changed(upload)


def test_rows_that_are_new_or_gone_are_taken_over_one_by_one(make):
    version = make.general_plan()
    data = saved_after(version, copy_of_the_first_need, put(NEEDS, "row-n2-0001", "row_uid", None))
    rows = version.rows
    writing.replace_rows(version, PlanContent({**rows.sheets, "needs": (*rows.rows("needs"), NEW_NEED)}))
    forget_steps(version)
    db.session.commit()
    upload = send(version, data)
    difference = proposals.change_of(upload)
    added = [one for one in difference.added if one.row.values["need_code"] == "N1"]

    rebasing.take_over(
        upload,
        {f"needs.{added[0].row_uid}"},
        seen=rebasing.both_states(upload),
        actor=leader_of(version),
    )

    needs = proposals.proposed(upload).rows("needs")
    assert [need.values["need_code"] for need in needs] == ["N1", "N2", "N3", "N1"]
    assert not proposals.base_has_changed(upload)


def test_what_was_wrong_in_a_row_that_is_not_taken_over_matters_no_more(make):
    version = make.general_plan()
    upload = overtaken(version, copy_of_the_first_need)

    rebasing.take_over(upload, set(), seen=rebasing.both_states(upload), actor=leader_of(version))

    assert ([one.reason for one in upload.findings if one.corrected_at is None], upload.findings_count) == (
        [],
        0,
    )
    assert proposals.change_of(upload).is_empty


def test_of_a_plan_that_moves_on_once_more_nothing_is_taken_over(make):
    version = make.general_plan()
    upload = overtaken(version)
    seen = rebasing.both_states(upload)
    change_need(version, "And once more")

    with pytest.raises(ChangedMeanwhile):
        rebasing.take_over(upload, {PRIORITY}, seen=seen, actor=leader_of(version))


def test_an_upload_that_was_put_aside_is_not_taken_over(make):
    version = make.general_plan()
    upload = overtaken(version)
    seen = rebasing.both_states(upload)
    uploads.discard_upload(upload, actor=leader_of(version))
    db.session.commit()

    with pytest.raises(UploadIsOver):
        rebasing.take_over(upload, {PRIORITY}, seen=seen, actor=leader_of(version))
