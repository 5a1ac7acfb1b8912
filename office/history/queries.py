"""Everything that happened in the programme, narrowed by who, what, where and when; in a fixed number of queries."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from accounts.history import HistoryLine, latest_where, lines_where
from accounts.models import User
from accounts.policy import Permission, can
from core import clock
from core.audit import AuditEvent
from core.database import db
from core.paging import Page
from core.text import fold
from municipalities.models import Municipality
from office.history.kinds import TABLES, RecordKind
from office.history.topics import Topic, events_of
from partnerships.models import Partnership
from phrases.models import Phrase
from plans.definitions import PlanKind
from plans.models import Plan

MOST_EXPORTED = 20_000
LONGEST_QUESTION = 100
OPEN_TO_ADMINISTRATORS = frozenset(
    {
        "user", "role_grant", "sign_in_session", "programme", "programme_logo", "plan_template", "erasure_request",
        "job_lease", "calendar_feed",
    }
)  # fmt: skip
"""Kinds of records whose words whoever only administers may read; of all others they see that something happened."""


@dataclass(frozen=True)
class Wanted:
    person: str = ""
    """Words of the name or address of who did it, or in whose name."""
    happened_to: bool = False
    """It happened to the person instead."""
    topic: Topic | None = None
    kind: RecordKind | None = None
    place: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def is_narrowed(self) -> bool:
        return self != Wanted()


@dataclass(frozen=True)
class FoundLine:
    line: HistoryLine
    place: str | None = None
    partnership_id: int | None = None
    plan: Plan | None = None


def found(wanted: Wanted, *, reader: User, number: int) -> Page[FoundLine]:
    page = lines_where(*_conditions(wanted), number=number)
    return Page(_placed(page.rows, reader), page.number, page.total, page.size)


def all_found(wanted: Wanted, *, reader: User) -> list[FoundLine]:
    return _placed(latest_where(*_conditions(wanted), most=MOST_EXPORTED), reader)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.person:
        conditions.append(_by_person(wanted))
    if wanted.topic is not None:
        conditions.append(AuditEvent.event.in_(sorted(events_of(wanted.topic))))
    if wanted.kind is not None:
        conditions.append(AuditEvent.record_kind.in_(sorted(TABLES[wanted.kind])))
    if wanted.place:
        conditions.append(_in_place(wanted.place))
    if wanted.since:
        conditions.append(AuditEvent.at >= _begin_of(wanted.since))
    if wanted.until:
        conditions.append(AuditEvent.at < _begin_of(wanted.until + timedelta(days=1)))
    return conditions


def _by_person(wanted: Wanted) -> ColumnElement[bool]:
    people = _having(select(User.id), User.search_text, wanted.person)
    if wanted.happened_to:
        return and_(AuditEvent.story_kind == "user", AuditEvent.story_id.in_(people))
    return or_(AuditEvent.actor_id.in_(people), AuditEvent.on_behalf_of_id.in_(people))


def _in_place(words: str) -> ColumnElement[bool]:
    places = _having(select(Municipality.id), Municipality.search_text, words)
    partnerships = select(Partnership.id).where(Partnership.municipality_id.in_(places))
    plans = select(Plan.id).where(Plan.partnership_id.in_(partnerships))
    return or_(
        and_(AuditEvent.story_kind == "partnership", AuditEvent.story_id.in_(partnerships)),
        and_(AuditEvent.story_kind == "plan", AuditEvent.story_id.in_(plans)),
        and_(AuditEvent.story_kind == "municipality", AuditEvent.story_id.in_(places)),
    )


def _having(query: Select[tuple[int]], column: InstrumentedAttribute[str], words: str) -> Select[tuple[int]]:
    for word in fold(words[:LONGEST_QUESTION]).split():
        query = query.where(column.contains(word, autoescape=True))
    return query


# --- Where it happened, and what of it this reader may see -----------------------------------------------


def _placed(lines: Sequence[HistoryLine], reader: User) -> list[FoundLine]:
    plans = {
        plan.id: plan for plan in db.session.scalars(select(Plan).where(Plan.id.in_(_ids(lines, "plan"))))
    }
    ids = _ids(lines, "partnership") | {plan.partnership_id for plan in plans.values()}
    towns, names = _towns(ids), _names(_ids(lines, "municipality"))
    reads_plans = can(reader, Permission.BOARD_READ)
    return [_found(line, plans, towns, names, reads_plans=reads_plans) for line in lines]


def _found(
    line: HistoryLine,
    plans: Mapping[int, Plan],
    towns: Mapping[int, str],
    names: Mapping[int, str],
    *,
    reads_plans: bool,
) -> FoundLine:
    """``towns``: by the id of the partnership; ``names``: by that of the municipality, which has a story of its own."""
    kind, record_id = line.told_in
    plan = plans.get(record_id or 0) if kind == "plan" else None
    partnership_id = plan.partnership_id if plan else record_id if kind == "partnership" else None
    if not _shows_words(line, plan, reads_plans=reads_plans):
        line = replace(line, note=None, changes=())
    place = names.get(record_id or 0) if kind == "municipality" else towns.get(partnership_id or 0)
    return FoundLine(line, place, partnership_id if reads_plans else None, plan)


def _shows_words(line: HistoryLine, plan: Plan | None, *, reads_plans: bool) -> bool:
    """An annual plan belongs to its authors: of it everybody else sees only that something happened. What a plan was
    that has been deleted since nobody knows any more.
    """
    if line.told_in[0] == "plan" and (plan is None or plan.kind is not PlanKind.GENERAL):
        return False
    if line.record[0] == Phrase.__tablename__:
        return False  # a phrase of one's own is nobody else's
    return reads_plans or line.record[0] in OPEN_TO_ADMINISTRATORS


def _towns(ids: Collection[int]) -> dict[int, str]:
    rows = db.session.execute(
        select(Partnership.id, Municipality.name)
        .join(Municipality, Municipality.id == Partnership.municipality_id)
        .where(Partnership.id.in_(ids))
    )
    return {row[0]: row[1] for row in rows}


def _names(ids: Collection[int]) -> dict[int, str]:
    rows = db.session.execute(select(Municipality.id, Municipality.name).where(Municipality.id.in_(ids)))
    return {row[0]: row[1] for row in rows}


def _ids(lines: Iterable[HistoryLine], kind: str) -> set[int]:
    return {line.told_in[1] for line in lines if line.told_in[0] == kind and line.told_in[1] is not None}


def _begin_of(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.LOCAL_ZONE)
