"""What tests of animators ask for beside the common things."""

from collections.abc import Callable, Sequence

import pytest
from flask import Flask
from sqlalchemy import select

import animators.consultations.models  # noqa: F401 (hours point to them: whoever knows these must know those)
from core.database import db
from core.mail import OutboxMail


@pytest.fixture
def outbox(app: Flask) -> Callable[[], Sequence[OutboxMail]]:
    """Mails promised so far, the oldest first."""
    return lambda: db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()
