"""Taking an answer, taking words, forgetting words."""

from datetime import timedelta

from sqlalchemy import func, select, update

from core import clock
from core.database import db
from core.personal_data import personal_kinds
from feedback.errors import NamesPeople
from feedback.models import PageFeedback

WORDS_KEPT = timedelta(days=365)


def answer(path: str, language: str, *, helpful: bool) -> PageFeedback:
    given = PageFeedback(path=path, language=language, helpful=helpful, given_on=clock.today())
    db.session.add(given)
    db.session.flush()
    return given


def due_words() -> int:
    """How many ``forget_words`` would empty now."""
    past = PageFeedback.text.is_not(None), PageFeedback.given_on < clock.today() - WORDS_KEPT
    return db.session.scalar(select(func.count()).select_from(PageFeedback).where(*past)) or 0


def add_words(given: PageFeedback, text: str) -> None:
    """Words that name somebody are refused before they are kept."""
    if any(True for _ in personal_kinds(text)):
        raise NamesPeople
    given.text = text
    db.session.flush()


def forget_words() -> int:
    """A year later; that the page helped, or did not, stays as a count."""
    limit = clock.today() - WORDS_KEPT
    forgotten = db.session.scalars(
        update(PageFeedback)
        .where(PageFeedback.text.is_not(None), PageFeedback.given_on < limit)
        .values(text=None)
        .returning(PageFeedback.id)
    ).all()
    return len(forgotten)
