"""What a new leader finds about visits, and who hears of them from then on."""

from animators.visits import services
from animators.visits.open_work import visits_under_way
from animators.visits.queries import visits_of
from core.database import db
from core.i18n import in_language
from partnerships.models import TermKind
from tests.animators.moving import done, wish
from tests.animators.visits.conftest import slot
from tests.support.calendar_programs import CalendarProgram


def test_a_new_leader_finds_the_visits_that_are_under_way(sides, clock):
    services.enter_agreed(sides.partnership, slot(14), visit_no=1, actor=sides.leader)
    services.propose(sides.partnership, [slot(20)], visit_no=2, actor=sides.animator)
    db.session.commit()

    found = visits_under_way(sides.partnership, sides.leader)

    assert [str(work.text) for work in found] == [
        "Visit 1: Wednesday, 29 Apr 2026, 10:00–14:00",
        "Visit 2: a date is to be agreed on",
    ]
    with in_language("en"):
        clock.move_to(slot(14).ends_at)
        assert [str(work.text) for work in visits_under_way(sides.partnership, None)] == [
            "Visit 2: a date is to be agreed on"
        ]


def test_a_date_moved_by_another_deputy_reaches_whoever_leads_today(sides, make, outbox):
    services.enter_agreed(sides.partnership, slot(14), visit_no=1, actor=sides.leader)
    sides.partnership.terms[0].ends_on = slot(-1).on
    db.session.commit()
    heir = make.user("Ewa Sowa")
    make.term(sides.partnership, heir, kind=TermKind.LEADER, starts_on=slot(0).on)
    db.session.expire_all()
    before = len(outbox())

    (visit,) = visits_of(sides.partnership.municipality_id)
    services.ask_to_move(visit, [slot(21)], reason="", actor=sides.animator)

    assert [mail.to_name for mail in outbox()[before:]] == ["Ewa Sowa"]


# --- Another animator --------------------------------------------------------------------------------------


def agreed_by_phone(sides, days=14):
    agreed = services.enter_agreed(sides.partnership, slot(days), visit_no=1, actor=sides.leader)
    db.session.commit()
    return agreed


def events_of(person, outbox):
    """What their calendar holds after every file they were sent."""
    calendar = CalendarProgram(person.mail_address)
    for mail in outbox():
        if mail.to_name == person.name and mail.calendar:
            calendar.take(mail.calendar)
    return [(uid, one.sequence, one.is_cancelled) for uid, one in calendar.events.items()]


def test_an_agreed_visit_goes_into_the_calendar_of_the_new_animator_and_out_of_the_former_one_s(
    sides, make, outbox
):
    agreed = agreed_by_phone(sides)
    heir, before = make.animator("Ola Maj"), len(outbox())
    done(wish(sides.animator, (sides.partnership, heir), starts_on=slot(7).on), make)
    db.session.commit()

    handed, again = services.hand_over_visits(), services.hand_over_visits()

    mails = {one.to_name: one for one in outbox()[before:] if one.dedupe_key.startswith("visit-handed_over")}
    assert (handed, again, agreed.animator) == (1, 0, heir)
    assert {name: one.subject for name, one in mails.items()} == {
        "Ola Maj": "Żółta Gęś: you hold visit 1 on 29 Apr 2026",
        "Jan Wilk": "Żółta Gęś: somebody else holds visit 1 on 29 Apr 2026",
    }
    assert events_of(heir, outbox) == [(agreed.calendar_uid, 1, False)]
    assert events_of(sides.animator, outbox) == [(agreed.calendar_uid, 1, True)]


def test_a_visit_before_the_change_stays_where_it_is(sides, make):
    agreed = agreed_by_phone(sides, days=3)
    done(wish(sides.animator, (sides.partnership, make.animator()), starts_on=slot(7).on), make)
    db.session.commit()

    assert services.hand_over_visits() == 0
    assert agreed.animator == sides.animator


def test_a_visit_of_a_day_on_which_nobody_advises_is_taken_over_by_nobody(sides):
    agreed = agreed_by_phone(sides)
    sides.partnership.assignments[0].ends_on = slot(7).on
    db.session.commit()

    assert services.hand_over_visits() == 0
    assert agreed.animator == sides.animator
