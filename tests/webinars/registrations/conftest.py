"""Webinars of the tests: one week and more ahead, with or without room."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from core.database import db
from tests.support.clocks import Clock
from webinars.models import Webinar, WebinarForm, WebinarStatus
from webinars.registrations.models import AudienceGroup, RegistrationStatus, WebinarRegistration

STARTS = datetime(2026, 5, 6, 8, 0, tzinfo=UTC)
"""Three weeks after the tests' today, at ten by the clock in Warsaw."""
LINK = "https://meet.example/w-1"

Webinars = Callable[..., Webinar]


@pytest.fixture
def webinar(app: Flask, clock: Clock) -> Webinars:
    """``webinar(capacity=2)``: announced, online."""

    def make_one(**values: Any) -> Webinar:
        kept = Webinar(
            **{
                "title": "Granty na sprzęt",
                "abstract": "Skąd pieniądze.",
                "starts_at": STARTS,
                "minutes": 90,
                "form": WebinarForm.ONLINE,
                "join_link": LINK,
                "status": WebinarStatus.ANNOUNCED,
                "announced_at": clock.now,
                **values,
            }
        )
        db.session.add(kept)
        db.session.commit()
        return kept

    return make_one


def guest_seat(webinar: Webinar, email: str, **values: Any) -> WebinarRegistration:
    """A guest whose address has answered."""
    seat = WebinarRegistration(
        **{
            "webinar": webinar,
            "email": email,
            "name": email.partition("@")[0].title(),
            "language": "en",
            "group": AudienceGroup.OTHER,
            "status": RegistrationStatus.REGISTERED,
            "asked_at": datetime(2026, 4, 14, 10, 0, tzinfo=UTC),
            "confirmed_at": datetime(2026, 4, 14, 10, 0, tzinfo=UTC),
            "access_needs": [],
            **values,
        }
    )
    db.session.add(seat)
    db.session.commit()
    return seat
