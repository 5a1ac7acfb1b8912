"""What a rule asks before it lets something happen."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from accounts.models import RoleGrant, User
from accounts.roles import Role
from core import clock
from core.database import db
from municipalities.models import Municipality
from partnerships.models import (
    AnimatorAssignment,
    LeaderTerm,
    Organisation,
    Partnership,
    PartnershipMember,
    TermKind,
)
from partnerships.workflow import PartnershipStatus


def terms_between(partnership: Partnership, first: date, last: date | None = None) -> list[LeaderTerm]:
    """Terms that share a day with this period, the earliest first: as they are now, whenever they were read before."""
    return list(
        db.session.scalars(
            select(LeaderTerm)
            .where(
                LeaderTerm.partnership_id == partnership.id,
                _overlaps(LeaderTerm.starts_on, LeaderTerm.ends_on, first, last),
            )
            .order_by(LeaderTerm.starts_on, LeaderTerm.id)
            .execution_options(populate_existing=True)
        )
    )


def assignments_between(
    municipality: Municipality, first: date, last: date | None = None
) -> list[AnimatorAssignment]:
    """Assignments that share a day with this period, the earliest first: as they are now, whenever they were read before."""
    return list(
        db.session.scalars(
            select(AnimatorAssignment)
            .where(
                AnimatorAssignment.municipality_id == municipality.id,
                _overlaps(AnimatorAssignment.starts_on, AnimatorAssignment.ends_on, first, last),
            )
            .order_by(AnimatorAssignment.starts_on, AnimatorAssignment.id)
            .execution_options(populate_existing=True)
        )
    )


def assignments_from(municipality: Municipality, first: date) -> Sequence[AnimatorAssignment]:
    """Those that begin on that day or later, with their people."""
    return db.session.scalars(
        select(AnimatorAssignment)
        .where(AnimatorAssignment.municipality_id == municipality.id, AnimatorAssignment.starts_on >= first)
        .options(joinedload(AnimatorAssignment.animator, innerjoin=True))
        .order_by(AnimatorAssignment.starts_on, AnimatorAssignment.id)
    ).all()


def leads_elsewhere(person: User, partnership: Partnership, first: date, last: date | None = None) -> bool:
    """They lead another open partnership on a day of this period."""
    elsewhere = exists().where(
        LeaderTerm.user_id == person.id,
        LeaderTerm.kind == TermKind.LEADER,
        LeaderTerm.partnership_id != partnership.id,
        _overlaps(LeaderTerm.starts_on, LeaderTerm.ends_on, first, last),
        LeaderTerm.partnership_id == Partnership.id,
        Partnership.status != PartnershipStatus.CLOSED,
    )
    return bool(db.session.scalar(select(elsewhere)))


def leads_between(person: User, partnership: Partnership, first: date, last: date | None = None) -> bool:
    """They lead it on a day of this period, or help to."""
    leading = exists().where(
        LeaderTerm.user_id == person.id,
        LeaderTerm.partnership_id == partnership.id,
        _overlaps(LeaderTerm.starts_on, LeaderTerm.ends_on, first, last),
    )
    return bool(db.session.scalar(select(leading)))


def advises_between(person: User, partnership: Partnership, first: date, last: date | None = None) -> bool:
    """They are this municipality's animator, or its cover, on a day of this period."""
    advising = exists().where(
        AnimatorAssignment.animator_id == person.id,
        AnimatorAssignment.municipality_id == partnership.municipality_id,
        _overlaps(AnimatorAssignment.starts_on, AnimatorAssignment.ends_on, first, last),
    )
    return bool(db.session.scalar(select(advising)))


def _overlaps(
    starts_on: InstrumentedAttribute[date],
    ends_on: InstrumentedAttribute[date | None],
    first: date,
    last: date | None,
) -> ColumnElement[bool]:
    not_over = or_(ends_on.is_(None), ends_on >= first)
    return not_over if last is None else and_(not_over, starts_on <= last)


def memberships_between(
    partnership: Partnership, organisation: Organisation, first: date, last: date | None = None
) -> Sequence[PartnershipMember]:
    """Of this organisation, those that share a day with this period: one that is not over first, then the latest."""
    return db.session.scalars(
        select(PartnershipMember)
        .where(
            PartnershipMember.partnership_id == partnership.id,
            PartnershipMember.organisation_id == organisation.id,
            _overlaps(PartnershipMember.joined_on, PartnershipMember.left_on, first, last),
        )
        .order_by(PartnershipMember.left_on.is_not(None), PartnershipMember.left_on.desc())
    ).all()


def is_member(partnership: Partnership, organisation: Organisation) -> bool:
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    PartnershipMember.partnership_id == partnership.id,
                    PartnershipMember.organisation_id == organisation.id,
                    PartnershipMember.left_on.is_(None),
                )
            )
        )
    )


def count_members(partnership: Partnership) -> int:
    """Organisations that have joined and not left."""
    return (
        db.session.scalar(
            select(func.count()).where(
                PartnershipMember.partnership_id == partnership.id, PartnershipMember.left_on.is_(None)
            )
        )
        or 0
    )


def organisations_of(municipality: Municipality) -> Sequence[Organisation]:
    """Those that still exist, by name."""
    return db.session.scalars(
        select(Organisation)
        .where(Organisation.municipality_id == municipality.id, Organisation.ended_on.is_(None))
        .order_by(Organisation.name, Organisation.id)
    ).all()


def animators_to_choose() -> Sequence[User]:
    """People who may be assigned: they have the animator's role today or will have."""
    return db.session.scalars(
        select(User)
        .where(
            User.is_active,
            exists().where(
                RoleGrant.user_id == User.id,
                RoleGrant.role == Role.ANIMATOR,
                or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= clock.today()),
            ),
        )
        .order_by(User.sort_key, User.id)
    ).all()
