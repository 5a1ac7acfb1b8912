"""Putting right what a check found, on the page where it is shown."""

from core.database import db
from plans.models import ImportStatus
from plans.workflow import PlanStatus
from tests.plans.test_flow import leader_of
from tests.plans.test_uploads import cell_of, filled, send

PRIORITY = "needs.row-n1-0001.priority"
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
