"""Webinars that everybody may see, as the office announces them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.database import db
from webinars import services
from webinars.models import Webinar, WebinarSeries, WebinarStatus
from webinars.services import Content, SeriesContent

STARTS = datetime(2026, 5, 6, 8, 0, tzinfo=UTC)
LINK = "https://rooms.example/secret-room"

Announced = Callable[..., Webinar]


@pytest.fixture
def office(make):
    return make.office()


@pytest.fixture
def announced(app, clock, office) -> Announced:
    def make_one(title: str = "Bezpieczne hasła", **values: Any) -> Webinar:
        content = Content(**{
            "title": title, "starts_at": STARTS, "minutes": 90, "abstract": "Jak uczyć o hasłach.",
            "presenters": "Ewa Żak", "join_link": LINK, **values,
        })  # fmt: skip
        webinar = services.write_webinar(content, actor=office)
        services.announce(webinar, actor=office)
        db.session.commit()
        return webinar

    return make_one


@pytest.fixture
def held(announced: Announced) -> Announced:
    def make_one(title: str, days_ago: int, **values: Any) -> Webinar:
        webinar = announced(title, **values)
        webinar.starts_at = datetime(2026, 4, 14, 8, 0, tzinfo=UTC) - timedelta(days=days_ago)
        webinar.status = WebinarStatus.HELD
        db.session.commit()
        return webinar

    return make_one


@pytest.fixture
def series(app, clock, office) -> WebinarSeries:
    made = services.make_series(SeriesContent("Mocni w partnerstwie", "Krok po kroku."), actor=office)
    db.session.commit()
    return made
