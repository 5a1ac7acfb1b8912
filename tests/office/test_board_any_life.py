"""The board and somebody with the files on a desk say the same of a partnership, whatever happened to it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from animators.consultations.models import Channel, Consultation, ConsultationStatus
from animators.hours.models import BudgetAdjustment, Decision, HourBudget, LedgerEntry, LedgerKind, Pot
from core import clock as core_clock
from core.database import db
from core.paging import Sorting
from office.board.queries import board_page, board_rows, sorting
from office.board.rows import BoardRow
from office.board.wanted import BoardFilter, Part
from partnerships.models import AnimatorAssignment, AssignmentKind, Partnership, TermKind
from partnerships.workflow import PartnershipStatus
from plans.definitions import PlanKind
from plans.models import Plan, PlanVersion
from plans.workflow import PlanStatus
from tests.office.plain_board import PlainRow, plain_row
from tests.tasks.lives import LIVES, live

MAY_2027 = datetime(2027, 5, 12, 10, 0, tzinfo=UTC)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
MINUTES = st.integers(-300, 300).filter(bool)
POT = st.tuples(
    st.integers(0, 900), st.lists(MINUTES, max_size=3), st.lists(st.tuples(MINUTES, st.sampled_from(list(Decision))), max_size=3)
)  # fmt: skip
TALK = st.tuples(
    st.sampled_from(list(Channel)),
    st.sampled_from(list(ConsultationStatus)),
    st.none() | DAYS,
    st.none() | DAYS,
)
PERIOD = st.tuples(DAYS, st.none() | st.integers(0, 300).map(timedelta))
MORE = st.fixed_dictionaries(
    {
        "pots": st.dictionaries(st.sampled_from(list(Pot)), POT),
        "talks": st.lists(TALK, max_size=4),
        "submitted": st.none()
        | st.tuples(DAYS, st.sampled_from([PlanStatus.SUBMITTED, PlanStatus.RETURNED])),
        "main": st.none() | PERIOD,
        "cover": st.none() | PERIOD,
    }
)


@pytest.fixture
def cast(make, clock):
    clock.move_to(MAY_2027)
    leader, former, stranger = make.user(), make.user(), make.user()
    partnership = make.partnership(led=False, advised=False)
    make.term(partnership, leader, kind=TermKind.LEADER, starts_on=date(2026, 3, 1))
    make.term(partnership, former, ends_on=date(2026, 12, 31))
    organisations = [make.organisation(municipality=partnership.municipality) for _ in range(5)]
    animators = [make.animator(), make.animator()]
    return partnership, organisations, [leader, former, stranger], animators


def live_more(partnership: Partnership, more: dict[str, Any], animators: list[Any]) -> None:
    place = partnership.municipality_id
    for pot, (granted, taken, asked) in more["pots"].items():
        budget = HourBudget(municipality_id=place, pot=pot, granted_minutes=granted)
        db.session.add(budget)
        db.session.flush()
        for minutes in taken:
            db.session.add(
                LedgerEntry(
                    budget_id=budget.id, minutes=minutes, kind=LedgerKind.CORRECTION, day=date(2027, 1, 4)
                )
            )
        for minutes, decision in asked:
            db.session.add(
                BudgetAdjustment(budget_id=budget.id, minutes=minutes, decision=decision, reason="More")
            )
    for number, (channel, status, actual, planned) in enumerate(more["talks"], 1):
        db.session.add(
            Consultation(
                municipality_id=place, channel=channel, status=status,
                visit_no=number if channel is Channel.VISIT else None, actual_start=_noon(actual), planned_start=_noon(planned),
            )
        )  # fmt: skip
    if more["submitted"]:
        on, status = more["submitted"]
        plan = Plan(
            uid=f"sent-{partnership.id}", partnership_id=partnership.id, kind=PlanKind.GENERAL, year_from=2030,
            year_to=2032, template_version=1,
        )  # fmt: skip
        db.session.add(plan)
        db.session.flush()
        db.session.add(
            PlanVersion(
                plan_id=plan.id, number=1, status=status, status_since=_noon(on), submitted_at=_noon(on), content_hash="x"
            )
        )  # fmt: skip
    for kind, animator in zip((AssignmentKind.MAIN, AssignmentKind.COVER), animators, strict=True):
        if more[kind.value]:
            starts_on, lasting = more[kind.value]
            db.session.add(
                AnimatorAssignment(
                    municipality_id=place, animator_id=animator.id, kind=kind, starts_on=starts_on,
                    ends_on=starts_on + lasting if lasting is not None else None,
                )
            )  # fmt: skip
    db.session.flush()
    db.session.expire_all()


def _noon(on: date | None) -> datetime | None:
    return datetime(on.year, on.month, on.day, 12, tzinfo=UTC) if on else None


def told(row: BoardRow) -> PlainRow:
    assert row.tasks is not None
    assert row.minutes_left is not None
    return PlainRow(
        row.leader, row.animator, str(row.stage), row.since, tuple(str(one) for one in row.tasks), row.minutes_left,
        row.last_contact,
    )  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(life=LIVES, more=MORE)
def test_any_life_reads_the_same_on_the_board(app, cast, life, more):
    """Both ways the board asks: what a page looks up for its own rows, and what a filter gathers of everybody."""
    partnership, organisations, people, animators = cast
    with core_clock.at(MAY_2027), app.test_request_context("/office/board"):
        live(partnership, life, organisations, people)
        live_more(partnership, more, animators)
        order: Sorting = sorting()
        page = board_page(BoardFilter(), order, list(Part), number=1, total=1)
        everybody = board_rows(BoardFilter(settled_from=0), order, list(Part))

        expected = [] if partnership.status is PartnershipStatus.CLOSED else [plain_row(partnership)]
        assert [told(row) for row in page.rows] == expected
        assert [told(row) for row in everybody] == expected
    db.session.rollback()
