"""A module that grows past reading in a sitting becomes a folder, or says why it does not."""

from config import ROOT

LONGEST = 400
LONGER_FOR_A_REASON = {
    "tests/plans/test_columns.py": "tables of spellings, one part for each kind of column",
    "tests/plans/test_checks.py": "every finding in the order of its list, one part for each group",
    "tests/plans/test_workbook_reading.py": "all the ways people change a workbook, from cells to sheets",
}
"""Path and reason."""


def test_no_module_is_too_long_to_read():
    long = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        if not {".venv", ".cache", "node_modules", "var", "versions"} & set(path.relative_to(ROOT).parts)
        if len(path.read_text().splitlines()) > LONGEST
    }

    assert long == set(LONGER_FOR_A_REASON)
