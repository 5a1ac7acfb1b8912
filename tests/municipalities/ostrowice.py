"""The real case: Ostrowice, abolished on 1 January 2019, its land divided between two neighbours."""

from datetime import date
from pathlib import Path

from core.database import db
from municipalities.models import Municipality, MunicipalityChange
from municipalities.official_file import read_official_file
from municipalities.queries import municipality_by_code
from municipalities.services.changing import Part, apply_change, decide, edit_draft, undo_change
from municipalities.services.register import apply_import, plan_import
from plans.workflow import PlanStatus
from tests.make import Make

FILES = Path(__file__).parent / "files"
BEFORE = FILES / "TERC_Urzedowy_2018-01-01_powiat_drawski.csv"
AFTER = FILES / "TERC_Urzedowy_2019-01-01_powiat_drawski.csv"

OSTROWICE, DRAWSKO, ZLOCIENIEC = "3203042", "3203023", "3203063"
LAW = "Dz.U. 2018 poz. 1527"
IN_2019 = date(2019, 1, 1)


def take_in(file: Path) -> list[MunicipalityChange]:
    """Import it as it was published; gives what it proposes."""
    taken = apply_import(
        plan_import(read_official_file(file.read_bytes())), file_hash="0" * 64, actor=None, allow_ending=100
    )
    db.session.commit()
    return list(taken.proposed) if taken else []


def unit(code: str) -> Municipality:
    found = municipality_by_code(code)
    assert found is not None, f"no municipality {code}"
    return found


class Drawsko:
    """Three neighbours with their partnerships, leaders, members, animators and plans, before anything changes."""

    def __init__(self, make: Make) -> None:
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

    def undo(self, change: MunicipalityChange) -> None:
        undo_change(change, actor=self.office)
        db.session.commit()
