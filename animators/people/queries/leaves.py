"""Leaves that are over, and what happened meanwhile: a fixed number of queries for each summary."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true
from sqlalchemy.orm import aliased, contains_eager, joinedload

from accounts.history import HistoryLine
from accounts.models import User
from animators.advice.events import AdviceEvent
from animators.consultations.events import ConsultationEvent
from animators.hours.events import HoursEvent
from animators.people.models import LeaveSummary, SummarisedCover
from animators.people.queries.hours_taken import Entered, Taken, entries_between, taken_during
from animators.visits.events import VisitEvent
from core import clock
from core.audit import AuditEvent, AuditPersonal, event_label
from core.database import db
from core.i18n import _
from handbooks.events import HandbookEvent
from municipalities.models import Municipality
from partnerships.models import AnimatorAssignment, AssignmentKind, Partnership
from partnerships.queries import covers, visible_to
from plans.events import PlanEvent
from plans.models import CommentState, Plan, PlanVersion, ReviewComment

TOLD_WITHIN = timedelta(days=14)
"""Leaves that ended before are nobody's news; a leave lasts as long as one cover follows the other."""

OF_PLANS = (
    PlanEvent.SUBMITTED, PlanEvent.WITHDRAWN, PlanEvent.REVIEW_STARTED, PlanEvent.RETURNED, PlanEvent.APPROVED,
    PlanEvent.PUBLISHED, PlanEvent.PUBLISHED_ON_APPROVAL, PlanEvent.REOPENED, PlanEvent.CORRECTED, PlanEvent.KEPT,
    PlanEvent.FEEDBACK_REQUESTED, PlanEvent.FEEDBACK_GIVEN,
)  # fmt: skip
"""What an animator has to do with. A draft is its authors' own, before a leave and after it."""

OF_PLACES = tuple(
    str(event)
    for kinds in (VisitEvent, ConsultationEvent, AdviceEvent, HoursEvent, HandbookEvent)
    for event in kinds
)
"""What is told in the municipality's own story: it stays there whoever leads the partnership."""


@dataclass(frozen=True)
class EndedCover:
    assignment: AnimatorAssignment
    returning: User
    """Whose decisions they are again."""


def covers_to_tell() -> list[EndedCover]:
    """Covers that are over and not told of, where the animator decides again: a leave with two covers in turn is one."""
    today = clock.today()
    main, next_cover = aliased(AnimatorAssignment), aliased(AnimatorAssignment)
    goes_on = exists().where(
        next_cover.municipality_id == AnimatorAssignment.municipality_id,
        next_cover.kind == AssignmentKind.COVER,
        covers(next_cover.starts_on, next_cover.ends_on, today),
    )
    found = db.session.execute(
        select(AnimatorAssignment, User)
        .join(
            main,
            and_(
                main.municipality_id == AnimatorAssignment.municipality_id,
                main.kind == AssignmentKind.MAIN,
                covers(main.starts_on, main.ends_on, today),
            ),
        )
        .join(User, User.id == main.animator_id)
        .where(
            AnimatorAssignment.kind == AssignmentKind.COVER,
            AnimatorAssignment.ends_on < today,
            main.starts_on <= AnimatorAssignment.ends_on,
            main.animator_id != AnimatorAssignment.animator_id,
            ~exists().where(SummarisedCover.assignment_id == AnimatorAssignment.id),
            ~goes_on,
        )
        .order_by(User.id, AnimatorAssignment.id)
    )
    return _of_late([EndedCover(*row) for row in found], since=today - TOLD_WITHIN)


def _of_late(ended: Sequence[EndedCover], *, since: date) -> list[EndedCover]:
    """Those whose leave ended since that day, in the order they came in."""
    goes_on_from: set[tuple[int, date]] = set()
    """Where a cover that is told of begins."""
    for one in sorted(ended, key=lambda one: one.assignment.starts_on, reverse=True):
        cover = one.assignment
        ends_on = cover.ends_on or cover.starts_on
        if ends_on >= since or (cover.municipality_id, ends_on + timedelta(days=1)) in goes_on_from:
            goes_on_from.add((cover.municipality_id, cover.starts_on))
    return [
        one for one in ended if (one.assignment.municipality_id, one.assignment.starts_on) in goes_on_from
    ]


def summary_by_id(summary_id: int) -> LeaveSummary | None:
    return db.session.scalar(
        select(LeaveSummary)
        .where(LeaveSummary.id == summary_id)
        .options(joinedload(LeaveSummary.animator, innerjoin=True))
    )


def latest_summary(person: User) -> LeaveSummary | None:
    """Of a leave that ended lately."""
    return db.session.scalar(
        select(LeaveSummary)
        .where(LeaveSummary.animator_id == person.id, LeaveSummary.ends_on >= clock.today() - TOLD_WITHIN)
        .order_by(LeaveSummary.ends_on.desc(), LeaveSummary.id.desc())
        .limit(1)
    )


@dataclass(frozen=True)
class Cover:
    """Somebody stands in for somebody else in one municipality for some days."""

    assignment: AnimatorAssignment
    covering: User
    away: User
    place: str

    @property
    def together(self) -> tuple[int, int, date, date | None]:
        """What is the same of all municipalities of one leave."""
        return self.covering.id, self.away.id, self.assignment.starts_on, self.assignment.ends_on


def covers_around(person: User, first: date, last: date, *, everybody: bool) -> list[Cover]:
    """Covers on some of these days, in which this person takes part: those of one leave stand together."""
    cover, main = aliased(AnimatorAssignment), aliased(AnimatorAssignment)
    covering, away = aliased(User), aliased(User)
    found = db.session.execute(
        select(cover, covering, away, Municipality.name)
        .join(
            main,
            and_(
                main.municipality_id == cover.municipality_id,
                main.kind == AssignmentKind.MAIN,
                covers(main.starts_on, main.ends_on, cover.starts_on.expression),
            ),
        )
        .join(covering, covering.id == cover.animator_id)
        .join(away, away.id == main.animator_id)
        .join(Municipality, Municipality.id == cover.municipality_id)
        .where(
            cover.kind == AssignmentKind.COVER,
            cover.starts_on <= last,
            or_(cover.ends_on.is_(None), cover.ends_on >= first),
            true() if everybody else or_(covering.id == person.id, away.id == person.id),
        )
        .order_by(
            cover.starts_on,
            cover.ends_on,
            covering.sort_key,
            covering.id,
            away.id,
            Municipality.sort_key,
            cover.id,
        )
    )
    return [Cover(*row) for row in found]


@dataclass(frozen=True)
class Meanwhile:
    """What happened in one municipality while somebody covered."""

    municipality: Municipality
    covering: User
    starts_on: date
    ends_on: date
    partnership: Partnership | None
    lines: Sequence[HistoryLine]
    """The oldest first."""
    remarks: int
    """Sent to the leader in that time."""
    hours: Sequence[Taken]
    """What was taken of the hours in that time, by pot."""


def meanwhile(summary: LeaveSummary, *, reader: User) -> list[Meanwhile]:
    """By the alphabet; only what the reader may know of today."""
    assignments = _covers_of(summary)
    partnerships = _partnerships([one.municipality_id for one in assignments], reader)
    ids = [one.id for one in partnerships.values()]
    plans = {plan.id: plan for plan in db.session.scalars(select(Plan).where(Plan.partnership_id.in_(ids)))}
    events = _events(summary, {place: one.id for place, one in partnerships.items()}, plans)
    remarks = _remarks(summary, ids)
    hours = entries_between(partnerships, summary.starts_on, summary.ends_on)
    return [
        _meanwhile(one, partnerships.get(one.municipality_id), events, remarks, hours=hours)
        for one in assignments
        if one.municipality_id in partnerships
    ]


def _covers_of(summary: LeaveSummary) -> Sequence[AnimatorAssignment]:
    return db.session.scalars(
        select(AnimatorAssignment)
        .join(SummarisedCover, SummarisedCover.assignment_id == AnimatorAssignment.id)
        .join(AnimatorAssignment.municipality)
        .options(
            contains_eager(AnimatorAssignment.municipality).joinedload(Municipality.county, innerjoin=True),
            joinedload(AnimatorAssignment.animator, innerjoin=True),
        )
        .where(SummarisedCover.summary_id == summary.id)
        .order_by(Municipality.sort_key, Municipality.id, AnimatorAssignment.starts_on)
    ).all()


def _partnerships(places: Collection[int], reader: User) -> dict[int, Partnership]:
    found = db.session.scalars(
        select(Partnership)
        .where(Partnership.municipality_id.in_(places), visible_to(reader))
        .order_by(Partnership.id)
    )
    return {one.municipality_id: one for one in found}


@dataclass(frozen=True)
class _Event:
    partnership_id: int
    line: HistoryLine


def _events(summary: LeaveSummary, ids: Mapping[int, int], plans: dict[int, Plan]) -> list[_Event]:
    """``ids``: of the partnerships, by their municipality."""
    actor, principal = aliased(User), aliased(User)
    of_places = and_(
        AuditEvent.story_kind == Municipality.__tablename__,
        AuditEvent.story_id.in_(ids),
        AuditEvent.event.in_(OF_PLACES),
    )
    of_partnerships = and_(
        AuditEvent.story_kind == Partnership.__tablename__, AuditEvent.story_id.in_(ids.values())
    )
    of_plans = and_(
        AuditEvent.story_kind == Plan.__tablename__,
        AuditEvent.story_id.in_(plans),
        AuditEvent.event.in_([event.value for event in OF_PLANS]),
    )
    found = db.session.execute(
        select(AuditEvent, AuditPersonal.data, actor.name, principal.name)
        .outerjoin(AuditPersonal, AuditPersonal.event_id == AuditEvent.id)
        .outerjoin(actor, actor.id == AuditEvent.actor_id)
        .outerjoin(principal, principal.id == AuditEvent.on_behalf_of_id)
        .where(
            or_(of_partnerships, of_plans, of_places) if ids else false(),
            AuditEvent.at >= _begin_of(summary.starts_on),
            AuditEvent.at < _begin_of(summary.ends_on + timedelta(days=1)),
        )
        .order_by(AuditEvent.at, AuditEvent.id)
    )
    return [
        _event(event, personal or {}, ids, plans, who=who, on_behalf_of=behalf)
        for event, personal, who, behalf in found
    ]


def _event(
    event: AuditEvent,
    personal: dict[str, str],
    ids: Mapping[int, int],
    plans: dict[int, Plan],
    *,
    who: str | None,
    on_behalf_of: str | None,
) -> _Event:
    label, story_id = str(event_label(event.event)), event.story_id or 0
    plan = plans.get(story_id) if event.story_kind == Plan.__tablename__ else None
    text = _("%(what)s: %(plan)s", what=label, plan=plan.title) if plan else label
    note = next((str(personal[key]) for key in ("reason", "note") if personal.get(key)), None)
    line = HistoryLine(event.at, who, text, note=note, on_behalf_of=on_behalf_of, event=event.event)
    if plan is not None:
        return _Event(plan.partnership_id, line)
    return _Event(ids[story_id] if event.story_kind == Municipality.__tablename__ else story_id, line)


def _remarks(summary: LeaveSummary, ids: Collection[int]) -> list[tuple[int, datetime]]:
    """Each goes out with the decision about its version, whoever wrote it and when."""
    found = db.session.execute(
        select(Plan.partnership_id, PlanVersion.decided_at)
        .join(PlanVersion, PlanVersion.plan_id == Plan.id)
        .join(ReviewComment, ReviewComment.version_id == PlanVersion.id)
        .where(
            Plan.partnership_id.in_(ids),
            ReviewComment.state != CommentState.DRAFT,
            ReviewComment.round == PlanVersion.round,
            PlanVersion.decided_at >= _begin_of(summary.starts_on),
            PlanVersion.decided_at < _begin_of(summary.ends_on + timedelta(days=1)),
            ~_is_carried(),
        )
    )
    return [(place, sent_at) for place, sent_at in found if sent_at is not None]


def _is_carried() -> ColumnElement[bool]:
    """A remark of an earlier round that came along into a later version."""
    earlier = aliased(ReviewComment)
    was_sent = earlier.state != CommentState.DRAFT
    return exists().where(earlier.uid == ReviewComment.uid, earlier.id < ReviewComment.id, was_sent)


def _meanwhile(
    cover: AnimatorAssignment,
    partnership: Partnership | None,
    events: Iterable[_Event],
    remarks: Iterable[tuple[int, datetime]],
    *,
    hours: Iterable[Entered],
) -> Meanwhile:
    ends_on = cover.ends_on or cover.starts_on
    about = partnership.id if partnership else 0

    def within(at: datetime) -> bool:
        return cover.starts_on <= clock.local(at).date() <= ends_on

    return Meanwhile(
        cover.municipality,
        cover.animator,
        cover.starts_on,
        ends_on,
        partnership,
        [one.line for one in events if one.partnership_id == about and within(one.line.at)],
        sum(partnership_id == about and within(at) for partnership_id, at in remarks),
        taken_during(cover, hours),
    )


def _begin_of(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.LOCAL_ZONE)
