"""Readers and webinars that are news: written and announced through the services."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from accounts.models import User
from core.database import db
from core.mail import OutboxMail
from subscriptions import services
from subscriptions.links import request_by_token
from subscriptions.models import Frequency, Subscriber
from subscriptions.wanted import Wanted
from tests.make import Make
from tests.support.clocks import Clock
from webinars import services as webinars
from webinars.models import Webinar
from webinars.services import Content

STARTS = datetime(2026, 6, 10, 8, 0, tzinfo=UTC)
WEBINARS, PLANS = Wanted("webinars"), Wanted("plans")

Announced = Callable[..., Webinar]
Reads = Callable[..., Subscriber]


@pytest.fixture
def office(make: Make) -> User:
    return make.office("Marta Nowak")


@pytest.fixture
def announced(app: Flask, clock: Clock, office: User) -> Announced:
    def announce(title: str = "Bezpieczne hasła") -> Webinar:
        content = Content(
            title=title,
            starts_at=STARTS,
            minutes=90,
            abstract="Jak uczyć.",
            join_link="https://rooms.example/a",
        )
        webinar = webinars.write_webinar(content, actor=office)
        webinars.announce(webinar, actor=office)
        db.session.commit()
        return webinar

    return announce


@pytest.fixture
def reads(app: Flask, clock: Clock) -> Reads:
    """``reads("a@x.example", WEBINARS, frequency=Frequency.DAILY)``: an address that has confirmed itself."""

    def subscribe(
        email: str, *wanted: Wanted, frequency: Frequency = Frequency.AT_ONCE, person: User | None = None
    ) -> Subscriber:
        if person is not None:
            subscriber = services.choose(person, wanted, frequency)
        else:
            services.ask(email, wanted, frequency)
            subscriber = services.confirm(_asked_by(email))
        assert subscriber
        db.session.commit()
        clock.tick(seconds=1)
        return subscriber

    return subscribe


def _asked_by(email: str):
    mails = db.session.query(OutboxMail).filter_by(to_address=email).order_by(OutboxMail.id).all()
    found = request_by_token(secret_in(mails[-1]))
    assert found
    return found


def links_in(mail: OutboxMail) -> list[str]:
    return re.findall(r"http://localhost(/\S+)", mail.body)


def secret_in(mail: OutboxMail) -> str:
    return links_in(mail)[0].rpartition("/")[2]


def later(clock: Clock, **delta: float) -> None:
    """News is told two minutes after it happened."""
    clock.tick(**delta or {"minutes": 3})


SOON = timedelta(minutes=3)
