"""Meetings, handbooks, and the bundle itself."""

from datetime import time
from typing import Any

from core.mail_bundles import Part
from core.mail_samples import Samples
from core.mail_text import heading
from office.mails.samples.people import LEADER, PARTNERSHIP, PLACE, Thing, in_days


def _meeting() -> dict[str, Any]:
    meeting = Thing(
        held_on=in_days(10), starts_at=time(16), place="Biblioteka, sala na piętrze", agenda="- stan planu\n- terminy szkoleń",
        call_off_reason="Choroba prowadzącej",
    )  # fmt: skip
    before = Thing(held_on=in_days(7), place="Urząd Gminy")
    return {"meeting": meeting, "partnership": PARTNERSHIP, "actor": LEADER, "before": before}


def _handbooks() -> dict[str, Any]:
    return {"issue": Thing(id=1, sent_count=12, sent_on=in_days(-1)), "partnership": PARTNERSHIP}


def _bundle() -> dict[str, Any]:
    parts = [
        Part(
            f"1. {PLACE}: podręczniki są w drodze", "Wysłano 12 egzemplarzy. Proszę policzyć je po nadejściu."
        ),
        Part(
            f"2. {PLACE}: plan został opublikowany", "Każdy może go teraz przeczytać. Nic nie trzeba robić."
        ),
    ]
    return {"parts": parts, "heading": heading, "signature": "Gromada"}


SAMPLES: Samples = {
    "meetings/mail/invitation": _meeting,
    "meetings/mail/moved": _meeting,
    "meetings/mail/called_off": _meeting,
    "handbooks/mail/sent": _handbooks,
    "core/mail/bundle": _bundle,
}
