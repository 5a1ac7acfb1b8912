"""Who is invited to a meeting, and the calendar entry they get."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import or_, select

from accounts.models import User
from core import clock, mail
from core.audit import AuditEvent
from core.calendars import Entry, Method, Person, calendar_file
from core.database import db
from core.i18n import _, in_language
from core.mail import OutboxMail, Recipient
from meetings.models import PartnershipMeeting
from partnerships.models import Partnership
from partnerships.queries import members_of

INVITATION, MOVED, CALLED_OFF, TAKEN_OUT = "invitation", "moved", "called_off", "taken_out"
"""What a mail says of a meeting; the last one to whoever left, where it is moved and they need not know where to."""
CANCELS = frozenset({CALLED_OFF, TAKEN_OUT})
LANGUAGE = "pl"
"""Organisations have no account that could say otherwise."""


@dataclass(frozen=True)
class Guest:
    """The mailbox of an organisation. People with an account are written to as such: it knows their address of today."""

    mail_name: str
    mail_address: str
    mail_language: str = LANGUAGE


@dataclass(frozen=True)
class GuestList:
    guests: Sequence[Recipient]
    without_address: Sequence[str]
    """Names of member organisations nobody can write to."""


@dataclass(frozen=True)
class Invited:
    """Who has a meeting in a calendar."""

    present: Sequence[Recipient]
    left: Sequence[Recipient]
    """Those who are no guests any more."""

    @property
    def everybody(self) -> list[Recipient]:
        return [*self.present, *self.left]


def guests_of(partnership: Partnership) -> GuestList:
    """Today's leader and deputies and each present member's mailbox; one mail to each address."""
    today = clock.today()
    found: dict[str, Recipient] = {}
    for person in (partnership.leader(today), *partnership.deputies(today)):
        if person is not None and person.is_active:
            found.setdefault(_key(person), person)
    without = []
    for member in members_of(partnership):
        if member.left_on is not None:
            continue
        address = member.contact_email or member.organisation.office_email
        if address:
            found.setdefault(address.casefold(), Guest(member.organisation.name, address))
        else:
            without.append(member.organisation.name)
    return GuestList(list(found.values()), without)


def not_yet_invited(meeting: PartnershipMeeting) -> Sequence[Recipient]:
    """Those who joined since, or whose address was not known."""
    known = _having(_last_told(meeting))
    return [guest for guest in guests_of(meeting.partnership).guests if _key(guest) not in known]


def invited_to(meeting: PartnershipMeeting) -> Invited:
    """Where nothing is kept of those told, whoever would get an invitation.

    An organisation that has another mailbox by now is told there, and is not one that left.
    """
    told = _last_told(meeting)
    known = _having(told)
    guests = {_key(guest): guest for guest in guests_of(meeting.partnership).guests}
    if not told:
        return Invited(list(guests.values()), [])
    staying = _organisations(known.values()) & _organisations(guests.values())
    present = [guest for key, guest in guests.items() if key in known or _is_of(guest, staying)]
    left = [guest for key, guest in known.items() if key not in guests and not _is_of(guest, staying)]
    return Invited(present, left)


def _organisations(guests: Iterable[Recipient]) -> set[str]:
    return {guest.mail_name for guest in guests if isinstance(guest, Guest)}


def _is_of(guest: Recipient, organisations: Collection[str]) -> bool:
    return isinstance(guest, Guest) and guest.mail_name in organisations


def told_that_it_is_off(meeting: PartnershipMeeting) -> Sequence[Recipient]:
    """Those of today's guests whose calendars have taken it out."""
    told = _last_told(meeting)
    return [
        guest
        for guest in guests_of(meeting.partnership).guests
        if _key(guest) in told and told[_key(guest)][1] == CALLED_OFF
    ]


def _having(told: Mapping[str, tuple[Recipient, str]]) -> dict[str, Recipient]:
    return {key: guest for key, (guest, what) in told.items() if what == INVITATION}


def _last_told(meeting: PartnershipMeeting) -> dict[str, tuple[Recipient, str]]:
    """Address of today -> whose it is, and what put the meeting into their calendar or took it out last.

    An address that was erased, or forgotten after a year, is nobody's.
    """
    told: dict[str, tuple[Recipient, str]] = {}
    for sent, person in _promised(meeting, INVITATION, *CANCELS):
        guest = person or Guest(sent.to_name, sent.to_address, sent.language)
        if guest.mail_address:
            told[_key(guest)] = guest, sent.dedupe_key.removeprefix("meeting-").partition(":")[0]
    return told


def _promised(meeting: PartnershipMeeting, *whats: str) -> Sequence[tuple[OutboxMail, User | None]]:
    """Mails about a meeting, the first one first, with the person each went to.

    They lie in the files of all partnerships it was told of: one that went along has its invitations in the former's.
    """
    stories = select(AuditEvent.story_id).where(
        AuditEvent.record_kind == meeting.__tablename__,
        AuditEvent.record_id == meeting.id,
        AuditEvent.story_kind == Partnership.__tablename__,
    )
    found = (
        select(OutboxMail, User)
        .outerjoin(User, User.id == OutboxMail.recipient_id)
        .where(
            OutboxMail.story_kind == Partnership.__tablename__,
            OutboxMail.story_id.in_(stories),
            or_(
                *(OutboxMail.dedupe_key.startswith(_prefix(what, meeting), autoescape=True) for what in whats)
            ),
        )
        .order_by(OutboxMail.id)
    )
    return [(sent, person) for sent, person in db.session.execute(found)]


def _prefix(what: str, meeting: PartnershipMeeting) -> str:
    return f"meeting-{what}:{meeting.id}:"


def _key(guest: Recipient) -> str:
    return guest.mail_address.casefold()


def title_of(meeting: PartnershipMeeting) -> str:
    return _("%(kind)s: %(partnership)s", kind=meeting.kind.label, partnership=meeting.partnership.name)


def entry_of(meeting: PartnershipMeeting) -> Entry:
    return Entry(
        uid=meeting.calendar_uid,
        sequence=meeting.calendar_sequence,
        changed_at=meeting.updated_at,
        title=title_of(meeting),
        begins=meeting.begins or meeting.held_on,
        ends=meeting.ends,
        place=meeting.place,
        text=meeting.agenda or "",
        is_cancelled=meeting.called_off_at is not None,
    )


def tell(
    meeting: PartnershipMeeting,
    guests: Sequence[Recipient],
    what: str,
    *,
    actor: User,
    entry: Entry | None = None,
    **context: Any,
) -> None:
    """One mail to each, with an entry for their calendar: a new one, a moved one, or one to take out. Answers go to the actor.

    ``entry``: as their calendars have it, for who shall not know what it is now. What is taken out tells no agenda.
    """
    entry = replace(
        entry or entry_of(meeting),
        sequence=meeting.calendar_sequence,
        changed_at=meeting.updated_at,
        organiser=_organiser(meeting, actor),
    )
    method = Method.REQUEST
    if what in CANCELS:
        method, entry = Method.CANCEL, replace(entry, text="", is_cancelled=True)
    context = {"meeting": meeting, "partnership": meeting.partnership, "actor": actor, **context}
    for guest in guests:
        with in_language(guest.mail_language):
            invited = Person(guest.mail_name, guest.mail_address)
            titled = replace(entry, title=title_of(meeting))
            calendar = calendar_file([titled], method=method, invited=invited)
        mail.queue(
            guest,
            f"meetings/mail/{what}",
            dedupe_key=f"{_prefix(what, meeting)}{meeting.calendar_sequence}:{_key(guest)}",
            reply_to=actor.mail_address,
            calendar=calendar,
            **context,
        )


def _organiser(meeting: PartnershipMeeting, actor: User) -> Person:
    """Calendars take a change only from the organiser of the entry: that stays whoever invited first, if that is kept."""
    invitations = (sent for sent, _person in _promised(meeting, INVITATION))
    first = next((sent.reply_to for sent in invitations if sent.reply_to), actor.mail_address)
    return Person(meeting.partnership.name, first)
