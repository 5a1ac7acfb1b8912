"""Visits that took place, and the people around them."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from animators.consultations.models import Channel, Consultation, ConsultationStatus
from animators.consultations.services import Report, report_visit
from animators.hours.balances import balances_of
from animators.hours.models import Pot
from core.audit import AuditEvent
from core.database import db
from core.mail import OutboxMail

HELD = datetime(2026, 4, 14, 8, 0, tzinfo=UTC)
"""The day before the one on which the tests are."""


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def leader(make):
    return make.user("Ewa Nowak", email="ewa@gromada.example", language="en")


@pytest.fixture
def animator(make):
    return make.animator("Anna Lis")


@pytest.fixture
def office(make):
    return make.office("Biuro Projektu")


@pytest.fixture
def partnership(make, leader, animator):
    municipality = make.municipality("Ostrowice")
    return make.partnership(municipality=municipality, leader=leader, animator=animator)


@pytest.fixture
def visit_of(db_session):
    """A visit as it is agreed on, or in another state."""

    def made(partnership, *, number=1, status=ConsultationStatus.AGREED, at=HELD, **more):
        visit = Consultation(
            municipality=partnership.municipality,
            animator=partnership.animator(at.date()),
            channel=Channel.VISIT,
            visit_no=number,
            planned_start=at,
            planned_minutes=240,
            place="Biblioteka",
            status=status,
            **more,
        )
        db.session.add(visit)
        db.session.flush()
        return visit

    return made


@pytest.fixture
def held(partnership, visit_of):
    return visit_of(partnership)


def a_report(**changes):
    said = {
        "started_at": HELD,
        "minutes": 240,
        "topics": ["general_plan"],
        "people_count": 12,
        "summary": "We wrote down the needs.",
    }
    return Report(**{**said, **changes})


@pytest.fixture
def reported(held, animator):
    report_visit(held, a_report(), actor=animator)
    return held


@pytest.fixture
def logged(partnership, animator, clock):
    """Remote advice, as it stands after it was logged."""
    talk = Consultation(
        municipality=partnership.municipality,
        animator=animator,
        channel=Channel.PHONE,
        actual_start=clock.now - timedelta(hours=1),
        actual_minutes=30,
        topics=["general_plan"],
        reported_at=clock.now,
        status=ConsultationStatus.LOGGED,
    )
    db.session.add(talk)
    db.session.flush()
    return talk


def told(what):
    keys = OutboxMail.dedupe_key.startswith(f"consultation-{what}:")
    return sorted(db.session.scalars(select(OutboxMail.to_address).where(keys)))


def events():
    found = select(AuditEvent.event).where(AuditEvent.event.startswith("consultation."))
    return list(db.session.scalars(found.order_by(AuditEvent.id)))


def used(partnership):
    balances = balances_of([partnership.municipality_id])
    return balances[partnership.municipality_id, Pot.VISIT].used
