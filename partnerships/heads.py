"""Who may write down who heads a municipality: the office, and whoever leads its partnership."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date

from municipalities.models import Mayor, Municipality
from municipalities.queries import mayor_by_id, municipality_by_id
from partnerships.models import Partnership
from partnerships.queries import open_partnership_of


@dataclass(frozen=True)
class Headed:
    """A municipality with its partnership, and one of its mayors where the page is about one."""

    municipality: Municipality
    partnership: Partnership | None
    mayor: Mayor | None = None

    def leader_ids(self, on: date) -> Set[int]:
        return self.partnership.leader_ids(on) if self.partnership else set()


def headed(municipality_id: int) -> Headed | None:
    municipality = municipality_by_id(municipality_id)
    return Headed(municipality, open_partnership_of(municipality)) if municipality else None


def head(mayor_id: int) -> Headed | None:
    mayor = mayor_by_id(mayor_id)
    if mayor is None:
        return None
    return Headed(mayor.municipality, open_partnership_of(mayor.municipality), mayor)
