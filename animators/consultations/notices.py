"""Who is told what about a consultation after it took place. The report itself is in the mail."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from accounts.mail_links import mail_link
from accounts.models import User
from accounts.queries import office_people
from animators.consultations.models import Consultation
from animators.consultations.words import facts_of, name_of
from animators.consultations.workflow import Outcome
from core import clock, mail

CONFIRM, DISPUTE = "consultations.confirm", "consultations.dispute"
"""What the links in the mail do: see ``animators/consultations/deeds.py``."""


def who_answers(consultation: Consultation) -> Sequence[User]:
    """The leader; where that is nobody, or the animator themselves, the deputies."""
    today, partnership = clock.today(), consultation.partnership
    if partnership is None:
        return []
    own = {consultation.animator_id, *consultation.animator_ids(today)}
    leader = partnership.leader(today)
    if leader is not None and leader.id not in own:
        return [leader]
    return [deputy for deputy in partnership.deputies(today) if deputy.id not in own]


def tell_reported(consultation: Consultation, *, until: datetime) -> None:
    valid = until - clock.now()
    for person in who_answers(consultation):
        _tell(
            [person],
            "reported",
            consultation,
            at=consultation.reported_at,
            reply_to=consultation.animator,
            until=until,
            confirm_link=mail_link(CONFIRM, consultation, person, valid_for=valid),
            dispute_link=mail_link(DISPUTE, consultation, person, valid_for=valid),
        )


def tell_disputed(consultation: Consultation, *, actor: User) -> None:
    """The office decides, the animator may have something to say first."""
    today, partnership = clock.today(), consultation.partnership
    advising = partnership.animator(today) if partnership else None
    office = [person for person in office_people() if person.id != actor.id]
    animators = [one for one in (consultation.animator, advising) if one is not None]
    context: dict[str, Any] = {"at": consultation.disputed_at, "reply_to": actor, "actor": actor}
    _tell(office, "disputed", consultation, decides=True, **context)
    _tell(animators, "disputed", consultation, decides=False, **context)


def tell_settled(consultation: Consultation, outcome: Outcome, *, before: int, actor: User) -> None:
    today, partnership = clock.today(), consultation.partnership
    around = [consultation.animator]
    if partnership is not None:
        around += [partnership.leader(today), *partnership.deputies(today), partnership.animator(today)]
    _tell(
        [person for person in around if person is not None and person.id != actor.id],
        "settled",
        consultation,
        at=consultation.disputed_at,
        reply_to=actor,
        outcome=outcome,
        before=before,
        actor=actor,
    )


def _tell(
    people: Iterable[User],
    what: str,
    consultation: Consultation,
    *,
    at: datetime | None,
    reply_to: User | None,
    **context: Any,
) -> None:
    """One mail to each person for each time it happens."""
    for person in {person.id: person for person in people if person.is_active}.values():
        mail.queue(
            person,
            f"consultations/mail/{what}",
            dedupe_key=f"consultation-{what}:{consultation.id}:{at.isoformat() if at else ''}:{person.id}",
            reply_to=reply_to.mail_address if reply_to else None,
            about=consultation.partnership,
            consultation=consultation,
            partnership=consultation.partnership,
            name_of=name_of,
            facts_of=facts_of,
            **context,
        )
