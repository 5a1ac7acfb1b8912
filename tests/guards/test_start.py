"""What the application loads before anybody has asked it for anything."""

import json
import os
import subprocess
import sys
from pathlib import Path

from config import ROOT

LARGE = (
    "alembic",
    "apscheduler",
    "docx",
    "holidays",
    "icalendar",
    "lxml",
    "mako",
    "openpyxl",
    "PIL",
    "pygments",
    "typst",
)
"""Each takes milliseconds of every start and megabytes of every worker, and most pages have no use for it."""

STATED = f"""
import json, sys, wsgi
from core.database import db
with wsgi.app.app_context():
    connections = db.engine.pool.checkedin() + db.engine.pool.checkedout()
print(json.dumps([[name for name in {LARGE} if name in sys.modules], connections]))
"""


def test_nothing_large_is_loaded_at_the_start_and_no_connection_opened(tmp_path: Path):
    """Workers are forked from a process that has loaded the application: a connection must not come along."""
    environment = {**os.environ, "GROMADA_MODE": "demo", "DATA_DIR": str(tmp_path)}
    environment.pop("DATABASE_URL", None)

    said = subprocess.run(
        (sys.executable, "-c", STATED), cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )

    assert json.loads(said.stdout) == [[], 0]
