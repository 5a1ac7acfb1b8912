"""A partnership without a leader: a deputy or the office acts on its behalf, and that is marked wherever it shows."""

from datetime import date

import pytest

from accounts.policy import Permission, can
from core.audit import story_of
from core.database import db
from partnerships import services
from partnerships.behalf import OnBehalf
from partnerships.models import TermKind
from plans.definitions import PlanKind
from plans.documents.plan_pdf import document
from plans.models import PlanVersion
from plans.page import plan_page
from plans.services import consent, flow, writing
from plans.workflow import PlanStatus
from tests.partnerships.test_handing_over import TODAY, YESTERDAY

OFFICE_ACTED = "the programme office on behalf of the partnership, which had no leader"
DEPUTY_ACTED = "a deputy leader on behalf of the partnership, which had no leader"


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def without_leader(version: PlanVersion) -> PlanVersion:
    """Whoever led it has gone."""
    term = next(one for one in version.partnership.terms if one.kind is TermKind.LEADER)
    term.ends_on = YESTERDAY
    db.session.commit()
    return version


def last_event(version: PlanVersion) -> tuple[str, int | None, int | None, str | None]:
    event, _ = story_of(version.plan)[0]
    return event.event, event.actor_id, event.on_behalf_of_id, event.data.get("on_behalf")


def test_a_deputy_submits_and_publishes_on_behalf_of_the_partnership(make):
    version, deputy = make.general_plan(), make.user()
    make.term(version.partnership, deputy, can_submit=True, can_publish=True)
    without_leader(version)
    db.session.refresh(version.partnership)

    flow.submit_plan(version, actor=deputy)

    assert last_event(version) == ("plan.submitted", deputy.id, None, "partnership")
    assert version.submitted_on_behalf is OnBehalf.DEPUTY_FOR_PARTNERSHIP


def test_a_deputy_agrees_to_publish_and_thinks_again_on_behalf_of_the_partnership(make):
    version, deputy = make.general_plan(PlanStatus.SUBMITTED), make.user()
    make.term(version.partnership, deputy, can_publish=True)
    without_leader(version)
    db.session.refresh(version.partnership)

    consent.give_consent(version, actor=deputy)
    agreed = last_event(version)
    consent.take_consent_back(version, actor=deputy)

    assert agreed == ("plan.consented", deputy.id, None, "partnership")
    assert last_event(version) == ("plan.consent_taken_back", deputy.id, None, "partnership")


def test_beside_a_leader_a_deputy_acts_in_their_own_right(make):
    version, deputy = make.general_plan(), make.user()
    make.term(version.partnership, deputy, can_submit=True)
    db.session.refresh(version.partnership)

    flow.submit_plan(version, actor=deputy)

    assert last_event(version) == ("plan.submitted", deputy.id, None, None)
    assert (version.submitted_on_behalf, version.submission_on_behalf) == (None, "")


def test_the_office_publishes_for_a_leader_or_for_a_partnership_without_one(make):
    led, unled = (
        make.general_plan(PlanStatus.APPROVED),
        without_leader(make.general_plan(PlanStatus.APPROVED)),
    )
    office = make.office()
    leader = led.partnership.leader(TODAY)
    assert leader is not None

    flow.publish_plan(led, actor=office)
    flow.publish_plan(unled, actor=office)

    assert last_event(led) == ("plan.published", office.id, leader.id, None)
    assert last_event(unled) == ("plan.published", office.id, None, "partnership")
    assert led.published_on_behalf is OnBehalf.OFFICE_FOR_LEADER
    assert unled.publication_on_behalf == f"Published on 15 Apr 2026: {OFFICE_ACTED}."


def test_it_stands_on_the_plan_in_its_history_and_on_the_public_page(make, visit):
    office = make.office("Ola Biuro")
    version = without_leader(make.general_plan(PlanStatus.APPROVED))
    visit(as_=office).open(f"/plans/{version.id}").follow("Publish").submit("Publish the plan")
    place = version.partnership.municipality.address_name

    plan, public = (
        visit(as_=office).open(f"/plans/{version.id}"),
        visit().open(f"/en/municipalities/{place}/plan"),
    )

    assert f"Published on 15 Apr 2026: {OFFICE_ACTED}." in plan.text
    assert "Ola Biuro · on behalf of the partnership, which had no leader" in plan.text
    assert f"Published on 15 Apr 2026: {OFFICE_ACTED}." in public.text
    assert "Ola Biuro" not in public.text


def test_the_office_writes_and_starts_plans_where_nobody_leads_and_nowhere_else(make):
    office, led = make.office(), make.general_plan()
    unled = without_leader(make.general_plan())

    assert not can(office, Permission.PLAN_EDIT, led)
    assert not can(office, Permission.PLAN_START, led.partnership)
    assert can(office, Permission.PLAN_EDIT, unled)
    assert can(office, Permission.PLAN_START, unled.partnership)
    assert not can(office, Permission.PLAN_START_YEAR, unled.partnership), "yearly plans are the leader's own"
    started = writing.start_plan(make.partnership(led=False), PlanKind.GENERAL, year_from=2027, actor=office)
    assert last_event(started) == ("plan.started", office.id, None, "partnership")


def test_the_offices_way_ends_with_a_new_leader(make):
    office, version = make.office(), without_leader(make.general_plan())

    services.appoint_leader(version.partnership, make.user(), starts_on=TODAY, actor=office)

    assert not can(office, Permission.PLAN_EDIT, version)


def test_members_added_for_a_partnership_without_a_leader_are_marked_too(make):
    unled, deputy, office = make.partnership(led=False), make.user("Jan Zastępca"), make.office()
    make.term(unled, deputy)
    db.session.refresh(unled)
    led = make.partnership()

    for partnership, actor in ((unled, deputy), (led, office)):
        organisation = make.organisation(municipality=partnership.municipality)
        services.add_member(partnership, organisation, role="lender", joined_on=date(2026, 4, 1), actor=actor)

    marks = [story_of(one)[0][0].data.get("on_behalf") for one in (unled, led)]
    assert marks == ["partnership", None]


def test_the_animator_reads_on_whose_behalf_it_was_submitted_and_published(make, outbox):
    version, deputy = make.general_plan(), make.user()
    make.term(version.partnership, deputy, can_submit=True, can_publish=True)
    without_leader(version)
    db.session.refresh(version.partnership)
    approved, office = without_leader(make.general_plan(PlanStatus.APPROVED)), make.office()
    told_before = len(outbox())

    flow.submit_plan(version, actor=deputy)
    flow.publish_plan(approved, actor=office)

    submitted, published = outbox()[told_before:]
    assert f"Submitted on 15 Apr 2026: {DEPUTY_ACTED}." in submitted.body
    assert f"Published on 15 Apr 2026: {OFFICE_ACTED}." in published.body


def test_the_pdf_says_who_published_it(make):
    version = without_leader(make.general_plan(PlanStatus.APPROVED))

    flow.publish_plan(version, actor=make.office())

    shown = document(version, plan_page(version, public=True), address=None)
    assert {"label": "Published by", "text": OFFICE_ACTED} in shown["facts"]
