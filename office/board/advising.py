"""Who advises the municipalities chosen on the board: from whom they can go over to others."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from accounts.models import User
from core import clock
from core.database import db
from partnerships.models import AnimatorAssignment, AssignmentKind, Partnership
from partnerships.queries import covers
from tasks.around import in_parts


@dataclass(frozen=True)
class Advised:
    animator_id: int
    name: str
    municipality_ids: list[int]


def advised(partnership_ids: Sequence[int]) -> list[Advised]:
    """By animator of today, in the order of the alphabet. Whoever only covers for them is not asked about."""
    found: dict[int, Advised] = {}
    for part in in_parts(partnership_ids):
        rows = db.session.execute(
            select(User.id, User.name, Partnership.municipality_id, User.sort_key)
            .join(AnimatorAssignment, AnimatorAssignment.animator_id == User.id)
            .join(Partnership, Partnership.municipality_id == AnimatorAssignment.municipality_id)
            .where(
                Partnership.id.in_(part),
                AnimatorAssignment.kind == AssignmentKind.MAIN,
                covers(AnimatorAssignment.starts_on, AnimatorAssignment.ends_on, clock.today()),
            )
            .order_by(User.sort_key, User.id)
        )
        for animator_id, name, place, _sort_key in rows:
            found.setdefault(animator_id, Advised(animator_id, name, [])).municipality_ids.append(place)
    return list(found.values())
