"""Papers to sign as they are touched by a change of municipalities: those for a meeting that goes on elsewhere go along with it."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.models import User
from core.database import db
from core.formatting import day
from core.i18n import _, _l
from meetings.following import going_along
from meetings.models import PartnershipMeeting
from municipalities.followers import Follower, Line
from municipalities.journal import Journal
from municipalities.models import MunicipalityChange
from papers.models import Paper


class PapersFollow(Follower):
    """Their scans come after the meeting, when the former partnership takes none. What is signed stays with its file."""

    topic = _l("Papers to sign")

    def touches(self, change: MunicipalityChange) -> Sequence[Line]:
        days = {meeting.id: meeting.held_on for meeting in going_along(change)}
        return [
            Line(
                _(
                    "%(paper)s: goes along with its meeting on %(day)s",
                    paper=paper.label,
                    day=day(days[paper.meeting_id]),
                ),
                "papers.show",
                {"paper_id": paper.id},
            )
            for paper in _to_sign(days)
            if paper.meeting_id
        ]

    def apply(self, change: MunicipalityChange, journal: Journal, *, actor: User | None) -> None:
        """The meetings have followed by now."""
        gone = {
            row["id"]
            for row in journal.rows
            if row["table"] == PartnershipMeeting.__tablename__ and "partnership_id" in row["after"]
        }
        for paper in _to_sign(gone):
            if paper.meeting is not None:
                journal.change(paper, partnership=paper.meeting.partnership)
        journal.settle()


def _to_sign(meeting_ids: Collection[int]) -> Sequence[Paper]:
    found = db.session.scalars(
        select(Paper)
        .where(Paper.meeting_id.in_(meeting_ids))
        .options(joinedload(Paper.meeting), joinedload(Paper.scan))
        .order_by(Paper.id)
    )
    return [paper for paper in found.unique() if not paper.is_signed]
