"""Sheet ``4_Podsumowanie`` and the page of the year say the same: in the file as it is sent, and worked out anew."""

from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from plans.definitions import PlanContent, PlanRow, Value
from plans.totals import GROUPED_BY, SUMMED, AnnualFigures, Figures, annual_figures
from plans.workbooks.order import Filling
from tests.plans.filled_plans import ANNUAL, CODE_LISTS, REFERENCES, written
from tests.support.spreadsheets import saved_by_libreoffice

COLUMNS = ("trainings", "trainings_done", *SUMMED)
Line = tuple[Decimal, ...]


def training(number: int, **values: Value) -> PlanRow:
    known: dict[str, Value] = {
        "title": f"Konto pacjenta {number}", "line_code": "K1", "form": "on_site", "quarter": f"q{number % 4 + 1}",
        "participants_planned": 10 + number, "hours_planned": "2.5", "cost_planned": "100.5",
    }  # fmt: skip
    return PlanRow(f"t{number:011}", known | values)


DONE: dict[str, Value] = {
    "status": "done",
    "participants_actual": 9,
    "hours_actual": "3",
    "cost_actual": "80.25",
}
TRAININGS = (
    training(1, group_code="T1", responsible_org_code="P1", groups_planned=2, digcomp_area="safety", **DONE),
    training(2, group_code="T1", status="planned", life_area="health"),
    training(3, responsible_org_code="P1", groups_planned=3, **DONE),
    training(4, status="cancelled", group_code="T1", groups_planned=5),
    training(5, status="moved", digcomp_area="safety", group_code="T1"),
    training(6, status="running", quarter="q1"),
)
FILLING = Filling(PlanContent({"trainings": TRAININGS}), references=REFERENCES)


def lines(data: bytes) -> dict[str, dict[str, Line]]:
    """Heading -> first cell of each line -> its figures; the total stands under no heading."""
    sheet = openpyxl.load_workbook(BytesIO(data), data_only=True)["4_Podsumowanie"]
    found: dict[str, dict[str, Line]] = {"": {}}
    heading = ""
    for row in sheet.iter_rows(min_row=5, values_only=True):
        name, figures = row[0], row[2 : 2 + len(COLUMNS)]
        if name and all(one is None for one in figures):
            heading = str(name)
            found[heading] = {}
        elif name:
            found[heading][str(name)] = tuple(Decimal(str(one)) for one in figures)
    return found


def expected(figures: AnnualFigures) -> dict[str, dict[str, Line]]:
    """As the page has them, with a line for each value that could be there."""
    sheet = ANNUAL.sheet("trainings")
    found = {"": {"Wszystko razem": _line(figures.all)}}
    for key in GROUPED_BY:
        column, by = sheet.column(key), figures.by[key]
        names = (
            {
                code: CODE_LISTS[column.code_list].label(code, "pl")
                for code in CODE_LISTS[column.code_list].codes
            }
            if column.code_list
            else REFERENCES[column.refers_to or ""]
        )
        found[column.label.in_language("pl")] = {
            **{name: _line(by.get(code, Figures())) for code, name in names.items()},
            "nie podano": _line(by.get("", Figures())),
        }
    return found


def _line(figures: Figures) -> Line:
    return tuple(getattr(figures, name) for name in COLUMNS)


def polish(found: dict[str, dict[str, Line]]) -> dict[str, dict[str, Line]]:
    """Whatever the total and the rest are called."""
    names = {"All together": "Wszystko razem", "Razem": "Wszystko razem", "not given": "nie podano"}
    return {head: {names.get(name, name): line for name, line in of.items()} for head, of in found.items()}


def test_the_file_holds_what_the_page_says():
    data = written(FILLING, definition=ANNUAL)

    assert polish(lines(data)) == expected(annual_figures(FILLING.content))


def test_worked_out_anew_by_a_spreadsheet_it_says_the_same(tmp_path: Path):
    path = tmp_path / "plan.xlsx"
    path.write_bytes(without_values(written(FILLING, definition=ANNUAL)))

    saved = saved_by_libreoffice(path, tmp_path) or pytest.skip("no LibreOffice on this machine")

    assert polish(lines(saved)) == expected(annual_figures(FILLING.content))


def without_values(data: bytes) -> bytes:
    """The formulas alone, so that what comes back was worked out."""
    workbook, target = openpyxl.load_workbook(BytesIO(data)), BytesIO()
    workbook.save(target)
    return target.getvalue()
