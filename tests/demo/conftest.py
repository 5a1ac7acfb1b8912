"""One loaded demonstration for the whole run: loading takes seconds. Tests only read it, or sign in to it."""

import fcntl
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from core.database import db, writing
from core.i18n import in_language
from tests.support.applications import app_on, make_app, make_config
from tests.support.databases import Databases
from tests.visit import Visits


@pytest.fixture(scope="session")
def demo_app(databases: Databases, run_folder: Path) -> Iterator[Flask]:
    """The first worker that asks loads it; the others of this run open the same one."""
    folder = run_folder.parent / "demo"
    folder.mkdir(exist_ok=True)
    address = folder / "address"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not address.exists():
            url = databases.copy("demo")
            load(folder, url)
            address.write_text(url)
    app = make_app(make_config(folder, address.read_text()))
    yield app
    with app.app_context():
        db.engine.dispose()


def load(folder: Path, url: str) -> None:
    with app_on(make_config(folder, url)) as app, in_language("en"):
        result = app.test_cli_runner().invoke(args=["demo", "load"])
        assert result.exit_code == 0, result.output


@pytest.fixture
def demo(demo_app: Flask) -> Iterator[Flask]:
    """Only read: both workers have the same database, and on SQLite who may write keeps the other from signing in."""
    with demo_app.app_context(), in_language("en"), writing(False):
        yield demo_app
        db.session.remove()


@pytest.fixture
def visit_demo(demo: Flask) -> Visits:
    return Visits(demo)
