"""The whole story of a partnership: who, when, what, on whose behalf, old and new."""

from datetime import date

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from core.audit import AuditEvent
from core.database import db
from meetings.services import Outcome, When, change_meeting, record_meeting
from partnerships.services import record_founding
from plans.workflow import PlanStatus

TODAY = date(2026, 4, 15)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def leader(make):
    return make.user("Anna Lis")


@pytest.fixture
def partnership(make, leader):
    return make.partnership("Together", leader=leader)


def entries(page) -> list[str]:
    return [
        " ".join(item.text_content().split()) for item in page.tree.xpath("//li[@class='timeline-event']")
    ]


def test_old_and_new_values_stand_with_who_changed_them(partnership, leader, visit):
    record_founding(partnership, name="Digital together", founded_on=partnership.founded_on, actor=leader)
    db.session.commit()

    page = visit(as_=leader).open(f"/partnerships/{partnership.id}/history")

    (line,) = entries(page)
    assert "Changed the name or the day of founding" in line
    assert "Anna Lis" in line
    assert "before: Together now: Digital together" in line


def test_what_the_office_does_for_the_leader_says_so(make, partnership, leader, visit):
    office = make.office("Ola Biuro")
    record_meeting(partnership, When(TODAY, None, None, "Library"), Outcome(5), actor=office)
    db.session.commit()

    (line,) = entries(visit(as_=leader).open(f"/partnerships/{partnership.id}/history"))

    assert "Ola Biuro · on behalf of Anna Lis" in line


def test_the_history_narrows_to_a_kind_and_to_one_record(partnership, leader, visit):
    record_founding(partnership, name="Digital together", founded_on=partnership.founded_on, actor=leader)
    first = record_meeting(partnership, When(TODAY, None, None, "Library"), Outcome(5), actor=leader)
    second = record_meeting(
        partnership, When(date(2026, 4, 1), None, None, "School"), Outcome(6), actor=leader
    )
    change_meeting(second, When(date(2026, 4, 2), None, None, "School"), actor=leader)
    db.session.commit()
    visitor, address = visit(as_=leader), f"/partnerships/{partnership.id}/history"

    assert len(entries(visitor.open(address))) == 5
    assert len(entries(visitor.open(address, about="meetings"))) == 4
    assert len(entries(visitor.open(address, record=f"partnership_meeting-{first.id}"))) == 1
    assert len(entries(visitor.open(address, about="nonsense", record="user-1"))) == 5


def test_an_annual_plan_kept_to_oneself_is_no_story_for_the_animator(make, partnership, leader, visit):
    make.general_plan(PlanStatus.PUBLISHED, partnership=partnership)
    make.annual_plan(partnership=partnership)
    animator = partnership.animator(TODAY)
    address = f"/partnerships/{partnership.id}/history?about=plans"

    own, others = (len(entries(visit(as_=person).open(address))) for person in (leader, animator))

    assert own == others + 1


def test_history_is_only_added_to(partnership, leader):
    record_founding(partnership, name="Digital together", founded_on=partnership.founded_on, actor=leader)
    db.session.commit()

    for tampering in (update(AuditEvent).values(event="nothing"), delete(AuditEvent)):
        with pytest.raises(IntegrityError):
            db.session.execute(tampering)
        db.session.rollback()


def test_a_long_history_comes_in_pages_and_takes_as_many_queries(
    make, partnership, leader, visit, count_queries
):
    visitor, address = visit(as_=leader), f"/partnerships/{partnership.id}/history"
    record_founding(partnership, name="Name 0", founded_on=partnership.founded_on, actor=leader)
    db.session.commit()
    with count_queries() as few:
        visitor.open(address)
    for number in range(1, 61):
        record_founding(partnership, name=f"Name {number}", founded_on=partnership.founded_on, actor=leader)
    db.session.commit()
    with count_queries() as many:
        page = visitor.open(address)

    assert len(entries(page)) == 50
    assert len(entries(visitor.open(address, page="2"))) == 11
    assert many.count == few.count
