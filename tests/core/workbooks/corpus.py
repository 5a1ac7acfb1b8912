"""All hostile and odd files, each with what must come of it."""

from tests.core.workbooks import (
    hostile_cells,
    hostile_files,
    hostile_markup,
    hostile_packages,
    hostile_zips,
    odd_cells,
    odd_packages,
)
from tests.core.workbooks.cases import Accepted, Refused

ACCEPTED: tuple[Accepted, ...] = odd_cells.CASES + odd_packages.CASES
REFUSED: tuple[Refused, ...] = (
    hostile_files.CASES
    + hostile_zips.CASES
    + hostile_markup.CASES
    + hostile_packages.CASES
    + hostile_cells.CASES
)
