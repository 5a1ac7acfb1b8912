"""Mails: one that failed, one that came back, one that arrived; and links that end mails of a kind."""

from collections.abc import Mapping

from accounts.mail_choices import stop_token
from accounts.mail_rhythm import MailTopic
from accounts.models import User
from core.database import db
from core.mail import MailStatus, OutboxMail
from core.mail_addresses import BouncedAddress
from tests.guards.matrix.deed import Deed
from tests.guards.matrix.markers import HOSTILE
from tests.guards.matrix.people import VISITOR
from tests.guards.matrix.world import Record, World

STOP = "stop mails"


def some_mails(world: World, people: Mapping[str, User]) -> None:
    for status in (MailStatus.FAILED, MailStatus.SENT, MailStatus.BOUNCED):
        kept = OutboxMail(
            dedupe_key=f"kept {status}", to_address=f"{status}@gromada.example", to_name=f"Ewa {HOSTILE}", language="pl",
            subject=f"Temat {HOSTILE}", body=f"Tekst {HOSTILE}\n", template="accounts/mail/password_changed", status=status,
            recipient_id=people["newcomer"].id, last_error=HOSTILE,
        )  # fmt: skip
        db.session.add(kept)
        db.session.flush()
        _keep(world, "mail", status.value, {"mail_id": kept.id})
    bounced = BouncedAddress(address="bounced@gromada.example")
    db.session.add(bounced)
    db.session.flush()
    _keep(world, "bounced", "bounced", {"address_id": bounced.id})
    _keep(world, "mail template", "returned", {"key": "plans.returned"})
    _keep(world, "mail view", "returned", {"key": "plans.returned", "code": "pl"})
    world.seen[STOP] = stop_token(people["leader"], MailTopic.REMINDERS)


def _keep(world: World, kind: str, name: str, values: Mapping[str, object]) -> None:
    world.records.setdefault(kind, []).append(Record(name, "", values))


DEEDS_OF_MAILS: Mapping[str, Deed] = {
    "accounts.mails": Deed(
        "leader", fields={"mail_rhythm": "weekly", "wants_reminders": "y", "wants_news": []}
    ),
    "accounts.stop_mails": Deed(VISITOR, names=lambda world: {"token": world.seen[STOP]}),
    "people.correct_address": Deed(
        "office", "person", "newcomer", {"notification_email": "nowy@gmina.example"}
    ),
    "mails.send_again": Deed("office", "mail", "failed"),
    "mails.bounced": Deed("office", "mail", "sent"),
    "mails.clear": Deed("office", "bounced", "bounced"),
}
