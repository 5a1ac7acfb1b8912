"""A second installation beside the test's own: archives are read into it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from core.database import db
from tests.support.applications import app_on, make_config
from tests.support.databases import Databases


@pytest.fixture
def elsewhere(databases: Databases, run_folder: Path) -> Iterator[Flask]:
    """Another installation, prepared and empty."""
    name = f"elsewhere_{run_folder.name}"
    with app_on(make_config(run_folder / "elsewhere", databases.copy(name))) as other:
        db.session.rollback()
        yield other
        db.session.remove()
    databases.drop(name)
