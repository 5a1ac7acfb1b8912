"""The board of a whole country asks the database no more often than the board of three municipalities."""

from sqlalchemy import insert

from core.database import db
from core.text import sort_key
from municipalities.models import Municipality, MunicipalityKind
from partnerships.models import Partnership
from partnerships.workflow import PartnershipStatus

ALL = 2477


def found_everywhere(make, count: int) -> None:
    """As many partnerships as Poland has municipalities, in two statements."""
    county = make.county()
    names = [f"Gmina {number:04d}" for number in range(count)]
    municipalities = [
        {"name": name, "kind": MunicipalityKind.RURAL, "code": f"16{number:04d}2", "slug": f"gmina-{number}",
         "county_id": county.id, "voivodeship_id": county.voivodeship_id, "search_text": name.lower(),
         "sort_key": sort_key(name)}
        for number, name in enumerate(names)
    ]  # fmt: skip
    ids = db.session.scalars(insert(Municipality).returning(Municipality.id), municipalities).all()
    programme = make.programme.id
    db.session.execute(
        insert(Partnership),
        [
            {
                "programme_id": programme,
                "municipality_id": place,
                "name": "P",
                "status": PartnershipStatus.PLANNED,
            }
            for place in ids
        ],
    )
    db.session.commit()


def test_the_board_of_every_municipality_costs_what_a_small_one_costs(visit, make, count_queries):
    office = visit(as_=make.office())
    for _number in range(3):
        make.partnership()
    office.open("/office/board")
    with count_queries() as few:
        office.open("/office/board")

    found_everywhere(make, ALL)
    with count_queries() as many:
        page = office.open("/office/board?page=50")

    assert many.count == few.count <= 8
    assert f"2451–2480 of {ALL + 3}" in page.text
