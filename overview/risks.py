"""When a partnership is at risk: every rule with its words, who can act, and the records that it finds.

This is the one place for all of them. Pages count, list and explain what the rules here give, so a number is always that
of the rows it leads to. A partnership may be at risk for several reasons; one that is closed never is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select

from animators.consultations.models import Consultation
from animators.reports.figures import TOOK_PLACE
from core import clock
from core.database import db
from core.formatting import day
from core.i18n import LazyString, _, _l, ngettext
from core.labels import LabelledEnum, Tone
from meetings.models import PartnershipMeeting
from partnerships.models import LeaderTerm, Partnership, TermKind
from partnerships.queries import has_leader
from partnerships.workflow import PartnershipStatus
from plans.models import Plan, PlanVersion
from plans.workflow import AWAITING_REVIEW, PlanStatus
from programme.queries import the_programme
from progress.queries import latest_general_plan
from progress.queries.stuck import last_day_not_late
from tasks.queries import task_columns
from tasks.rules import SETTLED, TaskCode


class Risk(LabelledEnum):
    """In the order of what has to be mended first."""

    LEADERLESS = "leaderless", _l("Nobody leads the partnership"), Tone.DANGER
    NO_VISIT = "no_visit", _l("Visits are missing shortly before the end"), Tone.DANGER
    REVIEW_LATE = "review_late", _l("The review is late"), Tone.WARNING
    UNPUBLISHED = "unpublished", _l("Approved and still not public"), Tone.WARNING
    RETURNED = "returned", _l("Returned, and nothing since"), Tone.WARNING
    NO_CONTACT = "no_contact", _l("No contact"), Tone.WARNING


class Turn(LabelledEnum):
    LEADER = "leader", _l("Leader")
    ANIMATOR = "animator", _l("Animator")
    OFFICE = "office", _l("Programme office")


class AtRisk(NamedTuple):
    """One partnership for one reason; ``since`` is a day of the programme's country."""

    risk: Risk
    partnership_id: int
    since: date
    version_id: int | None = None


@dataclass(frozen=True)
class Rule:
    risk: Risk
    turn: Turn
    how: Callable[[], str]
    """The rule in words, with the programme's numbers."""
    said: Callable[[date], str]
    """What is so with one partnership, since that day."""
    found: Callable[[], Iterable[AtRisk]]
    step: LazyString
    """The way to mend it, and the page that has it."""
    endpoint: str


IS_OPEN: ColumnElement[bool] = Partnership.status != PartnershipStatus.CLOSED


def begin_of(on: date) -> datetime:
    return datetime.combine(on, time(), tzinfo=clock.LOCAL_ZONE)


def local_day(moment: datetime) -> date:
    return clock.local(moment).date()


def _begun(founded_on: date | None, created_at: datetime) -> date:
    """The first day there was something to be done: its founding, else when it was entered."""
    return founded_on or local_day(created_at)


# --- Nobody leads it ------------------------------------------------------------------------------------------


def _leaderless() -> Iterable[AtRisk]:
    last = (
        select(LeaderTerm.partnership_id, func.max(LeaderTerm.ends_on).label("ended_on"))
        .where(LeaderTerm.kind == TermKind.LEADER, LeaderTerm.ends_on < clock.today())
        .group_by(LeaderTerm.partnership_id)
        .subquery()
    )
    query = (
        select(Partnership.id, last.c.ended_on, Partnership.founded_on, Partnership.created_at)
        .outerjoin(last, last.c.partnership_id == Partnership.id)
        .where(IS_OPEN, ~has_leader())
    )
    for partnership_id, ended_on, founded_on, created_at in db.session.execute(query):
        since = ended_on + timedelta(days=1) if ended_on else _begun(founded_on, created_at)
        yield AtRisk(Risk.LEADERLESS, partnership_id, since)


# --- No contact -----------------------------------------------------------------------------------------------


def _advice() -> Subquery:
    began = func.coalesce(Consultation.actual_start, Consultation.planned_start)
    return (
        select(Consultation.municipality_id, func.max(began).label("at"))
        .where(Consultation.status.in_(TOOK_PLACE))
        .group_by(Consultation.municipality_id)
        .subquery("advice")
    )


def _meetings() -> Subquery:
    return (
        select(PartnershipMeeting.partnership_id, func.max(PartnershipMeeting.held_on).label("on"))
        .where(PartnershipMeeting.people_count.is_not(None), PartnershipMeeting.called_off_at.is_(None))
        .group_by(PartnershipMeeting.partnership_id)
        .subquery("meetings")
    )


def _handed_over() -> Subquery:
    return (
        select(Plan.partnership_id, func.max(PlanVersion.submitted_at).label("at"))
        .join(PlanVersion, PlanVersion.plan_id == Plan.id)
        .group_by(Plan.partnership_id)
        .subquery("handed_over")
    )


def _silent() -> Iterable[AtRisk]:
    """A visit or call that took place, a meeting that was held, a plan handed over. Before the first, the founding counts."""
    bound = clock.today() - timedelta(days=the_programme().settings.no_contact_alert_days)
    advice, meetings, plans = _advice(), _meetings(), _handed_over()
    begun_before = case(
        (Partnership.founded_on.is_not(None), Partnership.founded_on < bound),
        else_=Partnership.created_at < begin_of(bound),
    )
    query = (
        select(
            Partnership.id,
            Partnership.founded_on,
            Partnership.created_at,
            meetings.c.on,
            advice.c.at,
            plans.c.at,
        )
        .outerjoin(advice, advice.c.municipality_id == Partnership.municipality_id)
        .outerjoin(meetings, meetings.c.partnership_id == Partnership.id)
        .outerjoin(plans, plans.c.partnership_id == Partnership.id)
        .where(IS_OPEN, begun_before, or_(meetings.c.on.is_(None), meetings.c.on < bound))
        .where(*(or_(one.c.at.is_(None), one.c.at < begin_of(bound)) for one in (advice, plans)))
    )
    for partnership_id, founded_on, created_at, met_on, *moments in db.session.execute(query):
        days = [_begun(founded_on, created_at), *([met_on] if met_on else [])]
        last = max([*days, *(local_day(moment) for moment in moments if moment)])
        yield AtRisk(Risk.NO_CONTACT, partnership_id, last)


# --- The general plan -----------------------------------------------------------------------------------------


def _plans(since: Any, *conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """The current version of the general plan for the latest years."""
    return (
        select(Partnership.id, since, PlanVersion.id)
        .select_from(Partnership)
        .join(Plan, latest_general_plan())
        .join(PlanVersion, and_(PlanVersion.plan_id == Plan.id, PlanVersion.is_current))
        .where(IS_OPEN, *conditions)
    )


def _of_plans(risk: Risk, query: Select[*tuple[Any, ...]]) -> Iterable[AtRisk]:
    for partnership_id, since, version_id in db.session.execute(query):
        yield AtRisk(risk, partnership_id, local_day(since), version_id)


def _reviewed_late() -> Iterable[AtRisk]:
    bound = begin_of(last_day_not_late(clock.today(), the_programme().settings.review_working_days))
    waits = PlanVersion.status.in_(AWAITING_REVIEW)
    query = _plans(PlanVersion.submitted_at, waits, PlanVersion.submitted_at < bound)
    return _of_plans(Risk.REVIEW_LATE, query)


def _lies(risk: Risk, status: PlanStatus, days: int) -> Iterable[AtRisk]:
    bound = begin_of(clock.today() - timedelta(days=days))
    since = PlanVersion.status_since
    return _of_plans(risk, _plans(since, PlanVersion.status == status, since < bound))


def _returned() -> Iterable[AtRisk]:
    return _lies(Risk.RETURNED, PlanStatus.RETURNED, the_programme().settings.returned_alert_days)


def _unpublished() -> Iterable[AtRisk]:
    return _lies(Risk.UNPUBLISHED, PlanStatus.APPROVED, the_programme().settings.publish_reminder_days)


# --- Visits ---------------------------------------------------------------------------------------------------


def alert_from() -> date:
    """From this day on a missing visit is a risk."""
    programme = the_programme()
    return programme.row.ends_on - timedelta(weeks=programme.settings.visits_alert_weeks)


def _without_visits() -> Iterable[AtRisk]:
    """Task 5 is neither done nor waived: the same that the board and the partnership's page say of it."""
    if clock.today() < alert_from():
        return
    tasks = task_columns()
    owed = tasks.statuses[TaskCode.VISITS].not_in([status.value for status in SETTLED])
    query = tasks.joined_to(select(Partnership.id)).where(IS_OPEN, owed)
    for (partnership_id,) in db.session.execute(query, {"today": clock.today()}):
        yield AtRisk(Risk.NO_VISIT, partnership_id, alert_from())


# --- All of them ----------------------------------------------------------------------------------------------


def _days(count: int) -> str:
    return ngettext("1 day", "%(num)d days", count)


RULES: Sequence[Rule] = (
    Rule(
        Risk.LEADERLESS, Turn.OFFICE,
        lambda: _("Nobody is its leader today."),
        lambda since: _("Nobody has led it since %(day)s.", day=day(since)),
        _leaderless, _l("Appoint a leader"), "partnerships.appoint_leader",
    ),
    Rule(
        Risk.NO_VISIT, Turn.ANIMATOR,
        lambda: _(
            "The programme ends on %(day)s. From %(since)s on every visit has to be held, unless the task was waived.",
            day=day(the_programme().row.ends_on), since=day(alert_from()),
        ),
        lambda _since: _("Not all visits were held, and the programme ends on %(day)s.", day=day(the_programme().row.ends_on)),
        _without_visits, _l("See its tasks"), "tasks.of_partnership",
    ),
    Rule(
        Risk.REVIEW_LATE, Turn.ANIMATOR,
        lambda: ngettext(
            "A plan was handed over, and %(num)d working day went by without a decision.",
            "A plan was handed over, and %(num)d working days went by without a decision.",
            the_programme().settings.review_working_days,
        ),
        lambda since: _("The plan was handed over on %(day)s and is not decided.", day=day(since)),
        _reviewed_late, _l("See the plan"), "plans.show",
    ),
    Rule(
        Risk.UNPUBLISHED, Turn.LEADER,
        lambda: _(
            "Its plan was approved more than %(days)s ago and is not public.",
            days=_days(the_programme().settings.publish_reminder_days),
        ),
        lambda since: _("The plan was approved on %(day)s and is not public.", day=day(since)),
        _unpublished, _l("See the plan"), "plans.show",
    ),
    Rule(
        Risk.RETURNED, Turn.LEADER,
        lambda: _(
            "Its plan was returned more than %(days)s ago, and no new version was begun.",
            days=_days(the_programme().settings.returned_alert_days),
        ),
        lambda since: _("The plan was returned on %(day)s, and nothing came since.", day=day(since)),
        _returned, _l("See the plan"), "plans.show",
    ),
    Rule(
        Risk.NO_CONTACT, Turn.ANIMATOR,
        lambda: _(
            "For more than %(days)s there was no visit, no call, no meeting and no plan handed over.",
            days=_days(the_programme().settings.no_contact_alert_days),
        ),
        lambda since: _("No visit, call, meeting or plan handed over since %(day)s.", day=day(since)),
        _silent, _l("See the partnership"), "progress.partnership",
    ),
)  # fmt: skip

RULE_OF: Mapping[Risk, Rule] = {rule.risk: rule for rule in RULES}


def at_risk() -> list[AtRisk]:
    """All of them, the longest first; one query for each rule, however many partnerships there are."""
    order = list(Risk)
    found = [one for rule in RULES for one in rule.found()]
    return sorted(found, key=lambda one: (one.since, order.index(one.risk), one.partnership_id))
