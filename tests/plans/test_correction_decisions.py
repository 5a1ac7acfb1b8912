"""What no single cell puts right: rows to add, rows to take out, and what only a person can decide."""

from collections.abc import Callable
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from core.audit import AuditEvent
from core.database import db
from plans.definitions import PlanContent, PlanRow, Value
from plans.downloads import plan_workbook
from plans.models import PlanImport, PlanVersion
from plans.services import proposals, writing
from plans.workflow import PlanStatus
from tests.plan_content import annual_content, general_content, row
from tests.plans.final_files import column_of, row_of
from tests.plans.test_flow import leader_of
from tests.plans.test_uploads import send

NEEDS = "2_Diagnoza"
NEED: dict[str, Value] = {"need_area": "exclusion", "evidence": "Ankieta", "priority": 2}
TABLETS = row("row-n3-0001", need_code="N3", need_text="Seniorzy nie mają tabletów", **NEED)
FARMERS = row("row-c2-0001", goal_code="C2", goal_text="Rolnicy składają wnioski", need_codes=["N2"],
    indicator="wnioski", target_y3="10")  # fmt: skip
SENIORS = row("row-c1-0001", goal_code="C1", goal_text="Seniorzy sami załatwiają sprawy", need_codes=["N1"],
    indicator="osoby", target_y3="100")  # fmt: skip
ANSWERED_BY = "needs.row-n3-0001.~goals.need_codes"
SAVE_NEED = "Save: Goals that answer this need, N3 Seniorzy nie mają tabletów"


def with_a_need_nobody_answers(make) -> PlanVersion:
    content = general_content(2026)
    needs = (*content.rows("needs"), TABLETS)
    version: PlanVersion = make.general_plan(
        content=general_content(2026, needs=needs, goals=(FARMERS, SENIORS))
    )
    return version


def saved_after(version: PlanVersion, *edits: Callable[[Workbook], object], short: bool = True) -> bytes:
    """The plan's own workbook, as somebody saves it after changing something."""
    workbook = load_workbook(BytesIO(plan_workbook(version, language="pl", short=short).data))
    for edit in edits:
        edit(workbook)
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def copy_of_the_first_need(workbook: Workbook) -> None:
    page = workbook[NEEDS]
    first, free = row_of(page, "row-n1-0001"), row_of(page, "row-n2-0001") + 1
    for column in range(1, page.max_column + 1):
        page.cell(free, column).value = page.cell(first, column).value


def without_headings(workbook: Workbook) -> None:
    workbook[NEEDS].delete_rows(1, 4)


def with_a_need_far_below(workbook: Workbook) -> None:
    workbook[NEEDS]["C207"] = "Jeszcze jedna"


def with_a_second_column(workbook: Workbook) -> None:
    page = workbook[NEEDS]
    page["Z4"], page["Z5"] = "evidence", "drugie źródło"


def open_upload(visit, upload: PlanImport):
    return visit(as_=leader_of(upload.version)).open(f"/uploads/{upload.id}")


def proposed_needs(upload: PlanImport) -> list[str]:
    db.session.expire_all()
    return [str(need.values["need_code"]) for need in proposals.proposed(upload).rows("needs")]


def needs_of_goals(version: PlanVersion) -> dict[str, object]:
    db.session.expire_all()
    return {str(goal.values["goal_code"]): goal.values["need_codes"] for goal in version.rows.rows("goals")}


# --- A need that no goal answers -------------------------------------------------------------------------


def test_a_need_without_a_goal_is_offered_every_goal_with_the_likeliest_one_chosen(make, visit):
    version = with_a_need_nobody_answers(make)

    page = visit(as_=leader_of(version)).open(f"/plans/{version.id}")

    boxes = page.tree.xpath(f"//input[@type='checkbox'][@name='{ANSWERED_BY}']")
    assert [(box.get("value"), box.get("checked") is not None) for box in boxes] == [
        ("row-c2-0001", False),
        ("row-c1-0001", True),
    ]
    assert "C1 Seniorzy sami załatwiają sprawy" in page.text


def test_the_suggested_goal_answers_the_need_once_it_is_saved(make, visit):
    version = with_a_need_nobody_answers(make)
    page = visit(as_=leader_of(version)).open(f"/plans/{version.id}")

    after = page.submit(SAVE_NEED)

    assert needs_of_goals(version) == {"C2": ["N2"], "C1": ["N1", "N3"]}
    assert "No goal answers this need." not in after.text
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "plan.cells_corrected")).one()
    assert event.data == {"number": 1, "cells": ["goals.need_codes"]}


def test_another_goal_or_several_may_be_chosen_instead(make, visit):
    version = with_a_need_nobody_answers(make)
    page = visit(as_=leader_of(version)).open(f"/plans/{version.id}")

    page.submit(SAVE_NEED, **{ANSWERED_BY: ["row-c2-0001", "row-c1-0001"]})

    assert needs_of_goals(version) == {"C2": ["N2", "N3"], "C1": ["N1", "N3"]}


def test_a_new_goal_for_the_need_names_it_already(make, visit):
    version = with_a_need_nobody_answers(make)
    goal = "goals.+row-n3-0001."
    page = visit(as_=leader_of(version)).open(f"/plans/{version.id}")

    page.submit(
        "Save: Goal, N3 Seniorzy nie mają tabletów",
        **{f"{goal}goal_text": "Wypożyczalnia", f"{goal}indicator": "tablety", f"{goal}target_y3": "20"},
    )

    assert needs_of_goals(version) == {"C2": ["N2"], "C1": ["N1"], "C3": ["N3"]}


def test_in_an_upload_two_needs_may_be_answered_by_one_goal_at_once(make, visit):
    version = with_a_need_nobody_answers(make)
    content = version.rows
    fourth = row("row-n4-0001", need_code="N4", need_text="Seniorzy boją się oszustw", **NEED)
    writing.replace_rows(version, PlanContent({**content.sheets, "needs": (*content.rows("needs"), fourth)}))
    db.session.commit()
    upload = send(version, saved_after(version))

    after = open_upload(visit, upload).submit("Save all corrections")

    db.session.expire_all()
    goals = {
        goal.values["goal_code"]: goal.values["need_codes"]
        for goal in proposals.proposed(upload).rows("goals")
    }
    assert goals == {"C2": ["N2"], "C1": ["N1", "N3", "N4"]}
    assert "No goal answers this need." not in after.text


# --- A reference into an empty sheet ---------------------------------------------------------------------


def test_what_is_pointed_at_and_missing_is_written_where_it_is_missed(make, visit):
    version = make.general_plan(content=general_content(2026, partners=()))
    page = visit(as_=leader_of(version)).open(f"/plans/{version.id}")
    (code,) = page.tree.xpath("//input[starts-with(@name, 'partners.+') and contains(@name, '.org_code')]")
    name = code.get("name").replace("org_code", "org_name")

    after = page.submit("Save: Code, K1 E-urząd bez kolejek", **{name: "Biblioteka Publiczna"})

    assert code.get("value") == "P1"
    db.session.expire_all()
    (partner,) = version.rows.rows("partners")
    assert partner.values == {"org_code": "P1", "org_name": "Biblioteka Publiczna"}
    assert "which is still empty" not in after.text


def test_a_reference_that_is_not_needed_may_be_left_empty_instead(make, visit):
    content = general_content(2026)
    goal = row("row-c1-0001", **content.rows("goals")[0].values, owner_org_code="P7")
    version = make.general_plan(content=general_content(2026, goals=(goal,), partners=()))
    page = visit(as_=leader_of(version)).open(f"/plans/{version.id}")

    page.submit("Leave this field empty: C1 Seniorzy sami załatwiają sprawy w mObywatelu")

    db.session.expire_all()
    assert version.rows.rows("goals") == content.rows("goals")
    assert version.rows.rows("partners") == ()


def test_a_row_to_add_in_which_nothing_was_typed_is_not_added_with_the_others(make, visit):
    version = make.general_plan(content=general_content(2026, partners=(), recommendations=()))
    page = visit(as_=leader_of(version)).open(f"/plans/{version.id}")

    page.submit("Save all corrections", **{"recommendations.+.rec_text": "Udostępnić salę"})

    db.session.expire_all()
    assert (len(version.rows.rows("recommendations")), version.rows.rows("partners")) == (1, ())


# --- A row that is there twice ---------------------------------------------------------------------------


def test_a_copied_row_is_taken_out_with_one_button(make, visit):
    version = make.general_plan()
    upload = send(version, saved_after(version, copy_of_the_first_need))
    page = open_upload(visit, upload)

    after = page.submit("Remove this row: N1 Seniorzy nie załatwiają spraw w internecie, A8")

    assert proposed_needs(upload) == ["N1", "N2"]
    assert (upload.findings_count, proposals.change_of(upload).is_empty) == (0, True)
    assert "Saved and checked. Nothing is left to correct." in after.text
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "plan.upload_corrected")).one()
    assert event.data == {"number": 1, "cells": [], "removed_from": "needs"}


def test_both_rows_may_be_kept(make, visit):
    version = make.general_plan()

    def copy_of_another_text(workbook: Workbook) -> None:
        copy_of_the_first_need(workbook)
        page = workbook[NEEDS]
        copy = row_of(page, "row-n2-0001") + 1
        page.cell(copy, column_of(page, "need_text")).value = "Inna potrzeba"
        page.cell(copy, column_of(page, "need_code")).value = "N3"

    upload = send(version, saved_after(version, copy_of_another_text))

    after = open_upload(visit, upload).submit("Keep both rows: N3 Inna potrzeba, A8")

    assert proposed_needs(upload) == ["N1", "N2", "N3"]
    assert "This row is a copy of row" not in after.text


def test_what_was_typed_elsewhere_is_saved_with_the_button_that_removes(make, visit):
    version = make.general_plan()
    upload = send(version, saved_after(version, copy_of_the_first_need, with_a_word_as_priority))
    page = open_upload(visit, upload)

    page.submit(
        "Remove this row: N1 Seniorzy nie załatwiają spraw w internecie, A8",
        **{"needs.row-n2-0001.priority": "4"},
    )

    assert proposed_needs(upload) == ["N1", "N2"]
    assert [need.values["priority"] for need in proposals.proposed(upload).rows("needs")] == [1, 4]


def with_a_word_as_priority(workbook: Workbook) -> None:
    page = workbook[NEEDS]
    page.cell(row_of(page, "row-n2-0001"), column_of(page, "priority")).value = "dużo"


def test_of_two_who_decide_about_one_row_the_second_is_told(make, visit):
    version = make.general_plan()
    upload = send(version, saved_after(version, copy_of_the_first_need))
    first, second = open_upload(visit, upload), open_upload(visit, upload)
    remove = "Remove this row: N1 Seniorzy nie załatwiają spraw w internecie, A8"
    first.submit(remove)

    after = second.submit(remove, expect=422)

    assert "Somebody else changed this in the meantime" in after.text
    assert proposed_needs(upload) == ["N1", "N2"]


def test_a_row_of_the_draft_that_repeats_another_is_taken_out(make, visit):
    risk = {"risk": "Brak trenera"}
    content = general_content(2026)
    twice = (PlanRow("row-x1-0001", risk), PlanRow("row-x2-0001", risk))
    version = make.general_plan(content=PlanContent({**content.sheets, "risks": twice}))
    page = visit(as_=leader_of(version)).open(f"/plans/{version.id}")

    page.submit("Remove this row: row 2")

    db.session.expire_all()
    assert version.rows.rows("risks") == twice[:1]


# --- What only a person can decide -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edit", "told", "answer"),
    [
        (without_headings, "The headings of this sheet are missing", "Leave this sheet as the plan has it"),
        (with_a_need_far_below, "empty rows stand before this one", "Go on without these rows: B207"),
        (with_a_second_column, "is there twice. Only the first one was read.", "The first one counts: Z4"),
    ],
)
def test_what_the_file_itself_had_wrong_is_settled_with_one_button_and_the_plan_can_go(
    make, visit, edit, told, answer
):
    version = make.general_plan()
    upload = send(version, saved_after(version, edit))
    page = open_upload(visit, upload)
    assert told in page.text

    after = page.submit(answer)

    assert told not in after.text
    after.submit("Apply and send to the animator")
    db.session.expire_all()
    assert version.status is PlanStatus.SUBMITTED
    assert [need.values["need_code"] for need in version.rows.rows("needs")] == ["N1", "N2"]


def test_rows_that_were_not_read_can_be_written_here_instead(make, visit):
    version = make.general_plan()
    upload = send(version, saved_after(version, with_a_need_far_below))
    texts = {"need_text": "Jeszcze jedna", "need_area": "staff", "evidence": "Rozmowy", "priority": "3"}

    open_upload(visit, upload).submit("Save: Need", **{f"needs.+.{key}": text for key, text in texts.items()})

    assert proposed_needs(upload) == ["N1", "N2", "N3"]


def test_what_is_only_for_information_says_that_nothing_needs_doing(make, visit):
    version = make.general_plan()

    def with_notes(workbook: Workbook) -> None:
        workbook.create_sheet("Moje notatki")["A1"] = "Zadzwonić do szkoły"

    page = open_upload(visit, send(version, saved_after(version, with_notes)))

    assert (
        "The sheet “Moje notatki” does not belong to the plan and was passed over. Nothing needs doing."
        in page.text
    )


# --- A sum far from what was promised --------------------------------------------------------------------


def test_a_year_far_from_the_general_plan_is_corrected_row_by_row(make, visit):
    second = row("row-s2-0001", title="E-recepta", line_code="K1", goal_code="C1", group_code="T1", form="on_site",
        participants_planned=18, hours_planned="80", quarter="q3", status="planned")  # fmt: skip
    content = annual_content(2026)
    version = make.annual_plan(content=annual_content(2026, trainings=(*content.rows("trainings"), second)))
    page = visit(as_=leader_of(version)).open(f"/plans/{version.id}")
    assert "Hours: 88 here, 16 in the general plan for 2026" in page.text

    after = page.submit(
        "Save: Profil zaufany krok po kroku, Hours planned", **{"trainings.row-s2-0001.hours_planned": "8"}
    )

    assert "Hours: 88 here" not in after.text
    db.session.expire_all()
    assert [one.values["hours_planned"] for one in version.rows.rows("trainings")] == ["8", "8"]
