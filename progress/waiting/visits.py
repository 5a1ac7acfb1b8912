"""Visits whose date is still open: on whom each waits."""

from collections.abc import Iterator
from datetime import timedelta

from accounts.models import User
from animators.consultations.models import Consultation, ConsultationStatus, Side
from animators.visits.queries import visits_to_agree
from animators.visits.sides import own_side, partnership_of
from animators.visits.states import waiting_slots, waits_on
from core import clock
from core.formatting import day
from core.i18n import _, ngettext
from progress.next_steps import Link
from progress.waiting.order import Kind, Waiting


def visits_waiting(person: User, side: Side) -> Iterator[Waiting]:
    """Dates that the other side proposed, visits for which nobody proposes any at the moment, and cancelled ones that
    are still owed.
    """
    for visit in visits_to_agree(person):
        if own_side(partnership_of(visit), person) is not side:
            continue
        if visit.status is ConsultationStatus.CANCELLED:
            yield _owed_again(visit)
        elif waits_on(visit) in {side, None}:
            yield _waiting(visit)


def _waiting(visit: Consultation) -> Waiting:
    """Before the first of the dates it is too late to answer."""
    slots = waiting_slots(visit)
    asked = min((slot.created_at for slot in slots), default=visit.updated_at)
    first = min((clock.local(slot.starts_at).date() for slot in slots), default=None)
    number = visit.visit_no
    if slots:
        title = _("Answer the dates of visit %(number)s", number=number)
        text = ngettext("%(num)d date is proposed", "%(num)d dates are proposed", len(slots))
    else:
        title, text = _("Agree on a date of visit %(number)s", number=number), _("no date is proposed")
    return Waiting(
        Kind.VISIT,
        visit.municipality.name,
        visit.municipality.sort_key,
        title,
        Link(_("Answer") if slots else _("Agree on a date"), "visits.show", {"visit_id": visit.id}),
        clock.local(asked).date(),
        first,
        text,
        municipality_id=visit.municipality_id,
    )


TIME_TO_AGREE_AGAIN = timedelta(weeks=2)
"""As the mail about the cancellation says."""


def _owed_again(visit: Consultation) -> Waiting:
    cancelled_on = clock.local(visit.cancelled_at or visit.updated_at).date()
    return Waiting(
        Kind.VISIT,
        visit.municipality.name,
        visit.municipality.sort_key,
        _("Agree on another date of visit %(number)s", number=visit.visit_no),
        Link(_("Agree on a date"), "visits.of_partnership", {"partnership_id": partnership_of(visit).id}),
        cancelled_on,
        cancelled_on + TIME_TO_AGREE_AGAIN,
        _("cancelled on %(day)s", day=day(cancelled_on)),
        municipality_id=visit.municipality_id,
    )
