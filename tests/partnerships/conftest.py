"""What tests of partnerships ask for beside the common things."""

from collections.abc import Callable, Sequence

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.models import User
from core import clock
from core.database import db
from core.mail import OutboxMail
from partnerships.files import services as files
from partnerships.files.models import Attachment, FileClass
from partnerships.models import Partnership
from tests.make import Make
from tests.support import documents


@pytest.fixture
def outbox(app: Flask) -> Callable[[], Sequence[OutboxMail]]:
    """Mails promised so far, the oldest first."""
    return lambda: db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()


@pytest.fixture
def partnership(make: Make) -> Partnership:
    return make.partnership(leader=make.user("Anna Lis"))


@pytest.fixture
def leader(partnership: Partnership) -> User | None:
    return partnership.leader(clock.today())


@pytest.fixture
def kept(partnership: Partnership, leader: User) -> Callable[..., Attachment]:
    """A file that the leader has sent."""

    def keep(
        data: bytes | None = None,
        name: str = "umowa.pdf",
        *,
        file_class: FileClass = FileClass.PARTNERSHIP,
        title: str = "Umowa",
    ) -> Attachment:
        sent = documents.pdf() if data is None else data
        file = files.attach(
            partnership, data=sent, name=name, file_class=file_class, title=title, actor=leader
        )
        db.session.commit()
        return file

    return keep
