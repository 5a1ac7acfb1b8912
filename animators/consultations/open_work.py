"""What a new leader finds of consultations: reports that wait for an answer, and next steps of the partnership."""

from accounts.models import User
from animators.consultations.models import Consultation, FollowUp, Side
from animators.consultations.queries import after_it_took_place, open_follow_ups_of
from animators.consultations.words import kind_of
from animators.consultations.workflow import WAITING
from core.formatting import day
from core.i18n import LazyString, _
from partnerships.handovers.open_work import OpenWork
from partnerships.models import Partnership


def open_consultations(partnership: Partnership, former: User | None) -> list[OpenWork]:
    """They follow the rights by themselves: a report waits for whoever leads, a step belongs to a side."""
    waiting = [one for one in after_it_took_place(partnership.municipality_id) if one.status in WAITING]
    steps = [one for one in open_follow_ups_of(partnership.municipality_id) if one.owner is Side.LEADER]
    return [OpenWork(text) for text in [*map(_waits, waiting), *map(_step, steps)]]


def _waits(consultation: Consultation) -> LazyString:
    return LazyString(
        lambda: _(
            "%(what)s on %(day)s: the report waits to be confirmed",
            what=kind_of(consultation),
            day=day(consultation.actual_start),
        )
    )


def _step(follow_up: FollowUp) -> LazyString:
    if follow_up.due_on is None:
        return LazyString(lambda: _("Next step: %(text)s", text=follow_up.text))
    return LazyString(
        lambda: _("Next step until %(day)s: %(text)s", day=day(follow_up.due_on), text=follow_up.text)
    )
