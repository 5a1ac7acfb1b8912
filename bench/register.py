"""A list of every municipality with its leader and animator, from the file to the register: beside a floor that reads the
same file and writes the same rows with nothing checked.

In a process of this kind nothing else runs, so it is measured here and not through a page.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from flask_migrate import upgrade
from sqlalchemy import text

from accounts.models import RoleGrant, User
from accounts.roles import Role
from app import create_app
from bench.data import config_of
from bench.measure import Sample, tenth
from config import Mode
from core.bulk import insert_rows
from core.database import db
from core.i18n import in_language
from core.sheets import LIMITS
from core.workbooks.reader import read_workbook
from intake import services
from intake.columns import sheet_of
from intake.models import RecordKind
from intake.targets import target_of
from municipalities.models import County, Municipality, MunicipalityKind, Voivodeship
from programme.services import ensure_programme

ROWS, ALL, ANIMATORS = 2_477, 2_497, 40
GOAL = 5_000
"""Rows a second, for reading, checking and applying."""


def _insert(table: str, **values: str) -> str:
    names, given = ", ".join(values), ", ".join(values.values())
    return f'INSERT INTO "{table}" ({names}) VALUES ({given})'  # noqa: S608 (only fixed texts are put in)


_STAMPED = {"created_at": ":now", "updated_at": ":now"}
FLOOR = (
    _insert("user", email=":mail", name=":name", search_text=":mail", sort_key=":name", language="'pl'", is_active="1", **_STAMPED),
    _insert("organisation", id=":place", name=":organisation", search_text=":organisation", org_type="'library'", municipality_id=":place", **_STAMPED),
    _insert("partnership", id=":place", programme_id="1", municipality_id=":place", name=":title", status="'forming'", founded_on=":day", row_version="1", **_STAMPED),
    _insert("partnership_member", partnership_id=":place", organisation_id=":place", role="'leader'", contribution="'[]'", joined_on=":day", **_STAMPED),
    _insert("leader_term", partnership_id=":place", user_id=":animator", kind="'leader'", starts_on=":day", can_submit="0", can_publish="0", organisation_id=":place", **_STAMPED),
    _insert("animator_assignment", animator_id=":animator", municipality_id=":place", kind="'main'", starts_on=":day", **_STAMPED),
    *(
        _insert("audit_event", at=":now", event=f"'{event}'", record_kind="'partnership'", record_id=":place", story_kind="'partnership'", story_id=":place", data="'{}'")
        for event in ("founded", "joined", "appointed", "assigned")
    ),
)  # fmt: skip
"""The same number of rows in the same tables."""


def register_row(*, repeats: int) -> tuple[str, ...]:
    floor: list[Sample] = []
    ours: list[Sample] = []
    for _ in range(repeats):
        for samples, work in ((floor, _plainly), (ours, _applied)):
            with _country() as office:
                work(
                    _workbook(range(ROWS + 1, ALL + 1)), office
                )  # a worker that has done such a thing before
                samples.append(work(_workbook(range(1, ROWS + 1)), office))
    rate = ROWS / median(one.cpu for one in ours) * 1000
    ratio = median(one.wall for one in ours) / median(one.wall for one in floor)
    cpu = median(one.cpu for one in ours) / median(one.cpu for one in floor)
    title = f"Register of {ROWS:,} rows: read, check, apply ({rate:,.0f} rows a second of processor time)"
    return (
        title, *_figures(floor), *_figures(ours), f"{ratio:.2f}", f"{cpu:.2f}", f"{GOAL:,} rows/s",
        "yes" if rate >= GOAL else "no",
    )  # fmt: skip


def _figures(samples: Sequence[Sample]) -> tuple[str, str]:
    low = tenth(samples) if len(samples) > 1 else samples[0].wall
    return f"{median(one.wall for one in samples):.0f}", f"{low:.0f}"


class Watch:
    """Counts wall clock and processor time, but for what happens in between."""

    def __init__(self) -> None:
        self.wall = self.cpu = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        self.wall += time.perf_counter() - wall
        self.cpu += time.process_time() - cpu

    @property
    def sample(self) -> Sample:
        return Sample(self.wall * 1000, self.cpu * 1000)


def _plainly(data: bytes, _office: User) -> Sample:
    """The same reader, the same tables; nobody asks whether any of it is right."""
    watch = Watch()
    with watch.running():
        _write_plainly(data)
    return watch.sample


def _write_plainly(data: bytes) -> None:
    sheet = read_workbook(data, limits=LIMITS).sheets[0]
    now, day = "2026-04-15 10:00:00.000000", "2026-04-15"
    rows = [
        {
            "place": number, "name": row.value(8), "mail": row.value(9), "organisation": row.value(10),
            "title": row.value(6), "animator": 1 + number % ANIMATORS, "now": now, "day": day,
        }
        for row in sheet.rows[1:]
        for number in (int(str(row.value(1))[1:6]),)
    ]  # fmt: skip
    connection = db.session.connection().connection
    for statement in FLOOR:
        connection.cursor().executemany(statement, rows)
    db.session.commit()


def _applied(data: bytes, office: User) -> Sample:
    """Brought and applied. The page between the two, which compares as well, is somebody's look and not counted."""
    watch = Watch()
    file = services.SentFile("register.xlsx", data)
    with watch.running():
        upload = services.receive(
            RecordKind.REGISTER, file, services.read_file(file), partnership=None, actor=office
        )
        db.session.commit()
    seen = services.compared(upload, actor=office).fingerprint
    with watch.running():
        services.apply_import(upload, seen=seen, actor=office)
        db.session.commit()
    return watch.sample


@contextmanager
def _country() -> Iterator[User]:
    """Municipalities and animators, and nothing else yet."""
    with TemporaryDirectory(prefix="gromada-bench-register-") as folder:
        app = create_app(config_of(Path(folder), Mode.PRODUCTION))
        with app.app_context(), in_language("pl"):
            upgrade()
            ensure_programme("mocarze", is_demo=False)
            office = _people_and_places()
            db.session.execute(text("ANALYZE"))
            db.session.commit()
            yield office
            db.session.remove()
            db.engine.dispose()


def _people_and_places() -> User:
    voivodeship = Voivodeship(code="16", name="opolskie", sort_key="o")
    county = County(code="1601", name="opolski", sort_key="o", voivodeship=voivodeship)
    animators = [
        User(email=f"animator{at}@gromada.example", name=f"Anna Nowak {at}") for at in range(ANIMATORS)
    ]
    office = User(email="office@gromada.example", name="Biuro")
    db.session.add_all([county, *animators, office])
    db.session.flush()
    db.session.add_all(
        RoleGrant(user=one, role=Role.ANIMATOR, starts_on=date(2024, 1, 1)) for one in animators
    )
    insert_rows(
        Municipality,
        [
            {
                "id": at, "name": f"Gmina {at}", "kind": MunicipalityKind.RURAL, "code": _code(at), "slug": f"g{at}",
                "county_id": county.id, "voivodeship_id": voivodeship.id, "search_text": f"gmina {at}",
                "sort_key": f"{at:05d}",
            }
            for at in range(1, ALL + 1)
        ],
    )  # fmt: skip
    db.session.flush()
    return office


def _code(at: int) -> str:
    return f"{100_000 + at}2"


def _workbook(numbers: range) -> bytes:
    columns = [column for column in target_of(RecordKind.REGISTER).columns if column.is_told]
    rows = [
        {
            **dict.fromkeys(column.key for column in columns), "code": _code(at), "municipality": f"Gmina {at}",
            "partnership": f"Partnerstwo dla edukacji {at}", "founded_on": date(2025, 1, 1 + at % 28),
            "leader_name": f"Jan Kowalski {at}", "leader_email": f"jan.{at}@gmina{at}.example",
            "leader_organisation": f"Biblioteka gminna {at}", "leader_org_type": "library",
            "animator_email": f"animator{at % ANIMATORS}@gromada.example",
        }
        for at in numbers
    ]  # fmt: skip
    return sheet_of("x", columns).workbook(rows)
