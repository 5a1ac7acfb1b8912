"""Asking for papers."""

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from core.database import db
from handbooks.models import HandbookIssue
from papers.kinds import FORMS, PaperKind
from papers.models import NewPaper, Paper, WaitingScan
from partnerships.files.models import Attachment
from partnerships.models import LeaderTerm, Partnership, PartnershipMember
from partnerships.queries import partnership_by_id, with_people, with_place


def paper_by_id(paper_id: int) -> Paper | None:
    found = select(Paper).where(Paper.id == paper_id).options(*_whole())
    return db.session.scalars(found).unique().one_or_none()


def paper_by_token(token: str) -> Paper | None:
    found = select(Paper).where(Paper.token == token).options(*_whole())
    return db.session.scalars(found).unique().one_or_none()


def new_paper(partnership_id: int, kind: str) -> NewPaper | None:
    partnership = partnership_by_id(partnership_id) if kind in set(PaperKind) else None
    return NewPaper(partnership, PaperKind(kind)) if partnership else None


def papers_of(partnership: Partnership) -> Sequence[Paper]:
    """The latest first."""
    return (
        db.session.scalars(
            select(Paper)
            .where(Paper.partnership_id == partnership.id)
            .options(*_about(), joinedload(Paper.scan))
            .order_by(Paper.year.desc(), Paper.serial.desc())
        )
        .unique()
        .all()
    )


def scans_of_void_papers(partnership: Partnership) -> set[int]:
    """Signed before what they were made for was taken back. They are kept, and bind nobody."""
    return {paper.scan_id for paper in papers_of(partnership) if paper.is_void and paper.scan_id}


def waiting_scans(partnership: Partnership) -> Sequence[Attachment]:
    """Scans whose paper nobody has chosen yet, the first sent first."""
    return (
        db.session.scalars(
            select(Attachment)
            .join(WaitingScan, WaitingScan.attachment_id == Attachment.id)
            .where(Attachment.partnership_id == partnership.id, Attachment.removed_on.is_(None))
            .options(joinedload(Attachment.added_by))
            .order_by(Attachment.id)
        )
        .unique()
        .all()
    )


def is_signed_list(attachment: Attachment) -> bool:
    """Whether it, or what it signs, is the scan of a paper that people sign by name."""
    scan_id = attachment.signature_of_id or attachment.id
    kinds = [kind for kind, form in FORMS.items() if form.is_evidence]
    found = exists().where(Paper.scan_id == scan_id, Paper.kind.in_(kinds))
    return bool(db.session.scalar(select(found)))


def _about() -> tuple[_AbstractLoad, ...]:
    return (
        joinedload(Paper.member).joinedload(PartnershipMember.organisation),
        joinedload(Paper.meeting),
        joinedload(Paper.term).joinedload(LeaderTerm.user),
        joinedload(Paper.issue).joinedload(HandbookIssue.edition),
    )


def _whole() -> tuple[_AbstractLoad, ...]:
    """With the partnership that decides who may open it, and everything its page shows."""
    return (
        *_about(),
        joinedload(Paper.scan).joinedload(Attachment.file),
        joinedload(Paper.made_by),
        joinedload(Paper.partnership, innerjoin=True).options(*with_place(), *with_people()),
    )
