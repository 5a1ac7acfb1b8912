"""Partnerships that nobody leads, or nobody whom anything reaches: who is reminded of them every week."""

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, exists, or_, select

from accounts.events import AccountEvent
from accounts.models import User
from accounts.queries import office_people
from core import clock, mail
from core.audit import AuditEvent
from core.database import db
from core.mail import OutboxMail
from partnerships.models import LeaderTerm, Partnership, TermKind
from partnerships.queries import covers, with_people, with_place
from partnerships.workflow import PartnershipStatus


def leaderless_all_week(monday: date) -> Sequence[Partnership]:
    """Open ones that had no leader when the week began and have none today. One whose account is closed is none."""
    began = datetime.combine(monday, time(), tzinfo=clock.LOCAL_ZONE)
    led = exists().where(
        LeaderTerm.partnership_id == Partnership.id,
        LeaderTerm.kind == TermKind.LEADER,
        covers(LeaderTerm.starts_on, LeaderTerm.ends_on, monday)
        | covers(LeaderTerm.starts_on, LeaderTerm.ends_on, clock.today()),
        or_(LeaderTerm.user.has(User.is_active), _closed_since(began)),
    )
    return (
        db.session.scalars(
            select(Partnership)
            .where(Partnership.status != PartnershipStatus.CLOSED, Partnership.created_at < began, ~led)
            .options(*with_place(), *with_people())
            .order_by(Partnership.id)
        )
        .unique()
        .all()
    )


def _closed_since(moment: datetime) -> ColumnElement[bool]:
    """The account of whose term it is."""
    return exists().where(
        AuditEvent.event == str(AccountEvent.DEACTIVATED),
        AuditEvent.record_kind == User.__tablename__,
        AuditEvent.record_id == LeaderTerm.user_id,
        AuditEvent.at >= moment,
    )


def remind(monday: date) -> int:
    """One mail a week for each partnership and person: its deputies, its animator and the office. How many were new."""
    week = f"leaderless:{monday.isoformat()}:"
    promised = set(
        db.session.scalars(select(OutboxMail.dedupe_key).where(OutboxMail.dedupe_key.startswith(week)))
    )
    office, count = office_people(), 0
    for partnership in leaderless_all_week(monday):
        for person in _people_around(partnership, office):
            key = f"{week}{partnership.id}:{person.id}"
            if key not in promised:
                _remind(partnership, person, key)
                count += 1
    return count


def _people_around(partnership: Partnership, office: Sequence[User]) -> list[User]:
    today = clock.today()
    animator = partnership.animator(today)
    people = [*partnership.deputies(today), *([animator] if animator else []), *office]
    return list({person.id: person for person in people if person.is_active}.values())


def _remind(partnership: Partnership, person: User, key: str) -> None:
    today = clock.today()
    mail.queue(
        person,
        "partnerships/mail/leaderless",
        dedupe_key=key,
        partnership=partnership,
        unreachable=partnership.leader(today),
        since=partnership.leaderless_since(today),
        deputises=person.id in partnership.deputy_ids(today),
    )
