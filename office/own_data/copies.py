"""Everything that is kept about one person, to read and to take along: a table of their records for each topic.

Records that tell of others as well (remarks, visits, plans) are named in their history, and not copied: they are not theirs alone.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import select

from accounts.mail_links import without_secrets
from accounts.models import RoleGrant, SignInSession, User
from agenda.models import CalendarFeed
from animators.cards.models import WorkCard
from animators.people.models import AnimatorProfile
from core.audit import AuditEvent
from core.database import Base, db, table_of
from core.mail import OutboxMail
from office.board_views.models import BoardView
from partnerships.models import AnimatorAssignment, LeaderTerm
from phrases.models import Phrase
from subscriptions.models import Subscriber
from webinars.certificates.models import Certificate
from webinars.models import Attendance
from webinars.registrations.models import WebinarRegistration

SECRET = frozenset(
    {"password_hash", "token_hash", "key", "search_text", "sort_key", "list_unsubscribe", "dedupe_key"}
)
"""What opens a door, and what only helps to find and sort."""


@dataclass(frozen=True)
class Part:
    name: str
    model: type[Base]
    whose: str
    """The column that names the person."""


PARTS = (
    Part("account", User, "id"),
    Part("roles", RoleGrant, "user_id"),
    Part("leading", LeaderTerm, "user_id"),
    Part("advising", AnimatorAssignment, "animator_id"),
    Part("public_profile", AnimatorProfile, "user_id"),
    Part("signed_in", SignInSession, "user_id"),
    Part("calendar_address", CalendarFeed, "user_id"),
    Part("news", Subscriber, "user_id"),
    Part("seats_at_webinars", WebinarRegistration, "user_id"),
    Part("attendance", Attendance, "user_id"),
    Part("certificates", Certificate, "user_id"),
    Part("work_cards", WorkCard, "animator_id"),
    Part("own_phrases", Phrase, "owner_id"),
    Part("views_of_the_board", BoardView, "owner_id"),
    Part("mails", OutboxMail, "recipient_id"),
    Part("what_you_did", AuditEvent, "actor_id"),
)
OF_HISTORY = frozenset({"at", "event", "record_kind", "record_id"})
"""Of what somebody did: what and when. Its words may be about others."""


def copy_of(person: User) -> bytes:
    """A ZIP with one JSON file for each topic; a topic without records has an empty list."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for part in PARTS:
            archive.writestr(
                f"{part.name}.json",
                json.dumps(list(_rows(part, person)), ensure_ascii=False, indent=1, default=str),
            )
    return target.getvalue()


def _rows(part: Part, person: User) -> Iterator[dict[str, Any]]:
    table = table_of(part.model)
    kept = [column for column in table.columns if column.name not in SECRET]
    if part.model is AuditEvent:
        kept = [column for column in kept if column.name in OF_HISTORY]
    for row in db.session.execute(select(*kept).where(table.c[part.whose] == person.id)).mappings():
        values = dict(row)
        if part.model is OutboxMail:
            values["body"] = without_secrets(values["body"])
        yield values
