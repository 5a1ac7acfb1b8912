"""A partnership at its beginning, and its leader at the pages, for tests about starting a plan."""

import pytest

from core.database import db
from partnerships.models import Partnership


@pytest.fixture
def partnership(make, clock) -> Partnership:
    """Of a rural municipality with 5000 residents; the library and the school belong to it."""
    municipality = make.municipality("Żółta Gęś", population=5000)
    partnership: Partnership = make.partnership(
        "Cyfrowa Gęś", municipality=municipality, leader=make.user("Anna Wrona", language="en")
    )
    library = make.organisation("Biblioteka Publiczna", municipality=municipality)
    make.member(partnership, make.organisation("Szkoła Podstawowa", municipality=municipality))
    make.member(partnership, library, role="trainer")
    partnership.terms[0].organisation = library
    db.session.commit()
    return partnership


@pytest.fixture
def leader(partnership, visit):
    return visit(as_=partnership.terms[0].user)
