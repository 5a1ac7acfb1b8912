"""Everything that happened in a partnership: to it, its members, people, files, meetings and plans, in one line of time."""

from collections.abc import Mapping, Sequence, Set

from sqlalchemy import ColumnElement, and_, or_

from accounts.history import HistoryLine, latest_where, lines_where
from accounts.models import User
from accounts.policy import Permission, can
from core.audit import AuditEvent
from core.i18n import _l
from core.labels import LabelledEnum
from core.paging import Page
from partnerships.models import Partnership
from progress.queries import PlanRow


class About(LabelledEnum):
    """What a reader may narrow the history to."""

    PARTNERSHIP = "partnership", _l("The partnership itself")
    PEOPLE = "people", _l("People and terms")
    MEMBERS = "members", _l("Members")
    MEETINGS = "meetings", _l("Meetings")
    FILES = "files", _l("Files and papers")
    PLANS = "plans", _l("Plans")
    MUNICIPALITY = "municipality", _l("The municipality")


RECORDS: Mapping[About, frozenset[str]] = {
    About.PARTNERSHIP: frozenset({"partnership"}),
    About.PEOPLE: frozenset({"leader_term", "leader_handover", "animator_assignment"}),
    About.MEMBERS: frozenset({"partnership_member", "organisation"}),
    About.MEETINGS: frozenset({"partnership_meeting"}),
    About.FILES: frozenset({"attachment", "paper"}),
    About.PLANS: frozenset({"plan", "plan_version", "plan_import", "review_comment", "earlier_plan"}),
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
    readable = {row.version.plan_id for row in plans if can(reader, Permission.PLAN_READ, row.version)}
    conditions = [_told_in(partnership, readable)]
    if about is not None:
        conditions.append(AuditEvent.record_kind.in_(RECORDS[about]))
    if record is not None:
        kind, record_id = record
        conditions.append(and_(AuditEvent.record_kind == kind, AuditEvent.record_id == record_id))
    return lines_where(*conditions, number=number)


def whole_history(partnership: Partnership, plan_ids: Set[int], *, most: int) -> list[HistoryLine]:
    """The latest ``most`` events, newest first; of plans only these."""
    return latest_where(_told_in(partnership, plan_ids), most=most)


def _told_in(partnership: Partnership, plan_ids: Set[int]) -> ColumnElement[bool]:
    return or_(
        and_(AuditEvent.story_kind == "partnership", AuditEvent.story_id == partnership.id),
        and_(AuditEvent.story_kind == "municipality", AuditEvent.story_id == partnership.municipality_id),
        and_(AuditEvent.story_kind == "plan", AuditEvent.story_id.in_(plan_ids)),
    )


def asked_record(written: str) -> tuple[str, int] | None:
    """``partnership_member-12`` in an address; anything else asks for no single record."""
    kind, _, number = written.rpartition("-")
    known = frozenset().union(*RECORDS.values())
    is_one = kind in known and number.isascii() and number.isdigit() and len(number) <= 9
    return (kind, int(number)) if is_one else None
