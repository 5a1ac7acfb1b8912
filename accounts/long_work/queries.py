"""Pieces of long work, with whoever asked for them."""

from dataclasses import dataclass

from sqlalchemy import select

from accounts.models import User
from core.database import db
from core.long_work import LongWork
from core.long_work.known import kinds
from core.paging import Page, paged


def work_by_id(work_id: int) -> LongWork | None:
    """None also for a kind that this version of the program no longer knows."""
    work = db.session.get(LongWork, work_id)
    return work if work is not None and work.kind in kinds() else None


@dataclass(frozen=True)
class WorkLine:
    work: LongWork
    asked_by: User


def all_work(*, number: int) -> Page[WorkLine]:
    """The latest first."""
    query = (
        select(LongWork, User)
        .join(User, User.id == LongWork.asked_by_id)
        .where(LongWork.kind.in_(list(kinds())))
        .order_by(LongWork.id.desc())
    )
    page = paged(query, number=number)
    return Page([WorkLine(*row) for row in page.rows], page.number, page.total, page.size)


def who_asked(work: LongWork) -> User:
    return db.session.get_one(User, work.asked_by_id)
