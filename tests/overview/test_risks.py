"""Each rule one by one, on the day before it says something and on the day it does."""

from datetime import UTC, date, datetime, timedelta

import pytest

from animators.consultations.models import Channel, ConsultationStatus
from core import clock as core_clock
from core.database import db
from overview.risk_list import lines_of
from overview.risks import RULES, Risk, Turn, at_risk
from partnerships.models import TermKind
from partnerships.workflow import PartnershipStatus
from plans.workflow import PlanStatus
from tasks.models import TaskWaiver
from tasks.rules import TaskCode
from tests.overview.records import advised, met, noon, planned

TODAY = date(2026, 4, 15)
RECENTLY = TODAY - timedelta(days=3)


def found(partnership, *, but: Risk | None = None) -> list[tuple[Risk, date]]:
    """Why this one is at risk, and since when."""
    db.session.flush()
    return [
        (one.risk, one.since)
        for one in at_risk()
        if one.partnership_id == partnership.id and one.risk is not but
    ]


@pytest.fixture
def calm(make):
    """Nothing is wrong with it: it has a leader and met three days ago."""
    partnership = make.partnership(founded_on=date(2026, 1, 10))
    met(partnership, RECENTLY)
    return partnership


def test_a_partnership_that_goes_on_is_not_at_risk(calm):
    assert found(calm) == []


# --- Nobody leads it --------------------------------------------------------------------------------------------


def test_nobody_leads_it_since_the_day_after_the_last_term(make):
    partnership = make.partnership(led=False, founded_on=date(2026, 1, 10))
    make.term(partnership, make.user(), kind=TermKind.LEADER, ends_on=date(2026, 4, 1))
    met(partnership, RECENTLY)

    assert found(partnership) == [(Risk.LEADERLESS, date(2026, 4, 2))]


def test_where_nobody_ever_led_it_the_founding_counts(make):
    partnership = make.partnership(led=False, founded_on=date(2026, 4, 10))

    assert found(partnership) == [(Risk.LEADERLESS, date(2026, 4, 10))]


def test_a_deputy_does_not_lead_and_a_leader_to_come_does_not_yet(make):
    partnership = make.partnership(led=False, founded_on=date(2026, 4, 10))
    make.term(partnership, make.user())
    make.term(partnership, make.user(), kind=TermKind.LEADER, starts_on=TODAY + timedelta(days=1))

    assert found(partnership) == [(Risk.LEADERLESS, date(2026, 4, 10))]


def test_the_last_day_of_a_term_is_still_led(make):
    partnership = make.partnership(led=False, founded_on=date(2026, 4, 10))
    make.term(partnership, make.user(), kind=TermKind.LEADER, ends_on=TODAY)

    assert found(partnership) == []


# --- No contact -------------------------------------------------------------------------------------------------

SIXTY_DAYS_AGO = date(2026, 2, 14)


@pytest.fixture
def old(make):
    return make.partnership(founded_on=date(2025, 6, 1))


def test_no_contact_ever_counts_from_the_founding(old):
    assert found(old) == [(Risk.NO_CONTACT, date(2025, 6, 1))]


@pytest.mark.parametrize("days_more", [0, 1])
def test_sixty_days_of_silence_are_still_contact_and_one_more_is_not(make, days_more):
    on = SIXTY_DAYS_AGO - timedelta(days=days_more)
    partnership = make.partnership(founded_on=on)

    assert found(partnership) == ([(Risk.NO_CONTACT, on)] if days_more else [])


@pytest.mark.parametrize("what", ["meeting", "call", "visit", "plan"])
def test_what_is_contact(old, what):
    at = noon(RECENTLY)
    if what == "meeting":
        met(old, RECENTLY)
    elif what == "call":
        advised(old, at)
    elif what == "visit":
        advised(old, at, Channel.VISIT, ConsultationStatus.HELD, only_planned=True)
    else:
        planned(old, PlanStatus.SUBMITTED, at, submitted_at=at)

    assert found(old) == []


def test_what_is_no_contact(old):
    met(old, RECENTLY, people=None)
    met(old, RECENTLY, called_off_at=noon(RECENTLY))
    advised(old, noon(RECENTLY), Channel.VISIT, ConsultationStatus.CANCELLED, only_planned=True)
    advised(old, noon(RECENTLY), Channel.VISIT, ConsultationStatus.AGREED, only_planned=True)
    advised(old, noon(RECENTLY), status=ConsultationStatus.VOID)
    planned(old, PlanStatus.DRAFT, noon(RECENTLY))

    assert found(old) == [(Risk.NO_CONTACT, date(2025, 6, 1))]


def test_the_latest_contact_is_said_by_the_clock_of_the_country(old):
    met(old, date(2025, 9, 1))
    advised(old, datetime(2025, 10, 31, 23, 30, tzinfo=UTC))

    assert found(old) == [(Risk.NO_CONTACT, date(2025, 11, 1))]


# --- The general plan -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [PlanStatus.SUBMITTED, PlanStatus.IN_REVIEW])
@pytest.mark.parametrize(("on", "late"), [(date(2026, 3, 31), False), (date(2026, 3, 30), True)])
def test_a_review_is_late_after_ten_working_days(calm, status, on, late):
    """Easter Monday, 6 April, is none: from 31 March the tenth is 15 April itself."""
    planned(calm, status, noon(RECENTLY), submitted_at=noon(on))

    assert found(calm) == ([(Risk.REVIEW_LATE, on)] if late else [])


@pytest.mark.parametrize(("days", "at_risk_now"), [(14, False), (15, True)])
def test_an_approved_plan_has_a_fortnight_to_be_published(calm, days, at_risk_now):
    on = TODAY - timedelta(days=days)
    planned(calm, PlanStatus.APPROVED, noon(on))

    assert found(calm) == ([(Risk.UNPUBLISHED, on)] if at_risk_now else [])


@pytest.mark.parametrize(("days", "at_risk_now"), [(30, False), (31, True)])
def test_a_returned_plan_has_thirty_days(calm, days, at_risk_now):
    on = TODAY - timedelta(days=days)
    planned(calm, PlanStatus.RETURNED, noon(on))

    assert found(calm) == ([(Risk.RETURNED, on)] if at_risk_now else [])


def test_a_new_version_after_the_return_is_something(calm):
    returned = planned(calm, PlanStatus.RETURNED, noon(date(2026, 1, 20)), is_current=False)
    planned(calm, PlanStatus.DRAFT, noon(date(2026, 1, 25)), number=2, plan=returned.plan)

    assert found(calm) == []


def test_only_the_plan_for_the_latest_years_counts(calm):
    planned(calm, PlanStatus.RETURNED, noon(date(2025, 1, 20)), year=2025)
    planned(calm, PlanStatus.PUBLISHED, noon(date(2026, 1, 20)), year=2026)

    assert found(calm) == []


def test_the_office_changes_what_a_rule_waits_for(calm, make):
    planned(calm, PlanStatus.RETURNED, noon(TODAY - timedelta(days=31)))
    make.programme.settings = {"returned_alert_days": 40}
    db.session.commit()

    assert found(calm) == []


# --- Visits -----------------------------------------------------------------------------------------------------

EIGHT_WEEKS_BEFORE = datetime(2028, 11, 5, 11, 0, tzinfo=UTC)


def test_one_visit_is_too_few_from_eight_weeks_before_the_end(calm, clock):
    advised(calm, noon(RECENTLY), Channel.VISIT, number=1)

    with core_clock.at(EIGHT_WEEKS_BEFORE - timedelta(days=1)):
        before = found(calm, but=Risk.NO_CONTACT)
    with core_clock.at(EIGHT_WEEKS_BEFORE):
        after = found(calm, but=Risk.NO_CONTACT)

    assert (before, after) == ([], [(Risk.NO_VISIT, date(2028, 11, 5))])


def test_two_visits_are_enough_and_a_waiver_does_as_well(make, clock):
    visited, excused = make.partnership(), make.partnership()
    for number in (1, 2):
        advised(visited, noon(RECENTLY), Channel.VISIT, ConsultationStatus.REPORTED, number=number)
    db.session.add(
        TaskWaiver(partnership_id=excused.id, task=TaskCode.VISITS, reason="As agreed", waived_on=TODAY)
    )

    with core_clock.at(EIGHT_WEEKS_BEFORE):
        assert (found(visited, but=Risk.NO_CONTACT), found(excused, but=Risk.NO_CONTACT)) == ([], [])


# --- All of them ------------------------------------------------------------------------------------------------


def test_a_closed_partnership_is_never_at_risk(make):
    partnership = make.partnership(led=False, founded_on=date(2025, 6, 1))
    planned(partnership, PlanStatus.RETURNED, noon(date(2025, 7, 1)))
    partnership.status, partnership.closed_on = PartnershipStatus.CLOSED, date(2026, 4, 1)

    with core_clock.at(EIGHT_WEEKS_BEFORE):
        assert found(partnership) == []


def test_one_at_risk_for_two_reasons_stands_there_twice_the_longer_first(old, make):
    planned(old, PlanStatus.RETURNED, noon(date(2025, 12, 1)), submitted_at=noon(date(2025, 11, 20)))

    assert found(old) == [(Risk.NO_CONTACT, date(2025, 11, 20)), (Risk.RETURNED, date(2025, 12, 1))]


def test_every_reason_has_its_rule():
    assert [rule.risk for rule in RULES] == list(Risk)


def test_whoever_is_missing_cannot_act_and_the_office_does(make):
    """Advised by nobody: its silence is the office's to end."""
    lonely = make.partnership(founded_on=date(2025, 6, 1), advised=False)
    animator = make.animator("Ewa Doradna")
    helped = make.partnership(founded_on=date(2025, 6, 2), animator=animator)

    lines = {line.at_risk.partnership_id: (line.turn, line.person) for line in lines_of(at_risk())}

    assert lines == {lonely.id: (Turn.OFFICE, None), helped.id: (Turn.ANIMATOR, "Ewa Doradna")}
