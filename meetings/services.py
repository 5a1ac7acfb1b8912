"""Calling meetings, recording what was held, telling those concerned."""

import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any

from accounts.models import User
from core import audit, clock
from core.calendars import Entry
from core.database import db
from core.formatting import day
from core.i18n import _
from core.uploads import SentFile
from meetings.errors import (
    AlreadyHeld,
    CalledOff,
    DayIsOver,
    EverybodyInvited,
    NobodyCame,
    NobodyToInvite,
    NotHeldYet,
    SameMeeting,
    TooLong,
)
from meetings.events import MeetingEvent
from meetings.invitations import (
    CALLED_OFF,
    INVITATION,
    MOVED,
    TAKEN_OUT,
    entry_of,
    invited_to,
    not_yet_invited,
    tell,
)
from meetings.models import MeetingKind, PartnershipMeeting
from meetings.queries import in_order
from partnerships.behalf import remembered_principal
from partnerships.files.models import FileClass
from partnerships.files.services import attach, close_to, replace
from partnerships.models import Partnership
from partnerships.services.shared import hold

MOST_PEOPLE = 10_000
MOST_MINUTES = 24 * 60
FOR_CALENDARS = ("held_on", "starts_at", "minutes", "place", "agenda")
"""What stands in the entry of a calendar: a change of it is sent there."""
MOVES = frozenset({"held_on", "starts_at"})

WriteKind = Callable[[PartnershipMeeting, MeetingKind], None]
"""Writes it to the database at once."""


@dataclass(frozen=True)
class When:
    held_on: date
    starts_at: time | None
    minutes: int | None
    place: str
    agenda: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What is told of a meeting that was held. Counts, never names."""

    people_count: int | None
    summary: str | None = None
    next_steps: str | None = None


def call_meeting(partnership: Partnership, when: When, *, invite: bool, actor: User) -> PartnershipMeeting:
    """Set a day for the members to meet. The first meeting of a partnership is the initiating one."""
    hold(partnership)
    if when.held_on < clock.today():
        raise DayIsOver
    meeting = _enter(partnership, when)
    _remember(MeetingEvent.CALLED, meeting, actor=actor, after=_plain(asdict(when)))
    settle_kinds(partnership, actor=actor)
    if invite:
        send_invitations(meeting, actor=actor)
    return meeting


def record_meeting(
    partnership: Partnership,
    when: When,
    outcome: Outcome,
    *,
    minutes_file: SentFile | None = None,
    actor: User,
) -> PartnershipMeeting:
    """Enter a meeting that was held without having been called here."""
    hold(partnership)
    meeting = _enter(partnership, when)
    _keep_outcome(meeting, outcome, minutes_file, actor=actor)
    settle_kinds(partnership, actor=actor)
    return meeting


def record_outcome(
    meeting: PartnershipMeeting,
    outcome: Outcome,
    *,
    minutes_file: SentFile | None = None,
    actor: User,
) -> None:
    """Say what became of a meeting that was called here, or correct what was said."""
    hold(meeting.partnership)
    _not_called_off(meeting)
    _keep_outcome(meeting, outcome, minutes_file, actor=actor)


def change_meeting(meeting: PartnershipMeeting, when: When, *, actor: User) -> bool:
    """Move it or change what it is about. True where those invited are told, with their calendars moved too."""
    hold(meeting.partnership)
    _not_called_off(meeting)
    _check(meeting.partnership, when, but=meeting)
    is_held = meeting.people_count is not None
    if is_held and when.held_on > clock.today():
        raise NotHeldYet(when.held_on)
    if not is_held and when.held_on < clock.today() and when.held_on != meeting.held_on:
        raise DayIsOver
    before, after = {name: getattr(meeting, name) for name in FOR_CALENDARS}, asdict(when)
    former = entry_of(meeting)
    changed = [name for name in FOR_CALENDARS if before[name] != after[name]]
    if not changed:
        return False
    for name in changed:
        setattr(meeting, name, after[name])
    meeting.calendar_sequence += 1
    _remember(
        MeetingEvent.CHANGED,
        meeting,
        actor=actor,
        before=_plain({name: before[name] for name in changed}),
        after=_plain({name: after[name] for name in changed}),
    )
    settle_kinds(meeting.partnership, actor=actor)
    if meeting.invited_at is None or is_held or meeting.held_on < clock.today():
        return False  # of what is over nobody has to be told anything new
    return _tell_of_change(meeting, former, before, changed, actor=actor)


def send_invitations(meeting: PartnershipMeeting, *, actor: User) -> int:
    """Invite every member that has an address; who was invited already gets nothing twice. Returns their number."""
    hold(meeting.partnership)
    _not_called_off(meeting)
    if meeting.people_count is not None or meeting.held_on < clock.today():
        raise AlreadyHeld
    guests = not_yet_invited(meeting)
    if not guests:
        raise NobodyToInvite if meeting.invited_at is None else EverybodyInvited
    meeting.invited_at = clock.now()
    db.session.flush()
    tell(meeting, guests, INVITATION, actor=actor)
    _remember(
        MeetingEvent.INVITED, meeting, actor=actor, guests=len(guests), held_on=meeting.held_on.isoformat()
    )
    return len(guests)


def call_off(meeting: PartnershipMeeting, *, reason: str, actor: User) -> None:
    """It is not held, or was entered by mistake. It stays to be read and counts no more."""
    hold(meeting.partnership)
    _not_called_off(meeting)
    meeting.called_off_at, meeting.call_off_reason = clock.now(), reason or None
    meeting.calendar_sequence += 1
    _remember(
        MeetingEvent.CALLED_OFF,
        meeting,
        actor=actor,
        personal={"reason": reason} if reason else None,
        held_on=meeting.held_on.isoformat(),
    )
    settle_kinds(meeting.partnership, actor=actor)
    if meeting.invited_at is not None and meeting.people_count is None:
        tell(meeting, invited_to(meeting).everybody, CALLED_OFF, actor=actor)


def _tell_of_change(
    meeting: PartnershipMeeting,
    former: Entry,
    before: Mapping[str, Any],
    changed: Collection[str],
    *,
    actor: User,
) -> bool:
    """Whoever left since is not told what is new: where it is moved, it leaves their calendar."""
    db.session.flush()
    invited, is_moved = invited_to(meeting), not MOVES.isdisjoint(changed)
    tell(
        meeting,
        invited.present,
        MOVED,
        actor=actor,
        before=before,
        is_moved=is_moved,
        is_elsewhere=is_moved or "place" in changed,
    )
    if is_moved:
        tell(meeting, invited.left, TAKEN_OUT, actor=actor, entry=former, before=before)
    return bool(invited.present)


def _enter(partnership: Partnership, when: When) -> PartnershipMeeting:
    _check(partnership, when)
    meeting = PartnershipMeeting(
        partnership=partnership,
        kind=MeetingKind.REGULAR,
        calendar_uid=f"meeting-{secrets.token_hex(16)}",
        **asdict(when),
    )
    db.session.add(meeting)
    db.session.flush()
    return meeting


def _check(partnership: Partnership, when: When, *, but: PartnershipMeeting | None = None) -> None:
    if when.minutes is not None and not 0 < when.minutes <= MOST_MINUTES:
        raise TooLong
    if but is not None and (but.held_on, but.starts_at) == (when.held_on, when.starts_at):
        return  # a merger may have brought two together
    for other in in_order(partnership):
        is_same = (other.held_on, other.starts_at) == (when.held_on, when.starts_at)
        if is_same and other is not but:
            raise SameMeeting(when.held_on)


def _keep_outcome(
    meeting: PartnershipMeeting, outcome: Outcome, minutes_file: SentFile | None, *, actor: User
) -> None:
    if meeting.held_on > clock.today():
        raise NotHeldYet(meeting.held_on)
    if outcome.people_count is None or not 0 < outcome.people_count <= MOST_PEOPLE:
        raise NobodyCame
    is_first = meeting.people_count is None
    after = asdict(outcome)
    before = {name: getattr(meeting, name) for name in after}
    for name, value in after.items():
        setattr(meeting, name, value)
    if minutes_file is not None:
        _keep_minutes(meeting, minutes_file, actor=actor)
    changed = [name for name in after if before[name] != after[name]]
    if changed or minutes_file is not None:
        _remember(
            MeetingEvent.RECORDED if is_first else MeetingEvent.CHANGED,
            meeting,
            actor=actor,
            held_on=meeting.held_on.isoformat(),
            before=None if is_first else {name: before[name] for name in changed},
            after={name: after[name] for name in changed},
            minutes_file_id=meeting.minutes_file.id if minutes_file and meeting.minutes_file else None,
        )


def _keep_minutes(meeting: PartnershipMeeting, sent: SentFile, *, actor: User) -> None:
    present = meeting.minutes_file
    # those that came with a meeting from a merged partnership stay with it: nothing in it changes any more
    if present is not None and present.is_kept and present.partnership_id == meeting.partnership_id:
        # nobody has said that the newer ones may be public
        close_to(present, FileClass.PARTNERSHIP, actor=actor)
        replace(present, data=sent.data, name=sent.name, actor=actor)
        return
    meeting.minutes_file = attach(
        meeting.partnership,
        data=sent.data,
        name=sent.name,
        file_class=FileClass.PARTNERSHIP,
        title=_("Minutes of the meeting on %(day)s", day=day(meeting.held_on)),
        actor=actor,
    )


def settle_kinds(partnership: Partnership, *, actor: User) -> None:
    first = keep_first_initiating(partnership, _set_kind)
    if first is not None:
        _remember(MeetingEvent.INITIATING, first, actor=actor, held_on=first.held_on.isoformat())


def keep_first_initiating(partnership: Partnership, write: WriteKind) -> PartnershipMeeting | None:
    """Whichever meeting is the earliest initiated the partnership: there is one, and it is the first, by itself.

    Gives the one that is it now in the place of another, or before others.
    """
    db.session.flush()
    meetings = in_order(partnership)
    wrong = [one for one in meetings[1:] if one.kind is MeetingKind.INITIATING]
    for meeting in wrong:  # before the new one, or for a moment there would be two
        write(meeting, MeetingKind.REGULAR)
    if not meetings or meetings[0].kind is MeetingKind.INITIATING:
        return None
    write(meetings[0], MeetingKind.INITIATING)
    return meetings[0] if wrong or len(meetings) > 1 else None


def _set_kind(meeting: PartnershipMeeting, kind: MeetingKind) -> None:
    meeting.kind = kind
    db.session.flush()


def _remember(event: MeetingEvent, meeting: PartnershipMeeting, *, actor: User, **details: Any) -> None:
    principal = remembered_principal(meeting.partnership, actor)
    audit.record(event, meeting, actor=actor, **principal, **details)


def _not_called_off(meeting: PartnershipMeeting) -> None:
    if meeting.called_off_at is not None:
        raise CalledOff


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """As the history keeps days and times."""
    return {
        name: value.isoformat() if isinstance(value, date | time) else value for name, value in values.items()
    }
