"""The catalogue and the initiatives of the demonstration have the sizes of the programmes they are like."""

from collections import Counter

from sqlalchemy import func, select

from core.database import db
from initiatives.models import Initiative, InitiativeStatus, InitiativeUpdate
from initiatives.queries import overdue
from knowledge.models import CatalogueItem, OfferState


def test_fifty_offers_of_forty_providers_stand_in_every_state_but_not_taken(demo):
    offers = db.session.scalars(select(CatalogueItem)).all()

    assert len({one.provider for one in offers}) == 40
    assert Counter(one.state for one in offers) == {
        OfferState.PUBLISHED: 41, OfferState.OUTDATED: 3, OfferState.DRAFT: 4, OfferState.MODERATED: 2,
    }  # fmt: skip
    assert all(
        address.partition("/oferta/")[0].endswith(".example") for address in (one.url for one in offers)
    )


def test_eighteen_initiatives_stand_everywhere_and_two_were_forgotten(demo):
    initiatives = db.session.scalars(select(Initiative)).all()

    assert len(initiatives) == 18
    assert {one.status for one in initiatives} == set(InitiativeStatus)
    assert [one.number for one in overdue()] == [17, 18]
    assert (db.session.scalar(select(func.count()).select_from(InitiativeUpdate)) or 0) > 40


def test_they_can_be_read_and_worked_with(visit_demo, demo):
    assert "1–20 of 41" in visit_demo().open("/en/offers").text
    assert "All (18)" in visit_demo().open("/en/initiatives").text
