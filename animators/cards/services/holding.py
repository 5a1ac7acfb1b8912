"""A card as it stands at this moment, while nobody else changes it."""

from sqlalchemy import select

from animators.cards.models import WorkCard
from core.database import db


def hold(card: WorkCard) -> None:
    """Wait for whoever else changes this card, and see it as they left it."""
    db.session.flush()
    db.session.execute(select(WorkCard.id).where(WorkCard.id == card.id).with_for_update())
    db.session.refresh(card)
    db.session.expire(card, ["lines"])
