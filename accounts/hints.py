"""First-time hints: a few sentences on a page, until the person who has read them puts them away for good."""

from enum import StrEnum

from flask import Flask, g
from flask_login import current_user
from sqlalchemy import func, select

from accounts.models import DismissedHint, User
from core.database import db


class Hint(StrEnum):
    """Every hint there is. Its words stand in the page that shows it."""

    LEADER_HOME = "leader-home"
    PLAN_DRAFT = "plan-draft"
    UPLOAD = "upload"
    REVIEW_LIST = "review-list"
    REVIEW = "review"
    BOARD = "board"
    MUNICIPALITY = "municipality"


def is_shown(key: str) -> bool:
    """Whether this reader still sees the hint: asked by the pages themselves, in one query however many they have."""
    if not current_user.is_authenticated:
        return False
    if "dismissed_hints" not in g:
        mine = select(DismissedHint.hint).where(DismissedHint.user_id == current_user.id)
        g.dismissed_hints = frozenset(db.session.scalars(mine))
    return Hint(key) not in g.dismissed_hints


def count_dismissed(person: User) -> int:
    mine = select(func.count()).select_from(DismissedHint).where(DismissedHint.user_id == person.id)
    return db.session.scalar(mine) or 0


def init_hints(app: Flask) -> None:
    app.jinja_env.globals["is_hint_shown"] = is_shown
