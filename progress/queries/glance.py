"""What a partnership's page shows of its advice, beside what the animators' package tells already."""

from sqlalchemy import select

from core import clock
from core.database import db
from meetings.models import PartnershipMeeting
from meetings.queries import IN_TIME
from partnerships.models import Partnership


def next_meeting_of(partnership: Partnership) -> PartnershipMeeting | None:
    """Called, and not over yet as far as the day tells."""
    return db.session.scalar(
        select(PartnershipMeeting)
        .where(
            PartnershipMeeting.partnership_id == partnership.id,
            PartnershipMeeting.called_off_at.is_(None),
            PartnershipMeeting.people_count.is_(None),
            PartnershipMeeting.held_on >= clock.today(),
        )
        .order_by(*IN_TIME)
        .limit(1)
    )
