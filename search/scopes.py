"""What a search may look into, as conditions: the reach of its reader comes as values (``search/reach.py``)."""

from sqlalchemy import ColumnElement, Date, Integer, ScalarSelect, and_, bindparam, func, or_, select, true

from accounts.models import User
from animators.consultations.models import Consultation, ConsultationStatus
from municipalities.models import Municipality
from partnerships.files.models import Attachment, FileClass
from partnerships.models import AnimatorAssignment, LeaderTerm, Organisation, Partnership, PartnershipMember
from partnerships.queries import covers
from partnerships.workflow import PartnershipStatus
from plans.models import Plan, PlanVersion
from plans.visibility import latest_for_animators, latest_for_authors, latest_for_office
from webinars.models import Webinar, WebinarStatus

TODAY = bindparam("today", type_=Date)


def ids(name: str) -> ColumnElement[int]:
    return bindparam(name, type_=Integer, expanding=True)


def partnerships(everything: bool) -> ColumnElement[bool]:
    return true() if everything else Partnership.id.in_(ids("visible"))


def partnership_here(everything: bool) -> ScalarSelect[int]:
    """Of a municipality found: its partnership, the open one first, where the reader may read it."""
    return (
        select(Partnership.id)
        .where(Partnership.municipality_id == Municipality.id, partnerships(everything))
        .order_by((Partnership.status != PartnershipStatus.CLOSED).desc(), Partnership.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def people(everybody: bool) -> ColumnElement[bool]:
    """Others find who leads, helps to lead or advises a partnership that they may read."""
    if everybody:
        return true()
    terms = select(LeaderTerm.user_id).where(LeaderTerm.partnership_id.in_(ids("visible")), _runs(LeaderTerm))
    advise = select(AnimatorAssignment.animator_id).where(
        AnimatorAssignment.municipality_id.in_(ids("places")), _runs(AnimatorAssignment)
    )
    return and_(User.is_active, or_(User.id.in_(terms), User.id.in_(advise)))


def partnership_of_person() -> ColumnElement[int]:
    """Of somebody found: a partnership of theirs that the reader may read."""
    led = select(func.min(LeaderTerm.partnership_id)).where(
        LeaderTerm.user_id == User.id, LeaderTerm.partnership_id.in_(ids("visible")), _runs(LeaderTerm)
    )
    advised = select(func.min(Partnership.id)).where(
        AnimatorAssignment.animator_id == User.id,
        AnimatorAssignment.municipality_id == Partnership.municipality_id,
        Partnership.id.in_(ids("visible")),
        _runs(AnimatorAssignment),
    )
    return func.coalesce(led.scalar_subquery(), advised.scalar_subquery())


def _runs(record: type[LeaderTerm | AnimatorAssignment]) -> ColumnElement[bool]:
    return covers(record.starts_on, record.ends_on, TODAY)


def organisations(everything: bool) -> ColumnElement[bool]:
    """``Permission.ORGANISATION_READ``: members of a partnership, to the people around it."""
    if everything:
        return true()
    members = select(PartnershipMember.organisation_id).where(
        PartnershipMember.partnership_id.in_(ids("around")),
        covers(PartnershipMember.joined_on, PartnershipMember.left_on, TODAY),
    )
    return Organisation.id.in_(members)


def versions(everything: bool) -> ColumnElement[bool]:
    """``Permission.PLAN_READ``, and of each plan the latest version that it opens."""
    ways = [
        and_(Plan.partnership_id.in_(ids("written")), latest_for_authors()),
        and_(
            or_(Plan.partnership_id.in_(ids("advised")), PlanVersion.id.in_(ids("kept"))),
            latest_for_animators(),
        ),
    ]
    return or_(latest_for_office(), *ways) if everything else or_(*ways)


def consultations(everything: bool) -> ColumnElement[bool]:
    """``Permission.CONSULTATION_READ``; what was annulled is not looked for."""
    stands = Consultation.status != ConsultationStatus.VOID
    return stands if everything else and_(stands, Consultation.municipality_id.in_(ids("spoken_for")))


def files(everything: bool) -> ColumnElement[bool]:
    """What is there today and opens to everybody who reads the partnership: evidence is never looked for."""
    return and_(
        Attachment.file_class != FileClass.EVIDENCE,
        Attachment.removed_on.is_(None),
        Attachment.replaced_by_id.is_(None),
        Attachment.signature_of_id.is_(None),
        partnerships(everything),
    )


def webinars(everything: bool) -> ColumnElement[bool]:
    return true() if everything else Webinar.status != WebinarStatus.DRAFT
