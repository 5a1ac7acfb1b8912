"""Everything that happened in a partnership: to it, its members, people, files, meetings and plans, in one line of time."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from sqlalchemy import ColumnElement, and_, or_, select

from accounts.history import HistoryLine, latest_where, lines_where
from accounts.models import User
from accounts.policy import Permission, can
from core.audit import AuditEvent
from core.database import db
from core.i18n import _, _l
from core.labels import LabelledEnum
from core.paging import Page
from partnerships.handovers.models import LeaderHandover
from partnerships.models import Partnership
from plans.models import Plan
from progress.queries import PlanRow, places_of_remarks


class About(LabelledEnum):
    """What a reader may narrow the history to."""

    PARTNERSHIP = "partnership", _l("The partnership itself")
    PEOPLE = "people", _l("People and terms")
    MEMBERS = "members", _l("Members")
    MEETINGS = "meetings", _l("Meetings")
    FILES = "files", _l("Files and papers")
    PLANS = "plans", _l("Plans")
    ADVICE = "advice", _l("Visits and advice")
    MUNICIPALITY = "municipality", _l("The municipality")


RECORDS: Mapping[About, frozenset[str]] = {
    About.PARTNERSHIP: frozenset({"partnership", "self_assessment", "board_letter_delivery"}),
    About.PEOPLE: frozenset({"leader_term", "leader_handover", "animator_assignment"}),
    About.MEMBERS: frozenset({"partnership_member", "organisation", "record_import"}),
    About.MEETINGS: frozenset({"partnership_meeting"}),
    About.FILES: frozenset({"attachment", "paper"}),
    About.PLANS: frozenset(
        {"plan", "plan_version", "plan_import", "review_comment", "earlier_plan", "year_declaration"}
    ),
    About.ADVICE: frozenset(
        {"consultation", "follow_up", "advice_request", "hour_budget", "budget_adjustment"}
    ),
    About.MUNICIPALITY: frozenset({"municipality", "mayor", "municipality_change", "handbook_issue"}),
}
"""Kinds of records, by the names of their tables."""


def history_of(
    partnership: Partnership,
    plans: Sequence[PlanRow],
    reader: User,
    *,
    about: About | None = None,
    record: tuple[str, int] | None = None,
    number: int = 1,
) -> Page[HistoryLine]:
    """Of plans only those that this person may read; ``record`` (kind and id) narrows it to one member, term or file."""
    readable = {
        row.version.plan_id: row.version.plan
        for row in plans
        if can(reader, Permission.PLAN_READ, row.version)
    }
    conditions = [] if _advises_here(partnership, record) else [_told_in(partnership, readable.keys())]
    if about is not None:
        conditions.append(AuditEvent.record_kind.in_(RECORDS[about]))
    if record is not None:
        conditions.append(_about_one(*record))
    page = lines_where(*conditions, number=number)
    return replace(page, rows=_with_plans(page.rows, readable))


def _advises_here(partnership: Partnership, record: tuple[str, int] | None) -> bool:
    """Animators advise a municipality: what is told of it may lie in another partnership that it had on that day."""
    kind, record_id = record or ("", 0)
    return kind == "animator_assignment" and record_id in {one.id for one in partnership.assignments}


def whole_history(partnership: Partnership, plan_ids: Set[int], *, most: int) -> list[HistoryLine]:
    """The latest ``most`` events, newest first; of plans only these."""
    plans = {plan.id: plan for plan in db.session.scalars(select(Plan).where(Plan.id.in_(plan_ids)))}
    return _with_plans(latest_where(_told_in(partnership, plan_ids), most=most), plans)


def _with_plans(lines: Iterable[HistoryLine], plans: Mapping[int, Plan]) -> list[HistoryLine]:
    """Away from the plan's own page a line says which plan and version it is about, and of a remark its place."""
    lines = list(lines)
    ids = {line.record[1] for line in lines if line.record[0] == "review_comment"}
    places = places_of_remarks({one for one in ids if one is not None})
    return [_with_plan(line, plans, places) for line in lines]


def _with_plan(line: HistoryLine, plans: Mapping[int, Plan], places: Mapping[int, str]) -> HistoryLine:
    kind, plan_id = line.told_in
    plan = plans.get(plan_id or 0) if kind == "plan" else None
    if plan is None:
        return line
    about = plan.title
    if line.number is not None:
        about = _("%(plan)s, version %(number)s", plan=about, number=line.number)
    place = places.get(line.record[1] or 0) if line.record[0] == "review_comment" else None
    if place:
        about = _("%(plan)s (%(place)s)", plan=about, place=place)
    return replace(line, text=_("%(what)s: %(plan)s", what=line.text, plan=about))


def _about_one(kind: str, record_id: int) -> ColumnElement[bool]:
    """Of a term also the hand-over by which it began or ended."""
    own = and_(AuditEvent.record_kind == kind, AuditEvent.record_id == record_id)
    if kind != "leader_term":
        return own
    handovers = select(LeaderHandover.id).where(
        or_(LeaderHandover.from_term_id == record_id, LeaderHandover.to_term_id == record_id)
    )
    return or_(own, and_(AuditEvent.record_kind == "leader_handover", AuditEvent.record_id.in_(handovers)))


def _told_in(partnership: Partnership, plan_ids: Set[int]) -> ColumnElement[bool]:
    """Of a plan nothing from before it was begun: its number may be that of a plan whose only draft was deleted."""
    begun_at = select(Plan.created_at).where(Plan.id == AuditEvent.story_id).scalar_subquery()
    return or_(
        and_(AuditEvent.story_kind == "partnership", AuditEvent.story_id == partnership.id),
        and_(AuditEvent.story_kind == "municipality", AuditEvent.story_id == partnership.municipality_id),
        and_(AuditEvent.story_kind == "plan", AuditEvent.story_id.in_(plan_ids), AuditEvent.at >= begun_at),
    )


def asked_record(written: str) -> tuple[str, int] | None:
    """``partnership_member-12`` in an address; anything else asks for no single record."""
    kind, _, number = written.rpartition("-")
    known = frozenset().union(*RECORDS.values())
    is_one = kind in known and number.isascii() and number.isdigit() and len(number) <= 9
    return (kind, int(number)) if is_one else None
