"""What the head of a register's sheet says, for whoever writes the sheet."""

import re
from dataclasses import dataclass
from typing import Any

from core.workbooks.kinds import Kind

MAX_ROWS = 10_000
LONGEST_SHEET_NAME = 31

_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


@dataclass(frozen=True)
class Heading:
    label: str
    help: str
    kind: Kind[Any]
    required: bool


def sheet_name(name: str) -> str:
    """What Excel takes as the name of a tab."""
    return _NOT_IN_SHEET_NAMES.sub(" ", name).strip(" '")[:LONGEST_SHEET_NAME] or "1"


def quoted(name: str) -> str:
    """A sheet's name as formulas write it."""
    return "'" + name.replace("'", "''") + "'"
