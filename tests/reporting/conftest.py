"""Three partnerships with something of everything in the first quarter of 2026, and that quarter frozen."""

from datetime import date

import pytest

from animators.consultations.models import Channel, ConsultationStatus
from core.database import db
from handbooks.models import HandbookEdition, HandbookIssue
from reporting import freezing
from tests.reporting.evidence import advise, first_quarter, meet


@pytest.fixture(autouse=True)
def _time(clock):
    """15 April 2026: the first quarter is over."""


@pytest.fixture
def office(make):
    return make.office()


@pytest.fixture
def places(make):
    """Three partnerships with something of everything in the first quarter."""
    edition = HandbookEdition(title="Handbook", edition="1", published_on=date(2026, 1, 1), is_current=True)
    db.session.add(edition)
    made = [make.partnership(founded_on=date(2026, 1, 10 + number)) for number in range(3)]
    for partnership in made:
        for _ in range(3):
            make.member(partnership, joined_on=date(2026, 1, 10))
        meet(partnership, date(2026, 2, 3), 12)
        advise(partnership, Channel.PHONE, 30, ConsultationStatus.CONFIRMED)
        advise(partnership, Channel.VISIT, 240, ConsultationStatus.CONFIRMED, number=1)
        db.session.add(
            HandbookIssue(
                municipality=partnership.municipality, edition=edition, sent_on=date(2026, 2, 1), sent_count=4,
                confirmed_on=date(2026, 2, 9), confirmed_count=4,
            )
        )  # fmt: skip
    db.session.commit()
    return made


@pytest.fixture
def frozen(places, office):
    period = first_quarter()
    freezing.begin_closing(period, actor=office)
    db.session.commit()
    freezing.freeze(period, actor=office)
    db.session.commit()
    return period
