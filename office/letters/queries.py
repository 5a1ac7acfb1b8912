"""Letters, whom each is for, and those that a partnership got."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from core.database import db
from core.paging import Page, paged
from municipalities.models import Municipality
from office.letters.models import Letter, LetterDelivery, LetterFile
from partnerships.models import Partnership
from partnerships.queries import has_leader, with_people
from partnerships.workflow import PartnershipStatus


def letter_by_id(letter_id: int) -> Letter | None:
    found = (
        select(Letter)
        .where(Letter.id == letter_id)
        .options(joinedload(Letter.author), selectinload(Letter.files).joinedload(LetterFile.file))
    )
    return db.session.scalars(found).one_or_none()


@dataclass(frozen=True)
class LetterLine:
    letter: Letter
    municipalities: int
    mails: int


def letters(*, number: int) -> Page[LetterLine]:
    """The latest first."""
    counted = (
        select(
            LetterDelivery.letter_id,
            func.count().label("municipalities"),
            func.count(LetterDelivery.recipient_id).label("mails"),
        )
        .group_by(LetterDelivery.letter_id)
        .subquery()
    )
    query = (
        select(Letter, func.coalesce(counted.c.municipalities, 0), func.coalesce(counted.c.mails, 0))
        .outerjoin(counted, counted.c.letter_id == Letter.id)
        .options(joinedload(Letter.author))
        .order_by(Letter.id.desc())
    )
    page = paged(query, number=number)
    return Page([LetterLine(*row) for row in page.rows], page.number, page.total, page.size)


def deliveries_of(letter: Letter, *, number: int) -> Page[LetterDelivery]:
    query = (
        select(LetterDelivery)
        .join(LetterDelivery.partnership)
        .join(Partnership.municipality)
        .where(LetterDelivery.letter_id == letter.id)
        .options(
            joinedload(LetterDelivery.partnership).joinedload(Partnership.municipality),
            joinedload(LetterDelivery.partnership).options(*with_people()),
            joinedload(LetterDelivery.recipient),
        )
        .order_by(Municipality.sort_key, Municipality.id)
    )
    total = count_deliveries(letter)
    number = max(1, min(number, -(-total // PAGE)))
    ids = select(LetterDelivery.id).join(LetterDelivery.partnership).join(Partnership.municipality)
    ids = ids.where(LetterDelivery.letter_id == letter.id).order_by(Municipality.sort_key, Municipality.id)
    on_page = db.session.scalars(ids.limit(PAGE).offset((number - 1) * PAGE)).all()
    rows = db.session.scalars(query.where(LetterDelivery.id.in_(on_page))).unique().all()
    return Page(rows, number, total, PAGE)


PAGE = 50


def count_deliveries(letter: Letter) -> int:
    counted = select(func.count()).where(LetterDelivery.letter_id == letter.id)
    return db.session.scalar(counted) or 0


def count_to_send(letter: Letter) -> int:
    """Of a draft: whom somebody leads today."""
    counted = (
        select(func.count())
        .select_from(LetterDelivery)
        .join(LetterDelivery.partnership)
        .where(
            LetterDelivery.letter_id == letter.id,
            Partnership.status != PartnershipStatus.CLOSED,
            has_leader(),
        )
    )
    return db.session.scalar(counted) or 0


def delivery_of(letter: Letter, partnership_id: int) -> LetterDelivery | None:
    return db.session.scalars(
        select(LetterDelivery).where(
            LetterDelivery.letter_id == letter.id, LetterDelivery.partnership_id == partnership_id
        )
    ).one_or_none()


def first_to_show(letter: Letter) -> int | None:
    """The partnership by whose leader's eyes a letter is read at first."""
    return db.session.scalar(
        select(LetterDelivery.partnership_id)
        .join(LetterDelivery.partnership)
        .join(Partnership.municipality)
        .where(LetterDelivery.letter_id == letter.id)
        .order_by(~has_leader(), Municipality.sort_key, Municipality.id)
        .limit(1)
    )


def letters_to(partnership: Partnership) -> Sequence[LetterDelivery]:
    """Those that were sent to its leaders, the latest first."""
    return db.session.scalars(
        select(LetterDelivery)
        .join(LetterDelivery.letter)
        .where(LetterDelivery.partnership_id == partnership.id, LetterDelivery.recipient_id.is_not(None))
        .options(
            joinedload(LetterDelivery.letter).joinedload(Letter.author),
            joinedload(LetterDelivery.letter).selectinload(Letter.files).joinedload(LetterFile.file),
            joinedload(LetterDelivery.recipient),
        )
        .order_by(Letter.sent_at.desc(), LetterDelivery.id.desc())
    ).all()


def file_by_id(file_id: int) -> LetterFile | None:
    return db.session.get(LetterFile, file_id)


def sent_file_of(partnership_id: int, file_id: int) -> LetterFile | None:
    """A file of a letter that this partnership got."""
    return db.session.scalars(
        select(LetterFile)
        .join(LetterDelivery, LetterDelivery.letter_id == LetterFile.letter_id)
        .where(
            LetterFile.id == file_id,
            LetterDelivery.partnership_id == partnership_id,
            LetterDelivery.recipient_id.is_not(None),
        )
    ).one_or_none()
