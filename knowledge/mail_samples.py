"""Made-up contents of mails about the catalogue."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from core import clock
from core.mail_samples import Samples


def _offers() -> Mapping[str, Any]:
    offer = SimpleNamespace(
        id=1, title="Smartfon bez obaw", provider="Fundacja Jasny Ekran", checked_on=clock.today()
    )
    return {"offers": [offer], "count": 1, "outdated": 2}


SAMPLES: Samples = {"knowledge/mail/to_check": _offers, "knowledge/mail/suggested": _offers}
