"""Long work that came to its end."""

from typing import Any

from core.i18n import _
from core.mail_samples import Samples
from office.mails.samples.people import Thing, at, in_days


def _done() -> dict[str, Any]:
    work = Thing(id=1, created_at=at(0), result_until=in_days(7), reference=None)
    return {"work": work, "words": _("The whole programme")}


def _failed() -> dict[str, Any]:
    work = Thing(id=1, created_at=at(0), result_until=None, reference="1a2b3c4d")
    why = _("Something went wrong on our side. It was tried several times.")
    return {"work": work, "words": _("The whole programme"), "why": why}


SAMPLES: Samples = {"long_work/mail/done": _done, "long_work/mail/failed": _failed}
