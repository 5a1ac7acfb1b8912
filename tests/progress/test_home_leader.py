"""The home of a leader or deputy: where the plan stands, the one next step, who waits on whom."""

from datetime import date

import pytest

from core.database import db
from partnerships.workflow import PartnershipStatus
from plans.services import flow, years
from plans.workflow import PlanStatus

TODAY = date(2026, 4, 15)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def test_a_leader_sees_the_next_step_and_the_stages(make, visit):
    leader = make.user("Ewa Lis")
    make.partnership("Cyfrowa Gęś", leader=leader, status=PartnershipStatus.FORMING)

    page = visit(as_=leader).open("/home")

    assert page.headings[:3] == ["Hello, Ewa Lis", "Cyfrowa Gęś", "Add 3 more organisations"]
    assert "Stage 2 of 5: Enough members" in page.text
    assert "Your turn since 1 Jan 2024 (575 working days)." in page.text


def test_a_deputy_sees_what_the_leader_sees(make, visit):
    deputy = make.user()
    make.term(make.partnership("Cyfrowa Gęś"), deputy)

    assert "Cyfrowa Gęś" in visit(as_=deputy).open("/home").headings


def test_a_leader_is_told_on_whom_a_submitted_plan_waits(make, visit):
    leader = make.user()
    partnership = make.partnership(leader=leader, animator=make.animator("Ola Maj"))
    make.general_plan(PlanStatus.SUBMITTED, partnership=partnership)

    page = visit(as_=leader).open("/home")

    assert "Waiting for Ola Maj" in page.headings
    assert "The animator Ola Maj has it since 15 Apr 2026. Answer by 29 Apr 2026." in page.text
    assert page.links["Ola Maj"] == f"mailto:{partnership.animator(TODAY).email}"


def test_of_several_partnerships_the_one_with_a_step_due_comes_first(make, visit):
    leader = make.user()
    statuses = {"Ćmielów": PlanStatus.SUBMITTED, "Lubań": PlanStatus.DRAFT, "Żnin": PlanStatus.APPROVED}
    for name, status in statuses.items():
        partnership = make.partnership(f"P {name}", municipality=make.municipality(name), leader=leader)
        make.general_plan(status, partnership=partnership)

    page = visit(as_=leader).open("/home")

    assert [heading for heading in page.headings if heading.startswith("P ")] == [
        "P Żnin",
        "P Lubań",
        "P Ćmielów",
    ]
    assert "Your other partnerships 2" in page.headings
    assert "Write the plan: General plan 2026–2028 Your turn since 15 Apr 2026." in page.text
    assert len(page.tree.xpath("//main//*[@data-variant='primary']")) == 1


def test_partnerships_that_are_due_alike_stand_in_the_order_of_the_alphabet(make, visit):
    leader = make.user()
    for name in ("Żnin", "Ćmielów", "Lubań"):
        make.partnership(f"P {name}", municipality=make.municipality(name), leader=leader)

    headings = visit(as_=leader).open("/home").headings

    assert [heading for heading in headings if heading.startswith("P ")] == ["P Ćmielów", "P Lubań", "P Żnin"]


def test_a_leader_brings_the_workbook_of_a_draft_back_at_home(make, visit):
    leader = make.user()
    draft = make.general_plan(PlanStatus.DRAFT, partnership=make.partnership(leader=leader))

    page = visit(as_=leader).open("/home")

    assert page.tree.xpath("//form[@enctype='multipart/form-data']/@action") == [f"/plans/{draft.id}/upload"]


def test_once_handed_over_there_is_nothing_to_upload(make, visit):
    leader = make.user()
    make.general_plan(PlanStatus.SUBMITTED, partnership=make.partnership(leader=leader))

    page = visit(as_=leader).open("/home")

    assert page.tree.xpath("//form[@enctype='multipart/form-data']") == []


def test_of_a_public_plan_its_page_and_the_plan_of_the_year_are_one_step_away(make, visit):
    leader = make.user()
    partnership = make.partnership(leader=leader)
    for _ in range(3):
        make.member(partnership)
    make.general_plan(PlanStatus.PUBLISHED, partnership=partnership)
    year = make.annual_plan(partnership=partnership, in_use=True)

    page = visit(as_=leader).open("/home")

    assert "Nothing waits for you" in page.headings
    assert partnership.municipality.address_name in page.links["Public page"]
    assert page.links["Your plan for 2026"] == f"/plans/{year.id}"
    assert "Your plan for 2026 In use" in page.text


def test_a_year_that_its_leader_keeps_elsewhere_is_not_asked_for(make, visit):
    leader = make.user()
    partnership = make.partnership(leader=leader)
    for _ in range(3):
        make.member(partnership)
    make.general_plan(PlanStatus.PUBLISHED, partnership=partnership)
    years.declare_own_year(partnership, year=2026, actor=leader)
    db.session.commit()

    page = visit(as_=leader).open("/home")

    assert ("Plan the trainings of 2026" in page.headings, "Nothing waits for you" in page.headings) == (
        False,
        True,
    )
    assert "Yearly plans are the leader's own." in page.text
    assert "Your plan for 2026 You keep it yourselves" in page.text
    assert "Start the plan for 2026" in visit(as_=leader).open(f"/partnerships/{partnership.id}").buttons

    years.withdraw_declaration(partnership, year=2026, actor=leader)
    db.session.commit()
    assert "Plan the trainings of 2026" in visit(as_=leader).open("/home").headings


def test_an_approved_plan_leads_to_its_publication_whoever_may_publish(make, visit):
    leader, deputy, trusted = make.user(), make.user(), make.user()
    partnership = make.partnership(leader=leader)
    make.term(partnership, deputy)
    make.term(partnership, trusted, can_publish=True)
    plan = make.general_plan(PlanStatus.APPROVED, partnership=partnership)

    offered = [visit(as_=person).open("/home").links for person in (leader, trusted, deputy)]

    assert [links.get("Go to publication") for links in offered] == [f"/plans/{plan.id}/publish"] * 2 + [None]
    assert offered[2]["Open the plan"] == f"/plans/{plan.id}"


def test_a_leader_of_three_asks_no_more_questions_than_a_leader_of_one(make, visit, count_queries):
    leader = make.user()
    make.general_plan(PlanStatus.IN_REVIEW, partnership=make.partnership(leader=leader))
    visitor = visit(as_=leader)
    visitor.open("/home")
    with count_queries() as one:
        visitor.open("/home")

    for status in (PlanStatus.PUBLISHED, PlanStatus.DRAFT):
        partnership = make.partnership(leader=leader)
        make.member(partnership)
        make.general_plan(status, partnership=partnership)
    with count_queries() as three:
        visitor.open("/home")

    assert three.count == one.count, str(three)
    assert three.count <= 14, str(three)


def test_a_leader_reads_that_a_later_version_is_written_while_an_earlier_one_is_public(make, visit):
    leader = make.user()
    partnership = make.partnership(leader=leader)
    for _ in range(3):
        make.member(partnership)
    published = make.general_plan(PlanStatus.PUBLISHED, partnership=partnership)
    flow.start_new_round(published, actor=leader)
    db.session.commit()

    page = visit(as_=leader).open("/home")

    assert "Stage 3 of 5: Writing the plan Draft version 2, an earlier one is public" in page.text
