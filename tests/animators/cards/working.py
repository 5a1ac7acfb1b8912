"""What animators do in a month, put into the records as their own parts of the application leave it."""

from datetime import UTC, date, datetime
from itertools import count

from accounts.models import User
from animators.advice.models import OutsideAdvice
from animators.cards.models import WorkCard
from animators.cards.queries import content_of
from animators.cards.services import entering, flow
from animators.consultations.models import Channel, Consultation, ConsultationStatus
from core.database import db
from municipalities.models import Municipality

MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)
_keys = count(1)


def at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


def consultation(
    animator: User,
    municipality: Municipality,
    day: date,
    minutes: int,
    *,
    channel: Channel = Channel.PHONE,
    status: ConsultationStatus = ConsultationStatus.LOGGED,
) -> Consultation:
    kept = Consultation(
        municipality=municipality,
        animator=animator,
        channel=channel,
        visit_no=1 if channel is Channel.VISIT else None,
        actual_start=at_noon(day),
        actual_minutes=minutes,
        status=status,
    )
    db.session.add(kept)
    db.session.commit()
    return kept


def outside(animator: User, day: date, minutes: int) -> OutsideAdvice:
    kept = OutsideAdvice(
        animator=animator,
        organisation="Koło gospodyń",
        channel=Channel.PHONE,
        minutes=minutes,
        day=day,
        entry_key=f"outside-{next(_keys)}",
    )
    db.session.add(kept)
    db.session.commit()
    return kept


def begun(animator: User, month: date) -> WorkCard:
    card = entering.begin_card(animator, month, actor=animator)
    db.session.commit()
    return card


def submitted(card: WorkCard) -> WorkCard:
    flow.submit_card(card, seen=flow.seen_as(content_of(card)), actor=card.animator)
    db.session.commit()
    return card


def locked(card: WorkCard, office: User) -> WorkCard:
    flow.check_card(submitted(card), actor=office)
    flow.lock_card(card, actor=office)
    db.session.commit()
    return card
