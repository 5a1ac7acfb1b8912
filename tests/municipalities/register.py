"""Register files of the official shape: a handful of real units for the rules, and a made-up country of full size.

The full one has the shape of 2020: 16 voivodeships, 380 counties, 2,477 municipalities, of them 143 pairs of a town and
the country around it under one name in one county, with the parts and districts that are no municipalities.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count, product
from xml.sax.saxutils import escape

from accounts.models import User
from core.database import db
from municipalities.changes import Decisions
from municipalities.models import Municipality, RegisterImport
from municipalities.official_file import OfficialRegister, read_official_file
from municipalities.queries import municipality_by_code
from municipalities.services.changing import apply_those_that_touch_nothing
from municipalities.services.register import Taken, apply_import, plan_import

FILE_HASH = "0" * 64
HEADER = "WOJ;POW;GMI;RODZ;NAZWA;NAZWA_DOD;STAN_NA"
KIND_WORDS = {"1": "gmina miejska", "2": "gmina wiejska", "3": "gmina miejsko-wiejska"}
PART_WORDS = {"4": "miasto", "5": "obszar wiejski", "8": "dzielnica", "9": "delegatura"}


@dataclass(frozen=True)
class Unit:
    code: str
    name: str


@dataclass(frozen=True)
class RegisterFile:
    """What an official file says; each change gives another one."""

    state_on: date
    voivodeships: dict[str, str]
    counties: dict[str, str]
    units: dict[str, Unit]
    parts: list[Unit] = field(default_factory=list)

    def on(self, state_on: date) -> "RegisterFile":
        return replace(self, state_on=state_on)

    def without(self, *codes: str) -> "RegisterFile":
        return replace(self, units={code: unit for code, unit in self.units.items() if code not in codes})

    def having(self, code: str, name: str) -> "RegisterFile":
        return replace(self, units={**self.units, code: Unit(code, name)})

    def having_county(self, code: str, name: str) -> "RegisterFile":
        return replace(self, counties={**self.counties, code: name})

    def renamed(self, code: str, name: str) -> "RegisterFile":
        return self.having(code, name)

    def recoded(self, old: str, new: str) -> "RegisterFile":
        """The same unit under another code: of another type, or in another county."""
        return self.without(old).having(new, self.units[old].name)

    # --- as a file ---

    def rows(self) -> Iterator[tuple[str, str, str, str, str, str, str]]:
        """As published: each unit after the one it lies in."""
        state_on = self.state_on.isoformat()
        areas = {code: (name.upper(), "województwo") for code, name in self.voivodeships.items()}
        areas |= {code: (name, "powiat") for code, name in self.counties.items()}
        areas |= {code: (unit.name, KIND_WORDS[code[6]]) for code, unit in self.units.items()}
        areas |= {part.code: (part.name, PART_WORDS[part.code[6]]) for part in self.parts}
        for code in sorted(areas):
            name, word = areas[code]
            yield code[:2], code[2:4], code[4:6], code[6:], name, word, state_on

    def csv(self, *, header: str = HEADER, newline: str = "\r\n") -> bytes:
        lines = [header, *(";".join(row) for row in self.rows()), ""]
        return newline.join(lines).encode()

    def xml(self, *, named_columns: bool = False, sixth: str = "NAZWA_DOD") -> bytes:
        """Today's XML, or with ``named_columns`` the one before 2016."""
        columns = HEADER.replace("NAZWA_DOD", sixth).split(";")
        rows = "".join(
            "    <row>\n"
            + "".join(
                f'      <col name="{column}">{escape(value)}</col>\n'
                if named_columns
                else f"      <{column}>{escape(value)}</{column}>\n"
                for column, value in zip(columns, row, strict=True)
            )
            + "    </row>\n"
            for row in self.rows()
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<teryt>\n'
            f'  <catalog name="TERC" type="all" date="{self.state_on}">\n{rows}  </catalog>\n</teryt>\n'
        ).encode()

    def read(self) -> OfficialRegister:
        return read_official_file(self.csv())


def small_register(state_on: date = date(2018, 1, 1)) -> RegisterFile:
    """Eleven municipalities that stand for the cases."""
    names = {
        "0201011": "Bolesławiec",
        "0201022": "Bolesławiec",
        "0201032": "Gromadka",
        "0201043": "Nowogrodziec",
        "0221091": "Wałbrzych",
        "1061011": "Łódź",
        "1465011": "Warszawa",
        "2461011": "Bielsko-Biała",
        "3203023": "Drawsko Pomorskie",
        "3203052": "Ostrowice",
        "3203063": "Złocieniec",
    }
    return RegisterFile(
        state_on,
        voivodeships={
            "02": "dolnośląskie",
            "10": "łódzkie",
            "14": "mazowieckie",
            "24": "śląskie",
            "32": "zachodniopomorskie",
        },
        counties={
            "0201": "bolesławiecki",
            "0221": "wałbrzyski",
            "1061": "Łódź",
            "1465": "Warszawa",
            "2461": "Bielsko-Biała",
            "3203": "drawski",
        },
        units={code: Unit(code, name) for code, name in names.items()},
        parts=[
            Unit("0201044", "Nowogrodziec"),
            Unit("0201045", "Nowogrodziec"),
            Unit("1061029", "Łódź-Bałuty"),
            Unit("1465028", "Bemowo"),
        ],
    )


# --- In the database ---------------------------------------------------------------------------------------


def take_in(
    file: RegisterFile, *same: tuple[str, str], allow_ending: float = 100, actor: User | None = None
) -> RegisterImport | None:
    """Import it, taking these pairs of codes as one municipality each, and apply all that it proposes."""
    taken = import_only(file, *same, allow_ending=allow_ending, actor=actor)
    apply_those_that_touch_nothing(actor=actor)
    db.session.commit()
    return taken.remembered if taken else None


def import_only(
    file: RegisterFile, *same: tuple[str, str], allow_ending: float = 100, actor: User | None = None
) -> Taken | None:
    changes = plan_import(file.read(), decisions=Decisions(same=frozenset(same)))
    taken = apply_import(changes, file_hash=FILE_HASH, actor=actor, allow_ending=allow_ending)
    db.session.commit()
    return taken


def unit(code: str) -> Municipality:
    """As the database has it now."""
    db.session.expire_all()
    found = municipality_by_code(code)
    assert found is not None, f"no municipality {code}"
    return found


# --- A country of full size --------------------------------------------------------------------------------

VOIVODESHIPS = {
    "02": "dolnośląskie", "04": "kujawsko-pomorskie", "06": "lubelskie", "08": "lubuskie",
    "10": "łódzkie", "12": "małopolskie", "14": "mazowieckie", "16": "opolskie",
    "18": "podkarpackie", "20": "podlaskie", "22": "pomorskie", "24": "śląskie",
    "26": "świętokrzyskie", "28": "warmińsko-mazurskie", "30": "wielkopolskie", "32": "zachodniopomorskie",
}  # fmt: skip
CITIES = 66
COUNTRY_COUNTIES = 314
TWINS = 143
URBAN, RURAL, URBAN_RURAL = 302, 1533, 642


def full_register(state_on: date = date(2020, 1, 1)) -> RegisterFile:
    names = _names()
    counties, cities = _counties(names)
    units = {city + "011": Unit(city + "011", counties[city]) for city in cities}
    country = [code for code in counties if code not in cities]
    numbers = {code: count(1) for code in country}

    def add(position: int, kind: str, name: str) -> None:
        county = country[position % len(country)]
        code = f"{county}{next(numbers[county]):02d}{kind}"
        units[code] = Unit(code, name)

    for position in range(TWINS):
        name = next(names)
        add(position, "1", name)
        add(position, "2", name)
    for position in range(URBAN - CITIES - TWINS):
        add(position, "1", next(names))
    for position in range(RURAL - TWINS):
        add(position, "2", next(names))
    for position in range(URBAN_RURAL):
        add(position, "3", next(names))
    return RegisterFile(state_on, VOIVODESHIPS, counties, units, _parts(units))


def _names() -> Iterator[str]:
    """Names with every Polish letter, never twice."""
    beginnings = (
        "Żar",
        "Łęk",
        "Wól",
        "Brze",
        "Ćmiel",
        "Grą",
        "Śwież",
        "Nowo",
        "Staro",
        "Kozi",
        "Ostr",
        "Dźwier",
        "Trze",
        "Jezio",
        "Chrz",
    )
    middles = ("o", "ów", "in", "ań", "ęż", "ysz", "arz", "uch", "ost", "ień", "ał", "ośl", "icz", "ób", "ąd")
    endings = ("ice", "owo", "ków", "nica", "yna", "zów", "bórz", "pol", "sław", "ec", "iska", "anka", "ór")
    return ("".join(parts) for parts in product(beginnings, middles, endings))


def _counties(names: Iterator[str]) -> tuple[dict[str, str], set[str]]:
    codes = list(VOIVODESHIPS)
    counties, cities = {}, set()
    for position in range(COUNTRY_COUNTIES):
        code = f"{codes[position % 16]}{position // 16 + 1:02d}"
        counties[code] = next(names).lower() + "ski"
    for position in range(CITIES):
        code = f"{codes[position % 16]}{position // 16 + 61:02d}"
        counties[code] = next(names)
        cities.add(code)
    return counties, cities


def _parts(units: dict[str, Unit]) -> list[Unit]:
    """A town and a rural part in every urban-rural municipality; districts in the first city."""
    halves = [
        Unit(code[:6] + kind, unit.name) for code, unit in units.items() if code[6] == "3" for kind in "45"
    ]
    city = min(code for code in units if code[2:4] == "61")
    districts = [Unit(f"{city[:4]}{number:02d}8", f"Dzielnica {number}") for number in range(2, 20)]
    return halves + districts
