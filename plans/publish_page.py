"""The page before publication, and the outcome of a final file, as people read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from flask import url_for

from core.i18n import _, language
from plans.comparing.words import Change, change_in_words
from plans.content import content_hash
from plans.deadlines import publish_by
from plans.definitions import Layout
from plans.finding_texts import SheetFindings, group_findings
from plans.models import ImportStatus, PlanImport, PlanVersion
from plans.services import final_file
from plans.templates import definition_of
from plans.totals import Total, totals
from plans.workflow import PlanStatus
from programme.queries import the_programme


@dataclass(frozen=True)
class SectionToPublish:
    title: str
    rows: int
    """0 for a record, which is not counted."""
    url: str
    left_out: str
    """Labels of its private columns that hold something."""


class PublishPage:
    """What becomes public, and what does not."""

    def __init__(self, version: PlanVersion) -> None:
        self.version = version
        self.definition = definition_of(version)
        self.content = version.rows

    @property
    def is_as_approved(self) -> bool:
        return content_hash(self.content, self.definition) == self.version.content_hash

    @property
    def due_on(self) -> date | None:
        return publish_by(self.version)

    @property
    def figures(self) -> Sequence[Total]:
        return totals(self.content, self.definition)

    @cached_property
    def sections(self) -> list[SectionToPublish]:
        page = url_for("plans.show", version_id=self.version.id)
        found = []
        for sheet in self.definition.content_sheets:
            rows = self.content.rows(sheet.key)
            filled = {key for row in rows for key, value in row.values.items() if value not in ("", [])}
            private = [column for column in sheet.columns if column.private and column.key in filled]
            labels = ", ".join(column.label.in_language(language()) for column in private)
            if rows:
                title = sheet.title.in_language(language())
                count = len(rows) if sheet.layout is Layout.TABLE else 0
                found.append(SectionToPublish(title, count, f"{page}#section-{sheet.key}", labels))
        return found

    @property
    def left_out(self) -> list[SectionToPublish]:
        return [section for section in self.sections if section.left_out]


class FinalFilePage:
    """How a final file differs from the approved plan."""

    def __init__(self, upload: PlanImport) -> None:
        self.upload = upload
        self.version = upload.version
        self.definition = definition_of(upload)

    @property
    def is_refused(self) -> bool:
        return self.upload.status is ImportStatus.REFUSED

    @property
    def can_reopen(self) -> bool:
        """The approved plan may still be taken up again."""
        return self.version.is_current and self.version.status is PlanStatus.APPROVED

    @cached_property
    def is_waiting(self) -> bool:
        return final_file.is_waiting(self.upload)

    @cached_property
    def change(self) -> Change:
        difference = final_file.public_difference(self.upload)
        return change_in_words(difference, self.definition, self.version.rows)

    @cached_property
    def findings(self) -> list[SheetFindings]:
        """Cells that could not be compared."""
        against = final_file.not_compared(self.upload, self.definition)
        return group_findings(against, self.definition, code_lists=the_programme().code_lists)

    @property
    def text(self) -> str:
        if self.change.is_empty:
            return _(
                "Some of it could not be compared, so nobody can tell whether it is the approved plan. Correct the file and upload it again, or publish the plan as approved."
            )
        text = _(
            "The plan was not published and stays as it was approved. If the file is what you want, a new version begins with it: nothing you wrote is lost, but it has to be approved again."
        )
        if self.findings:
            kept = _("What could not be compared stays as it was approved.")
            return f"{text} {kept}"
        return text

    @property
    def what_became_of_it(self) -> str:
        if self.upload.status is not ImportStatus.APPLIED:
            return _("The plan has moved on since. This file was not used.")
        if self.version.status in (PlanStatus.PUBLISHED, PlanStatus.SUPERSEDED):
            return _("It held exactly what was approved, and the plan was published with it.")
        return _("A new version began with what it says.")
