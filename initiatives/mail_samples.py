"""Made-up contents of the mail about initiatives."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from core import clock
from core.mail_samples import Samples


def _overdue() -> Mapping[str, Any]:
    one = SimpleNamespace(
        id=1, number=7, title="Internet w każdej świetlicy", last_follow_up_on=clock.today()
    )
    return {"initiatives": [one], "count": 1}


SAMPLES: Samples = {"initiatives/mail/overdue": _overdue}
