"""What the page of a file shows: where it stands, what was found, what would change."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from accounts.models import User
from core.i18n import _, ngettext
from core.workbooks.kinds import as_it_is
from intake import services
from intake.columns import words_of
from intake.findings import Finding, Severity, SheetFindings, in_words
from intake.models import ImportState, RecordImport
from intake.targets import target_of
from intake.targets.base import Change, Outcome, What

MOST_SHOWN = 100
MOST_MISSING = 50
LEFT_OUT = frozenset({"repeated", "total_row", "sheets_not_read"})
"""Rows that nobody needs to correct, and that are not entered all the same."""


@dataclass(frozen=True)
class ShownCell:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ShownChange:
    what: What
    title: str
    row: int
    cells: tuple[ShownCell, ...]


class ImportPage:
    def __init__(self, upload: RecordImport, person: User) -> None:
        self.upload, self.person = upload, person
        self.target = target_of(upload.kind)

    @cached_property
    def outcome(self) -> Outcome:
        """Made anew each time: what would change depends on what is there by now."""
        return services.compared(self.upload, actor=self.person)

    @property
    def is_checked(self) -> bool:
        return self.upload.status is ImportState.CHECKED

    @property
    def found(self) -> list[Finding]:
        if self.is_checked:
            return self.outcome.findings
        return [Finding.of(one) for one in self.upload.findings]

    @cached_property
    def findings(self) -> list[SheetFindings]:
        sheet = self.upload.mapping.get("sheet") if self.upload.mapping else None
        return in_words(self.found, words_of(self.target.columns), sheet)

    @cached_property
    def errors(self) -> int:
        return sum(finding.severity is Severity.ERROR for finding in self.found)

    @property
    def headline(self) -> str:
        if self.errors:
            return ngettext("One thing to correct", "%(num)d things to correct", self.errors)
        return _("Ready to apply") if self.outcome.applies else _("Nothing would change")

    @property
    def text(self) -> str:
        if self.errors and self.outcome.applies:
            return _(
                "Cells with an error are left out, the rest can be applied. Or correct the workbook and upload it again."
            )
        if self.errors:
            return _("Correct the workbook and upload it again.")
        if self.outcome.applies and self.leaves_out:
            return _(
                "Some rows are left out: look at what we found. The rest is applied at once, or nothing."
            )
        if self.outcome.applies:
            return _("Nothing is wrong. Look at what would change: all of it is applied at once, or nothing.")
        if self.leaves_out:
            return _("Some rows are left out: look at what we found. The rest is there already.")
        return _("Everything in the file is there already.")

    @property
    def leaves_out(self) -> bool:
        return any(finding.reason in LEFT_OUT for finding in self.found)

    @property
    def figures(self) -> list[tuple[str, int, str | None]]:
        counted: list[tuple[str, int, str | None]] = [
            (_("To correct"), self.errors, "#findings" if self.errors else None)
        ]
        for what, label in (
            (What.NEW, _("New rows")),
            (What.CHANGED, _("Changed rows")),
            (What.SAME, _("Unchanged rows")),
        ):
            count = len(self.outcome.of(what))
            counted.append((label, count, "#changes" if count and what is not What.SAME else None))
        missing = len(self.outcome.missing)
        return [*counted, (_("Not in the file"), missing, "#missing" if missing else None)]

    @cached_property
    def changes(self) -> list[tuple[What, int, list[ShownChange]]]:
        """Of each sort the first hundred, and how many there are."""
        words = _Words(self.target.columns)
        groups = ((what, self.outcome.of(what)) for what in (What.NEW, What.CHANGED))
        return [
            (what, len(found), [words.change(one) for one in found[:MOST_SHOWN]])
            for what, found in groups
            if found
        ]

    @property
    def missing(self) -> list[str]:
        return self.outcome.missing[:MOST_MISSING]

    @property
    def asks_to_invite(self) -> bool:
        return self.outcome.to_invite > 0


class _Words:
    """Values as their columns show them."""

    def __init__(self, columns: Sequence[Any]) -> None:
        self._labels = {column.key: str(column.label) for column in columns}
        self._writers = {column.key: column.kind.writer() for column in columns}

    def change(self, change: Change) -> ShownChange:
        cells = tuple(
            ShownCell(self._labels.get(key, key), self._text(key, before), self._text(key, after))
            for key, before, after in change.cells
        )
        return ShownChange(change.what, change.title, change.number, cells)

    def _text(self, key: str, value: Any) -> str:
        if value is None or value == ():
            return ""
        shown = self._writers.get(key, as_it_is)(value)
        return shown.strftime("%d.%m.%Y") if hasattr(shown, "strftime") else str(shown)
