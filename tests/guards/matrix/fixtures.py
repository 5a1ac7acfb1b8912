"""``stage``: for whole modules that need a populated world and put back themselves what they change."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.guards.matrix.stage import Stage, set_stage
from tests.support.databases import Databases


@pytest.fixture(scope="module")
def stage(worker_app: Flask, databases: Databases, run_folder: Path) -> Iterator[Stage]:
    """Never together with ``app``: both are the one application of this worker."""
    with set_stage(worker_app, databases, run_folder) as prepared:
        yield prepared
