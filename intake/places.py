"""Which municipality a row means: by its code, or by its name with county and type. Twins are never told apart by luck."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from sqlalchemy import select

from core.database import db
from core.text import fold
from intake.findings import Finding, Severity
from municipalities.models import (
    County,
    Municipality,
    MunicipalityCode,
    MunicipalityKind,
    MunicipalityName,
    Voivodeship,
)
from municipalities.naming import county_label, unit_label
from programme.code_lists import ALIKE, alike, letter_pairs

MOST_SUGGESTED = 100
"""Wrong names in one file for which the nearest is looked for; each means a look at every name of the country."""
MOST_CHOICES = 4

_BEFORE = re.compile(
    r"^(?:gmina i miasto|miasto i gmina|gmina miejsko-wiejska|gmina miejska|gmina wiejska|gmina|gm|miasto|m)\.? "
)
_HINTS = {
    "gmina miejska": MunicipalityKind.URBAN,
    "miasto": MunicipalityKind.URBAN,
    "m": MunicipalityKind.URBAN,
    "gmina wiejska": MunicipalityKind.RURAL,
    "miasto i gmina": MunicipalityKind.URBAN_RURAL,
    "gmina i miasto": MunicipalityKind.URBAN_RURAL,
    "gmina miejsko-wiejska": MunicipalityKind.URBAN_RURAL,
}
_BRACKETS = re.compile(r"\s*\(.*\)$")


class Cells(Protocol):
    """Where in the file the values of a row stand."""

    def get(self, key: str) -> str: ...


class Place(NamedTuple):
    id: int
    code: str
    name: str
    kind: MunicipalityKind
    county: str
    county_code: str
    voivodeship: str

    @property
    def label(self) -> str:
        return f"{self.name} ({self.code})"


@dataclass
class Places:
    """The whole register, read once."""

    by_id: Mapping[int, Place]
    by_code: Mapping[str, Place]
    by_name: Mapping[str, Sequence[Place]]
    old_codes: Mapping[str, int]
    old_names: Mapping[str, set[int]]
    asked: int = 0
    pairs: list[tuple[frozenset[str], str]] = field(default_factory=list)

    @classmethod
    def load(cls) -> "Places":
        rows = db.session.execute(
            select(
                Municipality.id, Municipality.code, Municipality.name, Municipality.kind, County.name, County.code,
                Voivodeship.name,
            )
            .join(County, County.id == Municipality.county_id)
            .join(Voivodeship, Voivodeship.id == Municipality.voivodeship_id)
            .where(Municipality.valid_to.is_(None))
        )  # fmt: skip
        places = list(map(Place._make, rows))
        by_name: dict[str, list[Place]] = {}
        for place in places:
            by_name.setdefault(fold(place.name), []).append(place)
        return cls(
            {place.id: place for place in places},
            {place.code: place for place in places} | {place.code[:6]: place for place in places},
            by_name,
            _old_codes(),
            _old_names(),
        )

    def find(self, values: Mapping[str, Any], cells: Cells) -> tuple[Place | None, list[Finding]]:
        """The municipality of a row, and what is to be said about how it is named."""
        code, name = values.get("code"), values.get("municipality")
        if code:
            place, findings = self._by_code(code, cells.get("code"))
            if place and name and not self._is_called(place, name):
                said = {"place": place.label, "found": name}
                return None, [
                    Finding(
                        "place_differs", column="municipality", cell=cells.get("municipality"), params=said
                    )
                ]
            return place, findings
        if name:
            return self._by_name(name, values, cells.get("municipality"))
        return None, [Finding("no_place", cell=cells.get(""))]

    def _by_code(self, code: str, cell: str | None) -> tuple[Place | None, list[Finding]]:
        place = self.by_code.get(f"0{code}") if len(code) == 6 else None  # a leading zero that was dropped
        place = place or self.by_code.get(code)
        if place:
            return place, []
        said = {"found": code}
        holder = self.old_codes.get(code)
        if holder is None:
            return None, [Finding("unknown_code", column="code", cell=cell, params=said)]
        place = self.by_id.get(holder)
        if place is None:
            return None, [Finding("ended_place", column="code", cell=cell, params=said)]
        return place, [Finding("old_code", Severity.INFO, "code", cell, {"code": place.code})]

    def _is_called(self, place: Place, name: str) -> bool:
        if name == place.name:
            return True
        wanted = _stripped(name)[0]
        return wanted in (fold(place.name), fold(name) and _stripped(place.name)[0]) or (
            place.id in self.old_names.get(wanted, ())
        )

    def _by_name(
        self, name: str, values: Mapping[str, Any], cell: str | None
    ) -> tuple[Place | None, list[Finding]]:
        wanted, hint = _stripped(name)
        called = self.by_name.get(fold(name)) or self.by_name.get(wanted) or []
        found = _narrowed(called, values, hint)
        if len(found) == 1:
            return found[0], []
        if not called or not found:
            return None, [self._unknown(name, called, cell)]
        choices = "; ".join(_choice(place) for place in found[:MOST_CHOICES])
        said = {"count": str(len(found)), "found": name, "choices": choices}
        return None, [Finding("twins", column="municipality", cell=cell, params=said)]

    def _unknown(self, name: str, called: Sequence[Place], cell: str | None) -> Finding:
        """Called so, but elsewhere: where. Else what is nearest."""
        nearest = "; ".join(_choice(place) for place in called[:MOST_CHOICES]) or self._nearest(name)
        return Finding(
            "unknown_place", column="municipality", cell=cell, params={"found": name}, suggestion=nearest
        )

    def _nearest(self, name: str) -> str | None:
        if self.asked >= MOST_SUGGESTED:
            return None
        self.asked += 1
        if not self.pairs:
            self.pairs = [(letter_pairs(known), known) for known in self.by_name]
        typed = letter_pairs(_stripped(name)[0])
        likeness, known = max(
            ((alike(typed, pairs), known) for pairs, known in self.pairs), default=(0.0, "")
        )
        return _choice(self.by_name[known][0]) if likeness >= ALIKE else None


def _choice(place: Place) -> str:
    county = county_label(place.county_code, place.county)
    return f"{unit_label(place.name, place.kind.label, county)}: {place.code}"


def _stripped(name: str) -> tuple[str, MunicipalityKind | None]:
    """``Gmina Dobra (wiejska)`` -> ``dobra``; what stands before may tell the type."""
    plain = _BRACKETS.sub("", fold(name))
    before = _BEFORE.match(plain)
    if before is None:
        return plain, None
    return plain[before.end() :].strip(), _HINTS.get(before.group().strip(" ."))


def _narrowed(
    places: Sequence[Place], values: Mapping[str, Any], hint: MunicipalityKind | None
) -> Sequence[Place]:
    county, voivodeship, kind = values.get("county"), values.get("voivodeship"), values.get("kind")
    if county:
        wanted = area(county)
        places = [place for place in places if area(place.county) == wanted]
    if voivodeship:
        wanted = area(voivodeship)
        places = [place for place in places if area(place.voivodeship) == wanted]
    if kind:
        return [place for place in places if place.kind is kind]
    if hint and len(places) > 1:
        return [place for place in places if place.kind is hint] or places
    return places


def area(name: str) -> str:
    """``powiat opolski`` and ``Opolski`` are one county."""
    return re.sub(r"^(?:powiat|pow|wojewodztwo|woj|m)\.? ", "", fold(name)).strip()


def _old_codes() -> dict[str, int]:
    rows = db.session.execute(
        select(MunicipalityCode.code, MunicipalityCode.municipality_id)
        .join(Municipality, Municipality.id == MunicipalityCode.municipality_id)
        .where((MunicipalityCode.valid_to.is_not(None)) | (Municipality.valid_to.is_not(None)))
        .order_by(MunicipalityCode.valid_to, MunicipalityCode.id)
    )
    return {code: holder for whole, holder in rows for code in (whole, whole[:6])}


def _old_names() -> dict[str, set[int]]:
    rows = db.session.execute(
        select(MunicipalityName.name, MunicipalityName.municipality_id).where(
            MunicipalityName.valid_to.is_not(None)
        )
    )
    known: dict[str, set[int]] = {}
    for name, holder in rows:
        known.setdefault(fold(name), set()).add(holder)
    return known
