"""What tests of meetings ask for beside the common things."""

from collections.abc import Callable, Sequence

import pytest
from flask import Flask
from sqlalchemy import select

from core.database import db
from core.mail import OutboxMail
from tests.make import Make
from tests.municipalities.ostrowice import Drawsko
from tests.support.clocks import Clock


@pytest.fixture
def outbox(app: Flask) -> Callable[[], Sequence[OutboxMail]]:
    """Mails promised so far, the oldest first."""
    return lambda: db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()


@pytest.fixture
def drawsko(make: Make, clock: Clock) -> Drawsko:
    drawsko = Drawsko(make)
    drawsko.library.office_email = "biblioteka@gmina.example"
    db.session.commit()
    return drawsko
