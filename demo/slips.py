"""Slips of the pen as they happen in a workbook: each leads to another kind of finding."""

from collections.abc import Iterable

from plans.definitions import PlanContent, PlanRow, Value

NEW_ROW = "d3a0c0ffee01"

WRONG_PLANS: tuple[dict[str, Value], ...] = (
    {"participants_planned": "ok. 20"},
    {"quarter": "V"},
    {"group_code": "T9"},
)


def with_slips(content: PlanContent) -> PlanContent:
    """A good annual plan with a training more, and five cells that cannot be taken as they are."""
    rows = content.rows("trainings")
    done = [row for row in rows if row.values["status"] == "done"]
    others = [row for row in rows if row not in done[:2]][::-1]
    slips = [
        *zip(done, map(_wrong_result, done, range(2)), strict=False),
        *zip(others, WRONG_PLANS, strict=False),
    ]
    return PlanContent({**content.sheets, "trainings": (*_changed(rows, slips), _one_more(rows[0]))})


def _wrong_result(row: PlanRow, number: int) -> dict[str, Value]:
    if number:
        return {"held_on": "31.06"}
    return {"women_actual": int(str(row.values["participants_actual"])) + 4}


def _changed(rows: Iterable[PlanRow], slips: Iterable[tuple[PlanRow, dict[str, Value]]]) -> Iterable[PlanRow]:
    changes = {row.row_uid: change for row, change in slips}
    return (PlanRow(row.row_uid, {**row.values, **changes.get(row.row_uid, {})}) for row in rows)


def _one_more(like: PlanRow) -> PlanRow:
    kept = {
        key: like.values[key]
        for key in ("line_code", "group_code", "goal_code", "level")
        if key in like.values
    }
    added: dict[str, Value] = {
        "title": "Dodatkowy dyżur na prośbę uczestników",
        "form": "individual",
        "participants_planned": 8,
        "hours_planned": "6",
        "quarter": "q4",
        "status": "planned",
    }
    return PlanRow(NEW_ROW, {**kept, **added})
