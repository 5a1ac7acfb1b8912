"""Municipalities as a person types them into a form: a code, a name, or code and name of one that begins."""

import re
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core.database import db
from core.text import clean, fold
from municipalities.change_errors import NoSuchUnit, NotANewUnit, SeveralSuchUnits
from municipalities.models import Municipality, MunicipalityChangeUnit
from municipalities.queries import municipalities, municipality_by_code
from municipalities.services.changing import Part

OFFERED = 4
"""Of several that a name may mean."""


def lines_of(text: str | None) -> list[str]:
    return [clean(line) for line in (text or "").splitlines() if clean(line)]


def known_unit(typed: str, *, field: str) -> Municipality:
    """By its code, with or without the name behind it; by the name where only one is called so."""
    code = re.match(r"([0-9]{6,7})(?![0-9])", typed)
    if code is not None:
        found = municipality_by_code(code[1])
        if found is None:
            raise NoSuchUnit(typed, field)
        return found
    named = db.session.scalars(
        municipalities(text=typed).order_by(Municipality.sort_key, Municipality.code).limit(50)
    ).all()
    same = [one for one in named if fold(one.name) == fold(typed)]
    if not same:
        raise NoSuchUnit(typed, field)
    if len(same) > 1:
        raise SeveralSuchUnits(typed, [f"{one.code} {one.label}" for one in same[:OFFERED]], field)
    return same[0]


def new_unit(typed: str, *, field: str) -> Part:
    found = re.fullmatch(r"([0-9]{6}[123])[ ;,–-]+(\S.*)", typed)
    if found is None or len(found[2]) > 120:
        raise NotANewUnit(typed, field)
    return Part(new_code=found[1], new_name=found[2])


def known_or_new(typed: str, sources: Sequence[Municipality], *, field: str) -> Part:
    """Code and name where nobody has the code, or only one that ends: a new one; anything else is a known one."""
    found = re.fullmatch(r"([0-9]{7})[ ;,–-]+(\S.*)", typed)
    if found is not None:
        holder = municipality_by_code(found[1])
        same_name = holder is not None and fold(holder.name) == fold(found[2])
        if holder is None or holder.valid_to is not None or (holder in sources and not same_name):
            return new_unit(typed, field=field)
    return Part(known_unit(typed, field=field))


def as_typed(unit: MunicipalityChangeUnit) -> str:
    if unit.municipality is not None:
        return f"{unit.municipality.code} {unit.municipality.name}"
    return f"{unit.new_code} {unit.new_name}"


def neighbours(municipality: Municipality) -> Sequence[Municipality]:
    """Those of its county that exist: who mostly gets the land."""
    return db.session.scalars(
        select(Municipality)
        .where(
            Municipality.county_id == municipality.county_id,
            Municipality.valid_to.is_(None),
            Municipality.id != municipality.id,
        )
        .options(joinedload(Municipality.county, innerjoin=True))
        .order_by(Municipality.sort_key, Municipality.id)
    ).all()
