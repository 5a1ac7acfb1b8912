"""A change that is undone leaves hours as they were: also where a municipality began with it, and where none were opened."""

import pytest
from sqlalchemy import select

import animators.consultations.models  # noqa: F401 - what the hours name has to be known
from animators.events import AnimatorEvent
from animators.hours.balances import Balance, balances_with_usual
from animators.hours.models import LedgerEntry, Pot
from core.audit import AuditEvent
from core.database import db
from municipalities import followers
from municipalities.models import Municipality, MunicipalityChange
from municipalities.queries import municipality_by_code
from municipalities.services.changing import Part, apply_change, decide, draft_change
from municipalities.workflow import ChangeKind
from tests.journeys.test_municipality_changes import IN_2019, rows_of
from tests.journeys.test_what_goes_along import balances, used
from tests.municipalities.ostrowice import DRAWSKO, OSTROWICE, ZLOCIENIEC, Drawsko, unit

NEW = "3203072"
NOWA, NOWSZA = Part(new_code=NEW, new_name="Nowa"), Part(new_code="3203082", new_name="Nowsza")


@pytest.fixture
def drawsko(make, clock) -> Drawsko:
    return Drawsko(make)


def applied(
    drawsko: Drawsko, kind: ChangeKind, sources: list[str], targets: list[Part], *, by: int = 0
) -> MunicipalityChange:
    """Every question answered with that choice."""
    change = draft_change(
        kind, effective_on=IN_2019, legal_basis=None, sources=[Part(unit(code)) for code in sources],
        targets=targets, actor=drawsko.office,
    )  # fmt: skip
    db.session.commit()
    for _again in range(2):  # who leads is asked once it is known where
        answers = {one.key: one.choices[by][0] for one in followers.still_open(change)}
        decide(change, answers, actor=drawsko.office)
    apply_change(change, actor=drawsko.office)
    db.session.commit()
    return change


def hours_of_all() -> object:
    return balances_with_usual(list(db.session.scalars(select(Municipality.id))))


MERGED = (ChangeKind.MERGE, [OSTROWICE, DRAWSKO], [NOWA])
DIVIDED = (ChangeKind.SPLIT, [OSTROWICE], [NOWA, NOWSZA])
ABOLISHED = (ChangeKind.ABOLISH, [OSTROWICE], [NOWA])
EACH = pytest.mark.parametrize("how", [MERGED, DIVIDED, ABOLISHED], ids=["merged", "divided", "abolished"])


@EACH
def test_a_change_that_made_a_municipality_is_undone_where_hours_were_taken(drawsko, how):
    used(unit(OSTROWICE), Pot.VISIT, 90)
    used(unit(DRAWSKO), Pot.VISIT, 30)
    before = rows_of(), rows_of("hour_budget"), hours_of_all()

    change = applied(drawsko, *how)
    assert balances(NEW)["Nowa visit"] == (Balance(960, 120) if how is MERGED else Balance(480, 90))
    drawsko.undo(change)

    assert municipality_by_code(NEW) is None
    assert (rows_of(), rows_of("hour_budget"), hours_of_all()) == before


@EACH
def test_a_change_that_made_a_municipality_is_undone_where_nobody_took_an_hour(drawsko, how):
    before = rows_of(), hours_of_all()

    change = applied(drawsko, *how)
    granted = 960 if how is MERGED else 480
    assert balances(NEW) == {
        "Nowa visit": Balance(granted, 0),
        "Nowa remote": Balance(granted, 0),
    }
    drawsko.undo(change)

    assert (rows_of(), hours_of_all()) == before
    assert rows_of("hour_budget") == {"hour_budget": []}


def test_where_a_partnership_came_for_a_while_the_usual_hours_are_there_again(drawsko, make):
    """Nobody had opened any, so that a partnership founded there begins with what is usual."""
    used(unit(OSTROWICE), Pot.VISIT, 90)
    before = hours_of_all()

    change = applied(drawsko, ChangeKind.ABOLISH, [OSTROWICE], [Part(unit(ZLOCIENIEC))])
    assert balances(ZLOCIENIEC) == {
        "Złocieniec visit": Balance(480, 90),
        "Złocieniec remote": Balance(480, 0),
    }
    drawsko.undo(change)

    assert hours_of_all() == before
    assert balances(ZLOCIENIEC) == {}


@pytest.mark.parametrize("target", [NOWA, ZLOCIENIEC], ids=["begun", "known"])
def test_the_history_says_that_a_budget_came_back(drawsko, target):
    used(unit(OSTROWICE), Pot.VISIT, 90)
    heir = target if isinstance(target, Part) else Part(unit(target))

    drawsko.undo(applied(drawsko, ChangeKind.ABOLISH, [OSTROWICE], [heir]))

    told = select(AuditEvent.story_id).where(AuditEvent.event == AnimatorEvent.HOURS_CAME_BACK)
    known = {unit(OSTROWICE).id} if heir is NOWA else {unit(OSTROWICE).id, unit(ZLOCIENIEC).id}
    assert set(db.session.scalars(told)) == known


def test_where_hours_were_handed_on_to_a_municipality_without_any_the_usual_ones_are_left(drawsko):
    """The ledger keeps its entries, so the budget stays too."""
    used(unit(OSTROWICE), Pot.VISIT, 90)
    before = hours_of_all()

    change = drawsko.merged()
    drawsko.undo(change)

    assert hours_of_all() == before
    assert balances(DRAWSKO) == {"Drawsko Pomorskie visit": Balance(480, 0)}


def test_hours_that_go_to_a_new_municipality_are_still_those_that_were_taken(drawsko):
    """Day and kind of each entry stay, as the whole budget goes there."""
    used(unit(OSTROWICE), Pot.VISIT, 90)
    [entry] = db.session.scalars(select(LedgerEntry))

    applied(drawsko, *ABOLISHED)

    assert list(db.session.scalars(select(LedgerEntry))) == [entry]
    assert entry.budget.municipality.code == NEW
    assert balances(OSTROWICE) == {
        "Ostrowice visit": Balance(0, 0),
        "Ostrowice remote": Balance(0, 0),
    }


def test_a_chain_that_begins_with_a_new_municipality_is_undone_one_by_one(drawsko, make, clock):
    make.partnership("Złocieniec razem", municipality=unit(ZLOCIENIEC))
    used(unit(OSTROWICE), Pot.VISIT, 90)
    used(unit(ZLOCIENIEC), Pot.VISIT, 45)
    before = rows_of(), hours_of_all()

    first = applied(drawsko, *MERGED)
    second = applied(drawsko, ChangeKind.MERGE, [NEW], [Part(unit(ZLOCIENIEC))])
    assert balances(ZLOCIENIEC)["Złocieniec visit"] == Balance(1440, 135)
    drawsko.undo(second)
    drawsko.undo(first)

    assert (rows_of(), hours_of_all()) == before
    assert [one.label for one in second.sources] == ["Nowa (rural municipality, 3203072)"]
