"""What a new leader finds about visits, and who hears of them from then on."""

from animators.visits import services
from animators.visits.open_work import visits_under_way
from animators.visits.queries import visits_of
from core.database import db
from core.i18n import in_language
from partnerships.models import TermKind
from tests.animators.visits.conftest import slot


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
