"""A plan's page as plain data for a document: the same sections, rows and figures, in words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from core.records import foldable
from plans.page import PlanPage
from plans.page_parts import CellView, Measure, Reference, RowGroup, RowView, SectionView

KEPT_TOGETHER = 700
"""A row with fewer letters stays on one page."""

Part = dict[str, Any]


def sections(page: PlanPage) -> list[Part]:
    shown = [view for view in page.sections if view.rows]
    places = Counter(row.fragment for view in shown for row in view.rows)
    targets = {fragment for fragment, times in places.items() if times == 1}
    return [_section(view, targets) for view in shown]


def _section(view: SectionView, targets: set[str]) -> Part:
    return {
        "title": foldable(view.title),
        "heads": list(view.heads),
        "groups": [_group(group, view, targets) for group in view.groups],
    }


def _group(group: RowGroup, view: SectionView, targets: set[str]) -> Part:
    return {
        "title": foldable(group.title),
        "rows": [_row(row, targets) for row in group.rows],
        "totals": _measures(group.totals),
    }


def _row(row: RowView, targets: set[str]) -> Part:
    cells = (*row.cells, *row.more)
    letters = len(row.title) + sum(_letters(cell) for cell in cells)
    return {
        "target": row.fragment,
        "code": foldable(row.code or ""),
        "title": foldable(row.title),
        "tag": foldable(row.tag.label) if row.tag else "",
        "facts": [_fact(cell, targets) for cell in cells],
        "measures": _measures(row.measures),
        "breaks": letters > KEPT_TOGETHER,
    }


def _letters(cell: CellView) -> int:
    return len(cell.label) + len(cell.text) + sum(len(one.words) for one in cell.references)


def _fact(cell: CellView, targets: set[str]) -> Part:
    return {
        "label": foldable(cell.label),
        "text": foldable(cell.text),
        "size": cell.size,
        "references": [_reference(one, targets) for one in cell.references],
    }


def _reference(one: Reference, targets: set[str]) -> Part:
    """Leads to its row where this document holds it, and no other of the same name."""
    return {
        "code": foldable(one.code),
        "words": foldable(one.words),
        "target": one.fragment if one.fragment in targets else None,
    }


def _measures(measures: Sequence[Measure]) -> list[Part]:
    return [{"label": one.label, "texts": list(one.texts)} for one in measures]


def facts(pairs: Iterable[tuple[str, str]]) -> list[Part]:
    return [{"label": label, "text": foldable(text)} for label, text in pairs if text]
