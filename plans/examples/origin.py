"""What a plan was started from, as its history remembers it."""

from collections.abc import Iterable

from accounts.history import HistoryLine
from core.i18n import _
from plans.events import PlanEvent


def origin_in_words(history: Iterable[HistoryLine]) -> str | None:
    """None for a plan that began empty."""
    for line in history:
        if line.event == PlanEvent.FILLED_FROM_EXAMPLE:
            return _("Started from the example “%(name)s”.", name=line.note)
        if line.event == PlanEvent.FILLED_FROM_PLAN:
            return _("Started from the published plan of %(name)s.", name=line.note)
    return None
