"""Single records that figures are counted from."""

from datetime import UTC, date, datetime
from itertools import count

from animators.consultations.models import Channel, Consultation, ConsultationStatus
from core.database import db
from meetings.models import MeetingKind, PartnershipMeeting
from partnerships.models import Partnership
from reporting.freezing import periods_begun
from reporting.models import ReportingPeriod

NUMBERS = count()


def meet(
    partnership: Partnership, on: date, people: int | None, *, kind: MeetingKind = MeetingKind.REGULAR
) -> None:
    db.session.add(
        PartnershipMeeting(
            partnership=partnership, kind=kind, held_on=on, place="Library", people_count=people,
            calendar_uid=f"meeting-{next(NUMBERS)}",
        )
    )  # fmt: skip


def advise(
    partnership: Partnership,
    channel: Channel,
    minutes: int,
    status: ConsultationStatus,
    *,
    number: int | None = None,
    day: int = 10,
) -> None:
    db.session.add(
        Consultation(
            municipality=partnership.municipality, channel=channel, visit_no=number, status=status,
            actual_start=datetime(2026, 3, day, 9, 0, tzinfo=UTC), actual_minutes=minutes,
        )
    )  # fmt: skip


def first_quarter() -> ReportingPeriod:
    return next(one for one in periods_begun() if one.begins_on == date(2026, 1, 1))


def advise_on(
    partnership: Partnership,
    on: date,
    channel: Channel,
    minutes: int,
    status: ConsultationStatus,
    *,
    number: int | None = None,
) -> None:
    db.session.add(
        Consultation(
            municipality=partnership.municipality,
            channel=channel,
            visit_no=number,
            status=status,
            actual_start=datetime(on.year, on.month, on.day, 9, 0, tzinfo=UTC),
            actual_minutes=minutes,
        )
    )
