"""A person's home: one section for each role, and in each what waits first."""

from datetime import UTC, date, datetime

import pytest

from accounts.roles import Role
from core.clock import add_working_days
from core.database import db
from partnerships.models import TermKind
from partnerships.services import close_partnership
from partnerships.workflow import PartnershipStatus
from plans.models import PlanVersion
from plans.workflow import PlanStatus
from progress.queries import stage_counts, stuck_partnerships
from progress.queries.overview import last_day_not_late
from progress.stages import Stage, stage_of

TODAY = date(2026, 4, 15)
YESTERDAY = date(2026, 4, 14)
LONG_BEFORE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def since(version: PlanVersion, moment: datetime) -> PlanVersion:
    """As if the version had reached its status then."""
    version.status_since = moment
    if version.submitted_at is not None:
        version.submitted_at = moment
    db.session.commit()
    return version


# --- the leader ---


def test_a_leader_sees_the_next_step_and_the_stages(make, visit):
    leader = make.user("Ewa Lis")
    make.partnership("Cyfrowa Gęś", leader=leader, status=PartnershipStatus.FORMING)

    page = visit(as_=leader).open("/home")

    assert page.headings[:3] == ["Hello, Ewa Lis", "Cyfrowa Gęś", "Add 3 more organisations"]
    assert "Founded 1 Jan 2024" in page.text.replace("Done. ", "")


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
    assert "The plan was submitted on 15 Apr 2026. The answer usually comes by 29 Apr 2026." in page.text


def test_several_partnerships_stand_in_the_order_of_the_alphabet(make, visit):
    leader = make.user()
    for name in ("Żnin", "Ćmielów", "Lubań"):
        make.partnership(f"P {name}", municipality=make.municipality(name), leader=leader)

    headings = visit(as_=leader).open("/home").headings

    assert [heading for heading in headings if heading.startswith("P ")] == ["P Ćmielów", "P Lubań", "P Żnin"]


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
    assert three.count <= 7, str(three)


# --- the animator ---


def test_an_animator_sees_reviews_the_longest_waiting_first_with_the_days_left(make, visit):
    animator = make.animator()
    for name, day in (("Lubań", 8), ("Żnin", 1), ("Ćmielów", 14)):
        partnership = make.partnership(municipality=make.municipality(name), animator=animator)
        submitted = make.general_plan(PlanStatus.SUBMITTED, partnership=partnership)
        since(submitted, datetime(2026, 4, day, 9, 0, tzinfo=UTC))

    page = visit(as_=animator).open("/home")

    [table] = page.tables
    assert [(row[0], row[3]) for row in table[1:]] == [
        ("Żnin", "16 Apr 2026, 1 working day left"),
        ("Lubań", "22 Apr 2026, 5 working days left"),
        ("Ćmielów", "28 Apr 2026, 9 working days left"),
    ]
    assert "You advise 3 partnerships" in page.links


def test_a_late_review_says_by_how_much(make, visit):
    animator = make.animator()
    version = make.general_plan(PlanStatus.IN_REVIEW, partnership=make.partnership(animator=animator))
    since(version, LONG_BEFORE)

    [table] = visit(as_=animator).open("/home").tables

    assert table[1][2:] == ["In review", "16 Mar 2026, 21 working days over"]


def test_an_animator_without_reviews_reads_what_will_be_here(make, visit):
    page = visit(as_=make.animator()).open("/home")

    assert "Nothing waits for you" in page.headings
    assert "You advise 0 partnerships" in page.links


def test_three_reviews_ask_no_more_questions_than_one(make, visit, count_queries):
    animator = make.animator()
    make.general_plan(PlanStatus.SUBMITTED, partnership=make.partnership(animator=animator))
    visitor = visit(as_=animator)
    visitor.open("/home")
    with count_queries() as one:
        visitor.open("/home")

    for _ in range(2):
        make.general_plan(PlanStatus.SUBMITTED, partnership=make.partnership(animator=animator))
    with count_queries() as three:
        visitor.open("/home")

    assert three.count == one.count, str(three)
    assert three.count <= 6, str(three)


# --- the office ---


def test_the_office_sees_what_is_stuck_why_and_what_to_do(make, visit):
    leaderless = make.partnership(municipality=make.municipality("Lubań"), led=False)
    since(make.general_plan(PlanStatus.APPROVED, partnership=make.partnership(municipality=make.municipality("Żnin"))),
          datetime(2026, 3, 30, 9, 0, tzinfo=UTC))  # fmt: skip
    since(make.general_plan(PlanStatus.SUBMITTED, partnership=make.partnership(municipality=make.municipality("Ćmielów"))),
          LONG_BEFORE)  # fmt: skip
    unadvised = make.partnership(municipality=make.municipality("Łask"), advised=False)
    make.general_plan(PlanStatus.SUBMITTED, partnership=unadvised)
    make.general_plan(PlanStatus.APPROVED)
    make.general_plan(PlanStatus.SUBMITTED)
    leaderless.created_at = datetime(2026, 1, 2, 9, 0, tzinfo=UTC)
    db.session.commit()

    page = visit(as_=make.office()).open("/home")

    assert [(row[0], row[1], row[3]) for row in page.tables[0][1:]] == [
        ("Lubań", "Nobody leads the partnership", "Appoint a leader (Lubań)"),
        ("Ćmielów", "The review is late", "Open the plan (Ćmielów)"),
        ("Żnin", "Approved on 30 Mar 2026 and still not public", "Open the plan (Żnin)"),
        ("Łask", "Nobody can review the plan", "Assign an animator (Łask)"),
    ]
    assert "What is stuck 4" in page.headings


def test_the_office_sees_how_many_are_at_each_stage(make, visit):
    make.general_plan(PlanStatus.DRAFT)
    make.general_plan(PlanStatus.PUBLISHED)
    make.general_plan(PlanStatus.PUBLISHED)
    make.partnership()
    make.partnership(led=False)
    office = make.office()
    close_partnership(make.partnership(), closed_on=TODAY, reason="Over", actor=office)

    page = visit(as_=office).open("/home")

    assert {stage.value: count for stage, count in stage_counts().items() if count} == {
        "no_plan": 2,
        "draft": 1,
        "published": 2,
    }
    assert page.links["Published"] == "/office/board?stage=published"


def test_counting_in_the_database_is_counting_one_by_one(make):
    versions = [
        make.general_plan(status) for status in (PlanStatus.DRAFT, PlanStatus.RETURNED, PlanStatus.APPROVED)
    ]
    make.annual_plan(partnership=versions[0].partnership)
    unled, former = make.partnership(led=False), make.user()
    make.term(unled, former, kind=TermKind.LEADER, ends_on=YESTERDAY)
    make.partnership()
    statuses = [version.status for version in versions] + [None, None]

    one_by_one = [stage_of(status) for status in statuses]

    assert stage_counts() == {stage: one_by_one.count(stage) for stage in Stage}


def test_where_nothing_is_stuck_the_office_reads_so(make, visit):
    make.partnership()

    assert "Nothing is stuck" in visit(as_=make.office()).open("/home").headings


def test_a_new_installation_invites_the_office_to_found(make, visit):
    page = visit(as_=make.office()).open("/home")

    assert page.follow("Found a partnership").headings[0] == "Found a partnership"


def test_only_the_first_ten_are_shown_and_the_rest_counted(make, visit):
    for _ in range(12):
        make.partnership(led=False)

    page = visit(as_=make.office()).open("/home")

    assert len(page.tables[0]) == 11
    assert "The first 10 of 12." in page.text
    assert stuck_partnerships(limit=1)[0].total == 12


def test_the_office_asks_the_same_number_of_questions_however_many_are_stuck(make, visit, count_queries):
    make.partnership(led=False)
    visitor = visit(as_=make.office())
    visitor.open("/home")
    with count_queries() as one:
        visitor.open("/home")

    for _ in range(2):
        make.partnership(led=False)
    with count_queries() as three:
        visitor.open("/home")

    assert three.count == one.count, str(three)
    assert three.count <= 5, str(three)


@pytest.mark.parametrize("today", [date(2026, 4, 15), date(2026, 4, 7), date(2026, 1, 5), date(2025, 12, 29)])
def test_late_in_the_database_is_late_by_working_days(today):
    first_in_time = last_day_not_late(today, 10)

    assert add_working_days(first_in_time, 10) >= today
    assert add_working_days(date.fromordinal(first_in_time.toordinal() - 1), 10) < today


# --- others ---


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
    assert "Plans that wait for you" in headings
    assert "What is stuck" not in headings


def test_somebody_without_a_role_reads_whom_to_ask(make, visit):
    page = visit(as_=make.user()).open("/home")

    assert "You have no role at the moment" in page.headings


def test_the_way_in_leads_home(make, visit):
    assert visit(as_=make.user("Ewa Lis")).open("/").url == "/home"


def test_a_visitor_is_asked_to_sign_in(visit):
    assert visit().open("/home").url.startswith("/sign-in")
