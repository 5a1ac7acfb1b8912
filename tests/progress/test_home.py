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
from plans.services import flow
from plans.workflow import PlanStatus
from progress.queries import stage_counts, stuck_partnerships
from progress.queries.stuck import last_day_not_late
from progress.stages import Stage, stage_of
from tests.visit import Page

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
    assert "Stage 2 of 6: Enough members" in page.text
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
    assert three.count <= 7, str(three)


# --- the animator ---


def test_an_animator_sees_reviews_by_the_working_days_left(make, visit):
    animator = make.animator()
    for name, day in (("Lubań", 8), ("Żnin", 1), ("Ćmielów", 14)):
        partnership = make.partnership(municipality=make.municipality(name), animator=animator)
        submitted = make.general_plan(PlanStatus.SUBMITTED, partnership=partnership)
        since(submitted, datetime(2026, 4, day, 9, 0, tzinfo=UTC))

    page = visit(as_=animator).open("/home")

    [table] = page.tables
    assert [row for row in table[1:] if len(row) == 4] == [
        ["Żnin", "General plan 2026–2028, new", "16 Apr 2026", "1 working day left"],
        ["Lubań", "General plan 2026–2028, new", "22 Apr 2026", "5 working days left"],
        ["Ćmielów", "General plan 2026–2028, new", "28 Apr 2026", "9 working days left"],
    ]
    assert table[2] == ["Open the review"]
    assert len(page.tree.xpath("//main//*[@data-variant='primary']")) == 1
    assert "You advise 3 partnerships" in page.links


def test_a_late_review_says_by_how_much(make, visit):
    animator = make.animator()
    version = make.general_plan(PlanStatus.IN_REVIEW, partnership=make.partnership(animator=animator))
    since(version, LONG_BEFORE)

    [table] = visit(as_=animator).open("/home").tables

    assert table[1][1:] == [
        "General plan 2026–2028, new, you are reading it",
        "16 Mar 2026",
        "21 working days over",
    ]


def test_a_second_round_is_told_from_a_new_plan(make, visit):
    animator, leader = make.animator(), make.user()
    returned = make.general_plan(
        PlanStatus.RETURNED, partnership=make.partnership(animator=animator, leader=leader)
    )
    flow.submit_plan(flow.revise_plan(returned, actor=leader), actor=leader)
    db.session.commit()

    [table] = visit(as_=animator).open("/home").tables

    assert table[1][1] == "General plan 2026–2028, round 2"


def test_an_animator_sees_what_waits_on_leaders_and_since_when(make, visit):
    animator, leader = make.animator(), make.user("Ewa Lis")
    for name, status in (("Lubań", PlanStatus.RETURNED), ("Żnin", PlanStatus.APPROVED)):
        partnership = make.partnership(municipality=make.municipality(name), animator=animator, leader=leader)
        since(make.general_plan(status, partnership=partnership), LONG_BEFORE)
    make.general_plan(PlanStatus.RETURNED)

    page = visit(as_=animator).open("/home")

    assert "What waits for leaders 2" in page.headings
    assert (
        "Lubań Returned for changes General plan 2026–2028, with Ewa Lis since 2 Mar 2026 (31 working days)"
        in page.text
    )
    assert page.links["Ewa Lis"] == f"mailto:{leader.email}"


def test_an_animator_without_reviews_reads_what_will_be_here(make, visit):
    page = visit(as_=make.animator()).open("/home")

    assert "Nothing waits for you" in page.headings
    assert "You advise 0 partnerships" in page.links


def test_three_reviews_ask_no_more_questions_than_one(make, visit, count_queries):
    animator = make.animator()
    for status in (PlanStatus.SUBMITTED, PlanStatus.RETURNED):
        make.general_plan(status, partnership=make.partnership(animator=animator))
    visitor = visit(as_=animator)
    visitor.open("/home")
    with count_queries() as one:
        visitor.open("/home")

    for status in (PlanStatus.SUBMITTED, PlanStatus.RETURNED, PlanStatus.IN_REVIEW, PlanStatus.APPROVED):
        make.general_plan(status, partnership=make.partnership(animator=animator))
    with count_queries() as three:
        visitor.open("/home")

    assert three.count == one.count, str(three)
    assert three.count <= 8, str(three)


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

    assert [[row[0] + ": " + row[2] for row in table[1:]] for table in page.tables] == [
        ["Lubań: Appoint a leader (Lubań)"],
        ["Łask: Assign an animator (Łask)"],
        ["Ćmielów: Ask the animator (Ćmielów)"],
        ["Żnin: Ask the leader (Żnin)"],
    ]
    assert reasons(page) == {
        "Nobody leads the partnership": 1,
        "Nobody can review the plan": 1,
        "The review is late": 1,
        "Approved and still not public": 1,
        "Returned, and no new version since": 0,
    }
    assert "What is stuck 4" in page.headings
    assert "Lubań has waited longest" in page.headings


def reasons(page: Page) -> dict[str, int]:
    rows = page.tree.xpath("//*[@class='reasons']/li")
    return {row.getchildren()[0].text_content(): int(row.findtext("strong")) for row in rows}


def test_a_returned_plan_is_stuck_once_nothing_was_heard_for_as_long_as_the_programme_says(make, visit):
    for name, day in (("Lubań", 13), ("Żnin", 15)):
        partnership = make.partnership(municipality=make.municipality(name))
        version = make.general_plan(PlanStatus.RETURNED, partnership=partnership)
        since(version, datetime(2026, 2, day, 9, 0, tzinfo=UTC))

    page = visit(as_=make.office()).open("/home")

    assert reasons(page)["Returned, and no new version since"] == 1
    assert page.tables[0][1][:2] == ["Lubań", "Since 13 Feb 2026 (42 working days)"]


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


def test_of_each_reason_the_first_five_are_shown_and_the_rest_counted(make, visit):
    for _ in range(7):
        make.partnership(led=False)

    page = visit(as_=make.office()).open("/home")

    assert len(page.tables[0]) == 6
    assert "The first 5 of 7." in page.text
    assert [row.total for row in stuck_partnerships(of_each=1)] == [7]


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


def test_the_most_urgent_section_comes_first_and_alone_has_a_primary_button(make, visit):
    person = make.animator("Ola Maj")
    make.general_plan(PlanStatus.SUBMITTED, partnership=make.partnership("Cyfrowa Gęś", leader=person))
    late = make.general_plan(PlanStatus.SUBMITTED, partnership=make.partnership(animator=person))
    since(late, LONG_BEFORE)

    page = visit(as_=person).open("/home")

    assert page.headings.index("Plans that wait for you 1") < page.headings.index("Cyfrowa Gęś")
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
