"""Who is invited to a meeting, and the calendar entry they get."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from accounts.models import User
from core import clock, mail
from core.calendars import Entry, Method, Person, calendar_file
from core.database import db
from core.i18n import _, in_language
from core.mail import OutboxMail
from meetings.models import PartnershipMeeting
from partnerships.models import Partnership
from partnerships.queries import members_of

INVITATION = "meetings/mail/invitation"
LANGUAGE = "pl"
"""Organisations have no account that could say otherwise."""


@dataclass(frozen=True)
class Guest:
    """Whoever gets the invitation: a person with an account, or the mailbox of an organisation."""

    mail_name: str
    mail_address: str
    mail_language: str = LANGUAGE


@dataclass(frozen=True)
class GuestList:
    guests: Sequence[Guest]
    without_address: Sequence[str]
    """Names of member organisations nobody can write to."""


def guests_of(partnership: Partnership, *days: date) -> GuestList:
    """Each present member's mailbox, the leader and the deputies of today or of these days; one mail to each address."""
    around = [
        person
        for on in days or (clock.today(),)
        for person in (partnership.leader(on), *partnership.deputies(on))
    ]
    people = [person for person in around if person is not None]
    found = {
        person.mail_address.casefold(): Guest(person.name, person.mail_address, person.language)
        for person in people
    }
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


def invited_to(meeting: PartnershipMeeting) -> Sequence[OutboxMail]:
    """The invitations as they were promised, the first one first: whoever has one in a calendar hears of a change."""
    partnership = meeting.partnership
    return db.session.scalars(
        select(OutboxMail)
        .where(
            OutboxMail.story_kind == partnership.__tablename__,
            OutboxMail.story_id == partnership.id,
            OutboxMail.template == INVITATION,
            OutboxMail.dedupe_key.startswith(f"meeting-invitation:{meeting.id}:"),
        )
        .order_by(OutboxMail.id)
    ).all()


def not_yet_invited(meeting: PartnershipMeeting) -> Sequence[Guest]:
    """Those who joined since, or whose address was not known."""
    told = {mail.to_address.casefold() for mail in invited_to(meeting)}
    return [one for one in guests_of(meeting.partnership).guests if one.mail_address.casefold() not in told]


def guests_invited(meeting: PartnershipMeeting) -> Sequence[Guest]:
    """Those who got an invitation, also who left since; where none is kept, whoever would get one."""
    found = {
        mail.to_address.casefold(): Guest(mail.to_name, mail.to_address, mail.language)
        for mail in invited_to(meeting)
    }
    return list(found.values()) or guests_of(meeting.partnership).guests


def title_of(meeting: PartnershipMeeting) -> str:
    return _("%(kind)s: %(partnership)s", kind=meeting.kind.label, partnership=meeting.partnership.name)


def entry_of(meeting: PartnershipMeeting, organiser: Person | None = None) -> Entry:
    return Entry(
        uid=meeting.calendar_uid,
        sequence=meeting.calendar_sequence,
        changed_at=meeting.updated_at,
        title=title_of(meeting),
        begins=meeting.begins or meeting.held_on,
        ends=meeting.ends,
        place=meeting.place,
        text=meeting.agenda or "",
        organiser=organiser,
        is_cancelled=meeting.called_off_at is not None,
    )


def tell(
    meeting: PartnershipMeeting,
    guests: Sequence[Guest],
    what: str,
    *,
    actor: User,
    method: Method = Method.REQUEST,
    **context: Any,
) -> None:
    """One mail to each, with an entry for their calendar: a new one, a moved one, or one to take out.

    Calendars take a change only from the organiser of the entry: that stays whoever invited first. Answers go to the actor.
    """
    first = next(iter(invited_to(meeting)), None)
    address = first.reply_to if first is not None and first.reply_to else actor.mail_address
    organiser = Person(meeting.partnership.name, address)
    context = {"meeting": meeting, "partnership": meeting.partnership, "actor": actor, **context}
    for guest in guests:
        with in_language(guest.mail_language):
            invited = Person(guest.mail_name, guest.mail_address)
            calendar = calendar_file([entry_of(meeting, organiser)], method=method, invited=invited)
        mail.queue(
            guest,
            f"meetings/mail/{what}",
            dedupe_key=f"meeting-{what}:{meeting.id}:{meeting.calendar_sequence}:{guest.mail_address.casefold()}",
            reply_to=actor.mail_address,
            calendar=calendar,
            **context,
        )
