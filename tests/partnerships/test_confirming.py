"""Who confirms a hand-over where its animator may not."""

from datetime import date

import pytest

from core.database import db
from partnerships import services
from partnerships.errors import DecidesOwnHandover
from partnerships.handovers.workflow import HandoverStatus
from tests.partnerships.handing_over import accepted, cast

TODAY = date(2026, 4, 15)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def test_an_animator_who_helps_to_lead_confirms_no_handover_there(make, visit):
    people = cast(make)
    make.term(people.partnership, people.animator)
    handover = accepted(make, people=people)

    with pytest.raises(DecidesOwnHandover):
        services.confirm_handover(handover, actor=people.animator)
    page = visit(as_=people.animator).open(f"/partnerships/handovers/{handover.id}")
    assert "Waiting for the programme office" in page.text
    refusing = visit(as_=people.animator).open(f"/partnerships/handovers/{handover.id}/refuse")
    assert "Nobody decides on a hand-over" in refusing.submit("Refuse", reason="Not now", expect=422).text
    db.session.refresh(handover)
    assert handover.status is HandoverStatus.ACCEPTED

    services.confirm_handover(handover, reason="Marta Maj deputises", actor=make.office())
    assert handover.status is HandoverStatus.CONFIRMED


def test_nobody_of_the_office_who_deputises_confirms_in_place_of_the_animator(make):
    people, office = cast(make), make.office()
    make.term(people.partnership, office)
    handover = accepted(make, people=people)

    with pytest.raises(DecidesOwnHandover):
        services.confirm_handover(handover, reason="It is time", actor=office)


def test_steps_and_box_name_the_same_who_is_to_confirm(make, visit):
    people = cast(make)
    handover = accepted(make, people=people)
    people.animator.is_active = False
    db.session.commit()

    page = visit(as_=people.leader).open(f"/partnerships/handovers/{handover.id}")

    assert "Waiting for the programme office" in page.text
    assert "waiting for: the programme office" in page.text
    assert "Marta Maj" not in page.text
