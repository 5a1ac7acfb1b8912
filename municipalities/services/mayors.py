"""Who heads a municipality, from when to when. The name is personal data: it is in no export to the public."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from core import audit
from core.audit import Actor
from core.database import db, refusing
from core.text import clean
from municipalities.mayor_errors import MayorEndsFirst, MayorsOverlap
from municipalities.mayor_events import MayorEvent
from municipalities.models import Mayor, Municipality
from municipalities.queries import mayors_of


def enter_mayor(
    municipality: Municipality,
    *,
    title: str,
    name: str,
    valid_from: date,
    valid_to: date | None = None,
    actor: Actor,
) -> Mayor:
    """A new one takes office; the present one, if no last day is known, was there until the day before."""
    _check_days(valid_from, valid_to)
    _hold(municipality)
    present = next((one for one in mayors_of(municipality) if one.valid_to is None), None)
    makes_way = present is not None and present.valid_from < valid_from
    _check_free(municipality, valid_from, valid_to, apart_from=present if makes_way else None)
    if makes_way and present is not None:
        present.valid_to = valid_from - timedelta(days=1)
        db.session.flush()
        _remember(MayorEvent.CHANGED, present, actor, before={"valid_to": None}, after=_days(present))
    with refusing(lambda: MayorsOverlap(None)):
        mayor = Mayor(
            municipality=municipality, title=title, name=clean(name), valid_from=valid_from, valid_to=valid_to
        )
        db.session.add(mayor)
    _remember(MayorEvent.ENTERED, mayor, actor, after={"title": title, **_days(mayor)})
    return mayor


def change_mayor(
    mayor: Mayor, *, title: str, name: str, valid_from: date, valid_to: date | None, actor: Actor
) -> None:
    """Put right what is written about one of them."""
    _check_days(valid_from, valid_to)
    _hold(mayor.municipality)
    _check_free(mayor.municipality, valid_from, valid_to, apart_from=mayor)
    before, former_name = {"title": mayor.title, **_days(mayor)}, mayor.name
    with refusing(lambda: MayorsOverlap(None)):
        mayor.title, mayor.name, mayor.valid_from, mayor.valid_to = title, clean(name), valid_from, valid_to
    after = {"title": title, **_days(mayor)}
    if before != after or former_name != mayor.name:
        _remember(MayorEvent.CHANGED, mayor, actor, before=before, after=after, former_name=former_name)


def remove_mayor(mayor: Mayor, *, actor: Actor) -> None:
    """For one who was entered by mistake."""
    _hold(mayor.municipality)
    _remember(MayorEvent.REMOVED, mayor, actor, before={"title": mayor.title, **_days(mayor)})
    db.session.delete(mayor)


def _check_days(valid_from: date, valid_to: date | None) -> None:
    if valid_to is not None and valid_to < valid_from:
        raise MayorEndsFirst(valid_from)


def _check_free(
    municipality: Municipality, first: date, last: date | None, *, apart_from: Mayor | None
) -> None:
    for one in mayors_of(municipality):
        begins_after = last is not None and one.valid_from > last
        ends_before = one.valid_to is not None and one.valid_to < first
        if one is not apart_from and not begins_after and not ends_before:
            raise MayorsOverlap(one)


def _hold(municipality: Municipality) -> None:
    """Days may not overlap, and for that no unique index can stand in: one at a time."""
    held = select(Municipality.id).where(Municipality.id == municipality.id)
    db.session.execute(held.with_for_update(key_share=True))


def _days(mayor: Mayor) -> dict[str, str | None]:
    return {
        "valid_from": mayor.valid_from.isoformat(),
        "valid_to": mayor.valid_to.isoformat() if mayor.valid_to else None,
    }


def _remember(
    event: MayorEvent,
    mayor: Mayor,
    actor: Actor,
    *,
    before: dict[str, str | None] | None = None,
    after: dict[str, str | None] | None = None,
    former_name: str | None = None,
) -> None:
    personal: dict[str, Any] = {"note": mayor.name}
    if former_name not in (None, mayor.name):
        personal |= {"before": {"name": former_name}, "after": {"name": mayor.name}}
    audit.record(event, mayor, actor=actor, personal=personal, before=before or {}, after=after or {})
