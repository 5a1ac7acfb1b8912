"""Next steps agreed in consultations that are due by now."""

from collections.abc import Iterator

from accounts.models import User
from animators.consultations.models import Side
from core import clock
from core.formatting import day
from core.i18n import _
from progress.next_steps import Link
from progress.queries.waiting import steps_due
from progress.waiting.order import Kind, Waiting


def steps_waiting(person: User, side: Side) -> Iterator[Waiting]:
    """What was agreed in a consultation and is due by now."""
    for step in steps_due(person, side):
        consultation = step.consultation
        yield Waiting(
            Kind.NEXT_STEP,
            consultation.municipality.name,
            consultation.municipality.sort_key,
            step.text,
            Link(_("Open the consultation"), "consultations.show", {"consultation_id": consultation.id}),
            step.due_on or clock.today(),
            step.due_on,
            _("next step until %(day)s", day=day(step.due_on)),
            municipality_id=consultation.municipality_id,
        )
