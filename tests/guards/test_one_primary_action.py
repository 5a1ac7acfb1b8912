"""One thing to do on a page: each role's main pages have at most one primary button."""

from datetime import UTC, datetime

import pytest

from core.database import db
from plans.models import PlanVersion
from plans.workflow import PlanStatus
from tests.visit import Page

LONG_BEFORE = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def primary_actions(page: Page) -> list[str]:
    """What the page offers loudly; what a script shows only later does not count."""
    found = page.tree.xpath(
        "//body//*[@data-variant='primary'][not(ancestor::template)][not(@data-color='danger')]"
    )
    return [" ".join(each.text_content().split()) for each in found]


def loud_pages(visitor, paths: list[str]) -> dict[str, list[str]]:
    """The pages with more than one."""
    actions = {path: primary_actions(visitor.open(path)) for path in paths}
    return {path: found for path, found in actions.items() if len(found) > 1}


def of_plan(version: PlanVersion) -> list[str]:
    return [f"/plans/{version.id}", f"/partnerships/{version.partnership.id}"]


@pytest.mark.parametrize("status", [status for status in PlanStatus if status.value in {
    "draft", "submitted", "in_review", "returned", "approved", "published"}])  # fmt: skip
def test_wherever_a_plan_stands_nobody_is_offered_two_things_at_once(make, visit, status):
    leader, deputy, animator, office = make.user(), make.user(), make.animator(), make.office()
    partnership = make.partnership(leader=leader, animator=animator)
    make.term(partnership, deputy)
    version = make.general_plan(status, partnership=partnership)
    shared = [f"/partnerships/{partnership.id}/members", "/partnerships"]
    files = [
        f"/partnerships/{partnership.id}/members/file",
        f"/partnerships/{partnership.id}/earlier-records",
    ]

    loud = {
        leader.name: loud_pages(visit(as_=leader), ["/home", *of_plan(version), *shared, *files]),
        deputy.name: loud_pages(visit(as_=deputy), ["/home", *of_plan(version), *shared]),
        office.name: loud_pages(visit(as_=office), ["/home", f"/partnerships/{partnership.id}", *shared]),
    }
    if version.open_to_animator:
        loud[animator.name] = loud_pages(visit(as_=animator), ["/home", *of_plan(version), *shared])

    assert {name: found for name, found in loud.items() if found} == {}


def test_somebody_with_every_role_and_three_partnerships_has_one_thing_to_do_at_home(make, visit):
    person = make.animator()
    for status in (PlanStatus.DRAFT, PlanStatus.APPROVED, PlanStatus.RETURNED):
        make.general_plan(status, partnership=make.partnership(leader=person))
    late = make.general_plan(PlanStatus.SUBMITTED, partnership=make.partnership(animator=person))
    late.submitted_at = late.status_since = LONG_BEFORE
    db.session.commit()

    assert primary_actions(visit(as_=person).open("/home")) == ["Open the review"]


def test_the_lists_of_the_office_and_the_administrator_have_at_most_one(make, visit):
    make.partnership(led=False)

    office = loud_pages(
        visit(as_=make.office()),
        [
            "/home",
            "/office/board",
            "/office/hours",
            "/partnerships",
            "/municipalities",
            "/people",
            "/office/files",
            "/webinars",
            "/webinars/series",
            "/webinars/figures",
            "/webinars/recordings",
            "/office/offers",
            "/office/offers/new",
            "/office/offers/from-file",
            "/office/initiatives",
            "/office/initiatives/new",
        ],
    )
    admin = loud_pages(visit(as_=make.admin()), ["/home", "/people"])

    assert (office, admin) == ({}, {})


def test_pages_for_everybody_have_at_most_one(visit):
    assert (
        loud_pages(
            visit(),
            [
                "/en/",
                "/pl/plany",
                "/pl/webinaria",
                "/sign-in",
                "/en/privacy",
                "/en/accessibility",
                "/en/offers",
                "/pl/oferty/zglos",
                "/en/initiatives",
            ],
        )
        == {}
    )
