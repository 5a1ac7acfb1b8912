"""A list of municipalities is applied whole or not at all: once, by the job where it is long, and with invitations if wanted."""

import logging
from datetime import date

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from accounts.models import User
from accounts.roles import Role
from core import bulk, jobs
from core.database import Base, db
from intake.models import ImportState, RecordImport, RecordKind
from intake.targets import register_writing, target_of
from partnerships.models import AnimatorAssignment, LeaderTerm, Organisation, Partnership, PartnershipMember
from tests.intake.bringing import HEAD, bring, figures, problems, row
from tests.intake.workbooks import changed, table, upload, workbook

TODAY = date(2026, 4, 15)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def office(make, visit):
    return visit(as_=make.office("Biuro"))


def test_nobody_is_invited_unless_the_office_says_so(make, office, outbox):
    make.municipality("Dobra", code="1601012")

    bring(office, workbook(HEAD, row("1601012", "", "A", "", "Jan Lis", "jan@d.example"))).submit(
        "Apply the file"
    )

    assert outbox() == []


def test_invitations_go_out_by_the_job_each_once(make, office, outbox, app):
    known = make.user("Ewa Znana", email="ewa@d.example", password="koza zielony rower 77")
    make.municipality("Dobra", code="1601012")
    make.municipality("Wola", code="1601022")
    page = bring(office, workbook(
        HEAD,
        row("1601012", "", "A", "", "Jan Lis", "jan@d.example"),
        row("1601022", "", "B", "", "Ewa Znana", "ewa@d.example"),
    ))  # fmt: skip
    assert "2 new leaders." in page.text
    applied = page.submit("Apply the file", invite=True)
    assert "0 sent, 2 to go" in applied.text
    assert applied.response.headers["Refresh"] == "2"

    run(app)
    run(app)

    assert [(one.to_address, one.dedupe_key.split(":")[0]) for one in outbox()] == [
        ("jan@d.example", "invitation"),
        (known.email, "partnership-you_lead"),
    ]
    assert "Invitations and notices sent: 2." in office.open(applied.url).text


def run(app) -> None:
    db.session.commit()
    for name in ("work.quick", "intake.invite"):
        jobs.run_once(app, jobs.known_jobs(app)[name])


def test_a_long_list_is_applied_by_the_job_with_progress(make, office, app):
    codes = [f"16{number:04d}2" for number in range(1000, 1310)]
    for code in codes:
        make.municipality(f"G{code}", code=code)
    page = bring(office, workbook(HEAD, *(row(code) for code in codes)))

    waiting = page.submit("Apply the file")

    assert "0 of 310 rows" in waiting.text
    assert waiting.response.headers["Refresh"] == "2"
    assert db.session.scalar(select(func.count()).select_from(Partnership)) == 0
    run(app)
    done = office.open(waiting.url)
    assert "310 new" in done.text
    assert "Refresh" not in done.response.headers
    assert db.session.scalar(select(func.count()).select_from(Partnership)) == 310


def test_what_changed_after_the_preview_is_not_overrun(make, office):
    partnership = make.partnership("A", municipality=make.municipality("Dobra", code="1601012"))
    page = bring(office, workbook(HEAD, row("1601012", "", "B")))
    partnership.name = "C"
    db.session.commit()

    refused = page.submit("Apply the file")

    assert "Nothing was changed. Somebody changed the records after you saw this page." in refused.text
    db.session.expire_all()
    assert partnership.name == "C"
    assert refused.submit("Apply the file").text.count("1 changed") == 1


def test_a_file_is_applied_once(make, office):
    make.municipality("Dobra", code="1601012")
    page = bring(office, workbook(HEAD, row("1601012", "", "A")))
    page.submit("Apply the file")

    again = page.submit("Apply the file")

    assert "This file has been applied or put aside already." in again.text
    assert db.session.scalar(select(func.count()).select_from(Partnership)) == 1


def test_a_file_put_aside_changes_nothing_and_stays_for_the_record(make, office):
    make.municipality("Dobra", code="1601012")
    page = bring(office, workbook(HEAD, row("1601012", "", "A")))

    aside = page.submit("Put aside")

    assert "This file was put aside" in aside.headings
    (kept,) = db.session.scalars(select(RecordImport)).all()
    assert (kept.status, kept.rows) == (ImportState.DISCARDED, None)
    assert db.session.scalar(select(func.count()).select_from(Partnership)) == 0


def test_a_pesel_number_is_refused_and_kept_nowhere(make, office, app, run_folder):
    make.municipality("Dobra", code="1601012")
    page = bring(office, workbook(HEAD, row("1601012", "", "Partnerstwo 44051401458")))

    assert problems(page) == [
        "C2 Partnership: There is a PESEL number here. The cell is left out and not kept."
    ]
    (kept,) = db.session.scalars(select(RecordImport)).all()
    assert (kept.file_id, "44051401458" in str(kept.rows) + str(kept.findings)) == (None, False)
    assert not any(
        b"44051401458" in path.read_bytes()
        for path in (run_folder / "data" / "files").rglob("*")
        if path.is_file()
    )
    page.submit("Apply the rest")
    (name,) = db.session.scalars(select(Partnership.name)).all()
    assert (name.endswith("Dobra"), "44051401458" in name) == (True, False)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 not a workbook", b"%PDF-1.7", b"code;name\n1601012;A"])
def test_a_file_that_is_no_workbook_is_refused_and_not_kept(make, office, data):
    page = office.open("/office/files").submit(
        "Check the workbook", kind="register", file=upload(data or b" ")
    )

    assert "The file was not accepted" in page.headings
    (kept,) = db.session.scalars(select(RecordImport)).all()
    assert (kept.status, kept.file_id, kept.rows) == (ImportState.REFUSED, None, None)


def test_text_that_looks_like_a_formula_is_taken_and_given_back_as_text(make, office):
    make.municipality("Dobra", code="1601012")
    data = changed(workbook(HEAD, row("1601012")), C2="'=1+1")
    data = workbook(HEAD, row("1601012", "", "+48 razem"))

    bring(office, data).submit("Apply the file")

    assert table(office.open("/office/register.xlsx").data)[1][5] in ("+48 razem", "'+48 razem")


def test_the_office_alone_brings_and_takes_the_register(make, visit):
    leader = make.user()
    make.partnership(leader=leader)

    for path in ("/office/files", "/office/register.xlsx", "/office/files/template.xlsx"):
        visit(as_=leader).open(path, expect=403)
        visit(as_=make.admin()).open(path, expect=403)


def test_the_template_has_every_column_and_can_be_filled_in(make, office):
    make.municipality("Dobra", code="1601012")
    blank = office.open("/office/files/template.xlsx").data
    head = [str(cell).rstrip("* ") for cell in table(blank)[0]]
    assert head[:2] == ["Territorial code", "Municipality"]

    page = bring(office, changed(blank, A2="1601012", F2="Cyfrowa Dobra"))

    assert (problems(page), figures(page)["New rows"]) == ([], 1)


def test_queries_do_not_grow_with_the_file(make, office, count_queries):
    animator = make.animator()
    places = [make.municipality(f"G{number}") for number in range(20)]

    def counted(some) -> int:
        data = workbook(
            HEAD,
            *(
                row(
                    one.code,
                    "",
                    "",
                    "",
                    f"Jan L{one.id}",
                    f"l{one.id}@x.example",
                    "OSP",
                    "OSP",
                    animator.email,
                )
                for one in some
            ),
        )
        page = bring(office, data)
        with count_queries() as queries:
            page.submit("Apply the file")
        return int(queries.count)

    assert counted(places[:1]) == counted(places[1:])


def test_people_who_lead_and_advise_are_told_apart_by_role(make, office):
    make.municipality("Dobra", code="1601012")
    make.holder(Role.OFFICE, "Anna Biurowa")

    page = bring(office, workbook(("Kod TERYT", "Animator"), ("1601012", "Anna Biurowa")))

    assert problems(page) == ["B2 Animator: name: No animator has this name or address."]


def test_an_animator_is_found_by_name_in_either_order_unless_two_share_it(make, office):
    make.municipality("Dobra", code="1601012")
    make.municipality("Wola", code="1601022")
    lis = make.animator("Anna Lis")
    make.animator("Jan Kos")
    make.animator("Jan Kos")

    page = bring(office, workbook(("Kod TERYT", "Animator"), ("1601012", "Lis Anna"), ("1601022", "Jan Kos")))

    assert problems(page) == ["B3 Animator: name: Several animators have this name."]
    page.submit("Apply the rest")
    assert db.session.scalars(select(AnimatorAssignment.animator_id)).all() == [lis.id]


def enter_twice(refused: type[Base], monkeypatch) -> None:
    """What the database refuses."""

    def twice(model, rows):
        bulk.insert_rows(model, [*rows, *rows] if model is refused else rows)

    monkeypatch.setattr(register_writing, "insert_rows", twice)


def test_nothing_of_a_file_is_kept_when_the_database_refuses_a_part(make, office, monkeypatch):
    make.municipality("Dobra", code="1601012")
    page = bring(
        office, workbook(HEAD, row("1601012", "", "A", "", "Jan Lis", "jan@d.example", "OSP", "OSP"))
    )
    enter_twice(LeaderTerm, monkeypatch)

    refused = page.submit("Apply the file")

    assert "Nothing was changed." in refused.text
    counts = [
        db.session.scalar(select(func.count()).select_from(model))
        for model in (Partnership, LeaderTerm, PartnershipMember)
    ]
    assert counts == [0, 0, 0]
    assert db.session.scalar(select(func.count()).select_from(User).where(User.email == "jan@d.example")) == 0


def test_what_the_database_refuses_puts_nobodys_data_into_the_log(make, office, monkeypatch, caplog):
    make.municipality("Dobra", code="1601012")
    page = bring(
        office, workbook(HEAD, row("1601012", "", "A", "", "Jan Lis", "jan@d.example", "OSP Anna Lis"))
    )

    enter_twice(Organisation, monkeypatch)
    page.submit("Apply the file")

    (record,) = (one for one in caplog.records if one.name == "intake.services")
    written = logging.Formatter().format(record)
    assert "organisation" in written
    assert "Lis" not in written


def test_an_error_of_the_database_never_shows_what_a_statement_was_given(app, make, caplog):
    known = make.user("Anna Lis", email="anna@d.example")
    wrong = ({"id": known.id, "email": "ewa@d.example"}, {"email": known.email}, {"email": None})
    for given in ({"name": "Anna Lis", **one} for one in wrong):
        with pytest.raises(IntegrityError) as refused, db.session.begin_nested():
            db.session.execute(insert(User).values(given))
        logging.getLogger("gromada").error("refused", exc_info=refused.value)

    written = [logging.Formatter().format(one) for one in caplog.records if one.name == "gromada"]
    assert ["INSERT INTO" in one for one in written] == [True] * 3
    assert [word for word in ("Anna", "anna", "ewa", "DETAIL") for one in written if word in one] == []


def test_a_refusal_by_the_database_is_not_told_as_somebody_elses_change(make, office, monkeypatch, caplog):
    make.municipality("Dobra", code="1601012")
    page = bring(office, workbook(HEAD, row("1601012", "", "A")))

    def refuse(*_: object) -> None:
        raise IntegrityError("INSERT", {}, Exception("a rule of the database"))

    monkeypatch.setattr(target_of(RecordKind.REGISTER).__class__, "write", refuse)
    refused = page.submit("Apply the file")

    assert "The database refuses these records" in refused.text
    assert "Somebody changed the records" not in refused.text
    assert [one.message for one in caplog.records if one.name == "intake.services"] == [
        "The database refused file 1: a rule of the database"
    ]
    assert db.session.scalar(select(func.count()).select_from(Partnership)) == 0
