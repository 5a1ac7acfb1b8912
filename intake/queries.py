"""Files with records, and what exports take from the register."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased, joinedload

from accounts.models import User
from core import clock
from core.database import db
from intake.models import ImportState, RecordImport
from municipalities.models import County, Municipality, Voivodeship
from partnerships.models import (
    AnimatorAssignment,
    AssignmentKind,
    LeaderTerm,
    Organisation,
    Partnership,
    PartnershipMember,
    TermKind,
)
from partnerships.queries import members_of
from partnerships.queries.records import with_people, with_place
from partnerships.workflow import PartnershipStatus
from programme.queries import the_programme

SHOWN = 20


def import_by_id(import_id: int) -> RecordImport | None:
    return db.session.scalar(
        select(RecordImport)
        .where(RecordImport.id == import_id)
        .options(
            joinedload(RecordImport.uploaded_by),
            joinedload(RecordImport.applied_by),
            joinedload(RecordImport.partnership).options(*with_place(), *with_people()),
        )
    )


def imports_of(partnership: Partnership | None) -> Sequence[RecordImport]:
    """The newest first: of one partnership, or of the whole register."""
    whose: ColumnElement[bool] = RecordImport.partnership_id.is_(None)
    if partnership is not None:
        whose = RecordImport.partnership_id == partnership.id
    return db.session.scalars(
        select(RecordImport)
        .where(whose)
        .options(joinedload(RecordImport.uploaded_by))
        .order_by(RecordImport.id.desc())
        .limit(SHOWN)
    ).all()


def imports_that_invite() -> Sequence[int]:
    return db.session.scalars(
        select(RecordImport.id)
        .where(RecordImport.status == ImportState.APPLIED, RecordImport.invite)
        .order_by(RecordImport.id)
    ).all()


# --- Exports ---------------------------------------------------------------------------------------------


def register_rows() -> list[dict[str, Any]]:
    """Every partnership that is not closed, by municipality, in the columns of the import."""
    return [dict(row._mapping) for row in db.session.execute(_register(clock.today()))]


def _register(today: date) -> Select[*tuple[Any, ...]]:
    leader, animator = aliased(User), aliased(User)
    members = (
        select(func.count())
        .select_from(PartnershipMember)
        .where(PartnershipMember.partnership_id == Partnership.id, PartnershipMember.left_on.is_(None))
        .scalar_subquery()
    )
    in_office = (
        (LeaderTerm.partnership_id == Partnership.id)
        & (LeaderTerm.kind == TermKind.LEADER)
        & (LeaderTerm.starts_on <= today)
        & (LeaderTerm.ends_on.is_(None) | (LeaderTerm.ends_on >= today))
    )
    advising = (
        (AnimatorAssignment.municipality_id == Municipality.id)
        & (AnimatorAssignment.kind == AssignmentKind.MAIN)
        & (AnimatorAssignment.starts_on <= today)
        & (AnimatorAssignment.ends_on.is_(None) | (AnimatorAssignment.ends_on >= today))
    )
    return (
        select(
            Municipality.code.label("code"), Municipality.name.label("municipality"), Municipality.kind.label("kind"),
            County.name.label("county"), Voivodeship.name.label("voivodeship"), Partnership.name.label("partnership"),
            Partnership.founded_on.label("founded_on"), leader.name.label("leader_name"),
            leader.email.label("leader_email"), Organisation.name.label("leader_organisation"),
            Organisation.org_type.label("leader_org_type"), animator.name.label("animator_name"),
            animator.email.label("animator_email"), Partnership.status.label("status"), members.label("members"),
        )
        .select_from(Partnership)
        .join(Municipality, Municipality.id == Partnership.municipality_id)
        .join(County, County.id == Municipality.county_id)
        .join(Voivodeship, Voivodeship.id == Municipality.voivodeship_id)
        .outerjoin(LeaderTerm, in_office)
        .outerjoin(leader, leader.id == LeaderTerm.user_id)
        .outerjoin(Organisation, Organisation.id == LeaderTerm.organisation_id)
        .outerjoin(AnimatorAssignment, advising)
        .outerjoin(animator, animator.id == AnimatorAssignment.animator_id)
        .where(
            Partnership.programme_id == the_programme().id, Partnership.status != PartnershipStatus.CLOSED
        )
        .order_by(Municipality.sort_key, Municipality.id)
    )  # fmt: skip


def member_rows(partnership: Partnership, *, former: bool) -> list[dict[str, Any]]:
    """The members in the columns of the import; ``former`` ones too."""
    place = partnership.municipality
    return [
        {
            "code": place.code, "municipality": place.name, "kind": place.kind, "county": None, "voivodeship": None,
            "name": one.organisation.name, "org_type": one.organisation.org_type, "role": one.role,
            "contribution": tuple(one.contribution), "contact_function": one.contact_function,
            "contact_email": one.contact_email, "joined_on": one.joined_on, "left_on": one.left_on,
        }
        for one in members_of(partnership)
        if former or one.left_on is None
    ]  # fmt: skip
