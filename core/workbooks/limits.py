"""How much a workbook may hold: set once, checked before, during and after unpacking."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What a caller may widen stands first; the rest guards memory and time and fits every honest file.

    A million empty but formatted rows, as LibreOffice writes them, are about 130 MB of XML in two million elements:
    such files are honest, so bytes and elements are bounded above that, and values far below.
    """

    file_bytes: int = 5 * MEGABYTE
    rows: int = 2_000
    row_slack: int = 100
    """Rows above the table (titles, help, headers) and blank ones inside it."""
    columns: int = 200
    cells: int = 250_000
    """Cells with a value, in all sheets together."""
    text: int = 10_000_000
    """Characters of all texts together."""

    sheets: int = 64
    shared_strings: int = 300_000
    cell_text: int = 32_767
    defined_names: int = 2_000
    members: int = 1_000
    package_part_bytes: int = 1 * MEGABYTE
    workbook_part_bytes: int = 8 * MEGABYTE
    part_bytes: int = 192 * MEGABYTE
    total_bytes: int = 224 * MEGABYTE
    ratio: int = 200
    ratio_applies_from: int = 4 * MEGABYTE
    depth: int = 100
    elements: int = 2_000_000
    attributes: int = 6_000_000
    names: int = 5_000
    """Different names of elements, attributes and namespaces in one part."""
    token_bytes: int = 1 * MEGABYTE
    """The longest single tag, comment or instruction."""

    @property
    def last_row(self) -> int:
        return self.rows + self.row_slack
