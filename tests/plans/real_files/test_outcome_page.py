"""What was found in a workbook as people make them, on the page of its upload."""

from openpyxl import Workbook

from core.database import db
from plans.downloads import plan_workbook
from plans.services import proposals
from tests.plans.filled_plans import edited
from tests.plans.final_files import NEEDS, column_of, put
from tests.plans.test_flow import leader_of
from tests.plans.test_uploads import send

FIRST = "row-n1-0001"


def as_people_do(workbook: Workbook) -> None:
    sheet = workbook[NEEDS]
    letter = sheet.cell(4, column_of(sheet, "need_area")).column_letter
    sheet.merge_cells(f"{letter}6:{letter}7")
    put(NEEDS, FIRST, "priority", "=1+1")(workbook)


def test_merged_cells_are_pointed_out_and_a_formula_without_result_is_put_right_on_the_page(make, visit):
    version = make.general_plan()
    upload = send(version, edited(plan_workbook(version, language="pl", short=True).data, as_people_do))

    page = visit(as_=leader_of(version)).open(f"/uploads/{upload.id}")
    after = page.submit("Save", **{f"needs.{FIRST}.priority": "3"})

    db.session.expire_all()
    assert "are merged. What stands in them was taken for each of their rows." in page.text
    assert "The result of the formula in this cell is not in the file." in page.text
    assert "The result of the formula" not in after.text
    changed = {(one.row_uid, one.column_key): one.after for one in proposals.change_of(upload).changed}
    assert changed == {(FIRST, "priority"): 3, ("row-n2-0001", "need_area"): "exclusion"}
