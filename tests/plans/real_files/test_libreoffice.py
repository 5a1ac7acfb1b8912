"""Files of other programs, opened and saved once more by LibreOffice."""

from pathlib import Path

import pytest

from plans.content import fingerprint
from plans.definitions import PlanContent
from plans.workbooks.merge import merge_reading
from tests.plans.filled_plans import EXPECTED_GENERAL, GENERAL_CONTENT, edited, read, written
from tests.plans.real_files.parts import written_by
from tests.plans.real_files.people import ARRANGEMENTS, WAYS
from tests.plans.real_files.programs import excel, google, with_dates_from_1904, with_rich_strings
from tests.support.spreadsheets import all_saved_by_libreoffice


def files() -> dict[str, bytes]:
    data = written()
    by_programs = {
        change.__name__: written_by(data, change)
        for change in (excel, google, with_dates_from_1904, with_rich_strings)
    }
    by_people = {
        "numbers": written_by(data, WAYS["no-break spaces between thousands"], WAYS["days in words"]),
        "tabs": edited(data, ARRANGEMENTS["tabs renamed"]),
        "columns": edited(data, ARRANGEMENTS["columns from last to first"]),
        "protected": edited(data, ARRANGEMENTS["sheets protected"]),
    }
    return by_programs | by_people


@pytest.mark.timeout(150)
def test_what_libreoffice_makes_of_the_files_of_others_is_the_same_plan(tmp_path: Path):
    paths = []
    for name, data in files().items():
        paths.append(tmp_path / f"{name}.xlsx")
        paths[-1].write_bytes(data)

    saved = all_saved_by_libreoffice(paths, tmp_path) or pytest.skip(
        "LibreOffice is not installed: apt-get install libreoffice-calc"
    )

    said = {}
    for path, data in zip(paths, saved, strict=True):
        reading = read(data, EXPECTED_GENERAL)
        same = fingerprint(merge_reading(PlanContent(), reading)) == fingerprint(GENERAL_CONTENT)
        said[path.stem] = (same, reading.findings)
    assert said == {path.stem: (True, ()) for path in paths}
