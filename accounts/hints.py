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
    """Whether this reader still sees the hint: asked by the pages themselves. A misspelt key is an error, not a hint."""
    put_away: frozenset[str] = g.get("hints_put_away", frozenset())
    return bool(current_user.is_authenticated) and Hint(key) not in put_away


def count_dismissed(person: User) -> int:
    mine = select(func.count()).select_from(DismissedHint).where(DismissedHint.user_id == person.id)
    return db.session.scalar(mine) or 0


def init_hints(app: Flask) -> None:
    app.jinja_env.globals["is_hint_shown"] = is_shown
