"""Every figure that is reported to the funder: its name, its unit, how it is counted in words, and the rows it counts.

This is the one place for all four; ``rows.py`` beside it finds the rows. A figure is nothing but its rows put together, so
whoever opens it sees what it was counted from, and a frozen report keeps both. A row says which record it is, how much it
gives, and where it belongs; no name of a person is among it. Days are those of the programme's country.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from sqlalchemy import func

from animators.consultations.models import Consultation
from core.i18n import LazyString, _l
from core.labels import LabelledEnum
from meetings.models import PartnershipMeeting
from reporting import rows
from reporting.rows import Evidence, Rows
from tasks.rules import TaskCode


class Unit(LabelledEnum):
    PARTNERSHIPS = "partnerships", _l("partnerships")
    ORGANISATIONS = "organisations", _l("organisations")
    MEETINGS = "meetings", _l("meetings")
    PEOPLE = "people", _l("people")
    PLANS = "plans", _l("plans")
    VISITS = "visits", _l("visits")
    CONSULTATIONS = "consultations", _l("consultations")
    MINUTES = "minutes", _l("minutes")
    WEBINARS = "webinars", _l("webinars")
    COPIES = "copies", _l("copies")
    WORKING_DAYS = "working_days", _l("working days")


def _sum(amounts: Sequence[int]) -> Decimal:
    return Decimal(sum(amounts))


def _median(amounts: Sequence[int]) -> Decimal:
    middle = Decimal(str(median(amounts))) if amounts else Decimal(0)
    return middle.to_integral_value() if middle == int(middle) else middle


@dataclass(frozen=True)
class Indicator:
    code: str
    name: LazyString
    unit: Unit
    formula: LazyString
    rows: Rows
    together: Callable[[Sequence[int]], Decimal] = _sum
    of_the_moment: bool = False
    """As it stands when it is asked: of a past day it cannot be said again, so nothing differs from it later."""

    def value(self, counted: Sequence[Evidence]) -> Decimal:
        return self.together([row.amount for row in counted])


INDICATORS: Sequence[Indicator] = (
    Indicator(
        "partnerships_standing",
        _l("Partnerships"),
        Unit.PARTNERSHIPS,
        _l("Partnerships founded by the last day of the period and not closed by then."),
        rows.standing,
    ),
    Indicator(
        "partnerships_founded",
        _l("Newly founded partnerships"),
        Unit.PARTNERSHIPS,
        _l("Partnerships whose day of founding lies in the period."),
        rows.founded,
    ),
    Indicator(
        "members",
        _l("Organisations in partnerships"),
        Unit.ORGANISATIONS,
        _l("Memberships on the last day of the period, the leader's own organisation included; an organisation in two partnerships counts in both."),
        rows.members,
    ),
    Indicator(
        "meetings",
        _l("Meetings of partnerships"),
        Unit.MEETINGS,
        _l("Meetings held in the period and recorded with the number of people."),
        rows.meetings(PartnershipMeeting.id * 0 + 1),
    ),
    Indicator(
        "meeting_people",
        _l("People at meetings"),
        Unit.PEOPLE,
        _l("The numbers of people at these meetings, added up; somebody at two meetings counts twice."),
        rows.meetings(PartnershipMeeting.people_count),
    ),
    Indicator(
        "plans_published",
        _l("Published general plans"),
        Unit.PLANS,
        _l("General plans whose first version became public in the period; later versions do not count again."),
        rows.first_published,
    ),
    Indicator(
        "review_days",
        _l("Time to a decision on a plan"),
        Unit.WORKING_DAYS,
        _l("The median of working days from submission to decision, of all decisions made in the period."),
        rows.review_days,
        _median,
    ),
    Indicator(
        "visits_held",
        _l("Consultation visits"),
        Unit.VISITS,
        _l("Visits that began in the period and took place, whether or not they are confirmed yet."),
        rows.advice(rows.visit_held),
    ),
    Indicator(
        "visit_minutes",
        _l("Time of confirmed visits"),
        Unit.MINUTES,
        _l("The minutes of visits that began in the period and are confirmed, minutes over the pot included."),
        rows.advice(rows.visit_confirmed, func.coalesce(Consultation.actual_minutes, 0)),
    ),
    Indicator(
        "remote_confirmed",
        _l("Remote consultations"),
        Unit.CONSULTATIONS,
        _l("Confirmed advice by phone, online, chat or with an interpreter that took place in the period."),
        rows.advice(rows.remote_confirmed),
    ),
    Indicator(
        "remote_minutes",
        _l("Time of remote consultations"),
        Unit.MINUTES,
        _l("The minutes of these consultations, minutes over the pot included."),
        rows.advice(rows.remote_confirmed, func.coalesce(Consultation.actual_minutes, 0)),
    ),
    Indicator(
        "webinars",
        _l("Webinars held"),
        Unit.WEBINARS,
        _l("Webinars of the programme that began in the period and took place; events of others do not count."),
        rows.webinars,
    ),
    Indicator(
        "webinar_people",
        _l("Attendances of webinars from partnerships"),
        Unit.PEOPLE,
        _l("Attendances from municipalities at webinars that began in the period; somebody at two webinars counts twice."),
        rows.attendances,
    ),
    Indicator(
        "handbooks",
        _l("Handbooks that arrived"),
        Unit.COPIES,
        _l("Copies that municipalities confirmed in the period."),
        rows.copies,
    ),
    Indicator(
        "all_tasks",
        _l("Partnerships with all minimum tasks settled"),
        Unit.PARTNERSHIPS,
        _l("Open partnerships of which every minimum task is done or waived, as it stands when the figures are frozen."),
        rows.with_all_tasks,
        of_the_moment=True,
    ),
    *(
        Indicator(
            f"task_{code.name.lower()}",
            name,
            Unit.PARTNERSHIPS,
            _l("Open partnerships that have done this task, as it stands when the figures are frozen. Waived ones do not count."),
            rows.with_task(code),
            of_the_moment=True,
        )
        for code, name in (
            (TaskCode.FOUND, _l("Task 1 done: the partnership is established")),
            (TaskCode.MEETINGS, _l("Task 2 done: meetings")),
            (TaskCode.GENERAL_PLAN, _l("Task 3 done: the general plan")),
            (TaskCode.ANNUAL_PLANS, _l("Task 4 done: annual plans")),
            (TaskCode.VISITS, _l("Task 5 done: consultation visits")),
            (TaskCode.REMOTE, _l("Task 6 done: remote advice")),
            (TaskCode.WEBINARS, _l("Task 7 done: webinars")),
        )
    ),
)  # fmt: skip


def indicator_called(code: str) -> Indicator | None:
    return next((one for one in INDICATORS if one.code == code), None)
