"""Where every municipality stands: one query for a page of the board, the same one for its export."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple

from flask import request
from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    SQLColumnExpression,
    String,
    and_,
    bindparam,
    case,
    func,
    literal,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import aliased

from accounts.models import User
from core import clock
from core.database import db
from core.i18n import language
from core.paging import PAGE_SIZE, Page, Sorting, asked_id
from core.text import fold
from municipalities.models import County, Municipality, MunicipalityKind, Voivodeship
from municipalities.naming import county_label
from partnerships.models import AnimatorAssignment, AssignmentKind, LeaderTerm, Partnership, TermKind
from partnerships.queries import covers
from partnerships.workflow import PartnershipStatus
from plans.earlier_queries import was_published_before
from plans.models import Plan, PlanVersion
from plans.workflow import PlanStatus
from progress.queries import latest_general_plan
from progress.stages import Stage


@dataclass(frozen=True)
class BoardFilter:
    text: str = ""
    voivodeship_id: int | None = None
    animator_id: int | None = None
    stage: Stage | None = None

    @classmethod
    def asked(cls) -> "BoardFilter":
        """From the address; anything that makes no sense filters nothing."""
        asked = request.args
        stage = asked.get("stage", "")
        return cls(
            text=asked.get("q", "")[:80],
            voivodeship_id=asked_id("voivodeship"),
            animator_id=asked_id("animator"),
            stage=Stage(stage) if stage in set(Stage) else None,
        )

    @property
    def is_empty(self) -> bool:
        return self == BoardFilter()


class BoardRow(NamedTuple):
    partnership_id: int
    municipality: str
    kind: MunicipalityKind
    code: str
    county: str
    voivodeship: str
    partnership_status: PartnershipStatus
    leader: str | None
    animator: str | None
    stage: Stage
    version_id: int | None
    round: int
    since: datetime
    """By the clock of the programme's country."""
    is_public: bool
    was_published_before: bool
    """Before this system, as the records taken over say."""
    waiting_days: int
    """Whole local days since the stage was reached."""

    @property
    def place_label(self) -> str:
        """What tells this municipality from others of its name: its type and county."""
        return _place_label(self.kind, self.code[:4], self.county, language())

    @property
    def has_earlier_public(self) -> bool:
        return self.is_public and self.stage is not Stage.PUBLISHED

    @property
    def says_published_before(self) -> bool:
        """Where nothing here is public, so that a plan which was published does not look as if there were none."""
        return self.was_published_before and not self.is_public


@lru_cache(maxsize=4096)
def _place_label(kind: MunicipalityKind, code: str, county: str, _language: str) -> str:
    """Kept: the board names the same counties again and again."""
    return f"{kind.label}, {county_label(code, county)}"


_Leader, _Animator = aliased(User), aliased(User)
_Term = aliased(LeaderTerm)
_Main, _Cover = aliased(AnimatorAssignment), aliased(AnimatorAssignment)
_Current, _Public = aliased(PlanVersion), aliased(PlanVersion)

_stage: ColumnElement[str] = func.coalesce(type_coerce(_Current.status, String), literal(Stage.NO_PLAN.value))
_stage_order: ColumnElement[int] = case(
    {stage.value: rank for rank, stage in enumerate(Stage)}, value=_stage, else_=99
)
_since: ColumnElement[datetime] = func.coalesce(_Current.status_since, Partnership.created_at)

SORTING: Mapping[str, SQLColumnExpression[Any]] = {
    "municipality": Municipality.sort_key,
    "voivodeship": Voivodeship.sort_key,
    "leader": _Leader.sort_key,
    "animator": _Animator.sort_key,
    "stage": _stage_order,
    "since": _since,
}


STAGES = {stage.value: stage for stage in Stage}
NEVER_EMPTY = frozenset({"municipality", "voivodeship", "stage", "since"})


def sorting() -> Sorting:
    return Sorting(SORTING, default="municipality", never_empty=NEVER_EMPTY)


# Putting a statement with ten joins together takes longer than its answer, so each is put together once and the latest
# are kept; the day it is asked on, and where the page begins, are given with the question.
_today: Any = bindparam("today", type_=Date)


def _ask(query: Select[*tuple[Any, ...]], **given: int) -> Sequence[Any]:
    """By the connection itself: rows of values need nobody who looks after objects."""
    return db.session.connection().execute(query, {"today": clock.today(), **given}).all()


def _of_today(assignment: Any, kind: AssignmentKind) -> ColumnElement[bool]:
    period = covers(assignment.starts_on, assignment.ends_on, _today)
    return and_(assignment.municipality_id == Partnership.municipality_id, assignment.kind == kind, period)


def _with_leader(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    leads_today = covers(_Term.starts_on, _Term.ends_on, _today)
    return query.outerjoin(
        _Term, (_Term.partnership_id == Partnership.id) & (_Term.kind == TermKind.LEADER) & leads_today
    ).outerjoin(_Leader, _Leader.id == _Term.user_id)


def _with_animator(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        query.outerjoin(_Main, _of_today(_Main, AssignmentKind.MAIN))
        .outerjoin(_Cover, _of_today(_Cover, AssignmentKind.COVER))
        .outerjoin(_Animator, _Animator.id == func.coalesce(_Cover.animator_id, _Main.animator_id))
    )


def _with_plan(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return query.outerjoin(Plan, latest_general_plan()).outerjoin(
        _Current, (_Current.plan_id == Plan.id) & _Current.is_current
    )


@cache
def _rows() -> Select[*tuple[Any, ...]]:
    """Every open partnership with its leader and animator of today and the latest version of its general plan."""
    query = (
        select(
            Partnership.id, Municipality.name, Municipality.kind, Municipality.code, County.name, Voivodeship.name,
            Partnership.status, _Leader.name, _Animator.name, _stage, _Current.id, func.coalesce(_Current.round, 0),
            _since, _Public.id.is_not(None), was_published_before(),
        )
        .join(Municipality, Partnership.municipality_id == Municipality.id)
        .join(County, Municipality.county_id == County.id)
        .join(Voivodeship, Municipality.voivodeship_id == Voivodeship.id)
        .where(Partnership.status != PartnershipStatus.CLOSED)
    )  # fmt: skip
    return _with_plan(_with_animator(_with_leader(query))).outerjoin(
        _Public, (_Public.plan_id == Plan.id) & (_Public.status == PlanStatus.PUBLISHED)
    )


@cache
def _stages(*, by_place: bool, by_leader: bool, by_animator: bool) -> Select[*tuple[Any, ...]]:
    """Only the stage of each, and of the tables only those that it is narrowed by."""
    query = (
        select(_stage, func.count())
        .select_from(Partnership)
        .where(Partnership.status != PartnershipStatus.CLOSED)
        .group_by(_stage)
    )
    if by_place:
        query = query.join(Municipality, Partnership.municipality_id == Municipality.id)
    query = _with_leader(query) if by_leader else query
    return _with_plan(_with_animator(query) if by_animator else query)


def _narrowed(query: Select[*tuple[Any, ...]], wanted: BoardFilter) -> Select[*tuple[Any, ...]]:
    if wanted.voivodeship_id is not None:
        query = query.where(Municipality.voivodeship_id == wanted.voivodeship_id)
    if wanted.animator_id is not None:
        query = query.where(_Animator.id == wanted.animator_id)
    if wanted.stage is not None:
        query = query.where(_stage == wanted.stage.value)
    for word in fold(wanted.text).split():
        query = query.where(
            Municipality.search_text.contains(word, autoescape=True)
            | _Leader.search_text.contains(word, autoescape=True)
            | Municipality.code.startswith(word, autoescape=True)
        )
    return query


@lru_cache(maxsize=256)
def _found(wanted: BoardFilter, sort: str) -> Select[*tuple[Any, ...]]:
    found = _narrowed(_rows(), wanted)
    return found.order_by(sorting().order_of(sort), Municipality.sort_key, Municipality.id)


@lru_cache(maxsize=256)
def _one_page(wanted: BoardFilter, sort: str) -> Select[*tuple[Any, ...]]:
    return _found(wanted, sort).limit(PAGE_SIZE).offset(bindparam("skipped", type_=Integer))


def board_page(wanted: BoardFilter, order: Sorting, *, number: int, total: int) -> Page[BoardRow]:
    """One page of the ``total`` rows that the filter leaves; a page past the end is the last one."""
    page: Page[BoardRow] = Page([], max(1, min(number, -(-total // PAGE_SIZE))), total)
    return replace(page, rows=_read(_one_page(wanted, order.asked), skipped=(page.number - 1) * PAGE_SIZE))


def board_rows(wanted: BoardFilter, order: Sorting) -> Sequence[BoardRow]:
    """All rows of the same filter and order, for an export."""
    return _read(_found(wanted, order.asked))


def stage_counts(wanted: BoardFilter) -> Mapping[Stage, int]:
    """How many municipalities stand where, of those that the other filters leave; in one query."""
    counted = {STAGES[stage]: count for stage, count in _ask(_counts(replace(wanted, stage=None)))}
    return {stage: counted[stage] for stage in Stage if stage in counted}


@lru_cache(maxsize=256)
def _counts(wanted: BoardFilter) -> Select[*tuple[Any, ...]]:
    text = bool(wanted.text)
    by_place, by_animator = text or wanted.voivodeship_id is not None, wanted.animator_id is not None
    return _narrowed(_stages(by_place=by_place, by_leader=text, by_animator=by_animator), wanted)


def _read(query: Select[*tuple[Any, ...]], **given: int) -> list[BoardRow]:
    today = clock.today()
    return [_row(values, today) for values in _ask(query, **given)]


def _row(values: Sequence[Any], today: date) -> BoardRow:
    *known, stage, version_id, round_, since, is_public, before = values
    reached = clock.local(since)
    days = (today - reached.date()).days
    return BoardRow._make(
        (*known, STAGES[stage], version_id, round_, reached, bool(is_public), bool(before), days)
    )


@dataclass(frozen=True)
class Choices:
    """What the filters offer: (id, name) in the order of the alphabet."""

    voivodeships: Sequence[tuple[int, str]]
    animators: Sequence[tuple[int, str]]


def filter_choices() -> Choices:
    """Voivodeships and animators that occur on the board, in one query."""
    found = db.session.execute(_choices()).all()
    return Choices(
        voivodeships=[(row[1], row[2]) for row in found if row[0] == "voivodeship"],
        animators=[(row[1], row[2]) for row in found if row[0] == "animator"],
    )


@cache
def _choices() -> Select[*tuple[Any, ...]]:
    regions = select(literal("voivodeship"), Voivodeship.id, Voivodeship.name, Voivodeship.sort_key)
    people = (
        select(literal("animator"), User.id, User.name, User.sort_key)
        .where(User.id.in_(select(AnimatorAssignment.animator_id)))
    )  # fmt: skip
    both = union_all(regions, people).subquery()
    return select(both).order_by(both.c[3])
