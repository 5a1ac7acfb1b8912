"""Meetings that are called when a partnership merges, moves or closes: they go on with it, or are called off."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, and_, not_, or_, select

from accounts.models import User
from core import audit, clock
from core.database import db
from core.formatting import day
from core.i18n import DEFAULT_LANGUAGE, _, _l, in_language
from meetings.events import MeetingEvent
from meetings.invitations import CALLED_OFF, INVITATION, invited_to, tell, told_that_it_is_off
from meetings.models import MeetingKind, PartnershipMeeting
from meetings.queries import IN_TIME, in_order
from meetings.services import call_off, keep_first_initiating
from municipalities.followers import Follower, Line
from municipalities.journal import Journal
from municipalities.models import MunicipalityChange
from partnerships.changes.following import touched_partnerships
from partnerships.changes.succession import course, standing
from partnerships.models import Partnership

CANCELLED_AND_CALLED_AGAIN = 2
"""A calendar takes only what is newer: the meeting was called, called off, and is called once more."""


class MeetingsFollow(Follower):
    topic = _l("Meetings")

    def touches(self, change: MunicipalityChange) -> Sequence[Line]:
        decided = course(change, standing(change))
        merged, closed = _ids(decided.merged), _ids(decided.closed)
        going, ending = _called(merged), _called(closed)
        heir, names = decided.successor, {one.id: one.name for one in decided.everyone}
        days = Counter(one.held_on for one in [*(in_order(heir) if heir else ()), *going])
        said = [(one, _goes_on(one, names, heir, days[one.held_on] > 1)) for one in going if heir]
        said += [(one, _falls(one, names)) for one in ending]
        said += [(one, _stays(one, names)) for one in _left_unrecorded([*merged, *closed])]
        return [Line(text, "meetings.show", {"meeting_id": meeting.id}) for meeting, text in said]

    def apply(self, change: MunicipalityChange, journal: Journal, *, actor: User | None) -> None:
        """The partnerships have followed by now."""
        touched = {row["id"] for row in journal.rows if row["table"] == Partnership.__tablename__}
        for meeting in _called(touched):
            partnership = meeting.partnership
            if partnership.successor is not None:
                _go_along(meeting, partnership.successor, journal, actor=actor)
            elif not partnership.is_open:
                _call_off(meeting, journal, actor=actor)

    def undone(self, change: MunicipalityChange, *, actor: User | None) -> None:
        """Those told that it is called off are invited anew, if they still belong here: a mail cannot be taken back."""
        if actor is None:
            return
        for meeting in _called(touched_partnerships(change)):
            if meeting.id in _called_off_by(change) and meeting.invited_at is not None:
                _invite_anew(meeting, actor=actor)


def going_along(change: MunicipalityChange) -> Sequence[PartnershipMeeting]:
    """Those that the change will take to the successor."""
    return _called(_ids(course(change, standing(change)).merged))


def call_off_those_to_come(partnership: Partnership, reason: str, actor: User) -> None:
    """A partnership that is closed by hand meets no more."""
    for meeting in _called([partnership.id]):
        call_off(meeting, reason=reason, actor=actor)


def _called(partnership_ids: Collection[int]) -> Sequence[PartnershipMeeting]:
    """Those still to come. What was held, was to be, or has begun stays with the partnership whose members met."""
    return _unrecorded(partnership_ids, _may_be_to_come())


def _left_unrecorded(partnership_ids: Collection[int]) -> Sequence[PartnershipMeeting]:
    """Those that stay: once their partnership has ended, nobody can say what became of them."""
    return _unrecorded(partnership_ids, not_(_may_be_to_come()))


def _unrecorded(partnership_ids: Collection[int], when: ColumnElement[bool]) -> Sequence[PartnershipMeeting]:
    return db.session.scalars(
        select(PartnershipMeeting)
        .where(
            PartnershipMeeting.partnership_id.in_(partnership_ids),
            PartnershipMeeting.called_off_at.is_(None),
            PartnershipMeeting.people_count.is_(None),
            when,
        )
        .order_by(PartnershipMeeting.partnership_id, *IN_TIME)
    ).all()


def _may_be_to_come() -> ColumnElement[bool]:
    """By the clock of the place. Of today's without an hour nobody knows whether it is over.

    It counts as one to come: whoever goes on with it can still record it, and nobody comes to one that nobody holds.
    """
    here, starts_at = clock.local(clock.now()), PartnershipMeeting.starts_at
    is_ahead = or_(starts_at.is_(None), starts_at > here.time())
    return or_(
        PartnershipMeeting.held_on > here.date(),
        and_(PartnershipMeeting.held_on == here.date(), is_ahead),
    )


def _ids(partnerships: Iterable[Partnership]) -> list[int]:
    return [one.id for one in partnerships]


def _goes_on(
    meeting: PartnershipMeeting, names: Mapping[int, str], heir: Partnership, is_second: bool
) -> str:
    words = {"name": names[meeting.partnership_id], "day": day(meeting.held_on), "heir": heir.name}
    if is_second:
        return str(
            _(
                "Meeting of %(name)s on %(day)s: goes on with %(heir)s, which then has another one on that day",
                **words,
            )
        )
    return str(_("Meeting of %(name)s on %(day)s: goes on with %(heir)s", **words))


def _falls(meeting: PartnershipMeeting, names: Mapping[int, str]) -> str:
    words = {"name": names[meeting.partnership_id], "day": day(meeting.held_on)}
    if meeting.invited_at is None:
        return str(_("Meeting of %(name)s on %(day)s: is called off", **words))
    return str(
        _(
            "Meeting of %(name)s on %(day)s: is called off, and those invited get a mail. "
            "If the change is undone, they are invited anew.",
            **words,
        )
    )


def _stays(meeting: PartnershipMeeting, names: Mapping[int, str]) -> str:
    words = {"name": names[meeting.partnership_id], "day": day(meeting.held_on)}
    return str(
        _(
            "Meeting of %(name)s on %(day)s: stays with it, unrecorded. "
            "Record it before the change is applied: nothing can be entered afterwards.",
            **words,
        )
    )


def _go_along(
    meeting: PartnershipMeeting, heir: Partnership, journal: Journal, *, actor: User | None
) -> None:
    """Its members are invited already; those of the successor can be, and its leader moves it or calls it off."""
    former, held_on = meeting.partnership, meeting.held_on.isoformat()

    def write(one: PartnershipMeeting, kind: MeetingKind) -> None:
        journal.change(one, kind=kind)
        journal.settle()

    journal.change(meeting, partnership=heir, kind=MeetingKind.REGULAR)
    journal.settle()
    first = keep_first_initiating(heir, write)
    for story in (former, heir):
        audit.record(
            MeetingEvent.WENT_ALONG, meeting, actor=actor, story=story, note=f"{former.name} → {heir.name}",
            held_on=held_on,
        )  # fmt: skip
    if first is not None:
        audit.record(MeetingEvent.INITIATING, first, actor=actor, held_on=first.held_on.isoformat())


def _call_off(meeting: PartnershipMeeting, journal: Journal, *, actor: User | None) -> None:
    """As a person would, with the usual mail: whoever led it until yesterday was invited too."""
    with in_language(DEFAULT_LANGUAGE):
        reason = _("The municipality ends, and the partnership with it.")
    sequence = meeting.calendar_sequence + 1
    journal.change(meeting, called_off_at=clock.now(), call_off_reason=reason, calendar_sequence=sequence)
    journal.settle()
    audit.record(
        MeetingEvent.CALLED_OFF, meeting, actor=actor, personal={"reason": reason},
        held_on=meeting.held_on.isoformat(),
    )  # fmt: skip
    if meeting.invited_at is not None and actor is not None:
        tell(meeting, invited_to(meeting).everybody, CALLED_OFF, actor=actor)


def _invite_anew(meeting: PartnershipMeeting, *, actor: User) -> None:
    guests = told_that_it_is_off(meeting)
    meeting.calendar_sequence += CANCELLED_AND_CALLED_AGAIN
    if not guests:
        return
    meeting.invited_at = clock.now()
    db.session.flush()
    tell(meeting, guests, INVITATION, actor=actor)
    held_on = meeting.held_on.isoformat()
    audit.record(MeetingEvent.INVITED, meeting, actor=actor, guests=len(guests), held_on=held_on)


def _called_off_by(change: MunicipalityChange) -> set[int]:
    rows = [row for row in change.journal["rows"] if row["table"] == PartnershipMeeting.__tablename__]
    return {row["id"] for row in rows if "called_off_at" in row["after"]}
