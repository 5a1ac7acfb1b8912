"""A merger makes nobody lead two partnerships; undone, it gives back who led and helped, tells them, and neither does it."""

from datetime import date

import pytest
from sqlalchemy import select

from accounts.models import User
from core.audit import AuditEvent
from core.database import db
from municipalities.change_errors import NewerExists
from municipalities.models import MunicipalityChange
from municipalities.services.changing import apply_change, undo_change
from partnerships.errors import LeadsElsewhere
from partnerships.events import PartnershipEvent
from partnerships.models import LeaderTerm, Partnership, TermKind
from partnerships.services import appoint_leader, end_term
from partnerships.workflow import PartnershipStatus
from tests.journeys.test_what_goes_along import merging
from tests.municipalities.ostrowice import DRAWSKO, OSTROWICE, ZLOCIENIEC, Drawsko, unit
from tests.support.at_once import at_once

TODAY, IN_MAY = date(2026, 4, 15), date(2026, 5, 1)


@pytest.fixture
def drawsko(make, clock) -> Drawsko:
    return Drawsko(make)


def third(drawsko: Drawsko, make):
    animator = drawsko.animators[ZLOCIENIEC]
    return make.partnership("Złocieniec razem", municipality=unit(ZLOCIENIEC), led=False, animator=animator)


def test_whoever_leads_another_partnership_soon_is_not_made_to_lead_two(drawsko, make, visit):
    drawsko.ostrowice.leader_term(TODAY).ends_on = date(2026, 4, 30)
    term = appoint_leader(third(drawsko, make), drawsko.leader, starts_on=IN_MAY, actor=drawsko.office)
    change = merging(drawsko)

    page = visit(as_=drawsko.office).open(f"/municipalities/changes/{change.id}")
    assert "This person leads another partnership on these days." in page.text
    assert "Apply the change" not in page.buttons
    with pytest.raises(LeadsElsewhere):
        apply_change(change, actor=drawsko.office)
    db.session.rollback()

    end_term(term, ends_on=TODAY, reason="Not theirs", actor=drawsko.office)
    apply_change(change, actor=drawsko.office)
    assert drawsko.drawsko.leader(TODAY) == drawsko.leader


def test_whoever_leads_another_partnership_by_now_is_not_made_to_lead_two(drawsko, make):
    elsewhere = third(drawsko, make)
    change = drawsko.merged()
    term = appoint_leader(elsewhere, drawsko.other_leader, starts_on=IN_MAY, actor=drawsko.office)
    db.session.commit()

    with pytest.raises(NewerExists) as refusal:
        undo_change(change, actor=drawsko.office)

    assert str(refusal.value) == (
        "The change cannot be undone any more. Jan Drawski leads the partnership Złocieniec razem by now, and nobody "
        "leads two. End that term first."
    )

    end_term(term, ends_on=TODAY, reason="Not theirs", actor=drawsko.office)
    db.session.commit()
    undo_change(change, actor=drawsko.office)
    db.session.expire_all()
    assert drawsko.drawsko.leader(TODAY) == drawsko.other_leader


def test_undone_while_somebody_makes_them_lead_another_they_lead_one(app, drawsko, make):
    """Whichever is first: the other is refused."""
    elsewhere, change_id = third(drawsko, make), drawsko.merged().id
    elsewhere_id, person_id, office_id = elsewhere.id, drawsko.other_leader.id, drawsko.office.id

    def undoes() -> None:
        undo_change(
            db.session.get_one(MunicipalityChange, change_id), actor=db.session.get_one(User, office_id)
        )

    def appoints() -> None:
        partnership = db.session.get_one(Partnership, elsewhere_id)
        person, office = db.session.get_one(User, person_id), db.session.get_one(User, office_id)
        appoint_leader(partnership, person, starts_on=TODAY, actor=office)

    outcome = at_once(app, undoes, appoints)

    assert outcome in (["NewerExists", "done"], ["LeadsElsewhere", "done"])


def test_a_leader_who_would_have_gone_before_the_other_term_begins_is_no_reason(drawsko, make):
    drawsko.drawsko.leader_term(TODAY).ends_on = date(2026, 4, 30)
    elsewhere = third(drawsko, make)
    change = drawsko.merged()
    make.term(elsewhere, drawsko.other_leader, kind=TermKind.LEADER, starts_on=IN_MAY)

    undo_change(change, actor=drawsko.office)

    assert isinstance(drawsko.drawsko.leader_term(TODAY), LeaderTerm)


def test_everybody_who_heard_of_the_merger_hears_that_it_is_undone(drawsko, make, outbox):
    coming = make.user("Od Maja")
    make.term(drawsko.ostrowice, coming, starts_on=IN_MAY)
    change = drawsko.merged()

    drawsko.undo(change)

    around = {
        one.mail_address
        for one in (
            drawsko.leader, drawsko.other_leader, drawsko.deputy, coming, drawsko.animators[OSTROWICE],
            drawsko.animators[DRAWSKO],
        )
    }  # fmt: skip
    told = [one for one in outbox() if "Municipalities have changed" in one.subject]
    undone = [one for one in outbox() if "was undone: partnerships are as before" in one.subject]
    assert {one.to_address for one in told} == {one.to_address for one in undone} == around
    assert len(undone) == len(around)
    [hers] = [one for one in undone if one.to_address == coming.mail_address]
    assert "Your partnership is as it was before: Cyfrowe Ostrowice." in hers.body
    assert "Abolition".lower() in hers.body
    assert "A hand-over that was called off stays so: ask for a new one if it is still wanted." in hers.body


def test_nobody_hears_of_a_partnership_that_had_merged_before_and_only_pointed_on(drawsko, make, outbox):
    earlier = third(drawsko, make)
    earlier.status, earlier.closed_on, earlier.successor = PartnershipStatus.CLOSED, TODAY, drawsko.ostrowice
    still_there = drawsko.animators[ZLOCIENIEC]
    change = drawsko.merged()
    assert earlier.successor == drawsko.drawsko

    drawsko.undo(change)

    undone = [one.to_address for one in outbox() if "was undone" in one.subject]
    assert drawsko.leader.mail_address in undone
    assert still_there.mail_address not in undone
    told = select(AuditEvent.record_id).where(AuditEvent.event == PartnershipEvent.CHANGE_UNDONE)
    assert set(db.session.scalars(told)) == {drawsko.ostrowice.id, drawsko.drawsko.id}
