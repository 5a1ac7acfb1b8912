"""Loading: refused where anything real could be, whole or not at all, and once."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from accounts.models import User
from config import Mode
from core.database import db
from demo.errors import NotInProduction, NotPrepared, RealData
from demo.loading import load_demo
from municipalities.official_file import read_official_file
from municipalities.services.register import apply_import, plan_import
from programme.models import Programme
from tests.municipalities.register import small_register


@pytest.fixture
def run(app):
    """``run("load")`` as the command line does it."""
    return lambda *arguments: app.test_cli_runner().invoke(args=["demo", *arguments])


def people() -> int:
    return db.session.scalar(select(func.count()).select_from(User)) or 0


def test_where_somebody_is_nothing_is_loaded(run, make):
    make.admin("Real Person")

    result = run("load")

    assert (result.exit_code, people()) == (1, 1)
    assert "holds people or partnerships already" in result.output
    assert not make.programme.is_demo


def test_where_a_partnership_is_nothing_is_loaded(config, make):
    make.partnership(led=False, advised=False)

    with pytest.raises(RealData):
        load_demo(config)


def test_at_every_start_it_is_no_fault_that_there_is_data(run, make):
    make.admin("Real Person")

    result = run("load", "--if-empty")

    assert (result.exit_code, people()) == (0, 1)
    assert result.output == "The database holds data already: no demonstration was loaded.\n"


def test_an_installation_for_real_work_takes_no_demonstration(config):
    with pytest.raises(NotInProduction):
        load_demo(replace(config, mode=Mode.PRODUCTION))


def test_a_database_that_was_not_prepared_is_told_how(config):
    db.session.delete(db.session.scalars(select(Programme)).one())
    db.session.flush()

    with pytest.raises(NotPrepared, match="flask database prepare"):
        load_demo(config)


def test_what_fails_half_way_leaves_nothing_behind(run, make):
    """A register that is there already is used as it is; this one knows other places."""
    apply_import(plan_import(read_official_file(small_register().csv())), file_hash="0" * 64, actor=None)
    db.session.commit()

    result = run("load")

    assert (result.exit_code, people()) == (1, 0)
    assert "Podgórzyn (0206082)" in result.output
    assert not make.programme.is_demo


def test_sign_ins_are_named_with_their_password(run):
    assert run("sign-ins").output.split() == [
        *("leader@gromada.example", "Leader"),
        *("beginner@gromada.example", "Leader", "at", "the", "beginning"),
        *("deputy@gromada.example", "Deputy", "leader"),
        *("animator@gromada.example", "Animator"),
        *("office@gromada.example", "Programme", "office"),
        *("admin@gromada.example", "Administrator"),
        *("Password:", "gromada-demo-2026"),
    ]


def test_a_second_load_changes_nothing(demo):
    before = people()

    result = demo.test_cli_runner().invoke(args=["demo", "load"])

    assert (result.exit_code, result.output) == (0, "The demonstration is loaded already.\n")
    assert people() == before == 177
