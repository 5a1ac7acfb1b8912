"""Organisations, wherever they are and whatever they belong to."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from core.database import db
from core.text import fold
from municipalities.models import Municipality
from partnerships.models import Organisation, PartnershipMember
from partnerships.queries.records import with_people

MOST_FOUND = 10


def organisation_by_id(organisation_id: int) -> Organisation | None:
    """With its place, what it is a part of, and the partnerships whose people may see it."""
    membership = selectinload(Organisation.memberships)
    found = (
        select(Organisation)
        .where(Organisation.id == organisation_id)
        .options(
            joinedload(Organisation.municipality, innerjoin=True).joinedload(
                Municipality.county, innerjoin=True
            ),
            joinedload(Organisation.parent),
            membership.joinedload(PartnershipMember.partnership, innerjoin=True).options(*with_people()),
        )
    )
    return db.session.scalars(found).unique().one_or_none()


def organisations_called(text: str, *, near: Municipality | None = None) -> Sequence[Organisation]:
    """Those that still exist anywhere in the country and are called so: whole names first, then those nearby.

    Each comes with its place, and one more than ``MOST_FOUND`` where there are more.
    """
    wanted = fold(text)
    if not wanted:
        return []
    order: list[ColumnElement[Any]] = [Organisation.search_text != wanted]
    if near is not None:
        order += [Organisation.municipality_id != near.id, Municipality.voivodeship_id != near.voivodeship_id]
    order.append(~Organisation.search_text.startswith(wanted, autoescape=True))
    place = contains_eager(Organisation.municipality)
    return db.session.scalars(
        select(Organisation)
        .join(Organisation.municipality)
        .where(Organisation.search_text.contains(wanted, autoescape=True), Organisation.ended_on.is_(None))
        .options(place.joinedload(Municipality.county, innerjoin=True))
        .order_by(*order, Organisation.name, Organisation.id)
        .limit(MOST_FOUND + 1)
    ).all()


def parts_of(organisation: Organisation) -> Sequence[Organisation]:
    """What still exists directly below it."""
    return db.session.scalars(
        select(Organisation)
        .where(Organisation.parent_id == organisation.id, Organisation.ended_on.is_(None))
        .order_by(Organisation.name, Organisation.id)
    ).all()
