"""What every page of writing shows around its rows: the sheets of the plan, and what each of them still lacks."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from core.help_links import HelpLink, help_for
from core.i18n import language
from plans.checking import DraftCheck, draft_findings
from plans.comparing.row_names import RowNames
from plans.correction_inputs import Inputs, Sent
from plans.corrections import Cell
from plans.definitions import Layout, PlanContent, PlanRow, SheetDefinition, TemplateDefinition
from plans.editing.row_remarks import Remarks
from plans.finding_texts import describe
from plans.findings import Finding, FindingCode
from plans.models import PlanVersion
from plans.queries import comments_of, surroundings_of
from plans.templates import definition_of
from programme.queries import the_programme


@dataclass(frozen=True)
class SheetLink:
    key: str
    title: str
    left: int
    """How many things stand in the way of submitting the plan there."""
    is_current: bool


class Around:
    """One plan, opened for writing at one sheet."""

    def __init__(self, version: PlanVersion, sheet: SheetDefinition) -> None:
        self.version, self.sheet = version, sheet
        self.language, self.code_lists = language(), the_programme().code_lists
        self.known = surroundings_of(version)
        self.content = version.rows

    @cached_property
    def definition(self) -> TemplateDefinition:
        return definition_of(self.version)

    @cached_property
    def check(self) -> DraftCheck:
        return draft_findings(self.version, known=self.known)

    @property
    def rows(self) -> tuple[PlanRow, ...]:
        return self.content.rows(self.sheet.key)

    @property
    def is_record(self) -> bool:
        return self.sheet.layout is Layout.RECORD

    @property
    def title(self) -> str:
        return self.sheet.title.in_language(self.language)

    @property
    def help(self) -> str:
        return self.sheet.help.in_language(self.language)

    @cached_property
    def sheets(self) -> list[SheetLink]:
        left = Counter(finding.sheet_key for finding in self.check.errors)
        return [
            SheetLink(sheet.key, sheet.title.in_language(self.language), left[sheet.key], sheet is self.sheet)
            for sheet in self.definition.content_sheets
        ]

    @cached_property
    def help_links(self) -> Sequence[HelpLink]:
        """What explains this sheet elsewhere: a webinar, a recording."""
        return help_for(f"plan.{self.sheet.key}")

    @cached_property
    def said(self) -> Remarks:
        """What the reviewer said of this sheet and its rows."""
        labels = {column.key: column.label.in_language(self.language) for column in self.sheet.columns}
        return Remarks(comments_of(self.version), self.sheet.key, labels)

    @property
    def next_sheet(self) -> SheetLink | None:
        """The next one in which something is left to do, after the last one from the beginning."""
        at = next(number for number, one in enumerate(self.sheets) if one.is_current)
        others = (*self.sheets[at + 1 :], *self.sheets[:at])
        return next((one for one in others if one.left), None)

    def name(self, row: PlanRow) -> tuple[str | None, str]:
        return RowNames(self.language).of(self.sheet, row, self.code_lists)

    def findings_of(self, row_uid: str) -> list[Finding]:
        return [
            one
            for one in self.check.findings
            if one.sheet_key == self.sheet.key and one.row_uid == row_uid and one.column_key
        ]

    def label(self, column_key: str) -> str:
        return self.sheet.column(column_key).label.in_language(self.language)

    def sentence(self, finding: Finding) -> str:
        return describe(finding, self.definition, code_lists=self.code_lists).problem

    def inputs(
        self,
        content: PlanContent,
        sent: Sent | None = None,
        problems: Sequence[Finding] = (),
    ) -> Inputs:
        general = self.known.general
        return Inputs(
            content,
            self.definition,
            code_lists=self.code_lists,
            general=general.rows if general else None,
            sent=sent,
            problems={cell: problem for problem in problems if (cell := Cell.of(problem))},
        )


def is_missing(finding: Finding) -> bool:
    return finding.code is FindingCode.REQUIRED
