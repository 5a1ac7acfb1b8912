"""What a paper may be about: which members, meetings, terms and copies there are to choose from, and each by its id."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core import clock
from core.formatting import day
from core.i18n import _, ngettext
from handbooks.models import HandbookIssue
from handbooks.queries import issues_of
from meetings.models import MeetingState, PartnershipMeeting
from meetings.queries import meetings_of
from papers.kinds import FORMS, PaperKind, Subject
from partnerships.models import LeaderTerm, Partnership, PartnershipMember, TermKind
from partnerships.queries import members_of

About = PartnershipMember | PartnershipMeeting | LeaderTerm | HandbookIssue | None

COLUMNS = {
    Subject.MEMBER: "member_id",
    Subject.MEETING: "meeting_id",
    Subject.TERM: "term_id",
    Subject.HANDBOOKS: "issue_id",
}
"""Where a paper keeps the id of what it is about."""


@dataclass(frozen=True)
class Choice:
    about: About
    label: str

    @property
    def id(self) -> int:
        return self.about.id if self.about else 0


def choices_for(kind: PaperKind, partnership: Partnership) -> list[Choice]:
    """Of a kind that is about the partnership itself none: there is nothing to choose."""
    subject = FORMS[kind].subject
    if subject is Subject.MEMBER:
        return [_member(one) for one in members_of(partnership) if one.left_on is None]
    if subject is Subject.MEETING:
        return [_meeting(one) for one in meetings_of(partnership) if _fits(kind, one)]
    if subject is Subject.TERM:
        return [_term(one) for one in _leading(partnership)]
    if subject is Subject.HANDBOOKS:
        return [_issue(one) for one in issues_of(partnership.municipality)]
    return []


def chosen(kind: PaperKind, partnership: Partnership, about_id: int) -> About:
    """None where it is none of these: an id from elsewhere is no id here."""
    return next((one.about for one in choices_for(kind, partnership) if one.id == about_id), None)


def _fits(kind: PaperKind, meeting: PartnershipMeeting) -> bool:
    """Nobody is invited to what is over."""
    if kind is PaperKind.INVITATION:
        return meeting.state is MeetingState.PLANNED
    return meeting.state is not MeetingState.CALLED_OFF


def _leading(partnership: Partnership) -> Sequence[LeaderTerm]:
    """Who leads, and who is to."""
    today = clock.today()
    return [
        one
        for one in partnership.terms
        if one.kind is TermKind.LEADER and (one.ends_on is None or one.ends_on >= today)
    ]


def _member(member: PartnershipMember) -> Choice:
    return Choice(member, member.organisation.name)


def _meeting(meeting: PartnershipMeeting) -> Choice:
    return Choice(meeting, f"{day(meeting.held_on)}, {meeting.place}")


def _term(term: LeaderTerm) -> Choice:
    return Choice(term, _("%(name)s, from %(day)s", name=term.user.name, day=day(term.starts_on)))


def _issue(issue: HandbookIssue) -> Choice:
    copies = ngettext("%(num)d copy", "%(num)d copies", issue.sent_count)
    return Choice(issue, _("%(copies)s sent on %(day)s", copies=copies, day=day(issue.sent_on)))


def label_of(about: Any) -> str:
    """What a list says beside the kind of a paper; empty where it is about the partnership itself."""
    if isinstance(about, PartnershipMember):
        return _member(about).label
    if isinstance(about, PartnershipMeeting):
        return _meeting(about).label
    if isinstance(about, LeaderTerm):
        return _term(about).label
    return _issue(about).label if isinstance(about, HandbookIssue) else ""
