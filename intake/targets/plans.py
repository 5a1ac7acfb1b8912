"""Plans that were approved or published before; their files are added one by one afterwards."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select, update

from core.bulk import insert_rows, take_ids
from core.database import db
from core.i18n import _l
from intake.cells import AnyDay, Year, worded
from intake.checking import ReadRow
from intake.columns import PLACE_COLUMNS, Column
from intake.events import IntakeEvent
from intake.findings import Finding
from intake.history import History, sides
from intake.models import RecordKind
from intake.targets.base import Change, Outcome, Scope
from intake.targets.earlier import Earlier, Owner, Present, Wanted
from plans.definitions import PlanKind
from plans.earlier import EarlierPlan, EarlierStatus
from programme.queries import the_programme

KINDS = worded(
    {PlanKind.GENERAL: _l("General plan"), PlanKind.ANNUAL: _l("Annual plan")},
    ogólny=PlanKind.GENERAL,
    część_ogólna=PlanKind.GENERAL,
    trzyletni=PlanKind.GENERAL,
    plan_ogólny=PlanKind.GENERAL,
    roczny=PlanKind.ANNUAL,
    część_szczegółowa=PlanKind.ANNUAL,
    plan_roczny=PlanKind.ANNUAL,
)
STATES = worded(
    {state: state.label for state in EarlierStatus},
    zaakceptowany=EarlierStatus.APPROVED,
    zaakceptowano=EarlierStatus.APPROVED,
    zatwierdzony=EarlierStatus.APPROVED,
    tak=EarlierStatus.APPROVED,
    opublikowany=EarlierStatus.PUBLISHED,
    opublikowano=EarlierStatus.PUBLISHED,
    wgrany=EarlierStatus.PUBLISHED,
)


class Plans(Earlier):
    kind = RecordKind.PLANS
    help = _l("One row for each plan that was approved before. Its file is added afterwards.")
    of_partnership = True
    day = "decided_on"
    compared = ("year_to", "status", "decided_on")
    stands_for = frozenset({"kind_of_plan", "year_to"})
    columns = (
        *PLACE_COLUMNS,
        Column(
            "kind_of_plan",
            _l("Kind of plan"),
            KINDS,
            help=_l("Empty: the general plan."),
            also=("Rodzaj planu", "plan", "część"),
        ),
        Column(
            "year_from",
            _l("First year"),
            Year(),
            required=True,
            example="2025",
            also=("Rok od", "od roku", "rok", "pierwszy rok", "lata od", "rok początkowy"),
            default_offered=True,
        ),
        Column("year_to", _l("Last year"), Year(), also=("Rok do", "do roku", "ostatni rok", "rok końcowy")),
        Column(
            "status",
            _l("Status"),
            STATES,
            required=True,
            also=("Status planu", "stan", "stan planu"),
            default_offered=True,
        ),
        Column(
            "decided_on",
            _l("Decided on"),
            AnyDay(),
            also=(
                "Data akceptacji",
                "data zatwierdzenia",
                "zaakceptowano dnia",
                "data decyzji",
                "data publikacji",
            ),
        ),
    )

    def prepare(self, row: ReadRow, owner: Owner, outcome: Outcome) -> bool:
        row.values["kind_of_plan"] = row.values["kind_of_plan"] or PlanKind.GENERAL
        return row.values["year_to"] is None or self._years_fit(row, outcome)

    def complete(self, row: ReadRow, known: Present | None, outcome: Outcome) -> bool:
        values = row.values
        if known is None and values["year_to"] is None:
            years = the_programme().settings.plan_years if values["kind_of_plan"] is PlanKind.GENERAL else 1
            values["year_to"] = values["year_from"] + years - 1
        return True

    def check_alone(self, row: ReadRow, outcome: Outcome) -> None:
        if row.values["year_from"] and row.values["year_to"]:
            self._years_fit(row, outcome)

    def _years_fit(self, row: ReadRow, outcome: Outcome) -> bool:
        if row.values["year_to"] >= row.values["year_from"]:
            return True
        outcome.tell(Finding("years", column="year_to", cell=row.get("year_to")))
        return False

    def present(self) -> Mapping[Any, Present]:
        rows = db.session.execute(
            select(
                EarlierPlan.id, EarlierPlan.partnership_id, EarlierPlan.kind, EarlierPlan.year_from,
                EarlierPlan.year_to, EarlierPlan.status, EarlierPlan.decided_on,
            )
        )  # fmt: skip
        return {
            tuple(row)[1:4]: Present(row[0], dict(zip(self.compared, tuple(row)[4:], strict=True)))
            for row in rows
        }

    def key(self, owner: Owner, values: Mapping[str, Any]) -> Any:
        return owner.id, values["kind_of_plan"], values["year_from"]

    def title(self, owner: Owner, values: Mapping[str, Any]) -> str:
        return f"{owner.name}, {values['year_from']}–{values['year_to']}"

    def enter(self, new: Sequence[Wanted], scope: Scope, history: History) -> None:
        rows = []
        for key, one in zip(take_ids(EarlierPlan, len(new)), new, strict=True):
            values = one.values
            rows.append({
                "id": key, "partnership_id": one.owner.id, "kind": values["kind_of_plan"],
                "year_from": values["year_from"], **{name: values[name] for name in self.compared},
            })  # fmt: skip
            said = {"years": f"{values['year_from']}–{values['year_to']}", "status": str(values["status"])}
            history.add(
                IntakeEvent.PLAN_ENTERED, ("earlier_plan", key), one.owner.id, {**said, "taken_over": True}
            )
        insert_rows(EarlierPlan, rows)

    def change(self, changed: Sequence[Change], scope: Scope, history: History) -> None:
        for one in changed:
            after = {key: value for key, _, value in one.cells}
            db.session.execute(
                update(EarlierPlan).where(EarlierPlan.id == one.data.present.id).values(**after)
            )
            record = ("earlier_plan", one.data.present.id)
            facts, words = sides(one.cells)
            history.add(IntakeEvent.PLAN_CHANGED, record, one.data.owner.id, facts, personal=words)
