"""The report of a visit: entered once by whoever advises, its minutes taken from the pot, the partnership asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from accounts.models import User
from animators.consultations.errors import (
    LONGEST_MINUTES,
    MOST_PEOPLE,
    BeforeTheProgramme,
    DecidedByOffice,
    DisputedByLeader,
    LateNeedsReason,
    LengthNeedsNote,
    NobodyAdvisedThen,
    NobodyCame,
    NoMinutes,
    NoReason,
    NoSummary,
    NotAgreedOn,
    NotHeldYet,
    NothingCorrected,
    NothingToConfirm,
    NoTopic,
    OnlyVisits,
    ReportedAlready,
    StillGoingOn,
)
from animators.consultations.events import ConsultationEvent
from animators.consultations.models import Channel, Consultation, ConsultationStatus
from animators.consultations.queries import minutes_decided
from animators.consultations.services.confirming import announce
from animators.consultations.services.follow_ups import Promise, check_promises, write_down
from animators.consultations.services.holding import hold
from animators.consultations.workflow import CONSULTATION_WORKFLOW, WAITING, ConsultationAction
from animators.hours import ledger
from animators.hours.errors import OverBudgetNeedsReason
from core import audit, clock
from programme.queries import the_programme

TOPICS = "advice_topic"
NEARLY_OVER = timedelta(minutes=30)
"""A report may be written while people still say goodbye."""


@dataclass(frozen=True)
class Report:
    """What an animator says about a visit."""

    started_at: datetime
    minutes: int | None
    topics: Sequence[str]
    people_count: int | None
    summary: str
    follow_ups: Sequence[Promise] = ()
    length_note: str | None = None
    """Why it was much shorter or longer than usual."""
    over_reason: str | None = None
    """Why it went over the pot."""
    late_reason: str | None = None

    @property
    def on(self) -> date:
        return clock.local(self.started_at).date()


def report_visit(consultation: Consultation, report: Report, *, actor: User) -> None:
    """The visit is credited to whoever advised on its day, whoever writes the report."""
    hold(consultation)
    status = _after_reporting(consultation)
    minutes = _checked(consultation, report)
    check_promises(report.follow_ups, report.on)
    before = ledger.forecast(consultation.municipality, consultation.channel.pot, minutes)
    if before.over and not report.over_reason:
        raise OverBudgetNeedsReason(before.over)
    _write(consultation, report, minutes)
    consultation.status, consultation.reported_at = status, clock.now()
    ledger.book(consultation, reason=report.over_reason, actor=actor)
    audit.record(
        ConsultationEvent.REPORTED, consultation, actor=actor, **_credited(consultation, actor),
        after=_figures(consultation), personal={"after": _words(consultation)},
    )  # fmt: skip
    for promise in report.follow_ups:
        write_down(consultation, promise, actor=actor)
    announce(consultation)


def correct_report(consultation: Consultation, report: Report, *, reason: str, actor: User) -> None:
    """What was said stays in the history and in the ledger; the partnership is asked about what is said now."""
    if not reason:
        raise NoReason
    hold(consultation)
    status = _after_correcting(consultation)
    minutes = _checked(consultation, report)
    check_not_above_decision(consultation, minutes)
    figures, words = _figures(consultation), _words(consultation)
    if minutes != consultation.actual_minutes:
        ledger.correct(consultation, minutes, reason=reason, over_reason=report.over_reason, actor=actor)
    _write(consultation, report, minutes)
    if (figures, words) == (_figures(consultation), _words(consultation)):
        raise NothingCorrected
    consultation.status, consultation.reported_at = status, clock.now()
    consultation.confirmed_at = consultation.confirmed_by = None
    audit.record(
        ConsultationEvent.REPORT_CORRECTED, consultation, actor=actor, **_credited(consultation, actor),
        before=figures, after=_figures(consultation),
        personal={"reason": reason, "before": words, "after": _words(consultation)},
    )  # fmt: skip
    announce(consultation)


# --- Where it stands ---------------------------------------------------------------------------------------


def check_reportable(visit: Consultation) -> None:
    """Before the form is shown: it took place, and nobody has told of it."""
    _after_reporting(visit)


def check_correctable(visit: Consultation) -> None:
    _after_correcting(visit)


def check_not_above_decision(consultation: Consultation, minutes: int) -> None:
    """Where the office settled a dispute about it, what it decided is the most that counts."""
    if not consultation.decision_note:
        return
    decided = minutes_decided(consultation) or consultation.actual_minutes or 0
    if minutes > decided:
        raise DecidedByOffice(decided)


def needs_late_reason(visit: Consultation) -> bool:
    """By the date that was agreed on: another day may be entered."""
    days = timedelta(days=the_programme().settings.backdate_reason_days)
    return (
        visit.reported_at is None
        and visit.planned_start is not None
        and visit.planned_start < clock.now() - days
    )


def _after_reporting(consultation: Consultation) -> ConsultationStatus:
    if consultation.channel is not Channel.VISIT:
        raise OnlyVisits
    if consultation.status in WAITING | {ConsultationStatus.DISPUTED, ConsultationStatus.CONFIRMED}:
        raise ReportedAlready
    if not CONSULTATION_WORKFLOW.allows(ConsultationAction.REPORT, consultation.status):
        raise NotAgreedOn
    if consultation.planned_start is not None and consultation.planned_start > clock.now():
        raise NotHeldYet(consultation.planned_start)
    return CONSULTATION_WORKFLOW.after(ConsultationAction.REPORT, consultation.status)


def _after_correcting(consultation: Consultation) -> ConsultationStatus:
    if consultation.channel is not Channel.VISIT:
        raise OnlyVisits
    if consultation.status is ConsultationStatus.DISPUTED:
        raise DisputedByLeader
    if not CONSULTATION_WORKFLOW.allows(ConsultationAction.CORRECT, consultation.status):
        raise NothingToConfirm
    return CONSULTATION_WORKFLOW.after(ConsultationAction.CORRECT, consultation.status)


# --- What is said ------------------------------------------------------------------------------------------


def _checked(consultation: Consultation, report: Report) -> int:
    """All rules about what is said; the minutes, whole ones."""
    minutes, settings = report.minutes, the_programme().settings
    if type(minutes) is not int or not 0 < minutes <= LONGEST_MINUTES:
        raise NoMinutes
    _check_when(consultation, report, minutes)
    if not _known(report.topics) or set(report.topics) - set(_known(report.topics)):
        raise NoTopic
    if type(report.people_count) is not int or not 0 < report.people_count <= MOST_PEOPLE:
        raise NobodyCame
    if not report.summary:
        raise NoSummary
    is_usual = settings.visit_note_below_minutes <= minutes <= settings.visit_note_above_minutes
    if not is_usual and not report.length_note:
        raise LengthNeedsNote(minutes, settings.visit_nominal_minutes)
    return minutes


def _check_when(consultation: Consultation, report: Report, minutes: int) -> None:
    programme, ends_at = the_programme(), report.started_at + timedelta(minutes=minutes)
    if report.started_at > clock.now():
        raise NotHeldYet(report.started_at)
    if ends_at > clock.now() + NEARLY_OVER:
        raise StillGoingOn(ends_at)
    if report.on < programme.row.starts_on:
        raise BeforeTheProgramme(programme.row.starts_on)
    if _adviser(consultation, report.on) is None:
        raise NobodyAdvisedThen(consultation.municipality.name, report.on)
    days = programme.settings.backdate_reason_days
    is_new = consultation.reported_at is None
    if is_new and (clock.today() - report.on).days > days and not report.late_reason:
        raise LateNeedsReason(days)


def _adviser(consultation: Consultation, on: date) -> User | None:
    """Whoever advised on that day: the cover during a leave."""
    return consultation.partnership.animator(on) if consultation.partnership else None


def _known(topics: Sequence[str]) -> list[str]:
    """Each once, in the order of the programme's list."""
    return [code for code in the_programme().code_lists[TOPICS].codes if code in topics]


def _write(consultation: Consultation, report: Report, minutes: int) -> None:
    consultation.animator = _adviser(consultation, report.on)
    consultation.actual_start, consultation.actual_minutes = report.started_at, minutes
    consultation.topics = _known(report.topics)
    consultation.participants_count = report.people_count
    consultation.summary = report.summary
    consultation.length_note = report.length_note or None
    consultation.late_entry_reason = report.late_reason or consultation.late_entry_reason


def _figures(consultation: Consultation) -> dict[str, Any]:
    start = consultation.actual_start
    return {
        "actual_start": start.isoformat() if start else None,
        "minutes": consultation.actual_minutes,
        "topics": consultation.topics,
        "participants_count": consultation.participants_count,
    }


def _words(consultation: Consultation) -> dict[str, Any]:
    texts = {"summary": consultation.summary, "length_note": consultation.length_note}
    return {name: text for name, text in texts.items() if text}


def _credited(consultation: Consultation, actor: User) -> dict[str, Any]:
    """Written by somebody else than who was there, as after a leave."""
    other = consultation.animator if consultation.animator_id != actor.id else None
    return {"on_behalf_of": other} if other else {}
