"""The closing list of a period: what is not confirmed, not recorded or overdue, and who can put it right."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from accounts.models import User
from animators.consultations.models import Consultation, ConsultationStatus
from animators.hours.models import BudgetAdjustment, Decision, HourBudget
from core import audit, clock, mail
from core.database import db
from core.i18n import LazyString, _l
from core.labels import LabelledEnum
from handbooks.models import HandbookIssue
from meetings.models import PartnershipMeeting
from municipalities.models import Municipality
from partnerships.models import AnimatorAssignment, AssignmentKind, LeaderTerm, Partnership, TermKind
from partnerships.queries import covers
from partnerships.workflow import PartnershipStatus
from reporting.events import ReportingEvent
from reporting.freezing import span_of
from reporting.models import ReportingPeriod
from reporting.rows import Span
from reporting.spans import span_label
from webinars.models import Attendance, AttendanceSource, Webinar, WebinarStatus
from webinars.recordings.models import Recording, RecordingState


class Turn(LabelledEnum):
    LEADER = "leader", _l("Leader")
    ANIMATOR = "animator", _l("Animator")
    OFFICE = "office", _l("Programme office")


@dataclass(frozen=True)
class Lack:
    """One record that the figures would be more complete without."""

    what: LazyString
    place: str
    on: date
    turn: Turn
    endpoint: str
    values: dict[str, int]
    municipality_id: int | None = None


def closing_list(span: Span) -> list[Lack]:
    """In the order of days; a fixed number of queries."""
    found = [lack for source in SOURCES for lack in source(span)]
    return sorted(found, key=lambda lack: (lack.on, lack.place, str(lack.what)))


def _day(moment: Any) -> date:
    return clock.local(moment).date()


def _consultations(span: Span) -> Iterable[Lack]:
    said = {
        ConsultationStatus.REPORTED: (_l("Visit not confirmed"), Turn.LEADER),
        ConsultationStatus.LOGGED: (_l("Remote advice not confirmed"), Turn.LEADER),
        ConsultationStatus.DISPUTED: (_l("Disputed consultation"), Turn.OFFICE),
        ConsultationStatus.HELD: (_l("Visit without a report"), Turn.ANIMATOR),
        ConsultationStatus.AGREED: (_l("Visit that should have been held"), Turn.ANIMATOR),
    }
    began = or_(
        Consultation.actual_start.between(span.begins_at, span.ends_before),
        Consultation.actual_start.is_(None)
        & Consultation.planned_start.between(span.begins_at, span.ends_before),
    )
    query = (
        select(Consultation)
        .where(Consultation.status.in_(said), began)
        .options(joinedload(Consultation.municipality, innerjoin=True))
    )
    for one in db.session.scalars(query):
        moment = one.actual_start or one.planned_start
        if moment is None or moment > clock.now():
            continue
        what, turn = said[one.status]
        yield Lack(
            what, one.municipality.name, _day(moment), turn, "consultations.show", {"consultation_id": one.id},
            one.municipality_id,
        )  # fmt: skip


def _meetings(span: Span) -> Iterable[Lack]:
    query = (
        select(PartnershipMeeting.id, PartnershipMeeting.held_on, Municipality.name, Municipality.id)
        .join(PartnershipMeeting.partnership)
        .join(Partnership.municipality)
        .where(
            PartnershipMeeting.held_on.between(span.first, span.last),
            PartnershipMeeting.held_on < clock.today(),
            PartnershipMeeting.people_count.is_(None),
            PartnershipMeeting.called_off_at.is_(None),
            Partnership.status != PartnershipStatus.CLOSED,
        )
    )
    for meeting_id, on, place, municipality_id in db.session.execute(query):
        yield Lack(
            _l("Meeting not recorded"), place, on, Turn.LEADER, "meetings.show", {"meeting_id": meeting_id},
            municipality_id,
        )  # fmt: skip


def _handbooks(span: Span) -> Iterable[Lack]:
    query = (
        select(Partnership.id, HandbookIssue.sent_on, Municipality.name, Municipality.id)
        .join(Municipality, HandbookIssue.municipality_id == Municipality.id)
        .join(Partnership, Partnership.municipality_id == Municipality.id)
        .where(
            HandbookIssue.sent_on.between(span.first, span.last),
            HandbookIssue.confirmed_on.is_(None),
            Partnership.status != PartnershipStatus.CLOSED,
        )
    )
    for partnership_id, on, place, municipality_id in db.session.execute(query):
        yield Lack(
            _l("Handbooks not confirmed"), place, on, Turn.LEADER, "handbooks.of_partnership",
            {"partnership_id": partnership_id}, municipality_id,
        )  # fmt: skip


def _overruns(span: Span) -> Iterable[Lack]:
    query = (
        select(BudgetAdjustment.id, Consultation.actual_start, Municipality.name)
        .join(BudgetAdjustment.budget)
        .join(Municipality, HourBudget.municipality_id == Municipality.id)
        .join(Consultation, BudgetAdjustment.consultation_id == Consultation.id)
        .where(
            BudgetAdjustment.decision == Decision.PENDING,
            Consultation.actual_start.between(span.begins_at, span.ends_before),
        )
    )
    for adjustment_id, moment, place in db.session.execute(query):
        if moment is not None:
            yield Lack(
                _l("Minutes over the pot not decided"), place, _day(moment), Turn.OFFICE, "hours.decide",
                {"adjustment_id": adjustment_id},
            )  # fmt: skip


def _webinars(span: Span) -> Iterable[Lack]:
    """Whoever watched a recording stands there by themselves: that the office has entered who came does not follow."""
    entered = Attendance.webinar_id == Webinar.id, Attendance.source != AttendanceSource.RECORDING
    nobody = ~select(Attendance.id).where(*entered).exists()
    query = select(Webinar.id, Webinar.starts_at, Webinar.title).where(
        Webinar.starts_at.between(span.begins_at, span.ends_before),
        Webinar.status.in_({WebinarStatus.HELD, WebinarStatus.ARCHIVED}),
        Webinar.is_outside.is_(False),
        nobody,
    )
    for webinar_id, moment, title in db.session.execute(query):
        yield Lack(
            _l("Webinar without attendance"), title, _day(moment), Turn.OFFICE, "webinars.show",
            {"webinar_id": webinar_id},
        )  # fmt: skip


def _recordings(span: Span) -> Iterable[Lack]:
    query = (
        select(Recording.webinar_id, Recording.due_on, Webinar.title)
        .join(Recording.webinar)
        .where(
            Recording.state == RecordingState.OWED,
            Recording.due_on < clock.today(),
            Webinar.starts_at.between(span.begins_at, span.ends_before),
        )
    )
    for webinar_id, due_on, title in db.session.execute(query):
        yield Lack(
            _l("Recording overdue"), title, due_on, Turn.OFFICE, "recordings.edit", {"webinar_id": webinar_id}
        )


SOURCES: Sequence[Callable[[Span], Iterable[Lack]]] = (
    _consultations,
    _meetings,
    _handbooks,
    _overruns,
    _webinars,
    _recordings,
)


# --- Chasing ---------------------------------------------------------------------------------------------


def chase(period: ReportingPeriod, *, actor: User) -> int:
    """One mail to each leader and animator with all that waits for them; again on another day. Returns how many."""
    today = clock.today()
    lacks = [one for one in closing_list(span_of(period)) if one.turn is not Turn.OFFICE]
    told = _by_person(lacks)
    for person, theirs in told:
        mail.queue(
            person,
            "reporting/mail/chase",
            dedupe_key=f"reporting.chase:{period.id}:{person.id}:{today.isoformat()}",
            reply_to=actor.mail_address,
            actor=actor,
            label=span_label(period.begins_on, period.ends_on),
            lacks=theirs,
            until=period.due_on,
        )
    audit.record(ReportingEvent.CHASED, period, actor=actor, people=len(told))
    return len(told)


def _by_person(lacks: Sequence[Lack]) -> list[tuple[User, list[Lack]]]:
    leaders, animators = _leaders(), _animators()
    people: dict[int, tuple[User, list[Lack]]] = {}
    for lack in lacks:
        of_place = leaders if lack.turn is Turn.LEADER else animators
        person = of_place.get(lack.municipality_id or 0)
        if person is not None:
            people.setdefault(person.id, (person, []))[1].append(lack)
    return sorted(people.values(), key=lambda one: one[0].id)


def _leaders() -> dict[int, User]:
    """Whoever leads today, by municipality."""
    query = (
        select(Partnership.municipality_id, User)
        .join(LeaderTerm, LeaderTerm.partnership_id == Partnership.id)
        .join(User, LeaderTerm.user_id == User.id)
        .where(
            Partnership.status != PartnershipStatus.CLOSED,
            LeaderTerm.kind == TermKind.LEADER,
            covers(LeaderTerm.starts_on, LeaderTerm.ends_on, clock.today()),
        )
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def _animators() -> dict[int, User]:
    """Whoever advises today: the cover where there is one."""
    query = (
        select(AnimatorAssignment.municipality_id, AnimatorAssignment.kind, User)
        .join(User, AnimatorAssignment.animator_id == User.id)
        .where(covers(AnimatorAssignment.starts_on, AnimatorAssignment.ends_on, clock.today()))
    )
    found: dict[int, User] = {}
    for municipality_id, kind, person in db.session.execute(query):
        if kind is AssignmentKind.COVER or municipality_id not in found:
            found[municipality_id] = person
    return found
