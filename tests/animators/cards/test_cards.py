"""A month by hand, the way of a card, and corrections that go to the next one."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from animators.cards.content import Content, Line, Rates, fingerprint, frozen, thawed
from animators.cards.errors import (
    CardSubmitted,
    ChangedSinceSeen,
    CorrectedLater,
    MonthNotBegun,
    MonthNotOver,
    MonthTooOld,
    NothingToSubmit,
    OwnCard,
)
from animators.cards.models import CardLine, Work, WorkCard
from animators.cards.queries import content_of
from animators.cards.services import entering, flow
from animators.cards.services.entering import Entry
from animators.cards.words import money
from animators.cards.workflow import CardStatus
from animators.consultations.models import Channel, ConsultationStatus
from core import clock as the_clock
from core.audit import story_of
from core.database import db
from core.i18n import in_language
from core.mail import OutboxMail
from core.workflow import NotNow
from plans.services import review
from plans.workflow import PlanStatus
from tests.animators.cards.working import APRIL, MARCH, MAY, begun, consultation, locked, outside, submitted

TODAY = datetime(2026, 4, 30, 10, tzinfo=UTC)
RATES = {
    "card_rate_visit": 6000, "card_rate_remote": 4500, "card_rate_outside": 4000, "card_rate_review": 15000,
    "card_rate_preparation": 3000, "card_rate_travel": 2000, "card_rate_km": 115,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _time(clock):
    clock.move_to(TODAY)


@pytest.fixture
def place(make):
    return make.partnership().municipality


def figures(content: Content) -> dict[str, tuple[int, int, int]]:
    return {one.work.value: (one.minutes, one.count, one.km) for one in content.totals}


def lines(card: WorkCard) -> list[tuple[date, Work, int, bool]]:
    return [(one.day, one.work, one.minutes, one.is_correction) for one in content_of(card).lines]


# --- A month by hand ---------------------------------------------------------------------------------------


def test_a_month_adds_up_as_by_hand(make, place):
    make.programme.settings = RATES
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    animator = plan.partnership.animator(the_clock.today())
    consultation(
        animator, place, date(2026, 4, 2), 250, channel=Channel.VISIT, status=ConsultationStatus.REPORTED
    )
    consultation(animator, place, date(2026, 4, 3), 20)
    consultation(
        animator, place, date(2026, 4, 9), 35, channel=Channel.ONLINE, status=ConsultationStatus.CONFIRMED
    )
    outside(animator, date(2026, 4, 10), 50)
    review.return_plan(plan, note="See the goals", actor=animator)
    card = begun(animator, APRIL)
    entering.add_line(card, Entry(date(2026, 4, 1), Work.PREPARATION, 100), actor=animator)
    entering.add_line(card, Entry(date(2026, 4, 2), Work.TRAVEL, 95, 87, "Opole – Łąki"), actor=animator)
    db.session.commit()

    content = content_of(card)

    assert figures(content) == {
        "visit": (250, 1, 0),
        "remote": (55, 2, 0),
        "outside": (50, 1, 0),
        "review": (0, 1, 0),
        "preparation": (100, 0, 0),
        "travel": (95, 0, 87),
    }
    assert {one.work.value: one.amount for one in content.totals} == {
        "visit": Decimal("250.00"),
        "remote": Decimal("41.25"),
        "outside": Decimal("33.33"),
        "review": Decimal("150.00"),
        "preparation": Decimal("50.00"),
        "travel": Decimal("131.72"),  # 95 minutes at 20 zł are 31.666…, 87 km at 1.15 zł 100.05
    }
    assert (content.minutes, content.km, content.amount) == (550, 87, Decimal("656.30"))


def test_only_what_took_place_counts(make, place):
    animator = make.animator()
    for status in ConsultationStatus:
        consultation(animator, place, date(2026, 4, 3), 10, status=status)
    taken_over = consultation(animator, place, date(2026, 4, 3), 10)
    taken_over.taken_over = True
    outside(animator, date(2026, 4, 4), 10).taken_back_at = TODAY
    consultation(make.animator(), place, date(2026, 4, 3), 10)

    content = content_of(begun(animator, APRIL))

    assert figures(content) == {"remote": (50, 5, 0)}


def test_a_call_late_in_the_evening_belongs_to_the_day_on_the_wall(make, place):
    animator = make.animator()
    call = consultation(animator, place, date(2026, 3, 31), 10)
    call.actual_start = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)
    db.session.commit()

    assert lines(begun(animator, APRIL)) == [(date(2026, 4, 1), Work.REMOTE, 10, False)]
    assert lines(begun(animator, MARCH)) == []


@pytest.mark.parametrize(
    ("minutes", "rate", "amount"),
    [
        (1, 30, "0.01"),
        (1, 29, "0.00"),
        (20, 4501, "15.00"),
        (7, 6543, "7.63"),
        (-20, 4500, "-15.00"),
        (59, 1, "0.01"),
    ],
)
def test_amounts_are_rounded_to_the_grosz_and_halves_up(minutes, rate, amount):
    rates = Rates(dict.fromkeys(Work, rate), 0)
    content = Content([Line("line:1", APRIL, Work.OTHER, "", minutes)], rates)

    assert content.amount == Decimal(amount)


def test_the_sum_is_that_of_the_amounts_shown():
    rates = Rates(dict.fromkeys(Work, 1000), 0)
    content = Content(
        [Line(str(work), APRIL, work, "", 1) for work in (Work.VISIT, Work.REMOTE, Work.TRAVEL)], rates
    )

    assert [one.amount for one in content.totals] == [Decimal("0.17")] * 3
    assert content.amount == Decimal("0.51")


def test_amounts_are_written_as_people_write_them():
    with in_language("pl"):
        assert money(Decimal("1234.5")) == "1\u00a0234,50 zł"


def test_without_rates_no_amounts_are_shown(make):
    content = content_of(begun(make.animator(), APRIL))

    assert not content.rates.are_set


# --- Begun, submitted, checked, locked ----------------------------------------------------------------------


def test_a_card_is_begun_once(make):
    animator = make.animator()

    assert begun(animator, date(2026, 4, 17)) is begun(animator, APRIL)
    assert len(db.session.scalars(select(WorkCard)).all()) == 1


@pytest.mark.parametrize(("month", "refusal"), [(MAY, MonthNotBegun), (date(2025, 4, 1), MonthTooOld)])
def test_there_are_no_cards_of_months_to_come_or_long_gone(make, month, refusal):
    animator = make.animator()

    with pytest.raises(refusal):
        entering.begin_card(animator, month, actor=animator)


def test_a_submitted_card_is_what_was_seen(make, place):
    animator = make.animator()
    consultation(animator, place, date(2026, 4, 2), 30)
    card = submitted(begun(animator, APRIL))

    assert card.status is CardStatus.SUBMITTED
    assert card.content_hash == fingerprint(card.content or {})
    assert frozen(thawed(card.content or {})) == card.content


def test_what_changed_since_it_was_seen_is_looked_at_again(make, place):
    animator = make.animator()
    consultation(animator, place, date(2026, 4, 2), 30)
    card = begun(animator, APRIL)
    seen = flow.seen_as(content_of(card))
    consultation(animator, place, date(2026, 4, 3), 15)

    with pytest.raises(ChangedSinceSeen):
        flow.submit_card(card, seen=seen, actor=animator)


def test_a_card_is_submitted_when_its_month_is_over(make, clock, place):
    animator = make.animator()
    consultation(animator, place, date(2026, 4, 2), 30)
    card = begun(animator, APRIL)
    clock.move_to(datetime(2026, 4, 29, 10, tzinfo=UTC))

    with pytest.raises(MonthNotOver):
        flow.submit_card(card, seen=flow.seen_as(content_of(card)), actor=animator)


def test_an_empty_card_is_not_submitted(make):
    card = begun(make.animator(), APRIL)

    with pytest.raises(NothingToSubmit):
        flow.submit_card(card, seen=flow.seen_as(content_of(card)), actor=card.animator)


def test_nobody_checks_their_own_card(make, place):
    office = make.office()
    consultation(office, place, date(2026, 4, 2), 30)
    card = submitted(begun(office, APRIL))

    for deed in (
        lambda: flow.check_card(card, actor=office),
        lambda: flow.send_back(card, reason="No", actor=office),
    ):
        with pytest.raises(OwnCard, match="your own card"):
            deed()
    flow.check_card(card, actor=make.office())
    with pytest.raises(OwnCard):
        flow.lock_card(card, actor=office)


def test_a_returned_card_is_told_about_and_follows_the_records_again(make, place):
    animator, office = make.animator(), make.office()
    call = consultation(animator, place, date(2026, 4, 2), 30)
    card = submitted(begun(animator, APRIL))

    flow.send_back(card, reason="Brakuje dojazdu", actor=office)
    call.actual_minutes = 45
    db.session.commit()

    assert (card.status, card.content, card.content_hash) == (CardStatus.RETURNED, None, None)
    assert lines(card) == [(date(2026, 4, 2), Work.REMOTE, 45, False)]
    mail = db.session.scalars(select(OutboxMail)).one()
    assert mail.to_address == animator.mail_address
    assert "Brakuje dojazdu" in mail.body
    assert [event.event for event, _personal in story_of(card)] == [
        "card.returned",
        "card.submitted",
        "card.begun",
    ]


def test_an_animator_takes_a_card_back_until_it_is_checked(make, place):
    animator, office = make.animator(), make.office()
    consultation(animator, place, date(2026, 4, 2), 30)
    card = submitted(begun(animator, APRIL))

    flow.take_back(card, actor=animator)
    assert card.status is CardStatus.OPEN

    flow.check_card(submitted(card), actor=office)
    with pytest.raises(NotNow):
        flow.take_back(card, actor=animator)


# --- Corrections ---------------------------------------------------------------------------------------------


def test_what_changes_after_the_card_stands_on_the_next_one(make, clock, place):
    animator, office = make.animator(), make.office()
    call = consultation(animator, place, date(2026, 3, 5), 60)
    gone = consultation(animator, place, date(2026, 3, 6), 40)
    march = locked(begun(animator, MARCH), office)
    call.actual_minutes = 45
    gone.status = ConsultationStatus.VOID
    consultation(animator, place, date(2026, 3, 30), 25)
    consultation(animator, place, date(2026, 4, 2), 10)
    db.session.commit()

    april = begun(animator, APRIL)

    assert lines(april) == [
        (date(2026, 3, 5), Work.REMOTE, -15, True),
        (date(2026, 3, 6), Work.REMOTE, -40, True),
        (date(2026, 3, 30), Work.REMOTE, 25, True),
        (date(2026, 4, 2), Work.REMOTE, 10, False),
    ]
    assert content_of(march).minutes == 100
    assert figures(content_of(april)) == {"remote": (-20, 1, 0)}


def test_a_second_change_is_the_difference_to_both_cards(make, clock, place):
    animator, office = make.animator(), make.office()
    call = consultation(animator, place, date(2026, 3, 5), 60)
    locked(begun(animator, MARCH), office)
    call.actual_minutes = 45
    db.session.commit()
    locked(begun(animator, APRIL), office)
    clock.move_to(datetime(2026, 5, 31, 10, tzinfo=UTC))
    call.actual_minutes = 50
    db.session.commit()

    assert lines(begun(animator, MAY)) == [(date(2026, 3, 5), Work.REMOTE, 5, True)]


def test_a_correction_waits_for_the_next_open_card(make, clock, place):
    animator, office = make.animator(), make.office()
    call = consultation(animator, place, date(2026, 3, 5), 60)
    locked(begun(animator, MARCH), office)
    call.actual_minutes = 70
    db.session.commit()
    clock.move_to(datetime(2026, 5, 31, 10, tzinfo=UTC))

    may = begun(animator, MAY)
    assert lines(may) == [(date(2026, 3, 5), Work.REMOTE, 10, True)]
    april = begun(animator, APRIL)
    assert (lines(april), lines(may)) == ([(date(2026, 3, 5), Work.REMOTE, 10, True)], [])


def test_a_card_whose_correction_was_submitted_stays(make, place):
    animator, office = make.animator(), make.office()
    call = consultation(animator, place, date(2026, 3, 5), 60)
    march = submitted(begun(animator, MARCH))
    call.actual_minutes = 70
    db.session.commit()
    submitted(begun(animator, APRIL))

    with pytest.raises(CorrectedLater):
        flow.send_back(march, reason="Again", actor=office)
    with pytest.raises(CorrectedLater):
        flow.take_back(march, actor=animator)


# --- What the database itself keeps --------------------------------------------------------------------------


def test_the_database_refuses_to_change_what_was_submitted(make, place):
    animator, office = make.animator(), make.office()
    consultation(animator, place, date(2026, 3, 2), 30)
    card = begun(animator, MARCH)
    line = entering.add_line(card, Entry(date(2026, 3, 3), Work.TRAVEL, 60, 50), actor=animator)
    flow.check_card(submitted(card), actor=office)
    db.session.commit()
    number, line_id = card.id, line.id

    def refused(statement) -> None:
        with pytest.raises(IntegrityError, match="does not change"):
            db.session.execute(statement)
        db.session.rollback()

    of_card = WorkCard.id == number
    refused(update(WorkCard).where(of_card).values(content_hash="0" * 64))
    refused(update(WorkCard).where(of_card).values(content={"lines": [], "rates": {}}))
    refused(update(CardLine).where(CardLine.id == line_id).values(km=1))
    refused(delete(CardLine).where(CardLine.id == line_id))
    refused(delete(WorkCard).where(of_card))
    flow.lock_card(db.session.get_one(WorkCard, number), actor=db.session.merge(office))
    db.session.commit()
    refused(update(WorkCard).where(of_card).values(status=CardStatus.RETURNED))


def test_a_submitted_card_takes_no_lines(make, place):
    animator = make.animator()
    consultation(animator, place, date(2026, 4, 2), 30)
    card = begun(animator, APRIL)
    line = entering.add_line(card, Entry(date(2026, 4, 3), Work.TRAVEL, 60), actor=animator)
    submitted(card)
    entry = Entry(date(2026, 4, 3), Work.PREPARATION, 60)

    for deed in (
        lambda: entering.add_line(card, entry, actor=animator),
        lambda: entering.change_line(line, entry, actor=animator),
        lambda: entering.remove_line(line, actor=animator),
    ):
        with pytest.raises(CardSubmitted, match="next month"):
            deed()
