"""The organisations of a municipality: of the usual kinds, under names that could stand anywhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from core.database import db
from demo.cast import HOME, HOME_MEMBERS
from demo.chance import Chance
from demo.library import DATA, Surroundings, built, data_file
from municipalities.models import Municipality
from partnerships.models import Organisation


@dataclass(frozen=True)
class Kind:
    """A kind of organisation, as ``data/organisations.toml`` describes it."""

    type: str
    mailbox: str
    names: Mapping[str, str]
    function: str
    contribution: tuple[str, ...]
    role: str
    nicknames: tuple[str, ...] = ("",)

    def name_in(self, municipality: Municipality, place: Surroundings, chance: Chance) -> str:
        return self.names[place].format(name=municipality.name, nickname=chance.one(self.nicknames))


@cache
def _data() -> dict[str, Any]:
    return data_file(DATA / "organisations.toml")


@cache
def kinds() -> Mapping[str, Kind]:
    return {table["type"]: built(Kind, table) for table in _data()["organisations"]}


def kinds_for(code: str, place: Surroundings, count: int, chance: Chance) -> list[Kind]:
    """So many kinds that such a place has, that of the leader's own organisation first."""
    if code == HOME:
        return [kinds()[type_] for type_ in HOME_MEMBERS]
    leading = kinds()[chance.weighted(_data()["leaders"][place])]
    others = [kind for kind in kinds().values() if place in kind.names and kind is not leading]
    return [leading, *chance.some(others, count - 1)]


def partnership_name(municipality: Municipality, place: Surroundings, chance: Chance) -> str:
    names: list[str] = _data()["partnerships"]["names"][place]
    name = names[0] if municipality.code == HOME else chance.one(names)
    return name.format(name=municipality.name)


def domain_of(municipality: Municipality) -> str:
    return f"{municipality.slug}.example"


def enter_organisation(
    kind: Kind, municipality: Municipality, place: Surroundings, chance: Chance
) -> Organisation:
    organisation = Organisation(
        name=kind.name_in(municipality, place, chance),
        org_type=kind.type,
        municipality=municipality,
        office_email=f"{kind.mailbox}@{domain_of(municipality)}",
    )
    db.session.add(organisation)
    return organisation
