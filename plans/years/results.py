"""What became of one training, as a short form: the columns that are filled in during the year, checked as ever."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from core import clock
from core.i18n import _
from plans.columns import display
from plans.correction_inputs import CellInput, Inputs
from plans.corrections import Cell
from plans.definitions import ColumnDefinition
from plans.editing.row_page import Attempt, RowPage
from plans.findings import Finding
from plans.models import PlanVersion
from plans.services.years import ACTUAL, RESULT
from plans.templates import definition_of
from plans.totals import DONE
from plans.years.moves import WHEN
from plans.years.statuses import STATUS, TRAININGS, is_overdue

PLANNED_BESIDE = {
    "participants_actual": "participants_planned",
    "hours_actual": "hours_planned",
    "cost_actual": "cost_planned",
}


@dataclass(frozen=True)
class FieldGroup:
    key: str
    title: str
    fields: Sequence[CellInput]


class ResultPage(RowPage):
    """A row with few of its fields. Somebody else's change of the same cell is settled in the row's own form."""

    def __init__(
        self,
        version: PlanVersion,
        row_uid: str,
        *,
        attempt: Attempt | None = None,
        problems: Sequence[Finding] = (),
    ) -> None:
        sheet = definition_of(version).sheet(TRAININGS)
        super().__init__(version, sheet, row_uid, attempt=attempt, problems=problems)

    @classmethod
    def opened(cls, version: PlanVersion, row_uid: str) -> "ResultPage":
        """Of a training that must be over the form begins with "done"; nothing is said until it is sent."""
        page = cls(version, row_uid)
        if page.row is not None and is_overdue(page.row, version.plan.year_from, clock.today()):
            name = Cell(TRAININGS, row_uid, STATUS).name
            return cls(version, row_uid, attempt=Attempt({name: [DONE]}, seen=page.seen))
        return page

    def _fields(self, inputs: Inputs) -> list[CellInput]:
        columns = (self.sheet.column(key) for key in RESULT if self.sheet.has_column(key))
        made = (self._field(column, inputs) for column in columns)
        return [one for one in made if one is not None]

    def _help(self, column: ColumnDefinition, one: CellInput) -> str:
        """Beside what came of it stands what was planned."""
        key = PLANNED_BESIDE.get(column.key)
        row = self.row
        if key is None or row is None or key not in row.values:
            return ""
        planned = display(self.sheet.column(key), row.values[key], self.code_lists, self.language)
        return _("Planned: %(number)s", number=planned)

    @cached_property
    def status_field(self) -> CellInput:
        return next(one for one in self.fields if one.cell.column_key == STATUS)

    @cached_property
    def groups(self) -> list[FieldGroup]:
        names = (
            ("held", _("If it took place"), ACTUAL),
            ("moved", _("If it has another date now"), WHEN),
        )
        return [
            FieldGroup(key, title, [one for one in self.fields if one.cell.column_key in columns])
            for key, title, columns in names
        ]

    def with_problems(self, problems: Sequence[Finding]) -> "ResultPage":
        return ResultPage(self.version, self.uid, attempt=self.attempt, problems=problems)

    def as_whole_row(self) -> RowPage:
        return RowPage(self.version, self.sheet, self.uid, attempt=self.attempt)
