"""What a new version of a published plan says differently: figures of the coming years, a recommendation more."""

from collections.abc import Callable

from demo.chance import Chance
from demo.library import Surroundings, library
from plans.definitions import PlanContent, PlanRow, Value


def renewed(content: PlanContent, place: Surroundings, chance: Chance) -> PlanContent:
    """After months of trainings: more of what was in demand, and one more thing to recommend."""
    lines = content.rows("lines")
    popular = chance.one(lines).row_uid
    sheets = {
        **content.sheets,
        "lines": tuple(_more(row) if row.row_uid == popular else row for row in lines),
        "recommendations": (*content.rows("recommendations"), *_one_more(content, place, chance)),
    }
    return PlanContent(sheets)


def _more(row: PlanRow) -> PlanRow:
    """One training more in the second and in the third year, as long as the others are."""
    values = dict(row.values)
    for suffix in ("y2", "y3"):
        trainings, hours = int(str(values[f"trainings_{suffix}"])), int(str(values[f"hours_{suffix}"]))
        values[f"hours_{suffix}"] = str(hours + hours // max(trainings, 1))
        values[f"trainings_{suffix}"] = trainings + 1
    return PlanRow(row.row_uid, values)


def _one_more(content: PlanContent, place: Surroundings, chance: Chance) -> list[PlanRow]:
    said = {row.values["rec_text"] for row in content.rows("recommendations")}
    titles = {row.values["line_title"] for row in content.rows("lines")}
    themes = [theme for theme in library().themes if titles & {line.title for line in theme.lines}]
    known = [one for theme in themes for one in theme.recommendations if one.fits(place)]
    possible = [one for one in known if one.text not in said]
    if not possible:
        return []
    one = chance.one(possible)
    values: dict[str, Value] = {
        "rec_code": f"R{len(said) + 1}",
        "rec_text": one.text,
        "rec_addressee": one.addressee,
    }
    return [PlanRow(chance.mark(), values)]


def amended(content: PlanContent) -> PlanContent:
    """The office writes an organisation's name as it is now."""
    return _in_last_partner(content, lambda name: f"{name} (nazwa po zmianie)")


def _in_last_partner(content: PlanContent, change: Callable[[str], str]) -> PlanContent:
    *others, last = content.rows("partners")
    values = {**last.values, "org_name": change(str(last.values["org_name"]))}
    return PlanContent({**content.sheets, "partners": (*others, PlanRow(last.row_uid, values))})
