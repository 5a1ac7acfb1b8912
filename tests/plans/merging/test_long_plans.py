"""A long plan is brought together with its workbook in as many questions as a short one."""

from dataclasses import replace

from openpyxl import Workbook

from core.database import db
from plans.definitions import PlanContent, PlanRow
from plans.downloads import plan_workbook
from plans.models import PlanVersion
from plans.services import proposals, writing
from tests.make import Make
from tests.plan_content import annual_content
from tests.plans.filled_plans import edited
from tests.plans.final_files import put
from tests.plans.test_uploads import send

TRAININGS = "2_Szkolenia"


def annual_with(make: Make, count: int) -> PlanVersion:
    content = annual_content(2026)
    (training,) = content.rows("trainings")
    rows = tuple(
        PlanRow(f"row-s{at:07}", {**training.values, "title": f"Profil zaufany, grupa {at}"})
        for at in range(count)
    )
    return make.annual_plan(content=PlanContent({**content.sheets, "trainings": rows}))


def goes_on(version: PlanVersion) -> None:
    """Another column of every row."""
    rows = tuple(
        replace(row, values={**row.values, "participants_planned": 9})
        for row in version.rows.rows("trainings")
    )
    writing.replace_rows(version, PlanContent({**version.rows.sheets, "trainings": rows}))
    db.session.commit()


def with_other_hours(version: PlanVersion) -> bytes:
    rows = version.rows.rows("trainings")

    def edit(workbook: Workbook) -> None:
        for row in rows:
            put(TRAININGS, row.row_uid, "hours_planned", 3)(workbook)

    return edited(plan_workbook(version, language="pl", short=False).data, edit)


def test_more_rows_take_no_more_queries(make, count_queries):
    taken = {}
    for count in (5, 200):
        version = annual_with(make, count)
        data = with_other_hours(version)
        goes_on(version)
        db.session.expire_all()

        with count_queries() as queries:
            upload = send(version, data)
            found = proposals.change_of(upload)

        assert (upload.open_conflicts, len(found.changed)) == (0, count)
        inserted = sum(one.startswith("INSERT INTO import_finding") for one in queries.statements)
        assert inserted <= 2 + count // 50  # findings go in by the hundred
        taken[count] = queries.count - inserted
    assert taken[5] == taken[200] <= 40, taken
