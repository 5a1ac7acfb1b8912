"""A change built on another is undone first; then the earlier one can be, as if the later had never been."""

from datetime import UTC, date, datetime

import pytest

import animators.consultations.models  # noqa: F401 - what the hours name has to be known
from animators.hours.balances import Balances, balances_with_usual
from animators.hours.models import Pot
from core.database import db
from meetings.services import When, call_meeting
from municipalities import followers
from municipalities.change_errors import NewerExists
from municipalities.models import MunicipalityChange
from municipalities.services.changing import Part, apply_change, decide, draft_change, undo_change
from municipalities.workflow import ChangeKind, ChangeStatus
from plans.workflow import PlanStatus
from tests.journeys.test_municipality_changes import rows_of
from tests.journeys.test_what_goes_along import used
from tests.municipalities.ostrowice import DRAWSKO, OSTROWICE, ZLOCIENIEC, Drawsko, unit


@pytest.fixture
def drawsko(make, clock) -> Drawsko:
    return Drawsko(make)


def at(hour: int) -> datetime:
    return datetime(2026, 4, 15, hour, tzinfo=UTC)


def merged_on(drawsko: Drawsko) -> MunicipalityChange:
    """Drawsko Pomorskie, which has just taken Ostrowice in, becomes part of Złocieniec."""
    change = draft_change(
        ChangeKind.MERGE, effective_on=date(2020, 1, 1), legal_basis="Dz.U.", sources=[Part(unit(DRAWSKO))],
        targets=[Part(unit(ZLOCIENIEC))], actor=drawsko.office,
    )  # fmt: skip
    db.session.commit()
    first_choices = {one.key: one.choices[0][0] for one in followers.questions(change)}
    decide(change, first_choices, actor=drawsko.office)
    apply_change(change, actor=drawsko.office)
    db.session.commit()
    return change


def balances() -> Balances:
    return balances_with_usual([unit(code).id for code in (OSTROWICE, DRAWSKO, ZLOCIENIEC)])


def test_once_the_later_change_is_undone_the_earlier_one_can_be(drawsko, make, clock):
    make.partnership("Złocieniec razem", municipality=unit(ZLOCIENIEC))
    make.general_plan(PlanStatus.IN_REVIEW, partnership=drawsko.drawsko, year=2028)
    when = When(date(2026, 5, 5), None, None, "Rynek")
    call_meeting(drawsko.drawsko, when, invite=False, actor=drawsko.other_leader)
    used(unit(OSTROWICE), Pot.VISIT, 90)
    used(unit(DRAWSKO), Pot.VISIT, 30)
    before, hours = rows_of(), balances()
    earlier = drawsko.merged()
    clock.move_to(at(11))
    later = merged_on(drawsko)
    clock.move_to(at(12))
    with pytest.raises(NewerExists):
        undo_change(earlier, actor=drawsko.office)
    db.session.rollback()

    drawsko.undo(later)
    clock.move_to(at(13))
    drawsko.undo(earlier)

    assert (earlier.status, later.status) == (ChangeStatus.UNDONE, ChangeStatus.UNDONE)
    assert rows_of() == before
    assert balances() == hours


def test_what_people_did_between_the_two_still_keeps_the_earlier_one(drawsko, clock):
    earlier = drawsko.merged()
    when = When(date(2026, 5, 5), None, None, "Rynek")
    call_meeting(drawsko.drawsko, when, invite=False, actor=drawsko.leader)
    db.session.commit()
    later = merged_on(drawsko)

    drawsko.undo(later)

    with pytest.raises(NewerExists) as refusal:
        undo_change(earlier, actor=drawsko.office)
    assert "Called a meeting" in str(refusal.value)


def test_hours_entered_between_the_two_still_keep_the_earlier_one(drawsko, clock):
    used(unit(OSTROWICE), Pot.VISIT, 90)
    earlier = drawsko.merged()
    clock.move_to(at(11))
    used(unit(DRAWSKO), Pot.VISIT, 30)
    later = merged_on(drawsko)

    drawsko.undo(later)

    with pytest.raises(NewerExists) as refusal:
        undo_change(earlier, actor=drawsko.office)
    assert "hours of advice were entered for Drawsko Pomorskie" in str(refusal.value)
