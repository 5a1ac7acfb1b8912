"""The outcome of an upload as people read it: what was found, what would be new, changed and removed."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from core.i18n import _, language, ngettext
from core.labels import Tone
from plans.columns import display
from plans.content import Difference
from plans.definitions import PlanRow, SheetDefinition, TemplateDefinition, Value
from plans.findings import Severity
from plans.models import ImportStatus, PlanImport
from plans.queries import findings_of
from plans.services import uploads
from plans.templates import definition_of
from programme.queries import the_programme


@dataclass(frozen=True)
class ChangedCell:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangedRow:
    label: str
    tone: Tone
    code: str | None
    title: str
    cells: tuple[ChangedCell, ...]


@dataclass(frozen=True)
class ChangedSheet:
    title: str
    rows: tuple[ChangedRow, ...]


@dataclass(frozen=True)
class Change:
    difference: Difference
    sheets: tuple[ChangedSheet, ...]

    @property
    def is_empty(self) -> bool:
        return not self.sheets


class UploadPage:
    def __init__(self, upload: PlanImport) -> None:
        self.upload = upload
        self.definition = definition_of(upload.version.plan)
        self.findings = [record.as_finding for record in findings_of(upload)]

    @property
    def is_waiting(self) -> bool:
        return self.upload.status is ImportStatus.CHECKED

    @cached_property
    def base_changed(self) -> bool:
        return self.is_waiting and uploads.base_has_changed(self.upload)

    @cached_property
    def change(self) -> Change | None:
        """Only while it waits: afterwards the plan has moved on and the comparison would mean nothing."""
        if not self.is_waiting or self.upload.proposal is None:
            return None
        return change_in_words(uploads.change_of(self.upload), self.definition)

    @property
    def title(self) -> str:
        return _("Your workbook") if self.is_waiting else _("An uploaded workbook")

    @property
    def headline(self) -> str:
        errors = sum(finding.severity is Severity.ERROR for finding in self.findings)
        if errors:
            return ngettext("One thing to correct", "%(num)d things to correct", errors)
        return _("Everything could be read")

    @property
    def text(self) -> str:
        if self.change is None or self.change.is_empty:
            return _("The workbook says the same as the plan: there is nothing to apply.")
        counted = self.change.difference
        return _(
            "New rows: %(added)s. Changed rows: %(changed)s. Removed rows: %(removed)s.",
            added=len(counted.added),
            changed=len({(cell.sheet_key, cell.row_uid) for cell in counted.changed}),
            removed=len(counted.removed),
        )
