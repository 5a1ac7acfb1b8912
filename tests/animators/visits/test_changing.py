"""Moving and cancelling visits: both agree again, late is late in real hours, and the visit stays owed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from animators.consultations.models import ConsultationStatus, Side, SlotAnswer
from animators.visits import services
from animators.visits.errors import HasBegun, NoReason, OthersAsked, SayForWhom
from animators.visits.slots import Slot
from animators.visits.states import waits_on
from core import clock
from core.audit import AuditEvent
from core.database import db
from core.workflow import NotNow
from partnerships.services import close_partnership
from tests.animators.visits.conftest import slot

WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.fixture
def visit(sides):
    visit = services.propose(sides.partnership, [slot()], visit_no=1, actor=sides.animator)
    services.accept(visit.slots[0], actor=sides.leader)
    db.session.commit()
    return visit


def test_a_visit_moves_once_both_agree_again(visit, sides, outbox):
    before = len(outbox())
    services.ask_to_move(visit, [slot(20), slot(21)], reason="Flood", actor=sides.leader)

    assert (visit.status, visit.planned_start) == (ConsultationStatus.MOVED, slot().starts_at)
    assert (visit.move_asked_by, waits_on(visit)) == (Side.LEADER, Side.ANIMATOR)
    (asked,) = outbox()[before:]
    assert asked.to_name == "Jan Wilk"
    assert asked.calendar is None
    assert "- Agreed until now: Wednesday, 29 Apr 2026, 10:00–14:00, Library, Long Street 1" in asked.body
    assert "Reason: Flood" in asked.body

    services.accept(visit.slots[-1], actor=sides.animator)

    assert (visit.status, visit.planned_start) == (ConsultationStatus.AGREED, slot(21).starts_at)
    told = outbox()[before + 1 :]
    assert sorted(mail.to_name for mail in told) == ["Anna Lis", "Jan Wilk"]
    assert "- Before: Wednesday, 29 Apr 2026, 10:00–14:00, Library, Long Street 1" in told[0].body
    assert "- When: Wednesday, 6 May 2026, 10:00–14:00" in told[0].body
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "visit.moved")).one()
    assert event.data["before"] == {
        "planned_start": "2026-04-29T08:00:00+00:00",
        "planned_minutes": 240,
        "place": "Library, Long Street 1",
    }


def test_whoever_asked_may_leave_it_on_its_date_and_calendars_never_changed(visit, sides, outbox):
    services.ask_to_move(visit, [slot(20)], reason="", actor=sides.leader)
    with pytest.raises(OthersAsked):
        services.take_move_back(visit, actor=sides.animator)

    services.take_move_back(visit, actor=sides.leader)

    assert (visit.status, visit.planned_start) == (ConsultationStatus.AGREED, slot().starts_at)
    assert (visit.calendar_sequence, visit.slots[-1].answer) == (0, SlotAnswer.COUNTERED)
    assert outbox()[-1].subject == "Żółta Gęś: visit 1 stays on 29 Apr 2026"


def test_a_move_may_be_countered_and_declined(visit, sides):
    services.ask_to_move(visit, [slot(20)], reason="", actor=sides.leader)
    services.propose_again(visit, [slot(22)], actor=sides.animator)
    services.decline(visit, note="No bus", actor=sides.leader)

    assert (visit.status, visit.planned_start) == (ConsultationStatus.MOVED, slot().starts_at)
    assert visit.move_asked_by is Side.LEADER


def test_a_visit_that_has_begun_does_not_move(visit, sides, clock):
    clock.move_to(slot().starts_at)

    with pytest.raises(HasBegun):
        services.ask_to_move(visit, [slot(30)], reason="", actor=sides.leader)
    with pytest.raises(HasBegun):
        services.enter_agreed(visit, slot(30), actor=sides.leader)


def test_a_visit_to_be_moved_is_not_held_by_itself(visit, sides, clock):
    services.ask_to_move(visit, [slot(20)], reason="", actor=sides.leader)
    db.session.commit()
    clock.move_to(slot(15).starts_at)

    assert services.hold_past_visits() == 0
    assert visit.status is ConsultationStatus.MOVED


def test_cancelling_says_who_and_why_and_the_visit_stays_owed(visit, sides, outbox):
    before = len(outbox())
    with pytest.raises(NoReason):
        services.cancel(visit, reason=" ", actor=sides.leader)

    services.cancel(visit, reason="No electricity", actor=sides.leader)

    assert (visit.status, visit.cancelled_by, visit.cancel_reason, visit.cancelled_late) == (
        ConsultationStatus.CANCELLED,
        Side.LEADER,
        "No electricity",
        False,
    )
    told = outbox()[before:]
    assert sorted(mail.to_name for mail in told) == ["Anna Lis", "Jan Wilk"]
    assert all("METHOD:CANCEL" in (mail.calendar or "") for mail in told)
    assert "The visit stays owed. Please agree on another date within two weeks:" in told[0].body
    again = services.propose(sides.partnership, [slot(40)], visit_no=1, actor=sides.animator)
    assert (again.visit_no, again.id == visit.id) == (1, False)
    with pytest.raises(NotNow):
        services.cancel(visit, reason="Again", actor=sides.leader)


MOMENTS = {
    "ordinary days": datetime(2026, 4, 29, 10, tzinfo=WARSAW),
    "the clocks go forward between": datetime(2026, 3, 30, 10, tzinfo=WARSAW),
    "the clocks go back between": datetime(2026, 10, 26, 10, tzinfo=WARSAW),
}


@pytest.mark.parametrize("begins", MOMENTS.values(), ids=MOMENTS.keys())
@pytest.mark.parametrize(
    ("before", "late"),
    [
        (timedelta(hours=47, minutes=59), True),
        (timedelta(hours=48), False),
        (timedelta(hours=48, minutes=1), False),
    ],
)
def test_late_is_less_than_48_hours_that_really_pass(sides, clock, begins, before, late):
    clock.move_to(begins - timedelta(days=10))
    date = Slot(begins.astimezone(clock.now.tzinfo), 240, "Library")
    visit = services.enter_agreed(sides.partnership, date, visit_no=1, actor=sides.leader)
    clock.move_to(date.starts_at - before)

    services.cancel(visit, reason="Ill", actor=sides.animator)

    assert visit.cancelled_late is late


def test_by_the_clock_on_the_wall_the_limit_lies_an_hour_off_when_clocks_change(sides, clock):
    """47 real hours lie between 10:00 on Saturday and 10:00 on Monday when the clocks go forward."""
    monday = datetime(2026, 3, 30, 10, tzinfo=WARSAW)
    clock.move_to(monday - timedelta(days=10))
    date = Slot(monday.astimezone(clock.now.tzinfo), 240, "Library")
    visit = services.enter_agreed(sides.partnership, date, visit_no=1, actor=sides.leader)
    clock.move_to(datetime(2026, 3, 28, 10, tzinfo=WARSAW))

    services.cancel(visit, reason="Ill", actor=sides.animator)

    assert visit.cancelled_late


def test_the_second_late_cancellation_in_a_municipality_informs_the_office(sides, make, clock, outbox):
    office = make.office("Olga Biuro")
    for days in (1, 2):
        visit = services.enter_agreed(sides.partnership, slot(days), visit_no=1, actor=sides.leader)
        clock.move_to(slot(days).starts_at - timedelta(hours=2))
        told = len([mail for mail in outbox() if mail.to_name == office.name])
        assert told == 0
        services.cancel(visit, reason=f"Ill {days}", actor=sides.animator)

    (mail,) = [mail for mail in outbox() if mail.to_name == office.name]
    assert mail.subject == "Żółta Gęś: a visit was cancelled late again"
    assert "2 visits to Żółta Gęś were cancelled late. The last one by Jan Wilk:" in mail.body
    assert "- Reason: Ill 2" in mail.body


def test_a_move_asked_for_in_time_does_not_become_late_by_waiting(visit, sides, clock):
    clock.move_to(slot().starts_at - timedelta(hours=49))
    services.ask_to_move(visit, [slot(30)], reason="", actor=sides.leader)
    clock.move_to(slot().starts_at + timedelta(hours=10))

    services.cancel(visit, reason="Nobody answers", actor=sides.leader)

    assert visit.cancelled_late is False


def test_a_visit_that_was_not_held_after_all_is_cancelled_late(visit, sides, clock):
    clock.move_to(slot().ends_at + timedelta(hours=1))

    services.cancel(visit, reason="Nobody came", actor=sides.leader)

    assert (visit.status, visit.cancelled_late) == (ConsultationStatus.CANCELLED, True)


def test_what_was_only_proposed_is_withdrawn_without_any_calendar(sides, outbox):
    visit = services.propose(sides.partnership, [slot()], visit_no=1, actor=sides.animator)

    services.cancel(visit, reason="Wrong municipality", actor=sides.animator)

    mail = outbox()[-1]
    assert (mail.to_name, mail.calendar) == ("Anna Lis", None)
    assert (visit.cancelled_late, visit.slots[0].answer) == (False, SlotAnswer.COUNTERED)


def test_the_office_cancels_for_a_side_or_for_itself(visit, make):
    office = make.office()
    with pytest.raises(SayForWhom):
        services.cancel(visit, reason="Snow", actor=office)

    services.cancel(visit, reason="Snow", actor=office, for_side=Side.OFFICE)

    assert visit.cancelled_by is Side.OFFICE


def test_a_partnership_that_is_closed_is_visited_no_more(visit, sides, outbox, make):
    to_agree = services.propose(sides.partnership, [slot(30)], visit_no=2, actor=sides.animator)
    db.session.commit()
    before = len(outbox())

    close_partnership(
        sides.partnership, closed_on=clock.today(), reason="The library moves", actor=make.office("Ola Biuro")
    )
    db.session.commit()

    for one in (visit, to_agree):
        assert (one.status, one.cancelled_by) == (ConsultationStatus.CANCELLED, Side.OFFICE)
        assert (one.cancel_reason, one.cancelled_late) == ("The library moves", False)
    told = [mail for mail in outbox()[before:] if "is cancelled" in mail.subject]
    assert sorted((mail.to_name, mail.calendar is not None) for mail in told if "visit 1" in mail.subject) == [
        ("Anna Lis", True), ("Jan Wilk", True), ("Ola Biuro", True),
    ]  # fmt: skip
    assert all("The partnership is being closed, so no other date is needed" in mail.body for mail in told)
    assert not any("stays owed" in mail.body for mail in told)
