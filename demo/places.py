"""The municipalities of the demonstration: real ones, from the official register."""

import csv
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from itertools import pairwise

from core.database import db
from demo.chance import Chance
from demo.errors import RegisterLacks
from demo.library import DATA
from municipalities.models import Municipality, MunicipalityKind
from municipalities.official_file import OfficialRegister, OfficialUnit
from municipalities.queries import municipality_by_code, register_is_of
from municipalities.services.register import apply_import, plan_import

FILE = DATA / "municipalities.csv"

STATE_ON = date(2020, 1, 1)
"""The day of the official register the file was taken from. A newer official file can be imported on top."""

ROUND_TRIP = (
    *("dolnośląskie", "lubuskie", "zachodniopomorskie", "pomorskie", "warmińsko-mazurskie", "podlaskie"),
    *("mazowieckie", "kujawsko-pomorskie", "wielkopolskie", "łódzkie", "świętokrzyskie", "lubelskie"),
    *("podkarpackie", "małopolskie", "śląskie", "opolskie"),
)
"""Voivodeships so that neighbours follow one another: an animator's municipalities lie side by side."""


def enter_municipalities() -> list[Municipality]:
    """All of them, region by region. A register that is there already is used, not changed."""
    register = official_register()
    if register_is_of() is None:
        apply_import(plan_import(register), file_hash=sha256(FILE.read_bytes()).hexdigest(), actor=None)
        db.session.flush()
    found = [_in_register(unit) for unit in register.units.values()]
    for one in found:
        _invent_residents(one)
    return sorted(found, key=lambda one: (ROUND_TRIP.index(one.voivodeship.name), one.code))


def _in_register(unit: OfficialUnit) -> Municipality:
    municipality = municipality_by_code(unit.six_digits)
    if municipality is None or municipality.valid_to is not None:
        raise RegisterLacks(unit.name, unit.code)
    return municipality


FIRST_CITY = "61"
"""Cities with the rights of a county stand behind the counties of their voivodeship."""

RESIDENTS = {
    MunicipalityKind.URBAN: (8_000, 90_000),
    MunicipalityKind.RURAL: (2_500, 14_000),
    MunicipalityKind.URBAN_RURAL: (6_000, 32_000),
}
IN_A_CITY = (45_000, 260_000)
"""With the rights of a county."""


def _invent_residents(municipality: Municipality) -> None:
    """A number of the size that goes with its kind, where no file has told one: small ones are more frequent."""
    if municipality.population is not None:
        return
    is_city = municipality.code[2:4] >= FIRST_CITY
    least, most = IN_A_CITY if is_city else RESIDENTS[municipality.kind]
    chance = Chance(municipality.code, "residents")
    municipality.population = (
        least + (most - least) * chance.whole(0, 1000) * chance.whole(0, 1000) // 1_000_000
    )
    municipality.population_year = STATE_ON.year


def official_register() -> OfficialRegister:
    register = OfficialRegister(STATE_ON)
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";", strict=True):
            unit = OfficialUnit(row["code"], row["name"], row["county"])
            register.voivodeships[unit.voivodeship_code] = row["voivodeship"]
            register.counties[unit.county_code] = row["county"]
            register.units[unit.six_digits] = unit
    return register


def in_equal_parts(items: Sequence[Municipality], parts: int) -> list[list[Municipality]]:
    """Neighbours together, no part larger than another by more than one."""
    cuts = [len(items) * part // parts for part in range(parts + 1)]
    return [list(items[start:end]) for start, end in pairwise(cuts)]
