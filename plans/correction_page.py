"""What was found, with the inputs that put it right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from core.i18n import LazyString, _
from plans.correction_inputs import CellInput, Inputs, Sent, filled
from plans.corrections import BETWEEN, Cell
from plans.definitions import PlanContent, TemplateDefinition
from plans.findings import Finding
from plans.forms.corrections import CorrectionForm
from plans.models import PlanVersion
from plans.remedies import DOWN_THE_COLUMN, ROW_WANTED, Act, ActKind, Remedy, RowToAdd, remedy_for
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
class NewRow:
    """A row that is not there yet, with a field for each cell it needs."""

    key: str
    """What its button sends."""
    label: str
    inputs: tuple[CellInput, ...]

    @property
    def has_errors(self) -> bool:
        return any(one.error for one in self.inputs)


@dataclass(frozen=True)
class Button:
    key: str
    label: LazyString


@dataclass(frozen=True)
class Fix:
    """What puts one finding right."""

    row: str
    """The row it is in, as people know it; empty where the sheet has only one."""
    cell: str
    """Where that is in the workbook that was sent."""
    inputs: tuple[CellInput, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    new_row: NewRow | None = None
    buttons: tuple[Button, ...] = ()
    column: str = ""
    """The column whose cells these are, where they are of several rows; each is labelled with its row then."""

    @property
    def key(self) -> str:
        """What its button sends."""
        return self.inputs[0].name if self.inputs else ""

    @property
    def place(self) -> str:
        """Where it stands on the page."""
        first = self.new_row.key if self.new_row else self.buttons[0].key if self.buttons else ""
        return self.key or first

    @property
    def fields(self) -> tuple[CellInput, ...]:
        return (*self.inputs, *(self.new_row.inputs if self.new_row else ()))

    @property
    def keys(self) -> set[str]:
        """What any of its buttons sends."""
        row = {self.new_row.key} if self.new_row else set()
        return {self.key} - {""} | row | {button.key for button in self.buttons}

    @property
    def offers_values(self) -> bool:
        """A list to choose from says by itself what is expected."""
        return bool(self.inputs) and bool(self.inputs[0].options) and not self.inputs[0].cell.named_in

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
        self._definition, self._inputs = definition, inputs
        self._fixes: dict[int, Fix] = {}
        remedies = {id(finding): remedy_for(finding, definition, content) for finding in findings}
        self._acts = {act.key: act for remedy in remedies.values() for act in remedy.acts}
        self._owners = _owners(findings, remedies)
        count = 0
        for finding in findings:
            fix = self._fix(finding, remedies[id(finding)]) if count < MOST_INPUTS else None
            if fix is not None:
                self._fixes[id(finding)] = fix
                count += len(fix.fields)

    def of(self, finding: Finding) -> Fix | None:
        return self._fixes.get(id(finding))

    @property
    def fixes(self) -> list[Fix]:
        return [fix for fix in self._fixes.values() if fix.keys]

    @property
    def errors(self) -> list[CellInput]:
        return [one for fix in self.fixes for one in fix.fields if one.error]

    @property
    def saves_several(self) -> bool:
        return sum(bool(fix.fields) for fix in self.fixes) > 1

    def chosen(self, sent: Sent, only: str) -> dict[Cell, str]:
        """What to take of a form: all that was typed or suggested, or what belongs to one finding.

        Without a script the whole form comes with one finding's button: what was typed elsewhere shall not be lost.
        A row to add is one as soon as anything was typed in it.
        """
        texts: dict[Cell, str] = {}
        for fix in self.fixes:
            for one in fix.inputs:
                values = sent.get(one.name)
                is_meant = fix.key == only or (not only and one.is_suggested)
                if values is not None and (is_meant or one.is_changed(values)):
                    texts[one.cell] = BETWEEN.join(filled(values))
            row = fix.new_row.inputs if fix.new_row else ()
            if any(one.is_changed(sent[one.name]) for one in row if one.name in sent):
                texts |= {one.cell: BETWEEN.join(filled(sent.get(one.name, []))) for one in row}
        act = self.act(only)
        emptied = Cell.of(act.finding) if act and act.kind is ActKind.EMPTY else None
        return texts | {emptied: ""} if emptied else texts

    def act(self, only: str) -> Act | None:
        """What was decided, if a button that decides something was pressed."""
        return self._acts.get(only)

    def next_place(self, after: "Corrections", saved: str) -> str | None:
        """Where to go on once a finding is settled: the first below it that is still there."""
        below = [fix.place for fix in self.fixes]
        at = next((number for number, fix in enumerate(self.fixes, start=1) if saved in fix.keys), len(below))
        left = {fix.place for fix in after.fixes}
        return next((place for place in below[at:] if place in left), None)

    def _fix(self, finding: Finding, remedy: Remedy) -> Fix | None:
        mine = [cell for cell in remedy.cells if self._owners[cell.name] == id(finding)]
        made = [
            self._inputs.of(cell, finding if cell == remedy.cells[0] else None, told=True) for cell in mine
        ]
        inputs = tuple(one for one in made if one is not None)
        name_of = self._inputs.row_name if finding.reason in DOWN_THE_COLUMN else self._inputs.label
        others = tuple(Elsewhere(name_of(cell), cell.name) for cell in remedy.cells if cell not in mine)
        row = remedy.row_to_add
        owns_row = row is not None and self._owners[row.key] == id(finding)
        if row is not None and not owns_row:
            others += (Elsewhere(self._row_in_words(row), row.key),)
        fix = Fix(
            self._row_name(finding),
            finding.cell or "",
            inputs,
            others,
            self._new_row(row, finding) if row is not None and owns_row else None,
            tuple(Button(act.key, act.label) for act in remedy.acts),
        )
        return self._by_rows(fix) if inputs and finding.reason in DOWN_THE_COLUMN else fix

    def _new_row(self, row: RowToAdd, finding: Finding) -> NewRow:
        made = (self._inputs.of(cell, None, shown=row.shown.get(cell.column_key)) for cell in row.cells)
        inputs = tuple(one for one in made if one is not None)
        return NewRow(row.key, self._row_label(row, finding), inputs)

    def _row_label(self, row: RowToAdd, finding: Finding) -> str:
        sheet = self._definition.sheet(row.cells[0].sheet_key)
        if finding.reason in ROW_WANTED:
            return _("Write the first one here")
        if sheet.key == finding.sheet_key:
            return _("Write a new row here")
        return _("Write here: %(row)s", row=self._row_in_words(row))

    def _row_in_words(self, row: RowToAdd) -> str:
        """By what it is pointed at with; else by its sheet alone."""
        sheet = self._definition.sheet(row.cells[0].sheet_key)
        text = row.shown.get(sheet.code_column or "") or row.shown.get(sheet.text_column or "")
        if text:
            return _("%(text)s on the sheet %(sheet)s", text=text, sheet=sheet.name)
        return _("a new row of the sheet %(sheet)s", sheet=sheet.name)

    def _by_rows(self, fix: Fix) -> Fix:
        inputs = tuple(replace(one, label=self._inputs.row_name(one.cell)) for one in fix.inputs)
        return replace(fix, row="", inputs=inputs, column=fix.inputs[0].label)

    def _row_name(self, finding: Finding) -> str:
        if not finding.row_uid or self._definition.find_sheet(finding.sheet_key or "") is None:
            return ""
        return self._inputs.row_name(Cell(finding.sheet_key or "", finding.row_uid, ""))


def _owners(findings: Sequence[Finding], remedies: Mapping[int, Remedy]) -> dict[str, int]:
    """Which finding has the input of a cell, or a row to add: first those that are told at it."""
    owners: dict[str, int] = {}
    for finding in findings:
        remedy = remedies[id(finding)]
        if remedy.row_to_add and finding.reason in ROW_WANTED:
            owners.setdefault(remedy.row_to_add.key, id(finding))
        for cell in remedy.cells[:1] if finding.reason not in DOWN_THE_COLUMN else ():
            owners.setdefault(cell.name, id(finding))
    for key, remedy in remedies.items():
        for cell in remedy.cells:
            owners.setdefault(cell.name, key)
        if remedy.row_to_add:
            owners.setdefault(remedy.row_to_add.key, key)
    return owners
