"""The page of a partnership: where it stands, who is there, what is next."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from accounts.models import User
from accounts.policy import Permission, can
from core import clock as core_clock
from partnerships import services
from partnerships.models import AssignmentKind, Partnership
from partnerships.workflow import PartnershipStatus
from plans.workflow import PlanStatus
from programme.queries import the_programme
from tests.support.forms import spoken
from tests.visit import Page

TODAY = date(2026, 4, 15)
YESTERDAY = date(2026, 4, 14)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def in_main(page: Page) -> list[str]:
    """Headings of the page itself, without those of its frame."""
    return [spoken(heading) for heading in page.tree.find(".//main").iter("h1", "h2", "h3")]


@dataclass(frozen=True)
class Place:
    """A partnership and its people."""

    partnership: Partnership
    leader: User
    deputy: User
    animator: User
    office: User

    @property
    def address(self) -> str:
        return f"/partnerships/{self.partnership.id}"


@pytest.fixture
def place(make) -> Place:
    leader, deputy, animator = make.user("Ewa Lis"), make.user("Jan Wrona"), make.animator("Ola Maj")
    partnership = make.partnership("Cyfrowa Gęś", leader=leader, animator=animator)
    make.term(partnership, deputy, can_submit=True)
    return Place(partnership, leader, deputy, animator, make.office("Biuro"))


def test_it_shows_place_people_members_and_what_is_next(place, make, visit):
    make.member(
        place.partnership, make.organisation("Biblioteka", municipality=place.partnership.municipality)
    )

    page = visit(as_=place.leader).open(place.address)

    assert in_main(page) == [
        "Cyfrowa Gęś",
        "Add 2 more organisations",
        "Plans",
        "No plan yet",
        "Advice at a glance",
        "Members 1",
        "What happened",
        "People",
        "Leader",
        "Deputies",
        "Animator",
        "More",
    ]
    for text in ("Ewa Lis", "Jan Wrona", "may submit plans", "Ola Maj", "Biblioteka library", "1 of 3"):
        assert text in page.text


def test_the_leader_starts_the_plan_from_here(place, make, visit):
    for _ in range(3):
        make.member(place.partnership)

    plan = visit(as_=place.leader).open(place.address).follow("Start the plan").submit("Start empty")

    assert plan.url.startswith("/plans/")
    assert "The plan has been started." in plan.text


def test_who_may_not_see_it_is_told_what_is_told_about_nothing(place, make, visit):
    stranger, other_leader = make.user(), make.user()
    make.partnership(leader=other_leader)

    hidden = visit(as_=other_leader).open(place.address, expect=404)
    missing = visit(as_=other_leader).open("/partnerships/999999", expect=404)
    too_large = visit(as_=other_leader).open(f"/partnerships/{2**40}", expect=404)
    visit(as_=stranger).open(place.address, expect=403)

    assert in_main(hidden) == in_main(missing) == in_main(too_large) == ["There is no such page"]
    assert place.partnership.name not in hidden.html


@pytest.mark.parametrize("who", ["leader", "deputy", "animator", "office"])
def test_everybody_concerned_opens_it(place, visit, who):
    page = visit(as_=getattr(place, who)).open(place.address)

    assert page.headings[0] == "Cyfrowa Gęś"


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("leader", {"Name and founding", "See and change", "Appoint a deputy", "End the term of Jan Wrona"}),
        ("deputy", {"Name and founding", "See and change"}),
        ("animator", {"See all"}),
        (
            "office",
            {
                "Name and founding",
                "Close the partnership",
                "See and change",
                "Appoint a deputy",
                "End this term",
                "End the term of Jan Wrona",
                "Assign another animator or a cover",
            },
        ),
    ],
)
def test_each_is_offered_what_they_may_do(place, visit, who, expected):
    possible = {
        "Name and founding",
        "Close the partnership",
        "See and change",
        "See all",
        "Appoint a deputy",
        "End this term",
        "End the term of Jan Wrona",
        "Assign another animator or a cover",
        "Appoint a leader",
    }

    assert set(visit(as_=getattr(place, who)).open(place.address).links) & possible == expected


def test_a_cover_is_shown_as_such(place, make, visit):
    cover = make.animator("Iza Cień")
    make.assignment(
        place.partnership.municipality,
        cover,
        kind=AssignmentKind.COVER,
        starts_on=YESTERDAY,
        ends_on=date(2026, 5, 1),
    )

    page = visit(as_=place.leader).open(place.address)

    assert "Iza Cień" in page.text
    assert "Covering animator, since 14 Apr 2026, until 1 May 2026" in page.text
    assert "Ola Maj" not in page.text


def test_what_is_decided_for_later_is_shown_for_later(place, make, visit):
    services.assign_animator(
        place.partnership.municipality,
        make.animator("Iza Cień"),
        starts_on=date(2026, 5, 10),
        actor=place.office,
    )
    make.term(place.partnership, make.user("Zofia Nowa"), starts_on=date(2026, 5, 1))

    page = visit(as_=place.leader).open(place.address)

    assert "Ola Maj" in page.text
    assert "Later From 1 May 2026: Zofia Nowa Deputy leader From 10 May 2026: Iza Cień Animator" in page.text


def test_a_draft_is_listed_only_for_those_who_may_read_it(place, make, visit):
    version = make.general_plan(PlanStatus.DRAFT, partnership=place.partnership)

    linked = {
        who: version.plan.title in visit(as_=getattr(place, who)).open(place.address).links
        for who in ("leader", "deputy", "animator", "office")
    }
    allowed = {who: can(getattr(place, who), Permission.PLAN_READ, version) for who in linked}

    assert linked == allowed == {"leader": True, "deputy": True, "animator": False, "office": True}


def test_the_yearly_plans_still_missing_can_be_started_one_by_one(place, make, visit):
    make.general_plan(PlanStatus.PUBLISHED, partnership=place.partnership)
    make.annual_plan(partnership=place.partnership, year=2027)
    for _ in range(3):
        make.member(place.partnership)

    of_leader = visit(as_=place.leader).open(place.address)
    of_office = visit(as_=place.office).open(place.address)

    starts = [button for button in of_leader.buttons if button.startswith("Start the plan for")]
    assert sorted(starts) == ["Start the plan for 2026", "Start the plan for 2028"]
    assert [button for button in of_office.buttons if button.startswith("Start")] == []
    assert "Public page" in of_leader.links


def test_where_nobody_leads_the_office_is_asked_to_appoint(make, visit):
    partnership = make.partnership(led=False)

    page = visit(as_=make.office()).open(f"/partnerships/{partnership.id}")

    assert "Appoint a leader" in page.headings
    assert "Nobody leads at the moment." in page.text


def test_an_animator_who_leads_here_does_not_count_as_reviewer(make, visit):
    both = make.animator("Ola Maj")
    partnership = make.partnership(leader=both, animator=both)
    make.general_plan(PlanStatus.SUBMITTED, partnership=partnership)

    page = visit(as_=both).open(f"/partnerships/{partnership.id}")

    assert "Waiting for the programme office" in page.headings


def test_the_office_that_also_leads_is_told_what_is_its_own_turn(make, visit):
    both = make.office()
    partnership = make.partnership(leader=both)

    page = visit(as_=both).open(f"/partnerships/{partnership.id}")

    assert "Add 3 more organisations" in page.headings


def test_the_history_tells_who_did_what_to_whom(place, make, visit):
    services.end_term(
        place.partnership.deputy_terms(TODAY)[0], ends_on=TODAY, reason="New job", actor=place.leader
    )

    page = visit(as_=place.office).open(place.address)

    assert "Ended a term 15 Apr 2026, 12:00 · Ewa Lis Jan Wrona: New job" in page.text


def test_in_a_closed_partnership_nothing_is_offered(place, visit):
    services.close_partnership(place.partnership, closed_on=YESTERDAY, reason="Over", actor=place.office)

    page = visit(as_=place.office).open(place.address)

    assert "The partnership is closed" in page.headings
    assert [button for button in page.buttons if button.startswith("Start")] == []
    assert {"Name and founding", "Appoint a deputy", "Close the partnership"} & set(page.links) == set()
    visit(as_=place.leader).open(place.address, expect=403)


def test_opening_it_asks_the_same_number_of_questions_however_much_there_is(
    place, make, visit, count_queries
):
    visitor = visit(as_=place.leader)
    visitor.open(place.address)
    with count_queries() as little:
        visitor.open(place.address)

    for _ in range(3):
        make.member(place.partnership)
        make.term(place.partnership, make.user())
    make.general_plan(PlanStatus.PUBLISHED, partnership=place.partnership)
    make.annual_plan(partnership=place.partnership, year=2026)
    make.annual_plan(partnership=place.partnership, year=2027)
    with count_queries() as much:
        visitor.open(place.address)

    assert much.count == little.count, str(much)
    assert much.count <= 15, str(much)


def test_a_leader_of_the_past_no_longer_opens_it(make, visit):
    former = make.user()
    partnership = make.partnership(leader=former)
    services.end_term(partnership.leader_term(TODAY), ends_on=YESTERDAY, reason="", actor=make.office())

    visit(as_=former).open(f"/partnerships/{partnership.id}", expect=403)


def test_a_planned_partnership_asks_for_its_founding(make, visit):
    leader = make.user()
    partnership = make.partnership(leader=leader, status=PartnershipStatus.PLANNED)

    page = visit(as_=leader).open(f"/partnerships/{partnership.id}").follow("Enter the day")
    page = page.submit("Save", founded_on=core_clock.today())

    assert page.url == f"/partnerships/{partnership.id}"
    assert "Name and founding are saved." in page.text
    assert "Add 3 more organisations" in page.headings


def test_no_year_is_offered_that_the_programme_does_not_reach(make, visit, clock):
    clock.move_to(datetime(2027, 3, 1, 9, 0, tzinfo=UTC))
    leader = make.user()
    partnership = make.partnership(leader=leader)
    for _ in range(3):
        make.member(partnership)
    make.general_plan(PlanStatus.PUBLISHED, partnership=partnership, year=2027)
    assert (the_programme().row.ends_on.year, the_programme().settings.plan_years) == (2028, 3)

    buttons = visit(as_=leader).open(f"/partnerships/{partnership.id}").buttons

    starts = [button for button in buttons if button.startswith("Start the plan for")]
    assert sorted(starts) == ["Start the plan for 2027", "Start the plan for 2028"]
    clock.move_to(datetime(2029, 1, 2, 9, 0, tzinfo=UTC))
    assert "Nothing waits for you" in visit(as_=leader).open("/home").headings
