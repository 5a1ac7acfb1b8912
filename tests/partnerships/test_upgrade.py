"""What was entered before is found after the upgrade as well."""

from collections.abc import Iterator
from typing import Any

import pytest
from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import text

from core.database import db
from tests.support.applications import app_on, make_config
from tests.support.databases import Databases


@pytest.fixture
def alembic(databases: Databases, run_folder: Any) -> Iterator[AlembicConfig]:
    """Alembic on an empty database."""
    name = f"upgrade_{run_folder.name}"
    with app_on(make_config(run_folder / "upgrade", databases.empty(name))) as app:
        yield app.extensions["migrate"].migrate.get_config()
    databases.drop(name)


def test_organisations_entered_before_are_found_without_case_and_accents(alembic):
    command.upgrade(alembic, "0006")
    with db.engine.begin() as connection:
        for statement in BEFORE.split(";"):
            connection.execute(text(statement))

    command.upgrade(alembic, "0007")

    with db.engine.connect() as connection:
        assert connection.scalar(text("SELECT search_text FROM organisation")) == "fundacja laka i zrodlo"

    command.downgrade(alembic, "0006")
    with db.engine.connect() as connection:
        assert connection.scalar(text("SELECT name FROM organisation")) == "Fundacja Łąka i Źródło"


BEFORE = """
INSERT INTO voivodeship (id, code, name, sort_key) VALUES (1, '16', 'opolskie', 'o');
INSERT INTO county (id, code, name, sort_key, voivodeship_id) VALUES (1, '1601', 'brzeski', 'b', 1);
INSERT INTO municipality
  (id, name, kind, code, slug, county_id, voivodeship_id, search_text, sort_key, created_at, updated_at)
  VALUES (1, 'Brzeg', 'urban', '1601011', 'brzeg', 1, 1, 'brzeg', 'b', '2026-01-01 10:00:00', '2026-01-01 10:00:00');
INSERT INTO organisation (id, name, org_type, municipality_id, created_at, updated_at)
  VALUES (1, 'Fundacja Łąka i Źródło', 'foundation', 1, '2026-01-01 10:00:00', '2026-01-01 10:00:00')
"""
