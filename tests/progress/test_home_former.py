"""The home of somebody who led a partnership: what was published is theirs to read, and nothing else."""

from datetime import date

import pytest

from core.database import db
from plans.workflow import PlanStatus

YESTERDAY = date(2026, 4, 14)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def test_a_former_leader_finds_what_was_published_and_no_way_to_the_rest(make, visit):
    leader = make.user()
    public = make.partnership("Public", leader=leader)
    drafting = make.partnership("Drafting", leader=leader)
    make.general_plan(PlanStatus.PUBLISHED, partnership=public)
    make.general_plan(partnership=drafting)
    for partnership in (public, drafting):
        partnership.terms[0].ends_on = YESTERDAY
    db.session.commit()

    page = visit(as_=leader).open("/home")

    main = page.tree.xpath("//main")[0]
    links = {link.get("href") for link in main.iter("a")}
    assert [heading for heading in page.headings if heading in ("Public", "Drafting")] == [
        "Public",
        "Drafting",
    ]
    assert links == {f"/en/municipalities/{public.municipality.address_name}/plan"}
    assert "until 14 Apr 2026" in page.text


def test_whoever_leads_again_or_never_led_sees_nothing_of_it(make, visit):
    leader = make.user()
    former = make.partnership("Former", leader=leader)
    former.terms[0].ends_on = YESTERDAY
    make.partnership("Present", leader=leader)
    db.session.commit()

    assert "Partnerships that you led" not in visit(as_=leader).open("/home").text
    assert "Partnerships that you led" not in visit(as_=make.user()).open("/home").text
