"""What is asked of the plans."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import contains_eager, joinedload, lazyload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from accounts.models import User
from accounts.queries import holds_grant
from accounts.roles import Role
from core import clock
from core.database import db, know
from municipalities.models import Municipality
from partnerships.models import AnimatorAssignment, LeaderTerm, Partnership
from partnerships.queries import (
    advised_by,
    beside_partnership,
    covers,
    led_by,
    put_together,
    with_people,
    with_place,
)
from partnerships.workflow import PartnershipStatus
from plans.definitions import PlanKind
from plans.models import (
    ImportFinding,
    ImportPurpose,
    ImportStatus,
    Plan,
    PlanEntry,
    PlanImport,
    PlanVersion,
    ReviewComment,
    YearDeclaration,
)
from plans.row_queries import load_rows
from plans.workflow import AWAITING_REVIEW, PlanStatus


def _with_partnership() -> _AbstractLoad:
    return (
        joinedload(PlanVersion.plan, innerjoin=True)
        .joinedload(Plan.partnership, innerjoin=True)
        .options(*with_place(), *with_people())
    )


def version_by_id(version_id: int) -> PlanVersion | None:
    """A version with its plan, partnership and everybody who may do something with it."""
    found = db.session.execute(_version_with_partnership(), {"version_id": version_id}).all()
    if not found:
        return None
    version, plan = found[0][:2]
    partnership = put_together([row[2:] for row in found])
    know(plan, partnership=partnership)
    know(version, plan=plan)
    return cast("PlanVersion", version)


@cache
def _version_with_partnership() -> Select[*tuple[Any, ...]]:
    """Put together once, which takes longer than asking it."""
    found = (
        select(PlanVersion, Plan)
        .join(Plan, Plan.id == PlanVersion.plan_id)
        .join(Partnership, Partnership.id == Plan.partnership_id)
        .where(PlanVersion.id == bindparam("version_id"))
        .options(lazyload(PlanVersion.plan))
    )
    return beside_partnership(found)


def upload_by_id(upload_id: int) -> PlanImport | None:
    return _upload(upload_id, ImportPurpose.CHANGE)


def final_file_by_id(upload_id: int) -> PlanImport | None:
    return _upload(upload_id, ImportPurpose.PUBLISH)


def _upload(upload_id: int, purpose: ImportPurpose) -> PlanImport | None:
    return (
        db.session.scalars(
            select(PlanImport)
            .where(PlanImport.id == upload_id, PlanImport.purpose == purpose)
            .options(
                joinedload(PlanImport.version, innerjoin=True).options(_with_partnership()),
                joinedload(PlanImport.file),
                joinedload(PlanImport.uploaded_by, innerjoin=True),
            )
        )
        .unique()
        .one_or_none()
    )


def comment_by_id(comment_id: int) -> ReviewComment | None:
    return (
        db.session.scalars(
            select(ReviewComment)
            .where(ReviewComment.id == comment_id)
            .options(joinedload(ReviewComment.version, innerjoin=True).options(_with_partnership()))
        )
        .unique()
        .one_or_none()
    )


def plans_awaiting_review(*, animator: User) -> Sequence[PlanVersion]:
    """Submitted plans that this animator decides about, the longest waiting first."""
    return (
        db.session.scalars(
            select(PlanVersion)
            .join(PlanVersion.plan)
            .join(Plan.partnership)
            .join(Partnership.municipality)
            .options(
                contains_eager(PlanVersion.plan)
                .contains_eager(Plan.partnership)
                .options(
                    contains_eager(Partnership.municipality).joinedload(Municipality.county, innerjoin=True),
                    selectinload(Partnership.terms),
                )
            )
            .where(PlanVersion.is_current, PlanVersion.status.in_(AWAITING_REVIEW), reviewed_by(animator))
            .order_by(PlanVersion.submitted_at, PlanVersion.id)
        )
        .unique()
        .all()
    )


def all_awaiting_review() -> Sequence[PlanVersion]:
    """Submitted plans that nobody has decided about, with everybody around them."""
    return _all_current(PlanVersion.status.in_(AWAITING_REVIEW))


def all_to_publish() -> Sequence[PlanVersion]:
    """Approved and not public yet, with everybody around them."""
    return _all_current(PlanVersion.status == PlanStatus.APPROVED, Plan.kind == PlanKind.GENERAL)


def _all_current(*conditions: ColumnElement[bool]) -> Sequence[PlanVersion]:
    """Of partnerships that go on."""
    return (
        db.session.scalars(
            select(PlanVersion)
            .join(PlanVersion.plan)
            .join(Plan.partnership)
            .where(PlanVersion.is_current, *conditions, Partnership.status != PartnershipStatus.CLOSED)
            .options(_with_partnership())
            .order_by(PlanVersion.id)
        )
        .unique()
        .all()
    )


def plans_to_publish(person: User) -> Sequence[PlanVersion]:
    """Approved and not public yet, of partnerships that this person leads or helps to lead."""
    return db.session.scalars(
        select(PlanVersion)
        .join(PlanVersion.plan)
        .join(Plan.partnership)
        .join(Partnership.municipality)
        .options(
            contains_eager(PlanVersion.plan)
            .contains_eager(Plan.partnership)
            .contains_eager(Partnership.municipality)
        )
        .where(PlanVersion.is_current, PlanVersion.status == PlanStatus.APPROVED, led_by(person))
        .where(Plan.kind == PlanKind.GENERAL)
        .order_by(PlanVersion.decided_at, PlanVersion.id)
    ).all()


def reviewed_by(animator: User) -> ColumnElement[bool]:
    """The same as ``animator.id in version.reviewer_ids(today)``, for lists joined with ``Partnership``."""
    theirs = PlanVersion.kept_with_id == animator.id
    return or_(and_(theirs, is_kept()), and_(advised_by(animator), ~is_kept()))


def is_kept() -> ColumnElement[bool]:
    """The same as ``version.keeper(today) is not None``."""
    today = clock.today()
    advises_here = exists().where(
        AnimatorAssignment.municipality_id == Partnership.municipality_id,
        AnimatorAssignment.animator_id == PlanVersion.kept_with_id,
        covers(AnimatorAssignment.starts_on, AnimatorAssignment.ends_on, today),
    )
    is_animator = exists().where(
        User.id == PlanVersion.kept_with_id, User.is_active, holds_grant(Role.ANIMATOR, today)
    )
    leads_here = exists().where(
        LeaderTerm.partnership_id == Partnership.id,
        LeaderTerm.user_id == PlanVersion.kept_with_id,
        covers(LeaderTerm.starts_on, LeaderTerm.ends_on, today),
    )
    return and_(
        PlanVersion.kept_with_id.is_not(None),
        PlanVersion.is_current,
        PlanVersion.status.in_(AWAITING_REVIEW),
        is_animator,
        ~leads_here,
        ~advises_here,
    )


def current_versions(partnership_ids: Collection[int]) -> Sequence[PlanVersion]:
    """The latest version of every plan of these partnerships: general plans first, then by year."""
    return db.session.scalars(
        select(PlanVersion)
        .join(PlanVersion.plan)
        .options(contains_eager(PlanVersion.plan))
        .where(Plan.partnership_id.in_(partnership_ids), PlanVersion.is_current)
        .order_by(Plan.partnership_id, Plan.kind.desc(), Plan.year_from)
    ).all()


AT_WORK = (PlanStatus.APPROVED, PlanStatus.PUBLISHED, PlanStatus.IN_USE, PlanStatus.CLOSED)
"""An annual plan that the partnership works by, or worked by: also where the programme asks for its approval."""


def is_at_work() -> ColumnElement[bool]:
    """A version like that; a published one also while the next is only being written or reviewed."""
    now = PlanVersion.is_current & PlanVersion.status.in_(AT_WORK)
    return now | (PlanVersion.status == PlanStatus.PUBLISHED)


@dataclass(frozen=True)
class YearEvidence:
    """That a partnership has its plan for a year: ``version_id`` of the plan it works by, or ``declared_on``."""

    version_id: int | None = None
    declared_on: date | None = None
    """The leader declared on this day: "we keep this year's plan ourselves"."""


def evidence_of_years(partnership_ids: Collection[int]) -> dict[tuple[int, int], YearEvidence]:
    """(partnership, year) -> what shows that the year has its plan; a year without any has no key.

    One query for all of them. A plan counts once it is in use (or closed after that) with at least one training.
    """
    has_training = exists().where(PlanEntry.version_id == PlanVersion.id, PlanEntry.sheet == "trainings")
    plans = (
        select(Plan.partnership_id, Plan.year_from, PlanVersion.id, sql_cast(null(), Date))
        .join(PlanVersion, PlanVersion.plan_id == Plan.id)
        .where(Plan.partnership_id.in_(partnership_ids), Plan.kind == PlanKind.ANNUAL, has_training)
        .where(is_at_work())
    )
    declared = select(
        YearDeclaration.partnership_id,
        YearDeclaration.year,
        sql_cast(null(), Integer),
        YearDeclaration.declared_on,
    ).where(YearDeclaration.partnership_id.in_(partnership_ids), YearDeclaration.withdrawn_on.is_(None))
    found: dict[tuple[int, int], YearEvidence] = {}
    for row in db.session.execute(union_all(plans, declared)):
        key = (row.partnership_id, row.year_from)
        before = found.get(key, YearEvidence())
        version_id, declared_on = cast("tuple[int | None, date | None]", tuple(row)[2:])
        found[key] = YearEvidence(version_id or before.version_id, declared_on or before.declared_on)
    return found


@dataclass(frozen=True)
class Surroundings:
    """What a plan's page needs beside the version itself."""

    versions: Sequence[PlanVersion]
    """Every version of the plan, the latest first."""
    waiting_upload_id: int | None
    """The checked upload that waits to be applied to this version."""
    general: PlanVersion | None
    """For an annual plan the general plan that covers its year: as published if it is, else its latest version."""


def surroundings_of(version: PlanVersion) -> Surroundings:
    """Two queries however many versions and rows there are: the rows of all that is shown or compared come along."""
    plan = version.plan
    asked = {"plan": plan.id, "partnership": plan.partnership_id, "year": plan.year_from}
    found = db.session.execute(_versions_around(plan.kind), asked).all()
    versions = list(dict.fromkeys(one for one, _upload in found if one.plan_id == plan.id))
    uploads = [upload for one, upload in found if one.id == version.id and upload]
    covering = [one for one, _upload in found if one.plan_id != plan.id]
    general = next(
        (one for one in covering if one.status is PlanStatus.PUBLISHED), covering[0] if covering else None
    )
    is_compared = version.status in AWAITING_REVIEW
    before = read_before(version, versions) if is_compared else None
    load_rows(*(one for one in (version, before, general) if one))
    return Surroundings(versions, uploads[0] if uploads else None, general)


def read_before(version: PlanVersion, versions: Collection[PlanVersion]) -> PlanVersion | None:
    """The last version that was decided about: what its reader knows. The office may have begun others since."""
    known = {one.id: one for one in versions}
    before = known.get(version.base_version_id or 0)
    while before is not None and before.decided_at is None and before.base_version_id in known:
        before = known[before.base_version_id]
    return before


def versions_of(plan: Plan) -> Sequence[PlanVersion]:
    """Every version, the latest first."""
    found = select(PlanVersion).where(PlanVersion.plan_id == plan.id).order_by(PlanVersion.number.desc())
    return db.session.scalars(found).all()


@cache
def _versions_around(kind: PlanKind) -> Select[*tuple[PlanVersion, int]]:
    """With the checked upload that waits for each."""
    waits = (PlanImport.version_id == PlanVersion.id) & (PlanImport.status == ImportStatus.CHECKED)
    of_plan = PlanVersion.plan_id == bindparam("plan")
    found = select(PlanVersion, PlanImport.id).outerjoin(PlanImport, waits)
    if kind is PlanKind.GENERAL:  # of one plan, which is known
        found = found.options(lazyload(PlanVersion.plan)).where(of_plan)
    else:
        found = found.join(PlanVersion.plan).options(contains_eager(PlanVersion.plan))
        found = found.where(of_plan | _covers_the_year())
    return found.order_by(PlanVersion.number.desc(), PlanImport.id.desc())


def _covers_the_year() -> ColumnElement[bool]:
    return and_(
        Plan.partnership_id == bindparam("partnership"),
        Plan.kind == PlanKind.GENERAL,
        Plan.year_from <= bindparam("year"),
        Plan.year_to >= bindparam("year"),
        _published_or_current(),
    )


def published_version(plan: Plan) -> PlanVersion | None:
    return db.session.scalar(
        select(PlanVersion).where(PlanVersion.plan_id == plan.id, PlanVersion.status == PlanStatus.PUBLISHED)
    )


def general_plan_of(partnership_id: int, *, year: int) -> PlanVersion | None:
    """The general plan that covers a year: as published if it is, else its latest version."""
    found = db.session.scalars(
        select(PlanVersion)
        .join(PlanVersion.plan)
        .where(
            Plan.partnership_id == partnership_id,
            Plan.kind == PlanKind.GENERAL,
            Plan.year_from <= year,
            Plan.year_to >= year,
            _published_or_current(),
        )
        .order_by(PlanVersion.number)
    ).all()
    return next((one for one in found if one.status is PlanStatus.PUBLISHED), found[-1] if found else None)


def covering_plan(plan: Plan) -> PlanVersion | None:
    """The general plan that an annual plan is a part of."""
    return None if plan.is_general else general_plan_of(plan.partnership_id, year=plan.year_from)


def _published_or_current() -> ColumnElement[bool]:
    return (PlanVersion.status == PlanStatus.PUBLISHED) | PlanVersion.is_current


def comments_of(version: PlanVersion, *, with_authors: bool = True) -> Sequence[ReviewComment]:
    return db.session.scalars(_comments_of_version(with_authors), {"version": version.id}).all()


@cache
def _comments_of_version(with_authors: bool) -> Select[*tuple[ReviewComment]]:
    found = select(ReviewComment).where(ReviewComment.version_id == bindparam("version"))
    if with_authors:
        found = found.options(joinedload(ReviewComment.author, innerjoin=True))
    return found.order_by(ReviewComment.id)


def findings_of(upload: PlanImport) -> Sequence[ImportFinding]:
    return db.session.scalars(
        select(ImportFinding).where(ImportFinding.import_id == upload.id).order_by(ImportFinding.id)
    ).all()
