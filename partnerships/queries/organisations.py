"""Organisations, wherever they are and whatever they belong to."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from core.database import db
from core.text import fold
from municipalities.models import Municipality
from partnerships.models import Organisation, PartnershipMember
from partnerships.queries.records import with_people

MOST_FOUND = 20


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


def organisations_called(text: str) -> Sequence[Organisation]:
    """Those that still exist anywhere in the country and are called so, whole names first; few, each with its place."""
    wanted = fold(text)
    if not wanted:
        return []
    whole_name_first = Organisation.search_text != wanted
    begins_so = ~Organisation.search_text.startswith(wanted, autoescape=True)
    return db.session.scalars(
        select(Organisation)
        .where(Organisation.search_text.contains(wanted, autoescape=True), Organisation.ended_on.is_(None))
        .options(
            joinedload(Organisation.municipality, innerjoin=True).joinedload(
                Municipality.county, innerjoin=True
            )
        )
        .order_by(whole_name_first, begins_so, Organisation.name, Organisation.id)
        .limit(MOST_FOUND)
    ).all()


def parts_of(organisation: Organisation) -> Sequence[Organisation]:
    """What still exists directly below it."""
    return db.session.scalars(
        select(Organisation)
        .where(Organisation.parent_id == organisation.id, Organisation.ended_on.is_(None))
        .order_by(Organisation.name, Organisation.id)
    ).all()
