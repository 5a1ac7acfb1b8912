"""Putting first-time hints away, and taking them out again. Nobody else's business, so no history remembers it."""

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from accounts.hints import Hint
from accounts.models import DismissedHint, User
from core.database import db


def dismiss_hint(person: User, hint: Hint) -> None:
    """For good. Putting it away twice, or in two windows at once, is the same."""
    try:
        with db.session.begin_nested():
            db.session.add(DismissedHint(user_id=person.id, hint=hint.value))
    except IntegrityError:
        return


def show_hints_again(person: User) -> None:
    db.session.execute(delete(DismissedHint).where(DismissedHint.user_id == person.id))
