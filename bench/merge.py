"""A workbook of 2,000 rows, uploaded and checked, of a plan that somebody went on writing meanwhile: beside a floor that
reads the same file with openpyxl and does nothing with it.

Nothing of a page belongs to it, so it is measured in a process of its own. What it takes up is measured in a further one,
which does it once.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from flask import Flask
from flask_migrate import upgrade
from openpyxl import load_workbook
from sqlalchemy import select

from accounts.models import User
from app import create_app
from bench.data import config_of
from bench.measure import Sample, tenth
from config import ROOT, Mode
from core.database import db
from core.i18n import in_language
from municipalities.models import County, Municipality, MunicipalityCode, MunicipalityKind, Voivodeship
from partnerships.models import LeaderTerm, Partnership, TermKind
from partnerships.workflow import PartnershipStatus
from plans.definitions import PlanContent, PlanKind, PlanRow, Value
from plans.downloads import plan_workbook
from plans.models import Plan, PlanImport, PlanVersion
from plans.services import uploads, writing
from programme.queries import the_programme
from programme.services import ensure_programme

ROWS, CHANGED, CONFLICTS = 2_000, 200, 20
GOAL, MOST_MEGABYTES = 3, 150
YEAR = 2026
FILE = "changed.xlsx"


def merge_rows(*, repeats: int) -> list[tuple[str, ...]]:
    """The time, and what a process grows by that does it once."""
    with TemporaryDirectory(prefix="gromada-bench-merge-") as folder:
        _prepare(Path(folder))
        floor, ours = _measured(Path(folder), repeats)
        grown = _grown(Path(folder))
    return [_row_of_time(floor, ours), _row_of_memory(grown)]


def _row_of_time(floor: Sequence[Sample], ours: Sequence[Sample]) -> tuple[str, ...]:
    ratio = median(one.wall for one in ours) / median(one.wall for one in floor)
    cpu = median(one.cpu for one in ours) / median(one.cpu for one in floor)
    title = f"Upload and check {ROWS:,} rows, merged with a plan that went on"
    met = "yes" if ratio <= GOAL else "no"
    return (title, *_figures(floor), *_figures(ours), f"{ratio:.2f}", f"{cpu:.2f}", f"{GOAL:.2f}", met)


def _row_of_memory(grown: float) -> tuple[str, ...]:
    met = "yes" if grown <= MOST_MEGABYTES else "no"
    return (
        "The same, MB above an idle process",
        "",
        "",
        f"{grown:.0f}",
        "",
        "",
        "",
        f"{MOST_MEGABYTES} MB",
        met,
    )


def _figures(samples: Sequence[Sample]) -> tuple[str, str]:
    low = tenth(samples) if len(samples) > 1 else samples[0].wall
    return f"{median(one.wall for one in samples):.0f}", f"{low:.0f}"


def _measured(folder: Path, repeats: int) -> tuple[list[Sample], list[Sample]]:
    floor: list[Sample] = []
    ours: list[Sample] = []
    data = (folder / FILE).read_bytes()
    app = create_app(config_of(folder, Mode.PRODUCTION))
    for number in range(repeats + 1):  # the first round warms both up
        for samples, work in ((floor, lambda: _openpyxl(data)), (ours, lambda: upload_once(app, data))):
            taken = _timed(work)
            if number:
                samples.append(taken)
    return floor, ours


def _timed(work: Callable[[], object]) -> Sample:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Sample((time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000)


def _openpyxl(data: bytes) -> int:
    """Every value of every sheet, and no more."""
    workbook = load_workbook(BytesIO(data), data_only=True)
    return sum(value is not None for sheet in workbook for row in sheet.values for value in row)


def upload_once(app: Flask, data: bytes) -> None:
    """All that happens between the file and the page that says what is in it."""
    with app.app_context(), in_language("pl"):
        annual = select(PlanVersion).join(PlanVersion.plan).where(Plan.kind == PlanKind.ANNUAL)
        version = db.session.scalars(annual).one()
        actor = db.session.scalars(select(User)).one()
        file = uploads.SentFile("plan.xlsx", data)
        outcome = uploads.read_upload(file, uploads.expected_of(version))
        upload = uploads.receive(version, file, outcome, actor=actor)
        db.session.commit()
        _expect_a_merge(upload)
        db.session.remove()


def _expect_a_merge(upload: PlanImport) -> None:
    if upload.open_conflicts != CONFLICTS or upload.merge_base is None:
        raise RuntimeError(f"not merged as it should be: {upload.open_conflicts} {upload.refusal}")


# --- The plan, and the workbook of it ------------------------------------------------------------------------


def _prepare(folder: Path) -> None:
    app = create_app(config_of(folder, Mode.PRODUCTION))
    with app.app_context(), in_language("pl"):
        upgrade()
        ensure_programme("mocarze", is_demo=False)
        version = _annual_plan()
        data = plan_workbook(version, language="pl", short=False).data
        (folder / FILE).write_bytes(_typed_over(data))
        writing.replace_rows(version, _gone_on(version.rows))
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


def _annual_plan() -> PlanVersion:
    leader = User(email="leader@gromada.example", name="Halina Przykładna")
    partnership = Partnership(
        programme=the_programme().row, municipality=_municipality(), name="Partnerstwo dla edukacji",
        status=PartnershipStatus.ACTIVE, founded_on=date(2025, 1, 1),
    )  # fmt: skip
    db.session.add(partnership)
    db.session.add(
        LeaderTerm(partnership=partnership, user=leader, kind=TermKind.LEADER, starts_on=date(2025, 1, 1))
    )
    db.session.flush()
    general = writing.start_plan(partnership, PlanKind.GENERAL, year_from=YEAR, actor=leader)
    writing.replace_rows(general, _general_content(general.rows))
    version = writing.start_plan(partnership, PlanKind.ANNUAL, year_from=YEAR, actor=leader)
    sheets = {**version.rows.sheets, "trainings": tuple(map(_training, range(ROWS)))}
    writing.replace_rows(version, PlanContent(sheets))
    db.session.commit()
    return version


def _municipality() -> Municipality:
    voivodeship = Voivodeship(code="16", name="opolskie", sort_key="o")
    county = County(code="1601", name="opolski", sort_key="o", voivodeship=voivodeship)
    return Municipality(
        name="Żółte Brzozy", kind=MunicipalityKind.RURAL, code="1601012", slug="zolte-brzozy", county=county,
        voivodeship=voivodeship, search_text="zolte brzozy", sort_key="z",
        codes=[MunicipalityCode(code="1601012", six_digits="160101")],
    )  # fmt: skip


def _general_content(prefilled: PlanContent) -> PlanContent:
    groups = [
        _row("groups", at, group_code=f"T{at}", group_name=f"Grupa mieszkańców {at}") for at in range(1, 9)
    ]
    goals = [_row("goals", at, goal_code=f"C{at}", goal_text=f"Cel partnerstwa {at}") for at in range(1, 9)]
    lines = [
        _row("lines", at, line_code=f"K{at}", line_title=f"Kierunek działań {at}", goal_code=f"C{at % 8 + 1}")
        for at in range(1, 21)
    ]
    return PlanContent(
        {**prefilled.sheets, "groups": tuple(groups), "goals": tuple(goals), "lines": tuple(lines)}
    )


def _row(sheet: str, at: int, **values: Value) -> PlanRow:
    return PlanRow(f"{sheet}-{at:05d}", values)


def _training(at: int) -> PlanRow:
    day = date(YEAR, 1 + at % 12, 1 + at % 28)
    return PlanRow(
        f"{at:012x}",
        {
            "title": f"Usługi zdrowotne przez internet, spotkanie {at}", "line_code": f"K{at % 20 + 1}",
            "group_code": f"T{at % 8 + 1}", "goal_code": f"C{at % 8 + 1}", "form": "on_site", "life_area": "health",
            "participants_planned": 8 + at % 12, "hours_planned": str(2 + at % 6), "groups_planned": 1,
            "quarter": f"q{(day.month - 1) // 3 + 1}", "status": "planned", "date_from": day.isoformat(),
            "date_to": day.isoformat(), "venue": "Biblioteka, sala komputerowa", "locality": f"Wieś {at % 40}",
            "equipment": "Laptopy i rzutnik", "materials": "Wydruki, ćwiczenia", "cost_planned": f"{300 + at % 400}",
            "promotion": "Plakaty i strona gminy",
            "remarks": f"Grupa spotyka się po raz {at % 7 + 1}, zapisy prowadzi biblioteka do środy.",
        },
    )  # fmt: skip


def _typed_over(data: bytes) -> bytes:
    """As somebody sends it back who changed a tenth of the rows."""
    workbook = load_workbook(BytesIO(data))
    sheet = workbook["2_Szkolenia"]
    column = next(cell.column_letter for cell in sheet[4] if cell.value == "participants_planned")
    for at in range(CHANGED):
        sheet[f"{column}{5 + at}"] = 30
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def _gone_on(content: PlanContent) -> PlanContent:
    """Other cells of other rows, but for a few that both changed."""
    first = CHANGED - CONFLICTS
    rows = tuple(
        replace(row, values={**row.values, "participants_planned": 25, "venue": "Świetlica wiejska"})
        if first <= at < first + CHANGED
        else row
        for at, row in enumerate(content.rows("trainings"))
    )
    return PlanContent({**content.sheets, "trainings": rows})


# --- What it takes up ----------------------------------------------------------------------------------------


def _grown(folder: Path) -> float:
    """Megabytes between the idle process and its highest point."""
    command = (sys.executable, "-m", "bench.merge", str(folder))
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=120)  # noqa: S603 (of this module)
    idle, highest = map(int, said.stdout.split()[-2:])
    return (highest - idle) / 1024


def _measure_own_memory(folder: Path) -> None:
    app = create_app(config_of(folder, Mode.PRODUCTION))
    with app.app_context():
        db.session.scalars(select(User)).one()
        db.session.remove()
    data = (folder / FILE).read_bytes()
    idle = _highest()
    upload_once(app, data)
    sys.stdout.write(f"{idle} {_highest()}\n")


def _highest() -> int:
    """Kilobytes this process ever had. ``getrusage`` would count what its parent had when it started it."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM:")).split()[1])


if __name__ == "__main__":
    _measure_own_memory(Path(sys.argv[1]))
