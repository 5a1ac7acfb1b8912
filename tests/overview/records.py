"""Single records that put a partnership at risk, or keep it from that."""

from datetime import UTC, date, datetime, time
from itertools import count

from animators.consultations.models import Channel, Consultation, ConsultationStatus
from core.database import db
from meetings.models import MeetingKind, PartnershipMeeting
from partnerships.models import Partnership
from plans.definitions import PlanKind
from plans.models import Plan, PlanVersion
from plans.workflow import PlanStatus

NUMBERS = count(1)


def noon(on: date) -> datetime:
    return datetime.combine(on, time(12), tzinfo=UTC)


def met(
    partnership: Partnership, on: date, people: int | None = 9, *, called_off_at: datetime | None = None
) -> None:
    db.session.add(
        PartnershipMeeting(
            partnership_id=partnership.id, kind=MeetingKind.REGULAR, held_on=on, place="Library", people_count=people,
            called_off_at=called_off_at, calendar_uid=f"meeting-{next(NUMBERS)}",
        )
    )  # fmt: skip
    db.session.flush()


def advised(
    partnership: Partnership,
    at: datetime,
    channel: Channel = Channel.PHONE,
    status: ConsultationStatus = ConsultationStatus.CONFIRMED,
    *,
    number: int | None = None,
    only_planned: bool = False,
) -> None:
    """``only_planned``: nobody has said yet when it really began."""
    db.session.add(
        Consultation(
            municipality_id=partnership.municipality_id, channel=channel, status=status,
            visit_no=(number or 1) if channel is Channel.VISIT else None,
            planned_start=at if only_planned else None, actual_start=None if only_planned else at,
            actual_minutes=None if only_planned else 30,
        )
    )  # fmt: skip
    db.session.flush()


def planned(
    partnership: Partnership,
    status: PlanStatus,
    since: datetime,
    *,
    submitted_at: datetime | None = None,
    year: int = 2026,
    is_current: bool = True,
    number: int = 1,
    plan: Plan | None = None,
) -> PlanVersion:
    if plan is None:
        plan = Plan(
            uid=f"plan-{next(NUMBERS)}", partnership_id=partnership.id, kind=PlanKind.GENERAL,
            year_from=year, year_to=year + 2, template_version=1,
        )  # fmt: skip
        db.session.add(plan)
        db.session.flush()
    version = PlanVersion(
        plan_id=plan.id, number=number, status=status, is_current=is_current, status_since=since,
        submitted_at=submitted_at, content_hash=None if status is PlanStatus.DRAFT else "0" * 64,
    )  # fmt: skip
    db.session.add(version)
    db.session.flush()
    return version
