"""Where a person comes from, and in which group of the office's figures that counts."""

from sqlalchemy import ColumnElement, exists, func, or_, select

from accounts.models import User
from core import clock
from core.database import db
from municipalities.models import Municipality
from partnerships.models import LeaderTerm, Organisation, Partnership, PartnershipMember
from partnerships.queries import open_partnership_of
from partnerships.workflow import PartnershipStatus
from webinars.registrations.models import AudienceGroup

Origin = tuple[AudienceGroup, Municipality | None]


def origin_of_person(person: User, stated: Municipality | None = None) -> Origin:
    """Who leads a partnership, or helps to, comes from there, whatever they say."""
    led = exists().where(
        LeaderTerm.partnership_id == Partnership.id, LeaderTerm.user_id == person.id, _is_of_today(LeaderTerm)
    )
    return _of_partnership(led) or origin_of_address(person.email, stated)


def origin_of_address(address: str, stated: Municipality | None) -> Origin:
    """The mailbox of a member organisation, or of whom we write to there."""
    written = address.strip().casefold()
    today = clock.today()
    belongs = (
        exists()
        .where(
            PartnershipMember.partnership_id == Partnership.id,
            PartnershipMember.joined_on <= today,
            or_(PartnershipMember.left_on.is_(None), PartnershipMember.left_on >= today),
            PartnershipMember.organisation_id == Organisation.id,
            or_(
                func.lower(PartnershipMember.contact_email) == written,
                func.lower(Organisation.office_email) == written,
            ),
        )
        .correlate(Partnership)
    )
    found = _of_partnership(belongs)
    if found is not None:
        return found
    if stated is None:
        return AudienceGroup.OTHER, None
    is_theirs = open_partnership_of(stated) is not None
    return (AudienceGroup.PARTICIPANT if is_theirs else AudienceGroup.OTHER), stated


def _of_partnership(condition: ColumnElement[bool]) -> Origin | None:
    place = db.session.scalar(
        select(Municipality)
        .join(Partnership, Partnership.municipality_id == Municipality.id)
        .where(Partnership.status != PartnershipStatus.CLOSED, condition)
        .order_by(Partnership.id)
        .limit(1)
    )
    return (AudienceGroup.PARTICIPANT, place) if place is not None else None


def _is_of_today(term: type[LeaderTerm]) -> ColumnElement[bool]:
    today = clock.today()
    return (term.starts_on <= today) & or_(term.ends_on.is_(None), term.ends_on >= today)
