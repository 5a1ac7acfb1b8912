"""Records that hang on a municipality and go where its partnership goes on: consultations, handbooks, webinars."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from accounts.models import User
from core import audit
from core.audit import EventKind
from core.database import db
from core.i18n import _
from municipalities.followers import Follower, Line
from municipalities.journal import Journal
from municipalities.models import Municipality, MunicipalityChange, MunicipalityChangeUnit
from partnerships.changes.succession import where_it_goes_on


class RecordsGoAlong(Follower):
    """They point to the municipality they go to, and are counted there. Undoing lets them point back."""

    model: type[Any]
    """Of records with a ``municipality``."""
    event: EventKind

    def counted(self, number: int, place: str) -> str:
        """``3 consultations of Ostrowice``."""
        raise NotImplementedError

    def stays(self, record: Any, heir: Municipality) -> bool:
        """Whether it has to stay, as there is one of its kind already."""
        return False

    def touches(self, change: MunicipalityChange) -> Sequence[Line]:
        return list(self._lines(change))

    def _lines(self, change: MunicipalityChange) -> Iterator[Line]:
        heir = where_it_goes_on(change) if change.ending else None
        for unit in change.ending:
            number = len(self._of(unit))
            if number:
                yield Line(f"{self.counted(number, unit.name)}: {destination(heir)}")

    def _of(self, unit: MunicipalityChangeUnit) -> Sequence[Any]:
        mine = select(self.model).where(self.model.municipality_id == unit.municipality_id)
        return db.session.scalars(mine.order_by(self.model.id)).all()

    def apply(self, change: MunicipalityChange, journal: Journal, *, actor: User | None) -> None:
        unit = where_it_goes_on(change) if change.ending else None
        if unit is None or unit.municipality is None:
            return
        heir = unit.municipality
        for source in change.ending:
            going = [record for record in self._of(source) if not self.stays(record, heir)]
            for record in going:
                journal.change(record, municipality=heir)
            journal.settle()
            if going:
                audit.record(
                    self.event, heir, actor=actor, note=f"{source.name} → {heir.name}", change_id=change.id,
                    records=[record.id for record in going],
                )  # fmt: skip


def destination(heir: MunicipalityChangeUnit | None) -> str:
    if heir is None:
        return str(_("recorded with it as before"))
    return str(_("from then on with %(place)s", place=heir.name))
