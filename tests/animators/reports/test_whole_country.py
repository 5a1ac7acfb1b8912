"""The pages of a whole country ask the database no more often than those of three municipalities."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from animators.consultations.models import Channel, Consultation, ConsultationStatus, Side
from animators.hours.models import HourBudget, LedgerEntry, LedgerKind, Pot
from core.database import db
from municipalities.models import Municipality
from partnerships.models import AnimatorAssignment, AssignmentKind
from tests.animators.reports.world import World
from tests.make import LONG_AGO
from tests.office.test_whole_country import ALL, found_everywhere

MOST = 10
PAGES = {
    "": 6,
    "/municipalities?sort=-remote": 6,
    "/animators?sort=-remote_given": 5,
    "/entries": 6,
    "/consultations?what=remote_given": 6,
    "/consultations?what=visits_held": 6,
    "/outside": 6,
}


def advised_everywhere(world: World) -> None:
    """To each municipality one visit and one call, which its pots paid for."""
    places = db.session.scalars(select(Municipality.id)).all()
    first = datetime(2026, 1, 7, 9, 0, tzinfo=UTC)
    db.session.execute(
        insert(AnimatorAssignment),
        [
            {"animator_id": world.adam.id, "municipality_id": place, "kind": AssignmentKind.MAIN, "starts_on": LONG_AGO}
            for place in places[3:]
        ],
    )  # fmt: skip
    for channel, pot, minutes in ((Channel.VISIT, Pot.VISIT, 240), (Channel.PHONE, Pot.REMOTE, 35)):
        at = [first + timedelta(days=number % 97) for number in range(len(places))]
        given = db.session.scalars(
            insert(Consultation).returning(Consultation.id, sort_by_parameter_order=True),
            [
                {"municipality_id": place, "animator_id": world.ewa.id, "channel": channel, "visit_no": 1 if pot is Pot.VISIT else None,
                 "planned_start": moment, "planned_minutes": 240, "actual_start": moment, "actual_minutes": minutes,
                 "confirmed_at": moment, "confirmed_by": Side.LEADER, "status": ConsultationStatus.CONFIRMED, "topics": []}
                for place, moment in zip(places[3:], at[3:], strict=True)
            ],
        ).all()  # fmt: skip
        budgets = db.session.scalars(
            insert(HourBudget).returning(HourBudget.id, sort_by_parameter_order=True),
            [{"municipality_id": place, "pot": pot, "granted_minutes": 480} for place in places[3:]],
        ).all()
        db.session.execute(
            insert(LedgerEntry),
            [
                {"budget_id": budget, "minutes": minutes, "kind": LedgerKind.CONSULTATION, "consultation_id": one,
                 "day": moment.date(), "made_by_id": world.ewa.id}
                for budget, one, moment in zip(budgets, given, at[3:], strict=True)
            ],
        )  # fmt: skip
    db.session.commit()


def test_pages_of_hours_cost_the_same_for_three_municipalities_and_for_all(
    visit, world: World, count_queries
):
    office = visit(as_=world.office)
    few = asked_of(office, count_queries)

    found_everywhere(world.make, ALL - 3)
    advised_everywhere(world)
    many = asked_of(office, count_queries)

    assert many == few == PAGES
    assert max(many.values()) < MOST
    page = office.open("/office/hours/municipalities?page=50")
    assert f"2451–2477 of {ALL}" in page.text


def asked_of(office, count_queries) -> dict[str, int]:
    asked = {}
    for page in PAGES:
        office.open(f"/office/hours{page}")
        with count_queries() as queries:
            office.open(f"/office/hours{page}")
        asked[page] = queries.count
    return asked


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_an_export_asks_as_often_for_many_as_for_few(visit, world: World, count_queries, ending: str):
    office = visit(as_=world.office)
    office.open(f"/office/hours/ledger.{ending}")
    with count_queries() as few:
        office.open(f"/office/hours/ledger.{ending}")
    found_everywhere(world.make, 100)
    advised_everywhere(world)

    with count_queries() as many:
        office.open(f"/office/hours/ledger.{ending}")

    assert few.count == many.count
