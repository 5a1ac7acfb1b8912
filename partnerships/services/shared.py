"""What every verb on a partnership needs: to be alone with it, and to know that it is open."""

from datetime import date

from sqlalchemy import select

from accounts.models import User
from core.database import db
from municipalities.models import Municipality
from partnerships.errors import EndBeforeStart, PartnershipClosed, PersonSuspended
from partnerships.models import Partnership

WAIT_FOR_OTHERS = {"key_share": True}
"""A lock that lets rows still refer to the record. SQLite needs none: there a writer is alone anyway."""


def hold(partnership: Partnership) -> None:
    """Wait for whoever else changes this partnership, and see it as they left it.

    Terms and assignments with a last day may not overlap either, and for that no unique index can stand in.
    """
    fresh = ["status", "founded_on", "closed_on", "row_version"]
    db.session.refresh(partnership, attribute_names=fresh, with_for_update=WAIT_FOR_OTHERS)
    if not partnership.is_open:
        raise PartnershipClosed


def hold_municipality(municipality: Municipality) -> None:
    held = select(Municipality.id).where(Municipality.id == municipality.id)
    db.session.execute(held.with_for_update(key_share=True))


def check_person(person: User) -> None:
    if not person.is_active:
        raise PersonSuspended(person.name)


def check_days(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise EndBeforeStart(starts_on)


def said(name: str, reason: str | None) -> dict[str, str]:
    """What the history shows beside an event: whom it is about and, if somebody said so, why."""
    return {"note": f"{name}: {reason}" if reason else name}


def iso(value: date | None) -> str | None:
    """As the history keeps a day."""
    return value.isoformat() if value else None
