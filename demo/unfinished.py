"""Plans that are still being written: from hardly begun to nearly done, with what is missing at each stage."""

from collections.abc import Callable, Iterable

from plans.definitions import PlanContent, PlanRow
from plans.prefill import METADATA, PARTNERS


def begun(content: PlanContent) -> PlanContent:
    """Two needs noted down, the source of the second still unknown."""
    kept = _only(content, METADATA, PARTNERS, "needs")
    first, second = (*kept.rows("needs"), *kept.rows("needs"))[:2]
    return _with(
        kept,
        metadata=[without(row, "summary", "authors", "linked_documents") for row in kept.rows(METADATA)],
        needs=[first]
        if first is second
        else [first, without(second, "evidence", "evidence_year", "priority")],
    )


def half(content: PlanContent) -> PlanContent:
    """Needs and groups are there; of the goals only the first thoughts."""
    kept = _only(content, METADATA, PARTNERS, "needs", "groups", "goals")
    goals = kept.rows("goals")
    rough = without(
        goals[0], "indicator", "unit", "baseline", "target_y1", "target_y2", "target_y3", "verification"
    )
    return _with(kept, goals=[rough, *goals[1:]])


def nearly(content: PlanContent) -> PlanContent:
    """Complete but for a few cells and the recommendations."""
    goals, lines = content.rows("goals"), content.rows("lines")
    lost = PlanRow(lines[-1].row_uid, {**lines[-1].values, "group_codes": ["T9"]})
    return _with(
        _only(content, *(key for key in content.sheets if key != "recommendations")),
        goals=[*goals[:-1], without(goals[-1], "target_y3")],
        lines=[without(lines[0], "lead_org_code"), *lines[1:-1], *([lost] if len(lines) > 1 else [])],
    )


UNFINISHED: dict[str, Callable[[PlanContent], PlanContent]] = {"begin": begun, "half": half, "nearly": nearly}


def without(row: PlanRow, *keys: str) -> PlanRow:
    return PlanRow(row.row_uid, {key: value for key, value in row.values.items() if key not in keys})


def _only(content: PlanContent, *sheets: str) -> PlanContent:
    return PlanContent({key: rows for key, rows in content.sheets.items() if key in sheets})


def _with(content: PlanContent, **sheets: Iterable[PlanRow]) -> PlanContent:
    return PlanContent({**content.sheets, **{key: tuple(rows) for key, rows in sheets.items()}})
