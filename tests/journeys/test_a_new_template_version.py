"""The office publishes a second version of a template; a leader with a file of the first one gets through to the end."""

from datetime import date

from core.database import db
from plans.models import PlanVersion
from plans.services import uploads
from plans.workflow import PlanStatus
from tests.plans.template_versions.second import SECOND, full_content
from tests.plans.template_versions.test_old_files import values, whole_file
from tests.plans.test_flow import leader_of
from tests.support.forms import Upload


def test_from_a_file_of_the_first_version_to_a_submitted_plan_of_the_second(make, visit):
    # A leader takes the workbook home. Meanwhile the office publishes a new version of the template.
    version = make.general_plan(content=full_content())
    version_id, home = version.id, whole_file(version, risks_response="Szkolenia w ferie")
    office = visit(as_=make.office())
    draft = office.open("/office/templates/general/new").submit("Check and keep as draft", definition=SECOND)
    assert "2_Diagnoza, Who was asked has to be filled in" in draft.text
    listed = draft.submit("Publish version 2", accepted_until=date(2099, 1, 1))
    assert "One draft is left on an older version." in listed.text

    # The file of the first version is taken, and told what moved.
    leader = visit(as_=leader_of(version))
    answer = leader.open(f"/plans/{version_id}/upload").submit(
        "Check the workbook", file=Upload(home, "plan.xlsx", uploads.XLSX)
    )
    assert "“Response” is now called “9_Ryzyka, What then”." in answer.text
    plan = answer.submit("Apply to the plan")
    assert "Szkolenia w ferie" in plan.text
    assert "There is a newer version of the template" not in plan.text

    # What the new version asks for is a warning to a plan begun before it, so the plan can be handed over.
    assert "The new version of the template needs it; from 01.01.2099 it is an error." in plan.text
    sent = plan.submit("Submit for approval")
    assert "The plan has been submitted." in sent.text
    db.session.expire_all()
    now = db.session.get(PlanVersion, version_id)
    assert now is not None
    assert (now.status, now.template_version) == (PlanStatus.SUBMITTED, 2)
    assert values(now.rows, "risks", "reaction") == [("Szkolenia w ferie",)]
    assert "One draft is left" not in office.open("/office/templates").text
