"""F08: a cell that points at a row which is not there."""

from collections.abc import Iterator

from plans.checks.subject import Place, Subject
from plans.definitions import ColumnDefinition
from plans.findings import Finding, FindingCode, Severity
from plans.references import Targets
from plans.values.lists import references_text, shortened


def check(subject: Subject) -> Iterator[Finding]:
    for sheet in subject.definition.content_sheets:
        columns = [column for column in sheet.columns if column.refers_to]
        unchecked = False
        for place in subject.places(sheet.key):
            for column in columns:
                written = place.row.values.get(column.key)
                targets = subject.targets.get(column.refers_to or "")
                unchecked = unchecked or (written is not None and targets is None)
                if written is not None and targets is not None:
                    yield from _broken(subject, place, column, targets)
        if unchecked:
            yield Finding(FindingCode.BROKEN_REFERENCE, Severity.INFO, "no_general_plan", sheet_key=sheet.key)


def _broken(subject: Subject, place: Place, column: ColumnDefinition, targets: Targets) -> Iterator[Finding]:
    written = place.row.values[column.key]
    pieces = [str(piece) for piece in written] if isinstance(written, list) else [str(written)]
    unknown = [piece for piece in pieces if piece not in targets.texts]
    if not unknown:
        return
    nearest = [targets.nearest(piece) for piece in unknown]
    known = [piece for piece in pieces if piece in targets.texts]
    meant = list(dict.fromkeys([*known, *filter(None, nearest)]))
    yield place.finding(
        FindingCode.BROKEN_REFERENCE,
        subject.unless_draft,
        "broken_reference" if targets.texts else "nothing_to_refer_to",
        column,
        suggestion=references_text(meant) if all(nearest) else None,
        found=shortened("; ".join(unknown)),
        refers_to=column.refers_to or "",
    )
