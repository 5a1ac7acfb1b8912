"""Views of the board that somebody may open."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from accounts.models import User
from core.database import db
from office.board_views.models import BoardView


def views_for(person: User) -> Sequence[BoardView]:
    """Their own and those that are shared, by name; in one query."""
    return db.session.scalars(
        select(BoardView)
        .where(or_(BoardView.owner_id == person.id, BoardView.is_shared))
        .options(joinedload(BoardView.owner))
        .order_by(BoardView.name, BoardView.id)
    ).all()


def own_default(views: Sequence[BoardView], person: User) -> BoardView | None:
    return next((view for view in views if view.is_default and view.owner_id == person.id), None)


def view_by_id(view_id: int) -> BoardView | None:
    return db.session.get(BoardView, view_id)
