"""Municipalities by how many people live in them, for lists: the classes that Polish statistics use for gminas."""

from sqlalchemy import ColumnElement, and_

from core.i18n import _l
from core.labels import LabelledEnum
from municipalities.models import Municipality


class SizeClass(LabelledEnum):
    UNDER_5 = "under-5", _l("under 5,000 people")
    FROM_5 = "5-10", _l("5,000 to 10,000 people")
    FROM_10 = "10-20", _l("10,000 to 20,000 people")
    FROM_20 = "20-50", _l("20,000 to 50,000 people")
    FROM_50 = "over-50", _l("50,000 people and more")
    UNKNOWN = "unknown", _l("size not known")


BOUNDS: dict[SizeClass, tuple[int, int | None]] = {
    SizeClass.UNDER_5: (0, 5_000),
    SizeClass.FROM_5: (5_000, 10_000),
    SizeClass.FROM_10: (10_000, 20_000),
    SizeClass.FROM_20: (20_000, 50_000),
    SizeClass.FROM_50: (50_000, None),
}
"""From so many people on, and fewer than so many."""


def of_size(size: SizeClass) -> ColumnElement[bool]:
    if size is SizeClass.UNKNOWN:
        return Municipality.population.is_(None)
    least, below = BOUNDS[size]
    at_least: ColumnElement[bool] = Municipality.population >= least
    return at_least if below is None else and_(at_least, Municipality.population < below)
