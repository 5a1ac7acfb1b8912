"""The load of each animator: what they have taken on, what they owe, and the hours they gave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal, select, union_all

from animators.advice.models import OutsideAdvice
from animators.consultations.models import Consultation
from animators.reports.counting import NONE, Count
from animators.reports.figures import (
    CONSULTATIONS,
    MUNICIPALITIES,
    OUTSIDE,
    REMOTE_GIVEN,
    REPORTS_OWED,
    REVIEWS_OPEN,
    VISITS_AHEAD,
    VISITS_HELD,
    VISITS_OWED,
)
from animators.reports.places import IS_OPEN, held_visits, visits_owed, with_animator
from animators.reports.rows import of_figure
from animators.reports.selection import Selection
from core.database import db
from municipalities.models import Municipality
from partnerships.models import Partnership
from plans.models import Plan, PlanVersion
from plans.queries import is_kept
from plans.workflow import AWAITING_REVIEW

OF_CONSULTATIONS = (VISITS_HELD, REMOTE_GIVEN, VISITS_AHEAD, REPORTS_OWED)


@dataclass(frozen=True)
class Load:
    animator_id: int | None
    """None: municipalities without an animator, and advice of which nobody knows who gave it."""
    name: str
    counts: Mapping[str, Count] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Count:
        return self.counts.get(key, NONE)

    @property
    def given(self) -> int:
        return self[VISITS_HELD.key].minutes + self[REMOTE_GIVEN.key].minutes


SORTS = ("animator", "municipalities", "visits_owed", "visits_ahead", "reports_owed", "visits_held", "remote_given",
         "reviews_open", "outside")  # fmt: skip


def loads(selection: Selection, names: Sequence[tuple[int, str]], *, sort: str) -> list[Load]:
    """Everybody with anything to their name, in one question; ``names`` in the order of the alphabet."""
    counted: dict[int | None, dict[str, Count]] = {}
    for key, animator_id, number, minutes in db.session.execute(union_all(*_parts(selection))):
        if number:
            counted.setdefault(animator_id, {})[key] = Count(int(number), int(minutes))
    known: dict[int | None, str] = {**dict(names), None: ""}
    found = [Load(one, known[one], counted[one]) for one in known if one in counted]
    if selection.animator_id is not None:
        found = [load for load in found if load.animator_id == selection.animator_id]
    return _sorted(found, sort)


def _sorted(found: list[Load], sort: str) -> list[Load]:
    """Nobody stands last, whatever the order."""
    key, falling = sort.removeprefix("-"), sort.startswith("-")
    if key == "animator":
        found = found[::-1] if falling else found
    else:
        found = sorted(found, key=lambda load: _size(load, key), reverse=falling)
    return sorted(found, key=lambda load: load.animator_id is None)


def _size(load: Load, key: str) -> int:
    count = load[key]
    return count.minutes if key in {REMOTE_GIVEN.key, VISITS_HELD.key, OUTSIDE.key} else count.number


def _parts(selection: Selection) -> list[Select[*tuple[Any, ...]]]:
    return [_municipalities(selection), _owed(selection), _reviews(selection), _outside(selection),
            *(_of_consultations(figure.key, selection) for figure in OF_CONSULTATIONS)]  # fmt: skip


def _part(
    key: str, animator: Any, number: ColumnElement[int], minutes: ColumnElement[int]
) -> Select[*tuple[Any, ...]]:
    return select(literal(key), animator, number, func.coalesce(minutes, 0))


def _of_consultations(key: str, selection: Selection) -> Select[*tuple[Any, ...]]:
    query, whose = of_figure(
        key, select(CONSULTATIONS[key].minutes.label("minutes")).select_from(Consultation), selection
    )
    one = query.add_columns(whose.label("whose")).subquery()
    return _part(key, one.c.whose, func.count(), func.sum(one.c.minutes)).group_by(one.c.whose)


def _by_adviser(selection: Selection, query: Select[*tuple[Any, ...]]) -> Any:
    inner, adviser = with_animator(query.where(selection.places()))
    return inner.add_columns(adviser.label("adviser")).subquery()


def _municipalities(selection: Selection) -> Select[*tuple[Any, ...]]:
    one = _by_adviser(selection, select(Municipality.id).join(Partnership, IS_OPEN))
    return _part(MUNICIPALITIES.key, one.c.adviser, func.count(), literal(0)).group_by(one.c.adviser)


def _owed(selection: Selection) -> Select[*tuple[Any, ...]]:
    held = held_visits()
    query = (
        select(visits_owed(held).label("owed"))
        .select_from(Municipality)
        .join(Partnership, IS_OPEN)
        .outerjoin(held, held.c.municipality_id == Municipality.id)
    )
    one = _by_adviser(selection, query)
    return _part(VISITS_OWED.key, one.c.adviser, func.sum(one.c.owed), literal(0)).group_by(one.c.adviser)


def _reviews(selection: Selection) -> Select[*tuple[Any, ...]]:
    """With whom a review stays decides; else whoever advises the municipality."""
    query = (
        select(case((is_kept(), PlanVersion.kept_with_id)).label("keeper"))
        .select_from(Municipality)
        .join(Partnership, IS_OPEN)
        .join(Plan, Plan.partnership_id == Partnership.id)
        .join(PlanVersion, PlanVersion.plan_id == Plan.id)
        .where(PlanVersion.is_current, PlanVersion.status.in_(AWAITING_REVIEW))
    )
    one = _by_adviser(selection, query)
    reviewer = func.coalesce(one.c.keeper, one.c.adviser)
    return _part(REVIEWS_OPEN.key, reviewer, func.count(), literal(0)).group_by(reviewer)


def _outside(selection: Selection) -> Select[*tuple[Any, ...]]:
    """Of no municipality's partnership, so only those that say one are left where it is narrowed by place."""
    query = (
        _part(OUTSIDE.key, OutsideAdvice.animator_id, func.count(), func.sum(OutsideAdvice.minutes))
        .select_from(OutsideAdvice)
        .where(OutsideAdvice.taken_back_at.is_(None), selection.days(OutsideAdvice.day))
        .group_by(OutsideAdvice.animator_id)
    )
    if selection.voivodeship_id is not None or selection.municipality_id is not None:
        query = query.join(Municipality, Municipality.id == OutsideAdvice.municipality_id)
        query = query.where(selection.places())
    return query
