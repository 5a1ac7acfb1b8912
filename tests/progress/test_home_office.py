"""The home of the office: what is stuck and why, and how many are at each stage."""

from datetime import UTC, date, datetime

import pytest

from animators.consultations.models import Channel, Consultation, ConsultationStatus
from animators.hours.ledger import book
from core.clock import add_working_days
from core.database import db
from partnerships.models import AssignmentKind, TermKind
from partnerships.services import close_partnership
from plans.workflow import PlanStatus
from progress.queries import stage_counts, stuck_partnerships
from progress.queries.situations import situation_of
from progress.queries.stuck import last_day_not_late
from progress.stages import Stage, stage_of
from tests.progress.past import LONG_BEFORE, since
from tests.visit import Page

TODAY = date(2026, 4, 15)
YESTERDAY = date(2026, 4, 14)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def test_the_office_sees_what_is_stuck_why_and_what_to_do(make, visit):
    leaderless = make.partnership(municipality=make.municipality("Lubań"), led=False)
    since(make.general_plan(PlanStatus.APPROVED, partnership=make.partnership(municipality=make.municipality("Żnin"))),
          datetime(2026, 3, 30, 9, 0, tzinfo=UTC))  # fmt: skip
    since(make.general_plan(PlanStatus.SUBMITTED, partnership=make.partnership(municipality=make.municipality("Ćmielów"))),
          LONG_BEFORE)  # fmt: skip
    since(make.general_plan(PlanStatus.DRAFT, partnership=make.partnership(
        municipality=make.municipality("Lesko"), leader=make.user(is_active=False)
    )), LONG_BEFORE)  # fmt: skip
    unadvised = make.partnership(municipality=make.municipality("Łask"), advised=False)
    make.general_plan(PlanStatus.SUBMITTED, partnership=unadvised)
    make.general_plan(PlanStatus.APPROVED)
    make.general_plan(PlanStatus.SUBMITTED)
    leaderless.created_at = datetime(2026, 1, 2, 9, 0, tzinfo=UTC)
    db.session.commit()

    page = visit(as_=make.office()).open("/home")

    assert [[row[0] + ": " + row[2] for row in table[1:]] for table in page.tables] == [
        ["Lubań: Appoint a leader (Lubań)"],
        ["Lesko: See who leads it (Lesko)"],
        ["Łask: Assign an animator (Łask)"],
        ["Ćmielów: Ask the animator (Ćmielów)"],
        ["Żnin: Ask the leader (Żnin)"],
    ]
    assert reasons(page) == {
        "Nobody leads the partnership": 1,
        "The leader's account is inactive": 1,
        "Nobody can review the plan": 1,
        "The review is late": 1,
        "Approved and still not public": 1,
        "Returned, and no new version since": 0,
    }
    assert "What is stuck 5" in page.headings
    assert "Lubań has waited longest" in page.headings


def reasons(page: Page) -> dict[str, int]:
    rows = page.tree.xpath("//*[@class='reasons']/li")
    return {row.getchildren()[0].text_content(): int(row.findtext("strong")) for row in rows}


@pytest.mark.parametrize("case", ["suspended", "suspended cover", "leads it", "deputises"])
def test_a_plan_waits_for_nobody_where_the_animator_may_not_decide(make, visit, case):
    animator = make.animator()
    partnership = make.partnership(animator=animator, led=case != "leads it")
    since(make.general_plan(PlanStatus.SUBMITTED, partnership=partnership), LONG_BEFORE)
    if case == "suspended cover":
        cover = make.animator()
        make.assignment(partnership.municipality, cover, kind=AssignmentKind.COVER, ends_on=TODAY)
        cover.is_active = False
    elif case == "suspended":
        animator.is_active = False
    else:
        kind = TermKind.LEADER if case == "leads it" else TermKind.DEPUTY
        make.term(partnership, animator, kind=kind)
    db.session.commit()

    page = visit(as_=make.office()).open("/home")

    assert reasons(page)["Nobody can review the plan"] == 1
    assert "Ask the animator" not in page.text
    assert situation_of(partnership, [], members=3).reviewer is None


def test_where_a_review_stays_with_a_former_animator_somebody_can_decide_about_it(make):
    partnership = make.partnership(advised=False)
    make.general_plan(PlanStatus.SUBMITTED, partnership=partnership).kept_with = make.animator()
    db.session.commit()

    assert stuck_partnerships(of_each=5) == []


def test_a_returned_plan_is_stuck_once_nothing_came_for_as_long_as_the_programme_says(make, visit):
    for name, day in (("Lubań", 15), ("Żnin", 16)):
        partnership = make.partnership(municipality=make.municipality(name))
        version = make.general_plan(PlanStatus.RETURNED, partnership=partnership)
        since(version, datetime(2026, 3, day, 9, 0, tzinfo=UTC))
    visitor = visit(as_=make.office())

    page, at_risk = visitor.open("/home"), visitor.open("/office/overview/risks", reason="returned")

    assert reasons(page)["Returned, and no new version since"] == 1
    assert page.tables[0][1][:2] == ["Lubań", "Since 15 Mar 2026 (22 working days)"]
    assert ("Lubań" in at_risk.text, "Żnin" in at_risk.text) == (True, False)


def test_nobody_leads_since_the_last_leader_left_whatever_the_plan_did(make, visit):
    left = {"Lubań": date(2026, 4, 13), "Żnin": date(2026, 3, 31)}
    for name, last_day in left.items():
        partnership = make.partnership(municipality=make.municipality(name), led=False)
        make.term(partnership, make.user(), kind=TermKind.LEADER, ends_on=last_day)
        since(make.general_plan(PlanStatus.PUBLISHED, partnership=partnership), LONG_BEFORE)
    never = make.partnership(municipality=make.municipality("Łask"), led=False)
    never.created_at = datetime(2026, 4, 8, 9, 0, tzinfo=UTC)
    db.session.commit()

    page = visit(as_=make.office()).open("/home")

    assert [row[:2] for row in page.tables[0][1:]] == [
        ["Żnin", "Since 1 Apr 2026 (9 working days)"],
        ["Łask", "Since 8 Apr 2026 (5 working days)"],
        ["Lubań", "Since 14 Apr 2026 (1 working day)"],
    ]
    assert "Żnin has waited longest" in page.headings


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
    assert page.links["Published 2"] == "/office/board?stage=published"


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
    assert three.count <= 9, str(three)


@pytest.mark.parametrize("today", [date(2026, 4, 15), date(2026, 4, 7), date(2026, 1, 5), date(2025, 12, 29)])
def test_late_in_the_database_is_late_by_working_days(today):
    first_in_time = last_day_not_late(today, 10)

    assert add_working_days(first_in_time, 10) >= today
    assert add_working_days(date.fromordinal(first_in_time.toordinal() - 1), 10) < today


def test_what_only_the_office_decides_about_advice_stands_on_its_home(make, visit):
    partnership = make.partnership()
    disputed = Consultation(
        municipality=partnership.municipality,
        channel=Channel.PHONE,
        actual_start=datetime(2026, 4, 14, 9, 0, tzinfo=UTC),
        actual_minutes=500,
        status=ConsultationStatus.DISPUTED,
        disputed_at=datetime(2026, 4, 14, 12, 0, tzinfo=UTC),
    )
    db.session.add(disputed)
    book(disputed, reason="Long", actor=None)
    office = make.office()

    page = visit(as_=office).open("/home")

    assert "Waits for your decision" in page.headings
    assert page.links["1 disputed report of a visit or call"] == "/consultations/disputes"
    assert page.links["1 consultation over its pot of hours"] == "/office/hours/exceptions"
    disputed.status = ConsultationStatus.CONFIRMED
    assert "1 disputed report of a visit or call" not in visit(as_=office).open("/home").links
