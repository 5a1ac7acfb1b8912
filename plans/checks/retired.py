"""F06, as a warning: an entry of a list that the office has retired. What a plan has of it stays and means what it meant."""

from collections.abc import Iterator

from plans.checks.subject import Place, Subject
from plans.definitions import ColumnDefinition
from plans.findings import Finding, FindingCode, Severity
from plans.values.text import day_text


def check(subject: Subject) -> Iterator[Finding]:
    lists = subject.code_lists
    touched = {key for key, one in lists.items() if any(not choice.is_offered for choice in one.choices)}
    if not touched:
        return
    for place in subject.all_places():
        for column in place.sheet.columns:
            if column.code_list in touched and column.key in place.row.values:
                yield from _of_cell(subject, place, column)


def _of_cell(subject: Subject, place: Place, column: ColumnDefinition) -> Iterator[Finding]:
    """One for each entry: each has its own day."""
    listed, value = subject.code_lists[column.code_list or ""], place.row.values[column.key]
    for code in value if isinstance(value, list) else [str(value)]:
        since = listed.retired(code)
        if since is not None:
            names = {f"was_{language}": listed.label(code, language) for language in ("pl", "en")}
            yield place.finding(
                FindingCode.NOT_IN_LIST,
                Severity.WARNING,
                "retired_choice",
                column,
                since=day_text(since),
                **names,
            )
