"""F14: personal data in a column not meant for them. A finding never repeats what it is about."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import replace

from core.personal_data import NAMES_MAKE_A_LIST, PersonalKind, is_full_name, is_private_mailbox
from plans.checks.subject import Place, Subject
from plans.columns import TEXT_TYPES
from plans.definitions import ColumnDefinition, ColumnType, PersonalData, PlanContent, PlanRow
from plans.findings import Finding, FindingCode, Severity
from plans.personal_data import refuse_personal_data

NAMELESS_TYPES = frozenset({ColumnType.TEXT, ColumnType.LONG_TEXT})

Refused = Set[tuple[str | None, str | None, str | None]]
"""(sheet key, row_uid, column key)"""


def check(subject: Subject) -> Iterator[Finding]:
    for sheet in subject.definition.content_sheets:
        places = list(subject.places(sheet.key))
        for column in sheet.columns:
            if column.type in TEXT_TYPES:
                yield from _cells(places, column)
                yield from _names(places, column)


def _cells(places: list[Place], column: ColumnDefinition) -> Iterator[Finding]:
    for place in places:
        text = _text(place, column)
        if text and (reason := refuse_personal_data(column, text)):
            yield place.finding(FindingCode.PERSONAL_DATA, Severity.ERROR, reason, column)
        elif column.type is ColumnType.EMAIL and is_private_mailbox(text):
            yield place.finding(FindingCode.PERSONAL_DATA, Severity.WARNING, "private_mailbox", column)


def _names(places: list[Place], column: ColumnDefinition) -> Iterator[Finding]:
    """One name may be a street or a patron; a column of names is a list of people."""
    if column.personal_data is not PersonalData.NONE or column.type not in NAMELESS_TYPES or column.prefilled:
        return
    named = [place for place in places if is_full_name(_text(place, column))]
    is_list = len(named) >= NAMES_MAKE_A_LIST
    for place in named:
        if is_list:
            yield place.finding(
                FindingCode.PERSONAL_DATA, Severity.ERROR, PersonalKind.NAME_LIST.value, column
            )
        else:
            yield place.finding(FindingCode.PERSONAL_DATA, Severity.WARNING, "person_name", column)


def _text(place: Place, column: ColumnDefinition) -> str:
    value = place.row.values.get(column.key, "")
    return "\n".join(value) if isinstance(value, list) else str(value)


def is_refused(finding: Finding) -> bool:
    """A cell that is left out because of what it holds; a warning is about what may stand there."""
    return finding.code is FindingCode.PERSONAL_DATA and finding.severity is Severity.ERROR


def without_refused(content: PlanContent, findings: Iterable[Finding], *, before: PlanContent) -> PlanContent:
    """The content without the cells that hold what must not be kept: such a cell says nothing, so what was there stays.

    ``before``: the content that ``content`` would replace.
    """
    refused = {
        (finding.sheet_key, finding.row_uid, finding.column_key)
        for finding in findings
        if is_refused(finding)
    }
    if not refused:
        return content
    return PlanContent(
        {key: tuple(_rows(key, rows, refused, before)) for key, rows in content.sheets.items()}
    )


def _rows(
    sheet_key: str, rows: Iterable[PlanRow], refused: Refused, before: PlanContent
) -> Iterator[PlanRow]:
    known = {row.row_uid: row.values for row in before.rows(sheet_key)}
    for row in rows:
        was = known.get(row.row_uid, {})
        values = {
            key: was.get(key) if (sheet_key, row.row_uid, key) in refused else value
            for key, value in row.values.items()
        }
        yield replace(row, values={key: value for key, value in values.items() if value is not None})
