"""Nobody leads two partnerships: neither after a change of municipalities nor after it is undone."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from accounts.models import User
from core import clock
from core.database import db
from partnerships.changes.succession import Course
from partnerships.errors import LeadsElsewhere
from partnerships.models import LeaderTerm, Partnership, TermKind
from partnerships.workflow import PartnershipStatus


def check_nobody_leads_two(decided: Course, leader: User | None) -> None:
    """Of those that merge every term ends, so that they do not count. Whoever leads the successor already stays."""
    if leader is None or not decided.changes_leader(leader):
        return
    if leads_other_than([one.id for one in decided.everyone], leader.id, clock.today()):
        raise LeadsElsewhere


def leads_other_than(
    partnership_ids: Collection[int], user_id: int, first: date, last: date | None = None
) -> LeaderTerm | None:
    """Their first term as the leader of another open partnership that shares a day with this period."""
    elsewhere = (
        select(LeaderTerm)
        .join(LeaderTerm.partnership)
        .where(
            LeaderTerm.user_id == user_id,
            LeaderTerm.kind == TermKind.LEADER,
            LeaderTerm.partnership_id.not_in(partnership_ids),
            LeaderTerm.ends_on.is_(None) | (LeaderTerm.ends_on >= first),
            LeaderTerm.starts_on <= (last or date.max),
            Partnership.status != PartnershipStatus.CLOSED,
        )
        .order_by(LeaderTerm.starts_on, LeaderTerm.id)
    )
    return db.session.scalars(elsewhere).first()
