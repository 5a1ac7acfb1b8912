"""Papers to sign as they are touched by a change of municipalities: those for a meeting or for handbooks that go on
elsewhere go along.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import joinedload

from accounts.models import User
from core.database import Base, db
from core.formatting import day
from core.i18n import _, _l
from meetings.following import going_along
from meetings.models import PartnershipMeeting
from municipalities.followers import Follower, Line
from municipalities.journal import Journal
from municipalities.models import MunicipalityChange
from papers.models import Paper
from partnerships.changes.succession import course, standing
from partnerships.models import Partnership


class PapersFollow(Follower):
    """Their scans come later, when the former partnership takes none. What is signed stays with its file."""

    topic = _l("Papers to sign")

    def touches(self, change: MunicipalityChange) -> Sequence[Line]:
        days = {meeting.id: meeting.held_on for meeting in going_along(change)}
        merged = [one.id for one in course(change, standing(change)).merged]
        said = [
            (
                paper,
                _(
                    "%(paper)s: goes along with its meeting on %(day)s",
                    paper=paper.label,
                    day=day(days[paper.meeting_id]),
                ),
            )
            for paper in _to_sign(Paper.meeting_id.in_(days))
            if paper.meeting_id
        ]
        said += [
            (paper, _("%(paper)s: goes along with the handbooks", paper=paper.label))
            for paper in _to_sign(_is_receipt_of(merged))
        ]
        return [Line(text, "papers.show", {"paper_id": paper.id}) for paper, text in said]

    def apply(self, change: MunicipalityChange, journal: Journal, *, actor: User | None) -> None:
        """Partnerships and meetings have followed by now; the handbooks go where the partnership goes on."""
        for paper in _to_sign(Paper.meeting_id.in_(_ids(journal, PartnershipMeeting, "partnership_id"))):
            if paper.meeting is not None:
                journal.change(paper, partnership=paper.meeting.partnership)
        for paper in _to_sign(_is_receipt_of(_ids(journal, Partnership, "successor_id"))):
            if paper.partnership.successor is not None:
                journal.change(paper, partnership=paper.partnership.successor)
        journal.settle()


def _ids(journal: Journal, model: type[Base], changed: str) -> set[int]:
    rows = (row for row in journal.rows if row["table"] == model.__tablename__)
    return {row["id"] for row in rows if changed in row["after"]}


def _is_receipt_of(partnership_ids: Collection[int]) -> ColumnElement[bool]:
    return and_(Paper.partnership_id.in_(partnership_ids), Paper.issue_id.is_not(None))


def _to_sign(which: ColumnElement[bool]) -> Sequence[Paper]:
    found = db.session.scalars(
        select(Paper)
        .where(which)
        .options(joinedload(Paper.meeting), joinedload(Paper.scan))
        .order_by(Paper.id)
    )
    return [paper for paper in found.unique() if not paper.is_signed]
