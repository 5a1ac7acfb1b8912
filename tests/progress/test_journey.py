"""From an empty programme to a public plan, as three people live it: each finds the next step at home."""

import pytest

from accounts.models import User
from accounts.queries import person_by_email
from core.database import db
from partnerships.queries import open_partnership_of
from plans.models import PlanVersion
from plans.queries import current_versions
from plans.services import flow, review, writing
from plans.workflow import PlanStatus
from tests.plan_content import general_content


@pytest.fixture(autouse=True)
def _time(clock):
    """It all happens on one day."""


def test_every_home_names_the_next_step_until_the_plan_is_public(make, visit):
    office, animator, municipality = make.office(), make.animator("Ola Maj"), make.municipality("Żółta Gęś")

    page = visit(as_=office).open("/home").follow("Found a partnership")
    page = page.submit("Show", q="zolta", expect=200).follow(f"Found here ({municipality.label})")
    page.submit(
        "Enter the partnership",
        name="Cyfrowa Gęś",
        leader_name="Ewa Lis",
        leader_email="ewa@gmina.example",
        organisation_name="Biblioteka",
        org_type="library",
        animator_id=animator.id,
    )
    leader = person_by_email("ewa@gmina.example")
    assert leader is not None
    leader.language = "en"
    db.session.commit()

    page = visit(as_=leader).open("/home")
    assert "Record the founding" in page.headings
    page = page.follow("Enter the day").submit("Save", founded_on="2026-04-15")
    assert "Add 2 more organisations" in page.headings
    for name in ("Szkoła", "OSP Gęś"):
        page = page.follow("Go to the members") if "Go to the members" in page.links else page
        page = page.follow("Add a member").submit("Add the member", name=name, org_type="other", role="other")
    page = visit(as_=leader).open("/home")
    assert "Start the three-year plan" in page.headings
    page.follow("Start the plan").submit("Start empty")
    assert "Write the plan" in next_title(visit, leader)

    partnership = open_partnership_of(municipality)
    assert partnership is not None
    version = partnership_plan(partnership.id)
    writing.replace_rows(version, general_content(2026))
    flow.submit_plan(version, actor=leader)
    assert next_title(visit, leader) == "Waiting for Ola Maj"

    [row] = visit(as_=animator).open("/home").tables[0][1:]
    assert row[0] == "Żółta Gęś"
    assert row[2:] == ["29 Apr 2026", "10 working days left", "Open the review"]
    review.start_review(version, actor=animator)
    assert next_title(visit, leader) == "Ola Maj is reading the plan"
    review.approve_plan(version, checks=set(review.ApprovalCheck), note="", actor=animator)
    assert visit(as_=animator).open("/home").tables == []

    assert next_title(visit, leader) == "Publish the plan"
    flow.publish_plan(version, actor=leader)
    assert next_title(visit, leader) == "Plan the trainings of 2026"
    year = visit(as_=leader).open("/home").submit("Start the plan for 2026")
    assert "The plan for 2026 has been started." in year.text
    assert next_title(visit, leader).startswith("Write the plan: ")
    assert visit(as_=office).open("/home").links["Published 1"] == "/office/board?stage=published"


def next_title(visit, person: User) -> str:
    """The heading of the card at the top of a person's home."""
    page = visit(as_=person).open("/home")
    [title] = page.tree.xpath("//*[@id='next-step-title']/text()")
    return str(title)


def partnership_plan(partnership_id: int) -> PlanVersion:
    [version] = current_versions([partnership_id])
    assert version.status is PlanStatus.DRAFT
    return version


def test_when_the_leader_goes_the_deputy_carries_on_and_the_office_is_asked(make, visit):
    leader, deputy, office = make.user("Ewa Lis"), make.user("Jan Wrona"), make.office()
    partnership = make.partnership("Cyfrowa Gęś", leader=leader)
    make.term(partnership, deputy)
    make.general_plan(PlanStatus.DRAFT, partnership=partnership)

    page = visit(as_=office).open(f"/partnerships/{partnership.id}").follow("End this term")
    page.submit("End the term", ends_on="2026-04-14", reason="Moves away")

    visit(as_=leader).open(f"/partnerships/{partnership.id}", expect=403)
    assert "Waiting for the programme office" in visit(as_=deputy).open("/home").headings
    home = visit(as_=office).open("/home")
    assert f"{partnership.municipality.name} has waited longest" in home.headings

    page = home.follow(f"Appoint a leader ({partnership.municipality.name})")
    page.submit("Appoint the leader", person_name=deputy.name, email=deputy.email)

    db.session.expire_all()
    assert "Write the plan: " in next_title(visit, deputy)
    assert visit(as_=office).open("/home").tables == []


def test_while_a_cover_is_there_the_reviews_are_theirs(make, visit, clock):
    main, cover, office = make.animator("Ola Maj"), make.animator("Iza Cień"), make.office()
    partnership = make.partnership(animator=main)
    make.general_plan(PlanStatus.SUBMITTED, partnership=partnership)

    page = visit(as_=office).open(f"/partnerships/{partnership.id}/animator")
    page.submit(
        "Assign the animator",
        animator_id=cover.id,
        kind="cover",
        starts_on="2026-04-16",
        ends_on="2026-04-17",
        reason="Leave",
    )

    waits_for = []
    for _ in range(4):
        waits_for.append([bool(visit(as_=person).open("/home").tables) for person in (main, cover)])
        clock.tick(days=1)
    assert waits_for == [[True, False], [False, True], [False, True], [True, False]]
