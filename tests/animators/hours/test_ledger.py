"""The rules of the ledger, one by one."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from animators.consultations.models import Channel
from animators.hours import deciding
from animators.hours.balances import Balance
from animators.hours.errors import BookedAlready, OverBudgetNeedsReason
from animators.hours.forecasts import Level, forecast
from animators.hours.ledger import book, correct, request_of, take_back
from animators.hours.models import BudgetAdjustment, Decision, HourBudget, LedgerEntry, LedgerKind, Pot
from core.audit import AuditEvent
from core.database import db
from tests.animators.hours.entries import booked, consultation, overrun, remote, visits


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def animator(make):
    return make.animator()


@pytest.fixture
def place(make, animator):
    return make.partnership(animator=animator).municipality


def entries() -> list[tuple[str, int, str]]:
    rows = db.session.scalars(select(LedgerEntry).order_by(LedgerEntry.id))
    return [(str(one.budget.pot), one.minutes, str(one.kind)) for one in rows]


def requests() -> list[tuple[int, Decision]]:
    rows = db.session.scalars(select(BudgetAdjustment).order_by(BudgetAdjustment.id))
    return [(one.minutes, one.decision) for one in rows]


def test_what_fits_is_one_entry_of_the_usual_grant(place, animator):
    booking = booked(place, 90, animator=animator, reason=None)

    assert (booking.over, booking.request) == (0, None)
    assert entries() == [("remote", 90, "consultation")]
    assert (remote(place), visits(place)) == (Balance(480, 90), Balance(480, 0))
    assert booking.entry is not None
    assert (booking.entry.day, booking.entry.made_by_id) == (date(2026, 4, 15), animator.id)


def test_a_visit_takes_from_the_pot_of_visits(place, animator):
    booked(place, 240, animator=animator, channel=Channel.VISIT)

    assert (remote(place), visits(place)) == (Balance(480, 0), Balance(480, 240))


def test_every_remote_channel_takes_from_the_same_pot(place):
    for channel in set(Channel) - {Channel.VISIT}:
        booked(place, 30, channel=channel)

    assert remote(place) == Balance(480, 120)


def test_what_does_not_fit_stands_apart_as_one_request(place, animator):
    booked(place, 450, animator=animator)
    booking = booked(place, 50, animator=animator, reason="Two partners at once")

    assert (booking.entry and booking.entry.minutes, booking.over) == (30, 20)
    assert remote(place) == Balance(480, 480, 20)
    assert requests() == [(20, Decision.PENDING)]
    assert booking.request is not None
    assert (booking.request.reason, booking.request.requested_by) == ("Two partners at once", animator)
    assert booking.request.consultation is not None
    assert booking.request.consultation.over_budget_minutes == 20


def test_over_the_pot_without_a_reason_nothing_is_entered(place):
    with pytest.raises(OverBudgetNeedsReason) as refusal:
        booked(place, 500, reason=None)

    assert (refusal.value.over, refusal.value.field) == (20, "over_reason")
    assert str(refusal.value) == (
        "20 min go over the pot. Say why they were needed: the programme office decides about them."
    )
    assert (entries(), requests()) == ([], [])


def test_the_same_consultation_is_booked_once(place):
    one = consultation(place, 60)
    book(one, reason=None, actor=None)

    with pytest.raises(BookedAlready):
        book(one, reason=None, actor=None)

    assert entries() == [("remote", 60, "consultation")]


def test_a_correction_is_a_new_entry_and_the_first_stays(place, animator):
    one = consultation(place, 90, animator=animator)
    book(one, reason=None, actor=animator)

    correct(one, 60, reason="Counted the way too", actor=animator)
    correct(one, 75, reason="It was longer", actor=animator)

    assert entries() == [
        ("remote", 90, "consultation"), ("remote", -30, "correction"), ("remote", 15, "correction"),
    ]  # fmt: skip
    assert (one.actual_minutes, remote(place)) == (75, Balance(480, 75))


def test_a_correction_upwards_over_the_pot_asks_the_office(place):
    one = consultation(place, 470)
    book(one, reason=None, actor=None)

    booking = correct(one, 500, reason="It was longer", actor=None)

    assert (booking.over, remote(place)) == (20, Balance(480, 480, 20))


def test_a_second_overrun_of_one_consultation_makes_its_request_bigger(place):
    one = consultation(place, 500)
    book(one, reason="Long", actor=None)

    correct(one, 530, reason="Longer still", actor=None)

    request = request_of(one)
    assert request is not None
    assert (request.minutes, request.reason, requests()) == (50, "Longer still", [(50, Decision.PENDING)])


def test_a_correction_downwards_first_gives_up_what_stands_apart(place):
    one = consultation(place, 500)
    book(one, reason="Long", actor=None)

    correct(one, 490, reason="Less", actor=None)
    assert (remote(place), requests()) == (Balance(480, 480, 10), [(10, Decision.PENDING)])

    correct(one, 470, reason="Less still", actor=None)
    assert (remote(place), requests()) == (Balance(480, 470), [(10, Decision.SETTLED)])
    assert one.over_budget_minutes == 0


def test_where_room_comes_back_what_waited_longest_goes_in_by_itself(place):
    first = consultation(place, 470)
    book(first, reason=None, actor=None)
    second, third = booked(place, 30, reason="A").request, booked(place, 40, reason="B").request

    take_back(first, reason="It was another municipality", actor=None)

    assert second is not None
    assert third is not None
    assert [second.decision, third.decision] == [Decision.SETTLED, Decision.SETTLED]
    assert remote(place) == Balance(480, 70)


def test_what_is_given_back_and_partly_used_leaves_a_smaller_request(place):
    first = consultation(place, 480)
    book(first, reason=None, actor=None)
    waiting = booked(place, 60).request

    correct(first, 460, reason="Less", actor=None)

    assert waiting is not None
    assert (waiting.minutes, waiting.decision, remote(place)) == (40, Decision.PENDING, Balance(480, 480, 40))


def test_a_void_consultation_gives_back_every_minute_and_keeps_its_entries(place):
    one = consultation(place, 500)
    book(one, reason="Long", actor=None)

    take_back(one, reason="Never took place", actor=None)

    assert entries() == [("remote", 480, "consultation"), ("remote", -480, "correction")]
    assert (remote(place), requests(), one.over_budget_minutes) == (
        Balance(480, 0), [(20, Decision.SETTLED)], 0,
    )  # fmt: skip


def test_refused_minutes_stay_apart_even_where_room_comes_back(make, place):
    first = consultation(place, 480)
    book(first, reason=None, actor=None)
    request = booked(place, 30).request
    assert request is not None
    deciding.refuse(request, note="Plan ahead", actor=make.office())

    take_back(first, reason="Void", actor=None)

    assert remote(place) == Balance(480, 0)
    assert request.consultation is not None
    assert (request.decision, request.consultation.over_budget_minutes) == (Decision.REFUSED, 30)


def test_what_is_used_is_warned_of_before_it_is_saved(place):
    booked(place, 300)

    found = [forecast(place, Pot.REMOTE, minutes) for minutes in (30, 60, 180, 200)]

    assert [(one.within, one.over, one.percent_after, one.level) for one in found] == [
        (30, 0, 68, Level.CALM), (60, 0, 75, Level.NEAR), (180, 0, 100, Level.FULL), (180, 20, 104, Level.OVER),
    ]  # fmt: skip
    assert [one.sentence for one in found] == [
        "Remote advice: 2 h 30 min of 8 h will be left (68 % used).",
        "Remote advice: 2 h of 8 h will be left (75 % used).",
        "Remote advice: with this all of 8 h is used. Whatever comes after needs the office.",
        "Remote advice: 3 h of 8 h are left. The other 20 min stand apart until the office decides.",
    ]


def test_of_a_full_pot_all_of_it_stands_apart(place):
    booked(place, 480)

    found = forecast(place, Pot.REMOTE, 30)

    assert (found.within, found.over, found.left) == (0, 30, 0)
    assert found.sentence == (
        "Remote advice: nothing of 8 h is left. All 30 min stand apart until the office decides."
    )


def test_the_history_tells_of_a_request_once(place, animator):
    overrun(place, 20, animator=animator)

    told = select(AuditEvent.event, AuditEvent.data).where(AuditEvent.event.startswith("hours."))
    assert [(event, data) for event, data in db.session.execute(told)] == [
        ("hours.asked", {"before": {"pending": 0}, "after": {"pending": 20}})
    ]


@pytest.mark.parametrize("change", ["UPDATE ledger_entry SET minutes = 1", "DELETE FROM ledger_entry"])
def test_the_database_itself_lets_nobody_change_what_was_entered(place, change):
    booked(place, 60)
    db.session.commit()

    with pytest.raises(IntegrityError, match="the ledger is only added to"):
        db.session.execute(text(change))
    db.session.rollback()


def test_a_pot_is_opened_once_with_what_is_usual_at_that_time(place):
    booked(place, 10)
    booked(place, 10)

    assert [(one.pot, one.granted_minutes) for one in db.session.scalars(select(HourBudget))] == [
        (Pot.REMOTE, 480)
    ]


def test_an_entry_is_of_the_day_on_which_advice_was_given_in_warsaw(place):
    late = consultation(place, 30)
    late.actual_start = datetime(2026, 4, 9, 22, 30, tzinfo=UTC)

    booking = book(late, reason=None, actor=None)

    assert booking.entry is not None
    assert (booking.entry.day, booking.entry.kind) == (date(2026, 4, 10), LedgerKind.CONSULTATION)
