"""A module that grows past reading in a sitting becomes a folder, or says why it does not."""

from config import ROOT

LONGEST = 400
LONGER_FOR_A_REASON: dict[str, str] = {}
"""Path and reason. None so far."""


def test_no_module_is_too_long_to_read():
    long = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        if not {".venv", ".cache", "node_modules", "var", "versions"} & set(path.relative_to(ROOT).parts)
        if len(path.read_text().splitlines()) > LONGEST
    }

    assert long == set(LONGER_FOR_A_REASON)
