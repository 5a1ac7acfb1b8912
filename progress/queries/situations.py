"""The situations of some partnerships: a fixed number of queries, however many there are."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased, contains_eager

from accounts.models import User
from core import clock
from core.database import db
from municipalities.models import Municipality
from partnerships.models import Partnership, PartnershipMember
from partnerships.queries import led_by, with_people, with_place
from partnerships.workflow import PartnershipStatus
from plans.deadlines import review_due_on
from plans.models import (
    OPEN_COMMENTS,
    ImportStatus,
    Plan,
    PlanImport,
    PlanVersion,
    ReviewComment,
    YearDeclaration,
)
from plans.workflow import AWAITING_REVIEW, PlanStatus
from programme.queries import the_programme
from progress.situations import PlanState, Situation


@dataclass(frozen=True)
class PlanRow:
    """The current version of a plan, and what is known about it beside its own record."""

    version: PlanVersion
    state: PlanState
    keeps_year: bool = False
    """The leader declared of this year: "we keep this year's plan ourselves"."""


def plans_of(partnership_ids: Collection[int]) -> dict[int, list[PlanRow]]:
    """Every plan of these partnerships by its current version, general ones first, then by year."""
    of_version, of_plan = aliased(ReviewComment), aliased(PlanVersion)
    open_remarks = (
        select(func.count())
        .where(of_version.version_id == PlanVersion.id, of_version.state.in_(OPEN_COMMENTS))
        .scalar_subquery()
    )
    waiting_upload = (
        select(func.max(PlanImport.id))
        .where(PlanImport.version_id == PlanVersion.id, PlanImport.status == ImportStatus.CHECKED)
        .scalar_subquery()
    )
    is_public = exists().where(of_plan.plan_id == PlanVersion.plan_id, of_plan.status == PlanStatus.PUBLISHED)
    keeps_year = exists().where(
        YearDeclaration.partnership_id == Plan.partnership_id,
        YearDeclaration.year == clock.today().year,
        YearDeclaration.withdrawn_on.is_(None),
    )
    found = db.session.execute(
        select(PlanVersion, open_remarks, waiting_upload, is_public, keeps_year)
        .join(PlanVersion.plan)
        .options(contains_eager(PlanVersion.plan))
        .where(Plan.partnership_id.in_(partnership_ids), PlanVersion.is_current)
        .order_by(Plan.partnership_id, Plan.kind.desc(), Plan.year_from)
    )
    rows: dict[int, list[PlanRow]] = {partnership_id: [] for partnership_id in partnership_ids}
    for version, remarks, upload_id, public, keeps in found:
        state = _plan_state(version, open_remarks=remarks, upload_id=upload_id, was_published=bool(public))
        rows[version.plan.partnership_id].append(PlanRow(version, state, bool(keeps)))
    return rows


def _plan_state(
    version: PlanVersion, *, open_remarks: int, upload_id: int | None, was_published: bool
) -> PlanState:
    plan = version.plan
    return PlanState(
        version_id=version.id,
        title=plan.title,
        year_from=plan.year_from,
        year_to=plan.year_to,
        is_general=plan.is_general,
        status=version.status,
        since=clock.local(version.status_since).date(),
        number=version.number,
        open_remarks=open_remarks,
        upload_id=upload_id,
        was_published=was_published,
        due_on=review_due_on(version) if version.status in AWAITING_REVIEW else None,
    )


def situation_of(partnership: Partnership, plans: Sequence[PlanRow], *, members: int) -> Situation:
    """From records that are loaded already; asks nothing itself."""
    today, programme = clock.today(), the_programme()
    leader = partnership.leader(today)
    reviewer = _keeper(plans) or partnership.deciding_animator(today)
    return Situation(
        partnership_id=partnership.id,
        status=partnership.status,
        today=today,
        entered_on=clock.local(partnership.created_at).date(),
        founded_on=partnership.founded_on,
        leader=leader.name if leader else None,
        leaderless_since=partnership.leaderless_since(today),
        reviewer=reviewer.name if reviewer else None,
        members=members,
        min_members=programme.settings.min_members,
        publish_reminder_days=programme.settings.publish_reminder_days,
        years_need_approval=programme.settings.annual_plan_requires_approval,
        plans=tuple(row.state for row in plans),
        leader_mail=leader.mail_address if leader else "",
        reviewer_mail=reviewer.mail_address if reviewer else "",
        office_mail=programme.contact_email,
        closed_on=partnership.closed_on,
        keeps_year=any(row.keeps_year for row in plans),
        last_year=programme.row.ends_on.year,
    )


def _keeper(plans: Sequence[PlanRow]) -> User | None:
    """The former animator with whom the review of the latest general plan stays."""
    general = [row.version for row in plans if row.state.is_general]
    latest = max(general, key=lambda version: version.plan.year_from, default=None)
    return latest.keeper(clock.today()) if latest else None


def is_kept_from(person: User, plans: Sequence[PlanRow]) -> bool:
    """Somebody else decides about the plan that this animator could be waited for with."""
    keeper = _keeper(plans)
    return keeper is not None and keeper.id != person.id


def led_partnerships(person: User) -> Sequence[Partnership]:
    """Open ones this person leads or helps to lead, with place and people, by the alphabet."""
    return (
        db.session.scalars(
            select(Partnership)
            .join(Partnership.municipality)
            .where(led_by(person), Partnership.status != PartnershipStatus.CLOSED)
            .options(*with_place(), *with_people())
            .order_by(Municipality.sort_key, Partnership.id)
        )
        .unique()
        .all()
    )


def member_counts(partnership_ids: Collection[int]) -> Mapping[int, int]:
    """Organisations that have joined and not left."""
    counted = db.session.execute(
        select(PartnershipMember.partnership_id, func.count())
        .where(PartnershipMember.partnership_id.in_(partnership_ids), PartnershipMember.left_on.is_(None))
        .group_by(PartnershipMember.partnership_id)
    )
    return dict.fromkeys(partnership_ids, 0) | {row[0]: row[1] for row in counted}
