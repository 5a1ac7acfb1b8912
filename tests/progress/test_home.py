"""Home for somebody with several roles, another role, or none."""

import pytest

from accounts.roles import Role
from plans.workflow import PlanStatus
from tests.progress.past import LONG_BEFORE, since


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def test_an_administrator_is_led_to_the_people(make, visit):
    page = visit(as_=make.admin()).open("/home")

    assert "People" in page.headings
    assert "Manage people" in page.links


def test_somebody_with_several_roles_sees_a_section_for_each(make, visit):
    person = make.animator("Ola Maj")
    make.holder(Role.OFFICE)
    make.partnership("Cyfrowa Gęś", leader=person)

    headings = visit(as_=person).open("/home").headings

    assert "Cyfrowa Gęś" in headings
    assert "What waits for you" in headings
    assert "What is stuck" not in headings


def test_the_most_urgent_section_comes_first_and_alone_has_a_primary_button(make, visit):
    person = make.animator("Ola Maj")
    make.general_plan(PlanStatus.SUBMITTED, partnership=make.partnership("Cyfrowa Gęś", leader=person))
    late = make.general_plan(PlanStatus.SUBMITTED, partnership=make.partnership(animator=person))
    since(late, LONG_BEFORE)

    page = visit(as_=person).open("/home")

    assert page.headings.index("What waits for you 1") < page.headings.index("Cyfrowa Gęś")
    assert [link.text_content() for link in page.tree.xpath("//main//*[@data-variant='primary']")] == [
        "Open the review"
    ]


def test_somebody_without_a_role_reads_whom_to_ask(make, visit):
    page = visit(as_=make.user()).open("/home")

    assert "You have no role at the moment" in page.headings


def test_the_way_in_leads_home(make, visit):
    assert visit(as_=make.user("Ewa Lis")).open("/").url == "/home"


def test_a_visitor_is_asked_to_sign_in(visit):
    assert visit().open("/home").url.startswith("/sign-in")
