"""Every plan of the demonstration comes back from a spreadsheet program as it went out.

``GROMADA_EVERY_PLAN=1`` sends all of them through LibreOffice; by itself a share of them goes, of every kind and status.
"""

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from core.database import db
from plans.content import difference
from plans.downloads import plan_workbook
from plans.findings import FindingCode
from plans.models import PlanVersion
from plans.services.uploads import SentFile, expected_of, read_upload
from plans.templates import definition_of
from plans.workbooks.merge import merge_reading
from plans.workbooks.reading import PlanReading

SOFFICE = shutil.which("soffice")
EVERY = os.environ.get("GROMADA_EVERY_PLAN") == "1"
SHARE = 12
"""Every twelfth, where not all are asked for."""


def plans() -> Iterable[PlanVersion]:
    """The latest version of each plan."""
    return db.session.scalars(
        select(PlanVersion).where(PlanVersion.is_current).order_by(PlanVersion.id)
    ).unique()


def some_plans() -> Iterator[PlanVersion]:
    """A share of them, and at least one of each kind and status."""
    seen = set()
    for number, version in enumerate(plans()):
        what = (version.plan.kind, version.status)
        if EVERY or number % SHARE == 0 or what not in seen:
            seen.add(what)
            yield version


def changes(version: PlanVersion, data: bytes) -> str:
    """What an upload of this file would do; empty: nothing."""
    outcome = read_upload(SentFile("plan.xlsx", data), expected_of(version))
    if not isinstance(outcome, PlanReading):
        return outcome.sentence
    content = merge_reading(version.rows, outcome)
    found = difference(version.rows, content, definition_of(version))
    findings = [
        one for one in outcome.findings if one.code is not FindingCode.REQUIRED
    ]  # many are half written
    return "" if found.is_empty and not findings else f"{found} {findings}"


@pytest.mark.timeout(600)
def test_through_openpyxl_nothing_changes(demo):
    faults = {}
    for version in plans():
        workbook, out = load_workbook(BytesIO(_download(version, full=version.id % 2 == 0))), BytesIO()
        workbook.save(out)
        if said := changes(version, out.getvalue()):
            faults[version.id] = said

    assert faults == {}


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed: apt-get install libreoffice-calc")
@pytest.mark.timeout(900)
def test_through_libreoffice_nothing_changes(demo, tmp_path):
    versions = {str(version.id): version for version in some_plans()}
    folder, saved = tmp_path / "sent", tmp_path / "saved"
    folder.mkdir()
    for name, version in versions.items():
        (folder / f"{name}.xlsx").write_bytes(_download(version, full=version.id % 2 == 0))

    convert(sorted(folder.iterdir()), saved, profile=tmp_path / "profile")

    faults = {
        name: said
        for name, version in versions.items()
        if (said := changes(version, (saved / f"{name}.xlsx").read_bytes()))
    }
    assert faults == {}
    assert len({(version.plan.kind, version.status) for version in versions.values()}) > 5


def convert(files: list[Path], to: Path, *, profile: Path) -> None:
    """Opened and saved again, in one go: it takes seconds to start."""
    command = [
        str(SOFFICE), f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
        "--outdir", str(to), *map(str, files),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=800)


def _download(version: PlanVersion, *, full: bool) -> bytes:
    return plan_workbook(version, language="pl", short=not full).data
