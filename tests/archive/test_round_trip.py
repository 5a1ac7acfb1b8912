"""A programme in a folder, and the same programme again where the folder is read."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from accounts.models import User
from archive.errors import Damaged, FolderInUse, NoArchive, NotEmpty, OtherSchema
from archive.manifest import NAME, checksum
from archive.readable import standings
from archive.reading import read_archive
from archive.tables import OF_THIS_INSTALLATION, tables
from archive.writing import write_archive
from core import clock, storage
from core.bulk import take_ids
from core.database import db
from core.mail import MailStatus, OutboxMail
from partnerships.models import LeaderTerm, Partnership
from partnerships.services import appoint_leader, end_term
from plans.definitions import PlanKind
from plans.models import Plan, PlanVersion
from plans.services import writing
from plans.workflow import PlanStatus
from reporting import freezing
from reporting.counting import kept_figure
from reporting.freezing import fingerprint
from reporting.models import ReportingPeriod, ReportSnapshot


@pytest.fixture(autouse=True)
def _time(clock):
    """15 April 2026."""


@pytest.fixture
def programme(make, app):
    """Two partnerships, one with a published plan and a second version begun from it, a file, a frozen quarter."""
    office = make.office("Ola Żółta")
    office.password_hash = "secret"
    version = make.general_plan(PlanStatus.PUBLISHED)
    make.general_plan(PlanStatus.RETURNED)
    for _ in range(3):
        make.member(version.partnership)
    stored = storage.keep("Żółta Gęś".encode(), name="gęś.txt", media_type="text/plain")
    period = next(one for one in freezing.periods_begun() if one.ends_on.month == 3)
    freezing.begin_closing(period, actor=office)
    freezing.freeze(period, actor=office)
    db.session.commit()
    known = {"file": stored.blob_hash, "version": version.id, "hash": version.content_hash}
    db.session.rollback()
    return known


def written(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    write_archive(folder, with_partnerships=False)
    db.session.rollback()
    return folder


def counts() -> dict[str, int]:
    return {table.name: db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables()}


def test_the_same_programme_stands_in_the_other_installation(app, programme, elsewhere, tmp_path):
    with app.app_context():
        folder = written(tmp_path)
        before, rows = standings(), counts()
        figures = [
            (one.indicator, one.value, one.evidence_refs)
            for one in db.session.scalars(select(ReportSnapshot))
        ]

    with elsewhere.app_context():
        read_archive(folder)
        db.session.commit()

        assert standings() == before
        assert counts() == rows
        found = db.session.scalars(select(ReportSnapshot).order_by(ReportSnapshot.id)).all()
        assert [(one.indicator, one.value, one.evidence_refs) for one in found] == figures
        period = db.session.scalars(select(ReportingPeriod)).one()
        assert fingerprint([kept_figure(one) for one in period.snapshots]) == period.content_hash
        version = db.session.get_one(PlanVersion, programme["version"])
        assert (version.content_hash, version.status) == (programme["hash"], PlanStatus.PUBLISHED)


def test_files_come_along_and_secrets_do_not(app, programme, elsewhere, tmp_path):
    with app.app_context():
        folder = written(tmp_path)
    text_of_all = "".join(path.read_text() for path in (folder / "data").glob("*.jsonl"))

    with elsewhere.app_context():
        read_archive(folder)
        db.session.commit()
        file = db.session.scalars(
            select(storage.StoredFile).where(storage.StoredFile.blob_hash == programme["file"])
        ).one()
        assert storage.read(file).decode() == "Żółta Gęś"
        assert db.session.scalars(select(User.password_hash)).all() == [None] * len(
            db.session.scalars(select(User)).all()
        )

    assert "secret" not in text_of_all
    assert not {path.stem for path in (folder / "data").glob("*.jsonl")} & OF_THIS_INSTALLATION


def test_what_was_decided_is_guarded_again(app, programme, elsewhere, tmp_path):
    with app.app_context():
        folder = written(tmp_path)

    with elsewhere.app_context():
        read_archive(folder)
        db.session.commit()
        with pytest.raises(IntegrityError, match="frozen figure"):
            db.session.execute(text("UPDATE report_snapshot SET value = '1'"))
        db.session.rollback()


def test_new_rows_get_numbers_of_their_own(app, programme, elsewhere, tmp_path):
    with app.app_context():
        folder = written(tmp_path)

    with elsewhere.app_context():
        read_archive(folder)
        db.session.commit()
        highest = db.session.scalar(select(func.max(User.id)))
        person = User(name="Nowa Osoba", email="nowa@gromada.example", language="pl")
        db.session.add(person)
        db.session.commit()
        assert person.id > (highest or 0)


def test_the_number_of_a_term_that_was_taken_back_is_not_given_again(
    app, programme, elsewhere, make, tmp_path
):
    with app.app_context():
        actor = make.office("Ola")
        partnership = make.partnership(led=False)
        term = appoint_leader(
            partnership, make.user("Jan Lis"), starts_on=clock.today() + timedelta(days=9), actor=actor
        )
        db.session.flush()
        taken_back = term.id
        end_term(term, ends_on=clock.today(), reason="Nie przyszedł", actor=actor)
        db.session.commit()
        assert db.session.get(LeaderTerm, taken_back) is None
        folder = written(tmp_path)

    with elsewhere.app_context():
        read_archive(folder)
        db.session.commit()
        assert list(take_ids(LeaderTerm, 1)) == [taken_back + 1]


def test_the_numbers_of_a_plan_that_was_deleted_are_not_given_again(
    app, programme, elsewhere, make, tmp_path
):
    with app.app_context():
        partnership = make.partnership()
        leader = partnership.leader(clock.today())
        draft = writing.start_plan(partnership, PlanKind.GENERAL, year_from=2026, actor=leader)
        plan_id, version_id = draft.plan_id, draft.id
        writing.delete_draft(draft, actor=leader)
        db.session.commit()
        folder = written(tmp_path)

    with elsewhere.app_context():
        read_archive(folder)
        db.session.commit()
        assert list(take_ids(Plan, 1)) == [plan_id + 1]
        assert list(take_ids(PlanVersion, 1)) == [version_id + 1]


def test_nothing_is_mailed_a_second_time(app, programme, elsewhere, tmp_path):
    with app.app_context():
        waiting = db.session.scalars(
            select(OutboxMail).where(OutboxMail.status.in_([MailStatus.QUEUED, MailStatus.HELD]))
        ).all()
        assert waiting
        folder = written(tmp_path)

    with elsewhere.app_context():
        read_archive(folder)
        db.session.commit()
        statuses = set(db.session.scalars(select(OutboxMail.status)))
        assert statuses & {MailStatus.QUEUED, MailStatus.HELD, MailStatus.BUNDLED} == set()


# --- Refusals --------------------------------------------------------------------------------------------


def test_an_archive_is_not_read_into_a_programme_that_has_begun(app, programme, tmp_path):
    folder = written(tmp_path)

    with pytest.raises(NotEmpty):
        read_archive(folder)


def test_one_letter_changed_is_found_before_anything_is_read(app, programme, elsewhere, tmp_path):
    with app.app_context():
        folder = written(tmp_path)
    path = folder / "data" / "partnership.jsonl"
    path.write_text(path.read_text().replace("Partnership", "Partnerschip", 1))

    with elsewhere.app_context():
        with pytest.raises(Damaged, match=r"data/partnership\.jsonl"):
            read_archive(folder)
        assert db.session.scalar(select(func.count()).select_from(Partnership)) == 0


def test_a_path_that_leads_outside_is_refused(app, programme, elsewhere, tmp_path):
    with app.app_context():
        folder = written(tmp_path)
    outside = tmp_path / "passwords"
    outside.write_text("x")
    manifest = json.loads((folder / NAME).read_text())
    manifest["files"]["../passwords"] = {"size": 1, "sha256": checksum(outside)}
    (folder / NAME).write_text(json.dumps(manifest))

    with elsewhere.app_context(), pytest.raises(Damaged):
        read_archive(folder)


def test_another_schema_is_refused_with_both_named(app, programme, elsewhere, tmp_path):
    with app.app_context():
        folder = written(tmp_path)
    manifest = json.loads((folder / NAME).read_text())
    manifest["schema"] = "0001"
    (folder / NAME).write_text(json.dumps(manifest))

    with elsewhere.app_context(), pytest.raises(OtherSchema, match="0001"):
        read_archive(folder)


def test_a_folder_without_a_manifest_is_no_archive(app, tmp_path):
    with pytest.raises(NoArchive):
        read_archive(tmp_path)


def test_nothing_is_written_over(app, programme, tmp_path):
    (tmp_path / "something").write_text("mine")

    with pytest.raises(FolderInUse):
        write_archive(tmp_path)


def test_people_can_read_it_without_this_program(app, programme, tmp_path):
    folder = tmp_path / "archive"
    write_archive(folder)

    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    assert {"readable/municipalities.csv", "readable/municipalities.xlsx", NAME} <= set(names)
    assert sum(name.startswith("readable/report-2026-01-01") for name in names) == 2
    assert sum(name.startswith("partnerships/") for name in names) == 2
