"""What cannot wait, what may be left out, and when the rest goes out: the whole table on one page."""

from collections.abc import Mapping
from datetime import date, datetime

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from accounts.mail_rhythm import MailTopic, held_until
from accounts.models import User
from core import mail
from core.database import db
from core.mail import Delivery, Post, Recipient
from programme.queries import current_programme, the_programme

CANNOT_WAIT = frozenset({
    # The way in
    "accounts/mail/invitation", "accounts/mail/invitation_first", "accounts/mail/new_password",
    "accounts/mail/password_changed", "accounts/mail/second_step", "accounts/mail/sign_in_link",
    # Decisions, with their remarks
    "plans/mail/approved", "plans/mail/approved_and_published", "plans/mail/returned", "plans/mail/decided_for_you",
    "hours/mail/decided", "consultations/mail/settled", "cards/mail/returned",
    # Dates that came about, moved or fell; those with an entry for the calendar are at once by that alone
    "visits/mail/declined", "visits/mail/move_asked", "visits/mail/move_taken_back", "visits/mail/cancelled",
    "visits/mail/tomorrow",
    # Hand-overs
    "partnerships/mail/handover_asked", "partnerships/mail/handover_asked_for_you", "partnerships/mail/handover_accepted",
    "partnerships/mail/handover_to_confirm", "partnerships/mail/handover_confirmed", "partnerships/mail/handover_ended",
    "partnerships/mail/handover_waits", "partnerships/mail/handover_yours", "partnerships/mail/handover_over",
})  # fmt: skip
"""Templates of mails that go out at once, whatever their reader chose."""

OPTIONAL: Mapping[str, MailTopic] = {
    "partnerships/mail/leaderless": MailTopic.REMINDERS,
    "cards/mail/missing": MailTopic.REMINDERS,
    "visits/mail/report_owed": MailTopic.REMINDERS,
    "plans/mail/review_due": MailTopic.REMINDERS,
    "plans/mail/publish_reminder": MailTopic.REMINDERS,
    "consultations/mail/step_due": MailTopic.REMINDERS,
    "visits/mail/tomorrow": MailTopic.REMINDERS,
    "plans/mail/published": MailTopic.NEWS,
    "plans/mail/withdrawn": MailTopic.NEWS,
    "partnerships/mail/new_leader": MailTopic.NEWS,
    "partnerships/mail/term_ends": MailTopic.NEWS,
}
"""Templates of mails that a person may do without; everything else belongs to the work they took on."""

SALT = "mail-stop"


def delivery(
    recipient: Recipient, template: str, urgent: bool, due: date | datetime | None
) -> Delivery | None:
    """None: whose account is suspended gets no mail, nor does who wants none of this kind."""
    if not isinstance(recipient, User):
        return Delivery()
    topic = OPTIONAL.get(template)
    if not recipient.is_active or (topic is not None and not recipient.wants(topic)):
        return None
    can_wait = not urgent and template not in CANNOT_WAIT
    return Delivery(
        held_until=held_until(recipient.mail_rhythm, due=due) if can_wait else None,
        recipient_id=recipient.id,
        unsubscribe_url=mail.link_to("accounts.stop_mails", token=stop_token(recipient, topic))
        if topic
        else None,
    )


def reader(person_id: int) -> User | None:
    person = db.session.get(User, person_id)
    return person if person is not None and person.is_active else None


def office_address() -> str | None:
    return (the_programme().contact_email or None) if current_programme() else None


POST = Post(delivery, reader, office_address)


def stop_token(person: User, topic: MailTopic) -> str:
    """For this purpose alone. It never expires: whoever wants no more mails is not sent to find a newer one."""
    return str(_signer().dumps([person.id, topic.value]))


def whose_token(token: str) -> tuple[User, MailTopic] | None:
    try:
        person_id, topic = _signer().loads(token)
        person = db.session.get(User, person_id)
    except (BadSignature, ValueError, TypeError):
        return None
    known = topic in set(MailTopic)
    return (person, MailTopic(topic)) if person is not None and known else None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=SALT)
