"""What was not held goes on into the next year: offered there, or with one button, and once."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from core.database import db
from partnerships.models import Partnership
from plans.errors import NotEditable, NothingToCarry, NoYearAfter
from plans.models import CarriedTraining, PlanVersion
from plans.services.years import carry_forward
from plans.workflow import PlanStatus
from plans.years.carrying import left_to_carry
from plans.years.queries import annual_version
from tests.plans.test_flow import leader_of
from tests.plans.years.conftest import DONE, closed, of_trainings, rewritten, training, year_of
from tests.support.at_once import at_once


@pytest.fixture(autouse=True)
def _after_the_year(clock):
    clock.move_to(datetime(2027, 1, 8, 9, tzinfo=UTC))


ROWS = (
    training("1", remarks="Za mało miejsc", date_from="2026-05-05", cost_planned="100"),
    training("2", status="confirmed"),
    training("3", status="moved"),
    training("4", status="cancelled"),
    training("5", **DONE),
    training("6", status="running"),
)


def titles(version: PlanVersion) -> list[str]:
    db.session.expire_all()
    return [str(row.values["title"]) for row in version.rows.rows("trainings")]


def next_year(partnership: Partnership) -> PlanVersion:
    found = annual_version(partnership.id, year=2027)
    assert found is not None
    return found


def test_one_button_carries_what_was_not_held_and_says_at_both_ends_where_it_went(make, visit):
    version = closed(year_of(make, *ROWS))
    leader = visit(as_=leader_of(version))

    leader.open(f"/plans/{version.id}/year").submit("Carry forward to 2027")

    target = next_year(version.partnership)
    assert titles(target) == ["Szkolenie 1", "Szkolenie 2", "Szkolenie 3"]
    assert dict(target.rows.rows("trainings")[0].values) == {
        "title": "Szkolenie 1", "line_code": "K1", "goal_code": "C1", "group_code": "T1", "form": "on_site",
        "participants_planned": 12, "hours_planned": "8", "cost_planned": "100", "status": "planned",
    }  # fmt: skip
    assert leader.open(f"/plans/{version.id}/year").text.count("goes on in 2027") == 3
    assert leader.open(f"/plans/{target.id}/year").text.count("from the plan for 2026") == 3


def test_pressed_twice_nothing_is_doubled(make, visit):
    version = closed(year_of(make, *ROWS))
    page = visit(as_=leader_of(version)).open(f"/plans/{version.id}/year")
    page.submit("Carry forward to 2027")

    again = page.submit("Carry forward to 2027", expect=409)

    assert "is in the next plan already" in again.text
    assert titles(next_year(version.partnership)) == ["Szkolenie 1", "Szkolenie 2", "Szkolenie 3"]


def test_pressed_by_two_at_once_nothing_is_doubled(app, make):
    version = closed(year_of(make, *ROWS))
    version_id, partnership = version.id, version.partnership

    def press() -> int:
        here = db.session.get_one(PlanVersion, version_id)
        return carry_forward(here, actor=leader_of(here))[1]

    assert at_once(app, press, press) == ["3", NothingToCarry.__name__]
    assert titles(next_year(partnership)) == ["Szkolenie 1", "Szkolenie 2", "Szkolenie 3"]


def test_what_was_removed_there_can_be_carried_again_and_the_rest_stays(make):
    version = closed(year_of(make, *ROWS))
    target, _count = carry_forward(version, actor=leader_of(version))
    kept = target.rows.rows("trainings")[1:]
    rewritten(target, *kept)

    _target, count = carry_forward(version, actor=leader_of(version))

    assert count == 1
    assert sorted(titles(target)) == ["Szkolenie 1", "Szkolenie 2", "Szkolenie 3"]
    assert len(db.session.scalars(select(CarriedTraining)).all()) == 3


def test_a_training_somebody_wrote_there_already_is_only_marked(make):
    version = closed(year_of(make, *ROWS))
    target = make.annual_plan(
        partnership=version.partnership,
        year=2027,
        content=of_trainings(training("9", title="Szkolenie 2"), year=2027),
    )

    _target, count = carry_forward(version, actor=leader_of(version))

    assert (count, titles(target)) == (2, ["Szkolenie 2", "Szkolenie 1", "Szkolenie 3"])
    assert left_to_carry(version) == []


def test_what_is_still_to_come_stays_until_the_year_is_over_or_closed(make, clock):
    clock.move_to(datetime(2026, 11, 10, 9, tzinfo=UTC))
    version = year_of(make, training("1", quarter="q1"), training("2", date_from="2026-12-15"))
    in_november = [row.row_uid for row in left_to_carry(version)]

    closed(version)

    assert (in_november, [row.row_uid for row in left_to_carry(version)]) == (["row-1"], ["row-1", "row-2"])


def test_the_next_plan_offers_what_was_not_held_and_marks_what_is_taken(make, visit):
    version = closed(year_of(make, *ROWS))
    target = make.annual_plan(partnership=version.partnership, year=2027, content=of_trainings(year=2027))
    page = visit(as_=leader_of(version)).open(f"/plans/{target.id}/edit/trainings/offers")
    offered = page.tree.xpath("//fieldset[legend='Planned for 2026 and not held']//label/text()")

    page.submit("Add what is ticked", take=["carried.row-2"])

    assert offered == ["Szkolenie 1", "Szkolenie 2", "Szkolenie 3"]
    assert titles(target) == ["Szkolenie 2"]
    assert [row.row_uid for row in left_to_carry(version)] == ["row-1", "row-3"]


def test_into_a_plan_that_no_longer_changes_nothing_is_carried(make):
    version = closed(year_of(make, *ROWS))
    closed(
        year_of(
            make,
            training("7", **{**DONE, "held_on": "2027-03-01"}),
            partnership=version.partnership,
            year=2027,
        )
    )

    with pytest.raises(NotEditable):
        carry_forward(version, actor=leader_of(version))


def test_the_last_year_of_the_programme_has_none_after_it(make, visit, clock):
    clock.move_to(datetime(2029, 1, 8, 9, tzinfo=UTC))
    last = make.programme.ends_on.year
    general = make.general_plan(PlanStatus.PUBLISHED, year=2026)
    version = year_of(make, training("1"), partnership=general.partnership, year=last)

    with pytest.raises(NoYearAfter):
        carry_forward(version, actor=leader_of(version))
    assert "Carry forward" not in visit(as_=leader_of(version)).open(f"/plans/{version.id}/year").text


def test_a_next_plan_that_is_deleted_gives_back_what_was_carried(make, visit):
    version = closed(year_of(make, *ROWS))
    target, _count = carry_forward(version, actor=leader_of(version))
    db.session.commit()

    visit(as_=leader_of(version)).open(f"/plans/{target.id}").submit("Delete this draft")

    assert [row.row_uid for row in left_to_carry(version)] == ["row-1", "row-2", "row-3"]
