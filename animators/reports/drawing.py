"""The charts of hours, and which columns their tables have: one description for both, so that they show the same numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from animators.hours.models import Pot
from animators.reports.counting import Table
from animators.reports.figures import (
    REFUSED,
    REMOTE_GIVEN,
    TAKEN,
    VISITS_CANCELLED,
    VISITS_HELD,
    VISITS_LATE,
    VISITS_PLANNED,
    WAITING,
    Figure,
)
from animators.reports.people import Load
from core.charts import Chart, Entry, Frame, bars, columns
from core.formatting import hours
from core.i18n import _

TABLE = "hours-table"
HOUR = 60
MOST_PEOPLE = 20

DRAWN = {
    None: (VISITS_PLANNED, VISITS_HELD, REMOTE_GIVEN),
    Pot.VISIT: (VISITS_PLANNED, VISITS_HELD),
    Pot.REMOTE: (REMOTE_GIVEN,),
}


@dataclass(frozen=True)
class TableColumn:
    figure: Figure
    counts: bool
    """It has a number of its own beside its minutes."""
    lasts: bool = True


def columns_of(pot: Pot | None) -> Sequence[TableColumn]:
    of_visits = (
        TableColumn(VISITS_PLANNED, counts=True),
        TableColumn(VISITS_HELD, counts=True),
        TableColumn(VISITS_CANCELLED, counts=True, lasts=False),
        TableColumn(VISITS_LATE, counts=True, lasts=False),
    )
    of_calls = (TableColumn(REMOTE_GIVEN, counts=False),)
    of_pots = tuple(TableColumn(one, counts=False) for one in (TAKEN, WAITING, REFUSED))
    return {None: of_visits + of_calls, Pot.VISIT: of_visits, Pot.REMOTE: of_calls}[pot] + of_pots


def by_span(table: Table, pot: Pot | None) -> Chart:
    drawn = DRAWN[pot]
    labels = tuple(str(one.label) for one in drawn)
    said = "; ".join(
        f"{label}: {hours(table.total(one.key).minutes)}" for label, one in zip(labels, drawn, strict=True)
    )
    frame = Frame("hours", _("Hours by month"), f"{said}.", TABLE, labels, hours, HOUR)
    return columns(
        frame,
        [
            Entry(row.span.label, [row[one.key].minutes for one in drawn], row.span.below)
            for row in table.shown
            if row.span
        ],
    )


def by_person(loads: Sequence[Load]) -> Chart:
    """Those with most hours; the table has everybody."""
    given = sorted((one for one in loads if one.given), key=lambda one: -one.given)[:MOST_PEOPLE]
    labels = (str(_("Visits")), str(_("Remote advice")))
    title = _("Hours given by animator")
    if len(given) == MOST_PEOPLE:
        title = _("Hours given by animator: the %(most)s with most hours", most=MOST_PEOPLE)
    said = _(
        "Visits and remote advice of each animator, together %(hours)s.",
        hours=hours(sum(one.given for one in given)),
    )
    frame = Frame("people", title, said, TABLE, labels, hours, HOUR)
    return bars(
        frame,
        [
            Entry(
                one.name or str(_("Nobody known")),
                (one[VISITS_HELD.key].minutes, one[REMOTE_GIVEN.key].minutes),
            )
            for one in given
        ],
    )
