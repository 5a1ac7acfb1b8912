"""Changes of municipalities for tests: entered and applied in a line."""

from datetime import date

from sqlalchemy import select

from accounts.models import User
from core.database import Base, db
from municipalities.models import MunicipalityChange
from municipalities.services.changing import (
    Part,
    apply_change,
    draft_change,
)
from municipalities.workflow import ChangeKind
from tests.municipalities.register import unit

TODAY, IN_2019 = date(2026, 4, 15), date(2019, 1, 1)
OSTROWICE, DRAWSKO, ZLOCIENIEC, GROMADKA = "3203052", "3203023", "3203063", "0201032"


def drafted(kind: ChangeKind, sources, targets=(), *, on: date = TODAY, actor: User) -> MunicipalityChange:
    change = draft_change(
        kind,
        effective_on=on,
        legal_basis="Dz.U. 2018 poz. 1527",
        sources=sources,
        targets=targets,
        actor=actor,
    )
    db.session.commit()
    return change


def applied(kind: ChangeKind, sources, targets=(), *, on: date = TODAY, actor: User) -> MunicipalityChange:
    change = drafted(kind, sources, targets, on=on, actor=actor)
    apply_change(change, actor=actor)
    db.session.commit()
    return change


def known(*codes: str) -> list[Part]:
    return [Part(unit(code)) for code in codes]


def renamed(name: str, code: str = GROMADKA) -> list[Part]:
    return [Part(unit(code), new_name=name)]


def register_rows() -> list[object]:
    tables = ("municipality", "municipality_code", "municipality_name", "county")
    return [
        tuple(row)
        for name in tables
        for row in db.session.execute(
            select(Base.metadata.tables[name]).order_by(Base.metadata.tables[name].c.id)
        )
    ]
