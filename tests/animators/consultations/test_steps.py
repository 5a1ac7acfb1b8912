"""Every step from every state: where it leads, or the sentence that says why it is not possible."""

import pytest

from animators.consultations.errors import (
    ConfirmedAlready,
    DisputedAlready,
    DisputedByLeader,
    NotAgreedOn,
    NotDisputed,
    NothingToConfirm,
    OnlyVisits,
    ReportedAlready,
)
from animators.consultations.models import ConsultationStatus, Side
from animators.consultations.services import confirm, correct_report, dispute, report_visit, settle
from animators.consultations.workflow import CONSULTATION_WORKFLOW, Outcome
from animators.hours import ledger
from core.database import db
from core.errors import DomainError
from tests.animators.consultations.conftest import HELD, a_report

S = ConsultationStatus

VISIT = {
    S.PROPOSED: (NotAgreedOn, NothingToConfirm, NothingToConfirm, NothingToConfirm, NotDisputed, NotDisputed),
    S.AGREED: (S.REPORTED, NothingToConfirm, NothingToConfirm, NothingToConfirm, NotDisputed, NotDisputed),
    S.MOVED: (NotAgreedOn, NothingToConfirm, NothingToConfirm, NothingToConfirm, NotDisputed, NotDisputed),
    S.CANCELLED: (NotAgreedOn, NothingToConfirm, NothingToConfirm, NothingToConfirm, NotDisputed, NotDisputed),
    S.HELD: (S.REPORTED, NothingToConfirm, NothingToConfirm, NothingToConfirm, NotDisputed, NotDisputed),
    S.REPORTED: (ReportedAlready, S.REPORTED, S.CONFIRMED, S.DISPUTED, NotDisputed, NotDisputed),
    S.DISPUTED: (ReportedAlready, DisputedByLeader, DisputedAlready, DisputedAlready, S.CONFIRMED, S.VOID),
    S.CONFIRMED: (ReportedAlready, S.REPORTED, ConfirmedAlready, ConfirmedAlready, NotDisputed, NotDisputed),
    S.VOID: (NotAgreedOn, NothingToConfirm, NothingToConfirm, NothingToConfirm, NotDisputed, NotDisputed),
}  # fmt: skip
"""Reported, corrected, confirmed, disputed, upheld, annulled."""

CALL = {
    S.LOGGED: (OnlyVisits, OnlyVisits, S.CONFIRMED, S.DISPUTED, NotDisputed, NotDisputed),
    S.DISPUTED: (OnlyVisits, OnlyVisits, DisputedAlready, DisputedAlready, S.CONFIRMED, S.VOID),
    S.CONFIRMED: (OnlyVisits, OnlyVisits, ConfirmedAlready, ConfirmedAlready, NotDisputed, NotDisputed),
    S.VOID: (OnlyVisits, OnlyVisits, NothingToConfirm, NothingToConfirm, NotDisputed, NotDisputed),
}
ALREADY = {S.REPORTED, S.LOGGED, S.DISPUTED, S.CONFIRMED}
"""Told of: their minutes are in the ledger."""


def steps(one, animator, leader, office):
    report = a_report(minutes=200)
    return [
        lambda: report_visit(one, report, actor=animator),
        lambda: correct_report(one, report, reason="A break", actor=animator),
        lambda: confirm(one, actor=leader, side=Side.LEADER),
        lambda: dispute(one, "Not so", actor=leader, side=Side.LEADER),
        lambda: settle(one, Outcome.CONFIRMED, "So it was", actor=office),
        lambda: settle(one, Outcome.VOID, "It was not", actor=office),
    ]


@pytest.mark.parametrize("number", range(6))
@pytest.mark.parametrize("status", VISIT)
def test_of_a_visit(partnership, visit_of, animator, leader, office, status, number):
    visit = visit_of(partnership, status=status)
    if status in ALREADY:
        visit.actual_start, visit.actual_minutes, visit.reported_at = HELD, 240, HELD
        ledger.book(visit, reason=None, actor=animator)

    assert outcome_of(visit, steps(visit, animator, leader, office)[number]) == VISIT[status][number]


@pytest.mark.parametrize("number", range(6))
@pytest.mark.parametrize("status", CALL)
def test_of_remote_advice(logged, animator, leader, office, status, number):
    logged.status = status
    ledger.book(logged, reason=None, actor=animator)

    assert outcome_of(logged, steps(logged, animator, leader, office)[number]) == CALL[status][number]


def outcome_of(one, step):
    try:
        step()
    except DomainError as refusal:
        return type(refusal)
    db.session.flush()
    return one.status


def test_the_tables_name_every_state():
    assert set(VISIT) == set(S) - {S.LOGGED}
    assert {status for step in CONSULTATION_WORKFLOW.steps for status in step.sources} <= set(VISIT) | set(
        CALL
    )
