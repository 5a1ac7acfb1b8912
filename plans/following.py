"""Plans as they are touched by a change of municipalities: which go on, which stop, what stays to be read."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from accounts.models import User
from core import audit
from core.audit import AuditEvent, event_label
from core.database import db
from core.formatting import day
from core.i18n import _, _l
from municipalities.followers import Follower, Line, Question
from municipalities.journal import Journal
from municipalities.models import MunicipalityChange
from partnerships.changes.following import happened_since, touched_partnerships
from partnerships.changes.succession import Course, course, open_partnerships_at, standing
from partnerships.models import Partnership
from plans.earlier import EarlierPlan
from plans.events import PlanEvent
from plans.models import Plan, PlanVersion
from plans.workflow import PlanStatus

UNDER_WAY = (PlanStatus.SUBMITTED, PlanStatus.IN_REVIEW, PlanStatus.RETURNED, PlanStatus.APPROVED)
"""Somebody else waits for these, or has to be waited for."""
STOP, MOVE = "stop", "move"


class PlansFollow(Follower):
    topic = _l("Plans")

    def touches(self, change: MunicipalityChange) -> Sequence[Line]:
        decided = course(change, standing(change))
        present = open_partnerships_at(
            unit.municipality_id for unit in change.sources if unit.municipality_id
        )
        known = {one.id: one for one in [*present, *decided.everyone]}
        lines = [_line(version, decided, change) for version in _versions_of(known)]
        return [*lines, *(_line_of_earlier(plan, decided) for plan in _earlier_plans_of(known))]

    def questions(self, change: MunicipalityChange) -> Sequence[Question]:
        decided = course(change, standing(change))
        return [_question(version, decided.successor) for version in _reviews(decided)]

    def apply(self, change: MunicipalityChange, journal: Journal, *, actor: User | None) -> None:
        """Asked of the decisions, as the partnerships have closed by now."""
        for version in _asked_about(change):
            partnership = version.plan.partnership
            event = PlanEvent.STOPPED_BY_CHANGE
            if _answer(change, version) == MOVE and partnership.successor_id is not None:
                journal.change(version.plan, partnership_id=partnership.successor_id)
                journal.settle()
                db.session.expire(version.plan, ["partnership"])
                event = PlanEvent.MOVED_BY_CHANGE
            audit.record(event, version, actor=actor, number=version.number, change_id=change.id)

    def newer_than(self, change: MunicipalityChange) -> str | None:
        """Whatever the plans of these municipalities have in their history since."""
        ids = {one.id for one in open_partnerships_at(change.municipality_ids)} | touched_partnerships(change)
        found = db.session.execute(
            select(AuditEvent.event, AuditEvent.at, Plan, Partnership.name)
            .join(Plan, Plan.id == AuditEvent.story_id)
            .join(Partnership, Partnership.id == Plan.partnership_id)
            .where(
                AuditEvent.story_kind == Plan.__tablename__,
                Plan.partnership_id.in_(ids),
                *happened_since(change),
            )
            .order_by(AuditEvent.id)
        ).first()
        if found is None:
            return None
        return str(
            _(
                "Since then, %(plan)s of the partnership %(name)s: %(event)s, %(day)s.",
                plan=found.Plan.title,
                name=found.name,
                event=event_label(found.event),
                day=day(found.at),
            )
        )


def _versions_of(partnership_ids: Collection[int]) -> Sequence[PlanVersion]:
    """The latest version of every plan, and the one that is public."""
    return db.session.scalars(
        select(PlanVersion)
        .join(PlanVersion.plan)
        .options(contains_eager(PlanVersion.plan).joinedload(Plan.partnership, innerjoin=True))
        .where(
            Plan.partnership_id.in_(partnership_ids),
            PlanVersion.is_current | (PlanVersion.status == PlanStatus.PUBLISHED),
        )
        .order_by(Plan.partnership_id, Plan.kind.desc(), Plan.year_from, PlanVersion.number)
    ).all()


def _earlier_plans_of(partnership_ids: Collection[int]) -> Sequence[EarlierPlan]:
    return db.session.scalars(
        select(EarlierPlan)
        .options(joinedload(EarlierPlan.partnership, innerjoin=True))
        .where(EarlierPlan.partnership_id.in_(partnership_ids))
        .order_by(EarlierPlan.partnership_id, EarlierPlan.kind.desc(), EarlierPlan.year_from)
    ).all()


def _reviews(decided: Course) -> list[PlanVersion]:
    """Plans under way of partnerships that end."""
    ids = [one.id for one in (*decided.merged, *decided.closed)]
    return [version for version in _versions_of(ids) if version.is_current and version.status in UNDER_WAY]


def _key(version_id: int) -> str:
    return f"plan:{version_id}"


def _question(version: PlanVersion, successor: Partnership | None) -> Question:
    label = _(
        "%(plan)s of %(name)s is under way (%(status)s). What becomes of it?",
        plan=version.plan.title,
        name=version.plan.partnership.name,
        status=version.status.label,
    )
    stop = (STOP, str(_("It stops: it stays to be read, and nobody decides on it")))
    if successor is None or not _has_room(successor, version.plan):
        return Question(_key(version.id), label, [stop], default=STOP)
    move = (MOVE, str(_("It moves to %(name)s and goes on there", name=successor.name)))
    return Question(_key(version.id), label, [move, stop], default=MOVE)


def _has_room(successor: Partnership, plan: Plan) -> bool:
    """One plan of a kind for a year: that of the successor stays."""
    there = select(func.count()).where(
        Plan.partnership_id == successor.id,
        Plan.kind == plan.kind,
        Plan.year_from <= plan.year_to,
        Plan.year_to >= plan.year_from,
    )
    return not db.session.scalar(there)


def _answer(change: MunicipalityChange, version: PlanVersion) -> str:
    return str(change.decisions.get(_key(version.id), STOP))


def _asked_about(change: MunicipalityChange) -> Sequence[PlanVersion]:
    ids = [int(key.partition(":")[2]) for key in change.decisions if key.startswith("plan:")]
    under_way = (PlanVersion.id.in_(ids), PlanVersion.is_current, PlanVersion.status.in_(UNDER_WAY))
    found = select(PlanVersion).where(*under_way).order_by(PlanVersion.id)
    return db.session.scalars(
        found.options(joinedload(PlanVersion.plan).joinedload(Plan.partnership, innerjoin=True))
    ).all()


def _line(version: PlanVersion, decided: Course, change: MunicipalityChange) -> Line:
    words = {
        "plan": version.plan.title,
        "name": version.plan.partnership.name,
        "status": version.status.label,
    }
    ends = version.plan.partnership in (*decided.merged, *decided.closed)
    if ends and version.status in UNDER_WAY:
        stops = _answer(change, version) != MOVE
        text = (
            _("%(plan)s, %(name)s (%(status)s): stops", **words)
            if stops
            else _("%(plan)s, %(name)s (%(status)s): moves along", **words)
        )
    elif ends:
        text = _("%(plan)s, %(name)s (%(status)s): stays to be read", **words)
    else:
        text = _("%(plan)s, %(name)s (%(status)s)", **words)
    return Line(str(text), "plans.show", {"version_id": version.id})


def _line_of_earlier(plan: EarlierPlan, decided: Course) -> Line:
    """Decided before this system: nothing of it is under way."""
    words = {"plan": plan.title, "name": plan.partnership.name, "status": plan.status.label}
    if plan.partnership in (*decided.merged, *decided.closed):
        return Line(str(_("%(plan)s, %(name)s (%(status)s): stays to be read", **words)))
    return Line(str(_("%(plan)s, %(name)s (%(status)s)", **words)))
