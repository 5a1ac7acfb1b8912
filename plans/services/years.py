"""A year under way: results, what goes on into the next year, what is shared, and what a leader declares."""

from collections.abc import Mapping

from sqlalchemy import select

from accounts.models import User
from core import audit, clock
from core.database import db, refusing
from partnerships import behalf
from partnerships.errors import PartnershipClosed
from partnerships.models import Partnership
from plans.definitions import PlanKind, PlanRow, Value
from plans.errors import AlreadyDeclared, NothingToCarry, NoYearAfter, WrongYear
from plans.events import PlanEvent
from plans.models import Plan, PlanVersion, YearDeclaration
from plans.queries import covering_plan
from plans.references import reference_targets
from plans.services import own_plan
from plans.services.editing import Manner, Outcome, RowEdit, take_rows, write_row
from plans.services.shared import acts_for, check_partnership_open
from plans.services.writing import start_plan
from plans.templates import definition_of
from plans.workbooks.sheet_reading import new_row_uid
from plans.years.again import planned_anew
from plans.years.carrying import left_to_carry, note_carried
from plans.years.moves import WHEN
from plans.years.queries import annual_version, carried_into, declaration
from plans.years.statuses import STATUS, TRAININGS
from programme.code_lists import spelling
from programme.queries import the_programme

ACTUAL = (
    *("held_on", "participants_actual", "women_actual", "seniors_actual", "disability_actual"),
    *("hours_actual", "cost_actual", "certificates"),
)
RESULT = (STATUS, *ACTUAL, *WHEN)
"""What is said of one training during the year. Counts only."""

RESULT_FORM = Manner(
    PlanEvent.RESULT_RECORDED, strictly=frozenset(RESULT), remembered=(STATUS, "held_on", *WHEN)
)


def record_result(version: PlanVersion, edit: RowEdit, *, actor: User, language: str) -> Outcome:
    """Say what became of one training. A status may become any other; what it then needs, the template's checks say.

    The plan stays in use and its version the same: results are what the year's own plan is for.
    """
    check_partnership_open(version)
    return write_row(version, edit, actor=actor, language=language, manner=RESULT_FORM)


# --- Into the next year ----------------------------------------------------------------------------------


def carry_forward(source: PlanVersion, *, actor: User) -> tuple[PlanVersion, int]:
    """Put every training that was not held into the plan of the next year, which is started where there is none.

    Each goes on once: pressed again, only what is new or was removed there meanwhile comes. Returns that plan and how
    many trainings came.
    """
    check_partnership_open(source)
    db.session.execute(select(Plan.id).where(Plan.id == source.plan_id).with_for_update())
    rows = left_to_carry(source)
    if not rows:
        raise NothingToCarry
    target = _plan_after(source.plan, actor=actor)
    known = _known_by_title(target, besides=carried_into(target.plan))
    found: dict[str, str] = {}
    for row in rows:
        same = known.get(spelling(str(row.values.get("title", ""))), [])
        if same:
            found[row.row_uid] = same.pop(0)
    new = {row.row_uid: new_row_uid() for row in rows if row.row_uid not in found}
    anew = _anew(source, target, [row for row in rows if row.row_uid in new])
    there = take_rows(target, TRAININGS, [PlanRow(new[uid], anew[uid]) for uid in new], actor=actor)
    taken = {uid: target_uid for uid, target_uid in new.items() if target_uid in there}
    note_carried(source.plan, target.plan, {**found, **taken})
    audit.record(
        PlanEvent.CARRIED_FORWARD, source, actor=actor, on_behalf_of=acts_for(source, actor),
        number=source.number, rows=len(taken), year=target.plan.year_from,
    )  # fmt: skip
    return target, len(taken)


def _plan_after(plan: Plan, *, actor: User) -> PlanVersion:
    year, last = plan.year_from + 1, the_programme().row.ends_on.year
    if year > last:
        raise NoYearAfter(last)
    there = annual_version(plan.partnership_id, year=year)
    return there or start_plan(plan.partnership, PlanKind.ANNUAL, year_from=year, actor=actor)


def _known_by_title(target: PlanVersion, *, besides: Mapping[str, object]) -> dict[str, list[str]]:
    """What somebody typed there or took over row by row: it is the same training."""
    found: dict[str, list[str]] = {}
    for row in target.rows.rows(TRAININGS):
        if row.row_uid not in besides:
            found.setdefault(spelling(str(row.values.get("title", ""))), []).append(row.row_uid)
    return found


def _anew(source: PlanVersion, target: PlanVersion, rows: list[PlanRow]) -> dict[str, dict[str, Value]]:
    general, definition = covering_plan(target.plan), definition_of(target)
    targets = reference_targets(target.rows, definition, general.rows if general else None)
    sheet = definition.sheet(TRAININGS)
    return {row.row_uid: planned_anew(row, sheet, targets) for row in rows}


# --- What is shared ----------------------------------------------------------------------------------------


def choose_shared(version: PlanVersion, *, totals: bool, animator: bool, actor: User) -> None:
    """Nothing, the totals with the office, the whole plan with the partnership's own animator: each for itself."""
    check_partnership_open(version)
    own_plan.share(version, shared=animator, actor=actor)
    if version.plan.totals_shared != totals:
        version.plan.totals_shared = totals
        event = PlanEvent.TOTALS_SHARED if totals else PlanEvent.TOTALS_UNSHARED
        behalf_of = acts_for(version, actor)
        audit.record(event, version, actor=actor, on_behalf_of=behalf_of, number=version.number)


# --- What is declared --------------------------------------------------------------------------------------


def declare_own_year(partnership: Partnership, *, year: int, actor: User) -> YearDeclaration:
    """Say "we keep this year's plan ourselves": for a year of the programme that has begun."""
    _check_open(partnership)
    today, programme = clock.today(), the_programme().row
    first, last = programme.starts_on.year, min(programme.ends_on.year, today.year)
    if not first <= year <= last:
        raise WrongYear(first, last)
    said = YearDeclaration(partnership=partnership, year=year, declared_on=today)
    with refusing(AlreadyDeclared):
        db.session.add(said)
    _record_declared(PlanEvent.YEAR_DECLARED, said, actor)
    return said


def withdraw_declaration(partnership: Partnership, *, year: int, actor: User) -> None:
    """Nothing happens where it was taken back already."""
    _check_open(partnership)
    said = declaration(partnership, year=year)
    if said is not None:
        said.withdrawn_on = clock.today()
        _record_declared(PlanEvent.DECLARATION_WITHDRAWN, said, actor)


def _record_declared(event: PlanEvent, said: YearDeclaration, actor: User) -> None:
    stands = {"plan_year": said.year, "declared_on": said.declared_on.isoformat()}
    is_new = event is PlanEvent.YEAR_DECLARED
    audit.record(
        event, said, actor=actor, on_behalf_of=behalf.acts_for(said.partnership, actor),
        before=None if is_new else stands, after=stands if is_new else None,
    )  # fmt: skip


def _check_open(partnership: Partnership) -> None:
    if not partnership.is_open:
        raise PartnershipClosed
