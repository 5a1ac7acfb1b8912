"""A webinar that was held, in a series that asks for 45 minutes; reports of it; who came as the database has it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask

from accounts.models import User
from core.database import db
from municipalities.models import Municipality
from tests.make import Make
from tests.support.clocks import Clock
from webinars.models import Attendance, Webinar, WebinarSeries, WebinarStatus
from webinars.registrations.models import AudienceGroup, RegistrationStatus, WebinarRegistration

WAS = datetime(2026, 4, 14, 8, 0, tzinfo=UTC)
"""The day before the tests' today, at ten by the clock in Warsaw."""

Held = Callable[..., Webinar]


@pytest.fixture
def office(make: Make) -> User:
    return make.office("Marta Nowak")


@pytest.fixture
def held(app: Flask, clock: Clock) -> Held:
    series = WebinarSeries(name="Mocni", slug="mocni", description="", min_minutes=45)

    def make_one(title: str = "Bezpieczne hasła", **values: object) -> Webinar:
        webinar = Webinar(
            **{
                "title": title, "starts_at": WAS, "minutes": 90, "status": WebinarStatus.HELD, "series": series,
                "announced_at": WAS, **values,
            }
        )  # fmt: skip
        db.session.add(webinar)
        db.session.commit()
        return webinar

    return make_one


def seat_of(webinar: Webinar, person: User, place: Municipality | None = None) -> WebinarRegistration:
    return _kept(_seat(webinar, user=person, municipality=place))


def guest_of(
    webinar: Webinar, name: str, email: str, place: Municipality | None = None
) -> WebinarRegistration:
    return _kept(_seat(webinar, name=name, email=email, municipality=place))


def _seat(webinar: Webinar, **values: object) -> WebinarRegistration:
    """From a partnership where a municipality is named."""
    group = AudienceGroup.PARTICIPANT if values.get("municipality") else AudienceGroup.OTHER
    return WebinarRegistration(**{
        "webinar": webinar, "language": "en", "group": group, "asked_at": WAS, "access_needs": [],
        "status": RegistrationStatus.REGISTERED, **values,
    })  # fmt: skip


def _kept(seat: WebinarRegistration) -> WebinarRegistration:
    db.session.add(seat)
    db.session.commit()
    return seat


def report_of(*people: tuple[str, str, int]) -> bytes:
    """Name, address and minutes of each, as Google Meet writes them."""
    rows = [f"{name},{email},{minutes} min" for name, email, minutes in people]
    return "\n".join(["Name,Email,Duration", *rows]).encode()


Line = tuple[str | None, str | None, int, int | None, str]


def attendances(webinar: Webinar) -> list[Line]:
    """Person, municipality, how many, minutes and source of each."""
    db.session.expire_all()
    rows = db.session.query(Attendance).filter_by(webinar_id=webinar.id).order_by(Attendance.id)
    return [
        (
            _name(row),
            row.municipality.name if row.municipality else None,
            row.people_count,
            row.minutes,
            row.source.value,
        )
        for row in rows
    ]


def _name(row: Attendance) -> str | None:
    if row.user is not None:
        return row.user.name
    if row.registration_id is None:
        return None
    return db.session.get_one(WebinarRegistration, row.registration_id).name
