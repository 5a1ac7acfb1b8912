"""Lives of partnerships made up at random: evidence of every kind, whole, partial, withdrawn and beside the point."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from animators.consultations.models import Channel, Consultation, ConsultationStatus
from core import clock
from core.database import db
from meetings.models import MeetingKind, PartnershipMeeting
from partnerships.models import Partnership, PartnershipMember
from plans.definitions import PlanKind
from plans.earlier import EarlierPlan, EarlierStatus
from plans.models import Plan, PlanEntry, PlanVersion, YearDeclaration
from plans.workflow import PlanStatus
from tasks.models import TaskWaiver
from tasks.rules import TaskCode
from webinars.models import Attendance, AttendanceSource, Webinar, WebinarSeries, WebinarStatus
from webinars.registrations.models import AudienceGroup, RegistrationStatus, WebinarRegistration

DAYS = st.dates(date(2025, 11, 1), date(2027, 12, 31))
YEARS = st.integers(2025, 2028)
OPTIONAL_DAYS = st.none() | DAYS


def _either(enum: Any) -> Any:
    return st.sampled_from(list(enum))


MEMBER = st.tuples(DAYS, OPTIONAL_DAYS)
MEETING = st.tuples(st.booleans(), st.none() | st.integers(1, 40), st.booleans())
GENERAL = st.tuples(YEARS, st.integers(0, 2), st.lists(st.booleans(), min_size=1, max_size=2))
ANNUAL = st.tuples(
    YEARS, st.sampled_from([PlanStatus.DRAFT, PlanStatus.IN_USE]), st.booleans(), st.booleans()
)
EARLIER = st.tuples(_either(PlanKind), YEARS, _either(EarlierStatus))
DECLARED = st.tuples(YEARS, st.booleans())
ADVICE = st.tuples(
    st.just(Channel.VISIT) | _either(Channel),
    st.integers(1, 3),
    st.just(ConsultationStatus.REPORTED) | _either(ConsultationStatus),
)
WEBINAR = st.tuples(
    DAYS,
    st.just(WebinarStatus.ANNOUNCED) | _either(WebinarStatus),
    st.none() | st.tuples(st.sampled_from([0, 30, 60]), st.booleans()),
)
ATTENDANCE = st.tuples(
    st.integers(0, 2),
    st.integers(0, 3),
    st.none() | st.sampled_from([10, 30, 59, 60]),
    _either(AttendanceSource),
)
REGISTRATION = st.tuples(
    st.integers(0, 2), st.integers(0, 2), st.just(RegistrationStatus.REGISTERED) | _either(RegistrationStatus)
)
WAIVER = st.tuples(_either(TaskCode), st.booleans())

LIVES = st.fixed_dictionaries(
    {
        "founded_on": OPTIONAL_DAYS,
        "members": st.lists(MEMBER, max_size=5),
        "meetings": st.lists(MEETING, max_size=4),
        "general": st.lists(GENERAL, max_size=2, unique_by=lambda one: one[0]),
        "annual": st.lists(ANNUAL, max_size=3, unique_by=lambda one: one[0]),
        "earlier": st.lists(EARLIER, max_size=3, unique_by=lambda one: one[:2]),
        "declared": st.lists(DECLARED, max_size=3, unique_by=lambda one: one[0]),
        "advice": st.lists(ADVICE, max_size=5),
        "webinars": st.lists(WEBINAR, min_size=3, max_size=3),
        "attendances": st.lists(ATTENDANCE, max_size=3, unique_by=lambda one: one[:2]),
        "registrations": st.lists(REGISTRATION, max_size=3, unique_by=lambda one: one[:2]),
        "waived": st.lists(WAIVER, max_size=4, unique_by=lambda one: one[0]),
    }
)


def live(partnership: Partnership, life: dict[str, Any], organisations: Any, people: list[Any]) -> None:
    """Gives the partnership this life, in the open transaction. ``people``: the first leads, the last is a stranger."""
    partnership.founded_on = life["founded_on"]
    for organisation, (joined, left) in zip(organisations, life["members"], strict=False):
        _add(
            PartnershipMember(
                partnership_id=partnership.id, organisation_id=organisation.id, role="organiser",
                joined_on=joined, left_on=max(joined, left) if left else None,
            )
        )  # fmt: skip
    _meet(partnership, life["meetings"])
    _plan(partnership, life)
    _advise(partnership, life["advice"])
    _watch(partnership, life, people)
    for task, ended in life["waived"]:
        _add(
            TaskWaiver(
                partnership_id=partnership.id, task=task, reason="As agreed",
                waived_on=clock.today(), ended_on=clock.today() if ended else None,
            )
        )  # fmt: skip
    db.session.flush()
    db.session.expire_all()


def _add(record: Any) -> Any:
    db.session.add(record)
    db.session.flush()
    return record


def _meet(partnership: Partnership, meetings: list[Any]) -> None:
    has_initiating = False
    for number, (initiating, people, called_off) in enumerate(meetings):
        first = initiating and not has_initiating
        has_initiating |= first
        _add(
            PartnershipMeeting(
                partnership_id=partnership.id, kind=MeetingKind.INITIATING if first else MeetingKind.REGULAR,
                held_on=date(2026, 3, 1) + timedelta(days=number), place="Library", people_count=people,
                calendar_uid=f"meeting-{partnership.id}-{number}",
                called_off_at=clock.now() if called_off else None,
            )
        )  # fmt: skip


def _plan(partnership: Partnership, life: dict[str, Any]) -> None:
    for year, more, versions in life["general"]:
        plan = _new_plan(partnership, PlanKind.GENERAL, year, year + more)
        for number, public in enumerate(versions, 1):
            _new_version(plan, number, PlanStatus.DRAFT, is_current=number == len(versions), public=public)
    for year, status, training, current in life["annual"]:
        version = _new_version(
            _new_plan(partnership, PlanKind.ANNUAL, year, year), 1, status, is_current=current, public=False
        )
        sheet = "trainings" if training else "metadata"
        _add(PlanEntry(version_id=version.id, sheet=sheet, row_uid="row-1", position=1, values={}))
    for kind, year, status in life["earlier"]:
        _add(
            EarlierPlan(partnership_id=partnership.id, kind=kind, year_from=year, year_to=year, status=status)
        )
    for year, withdrawn in life["declared"]:
        withdrawn_on = clock.today() if withdrawn else None
        _add(
            YearDeclaration(
                partnership_id=partnership.id, year=year, declared_on=clock.today(), withdrawn_on=withdrawn_on
            )
        )


def _new_plan(partnership: Partnership, kind: PlanKind, first: int, last: int) -> Plan:
    plan: Plan = _add(
        Plan(
            uid=f"{partnership.id}-{kind}-{first}", partnership_id=partnership.id, kind=kind,
            year_from=first, year_to=last, template_version=1,
        )
    )  # fmt: skip
    return plan


def _new_version(
    plan: Plan, number: int, status: PlanStatus, *, is_current: bool, public: bool
) -> PlanVersion:
    version: PlanVersion = _add(
        PlanVersion(
            plan_id=plan.id, number=number, status=status, is_current=is_current, status_since=clock.now(),
            published_at=clock.now() if public else None,
        )
    )  # fmt: skip
    return version


def _advise(partnership: Partnership, advice: list[Any]) -> None:
    for channel, number, status in advice:
        is_visit = channel is Channel.VISIT
        _add(
            Consultation(
                municipality_id=partnership.municipality_id, channel=channel, status=status,
                visit_no=number if is_visit else None,
            )
        )  # fmt: skip


def _watch(partnership: Partnership, life: dict[str, Any], people: list[Any]) -> None:
    made = []
    for number, (day, status, series) in enumerate(life["webinars"]):
        of_series = None
        if series is not None:
            name = f"series-{partnership.id}-{number}"
            of_series = _add(
                WebinarSeries(
                    name=name, slug=name, description="", min_minutes=series[0], recording_counts=series[1]
                )
            )
        starts_at = datetime(day.year, day.month, day.day, 15, tzinfo=UTC)
        made.append(
            _add(
                Webinar(
                    title="Webinar", starts_at=starts_at, minutes=60, status=status,
                    series_id=of_series.id if of_series else None,
                )
            )
        )  # fmt: skip
    everybody = [*people, None]
    for webinar, person, minutes, source in life["attendances"]:
        user = everybody[person]
        _add(
            Attendance(
                webinar_id=made[webinar].id, municipality_id=partnership.municipality_id,
                user_id=user.id if user else None, minutes=minutes, source=source,
            )
        )  # fmt: skip
    for webinar, person, status in life["registrations"]:
        _add(
            WebinarRegistration(
                webinar_id=made[webinar].id, user_id=people[person].id, language="pl", status=status,
                group=AudienceGroup.PARTICIPANT, asked_at=clock.now(),
            )
        )  # fmt: skip
