"""Ostrowice, for real: an official file proposes its end, a person decides, everything follows, and can be taken back."""

from collections.abc import Sequence
from datetime import date

import pytest
from sqlalchemy import select

from core.database import Base, db
from municipalities import followers
from municipalities.change_queries import successors_of
from municipalities.models import MunicipalityChange
from municipalities.services.changing import (
    Part,
    apply_change,
    decide,
    edit_draft,
    undo_change,
)
from municipalities.workflow import ChangeKind, ChangeStatus
from partnerships.models import Partnership
from partnerships.workflow import PartnershipStatus
from plans.workflow import PlanStatus
from tests.municipalities.ostrowice import AFTER, BEFORE, DRAWSKO, LAW, OSTROWICE, ZLOCIENIEC, take_in, unit

TODAY, YESTERDAY = date(2026, 4, 15), date(2026, 4, 14)
IN_2019 = date(2019, 1, 1)

TABLES = (
    "municipality", "municipality_code", "municipality_name", "organisation", "partnership", "partnership_member",
    "leader_term", "animator_assignment", "plan", "plan_version", "plan_entry",
)  # fmt: skip


def rows_of(*tables: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of these tables, to see that nothing at all is different."""
    found = {}
    for name in tables or TABLES:
        table = Base.metadata.tables[name]
        found[name] = [tuple(row) for row in db.session.execute(select(table).order_by(table.c.id))]
    return found


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


class Drawsko:
    """Three neighbours with their partnerships, leaders, members, animators and plans, before anything changes."""

    def __init__(self, make) -> None:
        take_in(BEFORE)
        self.office = make.office("Olga Biuro")
        self.animators = {
            code: make.animator(f"Animator {code}") for code in (OSTROWICE, DRAWSKO, ZLOCIENIEC)
        }
        self.leader = make.user("Ewa Ostrowska")
        self.other_leader = make.user("Jan Drawski")
        self.deputy = make.user("Ala Zastępca")
        self.ostrowice = make.partnership(
            "Cyfrowe Ostrowice",
            municipality=unit(OSTROWICE),
            leader=self.leader,
            animator=self.animators[OSTROWICE],
        )
        self.drawsko = make.partnership(
            "Drawsko w sieci",
            municipality=unit(DRAWSKO),
            leader=self.other_leader,
            animator=self.animators[DRAWSKO],
        )
        self.library = make.organisation("Biblioteka w Ostrowicach", municipality=unit(OSTROWICE))
        make.member(self.ostrowice, self.library, joined_on=date(2025, 3, 1))
        make.term(self.ostrowice, self.deputy, can_submit=True, can_publish=True)
        self.plan = make.general_plan(PlanStatus.PUBLISHED, partnership=self.ostrowice)
        make.general_plan(PlanStatus.PUBLISHED, partnership=self.drawsko)

    def proposed(self) -> MunicipalityChange:
        [change] = take_in(AFTER)
        return change

    def divided(self) -> MunicipalityChange:
        """The proposal, with both neighbours named as a person does."""
        change = self.proposed()
        edit_draft(
            change,
            effective_on=IN_2019,
            legal_basis=LAW,
            sources=[Part(unit(OSTROWICE))],
            targets=[Part(unit(DRAWSKO)), Part(unit(ZLOCIENIEC))],
            actor=self.office,
        )
        db.session.commit()
        return change

    def merged(self) -> MunicipalityChange:
        """Decided and applied: the partnership of Ostrowice goes on in that of Drawsko Pomorskie."""
        change = self.divided()
        decide(change, {"successor": f"partnership:{self.drawsko.id}"}, actor=self.office)
        decide(change, {"leader": str(self.leader.id)}, actor=self.office)
        apply_change(change, actor=self.office)
        db.session.commit()
        return change


@pytest.fixture
def drawsko(make) -> Drawsko:
    return Drawsko(make)


def lines(change: MunicipalityChange) -> list[str]:
    return [line.text for topic in followers.preview(change) for line in topic.lines]


def people(terms: Sequence[object]) -> list[tuple[object, ...]]:
    return [
        (term.user.name, str(term.kind), term.starts_on, term.ends_on, term.can_submit)  # type: ignore[attr-defined]
        for term in terms
    ]


def test_the_file_of_2019_proposes_the_end_of_ostrowice_and_changes_nothing(drawsko):
    before = rows_of()

    change = drawsko.proposed()

    assert (change.kind, change.status, change.effective_on) == (
        ChangeKind.ABOLISH,
        ChangeStatus.DRAFT,
        IN_2019,
    )
    assert [one.name for one in change.sources] == ["Ostrowice"]
    assert change.targets == []
    assert rows_of() == before


def test_the_preview_names_everything_that_is_touched(drawsko):
    change = drawsko.divided()
    decide(change, {"successor": f"partnership:{drawsko.drawsko.id}"}, actor=drawsko.office)

    assert lines(change) == [
        "Partnership Cyfrowe Ostrowice, Ostrowice: merges into Drawsko w sieci",
        "Leader: Ewa Ostrowska",
        "Deputies: Ala Zastępca",
        "One member: Biblioteka w Ostrowicach",
        "Partnership Drawsko w sieci, Drawsko Pomorskie: goes on",
        "Leader: Jan Drawski",
        f"Animator of Ostrowice: Animator {OSTROWICE}, until the change is applied",
        "General plan 2026–2028, Cyfrowe Ostrowice (Published): stays to be read",
        "General plan 2026–2028, Drawsko w sieci (Published)",
        "Ostrowice: its public plan keeps its address and says who has the land",
    ]


def test_applying_takes_everything_along(drawsko):
    change = drawsko.merged()

    old, new = (
        db.session.get_one(Partnership, drawsko.ostrowice.id),
        db.session.get_one(Partnership, drawsko.drawsko.id),
    )
    assert (unit(OSTROWICE).valid_to, change.status) == (date(2018, 12, 31), ChangeStatus.APPLIED)
    assert (old.status, old.closed_on, old.successor, old.is_merged) == (
        PartnershipStatus.CLOSED, TODAY, new, True,
    )  # fmt: skip
    assert people(old.terms) == [
        ("Ewa Ostrowska", "leader", date(2024, 1, 1), YESTERDAY, False),
        ("Ala Zastępca", "deputy", date(2024, 1, 1), YESTERDAY, True),
    ]
    assert people(new.terms) == [
        ("Jan Drawski", "leader", date(2024, 1, 1), YESTERDAY, False),
        ("Ewa Ostrowska", "leader", TODAY, None, False),
        ("Ala Zastępca", "deputy", TODAY, None, False),
    ]
    assert [(one.organisation.name, one.joined_on) for one in new.members] == [
        ("Biblioteka w Ostrowicach", date(2025, 3, 1))
    ]
    assert drawsko.library.municipality.name == "Drawsko Pomorskie"
    assert [one.ends_on for one in old.assignments] == [YESTERDAY]
    assert [(one.animator.name, one.starts_on) for one in _assignments(ZLOCIENIEC)] == [
        (f"Animator {OSTROWICE}", TODAY)
    ]
    assert [one.name for one in successors_of(unit(OSTROWICE))] == ["Drawsko Pomorskie", "Złocieniec"]


def _assignments(code: str):
    from partnerships.models import AnimatorAssignment

    return db.session.scalars(
        select(AnimatorAssignment).where(AnimatorAssignment.municipality_id == unit(code).id)
    ).all()


def test_undoing_brings_back_every_row_exactly(drawsko):
    change = drawsko.divided()
    before = rows_of()
    decide(change, {"successor": f"partnership:{drawsko.drawsko.id}"}, actor=drawsko.office)
    decide(change, {"leader": str(drawsko.leader.id)}, actor=drawsko.office)
    apply_change(change, actor=drawsko.office)
    db.session.commit()
    assert rows_of() != before

    undo_change(change, actor=drawsko.office)
    db.session.commit()

    assert rows_of() == before
    assert (change.status, successors_of(unit(OSTROWICE))) == (ChangeStatus.UNDONE, [])
