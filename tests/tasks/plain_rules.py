"""The rules of the seven tasks once more, record by record, as somebody would work them out with the files on a desk.

The application works them out in the database. Both have to say the same, so nothing of it is used here.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from animators.consultations.models import Consultation
from core import clock
from core.database import db
from meetings.models import PartnershipMeeting
from partnerships.models import Partnership
from plans.earlier import EarlierPlan
from plans.models import Plan, YearDeclaration
from programme.queries import the_programme
from tasks.models import TaskWaiver
from webinars.models import Attendance
from webinars.registrations.models import WebinarRegistration


def plain_statuses(partnership: Partnership) -> dict[str, str]:
    """By the code of the task."""
    today, waived = clock.today(), _waived(partnership)
    found = {
        "T1_FOUND": _founding(partnership, today),
        "T2_MEETINGS": _meetings(partnership),
        "T3_GENERAL_PLAN": _general_plan(partnership),
        "T4_ANNUAL_PLANS": _annual_plans(partnership, today),
        "T5_VISITS": _visits(partnership),
        "T6_REMOTE": _remote(partnership),
        "T7_WEBINARS": _webinars(partnership, today),
    }
    return {
        code: "waived" if code in waived and status != "done" else status for code, status in found.items()
    }


def _said(*, done: bool, begun: bool) -> str:
    if done:
        return "done"
    return "in_progress" if begun else "not_started"


def _all(model: type[Any], **values: Any) -> Sequence[Any]:
    return db.session.scalars(select(model).filter_by(**values)).all()


def _waived(partnership: Partnership) -> set[str]:
    return {str(one.task) for one in _all(TaskWaiver, partnership_id=partnership.id) if one.ended_on is None}


def _founding(partnership: Partnership, today: date) -> str:
    members = [one for one in partnership.members if one.belongs(today)]
    founded = partnership.founded_on is not None and partnership.founded_on <= today
    enough = len(members) >= the_programme().settings.min_members
    return _said(done=founded and enough, begun=founded or bool(members))


def _meetings(partnership: Partnership) -> str:
    entered = [
        one for one in _all(PartnershipMeeting, partnership_id=partnership.id) if one.called_off_at is None
    ]
    held = [one for one in entered if one.people_count is not None]
    initiating = any(one.kind == "initiating" for one in held)
    enough = len(held) >= the_programme().settings.min_meetings
    return _said(done=initiating and enough, begun=bool(entered))


def _general_plan(partnership: Partnership) -> str:
    versions = [
        version
        for plan in _all(Plan, partnership_id=partnership.id, kind="general")
        for version in plan.versions
    ]
    before = _all(EarlierPlan, partnership_id=partnership.id, kind="general")
    public = [one for one in versions if one.published_at] + [
        one for one in before if one.status == "published"
    ]
    return _said(done=bool(public), begun=bool(versions or before))


def _annual_plans(partnership: Partnership, today: date) -> str:
    programme = the_programme().row
    general = [plan for plan in _all(Plan, partnership_id=partnership.id, kind="general") if plan.versions]
    general += _all(EarlierPlan, partnership_id=partnership.id, kind="general")
    begun_with = min((plan.year_from for plan in general), default=None)
    if begun_with is None and partnership.founded_on is not None:
        begun_with = partnership.founded_on.year
    first = max(programme.starts_on.year, begun_with or 0)
    last = min(
        [programme.ends_on.year, today.year, *([max(plan.year_to for plan in general)] if general else [])]
    )
    asked = set(range(first, last + 1))
    annual = _all(Plan, partnership_id=partnership.id, kind="annual")
    earlier = _all(EarlierPlan, partnership_id=partnership.id, kind="annual")
    declared = [
        one for one in _all(YearDeclaration, partnership_id=partnership.id) if one.withdrawn_on is None
    ]
    covered = {plan.year_from for plan in annual if any(map(_is_at_work, plan.versions))}
    covered |= {plan.year_from for plan in earlier} | {one.year for one in declared}
    return _said(done=bool(asked) and asked <= covered, begun=bool(annual or earlier or declared))


def _is_at_work(version: Any) -> bool:
    trainings = [entry for entry in version.entries if entry.sheet == "trainings"]
    return bool((version.is_current or version.status == "published") and trainings) and str(version.status) in {
        "approved", "published", "in_use", "closed",
    }  # fmt: skip


def _advice(partnership: Partnership) -> list[Any]:
    given = _all(Consultation, municipality_id=partnership.municipality_id)
    return [one for one in given if str(one.status) not in {"cancelled", "void"}]


def _visits(partnership: Partnership) -> str:
    wanted = the_programme().settings.visits_per_municipality
    visits = [one for one in _advice(partnership) if str(one.channel) == "visit"]
    held = {
        one.visit_no
        for one in visits
        if str(one.status) in {"held", "reported", "disputed", "confirmed"} and one.visit_no <= wanted
    }
    return _said(done=len(held) >= wanted, begun=bool(visits))


def _remote(partnership: Partnership) -> str:
    remote = [one for one in _advice(partnership) if str(one.channel) != "visit"]
    return _said(done=any(str(one.status) == "confirmed" for one in remote), begun=bool(remote))


def _webinars(partnership: Partnership, today: date) -> str:
    attended = set()
    for attendance in _all(Attendance, municipality_id=partnership.municipality_id):
        by_recording = str(attendance.source) == "recording"
        moment = attendance.created_at if by_recording else attendance.webinar.starts_at
        in_office = _in_office(partnership, moment.date())
        if attendance.user_id in in_office and _counts(attendance):
            attended.add(attendance.webinar_id)
    now = _in_office(partnership, today)
    ahead = [
        one
        for person in now
        for one in _all(WebinarRegistration, user_id=person)
        if str(one.status) in {"registered", "must_reconfirm"}
        and str(one.webinar.status) in {"announced", "moved"}
        and one.webinar.starts_at.date() >= today
    ]
    return _said(
        done=len(attended) >= the_programme().settings.webinars_to_attend, begun=bool(attended or ahead)
    )


def _in_office(partnership: Partnership, on: date) -> set[int]:
    return {term.user_id for term in partnership.terms if term.covers(on)}


def _counts(attendance: Attendance) -> bool:
    series = attendance.webinar.series
    if str(attendance.source) == "recording":
        rule = the_programme().settings.recording_counts_as_attendance
        return series.recording_counts if series is not None else rule
    least = series.min_minutes if series is not None else 0
    return attendance.minutes is None or attendance.minutes >= least
