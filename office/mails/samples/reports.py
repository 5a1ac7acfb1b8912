"""Quarterly reports to the funder."""

from typing import Any

from core.i18n import _
from core.mail_samples import Samples
from office.mails.samples.people import OFFICE, PLACE, Thing, in_days


def _chase() -> dict[str, Any]:
    lack = Thing(
        what=_("Report of a visit"),
        place=PLACE,
        on=in_days(-12),
        endpoint="visits.show",
        values={"visit_id": 1},
    )
    return {
        "period": Thing(id=1, label="III 2026"),
        "label": "III 2026",
        "lacks": [lack],
        "until": in_days(5),
        "actor": OFFICE,
    }


SAMPLES: Samples = {"reporting/mail/chase": _chase}
