"""The public page and its PDF name version, day, the approver's role and the fingerprint, and no person."""

from datetime import date

import pytest

from core.database import db
from partnerships.models import AssignmentKind
from plans.models import PlanVersion
from plans.services import flow, review
from plans.workflow import PlanStatus
from tests.plans.test_flow import animator_of, leader_of
from tests.support.documents import text_of_pdf

TODAY = date(2026, 4, 15)
ANIMATOR = "A regional animator approved it on 15 Apr 2026; it was published unchanged."
OFFICE = (
    "The programme office approved it on 15 Apr 2026 in place of the animator; it was published unchanged."
)


def published_by(make, who: str) -> PlanVersion:
    plan: PlanVersion = make.general_plan(PlanStatus.IN_REVIEW)
    actor = animator_of(plan)
    if who == "the office":
        actor = make.office("Beata Biurowa")
    elif who == "the cover":
        actor = make.animator("Ola Zastępcza")
        place = plan.partnership.municipality
        make.assignment(place, actor, kind=AssignmentKind.COVER, starts_on=TODAY, ends_on=TODAY)
        db.session.expire_all()
    review.approve_plan(plan, checks=set(review.ApprovalCheck), note="They are ill", actor=actor)
    flow.publish_plan(plan, actor=leader_of(plan))
    db.session.commit()
    return plan


@pytest.mark.parametrize(
    ("who", "said"), [("the animator", ANIMATOR), ("the cover", ANIMATOR), ("the office", OFFICE)]
)
def test_version_day_role_and_fingerprint_stand_on_the_page_and_in_the_pdf(make, clock, visit, who, said):
    version = published_by(make, who)
    address = f"/en/municipalities/{version.partnership.municipality.address_name}/plan"

    page = visit().open(address)
    printed = " ".join(text_of_pdf(visit().open(f"{address}.pdf").data).split())

    for text in (page.text, printed):
        assert in_one_piece(said) in in_one_piece(text)
        assert str(version.content_hash) in in_one_piece(text)
        assert not [one for one in (version.decided_by.name, leader_of(version).name) if one in text]
    assert "Version 1, published 15 Apr 2026." in page.text


def in_one_piece(text: str) -> str:
    """A document breaks lines and words where it likes."""
    return text.replace(" ", "").replace("-", "").replace("\u00ad", "")
