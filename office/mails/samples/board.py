"""What the office sends from its board: reminders of tasks, letters to leaders."""

from typing import Any

from core.i18n import _
from core.mail_samples import Samples
from office.mails.samples.people import OFFICE, PARTNERSHIP, PLACE, Thing, in_days


def _task_reminder() -> dict[str, Any]:
    lack = Thing(task=_("Visits"), sentence=_("Propose dates for the next visit."), by=in_days(60))
    return {
        "partnership": PARTNERSHIP,
        "actor": OFFICE,
        "note": _("Please look at it before the end of the month."),
        "lacks": [lack],
        "settled": 3,
    }


def _letter() -> dict[str, Any]:
    return {
        "subject": _("A letter to the leaders"),
        "body": _("Good morning, this is what the programme office wrote for %(place)s.", place=PLACE),
        "writer": OFFICE,
    }


SAMPLES: Samples = {"office/mail/task_reminder": _task_reminder, "office/mail/letter": _letter}
