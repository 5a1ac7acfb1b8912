"""Files of a partnership, as its pages, its exports and the rules ask for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from core.database import db
from partnerships.files.models import Attachment, FileClass
from partnerships.models import Partnership
from partnerships.queries.records import with_people, with_place


@dataclass(frozen=True)
class FileInPlace:
    """A document as it stands, and those that stood there before it, the newest first."""

    attachment: Attachment
    former: tuple[Attachment, ...]


def attachment_by_id(attachment_id: int) -> Attachment | None:
    """With the partnership that decides who may open it, in one query."""
    found = (
        select(Attachment)
        .where(Attachment.id == attachment_id)
        .options(
            joinedload(Attachment.file),
            joinedload(Attachment.partnership, innerjoin=True).options(*with_place(), *with_people()),
        )
    )
    return db.session.scalars(found).unique().one_or_none()


def files_of(partnership: Partnership) -> list[FileInPlace]:
    """Every document of a partnership, the newest first: public ones, its own, then evidence; removed ones last."""
    everything = db.session.scalars(
        select(Attachment)
        .where(Attachment.partnership_id == partnership.id, Attachment.signature_of_id.is_(None))
        .options(
            joinedload(Attachment.added_by),
            joinedload(Attachment.removed_by),
            selectinload(Attachment.signatures),
        )
        .order_by(Attachment.added_at.desc(), Attachment.id.desc())
    ).all()
    former: dict[int, list[Attachment]] = {}
    for one in everything:
        if one.replaced_by_id is not None:
            former.setdefault(one.replaced_by_id, []).append(one)
    return [
        FileInPlace(one, tuple(former.get(one.id, ()))) for one in everything if one.replaced_by_id is None
    ]


def files_to_export(partnership: Partnership) -> Sequence[Attachment]:
    """What may leave in an archive: everything still kept but evidence with personal data, former files included."""
    return db.session.scalars(
        select(Attachment)
        .where(
            Attachment.partnership_id == partnership.id,
            Attachment.removed_on.is_(None),
            Attachment.file_class != FileClass.EVIDENCE,
        )
        .options(joinedload(Attachment.file))
        .order_by(Attachment.added_at, Attachment.id)
    ).all()


def files_past_their_time(today: date) -> Sequence[Attachment]:
    """Kept files whose last day is over, the longest ago first. A signature goes with what it signs."""
    return db.session.scalars(
        select(Attachment)
        .where(Attachment.retain_until < today, Attachment.removed_on.is_(None))
        .options(joinedload(Attachment.partnership, innerjoin=True))
        .order_by(Attachment.retain_until, Attachment.id)
    ).all()
