"""A workbook of a plan that went on meanwhile: both are brought together, and what both changed is chosen."""

import pytest
from sqlalchemy import select

from core.audit import AuditEvent
from core.database import db
from plans.definitions import PlanContent
from plans.errors import ChangedMeanwhile, ConflictsLeft
from plans.merging.threeway import Taken
from plans.models import ImportStatus, PlanImport, PlanVersion
from plans.services import choosing, proposals, uploads, writing
from plans.services.corrections import state_of
from tests.plan_content import row
from tests.plans.final_files import NEEDS, put
from tests.plans.test_correction_decisions import copy_of_the_first_need, open_upload, saved_after
from tests.plans.test_flow import leader_of
from tests.plans.test_uploads import change_need, send

ONLINE = "Written online"
OFFLINE = "Written in the workbook"
FIRST = "row-n1-0001"
CELL = f"needs.{FIRST}.need_text"


def texts(content: PlanContent) -> list[tuple[object, ...]]:
    columns = ("need_code", "need_text", "priority")
    return [tuple(need.values.get(key) for key in columns) for need in content.rows("needs")]


def apply(upload: PlanImport) -> PlanContent:
    uploads.apply_upload(upload, actor=leader_of(upload.version))
    db.session.commit()
    db.session.expire_all()
    return upload.version.rows


def without_need(version: PlanVersion, uid: str) -> None:
    kept = tuple(need for need in version.rows.rows("needs") if need.row_uid != uid)
    writing.replace_rows(version, PlanContent({**version.rows.sheets, "needs": kept}))
    db.session.commit()


def test_different_cells_of_one_row_both_stay_and_nobody_is_asked(make):
    version = make.general_plan()
    data = saved_after(version, put(NEEDS, FIRST, "priority", 4))
    change_need(version, ONLINE)

    upload = send(version, data)

    assert upload.open_conflicts == 0
    assert texts(apply(upload))[0] == ("N1", ONLINE, 4)


def test_the_same_cell_is_shown_with_all_three_values_and_nothing_is_applied_before_one_is_chosen(
    make, visit
):
    version = make.general_plan()
    before = texts(version.rows)[0][1]
    data = saved_after(version, put(NEEDS, FIRST, "need_text", OFFLINE), put(NEEDS, FIRST, "priority", 4))
    change_need(version, ONLINE)
    upload = send(version, data)
    with pytest.raises(ConflictsLeft):
        uploads.apply_upload(upload, actor=leader_of(version))

    page = open_upload(visit, upload)
    shown = [
        " ".join(one.text_content().split())
        for one in page.tree.xpath("//section[contains(@class,'conflict')]//fieldset")
    ]
    after = page.submit("Save what I chose", **{f"choice.{CELL}": "theirs"})

    assert shown == [f"Need Before: {before} In the plan now {ONLINE} In your workbook {OFFLINE}"]
    assert "Everything is chosen" in after.text
    db.session.expire_all()
    assert texts(version.rows)[0] == ("N1", ONLINE, 1)
    assert texts(apply(upload))[0] == ("N1", OFFLINE, 4)
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "plan.upload_merged")).one()
    assert event.data == {"number": 1, "open": 0, "chosen": 1}


@pytest.mark.parametrize(
    ("button", "text"),
    [("Take everything from the workbook", OFFLINE), ("Keep everything as in the plan", ONLINE)],
)
def test_everything_can_be_chosen_at_once(make, visit, button, text):
    version = make.general_plan()
    data = saved_after(version, put(NEEDS, FIRST, "need_text", OFFLINE))
    change_need(version, ONLINE)
    upload = send(version, data)

    open_upload(visit, upload).submit(button)

    db.session.expire_all()
    assert upload.open_conflicts == 0
    assert texts(proposals.proposed(upload))[0][1] == text


def test_a_choice_that_was_not_made_is_asked_for_again(make, visit):
    version = make.general_plan()
    data = saved_after(version, put(NEEDS, FIRST, "need_text", OFFLINE))
    change_need(version, ONLINE)
    upload = send(version, data)

    after = open_upload(visit, upload).submit("Save what I chose")

    assert "One thing is left to choose." in after.text
    assert "One thing to choose" in after.text


def test_a_row_deleted_here_and_changed_there_is_a_conflict_too(make, visit):
    version = make.general_plan()
    data = saved_after(version, put(NEEDS, FIRST, "priority", 4))
    without_need(version, FIRST)
    upload = send(version, data)

    page = open_upload(visit, upload)
    page.submit("Save what I chose", **{f"choice.needs.{FIRST}": "theirs"})

    assert "Row removed" in page.text
    assert "Row changed: Priority (1–5) – 4" in page.text
    db.session.expire_all()
    assert [need[2] for need in texts(apply(upload))] == [4, 2]


def test_new_rows_of_both_sides_stay_and_each_has_a_code_of_its_own(make):
    version = make.general_plan()
    data = saved_after(version, copy_of_the_first_need, put(NEEDS, FIRST, "priority", 4))
    rows = version.rows
    new = row(
        "row-n3-0001", need_code="N3", need_text=ONLINE, need_area="exclusion", evidence="x", priority=3
    )
    writing.replace_rows(version, PlanContent({**rows.sheets, "needs": (*rows.rows("needs"), new)}))
    db.session.commit()

    needs = texts(apply(send(version, data)))

    assert len({code for code, _text, _priority in needs}) == len(needs) == 4
    assert ("N3", ONLINE, 3) in needs


def test_the_later_upload_of_ones_own_file_counts_without_a_question(make):
    version = make.general_plan()
    first = saved_after(version, put(NEEDS, FIRST, "need_text", "First try"))
    second = saved_after(version, put(NEEDS, FIRST, "need_text", "Second try"))
    apply(send(version, first))

    upload = send(version, second)

    assert upload.open_conflicts == 0
    assert texts(apply(upload))[0][1] == "Second try"


def test_rows_without_ids_are_known_by_what_they_say(make):
    version = make.general_plan()
    data = saved_after(version, put(NEEDS, FIRST, "priority", 4), put(NEEDS, FIRST, "row_uid", None))

    upload = send(version, data)

    change = proposals.change_of(upload)
    assert (change.added, change.removed) == ((), ())
    assert [(one.row_uid, one.column_key, one.after) for one in change.changed] == [(FIRST, "priority", 4)]


def test_a_plan_changed_after_the_check_is_brought_together_anew(make, visit):
    version = make.general_plan()
    upload = send(version, saved_after(version, put(NEEDS, FIRST, "priority", 4)))
    change_need(version, ONLINE)
    page = open_upload(visit, upload)
    assert "The plan was changed after this workbook was checked" in page.text

    page.submit("Bring both together")

    db.session.expire_all()
    assert upload.open_conflicts == 0
    assert texts(apply(upload))[0] == ("N1", ONLINE, 4)
    assert upload.status is ImportStatus.APPLIED


def test_a_plan_changed_while_somebody_chooses_is_merged_as_it_is_then(make):
    version = make.general_plan()
    data = saved_after(version, put(NEEDS, FIRST, "need_text", OFFLINE))
    change_need(version, ONLINE)
    upload = send(version, data)
    seen = state_of(upload)
    change_need(version, "Changed once more")

    left = choosing.choose(upload, {CELL: Taken.OURS}, seen=seen, actor=leader_of(version))

    assert left == 0
    assert texts(apply(upload))[0][1] == "Changed once more"


def test_of_two_who_choose_at_once_the_second_looks_again(make):
    version = make.general_plan()
    data = saved_after(version, put(NEEDS, FIRST, "need_text", OFFLINE))
    change_need(version, ONLINE)
    upload = send(version, data)
    seen = state_of(upload)
    choosing.choose(upload, {CELL: Taken.THEIRS}, seen=seen, actor=leader_of(version))

    with pytest.raises(ChangedMeanwhile):
        choosing.choose(upload, {CELL: Taken.OURS}, seen=seen, actor=leader_of(version))
