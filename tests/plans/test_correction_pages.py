"""Putting right what a check found, on the page where it is shown."""

from core.database import db
from plans.models import ImportStatus
from plans.services import writing
from plans.services.proposals import proposed
from plans.workflow import PlanStatus
from tests.plan_content import general_content, row
from tests.plans.test_flow import leader_of
from tests.plans.test_uploads import cell_of, filled, send

PRIORITY = "needs.row-n1-0001.priority"
SIZE, SIZE_LABEL = "groups.row-t1-0001.group_size", "Size"
GROUP = row("row-t1-0001", group_code="T1", group_name="Osoby 60+", target_level="basic")
NEEDED = ("2_Diagnoza", "priority")
AREA = "needs.row-n2-0001.need_area"


def upload_with_two_wrong_cells(version):
    priority = cell_of(version, "2_Diagnoza", "priority", "row-n1-0001")
    area = cell_of(version, "2_Diagnoza", "need_area", "row-n2-0001")
    return send(
        version, filled(version, **{f"needs_{priority}": "dużo", f"needs_{area}": "wykluczenie cyfrowee"})
    )


def open_upload(visit, version, upload):
    return visit(as_=leader_of(version)).open(f"/uploads/{upload.id}")


def test_every_finding_of_an_upload_has_its_own_input_with_the_suggested_value(make, visit):
    version = make.general_plan()
    upload = upload_with_two_wrong_cells(version)

    form = open_upload(visit, version, upload).form("Save all corrections")

    shown = {name: value for name, value in form.values.items() if "." in name}
    assert shown == {PRIORITY: "dużo", AREA: "exclusion"}


def test_saving_one_correction_leaves_the_others_as_they_are(make, visit):
    version = make.general_plan()
    upload = upload_with_two_wrong_cells(version)
    page = open_upload(visit, version, upload)

    after = page.submit(
        "Save: Priority (1–5), N1 Seniorzy nie załatwiają spraw w internecie", **{PRIORITY: "3"}
    )

    assert (
        after.form("Save: Area, N2 Rolnicy nie składają wniosków przez internet").values[AREA] == "exclusion"
    )
    assert "One thing to correct" in after.text
    db.session.expire_all()
    assert upload.proposal["needs"][0][1]["priority"] == 3
    assert upload.findings_count == 1


def test_all_corrections_are_saved_with_one_button_and_the_plan_is_sent_with_another(make, visit):
    version = make.general_plan()
    upload = upload_with_two_wrong_cells(version)

    after = open_upload(visit, version, upload).submit("Save all corrections", **{PRIORITY: "3"})
    sent = after.submit("Apply and send to the animator")

    assert "the animator has it now" in sent.text
    db.session.expire_all()
    assert (version.status, upload.status) == (PlanStatus.SUBMITTED, ImportStatus.APPLIED)
    needs = [need.values for need in version.rows.rows("needs")]
    assert [(need["priority"], need["need_area"]) for need in needs] == [(3, "exclusion"), (2, "exclusion")]


def test_what_was_typed_elsewhere_is_not_lost_when_one_finding_is_saved(make, visit):
    version = make.general_plan()
    upload = upload_with_two_wrong_cells(version)
    page = open_upload(visit, version, upload)

    page.submit(
        "Save: Priority (1–5), N1 Seniorzy nie załatwiają spraw w internecie",
        **{PRIORITY: "3", AREA: "software"},
    )

    db.session.expire_all()
    assert [values["need_area"] for _uid, values in upload.proposal["needs"]] == ["exclusion", "software"]


# --- In the draft ----------------------------------------------------------------------------------------


def test_a_reference_that_leads_nowhere_stays_until_somebody_chooses_another(make, visit):
    """The list cannot show what it does not offer: sent unchosen with the page, that is no answer."""
    version = make.general_plan()
    goal = cell_of(version, "6_Kierunki", "goal_code", "row-k1-0001")
    priority = cell_of(version, "2_Diagnoza", "priority", "row-n1-0001")
    upload = send(version, filled(version, **{f"lines_{goal}": "C9", f"needs_{priority}": "dużo"}))

    page = open_upload(visit, version, upload).submit("Save all corrections", **{PRIORITY: "3"})

    assert "Saved and checked. Nothing is left to correct." in page.text
    db.session.expire_all()
    assert [row.values["goal_code"] for row in proposed(upload).rows("lines")] == ["C9"]


def test_what_a_draft_lacks_is_written_on_its_page(make, visit):
    version = make.general_plan(content=general_content(2026, recommendations=()))
    page = visit(as_=leader_of(version)).open(f"/plans/{version.id}")

    after = page.submit(
        "Save: Recommendation",
        **{"recommendations.+.rec_text": "Udostępnić salę", "recommendations.+.rec_addressee": "mayor"},
    )

    assert "Submit for approval" in after.buttons
    assert [row.values["rec_text"] for row in version.rows.rows("recommendations")] == ["Udostępnić salę"]


def test_a_wrong_answer_is_told_at_its_field_and_nothing_is_saved(make, visit):
    version = make.general_plan(content=general_content(2026, groups=(GROUP,)))
    before = version.rows
    page = visit(as_=leader_of(version)).open(f"/plans/{version.id}")

    after = page.submit(f"Save: {SIZE_LABEL}, T1 Osoby 60+", expect=422, **{SIZE: "dużo"})

    assert "“dużo” is not a number." in after.text
    assert after.form(f"Save: {SIZE_LABEL}, T1 Osoby 60+").values[SIZE] == "dużo"
    db.session.expire_all()
    assert version.rows == before


def test_a_wrong_answer_about_a_person_is_not_shown_again(make, visit):
    version = make.general_plan(content=general_content(2026, recommendations=()))
    page = visit(as_=leader_of(version)).open(f"/plans/{version.id}")

    after = page.submit(
        "Save: Recommendation", expect=422, **{"recommendations.+.rec_text": "Jan, PESEL 44051401359"}
    )

    assert "A PESEL number stands here" in after.text
    assert "44051401359" not in after.html


def test_the_second_of_two_sees_what_the_first_did_and_keeps_what_was_typed(make, visit):
    version = make.general_plan(content=general_content(2026, recommendations=()))
    texts = {"recommendations.+.rec_text": "Udostępnić salę"}
    page_left_open = visit(as_=leader_of(version)).open(f"/plans/{version.id}")
    writing.replace_rows(version, version.rows)
    db.session.commit()

    after = page_left_open.submit("Save: Recommendation", expect=422, **texts)

    assert "Somebody else changed this in the meantime" in after.text
    assert after.form("Save: Recommendation").values["recommendations.+.rec_text"] == "Udostępnić salę"


def test_a_page_with_many_findings_asks_the_database_no_more_often(make, visit, count_queries):
    version = make.general_plan()
    leader = leader_of(version)
    one = send(version, filled(version, **{f"needs_{cell_of(version, *NEEDED, 'row-n1-0001')}": "dużo"}))
    visitor = visit(as_=leader)
    visitor.open(f"/uploads/{one.id}")
    with count_queries() as of_one:
        visitor.open(f"/uploads/{one.id}")
    two = upload_with_two_wrong_cells(version)

    with count_queries() as of_two:
        visitor.open(f"/uploads/{two.id}")

    assert of_two.count == of_one.count


# --- Who may send it -------------------------------------------------------------------------------------


def test_a_deputy_without_delegation_applies_but_does_not_send(make, visit):
    version = make.general_plan()
    deputy = make.user()
    make.term(version.partnership, deputy)
    cell = cell_of(version, *NEEDED, "row-n1-0001")
    upload = send(version, filled(version, **{f"needs_{cell}": "3"}))

    page = visit(as_=deputy).open(f"/uploads/{upload.id}")

    assert "Apply to the plan" in page.buttons
    assert "Apply and send to the animator" not in page.buttons


def test_where_something_still_stands_in_the_way_nothing_is_half_done(make, visit):
    version = make.general_plan(content=general_content(2026, recommendations=()))
    before, leader = version.rows, leader_of(version)
    cell = cell_of(version, *NEEDED, "row-n1-0001")
    upload = send(version, filled(version, **{f"needs_{cell}": "3"}))
    with db.session.no_autoflush:
        for finding in list(upload.findings):
            upload.findings.remove(finding)  # the page was open before the plan lost its recommendation
    db.session.commit()

    after = visit(as_=leader).open(f"/uploads/{upload.id}").submit("Apply and send to the animator")

    assert "Nothing was changed. One thing has to be put right" in after.text
    db.session.expire_all()
    assert (version.status, version.rows, upload.status) == (PlanStatus.DRAFT, before, ImportStatus.CHECKED)
