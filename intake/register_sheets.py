"""What stands beside the list in the register's export: a sheet for each kind of record, one row each, to look at.

The first sheet is the list that can be brought back; these are read by nobody but people. Names and addresses only where
the office has them on its pages: people with a role and the contact of an organisation, never who came to a
meeting or a webinar, nor what was talked about.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, case, exists, func, or_, select

from accounts.models import User
from animators.consultations.models import Channel, Consultation, ConsultationStatus, Side
from animators.hours.balances import granted_minutes, pending_minutes, used_minutes
from animators.hours.models import HourBudget, Pot
from core import clock
from core.database import db, utc_day
from core.i18n import LazyString, _l
from core.sheets import Column, Sheet
from core.workbooks.export import Part
from core.workbooks.kinds import Day, Kind, day, member_of, one_of, text, whole_number, yes_or_no
from handbooks.models import HandbookEdition, HandbookIssue
from intake.cells import Listed, ListedMany
from meetings.models import MeetingKind, PartnershipMeeting
from municipalities.models import Mayor, Municipality
from partnerships.behalf import OnBehalf
from partnerships.models import (
    AnimatorAssignment,
    AssignmentKind,
    LeaderTerm,
    Organisation,
    Partnership,
    PartnershipMember,
    TermKind,
)
from partnerships.workflow import PartnershipStatus
from plans.definitions import PlanKind
from plans.earlier import EarlierPlan, EarlierStatus
from plans.models import Plan, PlanVersion
from plans.workflow import PlanStatus
from programme.queries import the_programme
from webinars.models import Attendance, Webinar

Asked = tuple[str, LazyString, Kind[Any], Any]
"""A key, its heading, what it is, and the column or expression it comes from."""
_WORDS, _COUNT = text(max_length=4000), whole_number(0, 1_000_000)
_PLAN_KINDS = one_of({PlanKind.GENERAL: _l("General plan"), PlanKind.ANNUAL: _l("Annual plan")})


class DayOfMoment(Day):
    """The day by the clock of the programme's country. Of what is entered later the hour is not known."""

    def writer(self) -> Callable[[date], date]:
        return lambda value: clock.local(value).date() if isinstance(value, datetime) else value


_PLACE: tuple[Asked, ...] = (
    ("code", _l("Territorial code"), _WORDS, Municipality.code),
    ("municipality", _l("Municipality"), _WORDS, Municipality.name),
)  # fmt: skip


def register_parts() -> list[Part]:
    """Each in one query, however many rows there are."""
    return [
        _terms(), _members(), _assignments(), _meetings(), _plans(), _earlier_plans(), _visits(), _remote_advice(),
        _webinars(), _handbooks(), _hours(), _heads(),
    ]  # fmt: skip


def _part(name: LazyString, columns: Sequence[Asked], query: Select[Any], *then: Any) -> Part:
    """By the alphabet of municipalities, and within one as ``then`` says."""
    asked = [*_PLACE, *columns]
    selected = query.add_columns(*(value.label(key) for key, _label, _kind, value in asked))
    sheet: Sheet[Any] = Sheet(
        dict, {key: Column(label, kind) for key, label, kind, _value in asked}, name=name
    )
    return sheet.part(
        db.session.execute(selected.order_by(Municipality.sort_key, Municipality.id, *then)).all()
    )


def _of_partnerships(model: Any) -> Select[Any]:
    return (
        select()
        .select_from(model)
        .join(Partnership, Partnership.id == model.partnership_id)
        .join(Municipality, Municipality.id == Partnership.municipality_id)
        .where(Partnership.programme_id == the_programme().id, Partnership.status != PartnershipStatus.CLOSED)
    )


def _of_municipalities(model: Any) -> Select[Any]:
    return select().select_from(model).join(Municipality, Municipality.id == model.municipality_id)


def _terms() -> Part:
    columns: list[Asked] = [
        ("role", _l("Role"), member_of(TermKind), LeaderTerm.kind),
        ("name", _l("Name"), _WORDS, User.name),
        ("email", _l("E-mail"), _WORDS, User.email),
        ("starts_on", _l("First day"), day(), LeaderTerm.starts_on),
        ("ends_on", _l("Last day"), day(), LeaderTerm.ends_on),
        ("can_submit", _l("May submit plans"), yes_or_no(), LeaderTerm.can_submit),
        ("can_publish", _l("May publish plans"), yes_or_no(), LeaderTerm.can_publish),
    ]
    query = _of_partnerships(LeaderTerm).join(User, User.id == LeaderTerm.user_id)
    return _part(_l("Leaders and deputies"), columns, query)


def _members() -> Part:
    one = PartnershipMember
    columns: list[Asked] = [
        ("name", _l("Organisation"), _WORDS, Organisation.name),
        ("org_type", _l("Type"), Listed("organisation_type"), Organisation.org_type),
        ("role", _l("Role"), Listed("partner_role"), one.role),
        ("contribution", _l("Contribution"), ListedMany("contribution"), one.contribution),
        ("contact_function", _l("Contact: function"), _WORDS, one.contact_function),
        ("contact_email", _l("Contact: e-mail"), _WORDS, one.contact_email),
        ("joined_on", _l("Joined on"), day(), one.joined_on),
        ("left_on", _l("Left on"), day(), one.left_on),
    ]
    query = _of_partnerships(one).join(Organisation, Organisation.id == one.organisation_id)
    return _part(_l("Members"), columns, query)


def _assignments() -> Part:
    columns: list[Asked] = [
        ("kind", _l("Role"), member_of(AssignmentKind), AnimatorAssignment.kind),
        ("name", _l("Name"), _WORDS, User.name),
        ("email", _l("E-mail"), _WORDS, User.email),
        ("starts_on", _l("First day"), day(), AnimatorAssignment.starts_on),
        ("ends_on", _l("Last day"), day(), AnimatorAssignment.ends_on),
    ]
    query = _of_municipalities(AnimatorAssignment).join(User, User.id == AnimatorAssignment.animator_id)
    return _part(_l("Animators"), columns, query)


def _meetings() -> Part:
    one = PartnershipMeeting
    columns: list[Asked] = [
        ("kind", _l("Sort of meeting"), member_of(MeetingKind), one.kind),
        ("held_on", _l("Day"), day(), one.held_on),
        ("people", _l("People"), _COUNT, one.people_count),
    ]
    return _part(_l("Meetings"), columns, _of_partnerships(one).where(one.called_off_at.is_(None)))


def _plans() -> Part:
    """The latest version of each plan that the office may see: an annual plan is private until it is handed over."""
    one = PlanVersion
    decided_on, theirs = utc_day(one.decided_at), AnimatorAssignment
    advises = exists().where(
        theirs.animator_id == one.decided_by_id,
        theirs.municipality_id == Partnership.municipality_id,
        theirs.starts_on <= decided_on,
        or_(theirs.ends_on.is_(None), theirs.ends_on >= decided_on),
    )
    decided_as = case(
        (one.decided_by_id.is_(None), None), (advises, Side.ANIMATOR.value), else_=Side.OFFICE.value
    )
    columns: list[Asked] = [
        ("kind", _l("Plan"), _PLAN_KINDS, Plan.kind),
        ("year_from", _l("First year"), _COUNT, Plan.year_from),
        ("year_to", _l("Last year"), _COUNT, Plan.year_to),
        ("number", _l("Version"), _COUNT, one.number),
        ("status", _l("Status"), member_of(PlanStatus), one.status),
        ("submitted_at", _l("Submitted on"), DayOfMoment(), one.submitted_at),
        ("submitted_for", _l("On behalf of"), member_of(OnBehalf), one.submitted_on_behalf),
        ("decided_at", _l("Decided on"), DayOfMoment(), one.decided_at),
        ("decided_as", _l("Decided by"), member_of(Side), decided_as),
        ("published_at", _l("Published on"), DayOfMoment(), one.published_at),
    ]
    query = _of_partnerships(Plan).join(one, one.plan_id == Plan.id)
    seen = query.where(one.is_current, or_(Plan.kind == PlanKind.GENERAL, one.round > 0))
    return _part(_l("Plans"), columns, seen, Plan.kind.desc(), Plan.year_from)


def _earlier_plans() -> Part:
    one = EarlierPlan
    columns: list[Asked] = [
        ("kind", _l("Plan"), _PLAN_KINDS, one.kind),
        ("year_from", _l("First year"), _COUNT, one.year_from),
        ("year_to", _l("Last year"), _COUNT, one.year_to),
        ("status", _l("Status"), member_of(EarlierStatus), one.status),
        ("decided_on", _l("Decided on"), day(), one.decided_on),
    ]
    return _part(_l("Plans approved earlier"), columns, _of_partnerships(one), one.kind.desc(), one.year_from)


def _visits() -> Part:
    one = Consultation
    columns: list[Asked] = [
        ("visit_no", _l("Visit"), _COUNT, one.visit_no),
        ("planned_on", _l("Planned for"), DayOfMoment(), one.planned_start),
        *_advice(),
    ]
    query = _of_consultations().where(one.channel == Channel.VISIT)
    return _part(_l("Visits"), columns, query, one.visit_no, one.id)


def _remote_advice() -> Part:
    one = Consultation
    columns: list[Asked] = [("channel", _l("Channel"), member_of(Channel), one.channel), *_advice()]
    query = _of_consultations().where(one.channel != Channel.VISIT)
    return _part(_l("Remote advice"), columns, query, one.actual_start, one.id)


def _advice() -> list[Asked]:
    """Figures and who gave it; what was talked about stays on its page."""
    one = Consultation
    return [
        ("day", _l("Day"), DayOfMoment(), one.actual_start),
        ("minutes", _l("Length in minutes"), _COUNT, one.actual_minutes),
        ("over", _l("Minutes over the pot"), _COUNT, one.over_budget_minutes),
        ("people", _l("People"), _COUNT, one.participants_count),
        ("animator", _l("Animator"), _WORDS, User.name),
        ("status", _l("Status"), member_of(ConsultationStatus), one.status),
        ("taken_over", _l("Taken over from earlier records"), yes_or_no(), one.taken_over),
    ]


def _of_consultations() -> Select[Any]:
    return _of_municipalities(Consultation).outerjoin(User, User.id == Consultation.animator_id)


def _webinars() -> Part:
    """How many came from each municipality to each webinar. Who it was stays with the webinar."""
    columns: list[Asked] = [
        ("title", _l("Webinar"), _WORDS, Webinar.title),
        ("day", _l("Day"), DayOfMoment(), Webinar.starts_at),
        ("people", _l("People"), _COUNT, func.sum(Attendance.people_count)),
    ]
    query = _of_municipalities(Attendance).join(Webinar, Webinar.id == Attendance.webinar_id)
    by_webinar = query.group_by(Municipality.id, Webinar.id)
    return _part(_l("Webinar attendance"), columns, by_webinar, Webinar.starts_at, Webinar.id)


def _handbooks() -> Part:
    one = HandbookIssue
    columns: list[Asked] = [
        ("edition", _l("Edition"), _WORDS, HandbookEdition.edition),
        ("sent_on", _l("Sent on"), day(), one.sent_on),
        ("sent_count", _l("Copies sent"), _COUNT, one.sent_count),
        ("confirmed_count", _l("Copies confirmed"), _COUNT, one.confirmed_count),
        ("confirmed_on", _l("Confirmed on"), day(), one.confirmed_on),
    ]
    query = _of_municipalities(one).join(HandbookEdition, HandbookEdition.id == one.edition_id)
    return _part(_l("Handbooks"), columns, query)


def _hours() -> Part:
    granted, used = granted_minutes(), used_minutes()
    columns: list[Asked] = [
        ("pot", _l("Pot"), member_of(Pot), HourBudget.pot),
        ("granted", _l("Minutes granted"), _COUNT, granted),
        ("used", _l("Minutes used"), _COUNT, used),
        ("free", _l("Minutes left"), _COUNT, granted - used),
        ("pending", _l("Minutes over the pot, waiting for the office"), _COUNT, pending_minutes()),
    ]
    return _part(_l("Hours"), columns, _of_municipalities(HourBudget))


def _heads() -> Part:
    columns: list[Asked] = [
        ("title", _l("Title"), Listed("mayor_title"), Mayor.title),
        ("name", _l("Name"), _WORDS, Mayor.name),
        ("valid_from", _l("First day"), day(), Mayor.valid_from),
        ("valid_to", _l("Last day"), day(), Mayor.valid_to),
    ]
    return _part(_l("Heads of municipalities"), columns, _of_municipalities(Mayor))
