"""Preparing a database: a new one, an older one, one that is up to date."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import downgrade

from core.database import db
from tests.support.applications import make_app, make_config


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Flask]:
    """An application of its own on a file that is not there yet."""
    app = make_app(make_config(tmp_path, f"sqlite:///{tmp_path}/plans.sqlite3"))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def prepare(app: Flask) -> str:
    result = app.test_cli_runner().invoke(args=["database", "prepare"])
    assert result.exit_code == 0, result.output
    return str(result.output)


def revision(file: Path) -> str:
    with sqlite3.connect(file) as connection:
        (number,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    connection.close()
    return str(number)


def copies(folder: Path) -> list[Path]:
    return sorted(folder.glob("*-before-*.sqlite3"))


def test_a_new_database_is_made_without_a_copy_of_nothing(installation, tmp_path):
    said = prepare(installation)

    assert "Gminne partnerstwa" in said
    assert copies(tmp_path) == []


def test_an_older_database_is_copied_before_it_is_upgraded(installation, tmp_path):
    prepare(installation)
    newest = revision(tmp_path / "plans.sqlite3")
    with installation.app_context():
        downgrade(revision="0002")
        db.engine.dispose()

    said = prepare(installation)

    (copy,) = copies(tmp_path)
    assert copy.name in said
    assert (revision(copy), revision(tmp_path / "plans.sqlite3")) == ("0002", newest)


def test_preparing_again_changes_nothing(installation, tmp_path):
    first = prepare(installation)

    assert prepare(installation) == first
    assert copies(tmp_path) == []
