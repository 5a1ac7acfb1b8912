"""What reading a plan workbook brings."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from plans.definitions import PlanContent, TemplateDefinition
from plans.findings import Finding
from plans.workbooks.identity import FoundIdentity
from plans.workbooks.places import Places
from plans.workbooks.sheet_reading import Answer


@dataclass(frozen=True)
class PlanReading:
    """What a workbook says. Of sheets and columns it does not have it says nothing: the plan keeps them."""

    found: FoundIdentity
    definition: TemplateDefinition
    content: PlanContent
    columns: Mapping[str, frozenset[str]]
    """Sheet key -> columns the file has."""
    emptied: frozenset[tuple[str, str]]
    """(sheet key, row_uid) of rows that are there with nothing in them but their code."""
    not_taken: frozenset[tuple[str, str, str]]
    """(sheet key, row_uid, column key) of cells that hold something which could not be taken over."""
    places: Mapping[str, Places]
    findings: tuple[Finding, ...]
    ignored: tuple[str, ...]
    """Sheets and columns, as the file names them, that belong to no plan."""
    answers: tuple[Answer, ...] = ()

    @property
    def language(self) -> str:
        return self.found.language

    @property
    def is_short(self) -> bool:
        """The file has none of the sheets that only the full workbook holds."""
        sheets = (self.definition.find_sheet(key) for key, columns in self.columns.items() if columns)
        return all(sheet.in_short for sheet in sheets if sheet)

    def cell_of(self, sheet_key: str, row_uid: str, column_key: str) -> str | None:
        places = self.places.get(sheet_key)
        return places.cell(row_uid, column_key) if places else None

    def located(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The same findings, each with the cell of this file it is about."""
        for finding in findings:
            sheet_key, row_uid, column_key = finding.sheet_key, finding.row_uid, finding.column_key
            if finding.cell is None and sheet_key and row_uid and column_key:
                yield replace(finding, cell=self.cell_of(sheet_key, row_uid, column_key))
            else:
                yield finding
