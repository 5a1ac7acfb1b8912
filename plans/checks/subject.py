"""What a check looks at, and how it makes a finding."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from plans.columns import display
from plans.definitions import (
    ColumnDefinition,
    Layout,
    PlanContent,
    PlanRow,
    SheetDefinition,
    TemplateDefinition,
)
from plans.findings import Finding, FindingCode, Severity
from plans.references import Targets, reference_targets
from programme.code_lists import CodeLists
from programme.settings import ProgrammeSettings


class Purpose(StrEnum):
    DRAFT = "draft"
    SUBMIT = "submit"


@dataclass(frozen=True)
class Place:
    """A row as people count them: from 1, on its sheet."""

    sheet: SheetDefinition
    row: PlanRow
    number: int

    def finding(
        self,
        code: FindingCode,
        severity: Severity,
        reason: str,
        column: ColumnDefinition | None = None,
        *,
        suggestion: str | None = None,
        **params: str,
    ) -> Finding:
        where = {} if self.sheet.layout is Layout.RECORD else {"row": str(self.number)}
        return Finding(
            code,
            severity,
            reason,
            sheet_key=self.sheet.key,
            row_uid=self.row.row_uid,
            column_key=column.key if column else None,
            params=where | params,
            suggestion=suggestion,
        )


@dataclass(frozen=True)
class Subject:
    content: PlanContent
    definition: TemplateDefinition
    code_lists: CodeLists
    settings: ProgrammeSettings
    purpose: Purpose
    period: tuple[int, ...]
    general: PlanContent | None
    warned_of: Mapping[tuple[str, str | None], date] = field(default_factory=dict)
    """What a newer template version requires (sheet, column) -> the day from which it is an error. Before, a warning."""

    @property
    def unless_draft(self) -> Severity:
        """Of what a draft may still lack."""
        return Severity.ERROR if self.purpose is Purpose.SUBMIT else Severity.WARNING

    @cached_property
    def targets(self) -> Mapping[str, Targets]:
        return reference_targets(self.content, self.definition, self.general)

    def places(self, sheet_key: str) -> Iterator[Place]:
        """Rows of a sheet with something in them; none where this template has no such sheet."""
        sheet = self.definition.find_sheet(sheet_key)
        if sheet is None:
            return
        for number, row in enumerate(self.content.rows(sheet_key), start=1):
            if row.values:
                yield Place(sheet, row, number)

    def all_places(self) -> Iterator[Place]:
        for sheet in self.definition.content_sheets:
            yield from self.places(sheet.key)

    def text(self, place: Place, column: ColumnDefinition) -> str:
        """The cell as a person would type it; the same in every language for what findings quote."""
        return display(column, place.row.values.get(column.key), self.code_lists)

    def order(self, finding: Finding) -> tuple[int, int, int]:
        """By sheet, row and column, as one reads."""
        if finding.sheet_key is None:
            return (0, 0, 0)
        sheet, rows, columns = self._ranks
        place = (finding.sheet_key, finding.row_uid or "")
        return (
            sheet.get(finding.sheet_key, 0),
            rows.get(place, 0),
            columns.get((finding.sheet_key, finding.column_key or ""), 0),
        )

    @cached_property
    def _ranks(self) -> tuple[dict[str, int], dict[tuple[str, str], int], dict[tuple[str, str], int]]:
        sheets = {sheet.key: rank for rank, sheet in enumerate(self.definition.sheets, start=1)}
        rows = {
            (key, row.row_uid): rank
            for key, found in self.content.sheets.items()
            for rank, row in enumerate(found, start=1)
        }
        columns = {
            (sheet.key, column.key): rank
            for sheet in self.definition.sheets
            for rank, column in enumerate(sheet.columns, start=1)
        }
        return sheets, rows, columns
