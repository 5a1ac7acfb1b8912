"""Webinars that were held, with what became of their recordings."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts.models import User
from core.database import db
from tests.support.clocks import Clock
from tests.webinars.conftest import Written
from webinars import services as of_webinars
from webinars.models import Webinar
from webinars.recordings import queries, services
from webinars.recordings.models import Captions, Recording
from webinars.recordings.services import Published

FILM = "https://films.example/passwords"

Held = Callable[..., Webinar]
Kept = Callable[..., Recording]


@pytest.fixture
def held(announced: Written, clock: Clock) -> Held:
    """``held("Title", explains=("plan.needs",))``: it was on 6 May from ten to half past eleven, and that is now."""

    def hold(title: str = "Bezpieczne hasła", **values: Any) -> Webinar:
        clock.move_to(datetime(2026, 4, 15, 10, 0, tzinfo=UTC))
        webinar = announced(title, **values)
        clock.move_to(webinar.ends_at + timedelta(minutes=10))
        of_webinars.note_as_held(webinar)
        db.session.commit()
        return webinar

    return hold


@pytest.fixture
def owed(held: Held) -> Kept:
    def owe(title: str = "Bezpieczne hasła", **values: Any) -> Recording:
        recording = queries.recording_of(held(title, **values).id)
        assert recording is not None
        return recording

    return owe


@pytest.fixture
def published(owed: Kept, office: User) -> Kept:
    def publish(title: str = "Bezpieczne hasła", url: str = FILM, **values: Any) -> Recording:
        recording = owed(title, **values)
        content = Published(url=url, minutes=80, captions=Captions.IN_VIDEO, without_materials=True)
        services.publish(recording, content, actor=office)
        db.session.commit()
        return recording

    return publish


@pytest.fixture
def asked(published: Kept, office: User) -> Kept:
    """Published, with a question whose second answer is right."""

    def ask(title: str = "Bezpieczne hasła", **values: Any) -> Recording:
        recording = published(title, **values)
        answers = ["Za krótkie", "Do jednej rzeczy", "Zapisane"]
        services.ask(recording, text="Jakie jest dobre hasło?", answers=answers, right_answer=1, actor=office)
        db.session.commit()
        return recording

    return ask
