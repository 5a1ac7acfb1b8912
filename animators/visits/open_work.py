"""Visits that a new leader finds: to agree on, or agreed on and still to come."""

from collections.abc import Sequence

from accounts.models import User
from animators.consultations.models import Consultation, ConsultationStatus
from animators.visits.calendars import slot_of
from animators.visits.queries import open_visits
from animators.visits.states import state_of
from core.i18n import LazyString, _
from core.local_times import said
from partnerships.handovers.open_work import OpenWork
from partnerships.models import Partnership


def visits_under_way(partnership: Partnership, former: User | None) -> Sequence[OpenWork]:
    """They follow the rights by themselves."""
    return [
        OpenWork(_standing(visit))
        for visit in open_visits(partnership)
        if state_of(visit) is not ConsultationStatus.HELD
    ]


def _standing(visit: Consultation) -> LazyString:
    number, slot = visit.visit_no, slot_of(visit)
    if slot is None or visit.status is not ConsultationStatus.AGREED:
        return LazyString(lambda: _("Visit %(number)s: a date is to be agreed on", number=number))
    return LazyString(
        lambda: _("Visit %(number)s: %(when)s", number=number, when=said(slot.starts_at, slot.minutes))
    )
