"""Population as a table ``code;population;year``: each line a number of people at the end of a year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.clock import today
from core.i18n import _
from municipalities.errors import UnusableFile, UnusableLine
from municipalities.official_file import PARTS
from municipalities.text_file import Line, csv_lines, refuse_what_is_no_text

COLUMNS = ("CODE", "POPULATION", "YEAR")
LARGEST_CITY = 10_000_000
"""More people than this is a slip of the pen, or a whole country."""

FIRST_YEAR = 1999


@dataclass(frozen=True)
class PopulationLine:
    number: int
    code: str
    population: int
    year: int

    @property
    def six_digits(self) -> str:
        """The type may have changed between the register and these figures."""
        return self.code[:6]


def read_population_file(content: bytes) -> list[PopulationLine]:
    """Lines about municipalities. Statistics Poland adds sums of counties and halves of municipalities: left out."""
    refuse_what_is_no_text(content)
    found = list(_lines(content))
    if not found:
        raise UnusableFile(_("The file holds no municipality."))
    return found


def _lines(content: bytes) -> Iterator[PopulationLine]:
    seen: set[tuple[str, int]] = set()
    for line in csv_lines(content, COLUMNS):
        code = _code(line)
        if _is_other_unit(code):
            continue
        read = PopulationLine(line.number, code, _population(line), _year(line))
        if (read.six_digits, read.year) in seen:
            problem = _("The code %(code)s is there twice for %(year)s.", code=code, year=read.year)
            raise UnusableLine(line.number, problem)
        seen.add((read.six_digits, read.year))
        yield read


def _is_other_unit(code: str) -> bool:
    """The country, a voivodeship, a county, or a part of a municipality."""
    return code[4:6] == "00" or code[6:] in PARTS


def _code(line: Line) -> str:
    code = line.values["CODE"]
    if not re.fullmatch(r"[0-9]{6,7}", code):
        problem = _("The code is “%(value)s”, not six or seven digits.", value=code[:40])
        raise UnusableLine(line.number, problem)
    return code


def _population(line: Line) -> int:
    written = line.values["POPULATION"]
    digits = re.sub(r"\s", "", written)
    if not re.fullmatch(r"[0-9]{1,9}", digits) or int(digits) > LARGEST_CITY:
        problem = _("The population is “%(value)s”, not a whole number of people.", value=written[:40])
        raise UnusableLine(line.number, problem)
    return int(digits)


def _year(line: Line) -> int:
    written = line.values["YEAR"]
    if not re.fullmatch(r"[0-9]{4}", written) or not FIRST_YEAR <= int(written) <= today().year:
        problem = _("The year is “%(value)s”, not a year that has begun.", value=written[:40])
        raise UnusableLine(line.number, problem)
    return int(written)
