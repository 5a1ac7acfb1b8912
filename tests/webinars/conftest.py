"""Webinars as the office writes them: through the services, three weeks after the tests' today."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from accounts.models import User
from core.database import db
from tests.make import Make
from tests.support.clocks import Clock
from webinars import services
from webinars.models import Webinar
from webinars.services import Content

STARTS = datetime(2026, 5, 6, 8, 0, tzinfo=UTC)
"""At ten by the clock in Warsaw."""
LINK = "https://rooms.example/secret-room"

Written = Callable[..., Webinar]


def content(title: str = "Bezpieczne hasła", **values: Any) -> Content:
    return Content(**{
        "title": title, "starts_at": STARTS, "minutes": 90, "abstract": "Jak uczyć o hasłach.",
        "presenters": "Ewa Żak", "join_link": LINK, **values,
    })  # fmt: skip


@pytest.fixture
def office(make: Make) -> User:
    return make.office("Marta Nowak")


@pytest.fixture
def draft(app: Flask, clock: Clock, office: User) -> Written:
    """``draft("Title", minutes=60)``: only the office sees it."""

    def write(title: str = "Bezpieczne hasła", **values: Any) -> Webinar:
        webinar = services.write_webinar(content(title, **values), actor=office)
        db.session.commit()
        return webinar

    return write


@pytest.fixture
def announced(draft: Written, office: User) -> Written:
    def announce(title: str = "Bezpieczne hasła", reason: str | None = None, **values: Any) -> Webinar:
        webinar = draft(title, **values)
        services.announce(webinar, reason=reason, actor=office)
        db.session.commit()
        return webinar

    return announce
