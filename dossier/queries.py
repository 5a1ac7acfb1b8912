"""What a partnership's file holds."""

from collections.abc import Collection, Sequence

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from animators.consultations.models import Consultation
from core.database import db
from core.mail import MailStatus, OutboxMail
from municipalities.models import Municipality
from partnerships.files.models import Attachment, FileClass
from partnerships.models import Partnership
from partnerships.queries import with_people, with_place
from plans.models import Plan, PlanVersion, ReviewComment


def merged_into(partnership: Partnership) -> Sequence[Partnership]:
    """Those that go on in this one since municipalities changed, with their place and people, the earliest first."""
    found = (
        select(Partnership)
        .where(Partnership.successor_id == partnership.id)
        .options(*with_place(), *with_people())
        .order_by(Partnership.closed_on, Partnership.id)
    )
    return db.session.scalars(found).unique().all()


def versions_of(partnership: Partnership) -> Sequence[PlanVersion]:
    """Every version of every plan with its rows, its remarks and who decided: general plans first, then in time."""
    return db.session.scalars(
        select(PlanVersion)
        .join(PlanVersion.plan)
        .where(Plan.partnership_id == partnership.id)
        .options(
            selectinload(PlanVersion.entries),
            selectinload(PlanVersion.comments).joinedload(ReviewComment.author),
            joinedload(PlanVersion.decided_by),
            joinedload(PlanVersion.submitted_by),
        )
        .order_by(Plan.kind.desc(), Plan.year_from, PlanVersion.number)
    ).all()


def mails_about(partnership: Partnership, plan_ids: Collection[int]) -> Sequence[OutboxMail]:
    """Mails that went out, with their files, the earliest first. Of a plan none from before it was begun: another had its
    number then.
    """
    begun_at = select(Plan.created_at).where(Plan.id == OutboxMail.story_id).scalar_subquery()
    return db.session.scalars(
        select(OutboxMail)
        .where(
            OutboxMail.status == MailStatus.SENT,
            or_(
                and_(OutboxMail.story_kind == "partnership", OutboxMail.story_id == partnership.id),
                and_(
                    OutboxMail.story_kind == "plan",
                    OutboxMail.story_id.in_(plan_ids),
                    OutboxMail.created_at >= begun_at,
                ),
            ),
        )
        .options(selectinload(OutboxMail.files))
        .order_by(OutboxMail.created_at, OutboxMail.id)
    ).all()


def consultations_of(municipality: Municipality) -> Sequence[Consultation]:
    """The earliest first."""
    return db.session.scalars(
        select(Consultation)
        .where(Consultation.municipality_id == municipality.id)
        .options(joinedload(Consultation.animator), selectinload(Consultation.follow_ups))
        .order_by(Consultation.actual_start, Consultation.id)
    ).all()


def evidence_of(partnership: Partnership) -> Sequence[Attachment]:
    """Kept, and never in an archive: it is only named there."""
    return db.session.scalars(
        select(Attachment)
        .where(
            Attachment.partnership_id == partnership.id,
            Attachment.removed_on.is_(None),
            Attachment.file_class == FileClass.EVIDENCE,
        )
        .order_by(Attachment.added_at, Attachment.id)
    ).all()
