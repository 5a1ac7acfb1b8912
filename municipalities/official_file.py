"""The official register of territorial units (TERC) as a file: read whole and checked, or refused with a sentence."""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from core.i18n import _
from core.text import clean
from municipalities.errors import UnusableFile, UnusableLine
from municipalities.models import MunicipalityKind
from municipalities.naming import county_label, unit_label
from municipalities.text_file import Line, csv_lines, refuse_what_is_no_text
from municipalities.xml_file import is_xml, xml_lines

COLUMNS = ("WOJ", "POW", "GMI", "RODZ", "NAZWA", "STAN_NA")
"""The sixth, ``NAZWA_DOD`` or ``NAZDOD``, only says in words what the codes say."""

KINDS = {kind.digit: kind for kind in MunicipalityKind}
PARTS = frozenset("4589")
"""Town and rural part of an urban-rural municipality, districts of Warsaw and of four other cities: no units of ours."""

FIRST_DAY = date(1999, 1, 1)
"""Since when there are voivodeships, counties and municipalities with these codes."""

LONGEST_NAME = 80

Known = TypeVar("Known")


@dataclass(frozen=True)
class OfficialUnit:
    code: str
    name: str
    county_name: str

    @property
    def six_digits(self) -> str:
        return self.code[:6]

    @property
    def county_code(self) -> str:
        return self.code[:4]

    @property
    def voivodeship_code(self) -> str:
        return self.code[:2]

    @property
    def kind(self) -> MunicipalityKind:
        return KINDS[self.code[6]]

    @property
    def label(self) -> str:
        return unit_label(self.name, self.kind.label, county_label(self.county_code, self.county_name))


@dataclass
class OfficialRegister:
    """All units of the country as they were on one day."""

    state_on: date
    voivodeships: dict[str, str] = field(default_factory=dict)
    counties: dict[str, str] = field(default_factory=dict)
    units: dict[str, OfficialUnit] = field(default_factory=dict)
    """By the first six digits, which stay when the type changes."""


def read_official_file(content: bytes) -> OfficialRegister:
    refuse_what_is_no_text(content)
    lines = xml_lines(content, COLUMNS) if is_xml(content) else csv_lines(content, COLUMNS)
    return _register(lines)


def _register(lines: Iterable[Line]) -> OfficialRegister:
    known = [_checked(line) for line in lines]
    if not known:
        raise UnusableFile(_("The file holds no municipality (RODZ 1, 2 or 3)."))
    register = OfficialRegister(_state_on(known[0]))
    for take in (_take_voivodeship, _take_county, _take_unit):
        for line in known:
            take(line, register)
    if not register.units:
        raise UnusableFile(_("The file holds no municipality (RODZ 1, 2 or 3)."))
    return register


def _checked(line: Line) -> Line:
    _check_codes(line)
    _check_name(line)
    _state_on(line)
    return line


def _state_on(line: Line) -> date:
    written = line.values["STAN_NA"]
    try:
        day = date.fromisoformat(written) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written) else None
    except ValueError:
        day = None
    if day is None or day < FIRST_DAY:
        problem = _("STAN_NA is %(value)s, not a day such as 2026-01-01.", value=_quoted(written))
        raise UnusableLine(line.number, problem)
    return day


def _take_voivodeship(line: Line, register: OfficialRegister) -> None:
    if _state_on(line) != register.state_on:
        raise UnusableLine(
            line.number, _("Another STAN_NA than in the lines above. Are these two files in one?")
        )
    if not line.values["POW"]:
        _add(register.voivodeships, _code(line, 1), _name(line).lower(), line)


def _take_county(line: Line, register: OfficialRegister) -> None:
    if line.values["POW"] and not line.values["GMI"]:
        _require(register.voivodeships, _code(line, 1), line)
        _add(register.counties, _code(line, 2), _name(line), line)


def _take_unit(line: Line, register: OfficialRegister) -> None:
    if line.values["RODZ"] in KINDS:
        _require(register.counties, _code(line, 2), line)
        unit = OfficialUnit(_code(line, 4), _name(line), register.counties[_code(line, 2)])
        _add(register.units, unit.six_digits, unit, line)


def _code(line: Line, parts: int) -> str:
    return "".join(line.values[column] for column in COLUMNS[:parts])


def _check_codes(line: Line) -> None:
    for column in ("WOJ", "POW", "GMI"):
        value = line.values[column]
        if not re.fullmatch(r"[0-9]{2}", value) and (value or column == "WOJ"):
            problem = _(
                "%(column)s is %(value)s, not two digits. A spreadsheet may have taken the zeros away: take the "
                "file as it was published.",
                column=column,
                value=_quoted(value),
            )
            raise UnusableLine(line.number, problem)
    county, unit, kind = (line.values[column] for column in COLUMNS[1:4])
    if (unit and not county) or bool(unit) != bool(kind):
        raise UnusableLine(line.number, _("POW, GMI and RODZ do not go together: one of them is missing."))
    if kind and kind not in KINDS and kind not in PARTS:
        raise UnusableLine(
            line.number, _("RODZ is %(value)s. Known are 1 to 5, 8 and 9.", value=_quoted(kind))
        )


def _name(line: Line) -> str:
    return clean(line.values["NAZWA"])


def _check_name(line: Line) -> None:
    name = _name(line)
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise UnusableLine(line.number, _("NAZWA is %(value)s, which is no name.", value=_quoted(name)))


def _require(known: Container[str], code: str, line: Line) -> None:
    if code not in known:
        problem = _("The unit above it, %(code)s, is not in the file. The file is not whole.", code=code)
        raise UnusableLine(line.number, problem)


def _add(known: dict[str, Known], code: str, unit: Known, line: Line) -> None:
    if code in known:
        raise UnusableLine(line.number, _("The code %(code)s is there twice.", code=code))
    known[code] = unit


def _quoted(value: str) -> str:
    return f"“{value[:40]}”"
