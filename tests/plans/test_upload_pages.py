"""Sending a workbook and taking it back coloured, as the pages answer."""

from io import BytesIO

from openpyxl import load_workbook
from sqlalchemy import select

from core.database import db
from plans.models import ImportStatus, PlanImport, PlanVersion
from plans.services import uploads
from plans.workflow import PlanStatus
from tests.plans.test_flow import leader_of
from tests.plans.test_uploads import cell_of, filled, send
from tests.support.forms import Upload

XLSX = uploads.XLSX


def faulty(version: PlanVersion) -> bytes:
    cell = cell_of(version, "2_Diagnoza", "priority", "row-n1-0001")
    return filled(version, **{f"needs_{cell}": "dużo"})


def test_a_sent_workbook_leads_to_its_outcome(make, visit):
    version = make.general_plan()
    page = visit(as_=leader_of(version)).open(f"/plans/{version.id}/upload")

    after = page.submit("Check the workbook", file=Upload(faulty(version), "plan.xlsx", XLSX))

    assert (after.url.startswith("/uploads/"), "One thing to correct" in after.text) == (True, True)


def test_a_script_that_sends_it_is_told_where_the_outcome_is(make, visit):
    version = make.general_plan()
    visitor = visit(as_=leader_of(version))
    token = visitor.open(f"/plans/{version.id}/upload").tree.xpath("//input[@name='csrf_token']/@value")[-1]

    answer = visitor.client.post(
        f"/plans/{version.id}/upload",
        data={"csrf_token": token, "file": (BytesIO(faulty(version)), "plan.xlsx", XLSX)},
        content_type="multipart/form-data",
        headers={"Accept": "application/json"},
    )

    upload = db.session.scalars(select(PlanImport)).one()
    assert (answer.status_code, answer.headers["Location"], answer.data) == (
        201,
        f"/uploads/{upload.id}",
        b"",
    )


def test_a_missing_file_is_told_at_its_field(make, visit):
    version = make.general_plan()
    page = visit(as_=leader_of(version)).open(f"/plans/{version.id}/upload")

    after = page.submit("Check the workbook", expect=422)

    assert after.links["Choose the workbook to upload"] == "#file"
    assert after.tree.xpath("//input[@id='file']/@aria-invalid") == ["true"]


def test_the_coloured_workbook_is_one_link_away(make, visit):
    version = make.general_plan()
    upload = send(version, faulty(version))

    page = visit(as_=leader_of(version)).open(f"/uploads/{upload.id}")
    answer = page.follow("The same workbook with these cells coloured").response

    assert (answer.mimetype, load_workbook(BytesIO(answer.data)).sheetnames[0]) == (XLSX, "Do poprawy")
    assert answer.headers["Content-Disposition"].endswith("corrections.xlsx")


def test_a_workbook_that_says_what_a_complete_plan_says_is_sent_with_one_button(make, visit):
    version = make.general_plan()
    upload = send(version, filled(version))
    page = visit(as_=leader_of(version)).open(f"/uploads/{upload.id}")

    primary = page.tree.xpath("//main//*[@data-variant='primary']")
    after = page.submit("Apply and send to the animator")

    assert [one.text_content().strip() for one in primary] == ["Apply and send to the animator"]
    assert "the animator has it now" in after.text
    assert (version.status, upload.status) == (PlanStatus.SUBMITTED, ImportStatus.APPLIED)


def test_whoever_may_not_send_it_is_led_back_to_the_plan(make, visit):
    version = make.general_plan()
    deputy = make.user()
    make.term(version.partnership, deputy)
    upload = send(version, filled(version))

    page = visit(as_=deputy).open(f"/uploads/{upload.id}")

    primary = page.tree.xpath("//main//*[@data-variant='primary']")
    assert [one.text_content().strip() for one in primary] == ["Open the plan"]


def test_of_an_upload_that_is_over_there_is_no_coloured_workbook(make, visit):
    version = make.general_plan()
    upload = send(version, faulty(version))
    uploads.discard_upload(upload, actor=leader_of(version))
    db.session.commit()

    after = visit(as_=leader_of(version)).open(f"/uploads/{upload.id}/coloured.xlsx")

    assert (upload.status, after.url) == (ImportStatus.DISCARDED, f"/uploads/{upload.id}")
    assert "Save all corrections" not in after.buttons


def test_a_draft_with_findings_is_to_be_had_coloured_too(make, visit):
    version = make.general_plan()

    answer = visit(as_=leader_of(version)).open(f"/plans/{version.id}/coloured.xlsx").response

    assert (answer.status_code, answer.mimetype) == (200, XLSX)
