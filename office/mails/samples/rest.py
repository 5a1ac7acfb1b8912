"""Meetings, handbooks, and the bundle itself."""

from datetime import time
from typing import Any

from core import mail
from core.i18n import _
from core.mail_bundles import Part
from core.mail_samples import Samples
from core.mail_text import heading
from office.mails.samples.people import LEADER, PARTNERSHIP, PLACE, Thing, in_days


def _meeting() -> dict[str, Any]:
    meeting = Thing(
        held_on=in_days(10), starts_at=time(16), place="Biblioteka, sala na piętrze", agenda="- stan planu\n- terminy szkoleń",
        call_off_reason="Choroba prowadzącej",
    )  # fmt: skip
    before = Thing(held_on=in_days(7), starts_at=time(17), place="Urząd Gminy")
    changes = {"before": before, "is_moved": True, "is_elsewhere": True}
    return {"meeting": meeting, "partnership": PARTNERSHIP, "actor": LEADER, **changes}


def _handbooks() -> dict[str, Any]:
    return {"issue": Thing(id=1, sent_count=12, sent_on=in_days(-1)), "partnership": PARTNERSHIP}


def _bundle() -> dict[str, Any]:
    due = _(
        "What to do next: count them when they arrive and confirm the number here, so that the office can send what is missing."
    )
    on_their_way = _("%(place)s: handbooks are on their way", place=PLACE)
    published = _("%(place)s: the plan is published", place=PLACE)
    parts = [
        Part(f"1. {on_their_way}", due), Part(f"2. {published}", mail.link_to("plans.show", version_id=1))
    ]  # fmt: skip
    return {"parts": parts, "heading": heading, "signature": mail.written("core/mail/signature")[0]}


SAMPLES: Samples = {
    "meetings/mail/invitation": _meeting,
    "meetings/mail/moved": _meeting,
    "meetings/mail/called_off": _meeting,
    "meetings/mail/taken_out": _meeting,
    "handbooks/mail/sent": _handbooks,
    "handbooks/mail/taken_back": _handbooks,
    "core/mail/bundle": _bundle,
}
