"""Days by which the funder wants a report, in the calendar of the office."""

from collections.abc import Iterator
from datetime import date

from flask import url_for
from sqlalchemy import select

from accounts.models import User
from core.agenda import Appointment, Group
from core.calendars import Entry
from core.database import db
from core.formatting import day
from core.i18n import _, _l
from reporting.models import ReportingPeriod

KIND = _l("Report due")


def reports_due(_person: User, first: date, last: date) -> Iterator[Appointment]:
    """Sent ones need nobody's day any more."""
    found = db.session.scalars(
        select(ReportingPeriod)
        .where(ReportingPeriod.due_on.between(first, last), ReportingPeriod.submitted_on.is_(None))
        .order_by(ReportingPeriod.due_on, ReportingPeriod.id)
    )
    for period in found:
        title = _("Report for %(first)s – %(last)s", first=day(period.begins_on), last=day(period.ends_on))
        yield Appointment(
            Entry(
                uid=f"report-{period.id}",
                sequence=period.row_version,
                changed_at=period.updated_at,
                title=title,
                begins=period.due_on,
            ),
            KIND,
            url_for("reporting.show", period_id=period.id),
            about=title,
            group=Group.DEADLINE,
        )
