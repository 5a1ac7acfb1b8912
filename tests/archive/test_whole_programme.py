"""The board, the overview and every report read the same where an archive was opened, and no table is forgotten."""

import json
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from accounts.models import User
from archive.errors import Damaged, NoArchive
from archive.manifest import NAME, checksum
from archive.reading import read_archive
from archive.tables import OF_THIS_INSTALLATION, SECRET, tables
from archive.writing import write_archive
from core import storage
from core.database import Base, db
from meetings.models import PartnershipMeeting
from programme.settings import PeriodKind
from reporting import differences, freezing
from reporting.counting import figures_of
from reporting.models import ReportingPeriod
from reporting.rows import Span
from reporting.spans import spans_of
from tests.archive.known_tables import COME_ALONG
from tests.by_hand.twelve import NOW, Twelve, twelve_partnerships
from tests.support.forms import spoken
from tests.visit import Visits


@pytest.fixture
def twelve(make, clock) -> Twelve:
    """With a file, two frozen quarters, and a correction after the first of them was frozen."""
    clock.move_to(NOW)
    office = make.office("Ola Żółta")
    places = twelve_partnerships(make)
    storage.keep("Żółta Gęś".encode(), name="gęś.txt", media_type="text/plain")
    quarters = [one for one in freezing.periods_begun() if one.ends_on < NOW.date()][:2]
    for period in quarters:
        freezing.begin_closing(period, actor=office)
        freezing.freeze(period, actor=office)
    db.session.commit()
    query = db.session.query(PartnershipMeeting).filter_by(partnership_id=places["Anielin"].id)
    query.filter_by(held_on=date(2026, 10, 20)).one().people_count = 10
    db.session.commit()
    differences.notice_differences()
    db.session.commit()
    return places


@pytest.fixture
def folder(app: Flask, twelve: Twelve, tmp_path: Path) -> Path:
    place = tmp_path / "archive"
    write_archive(place, with_partnerships=False)
    db.session.rollback()
    return place


def read_by_the_office(app: Flask) -> dict[str, object]:
    """Everything that its main pages and files say."""
    person = db.session.query(User).filter_by(name="Ola Żółta").one()
    visitor = Visits(app)(person)
    periods = [one.id for one in db.session.query(ReportingPeriod).order_by(ReportingPeriod.begins_on)]
    pages = {
        "board": "/office/board?column=tasks&column=population&column=leader&column=animator&column=stage&column=since"
        "&column=hours&column=contact",
        "overview": "/office/overview",
        "risks": "/office/overview/risks",
        "reports": "/office/reports",
        **{f"report {one}": f"/office/reports/{one}" for one in periods},
        "hours": "/office/hours/municipalities",
        "contacts": "/contacts",
        "plans": "/en/plans",
    }
    said: dict[str, object] = {
        name: spoken(visitor.open(address).tree.xpath("//main")[0]) for name, address in pages.items()
    }
    said["board as a file"] = visitor.open("/office/board.csv").data
    spans = [*spans_of_the_programme(), Span(date(2027, 1, 1), NOW.date())]
    said["figures"] = [
        [(one.code, str(one.value), [tuple(row) for row in one.rows]) for one in figures_of(span)]
        for span in spans
    ]
    db.session.rollback()
    return said


def spans_of_the_programme() -> list[Span]:
    return list(spans_of(date(2026, 1, 1), NOW.date(), PeriodKind.QUARTER))


def test_board_overview_and_reports_read_the_same_there(app, folder, elsewhere):
    with app.app_context():
        here = read_by_the_office(app)

    with elsewhere.app_context():
        read_archive(folder)
        db.session.commit()
        there = read_by_the_office(elsewhere)

    assert here.keys() == there.keys()
    for name in here:
        assert there[name] == here[name], name
    assert "Anielin" in str(here["board"])
    assert "Anielin" in str(here["risks"])


def test_an_archive_of_the_archive_holds_the_same_rows(app, folder, elsewhere, tmp_path):
    """Nothing got lost or changed on the way in, column by column of every table."""
    with elsewhere.app_context():
        read_archive(folder)
        db.session.commit()
        again = tmp_path / "again"
        write_archive(again, with_partnerships=False)

    changed_by_reading = {"outbox_mail"}  # what waited to be sent is not sent from there
    for path in sorted((folder / "data").iterdir()):
        if path.stem not in changed_by_reading:
            assert (again / "data" / path.name).read_text() == path.read_text(), path.name
    files = sorted(path.relative_to(folder / "files") for path in (folder / "files").rglob("*"))
    assert files == sorted(path.relative_to(again / "files") for path in (again / "files").rglob("*"))
    assert len([path for path in files if path.parent.name]) == 1


# --- No table is forgotten ---------------------------------------------------------------------------------


def test_of_every_table_somebody_decided_whether_it_goes_along():
    """A new table: name it in ``OF_THIS_INSTALLATION`` if it lets somebody in or is only this machine's, else in
    ``known_tables.py``."""
    every = set(Base.metadata.tables)

    assert {one.name for one in tables()} == every - OF_THIS_INSTALLATION
    assert every == COME_ALONG | OF_THIS_INSTALLATION
    assert set() == COME_ALONG & OF_THIS_INSTALLATION


HAS_TO_GO_ALONG = {
    ("certificate", "token"),  # printed on it: whoever holds it can still have it verified
    ("paper", "token"),  # the same
    (
        "subscriber",
        "token_hash",
    ),  # so that the way out, at the end of every mail sent so far, still leads out
}


def test_no_secret_goes_along():
    """Whatever is called a secret is left empty, stays with its table, or has its reason here."""
    secret = ("password", "token", "secret")
    found = {
        (table.name, column.name)
        for table in tables()
        for column in table.columns
        if any(word in column.name for word in secret)
    }

    assert found - SECRET == HAS_TO_GO_ALONG


# --- A manifest that does not say what is there ------------------------------------------------------------


def without(folder: Path, name: str, *, also_file: bool) -> None:
    manifest = json.loads((folder / NAME).read_text())
    del manifest["files"][name]
    (folder / NAME).write_text(json.dumps(manifest))
    if also_file:
        (folder / name).unlink()


@pytest.mark.parametrize("also_file", [True, False])
def test_a_table_that_the_manifest_does_not_name_is_not_read(folder, elsewhere, also_file):
    without(folder, "data/partnership.jsonl", also_file=also_file)

    with elsewhere.app_context(), pytest.raises(Damaged, match=r"data/partnership\.jsonl"):
        read_archive(folder)


def test_a_file_that_the_manifest_does_not_name_is_not_taken_in(folder, elsewhere):
    stray = folder / "files" / "ab" / ("ab" * 32)
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"planted")

    with elsewhere.app_context():
        read_archive(folder)
        db.session.commit()
        assert not list((Path(elsewhere.config["GROMADA"].data_dir) / "files").rglob("ab" * 32))


def test_a_file_missing_from_the_folder_is_found(folder, elsewhere):
    kept = next(path for path in (folder / "files").rglob("*") if path.is_file())
    kept.unlink()

    with elsewhere.app_context(), pytest.raises(Damaged, match=kept.name):
        read_archive(folder)


def test_a_wrong_number_of_rows_is_found_and_nothing_is_kept(folder, elsewhere):
    path = folder / "data" / "partnership.jsonl"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(lines[:-1]))
    manifest = json.loads((folder / NAME).read_text())
    manifest["files"]["data/partnership.jsonl"] = {"size": path.stat().st_size, "sha256": checksum(path)}
    (folder / NAME).write_text(json.dumps(manifest))

    with elsewhere.app_context():
        with pytest.raises(Damaged, match=r"data/partnership\.jsonl"):
            read_archive(folder)
        db.session.rollback()
        assert db.session.query(User).count() == 0


@pytest.mark.parametrize(
    "broken", ["", "{", "[]", '{"format": 2}', '{"format": 1, "programme": "x"}', '{"format": 1, "rows": []}']
)
def test_a_manifest_that_cannot_be_read_is_refused(app, folder, elsewhere, broken):
    (folder / NAME).write_text(broken)

    with elsewhere.app_context(), pytest.raises(NoArchive):
        read_archive(folder)
