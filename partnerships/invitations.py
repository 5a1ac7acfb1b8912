"""What somebody without an account is invited for, in the words of the invitation: read in their language, not its sender's."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from accounts.models import User
from core import clock
from core.database import db
from core.formatting import day
from core.i18n import LazyString, _l
from partnerships.handovers.models import LeaderHandover
from partnerships.handovers.workflow import HandoverStatus
from partnerships.models import LeaderTerm, Partnership, TermKind


def to_lead(partnership: Partnership) -> LazyString:
    return _l("leader of the partnership %(name)s", name=partnership.name)


def to_deputise(partnership: Partnership) -> LazyString:
    return _l("deputy leader of the partnership %(name)s", name=partnership.name)


def to_take_over(partnership: Partnership, effective_on: date) -> LazyString:
    return _l(
        "leader of the partnership %(name)s from %(day)s; sign in to accept or decline",
        name=partnership.name,
        day=LazyString(day, effective_on),
    )


def reason_to_join(person: User) -> LazyString | None:
    """What waits for somebody who is invited anew: a hand-over to answer, else a term."""
    handover = db.session.scalar(
        select(LeaderHandover)
        .where(LeaderHandover.to_user_id == person.id, LeaderHandover.status == HandoverStatus.REQUESTED)
        .options(joinedload(LeaderHandover.partnership, innerjoin=True))
        .order_by(LeaderHandover.effective_on, LeaderHandover.id)
        .limit(1)
    )
    if handover is not None:
        return to_take_over(handover.partnership, handover.effective_on)
    term = db.session.scalar(
        select(LeaderTerm)
        .where(
            LeaderTerm.user_id == person.id,
            or_(LeaderTerm.ends_on.is_(None), LeaderTerm.ends_on >= clock.today()),
        )
        .options(joinedload(LeaderTerm.partnership, innerjoin=True))
        .order_by(LeaderTerm.starts_on, LeaderTerm.id)
        .limit(1)
    )
    if term is None:
        return None
    return to_lead(term.partnership) if term.kind is TermKind.LEADER else to_deputise(term.partnership)
