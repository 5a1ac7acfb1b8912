"""Agreeing on a date for a visit: by phone, or by proposing and answering."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from animators.consultations.models import Consultation, ConsultationStatus, Side, SlotAnswer
from animators.visits import services
from animators.visits.errors import (
    AllVisitsEntered,
    AnsweredAlready,
    NoSuchVisit,
    NothingToAnswer,
    NoWord,
    OnItsWayAlready,
    OwnDates,
    SayForWhom,
    StandsAlready,
)
from animators.visits.states import entered_by_phone, may_be_objected_to, state_of, waits_on
from core.audit import AuditEvent
from core.database import db
from core.workflow import NotNow
from partnerships.errors import PartnershipClosed
from partnerships.models import AssignmentKind
from partnerships.workflow import PartnershipStatus
from tests.animators.visits.conftest import slot


def test_a_date_agreed_by_phone_stands_at_once_and_the_other_side_gets_an_entry_and_a_link(
    sides, outbox, clock
):
    visit = services.enter_agreed(sides.partnership, slot(), visit_no=1, actor=sides.leader)

    assert (visit.status, visit.visit_no, visit.planned_start) == (
        ConsultationStatus.AGREED,
        1,
        slot().starts_at,
    )
    assert (visit.planned_minutes, visit.place, visit.animator) == (
        240,
        "Library, Long Street 1",
        sides.animator,
    )
    assert visit.stands_from == clock.now + timedelta(days=2)
    to_animator, to_leader = outbox()
    assert (to_animator.to_name, to_leader.to_name) == ("Jan Wilk", "Anna Lis")
    assert to_animator.subject == "Żółta Gęś: visit 1 is agreed on 29 Apr 2026"
    assert "- When: Wednesday, 29 Apr 2026, 10:00–14:00" in to_animator.body
    assert "- Where: Library, Long Street 1" in to_animator.body
    assert "If it is not right, say so until 17 Apr 2026, 12:00, without signing in:" in to_animator.body
    assert "/do/" in to_animator.body
    assert "/do/" not in to_leader.body
    assert "METHOD:REQUEST" in (to_animator.calendar or "")
    assert "METHOD:REQUEST" in (to_leader.calendar or "")


def test_without_objection_the_date_stands_after_two_days_though_nothing_ran(sides, clock):
    visit = services.enter_agreed(sides.partnership, slot(), visit_no=1, actor=sides.leader)

    assert may_be_objected_to(visit)
    clock.tick(days=2, seconds=-1)
    assert may_be_objected_to(visit)
    clock.tick(seconds=1)
    assert not may_be_objected_to(visit)
    entered = entered_by_phone(visit)
    assert entered is not None
    with pytest.raises(StandsAlready, match="This date stands since 17 Apr 2026"):
        services.object_to(entered, note="", actor=sides.animator)


def test_a_visit_sooner_than_that_is_objected_to_until_it_is_over_and_the_mail_says_so(sides, clock, outbox):
    visit = services.enter_agreed(sides.partnership, slot(1), visit_no=1, actor=sides.leader)

    to_animator = outbox()[0]
    assert "If it is not right, say so until 16 Apr 2026, 14:00, without signing in:" in to_animator.body
    clock.tick(hours=26, seconds=-1)
    assert may_be_objected_to(visit)
    clock.tick(seconds=1)
    assert not may_be_objected_to(visit)


def test_an_objection_puts_it_back_tells_both_and_takes_it_out_of_calendars(sides, outbox):
    visit = services.enter_agreed(sides.partnership, slot(), visit_no=1, actor=sides.leader)
    entered = entered_by_phone(visit)
    assert entered is not None

    services.object_to(entered, note="We said Thursday", actor=sides.animator)

    assert (visit.status, visit.planned_start, visit.place) == (ConsultationStatus.PROPOSED, None, None)
    assert (entered.answer, entered.answer_note) == (SlotAnswer.DECLINED, "We said Thursday")
    mails = outbox()[2:]
    assert sorted(mail.to_name for mail in mails) == ["Anna Lis", "Jan Wilk"]
    assert all("METHOD:CANCEL" in (mail.calendar or "") for mail in mails)
    assert all("SEQUENCE:1" in (mail.calendar or "") for mail in mails)
    assert "In their words: We said Thursday" in mails[0].body


def test_nobody_objects_to_what_their_own_side_entered(sides):
    visit = services.enter_agreed(sides.partnership, slot(), visit_no=1, actor=sides.leader)
    entered = entered_by_phone(visit)
    assert entered is not None

    with pytest.raises(OwnDates):
        services.object_to(entered, note="", actor=sides.leader)


def test_one_side_proposes_and_the_other_accepts_one_of_the_dates(sides, outbox):
    visit = services.propose(
        sides.partnership, [slot(14), slot(15), slot(16)], visit_no=1, actor=sides.animator
    )

    assert (visit.status, waits_on(visit)) == (ConsultationStatus.PROPOSED, Side.LEADER)
    (asked,) = outbox()
    assert asked.to_name == "Anna Lis"
    assert asked.subject == "Żółta Gęś: dates for visit 1, please answer"
    assert "- Thursday, 30 Apr 2026, 10:00–14:00: Library, Long Street 1" in asked.body
    assert "Please accept one of them, propose others or decline by 22 Apr 2026:" in asked.body

    services.accept(visit.slots[1], actor=sides.leader)

    assert (visit.status, visit.planned_start) == (ConsultationStatus.AGREED, slot(15).starts_at)
    answers = [one.answer for one in visit.slots]
    assert answers == [SlotAnswer.DECLINED, SlotAnswer.ACCEPTED, SlotAnswer.DECLINED]
    told = outbox()[1:]
    assert sorted(mail.to_name for mail in told) == ["Anna Lis", "Jan Wilk"]
    assert all("METHOD:REQUEST" in (mail.calendar or "") for mail in told)
    assert not may_be_objected_to(visit)


def test_an_answer_is_asked_for_before_the_first_date(sides, outbox):
    services.propose(sides.partnership, [slot(3)], visit_no=1, actor=sides.animator)

    (asked,) = outbox()
    assert "decline by 17 Apr 2026:" in asked.body


def test_the_other_side_counters_with_dates_of_its_own(sides, outbox):
    visit = services.propose(sides.partnership, [slot(14)], visit_no=1, actor=sides.animator)

    services.propose_again(visit, [slot(20), slot(21)], actor=sides.leader)

    assert waits_on(visit) is Side.ANIMATOR
    assert [one.answer for one in visit.slots] == [SlotAnswer.COUNTERED, SlotAnswer.OPEN, SlotAnswer.OPEN]
    mail = outbox()[-1]
    assert (mail.to_name, mail.subject) == ("Jan Wilk", "Żółta Gęś: other dates for visit 1, please answer")


def test_the_other_side_declines_with_a_word(sides, outbox):
    visit = services.propose(sides.partnership, [slot(14)], visit_no=1, actor=sides.animator)

    with pytest.raises(NoWord):
        services.decline(visit, note="  ", actor=sides.leader)
    services.decline(visit, note="We are closed", actor=sides.leader)

    assert (visit.status, waits_on(visit)) == (ConsultationStatus.PROPOSED, None)
    mail = outbox()[-1]
    assert mail.to_name == "Jan Wilk"
    assert "We are closed" in mail.body
    assert "Please propose other dates within a week, or call and enter what you agree:" in mail.body
    with pytest.raises(NothingToAnswer):
        services.decline(visit, note="Again", actor=sides.leader)


def test_nobody_accepts_or_declines_dates_of_their_own_side(sides, make):
    deputy = make.user("Ewa Sowa")
    make.term(sides.partnership, deputy)
    db.session.expire_all()
    visit = services.propose(sides.partnership, [slot()], visit_no=1, actor=deputy)

    with pytest.raises(OwnDates):
        services.accept(visit.slots[0], actor=sides.leader)
    with pytest.raises(OwnDates):
        services.decline(visit, note="No", actor=deputy)


def test_a_date_answered_already_is_not_answered_again(sides):
    visit = services.propose(sides.partnership, [slot(14), slot(15)], visit_no=1, actor=sides.animator)
    first, second = visit.slots
    services.accept(first, actor=sides.leader)

    for one in (first, second):
        with pytest.raises(AnsweredAlready, match="These dates have been answered already"):
            services.accept(one, actor=sides.leader)
    with pytest.raises(NotNow):
        services.decline(visit, note="No", actor=sides.leader)


def test_what_was_proposed_can_be_settled_by_phone(sides):
    visit = services.propose(sides.partnership, [slot(14)], visit_no=1, actor=sides.animator)

    services.enter_agreed(visit, slot(18), actor=sides.leader)

    assert (visit.status, visit.planned_start) == (ConsultationStatus.AGREED, slot(18).starts_at)
    assert [one.answer for one in visit.slots] == [SlotAnswer.COUNTERED, SlotAnswer.ACCEPTED]


def test_a_municipality_has_one_visit_of_each_number_and_never_more_than_allowed(sides):
    services.enter_agreed(sides.partnership, slot(14), visit_no=1, actor=sides.leader)
    services.propose(sides.partnership, [slot(40)], visit_no=2, actor=sides.leader)

    with pytest.raises(OnItsWayAlready, match=r"Visit 1 has been entered meanwhile \(Agreed\)"):
        services.enter_agreed(sides.partnership, slot(14), visit_no=1, actor=sides.animator)
    with pytest.raises(OnItsWayAlready, match=r"Visit 2 has been entered meanwhile \(Proposed\)"):
        services.propose(sides.partnership, [slot(15)], visit_no=2, actor=sides.animator)
    for number in (0, 3):
        with pytest.raises(NoSuchVisit, match="A municipality has 2 visits in this programme"):
            services.propose(sides.partnership, [slot(15)], visit_no=number, actor=sides.animator)


def test_after_a_merger_with_two_first_visits_there_is_room_for_no_more(sides, make):
    for _ in range(2):
        db.session.add(
            Consultation(
                municipality=sides.partnership.municipality,
                channel="visit",
                visit_no=1,
                status=ConsultationStatus.CONFIRMED,
            )
        )
    db.session.commit()

    with pytest.raises(AllVisitsEntered):
        services.propose(sides.partnership, [slot()], visit_no=2, actor=sides.leader)


def test_the_office_acts_for_either_side_and_both_learn_of_it(sides, make, outbox):
    office = make.office("Olga Biuro")

    with pytest.raises(SayForWhom):
        services.enter_agreed(sides.partnership, slot(), visit_no=1, actor=office)
    visit = services.enter_agreed(sides.partnership, slot(), visit_no=1, actor=office, for_side=Side.LEADER)

    entered = entered_by_phone(visit)
    assert entered is not None
    assert (entered.proposed_by, entered.by_office) == (Side.LEADER, True)
    by_name = {mail.to_name: mail.body for mail in outbox()}
    assert sorted(by_name) == ["Anna Lis", "Jan Wilk", "Olga Biuro"]
    assert "Olga Biuro of the programme office, on behalf of the partnership entered" in by_name["Jan Wilk"]
    assert "/do/" in by_name["Jan Wilk"]
    assert "/do/" not in by_name["Anna Lis"]
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "visit.entered")).one()
    assert (event.actor_id, event.on_behalf_of_id) == (office.id, sides.leader.id)


def test_the_office_answers_for_the_side_that_is_asked(sides, make):
    office = make.office()
    visit = services.propose(sides.partnership, [slot()], visit_no=1, actor=sides.leader)

    services.accept(visit.slots[0], actor=office)

    assert visit.status is ConsultationStatus.AGREED
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "visit.agreed")).one()
    assert (event.actor_id, event.on_behalf_of_id) == (office.id, sides.animator.id)


def test_while_somebody_covers_the_notices_and_the_answer_are_theirs(sides, make, outbox):
    cover = make.animator("Zofia Bóbr")
    make.assignment(sides.partnership.municipality, cover, kind=AssignmentKind.COVER, ends_on=slot(60).on)
    db.session.expire_all()

    visit = services.propose(sides.partnership, [slot()], visit_no=1, actor=sides.leader)
    services.accept(visit.slots[0], actor=cover)

    assert [mail.to_name for mail in outbox()] == ["Zofia Bóbr", "Anna Lis", "Zofia Bóbr"]
    assert visit.animator is cover


def test_where_nobody_leads_the_office_is_asked(make, outbox):
    animator, office = make.animator(), make.office("Olga Biuro")
    partnership = make.partnership(animator=animator, led=False)

    services.propose(partnership, [slot()], visit_no=1, actor=animator)

    assert [mail.to_name for mail in outbox()] == [office.name]


def test_a_closed_partnership_agrees_on_nothing(sides, clock):
    sides.partnership.status, sides.partnership.closed_on = PartnershipStatus.CLOSED, clock.now.date()
    db.session.commit()

    with pytest.raises(PartnershipClosed):
        services.propose(sides.partnership, [slot()], visit_no=1, actor=sides.leader)


def test_two_turns_within_one_moment_are_two_mails(sides, outbox):
    visit = services.propose(sides.partnership, [slot(14)], visit_no=1, actor=sides.animator)
    services.propose_again(visit, [slot(15)], actor=sides.animator)

    assert [mail.to_name for mail in outbox()] == ["Anna Lis", "Anna Lis"]


def test_a_visit_is_held_by_itself_once_its_end_has_passed(sides, clock, outbox):
    visit = services.enter_agreed(sides.partnership, slot(1), visit_no=1, actor=sides.leader)
    db.session.commit()
    clock.move_to(slot(1).ends_at - timedelta(seconds=1))
    assert (state_of(visit), services.hold_past_visits()) == (ConsultationStatus.AGREED, 0)

    clock.tick(seconds=1)

    assert (state_of(visit), visit.status) == (ConsultationStatus.HELD, ConsultationStatus.AGREED)
    assert (services.hold_past_visits(), services.hold_past_visits()) == (1, 0)
    assert visit.status is ConsultationStatus.HELD
    mail = outbox()[-1]
    assert (mail.to_name, mail.subject) == (
        "Jan Wilk",
        "Żółta Gęś: visit 1 is over, please write its report",
    )


def test_nothing_is_entered_for_a_visit_that_is_over_though_no_job_ran(sides, clock):
    visit = services.enter_agreed(sides.partnership, slot(1), visit_no=1, actor=sides.leader)
    db.session.commit()
    clock.move_to(slot(1).ends_at)

    with pytest.raises(NotNow):
        services.enter_agreed(visit, slot(20), actor=sides.leader)
