"""What a row of the board is joined from: who leads and advises today, and how far the general plan is."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    SQLColumnExpression,
    String,
    and_,
    bindparam,
    case,
    func,
    literal,
    type_coerce,
)
from sqlalchemy.orm import aliased

from accounts.models import User
from partnerships.models import AnimatorAssignment, AssignmentKind, LeaderTerm, Partnership, TermKind
from partnerships.queries import covers
from plans.models import Plan, PlanVersion
from plans.workflow import PlanStatus
from progress.queries import latest_general_plan
from progress.stages import Stage

Statement = Select[*tuple[Any, ...]]

Leader, Animator = aliased(User), aliased(User)
Term = aliased(LeaderTerm)
_Main, _Cover = aliased(AnimatorAssignment), aliased(AnimatorAssignment)
Current, Public = aliased(PlanVersion), aliased(PlanVersion)

TODAY: Any = bindparam("today", type_=Date)

stage: ColumnElement[str] = func.coalesce(type_coerce(Current.status, String), literal(Stage.NO_PLAN.value))
stage_order: ColumnElement[int] = case(
    {one.value: rank for rank, one in enumerate(Stage)}, value=stage, else_=99
)
since: SQLColumnExpression[Any] = func.coalesce(Current.status_since, Partnership.created_at)


def _of_today(assignment: Any, kind: AssignmentKind) -> ColumnElement[bool]:
    period = covers(assignment.starts_on, assignment.ends_on, TODAY)
    return and_(assignment.municipality_id == Partnership.municipality_id, assignment.kind == kind, period)


def with_leader(query: Statement) -> Statement:
    leads_today = covers(Term.starts_on, Term.ends_on, TODAY)
    return query.outerjoin(
        Term, (Term.partnership_id == Partnership.id) & (Term.kind == TermKind.LEADER) & leads_today
    ).outerjoin(Leader, Leader.id == Term.user_id)


def with_animator(query: Statement) -> Statement:
    return (
        query.outerjoin(_Main, _of_today(_Main, AssignmentKind.MAIN))
        .outerjoin(_Cover, _of_today(_Cover, AssignmentKind.COVER))
        .outerjoin(Animator, Animator.id == func.coalesce(_Cover.animator_id, _Main.animator_id))
    )


def with_plan(query: Statement) -> Statement:
    return query.outerjoin(Plan, latest_general_plan()).outerjoin(
        Current, (Current.plan_id == Plan.id) & Current.is_current
    )


def with_public(query: Statement) -> Statement:
    return query.outerjoin(Public, (Public.plan_id == Plan.id) & (Public.status == PlanStatus.PUBLISHED))
