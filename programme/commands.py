"""Preparing the database of an installation: a copy first, then the migrations, then the programme's own row."""

import sqlite3
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from config import Config
from core import clock
from core.database import db
from programme.services import ensure_programme

commands = AppGroup("database", help="The database of this installation.")


@commands.command("prepare")
def prepare() -> None:
    """Bring the database to the newest version; an SQLite file is copied before it is changed."""
    from flask_migrate import upgrade  # with everything below it large, and of no use to a page

    config: Config = current_app.config["GROMADA"]
    present, newest = _revisions()
    if present != newest:
        copy = _copy_of_file() if present else None
        if copy:
            click.echo(f"The database was copied to {copy.name} before the upgrade.")
        upgrade()
    programme = ensure_programme(config.profile, is_demo=False)
    db.session.commit()
    click.echo(f"The database is ready for: {programme.name}")


def _revisions() -> tuple[str | None, str | None]:
    """The one the database has (None: it is new) and the newest there is."""
    from alembic.runtime.migration import MigrationContext  # as above
    from alembic.script import ScriptDirectory

    newest = ScriptDirectory(current_app.extensions["migrate"].directory).get_current_head()
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision(), newest


def _copy_of_file() -> Path | None:
    """A copy through SQLite's own backup: copying the file itself while somebody writes would give a broken one."""
    name = db.engine.url.database
    if db.engine.dialect.name != "sqlite" or not name:
        return None
    db.engine.dispose()
    copy = Path(name).with_name(f"{Path(name).stem}-before-{clock.now():%Y%m%dT%H%M%S}.sqlite3")
    source, target = sqlite3.connect(name), sqlite3.connect(copy)
    with target:
        source.backup(target)
    source.close()
    target.close()
    return copy
