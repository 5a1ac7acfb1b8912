"""Asking for meetings."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from accounts.models import User
from core import clock
from core.database import db
from meetings.models import PartnershipMeeting
from municipalities.models import Municipality
from partnerships.files.models import Attachment
from partnerships.models import AnimatorAssignment, Partnership
from partnerships.queries.records import with_people, with_place
from partnerships.queries.scopes import advised_by, led_by

IN_TIME = (
    PartnershipMeeting.held_on,
    PartnershipMeeting.starts_at.nulls_first(),
    PartnershipMeeting.id,
)
LATEST_FIRST = (
    PartnershipMeeting.held_on.desc(),
    PartnershipMeeting.starts_at.desc().nulls_last(),
    PartnershipMeeting.id.desc(),
)


def meeting_by_id(meeting_id: int) -> PartnershipMeeting | None:
    """With everything its page and its rights need, in one query."""
    found = (
        select(PartnershipMeeting)
        .where(PartnershipMeeting.id == meeting_id)
        .options(
            joinedload(PartnershipMeeting.partnership, innerjoin=True).options(*with_place(), *with_people()),
            joinedload(PartnershipMeeting.minutes_file).joinedload(Attachment.file),
        )
    )
    return db.session.scalars(found).unique().one_or_none()


def meetings_of(partnership: Partnership) -> Sequence[PartnershipMeeting]:
    """All, called-off ones too, the latest first."""
    return db.session.scalars(
        select(PartnershipMeeting)
        .where(PartnershipMeeting.partnership_id == partnership.id)
        .options(joinedload(PartnershipMeeting.minutes_file).joinedload(Attachment.file))
        .order_by(*LATEST_FIRST)
    ).all()


def in_order(partnership: Partnership) -> Sequence[PartnershipMeeting]:
    """Those that were not called off, the earliest first."""
    return db.session.scalars(
        select(PartnershipMeeting)
        .where(
            PartnershipMeeting.partnership_id == partnership.id, PartnershipMeeting.called_off_at.is_(None)
        )
        .order_by(*IN_TIME)
    ).all()


def meetings_around(person: User, first: date, last: date) -> Sequence[PartnershipMeeting]:
    """Of these days, in partnerships that this person leads, helps to lead or advises; called-off ones too."""
    return db.session.scalars(
        select(PartnershipMeeting)
        .join(PartnershipMeeting.partnership)
        .join(Partnership.municipality)
        .options(
            contains_eager(PartnershipMeeting.partnership).contains_eager(Partnership.municipality),
        )
        .where(PartnershipMeeting.held_on.between(first, last), or_(led_by(person), advised_by(person)))
        .order_by(*IN_TIME)
    ).all()


def all_meetings_between(first: date, last: date) -> Sequence[PartnershipMeeting]:
    """Of these days, of every partnership, with its place."""
    return db.session.scalars(
        select(PartnershipMeeting)
        .join(PartnershipMeeting.partnership)
        .join(Partnership.municipality)
        .options(
            contains_eager(PartnershipMeeting.partnership)
            .contains_eager(Partnership.municipality)
            .joinedload(Municipality.voivodeship, innerjoin=True),
            contains_eager(PartnershipMeeting.partnership)
            .selectinload(Partnership.assignments)
            .joinedload(AnimatorAssignment.animator, innerjoin=True),
        )
        .where(PartnershipMeeting.held_on.between(first, last))
        .order_by(*IN_TIME)
    ).all()


def count_held(partnership_ids: Sequence[int], on: date | None = None) -> dict[int, int]:
    """Meetings held until a day, for partnerships that have any: what the second minimum task counts."""
    rows = db.session.execute(
        select(PartnershipMeeting.partnership_id, func.count())
        .where(
            PartnershipMeeting.partnership_id.in_(partnership_ids),
            PartnershipMeeting.called_off_at.is_(None),
            PartnershipMeeting.people_count.is_not(None),
            PartnershipMeeting.held_on <= (on or clock.today()),
        )
        .group_by(PartnershipMeeting.partnership_id)
    )
    return {row[0]: row[1] for row in rows}
