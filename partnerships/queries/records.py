"""One partnership, or a part of it, with what its pages and its rights need."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased, joinedload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from accounts.models import User
from core.database import db, know
from municipalities.models import County, Municipality, Voivodeship
from partnerships.models import AnimatorAssignment, LeaderTerm, Organisation, Partnership, PartnershipMember
from partnerships.workflow import PartnershipStatus
from programme.queries import the_programme


def with_place() -> tuple[_AbstractLoad, ...]:
    """Loader options of a partnership: where it is."""
    municipality = joinedload(Partnership.municipality, innerjoin=True)
    return (
        municipality.joinedload(Municipality.county, innerjoin=True),
        municipality.joinedload(Municipality.voivodeship, innerjoin=True),
    )


def with_people() -> tuple[_AbstractLoad, ...]:
    """Loader options of a partnership: everybody the rights ask about, in the query that loads the record itself.

    ``select(PlanVersion).options(joinedload(PlanVersion.plan).joinedload(Plan.partnership).options(*with_people()))``
    and then ``.unique()``. Terms and assignments are few, so their product is small. Never an inner join inside an outer
    one: for that SQLite first reads the terms and assignments of the whole country.
    """
    return (
        joinedload(Partnership.terms).joinedload(LeaderTerm.user),
        joinedload(Partnership.assignments).joinedload(AnimatorAssignment.animator),
    )


def beside_partnership(found: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """The same as ``with_place`` and ``with_people``, as columns of a query that joins ``Partnership``; for ``put_together``.

    For what is read with every page: eager loading takes half as long again to find out the same.
    """
    animator = aliased(User)
    return (
        found.add_columns(
            Partnership, Municipality, County, Voivodeship, LeaderTerm, User, AnimatorAssignment, animator
        )
        .join(Municipality, Municipality.id == Partnership.municipality_id)
        .join(County, County.id == Municipality.county_id)
        .join(Voivodeship, Voivodeship.id == Municipality.voivodeship_id)
        .outerjoin(LeaderTerm, LeaderTerm.partnership_id == Partnership.id)
        .outerjoin(User, User.id == LeaderTerm.user_id)
        .outerjoin(AnimatorAssignment, AnimatorAssignment.municipality_id == Partnership.municipality_id)
        .outerjoin(animator, animator.id == AnimatorAssignment.animator_id)
        .order_by(LeaderTerm.starts_on, LeaderTerm.id, AnimatorAssignment.starts_on, AnimatorAssignment.id)
    )


def put_together(rows: Sequence[Sequence[Any]]) -> Partnership:
    """``rows``: what ``beside_partnership`` adds, of one partnership. What was loaded before stays as it is."""
    partnership, municipality, county, voivodeship = rows[0][:4]
    know(municipality, county=county, voivodeship=voivodeship)
    terms = {term: person for *_place, term, person, _duty, _animator in rows if term}
    duties = {duty: animator for *_place, duty, animator in rows if duty}
    for term, person in terms.items():
        know(term, user=person)
    for duty, animator in duties.items():
        know(duty, animator=animator)
    know(partnership, municipality=municipality, terms=list(terms), assignments=list(duties))
    return cast("Partnership", partnership)


def partnership_by_id(partnership_id: int) -> Partnership | None:
    """With its place and its people, in one query."""
    found = select(Partnership).where(Partnership.id == partnership_id).options(*with_place(), *with_people())
    return db.session.scalars(found).unique().one_or_none()


def member_by_id(member_id: int) -> PartnershipMember | None:
    found = (
        select(PartnershipMember)
        .where(PartnershipMember.id == member_id)
        .options(
            joinedload(PartnershipMember.organisation, innerjoin=True),
            joinedload(PartnershipMember.agreement),
            joinedload(PartnershipMember.partnership, innerjoin=True).options(*with_place(), *with_people()),
        )
    )
    return db.session.scalars(found).unique().one_or_none()


def term_by_id(term_id: int) -> LeaderTerm | None:
    found = (
        select(LeaderTerm)
        .where(LeaderTerm.id == term_id)
        .options(
            joinedload(LeaderTerm.user, innerjoin=True),
            joinedload(LeaderTerm.partnership, innerjoin=True).options(*with_place(), *with_people()),
        )
    )
    return db.session.scalars(found).unique().one_or_none()


def open_partnership_of(municipality: Municipality) -> Partnership | None:
    """The one that is not closed."""
    return db.session.scalar(
        select(Partnership).where(
            Partnership.programme_id == the_programme().id,
            Partnership.municipality_id == municipality.id,
            Partnership.status != PartnershipStatus.CLOSED,
        )
    )


def members_of(partnership: Partnership) -> Sequence[PartnershipMember]:
    """Present and former members with their organisations, present ones first."""
    return db.session.scalars(
        select(PartnershipMember)
        .join(PartnershipMember.organisation)
        .where(PartnershipMember.partnership_id == partnership.id)
        .options(
            joinedload(PartnershipMember.organisation, innerjoin=True).joinedload(
                Organisation.municipality, innerjoin=True
            ),
            joinedload(PartnershipMember.agreement),
        )
        .order_by(PartnershipMember.left_on.is_not(None), PartnershipMember.joined_on, PartnershipMember.id)
    ).all()
