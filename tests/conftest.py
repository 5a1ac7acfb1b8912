"""What every test may ask for. Each starts from its own copy of one migrated database; the network is closed."""

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from flask_sqlalchemy.session import Session
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from config import Config
from core.database import db
from core.i18n import in_language
from tests.support import postgres
from tests.support.clients import OutsideClient
from tests.support.clocks import Clock
from tests.support.databases import Databases, PostgresDatabases, SQLiteFiles
from tests.support.figures import say_figures
from tests.support.mailbox import Mailbox, running_mailbox
from tests.support.network import close_network
from tests.support.postgres import PostgresServer
from tests.support.queries import Queries
from tests.support.queries import count_queries as counting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from core.mail import OutboxMail
    from tests.make import Make
    from tests.support.browsers import Tabs
    from tests.support.servers import LiveServer
    from tests.visit import Visits

KIND = os.environ.get("GROMADA_TEST_DATABASE", "sqlite")
RUN_FOLDER = pytest.StashKey[Path]()
ROOM = 1024**3
SERVER = pytest.StashKey[PostgresServer]()


# --- One run, one folder, one PostgreSQL server; xdist's workers share them ------------------------------


def pytest_configure(config: pytest.Config) -> None:
    if KIND not in ("sqlite", "postgresql"):
        raise pytest.UsageError("GROMADA_TEST_DATABASE is sqlite or postgresql")
    close_network()
    if hasattr(config, "workerinput"):
        config.stash[RUN_FOLDER] = Path(config.workerinput["run_folder"])
        return
    config.stash[RUN_FOLDER] = _new_folder()
    if KIND == "postgresql":
        config.stash[SERVER] = _start_postgres(config.stash[RUN_FOLDER] / "postgres")


def pytest_configure_node(node: Any) -> None:
    node.workerinput["run_folder"] = str(node.config.stash[RUN_FOLDER])


def pytest_unconfigure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput") or RUN_FOLDER not in config.stash:
        return
    if SERVER in config.stash:
        config.stash[SERVER].stop()
    shutil.rmtree(config.stash[RUN_FOLDER], ignore_errors=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    say_figures(terminalreporter)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what meets a database is run: the rest has been run with SQLite and would do the same."""
    if KIND != "postgresql":
        return
    others = [item for item in items if "databases" not in getattr(item, "fixturenames", ())]
    left_out = set(others)
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=others)


def pytest_collection_finish(session: pytest.Session) -> None:
    """As in ``wsgi.py``: what thousands of tests are made of stays to the end, and looking through it for garbage took
    longer, and more unevenly, than many of them."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


def _new_folder() -> Path:
    """In memory where there is room. Open to the account that PostgreSQL runs as when we are root."""
    in_memory = Path("/dev/shm")  # noqa: S108 - a folder of our own with a random name is made in it
    has_room = os.access(in_memory, os.W_OK) and shutil.disk_usage(in_memory).free > ROOM
    folder = Path(tempfile.mkdtemp(prefix="gromada-", dir=in_memory if has_room else None))
    folder.chmod(0o711)
    return folder


def _start_postgres(folder: Path) -> PostgresServer:
    binaries = postgres.find_binaries()
    if binaries is None:
        raise pytest.UsageError("no PostgreSQL programs: script/setup dev installs them")
    folder.mkdir()
    return postgres.start(binaries, folder)


# --- The application and its database --------------------------------------------------------------------


@pytest.fixture(scope="session")
def run_folder(request: pytest.FixtureRequest) -> Path:
    """A folder of this worker, removed with the run."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    folder = request.config.stash[RUN_FOLDER] / worker
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest, run_folder: Path) -> Databases:
    """Databases of this run, by name; names are shared by all workers."""
    from tests.support.applications import make_config, migrate  # late: many tests need no application

    def migrate_at(url: str) -> None:
        migrate(make_config(run_folder / "template", url))

    folder = request.config.stash[RUN_FOLDER]
    if KIND == "postgresql":
        return PostgresDatabases(PostgresServer(folder / "postgres"), migrate_at)
    return SQLiteFiles(folder, migrate_at)


@pytest.fixture(scope="session")
def worker_app(databases: Databases, run_folder: Path) -> Flask:
    """Made once in each worker, as it takes longer than most tests. Tests ask for ``app``."""
    from tests.support.applications import make_app, make_config

    url = databases.copy(f"test_{run_folder.name}")
    return make_app(make_config(run_folder / "data", url))


@pytest.fixture
def app(worker_app: Flask, databases: Databases, run_folder: Path) -> Iterator[Flask]:
    """The application on a fresh database and an empty store, with its context pushed and English spoken."""
    databases.copy(f"test_{run_folder.name}")
    _empty(run_folder / "data" / "files")
    _empty(run_folder / "data" / "results")
    (run_folder / "data" / "erasures.txt").unlink(missing_ok=True)
    with worker_app.app_context(), in_language("en"):
        yield worker_app
        db.session.remove()
        db.engine.dispose()


def _empty(folder: Path) -> None:
    for entry in folder.iterdir() if folder.exists() else ():
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


@pytest.fixture
def config(app: Flask) -> Config:
    settings: Config = app.config["GROMADA"]
    return settings


@pytest.fixture
def db_session(app: Flask) -> "scoped_session[Session]":
    return db.session


@pytest.fixture
def client(app: Flask) -> OutsideClient:
    """A bare client, for what a person with a browser would not send. Stories use ``visit``."""
    return OutsideClient(app)


# --- People on the pages ---------------------------------------------------------------------------------


@pytest.fixture
def make(app: Flask) -> "Make":
    """Records: ``make.partnership()``, ``make.office()``. See ``tests/make.py``."""
    from tests.make import Make

    return Make()


@pytest.fixture
def visit(app: Flask) -> "Visits":
    """``visit(as_=leader).open("/plans/1").submit("Approve the plan")``. See ``tests/visit.py``."""
    from tests.visit import Visits

    return Visits(app)


@pytest.fixture
def live_server(app: Flask) -> "Iterator[LiveServer]":
    """The application on a port of this machine, in a process of its own, with the data of this test."""
    from tests.support.servers import running_server

    with running_server(app.config["GROMADA"]) as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """One Chromium for each worker. Without any the test is skipped; where everything must run, it fails."""
    from tests.support.browsers import HOW_TO_GET_ONE, find_browser, running_browser

    executable = find_browser()
    if executable is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(HOW_TO_GET_ONE)
    with running_browser(executable) as started:
        yield started


@pytest.fixture
def tabs(browser: "Browser", live_server: "LiveServer", client: OutsideClient) -> "Iterator[Tabs]":
    """``page = tabs(as_=leader, javascript=False, width=390)``; then ``page.goto("/")`` as Playwright does."""
    from tests.support.browsers import Tabs

    opened = Tabs(browser, live_server, client)
    yield opened
    opened.close()


# --- Time, mail, queries ---------------------------------------------------------------------------------


@pytest.fixture
def clock() -> Iterator[Clock]:
    """Time stands still on a Wednesday in the second year of a programme, 12:00 in Warsaw."""
    clock = Clock(datetime(2026, 4, 15, 10, 0, tzinfo=UTC))
    yield clock
    clock.release()


@pytest.fixture
def count_queries() -> Callable[[], AbstractContextManager[Queries]]:
    """``with count_queries() as queries: ...`` and then ``queries.count``; ``str(queries)`` shows them."""
    return counting


@pytest.fixture
def outbox(app: Flask) -> "Callable[[], Sequence[OutboxMail]]":
    """``outbox()`` gives the mails promised so far, the oldest first."""
    from core.mail import OutboxMail

    def promised() -> Sequence[OutboxMail]:
        db.session.commit()
        return db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()

    return promised


@pytest.fixture(scope="session")
def _mailbox() -> Iterator[Mailbox]:
    with running_mailbox() as mailbox:
        yield mailbox


@pytest.fixture
def smtp_server(_mailbox: Mailbox) -> Mailbox:
    """A real mail server on the loopback address, empty; its ``port`` and the ``mails`` it has received."""
    _mailbox.clear()
    return _mailbox
