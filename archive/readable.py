"""What people read in an archive without this program: where everybody stands, the reports, and each partnership's whole file."""

from collections.abc import Iterable
from pathlib import Path
from shutil import copyfileobj
from typing import NamedTuple

from sqlalchemy import select

from accounts.models import RoleGrant, User
from accounts.roles import Role
from core import clock
from core.database import db
from core.i18n import _, _l
from core.sheets import Column, Sheet
from core.text import slug
from core.workbooks import kinds
from dossier.archive import packed
from dossier.collecting import file_of
from municipalities.models import Municipality
from partnerships.models import Partnership
from partnerships.queries import covers
from reporting.counting import kept_figure
from reporting.documents import file_stem, report_pdf, report_xlsx
from reporting.queries import kept_periods, period_by_id, standing_deltas
from reporting.spans import span_label
from tasks.queries import tasks_of
from tasks.rules import TaskCode, TaskStatus
from tasks.words import task_label


class Standing(NamedTuple):
    municipality: str
    code: str
    partnership: str
    status: str
    found: TaskStatus
    meetings: TaskStatus
    general_plan: TaskStatus
    annual_plans: TaskStatus
    visits: TaskStatus
    remote: TaskStatus
    webinars: TaskStatus
    settled: int


def write_readable(folder: Path) -> None:
    """``municipalities.xlsx`` and ``.csv``, and the frozen reports. ``write_partnerships`` takes longer."""
    folder.mkdir()
    rows = standings()
    sheet = _sheet()
    (folder / "municipalities.xlsx").write_bytes(sheet.workbook(rows))
    (folder / "municipalities.csv").write_bytes(b"".join(sheet.csv(rows)))
    for kept in kept_periods():
        period = period_by_id(kept.id) or kept
        figures = [kept_figure(one) for one in period.snapshots]
        deltas = standing_deltas(period)
        stem = file_stem(period.begins_on, period.ends_on)
        title = span_label(period.begins_on, period.ends_on)
        workbook = report_xlsx(figures, deltas, facts=[(_("Period"), title)])
        (folder / f"{stem}.xlsx").write_bytes(workbook)
        made = period.frozen_at or clock.now()
        (folder / f"{stem}.pdf").write_bytes(report_pdf(title, figures, deltas, facts=[], made=made))


def _sheet() -> Sheet[Standing]:
    text = kinds.text(max_length=300, min_length=0)
    status = kinds.member_of(TaskStatus)
    return Sheet(
        Standing,
        {
            "municipality": Column(_l("Municipality"), text),
            "code": Column(_l("TERYT code"), text),
            "partnership": Column(_l("Partnership"), text),
            "status": Column(_l("Status"), text),
            **{code.name.lower(): Column(task_label(code), status) for code in TaskCode},
            "settled": Column(_l("Tasks settled"), kinds.whole_number(0, len(TaskCode))),
        },
        name=_l("Municipalities"),
    )


def standings() -> list[Standing]:
    """Every partnership, closed ones too, by the alphabet of municipalities."""
    found = db.session.execute(
        select(Partnership, Municipality)
        .join(Partnership.municipality)
        .order_by(Municipality.sort_key, Partnership.id)
    ).all()
    tasks = tasks_of([row[0].id for row in found])
    return [
        Standing._make(
            (
                place.name,
                place.code,
                partnership.name,
                str(partnership.status.label),
                *tasks[partnership.id].statuses.values(),
                tasks[partnership.id].settled,
            )
        )
        for partnership, place in found
    ]


def write_partnerships(folder: Path) -> Iterable[str]:
    """The whole file of each as the office reads it, one after another; gives its name when it is there.

    Evidence with personal data is not in it: where it goes along, it lies among the files of the archive itself.
    """
    reader = _office()
    if reader is None:
        return
    folder.mkdir()
    for partnership in db.session.scalars(select(Partnership).order_by(Partnership.id)):
        name = f"{partnership.municipality.code}-{slug(partnership.municipality.name)}-{partnership.id}.zip"
        with packed(file_of(partnership, reader)) as made, (folder / name).open("wb") as target:
            copyfileobj(made, target)
        yield name


def _office() -> User | None:
    return db.session.scalars(
        select(User)
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .where(
            RoleGrant.role == Role.OFFICE,
            covers(RoleGrant.starts_on, RoleGrant.ends_on, clock.today()),
            User.is_active,
        )
        .order_by(User.id)
        .limit(1)
    ).first()
