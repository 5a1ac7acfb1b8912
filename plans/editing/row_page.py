"""One row as a form: a field for each column, what the checks say of it, and what somebody else changed meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from core.i18n import _, ngettext
from plans.columns import display
from plans.content import fingerprint
from plans.correction_inputs import CellInput, Inputs, Kind, Sent, filled
from plans.corrections import BETWEEN, Cell
from plans.definitions import ColumnDefinition, PlanContent, PlanRow, SheetDefinition
from plans.editing.around import Around, is_missing
from plans.editing.row_remarks import RowRemark
from plans.editing.row_remarks import Sent as Answers
from plans.editing.rows import row_in
from plans.findings import Finding
from plans.merging.journal import state_at
from plans.merging.threeway import Taken
from plans.models import AnswerKind, PlanVersion
from plans.services.editing import RowEdit
from plans.workbooks.order import NEW_ROW


@dataclass(frozen=True)
class Attempt:
    """A form that was sent: the state it was opened with, and what was decided in it."""

    sent: Sent = field(default_factory=dict)
    seen: str = ""
    began: str = ""
    """The state it was opened with at first, where it came back because of somebody else's change."""
    disputed: tuple[str, ...] = ()
    """Names of the cells that both changed."""
    chosen: Mapping[str, Taken] = field(default_factory=dict)
    put_back: bool = False
    answers: Answers = field(default_factory=dict)
    """What was typed beside remarks."""

    @property
    def undecided(self) -> list[str]:
        return [name for name in self.disputed if name not in self.chosen]


@dataclass(frozen=True)
class Dispute:
    """One cell that both changed. What the person typed stands in its field."""

    name: str
    label: str
    before: str
    ours: str
    mine: str
    chosen: str


@dataclass(frozen=True)
class Note:
    """What the checks say of one cell."""

    name: str
    label: str
    text: str


class RowPage(Around):
    def __init__(
        self,
        version: PlanVersion,
        sheet: SheetDefinition,
        row_uid: str,
        *,
        like: str = "",
        attempt: Attempt | None = None,
        problems: Sequence[Finding] = (),
    ) -> None:
        super().__init__(version, sheet)
        self.uid, self.attempt, self.problems = row_uid, attempt or Attempt(), tuple(problems)
        self.like = row_in(self.content, sheet.key, like)
        self.is_gone = self.attempt.put_back
        """Somebody removed it while it was written in."""

    @property
    def is_new(self) -> bool:
        return self.uid.startswith(NEW_ROW)

    @cached_property
    def remarks(self) -> list[RowRemark]:
        """What the reviewer says of this row; of the sheet with one record all that is said of it."""
        if self.is_new:
            return []
        sent = self.attempt.answers
        return [*self.said.on(self.uid, sent), *(self.said.on(None, sent) if self.is_record else [])]

    answer_kinds = tuple(AnswerKind)

    @property
    def row(self) -> PlanRow | None:
        return row_in(self.content, self.sheet.key, self.uid)

    @cached_property
    def base(self) -> PlanContent:
        """The plan as the form was opened with; as it is now where nothing was sent, or that is not known any more."""
        return self._known_base or self.content

    @cached_property
    def _known_base(self) -> PlanContent | None:
        return state_at(self.version, self.attempt.seen) if self.attempt.seen else None

    @property
    def seen(self) -> str:
        return self.attempt.seen or fingerprint(self.content)

    # --- What was sent -----------------------------------------------------------------------------------

    @cached_property
    def edit(self) -> RowEdit:
        """What was changed in the row; where both changed a cell only what the person chose to write."""
        base = row_in(self._known_base, self.sheet.key, self.uid)
        return RowEdit(self.sheet.key, self.uid, self._texts(), base, self._behind, self.attempt.put_back)

    def _texts(self) -> dict[Cell, str]:
        sent, kept = self.attempt.sent, self.attempt.chosen
        texts = {}
        for one in self._fields(self.inputs(self.base)):
            values = sent.get(one.name)
            if values is not None and one.is_changed(values) and kept.get(one.name) is not Taken.OURS:
                texts[one.cell] = BETWEEN.join(filled(values))
        return texts

    @property
    def _behind(self) -> tuple[str, ...] | None:
        if self.like is None and (not self.attempt.put_back or self._known_base is None):
            return None
        rows = self.rows if self.like else self.base.rows(self.sheet.key)
        uids = [row.row_uid for row in rows]
        if self.like:
            return tuple(uids[: uids.index(self.like.row_uid) + 1])
        return tuple(uids[: uids.index(self.uid)]) if self.uid in uids else None

    # --- Somebody else's change --------------------------------------------------------------------------

    def after_conflict(self, disputed: Sequence[str]) -> "RowPage":
        """The same form, begun anew from the plan as it is now: with what the person changed, and what to choose."""
        old = self.attempt
        texts = self._texts()
        kept = {cell.name: old.sent[cell.name] for cell in texts}
        attempt = replace(
            old,
            sent=kept,
            seen=fingerprint(self.version.rows),
            began=old.began or old.seen,
            disputed=tuple(disputed),
            chosen={},
        )
        return RowPage(self.version, self.sheet, self.uid, attempt=attempt)

    def after_removal(self) -> "RowPage":
        """The same form with all that was in it, to be put back or left out."""
        page = RowPage(self.version, self.sheet, self.uid, attempt=self.attempt)
        page.is_gone = True
        return page

    @cached_property
    def disputes(self) -> list[Dispute]:
        began = state_at(self.version, self.attempt.began) if self.attempt.began else None
        before = row_in(began, self.sheet.key, self.uid)
        typed = {one.name: self._typed(one) for one in self.fields}
        now = row_in(self.base, self.sheet.key, self.uid)
        names = set(self.attempt.disputed)
        return [
            Dispute(
                name,
                column.label.in_language(self.language),
                self._text(column, before),
                self._text(column, now),
                typed.get(name, ""),
                self.attempt.chosen.get(name, ""),
            )
            for column in self.sheet.columns
            if (name := Cell(self.sheet.key, self.uid, column.key).name) in names
        ]

    @staticmethod
    def _typed(one: CellInput) -> str:
        labels = {option.value: option.label for option in one.options}
        return "; ".join(labels.get(value, value) for value in filled(one.values))

    def _text(self, column: ColumnDefinition, row: PlanRow | None) -> str:
        value = row.values.get(column.key) if row else None
        return display(column, value, code_lists=self.code_lists, language=self.language)

    # --- What the page shows -----------------------------------------------------------------------------

    @cached_property
    def fields(self) -> list[CellInput]:
        return self._fields(self.inputs(self.base, self.attempt.sent, self.problems))

    def _fields(self, inputs: Inputs) -> list[CellInput]:
        made = (self._field(column, inputs) for column in self.sheet.columns)
        return [one for one in made if one is not None]

    def _field(self, column: ColumnDefinition, inputs: Inputs) -> CellInput | None:
        shown = None
        if self.like and not self.attempt.seen and column.key != self.sheet.code_column:
            shown = self.like.values.get(column.key)
        one = inputs.of(Cell(self.sheet.key, self.uid, column.key), None, shown=shown)
        return replace(one, help=self._help(column, one)) if one else None

    def _help(self, column: ColumnDefinition, one: CellInput) -> str:
        words, example = column.help.in_language(self.language), column.example.in_language(self.language)
        if not example or one.kind in (Kind.CHOICE, Kind.CHOICES, Kind.DATE):
            return words
        return " ".join((words, _("For example: %(example)s", example=example)))

    @property
    def wanted(self) -> list[CellInput]:
        """What somebody has to fill, always or sometimes; what is disputed or was not taken stands with it."""
        return [one for one in self.fields if self._is_wanted(one)]

    @property
    def more(self) -> list[CellInput]:
        return [one for one in self.fields if not self._is_wanted(one)]

    def _is_wanted(self, one: CellInput) -> bool:
        is_core = self.sheet.column(one.cell.column_key).is_core
        return is_core or bool(one.error) or one.name in self.attempt.disputed

    @property
    def more_label(self) -> str:
        count = len(self.more)
        written = sum(bool(filled(one.values)) for one in self.more)
        label = ngettext("One more column", "%(num)d more columns", count)
        return _("%(label)s, %(count)s filled in", label=label, count=written) if written else label

    @property
    def errors(self) -> list[CellInput]:
        return [one for one in self.fields if one.error]

    @property
    def nothing_to_choose(self) -> list[tuple[str, str, str]]:
        """Columns that name rows of a sheet that has none yet: label, the sheet's key and its title."""
        there = {one.cell.column_key for one in self.fields}
        return [
            (column.label.in_language(self.language), sheet.key, sheet.title.in_language(self.language))
            for column in self.sheet.columns
            if column.key not in there and (sheet := self.definition.find_sheet(column.refers_to or ""))
        ]

    @property
    def notes(self) -> list[Note]:
        """Of a row as it is stored; one that was just sent has its own errors."""
        if self.is_new or self.attempt.sent:
            return []
        found = self.findings_of(self.uid)
        return [
            Note(Cell(self.sheet.key, self.uid, one.column_key or "").name, self.label(one.column_key or ""),
                 _("is still empty") if is_missing(one) else self.sentence(one))
            for one in found
        ]  # fmt: skip

    @property
    def heading(self) -> str:
        if self.is_record:
            return self.title
        row = self.row or row_in(self.base, self.sheet.key, self.uid)
        if row is None:
            return _("A new row")
        code, title = self.name(row)
        return " ".join(part for part in (code, title) if part) or _("A row without a name")

    @property
    def place(self) -> str:
        uids = [row.row_uid for row in self.rows]
        if self.uid not in uids:
            return ""
        return _("Row %(number)s of %(count)s", number=uids.index(self.uid) + 1, count=len(uids))

    @property
    def next_uid(self) -> str:
        """The row below; after the last one a new one."""
        uids = [row.row_uid for row in self.rows]
        at = uids.index(self.uid) + 1 if self.uid in uids else len(uids)
        return uids[at] if at < len(uids) else NEW_ROW
