"""Hours, webinars and handbooks in a few numbers. Each is taken from the page that it leads to, never counted anew."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from animators.reports.counting import table_by_span
from animators.reports.figures import REMOTE_GIVEN, VISITS_HELD, VISITS_PLANNED
from animators.reports.places import PlaceTotals, places, totals
from animators.reports.selection import Selection
from core import clock
from core.database import db
from handbooks.queries import Supply, count_by_supply, current_edition
from programme.queries import the_programme
from reporting.rows import Span, copies, webinars
from webinars.models import Attendance, Webinar
from webinars.queries import coming
from webinars.workflow import TO_COME


@dataclass(frozen=True)
class Hours:
    """Since the programme began, as the office's pages of hours count them."""

    planned: int
    held: int
    visits_planned: int
    visits_held: int
    remote: int
    pots: PlaceTotals

    @property
    def left(self) -> int:
        return self.pots.visit.free + self.pots.remote.free

    @property
    def granted(self) -> int:
        return self.pots.visit.granted + self.pots.remote.granted


@dataclass(frozen=True)
class Reach:
    """Of webinars: how many were held, how many people of partnerships came, and from how many municipalities."""

    held: int
    ahead: int
    attendances: int
    places: int


@dataclass(frozen=True)
class Books:
    copies: int
    by_supply: Mapping[Supply, int]
    edition: str | None


def since_the_start() -> Span:
    first = the_programme().row.starts_on
    return Span(first, max(first, clock.today()))


def hours_of_all() -> Hours:
    table, pots = table_by_span(Selection()), totals(places(Selection()))
    planned, held = table.total(VISITS_PLANNED.key), table.total(VISITS_HELD.key)
    return Hours(
        planned.minutes,
        held.minutes,
        planned.number,
        held.number,
        table.total(REMOTE_GIVEN.key).minutes,
        pots,
    )


def reach_of_webinars(span: Span) -> Reach:
    people, places_reached = db.session.execute(
        select(
            func.coalesce(func.sum(Attendance.people_count), 0),
            func.count(Attendance.municipality_id.distinct()),
        )
        .join(Webinar, Attendance.webinar_id == Webinar.id)
        .where(
            Attendance.municipality_id.is_not(None),
            Webinar.starts_at >= span.begins_at,
            Webinar.starts_at < span.ends_before,
        )
    ).one()
    ahead = [one for one in coming() if one.status in TO_COME]
    return Reach(len(webinars(span)), len(ahead), int(people), places_reached)


def handbooks_of_all(span: Span) -> Books:
    edition = current_edition()
    return Books(
        sum(row.amount for row in copies(span)),
        count_by_supply(edition),
        edition.title if edition else None,
    )
