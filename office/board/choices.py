"""What the filters of the board offer."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, literal, select, union_all

from accounts.models import User
from core.database import db
from municipalities.models import Voivodeship
from partnerships.models import AnimatorAssignment


@dataclass(frozen=True)
class Choices:
    """(id, name) in the order of the alphabet."""

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
