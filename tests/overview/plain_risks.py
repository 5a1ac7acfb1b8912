"""The rules of who is at risk once more, record by record, as somebody would apply them with the files on a desk.

The application finds them in the database. Both have to say the same, so nothing of it is used here.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from animators.consultations.models import Consultation
from core import clock
from core.database import db
from meetings.models import PartnershipMeeting
from partnerships.models import Partnership
from plans.models import Plan, PlanVersion
from programme.queries import the_programme
from tests.tasks.plain_rules import plain_statuses

WARSAW = ZoneInfo("Europe/Warsaw")


def plain_risks(partnership: Partnership) -> set[tuple[str, date]]:
    if str(partnership.status) == "closed":
        return set()
    today = clock.today()
    found = {
        "leaderless": _leaderless(partnership, today),
        "no_contact": _silent(partnership, today),
        "no_visit": _without_visits(partnership, today),
        **_of_plan(partnership, today),
    }
    return {(risk, since) for risk, since in found.items() if since is not None}


def _day(moment: datetime) -> date:
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(WARSAW).date()


def _begun(partnership: Partnership) -> date:
    return partnership.founded_on or _day(partnership.created_at)


def _leaderless(partnership: Partnership, today: date) -> date | None:
    terms = [one for one in partnership.terms if str(one.kind) == "leader"]
    if any(one.starts_on <= today and (one.ends_on is None or today <= one.ends_on) for one in terms):
        return None
    over = [one.ends_on for one in terms if one.ends_on and one.ends_on < today]
    return max(over) + timedelta(days=1) if over else _begun(partnership)


def _silent(partnership: Partnership, today: date) -> date | None:
    days = [_begun(partnership)]
    meetings = db.session.query(PartnershipMeeting).filter_by(partnership_id=partnership.id)
    days += [one.held_on for one in meetings if one.people_count is not None and not one.called_off_at]
    for one in db.session.query(Consultation).filter_by(municipality_id=partnership.municipality_id):
        at = one.actual_start or one.planned_start
        if at and str(one.status) in {"held", "reported", "logged", "disputed", "confirmed"}:
            days.append(_day(at))
    days += [
        _day(version.submitted_at) for version in _versions(partnership) if version.submitted_at is not None
    ]
    last = max(days)
    return last if (today - last).days > the_programme().settings.no_contact_alert_days else None


def _versions(partnership: Partnership) -> list[PlanVersion]:
    plans = db.session.query(Plan).filter_by(partnership_id=partnership.id).order_by(Plan.year_from)
    return [version for plan in plans for version in plan.versions]


def _of_plan(partnership: Partnership, today: date) -> dict[str, date | None]:
    settings = the_programme().settings
    plans = db.session.query(Plan).filter_by(partnership_id=partnership.id).order_by(Plan.year_from).all()
    current = [one for one in plans[-1].versions if one.is_current] if plans else []
    if not current:
        return {}
    version, status = current[0], str(current[0].status)
    since = _day(version.status_since)
    waited = (today - since).days
    if status in {"submitted", "in_review"} and version.submitted_at is not None:
        sent = _day(version.submitted_at)
        return {"review_late": sent if _last_day(sent, settings.review_working_days) < today else None}
    if status == "approved":
        return {"unpublished": since if waited > settings.publish_reminder_days else None}
    if status == "returned":
        return {"returned": since if waited > settings.returned_alert_days else None}
    return {}


def _last_day(sent: date, working_days: int) -> date:
    """By counting days off, one after the other."""
    on = sent
    while working_days:
        on += timedelta(days=1)
        working_days -= clock.is_working_day(on)
    return on


def _without_visits(partnership: Partnership, today: date) -> date | None:
    alert = the_programme().row.ends_on - timedelta(weeks=the_programme().settings.visits_alert_weeks)
    settled = plain_statuses(partnership)["T5_VISITS"] in {"done", "waived"}
    return None if settled or today < alert else alert
