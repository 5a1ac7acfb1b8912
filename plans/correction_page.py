"""What was found, with the inputs that put it right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.i18n import _
from plans.correction_inputs import LONGEST_NAME, CellInput, Inputs, Sent, filled
from plans.corrections import ROW_WANTED, Cell, cells_of
from plans.definitions import Layout, PlanContent, TemplateDefinition
from plans.findings import Finding
from plans.forms.corrections import CorrectionForm
from plans.models import PlanVersion
from plans.values.lists import shortened
from plans.workbooks.order import NEW_ROW
from programme.queries import the_programme

MOST_INPUTS = 150
"""More than anybody puts right on one page: what comes after them is offered once these are done."""


@dataclass(frozen=True)
class Attempt:
    """A form that was sent and not taken: it is shown again as it was sent, with what speaks against it."""

    form: CorrectionForm
    sent: Sent
    problems: Mapping[Cell, Finding] = field(default_factory=dict)


@dataclass(frozen=True)
class Elsewhere:
    """A cell whose input stands with another finding."""

    label: str
    name: str


@dataclass(frozen=True)
class Fix:
    """What puts one finding right."""

    row: str
    """The row it is in, as people know it; empty where the sheet has only one."""
    cell: str
    """Where that is in the workbook that was sent."""
    inputs: tuple[CellInput, ...]
    elsewhere: tuple[Elsewhere, ...] = ()
    is_new_row: bool = False

    @property
    def key(self) -> str:
        """What its button sends."""
        return self.inputs[0].name if self.inputs else ""

    @property
    def offers_values(self) -> bool:
        """A list to choose from says by itself what is expected."""
        return bool(self.inputs) and bool(self.inputs[0].options) and not self.is_new_row

    @property
    def has_errors(self) -> bool:
        return any(one.error for one in self.inputs)


def corrections_of(
    findings: Sequence[Finding],
    content: PlanContent,
    definition: TemplateDefinition,
    *,
    general: PlanVersion | None,
    attempt: Attempt | None = None,
) -> "Corrections":
    inputs = Inputs(
        content,
        definition,
        code_lists=the_programme().code_lists,
        general=general.rows if general else None,
        sent=attempt.sent if attempt else None,
        problems=attempt.problems if attempt else None,
    )
    return Corrections(findings, content, definition, inputs)


class Corrections:
    """Every input of a page. A cell has one input, with the finding that is about it first of all."""

    def __init__(
        self,
        findings: Sequence[Finding],
        content: PlanContent,
        definition: TemplateDefinition,
        inputs: Inputs,
    ) -> None:
        self._content, self._definition, self._inputs = content, definition, inputs
        self._fixes: dict[int, Fix] = {}
        wanted = {id(finding): cells_of(finding, definition) for finding in findings}
        owners = _owners(findings, wanted)
        count = 0
        for finding in findings:
            fix = self._fix(finding, wanted[id(finding)], owners) if count < MOST_INPUTS else None
            if fix is not None:
                self._fixes[id(finding)] = fix
                count += len(fix.inputs)

    def of(self, finding: Finding) -> Fix | None:
        return self._fixes.get(id(finding))

    @property
    def fixes(self) -> list[Fix]:
        return [fix for fix in self._fixes.values() if fix.inputs]

    @property
    def names(self) -> list[str]:
        return [one.name for fix in self.fixes for one in fix.inputs]

    @property
    def errors(self) -> list[CellInput]:
        return [one for fix in self.fixes for one in fix.inputs if one.error]

    def chosen(self, sent: Sent, only: str) -> dict[Cell, str]:
        """What to take of a form: all that was typed or suggested, or what belongs to one finding.

        Without a script the whole form comes with one finding's button: what was typed elsewhere shall not be lost.
        """
        texts: dict[Cell, str] = {}
        for fix in self.fixes:
            for one in fix.inputs:
                values = sent.get(one.name)
                is_meant = fix.key == only or (not only and one.is_suggested)
                if values is not None and (is_meant or one.is_changed(values)):
                    texts[one.cell] = "; ".join(filled(values))
        return texts

    def next_after(self, names: Sequence[str], saved: str) -> str | None:
        """Of the fields there were, the first below the saved one that is still there."""
        left = set(self.names)
        below = names[names.index(saved) + 1 :] if saved in names else []
        return next((name for name in below if name in left), None)

    def _fix(self, finding: Finding, cells: Sequence[Cell], owners: Mapping[Cell, int]) -> Fix | None:
        own = [cell for cell in cells if owners[cell] == id(finding)]
        is_new = cells[0].row_uid == NEW_ROW if cells else False
        made = [self._inputs.of(cell, finding if cell == cells[0] else None, told=not is_new) for cell in own]
        inputs = tuple(one for one in made if one is not None)
        elsewhere = tuple(Elsewhere(self._inputs.label(cell), cell.name) for cell in cells if cell not in own)
        if not inputs and not elsewhere:
            return None
        return Fix(self._row_name(cells[0]), finding.cell or "", inputs, elsewhere, is_new)

    def _row_name(self, cell: Cell) -> str:
        """By its code and text; a row without them by its number."""
        sheet, values = self._definition.sheet(cell.sheet_key), self._inputs.row(cell)
        if sheet.layout is Layout.RECORD or values is None:
            return ""
        named = [str(values[key]) for key in (sheet.code_column, sheet.text_column) if key and key in values]
        uids = [row.row_uid for row in self._content.rows(sheet.key)]
        number = _("row %(number)s", number=uids.index(cell.row_uid) + 1)
        return shortened(" ".join(named), LONGEST_NAME) or number


def _owners(findings: Sequence[Finding], wanted: Mapping[int, Sequence[Cell]]) -> dict[Cell, int]:
    """Which finding has the input of a cell: first those that are told at it."""
    owners: dict[Cell, int] = {}
    for finding in findings:
        cells = wanted[id(finding)]
        for cell in cells if finding.reason in ROW_WANTED else cells[:1]:
            owners.setdefault(cell, id(finding))
    for key, cells in wanted.items():
        for cell in cells:
            owners.setdefault(cell, key)
    return owners
