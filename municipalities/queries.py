"""Asking the register."""

import re
from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from core.database import db
from core.text import slug
from municipalities.models import (
    County,
    ImportKind,
    Mayor,
    Municipality,
    MunicipalityCode,
    MunicipalityKind,
    MunicipalityName,
    RegisterImport,
    Voivodeship,
)
from municipalities.search import matching

IN_ORDER = (Municipality.sort_key, County.sort_key, Municipality.code, Municipality.id)
"""By the Polish alphabet; those of one name by county and type."""


def register_is_of() -> date | None:
    """The day of the newest official file taken in."""
    return db.session.scalar(
        select(func.max(RegisterImport.state_on)).where(RegisterImport.kind == ImportKind.UNITS)
    )


def municipalities(
    *,
    text: str = "",
    voivodeship: str | None = None,
    kind: MunicipalityKind | None = None,
    with_ended: bool = False,
) -> Select[Municipality]:
    """The register, narrowed; without an order. ``voivodeship`` is a code."""
    query = (
        select(Municipality)
        .join(Municipality.county)
        .join(Municipality.voivodeship)
        .options(contains_eager(Municipality.county), contains_eager(Municipality.voivodeship))
        .where(matching(text))
    )
    if voivodeship:
        query = query.where(Voivodeship.code == voivodeship)
    if kind:
        query = query.where(Municipality.kind == kind)
    return query if with_ended else query.where(Municipality.valid_to.is_(None))


def search(
    text: str, *, voivodeship: str | None = None, with_ended: bool = False, limit: int = 20
) -> Sequence[Municipality]:
    """Those that a person may mean, the whole name first: for choosing one."""
    query = municipalities(text=text, voivodeship=voivodeship, with_ended=with_ended)
    return db.session.scalars(query.order_by(whole_name_first(text), *IN_ORDER).limit(limit)).all()


def whole_name_first(text: str) -> ColumnElement[int]:
    """Whoever types ``lodz`` means Łódź before Aleksandrów Łódzki."""
    return case((Municipality.slug == slug(text), 0), else_=1)


def municipality_by_id(municipality_id: int) -> Municipality | None:
    """With everything its page shows."""
    return db.session.scalar(
        _whole()
        .where(Municipality.id == municipality_id)
        .options(selectinload(Municipality.codes), selectinload(Municipality.names))
    )


def municipality_by_code(code: str) -> Municipality | None:
    """By seven digits, or by the first six; an old code leads to the unit that had it."""
    found = _holders(code)
    return found[0] if found else None


def by_address(address_name: str) -> tuple[Municipality, bool] | None:
    """The municipality that an address names, and whether it is its address of today; else redirect there.

    Both its code and its name may have changed since. A code that two units had in turn is told apart by the name.
    """
    parts = re.fullmatch(r"([0-9]{7})(?:-(.*))?", address_name)
    if parts is None:
        return None
    found = _holders(parts[1], slug_had=parts[2] or "")
    return (found[0], found[0].address_name == address_name) if found else None


def namesakes(municipality: Municipality) -> Sequence[Municipality]:
    """Others of exactly this name."""
    return db.session.scalars(
        municipalities()
        .where(Municipality.sort_key == municipality.sort_key, Municipality.id != municipality.id)
        .order_by(*IN_ORDER)
    ).all()


def voivodeships() -> Sequence[Voivodeship]:
    return db.session.scalars(select(Voivodeship).order_by(Voivodeship.sort_key)).all()


def _whole() -> Select[Municipality]:
    return select(Municipality).options(
        joinedload(Municipality.county, innerjoin=True), joinedload(Municipality.voivodeship, innerjoin=True)
    )


def _holders(code: str, *, slug_had: str = "") -> Sequence[Municipality]:
    """Who has or had the code: by that name first, then who has it today, then who had it last."""
    if not re.fullmatch(r"[0-9]{6,7}", code):
        return []
    column = MunicipalityCode.code if len(code) == 7 else MunicipalityCode.six_digits
    named = select(MunicipalityName.municipality_id).where(MunicipalityName.slug == slug_had)
    return (
        db.session.scalars(
            _whole()
            .join(MunicipalityCode, MunicipalityCode.municipality_id == Municipality.id)
            .where(column == code)
            .order_by(
                Municipality.id.in_(named).desc(),
                MunicipalityCode.valid_to.desc().nulls_first(),
                MunicipalityCode.id.desc(),
            )
        )
        .unique()
        .all()
    )


def mayors_of(municipality: Municipality) -> Sequence[Mayor]:
    """Everybody who heads it or did, the latest first."""
    return db.session.scalars(
        select(Mayor)
        .where(Mayor.municipality_id == municipality.id)
        .order_by(Mayor.valid_from.desc(), Mayor.id.desc())
    ).all()


def mayor_on(municipality: Municipality, on: date) -> Mayor | None:
    """Who heads it that day; None where nobody has written it down."""
    return next((one for one in mayors_of(municipality) if one.covers(on)), None)


def mayor_by_id(mayor_id: int) -> Mayor | None:
    return db.session.scalars(
        select(Mayor).where(Mayor.id == mayor_id).options(joinedload(Mayor.municipality, innerjoin=True))
    ).one_or_none()
