"""What runs on a timetable."""

from core.database import db
from feedback.services import forget_words


def forget() -> str:
    forgotten = forget_words()
    db.session.commit()
    return f"{forgotten} forgotten"
